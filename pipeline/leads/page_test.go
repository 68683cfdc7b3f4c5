package leads

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cespare/xxhash/v2"
	"github.com/rogpeppe/go-internal/txtar"

	"locatematch/pipeline/golden"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
)

// Every page under testdata/pages says in its first lines what it shows, and holds one or more nights: the subject and the
// links of each, and its leads as a person reads them. Later nights know what earlier ones published.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, path := range pages {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { checkPage(t, path) })
	}
}

func checkPage(t *testing.T, path string) {
	page, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var history *Table
	var files []txtar.File
	for _, f := range page.Files {
		date, ok := strings.CutPrefix(f.Name, "links ")
		if !ok {
			continue
		}
		asOf, err := strconv.Atoi(date)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		n := parseNight(t, string(f.Data), int32(asOf))
		history = history.Renumber(n.renumbered)
		n.History, n.subject.Former, n.subject.Parted = history, history.Former()[n.subject.ID], history.Parted()[n.subject.ID]
		made, liability := n.Consolidate(n.subject, n.links), (*Lead)(nil)
		if n.assessor != nil { // only where the page says what the agency knows
			n.assessor.Served = history.Served
			made = n.assessor.Assess(&n.subject, made)
			liability = n.assessor.Liability(&n.subject, made)
		}
		told, rows := n.Tell(made)
		after, withdrawn, _ := n.Remember(history, rows, n.fate)
		var b strings.Builder
		for _, l := range slices.Concat(told, withdrawn) {
			show(&b, &l)
		}
		if b.Len() == 0 {
			b.WriteString("no leads\n")
		}
		if liability != nil {
			show(&b, liability)
		}
		if n.assessor != nil {
			for _, c := range n.assessor.Withheld() {
				fmt.Fprintf(&b, "withheld: %s, %d\n", c.Name, c.N)
			}
		}
		files = append(files, f, txtar.File{Name: "leads " + date, Data: []byte(b.String())})
		history = tableOf(slices.Collect(after.Rows()))
	}
	page.Files = files
	golden.Check(t, path, txtar.Format(page))
}

// pageNight is one night of a page.
type pageNight struct {
	Night
	subject    Subject
	links      []Link
	gone       bool // the subject is not on the caseload
	renumbered []agency.Renumbering
	shelf      map[uint64]bool // files that were matched again
	assessor   *Assessor
}

func (n *pageNight) fate(id string) Fate {
	switch {
	case n.gone:
		return Left
	case id == n.subject.ID:
		return FateOf(&n.subject)
	}
	return Fate{}
}

// parseNight reads what a night is, the subject, the links and what the agency knows. A line that begins with "link" begins one;
// what follows sets its parts.
func parseNight(t *testing.T, text string, asOf int32) *pageNight {
	t.Helper()
	n := &pageNight{Night: Night{AsOf: asOf, Model: 1, BalanceNews: policy.BuiltIn().BalanceNews}, shelf: map[uint64]bool{}, subject: Subject{ID: "S-1001", Name: "Robert Pinter", Family: "Pinter"}}
	n.Shelf = func(file uint64, _ int64) bool { return n.shelf[file] }
	for _, line := range strings.Split(text, "\n") {
		key, value, _ := strings.Cut(line, ":")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		switch {
		case key == "":
		case key == "night":
			n.set(t, value)
		case key == "subject" && value == "gone":
			n.gone = true
		case key == "subject":
			setSubject(t, &n.subject, value)
		case key == "agency":
			n.knows(t, value, asOf)
		case key == "person":
			n.links[len(n.links)-1].Sighting.Person = value
		case key == "link":
			l := newLink(t, value, asOf)
			n.links = append(n.links, l)
			n.shelf[l.Sighting.FileMark] = l.Sighting.Retained
		case key == "agree", key == "near", key == "conflict":
			for _, part := range strings.Fields(value) {
				p := slices.Index(partNames, part)
				if p < 0 {
					t.Fatalf("no part %q", part)
				}
				n.links[len(n.links)-1].Agreement[p] = map[string]Verdict{"agree": Agree, "near": Near, "conflict": Conflict}[key]
			}
		default:
			if _, ok := factColumn[key]; !ok {
				t.Fatalf("no fact column %q", key)
			}
			n.links[len(n.links)-1].Sighting.state(key, value)
		}
	}
	return n
}

