package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// page is the morning report before it takes a form: both forms show the same words and tables in the same order.
type page struct {
	Title    string
	Code     int
	Outcome  string
	Facts    [][2]string // run, parent, version
	Warnings []string
	Sheets   []sheet
}

// sheet is one titled table. Columns whose heading begins with '#' hold numbers; '@' marks digests.
type sheet struct {
	Title   string
	Words   string
	Columns []column
	Rows    [][]string
}

type column struct {
	Name   string
	Number bool
	Digest bool
}

func newSheet(title, words string, headings ...string) sheet {
	s := sheet{Title: title, Words: words}
	for _, h := range headings {
		c := column{Name: strings.TrimLeft(h, "#@"), Number: h[0] == '#', Digest: h[0] == '@'}
		s.Columns = append(s.Columns, c)
	}
	return s
}

func (s *sheet) add(cells ...string) { s.Rows = append(s.Rows, cells) }

func newPage(m *Manifest) page {
	p := page{
		Title: "Night of " + longDate(m.AsOf), Code: m.Outcome.Code, Outcome: m.Outcome.Words, Warnings: m.Warnings,
		Facts: [][2]string{{"Run", m.Run}, {"Follows", orNone(m.Parent)}, {"Version", m.Code}, {"Exit code", strconv.Itoa(m.Outcome.Code)}},
	}
	for _, of := range []func(*Manifest) sheet{
		extractSheet, reasonSheet, funnelSheet, leadSheet, queueSheet, memorySheet, withheldSheet, answerSheet, rejectSheet, caseloadSheet, blockSheet, priorSheet, gateSheet,
		inputSheet, outputSheet, digestSheet,
	} {
		if s := of(m); len(s.Rows) > 0 {
			p.Sheets = append(p.Sheets, s)
		}
	}
	return p
}

