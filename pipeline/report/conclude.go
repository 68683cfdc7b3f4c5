package report

import (
	"fmt"
	"strings"
)

// Exit codes that a run can end with (DESIGN.md section 7).
const (
	codePublished   = 0
	codeFailed      = 1
	codeShort       = 3
	codeInterrupted = 130
)

// Conclude says how a run ended, in words that tell the operator what to do. The manifest may be nil, or hold only what was
// known, where nothing was published; cause is the error in words, used for code 1 alone.
func Conclude(m *Manifest, code int, cause string) Outcome {
	if m == nil {
		m = &Manifest{}
	}
	o := Outcome{Code: code}
	switch {
	case code == codePublished && len(m.Recalled) > 0:
		o.Words = m.recalled()
		return o
	case code == codePublished && m.Baseline:
		o.Words = "Published as a baseline: " + m.haul() + ", all of them for the history alone. Nothing is queued; from the next night on, what is new is."
		return o
	}
	switch code {
	case codePublished:
		o.Words = "Published: " + m.haul() + ". " + m.fullness() + " Nothing needs to be done."
	case codeShort:
		o.Words = "Published: " + m.haul() + ", but not from everything that was expected. " + m.shortfalls()
	case codeFailed:
		o.Words = "Failed: nothing was published, and " + m.stays() + ". "
		if cause != "" {
			o.Words += "The cause: " + strings.TrimSuffix(cause, ".") + ". "
		}
		o.Words += "Remove the cause and run the night again; files already received need not be sent again."
	case codeInterrupted:
		o.Words = "Interrupted: nothing was published, and " + m.stays() + ". Run the night again; it starts from the beginning."
	default:
		o.Words = fmt.Sprintf("Ended with code %d; %s.", code, m.stays())
	}
	return o
}

func (m *Manifest) haul() string {
	withdrawn := named(m.Leads.ByStatus, "withdrawn")
	words := "no leads tonight"
	if standing := m.Leads.Total - withdrawn; standing > 0 {
		words = fmt.Sprintf("%s about %s", plural(standing, "lead", "leads"), plural(m.Leads.Subjects, "person", "people"))
	}
	if withdrawn > 0 {
		words += fmt.Sprintf(", %s withdrawn", number(withdrawn))
	}
	return words
}

// recalled says what a recall did and what is left to do.
func (m *Manifest) recalled() string {
	var files []string
	for _, f := range m.Recalled {
		files = append(files, f.File+" ("+f.Extract+", read by run "+f.Run+")")
	}
	return fmt.Sprintf("Recalled: %s. %s withdrawn, and state and leads are as if %s had never come. Tell those who received them; "+
		"a corrected file is read by the next run.", strings.Join(files, ", "),
		plural(named(m.Leads.ByStatus, "withdrawn"), "lead is", "leads are"), pluralWord(len(files), "it", "they"))
}

func pluralWord(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// fullness says what was read where nothing fell short.
func (m *Manifest) fullness() string {
	for i := range m.Extracts {
		if x := &m.Extracts[i]; x.Expected && x.State != StateRead {
			return "Every extract with a new file was read, and none is overdue."
		}
	}
	return "Every expected extract was read."
}

func (m *Manifest) stays() string {
	switch {
	case m.Parent != "":
		return "run " + m.Parent + " stays live"
	case m.Run != "":
		return "there is no earlier run"
	}
	return "what was live before stays live"
}

// shortfalls names each extract that fell short, with what to do about it.
func (m *Manifest) shortfalls() string {
	var words []string
	for i := range m.Extracts {
		if w := m.Extracts[i].shortfall(); w != "" {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return "See the extracts below."
	}
	return strings.Join(words, " ")
}

func (x *Extract) shortfall() string {
	switch {
	case x.Expected && x.unready() != "":
		return fmt.Sprintf("%s has a file that is not ready (%s): run the night again when it is, or leave it to the next night.", x.Name, x.unready())
	case x.Overdue:
		return x.Name + " did not come: ask its supplier; it is taken in by the next run after it arrives."
	case x.State == StateRefused:
		return x.Name + " was refused, for the reason given below: mend that, or where the file itself is damaged ask its supplier for a whole copy."
	case x.State == StateWithheld:
		return fmt.Sprintf("%s was withheld, for %s of its %s rows were rejected: look at rejects.parquet, then ask its supplier "+
			"for a correct copy or raise its reject limit.", x.Name, number(x.Rejected), number(x.Read))
	case x.SectionsRefused > 0:
		return fmt.Sprintf("%s lacks %s of its %s sections: ask its supplier for them again.", x.Name,
			number(int64(x.SectionsRefused)), number(int64(x.SectionsRead)))
	}
	return ""
}

// unready is the first file that was left alone, "" when there is none.
func (x *Extract) unready() string {
	for _, f := range x.Files {
		if f.State == StateNotReady {
			return f.Name
		}
	}
	return ""
}

// number writes a count with commas.
func number(n int64) string {
	if n < 0 {
		return "-" + number(-n)
	}
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Thousands writes a whole number with a comma at every third digit, as all pages do.
func Thousands(n int64) string { return number(n) }

func plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}