// set reads "baseline", "model 2", "shelf w4 20261107" (the file of that night was matched again) or "merged S-1000 S-1001",
// or "split S-1000 S-1001 LEAD", without LEAD of all others.
func (n *pageNight) set(t *testing.T, value string) {
	words := strings.Fields(value)
	switch {
	case words[0] == "baseline":
		n.Baseline = true
	case words[0] == "model":
		n.Model, _ = strconv.ParseUint(words[1], 10, 64)
	case words[0] == "shelf":
		n.shelf[fileMark(words[1], words[2])] = true
	case words[0] == "split" && len(words) > 3:
		n.renumbered = append(n.renumbered, agency.Renumbering{Old: words[1], New: words[2], On: n.AsOf, Split: true, LeadID: words[3]})
	case words[0] == "split":
		n.renumbered = append(n.renumbered, agency.Renumbering{Old: words[1], New: words[2], On: n.AsOf, Split: true})
	case words[0] == "merged":
		n.renumbered = append(n.renumbered, agency.Renumbering{Old: words[1], New: words[2], On: n.AsOf})
	default:
		t.Fatalf("night %q", value)
	}
}

func fileMark(extract, night string) uint64 { return xxhash.Sum64String(extract + night) }

var partNames = []string{"key", "ssn", "given", "family", "middle", "suffix", "born", "sex", "address", "phone", "email", "other"}

func setSubject(t *testing.T, s *Subject, value string) {
	word, rest, _ := strings.Cut(value, " ")
	switch word {
	case "man":
		s.Sex = 1
	case "woman":
		s.Sex = 2
	case "shield":
		s.Shield = true
	case "protected":
		s.Protected = true
	case "born":
		s.Born = dayIn(t, rest)
	case "number-status":
		s.SSNStatus = rest
	case "closed":
		s.Closed = true
	case "number":
		s.ID = rest
	case "has":
		p := strings.Split(rest, ",")
		for i := range p {
			p[i] = strings.TrimSpace(p[i])
		}
		s.Addresses = append(s.Addresses, AddressKey(p[0], "", "", p[1], p[2], p[3]))
	default:
		t.Fatalf("subject %q", value)
	}
}

// newLink reads "w4:17 employment 21.5", that is extract, line, source and weight, and then what is not ordinary: "margin
// 2.5", "review", "record 4711", "retained 20261107".
func newLink(t *testing.T, value string, asOf int32) Link {
	words := strings.Fields(value)
	extract, line, _ := strings.Cut(words[0], ":")
	n, err := strconv.ParseInt(line, 10, 64)
	if err != nil {
		t.Fatalf("link %q: %v", value, err)
	}
	s := &Sighting{Extract: extract, File: extract + ".txt", Line: n, RecordID: line, Source: words[1], Received: asOf}
	l := Link{Sighting: s, Weight: inBits(t, words[2]), Margin: 10 << 16, Accept: true, Pattern: 0x1234}
	s.FileMark = fileMark(extract, fmt.Sprint(asOf))
	for i := 3; i < len(words); i++ {
		switch words[i] {
		case "retained":
			i++
			received, _ := strconv.Atoi(words[i])
			s.Retained, s.Received, s.FileMark = true, int32(received), fileMark(extract, words[i])
		case "review":
			l.Accept = false
		case "held":
			l.Accept, l.Held = false, true
		case "invalid":
			l.Invalid = true
		case "margin":
			i++
			l.Margin = inBits(t, words[i])
		case "record":
			i++
			s.RecordID = words[i]
		default:
			t.Fatalf("link %q: %q", value, words[i])
		}
	}
	return l
}

func inBits(t *testing.T, s string) int32 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return int32(f * (1 << 16))
}

