package trial

import (
	"fmt"
	"strings"

	"locatematch/pipeline/report"
)

// Text is the page: how many changes of each kind, the rules that differ, no more than limit examples of each kind, and what the
// night cannot tell. No line is longer than width characters, as far as names allow.
func (r *Result) Text(width, limit int) string {
	p := &page{width: min(max(width, 60), 120)}
	p.words("", fmt.Sprintf("Run %s under another policy. Nothing was published. %s and %s were tested.", r.Run,
		counted(r.Leads, "lead"), counted(r.Rows, "queue row")))
	p.words("", fmt.Sprintf("The run's policy is %s, the one tried %s.", shortDigest(r.From), shortDigest(r.To)))
	p.counts(r)
	p.rules(r.Rules)
	for changes := r.Changes; len(changes) > 0; {
		n := 1
		for n < len(changes) && changes[n].Kind == changes[0].Kind {
			n++
		}
		p.examples(changes[:n], limit)
		changes = changes[n:]
	}
	if len(r.Untold) > 0 {
		p.line("\nWhat this night cannot tell")
		for _, words := range r.Untold {
			p.words("  - ", words)
		}
	}
	return p.b.String()
}

// page is a text under way.
type page struct {
	b     strings.Builder
	width int
}

func (p *page) line(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

// words writes a sentence behind a label; further lines stand below its first word.
func (p *page) words(label, words string) {
	for i, line := range report.Wrap(words, p.width-len(label)) {
		if i > 0 {
			label = strings.Repeat(" ", len(label))
		}
		p.line("%s", strings.TrimRight(label+line, " "))
	}
}

func (p *page) counts(r *Result) {
	switch {
	case len(r.Changes) > 0:
	case len(r.Untold) > 0:
		p.line("\nNothing that this night can tell would change.")
		return
	default:
		p.line("\nNothing would change.")
		return
	}
	p.line("\n%-52s %8s %8s", "Kind of change", "changes", "leads")
	for _, c := range r.Counts {
		p.line("%-52s %8d %8d", c.Kind, c.Changes, c.Leads)
	}
	p.line("Of no other kind is there any.")
}

func (p *page) rules(list []Differ) {
	if len(list) == 0 {
		return
	}
	p.line("\nRules that differ")
	for _, d := range list {
		had := "had a part in " + counted(d.Changes, "change")
		switch {
		case d.Changes == 0 && strings.HasPrefix(d.ID, "purpose."): // what it newly allows was not published
			had = "changes nothing that this night can tell"
		case d.Changes == 0:
			had = "changes nothing tonight"
		}
		p.words("  ", d.ID+": "+d.how()+"; "+had)
	}
}

// how says in what a rule differs.
func (d *Differ) how() string {
	switch {
	case d.From.ID == "":
		return "added by the " + d.To.Layer + " layer"
	case d.To.ID == "":
		return "not there any more"
	case d.To.Off && !d.From.Off:
		return "switched off"
	case d.From.Off && !d.To.Off:
		return "switched on"
	case d.From.Layer != d.To.Layer:
		return d.From.Layer + " layer, then " + d.To.Layer + " layer"
	}
	return "changed in the " + d.To.Layer + " layer, or reviewed"
}

// examples shows the first changes of one kind, each with the rules of both sides.
func (p *page) examples(changes []Change, limit int) {
	shown := min(max(limit, 0), len(changes))
	if shown == 0 {
		return
	}
	title := fmt.Sprintf("%s: %d", changes[0].Kind, len(changes))
	if shown < len(changes) {
		title += fmt.Sprintf(", the first %d shown (--limit N, or --json for all)", shown)
	}
	p.line("")
	p.words("", title)
	for i := range changes[:shown] {
		p.example(&changes[i])
	}
}

func (p *page) example(c *Change) {
	who := fmt.Sprintf("%s  %s", c.LeadID, c.SubjectID)
	if c.CaseID != "" {
		who += ", case " + c.CaseID
	}
	p.words("  ", who+", "+string(c.About))
	if c.From != c.To {
		p.words("    ", c.From+" -> "+c.To)
	} else {
		p.words("    ", c.From)
	}
	if c.FromRule == (Rule{}) && c.ToRule == (Rule{}) {
		p.words("    ", "no rule of its own: other leads moved or changed")
		return
	}
	p.words("    was  ", c.FromRule.String())
	p.words("    now  ", c.ToRule.String())
}

// String is a rule with its words and ground.
func (r Rule) String() string {
	if r == (Rule{}) {
		return "no rule"
	}
	words := r.ID
	switch {
	case r.Off:
		words += " (switched off)"
	case r.Layer != "":
		words += " (" + r.Layer + ")"
	}
	if words != "" {
		words += ": "
	}
	words += r.Words
	if r.Citation == "" {
		return words
	}
	if ground := r.Citation; r.Reviewed {
		return words + " [" + ground + "]"
	}
	return words + " [" + r.Citation + "; not reviewed]"
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// shortDigest is the beginning of a digest.
func shortDigest(digest string) string {
	if digest == "" {
		return "not at hand"
	}
	return digest[:min(12, len(digest))]
}