func longDate(asOf string) string {
	t, err := time.Parse(time.DateOnly, asOf)
	if err != nil {
		return asOf
	}
	return t.Format("Monday, January 2, 2006")
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func extractSheet(m *Manifest) sheet {
	s := newSheet("Extracts", "", "Extract", "Source", "State", "#Rows", "#Rejected", "#Passed", "#Links")
	for _, x := range m.Extracts {
		s.add(x.Name, x.Source, x.State, number(x.Read), number(x.Rejected), number(x.Passed), number(x.Links))
	}
	return s
}

// reasonSheet says why an extract, a file or a section was not read as it should be.
func reasonSheet(m *Manifest) sheet {
	s := newSheet("What was not read, and why", "", "Extract", "Where", "What")
	for _, x := range m.Extracts {
		if x.State != StateRead {
			s.add(x.Name, "extract", x.State+": "+x.Reason)
		}
		for _, f := range x.Files {
			if f.State != StateRead && f.State != x.State {
				s.add(x.Name, f.Name, f.State+": "+f.Reason)
			}
		}
		for _, c := range x.Sections {
			s.add(x.Name, fmt.Sprintf("%s, line %d", c.File, c.Line), strings.TrimSpace(c.Name+" section "+number(int64(c.Index)+1))+": "+c.Fault)
		}
	}
	return s
}

func funnelSheet(m *Manifest) sheet {
	s := newSheet("From rows to leads", "", "Step", "#Count")
	var all Extract
	for _, x := range m.Extracts {
		all.Read += x.Read
		all.Rejected += x.Rejected
		all.Accepted += x.Accepted
		all.Passed += x.Passed
		all.MostPairs = max(all.MostPairs, x.MostPairs)
	}
	l := &m.Links
	for _, step := range []struct {
		words string
		n     int64
	}{
		{"Rows read", all.Read}, {"Rows rejected", all.Rejected}, {"Rows accepted", all.Accepted},
		{"Rows that passed the blocking filters", all.Passed}, {"Pairs compared", l.Pairs}, {"Most pairs of one row", all.MostPairs},
		{"Pairs below the review weight", l.Below}, {"of these, lost in competition", l.Outcompeted},
		{"Links to review", l.Review}, {"Links accepted", l.Accepted}, {keptWords, l.Kept},
		{"Leads", m.Leads.Total}, {"People with leads", m.Leads.Subjects},
	} {
		if step.words == keptWords && givesAway(l.WithheldBy) {
			continue
		}
		s.add(step.words, number(step.n))
	}
	return s
}

const keptWords = "Links kept for leads"

func leadSheet(m *Manifest) sheet {
	s := newSheet("Leads", "", "By", "Which", "#Leads")
	for _, by := range []struct {
		name   string
		counts []Count
	}{{"kind", m.Leads.ByKind}, {"status", m.Leads.ByStatus}, {"identity", m.Leads.ByIdentity}, {"standing", m.Leads.ByStanding}, {"not offered", m.Leads.SuppressedBy}} {
		for _, c := range sorted(by.counts) {
			s.add(by.name, c.Name, number(c.N))
		}
	}
	return s
}

func queueSheet(m *Manifest) sheet {
	q := &m.Queues
	s := newSheet("Queues", "What officers read tonight: a row for each lead and open case.", "Which", "#Rows")
	if q.Candidates == 0 && len(q.NotQueued) == 0 {
		return s
	}
	s.add("Queued", number(q.Rows))
	s.add("of these, in supervisors' queues", number(q.Supervisor))
	s.add("of these, sent to specialists", number(q.Specialist))
	s.add("Officers and people, one alert each", number(q.Alerts))
	s.add("Capped: they wait for the next night", number(q.Capped))
	for _, c := range sorted(q.ByOffice) {
		s.add("Office "+c.Name, number(c.N))
	}
	for _, c := range sorted(q.NotQueued) {
		s.add("Leads not queued: "+c.Name, number(c.N))
	}
	return s
}

// memorySheet says what earlier nights left. How many rows were dropped is not in it: a row may be because a protected person
// claims it.
func memorySheet(m *Manifest) sheet {
	s := newSheet("Earlier nights", "Rows kept from earlier nights are matched again. A withdrawn lead stands no longer.", "What", "Which", "#Count")
	for _, c := range sorted(m.Leads.WithdrawnBy) {
		s.add("leads withdrawn", c.Name, number(c.N))
	}
	for _, f := range m.Recalled {
		s.add("file recalled", f.File+" of "+f.Extract+": "+f.Reason, "1")
	}
	if r := m.Retained; r.Before > 0 {
		s.add("rows kept", "from earlier nights", number(r.Before))
		s.add("rows kept", "past their retention, removed", number(r.Expired))
		s.add("links", "of rows kept", number(r.Links))
		s.add("people", "of whom rows kept say what they said the night before", number(r.Settled))
	}
	return s
}

func withheldSheet(m *Manifest) sheet {
	s := newSheet("Withheld", "Links and leads that were found and are given to nobody, and the accepted rows of extracts and sections that were refused.",
		"Why", "What", "#Count")
	for _, c := range guarded(m.Links.WithheldBy) {
		s.add(c[0], "links", c[1])
	}
	if n := sum(m.Leads.WithheldBy); n > 0 { // together: each alone could be small
		s.add("would tell where a protected person is", "leads", guardedCount(n))
	}
	if m.Restricted != "" && (len(m.Links.WithheldBy) > 0 || m.Caseload.Protected > 0) {
		s.add("about protected people themselves", "leads", m.Restricted)
	}
	if n := m.Leads.InvalidPairs; n > 0 {
		s.add("number known to be somebody else's", "records", number(n))
	}
	if n := m.Leads.TaxInformation; n > 0 {
		s.add("tax information", "values", number(n))
	}
	for _, x := range m.Extracts {
		if x.Withheld > 0 {
			s.add("refused in "+x.Name, "rows", number(x.Withheld))
		}
	}
	return s
}

// answerSheet says how much of what comes back under our own key is our own inquiry. A supplier's own books repeat about half of it.
func answerSheet(m *Manifest) sheet {
	s := newSheet("Answers to our inquiry", "Records that came back under our key and name somebody, and those of them that say nothing but what we had sent. Where nearly all do, that is not compared.",
		"Extract", "Which", "#Answers", "#Repeat our inquiry")
	for _, x := range m.Extracts {
		if x.Answers == 0 {
			continue
		}
		s.add(x.Name, "all", number(x.Answers), number(x.Repeated))
		for _, e := range x.Echoes {
			s.add(x.Name, strings.TrimSpace(e.Name+" in "+e.File)+": not compared", number(e.Answers), number(e.Repeated))
		}
	}
	return s
}

func rejectSheet(m *Manifest) sheet {
	s := newSheet("Rejected rows and invalid values", "A rejected row is left out whole. A row with an invalid value goes on without it.",
		"Extract", "What", "Which", "#Count")
	add := func(name, what string, counts []Count) {
		for _, c := range sorted(counts) {
			s.add(name, what, c.Name, number(c.N))
		}
	}
	add("caseload", "rows rejected", m.Caseload.RejectedBy)
	for _, a := range m.Agency {
		add(a.Name, "rows rejected", a.RejectedBy)
	}
	add("caseload", "values invalid", m.Caseload.InvalidBy)
	for _, x := range m.Extracts {
		add(x.Name, "rows rejected", x.RejectedBy)
		add(x.Name, "values invalid", x.InvalidBy)
		add(x.Name, "codes not known", x.UnknownCodes)
	}
	return s
}

func caseloadSheet(m *Manifest) sheet {
	c := &m.Caseload
	s := newSheet("Caseload", "", "What", "#Count")
	s.add("Rows read", number(c.Read))
	s.add("Rows rejected", number(c.Rejected))
	s.add("People", number(c.Subjects))
	s.add("of these, shields (they compete and get no leads)", number(c.Shields))
	s.add("of these, protected (no leads)", guardedCount(c.Protected))
	for _, r := range sorted(c.CappedBy) {
		s.add("Blocking keys left out as too common: "+r.Name, number(r.N))
	}
	s.add("Megabytes in memory", number((c.Bytes+(1<<19))>>20))
	return s
}

// shownBlocks of the largest blocks stand in the report; the manifest has all.
const shownBlocks = 5

func blockSheet(m *Manifest) sheet {
	s := newSheet("Largest blocks", "People who share one key of a blocking rule: a row that has the key is compared with all of them, unless more share it than the rule's cap allows.",
		"Rule", "Key, masked", "What becomes of it", "#People")
	blocks := slices.Clone(m.Caseload.Blocks)
	slices.SortStableFunc(blocks, func(a, b Block) int { return cmp.Compare(b.Subjects, a.Subjects) })
	for _, b := range blocks[:min(shownBlocks, len(blocks))] {
		fate := "compared"
		if b.Dropped {
			fate = "left out"
		}
		s.add(b.Rule, b.Key, fate, number(b.Subjects))
	}
	return s
}

func priorSheet(m *Manifest) sheet {
	s := newSheet("Priors", "The share of an extract's rows that are people on the caseload, and the prior weight that follows.",
		"Extract", "Source", "#Known share", "#Prior, bits")
	for _, p := range m.Priors {
		s.add(p.Extract, p.Source, strconv.FormatFloat(p.KnownShare, 'g', 4, 64), strconv.FormatFloat(p.PriorBits, 'f', 2, 64))
	}
	return s
}

func gateSheet(m *Manifest) sheet {
	s := newSheet("Gates", "", "Gate", "Outcome", "What it found")
	for _, g := range m.Gates {
		s.add(g.Name, g.Outcome, g.Words)
	}
	return s
}

func inputSheet(m *Manifest) sheet {
	s := newSheet("Files read", "", "Extract", "File", "State", "#Records", "#Bytes", "@SHA-256")
	add := func(extract string, files []InputFile) {
		for _, f := range files {
			s.add(extract, f.Name, f.State, number(f.Records), number(f.Bytes), f.SHA256)
		}
	}
	add("caseload", m.Caseload.Files)
	for _, a := range m.Agency {
		add(a.Name, a.Files)
	}
	for _, x := range m.Extracts {
		add(x.Name, x.Files)
	}
	return s
}

// outputSheet leaves the report's own pages out: they cannot state their own digest.
func outputSheet(m *Manifest) sheet {
	s := newSheet("Files written", "", "File", "#Rows", "#Bytes", "@SHA-256")
	for _, f := range m.Outputs {
		if f.Name == "report.md" || f.Name == "report.html" {
			continue
		}
		rows := ""
		if strings.HasSuffix(f.Name, ".parquet") {
			rows = number(f.Rows)
		}
		digest := f.SHA256
		if Encrypted(f.Name) { // other bytes each time it is written: the page would be another too
			digest = "encrypted; its digest stands in manifest.json"
		}
		s.add(f.Name, rows, number(f.Bytes), digest)
	}
	return s
}

// Encrypted reports that an output is encrypted to somebody. Encryption draws random numbers, so that its bytes are the one thing of
// a run that the same night does not make again.
func Encrypted(output string) bool { return strings.HasSuffix(output, ".age") }

func digestSheet(m *Manifest) sheet {
	s := newSheet("What decided the run", "", "What", "@SHA-256")
	for _, d := range [][2]string{{"Config", m.Digests.Config}, {"Spec", m.Digests.Spec}, {"Model", m.Digests.Model}, {"Policy", m.Digests.Policy}, {"Caseload", m.Digests.Caseload}, {"Agency's own files", m.Digests.Agency},
		{"Judgements", m.Digests.Judgements}, {"Protected between nights", m.Digests.Protected}} {
		if d[1] != "" {
			s.add(d[0], d[1])
		}
	}
	for _, x := range m.Extracts {
		s.add(strings.TrimSpace("Layout "+x.Layout+" ("+x.LayoutStatus+"), for "+x.Name), x.LayoutDigest)
	}
	return s
}