// show prints a lead as a person reads it.
func show(b *strings.Builder, l *Lead) {
	fmt.Fprintf(b, "%s (%s) %s, %s: %s\n", strings.ToUpper(string(l.Kind)), l.LeadID, l.Identity, l.Status, l.StatusReason)
	fmt.Fprintf(b, "    %s\n    %s\n", l.Display, l.Summary)
	fmt.Fprintf(b, "    why: %s\n", strings.Join(l.IdentityReasons, "; "))
	fmt.Fprintf(b, "    %.1f bits, margin %.1f; sources %s; seen %d to %d, published first %d\n", l.IdentityWeight, l.Margin,
		strings.Join(l.Sources, ", "), l.FirstSeen.Integer(), l.LastSeen.Integer(), l.FirstPublished.Integer())
	for _, s := range []fmt.Stringer{l.Address, l.Phone, l.Employer, l.Military, l.Account} {
		if text := s.String(); text != "" {
			fmt.Fprintf(b, "    %s\n", text)
		}
	}
	if l.Standing != "" {
		fmt.Fprintf(b, "    standing: %s: %s\n    may be shown as: %s\n", l.Standing, strings.Join(l.StandingReasons, "; "), l.DisclosureClass)
	}
	if l.Standing != "" && len(l.Conflicts) > 0 {
		fmt.Fprintf(b, "    against it: %s\n", strings.Join(l.Conflicts, "; "))
	}
	if l.Suppressed != "" {
		fmt.Fprintf(b, "    not offered: %s\n", l.Suppressed)
	}
	for _, m := range l.MayDo {
		fmt.Fprintf(b, "    case %s: %s [%s: %s %s]\n", m.CaseID, m.Words, m.Rule, m.Reason, m.Citation)
		for _, held := range m.HeldBy {
			fmt.Fprintf(b, "        no more, since: %s\n", held)
		}
	}
	for _, c := range l.Cautions {
		fmt.Fprintf(b, "    caution %s: %s [%s]\n", c.Code, c.Words, c.Citation)
	}
	for _, e := range l.Evidence {
		fmt.Fprintf(b, "    evidence: %s line %d, record %s, %s%s, %.1f bits, confirms %q\n", e.Extract, e.Line, e.RecordID, e.Source,
			when(", ", e.EventDate), e.Weight, e.Confirms)
	}
}

func when(before string, d *PartialDate) string {
	if d == nil {
		return ""
	}
	return before + dateKey(d)
}

func (a *Address) String() string {
	if a == nil {
		return ""
	}
	s := fmt.Sprintf("address: %s | %s | %s | %s | %s", a.Form, a.Line, a.City, a.State, a.Zip) + when(" | moved ", a.MoveDate)
	if a.Known {
		s += " | known"
	}
	if a.CareOf {
		s += " | care of"
	}
	return s
}

func (p *Phone) String() string {
	if p == nil {
		return ""
	}
	return "phone: " + p.Number
}

func (e *Employer) String() string {
	if e == nil {
		return ""
	}
	return fmt.Sprintf("employer: %s | %s | %s | %s | %s | %s", e.EIN, e.Name, e.Line, e.City, e.State, e.Zip) +
		when(" | hired ", e.HireDate) + " " + e.HireState
}

func (m *Military) String() string {
	if m == nil {
		return ""
	}
	return fmt.Sprintf("military: %s | %s | active %v", m.Component, m.Service, m.Active) + ended(m.Ended) + when(" | as of ", m.AsOf) +
		when(" | from ", m.Begin) + when(" | to ", m.End)
}

func ended(so bool) string {
	if so {
		return " | ended"
	}
	return ""
}

func (a *Account) String() string {
	if a == nil {
		return ""
	}
	balance := ""
	if a.Balance != nil {
		balance = fmt.Sprint(*a.Balance)
	}
	return fmt.Sprintf("account: %s | %s | %s | %s | balance %s %s | joint %v | %s | %s", a.InstitutionTIN, a.Institution, a.Token,
		a.Type, balance, a.BalanceKind, a.Joint, a.Trust, a.Status) + when(" | ", a.Month)
}

// state sets one fact of a sighting.
func (s *Sighting) state(column, value string) {
	facts := make([]string, len(FactColumns))
	for i := range facts {
		facts[i] = s.Facts.At(i)
	}
	facts[factColumn[column]] = value
	s.Facts = PackFacts(facts)
}
