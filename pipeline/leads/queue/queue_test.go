package queue

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"locatematch/pipeline/golden"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
	"locatematch/pipeline/leads/readability"
)

// night is a night's input and its leads, which come in parts.
type night struct {
	Input
	Leads  []leads.Lead
	Judged map[string]string
}

// Build makes the queues; two leads at a time, for parts change nothing.
func Build(n night) Queues {
	b := NewBuilder(n.Input)
	for part := range slices.Chunk(n.Leads, 2) {
		b.Add(part, n.Judged)
	}
	return b.Queues(n.Judged)
}

// smallRules are a policy small enough to reckon with: a clock of three days for an employer where there is an order.
type smallRules struct{}

func (smallRules) May(s policy.Situation) policy.May {
	m := policy.May{Step: policy.VerifyFirst, Words: "you may write to verify it first", Rule: policy.Rule{Citation: "45 CFR 303.3"}}
	if s.Kind == "employer" && s.SSNAgrees && s.Case.Order {
		m = policy.May{Step: policy.ReviewForWithholding, Words: "you may review it for income withholding",
			Rule: policy.Rule{Citation: "42 USC 653a(g)(1)", CheckedBy: "A. Reviewer", CheckedOn: "2026-10-01"}}
	} else if s.Kind == "employer" {
		m.HeldBy = []policy.Rule{{Words: "no order is in force for this case", Citation: "42 USC 653a(g)(1)"}}
	}
	return m
}

func (r smallRules) Due(s policy.Situation) []policy.Due {
	if r.May(s).Step != policy.ReviewForWithholding {
		return nil
	}
	return []policy.Due{{On: 20261230, Rule: policy.Rule{Words: "the case is to be looked at each quarter"}},
		{On: s.Received + 3, Statutory: true, Rule: policy.Rule{Words: "a notice to withhold goes out within two business days", Citation: "42 USC 653a(g)(1)"}}}
}

func lead(subject string, kind leads.Kind, identity leads.Identity, summary string) leads.Lead {
	id := fmt.Sprintf("L-%s%s", strings.ToLower(subject), strings.ReplaceAll(string(kind), " ", ""))
	return leads.Lead{
		LeadID: (id + strings.Repeat("a", 22))[:22], SubjectID: subject, Kind: kind, Identity: identity, Status: leads.New,
		StatusReason: "not reported before", FirstSeen: leads.DayOf(20261121), LastSeen: leads.DayOf(20261121), Sources: []string{"employment"},
		IdentityReasons: []string{"SSN agrees", "name agrees"}, Summary: summary,
	}
}

// evening is a small night: three people, two offices, three officers, one case without an officer.
func evening() night {
	cases := map[string][]agency.Case{
		"SAA": {{ID: "C-7", Office: "North/1", Officer: "W11", Status: agency.Open, Order: true, Monthly: 25000, Arrears: 420000, LastPaid: 20260303}},
		"SBB": {{ID: "C-8", Office: "North/1", Officer: "W11", Status: agency.Open}, {ID: "C-9", Office: "South", Status: agency.Open, Order: true, Arrears: 1250}},
		"SCC": {{ID: "C-1", Office: "South", Officer: "W20", Status: agency.Closed}},
	}
	joint := lead("SBB", leads.KindAccount, leads.Likely, "First Bank reported his joint savings account with $3,100 in it in October; he is not the sole owner.")
	joint.Cautions = []leads.Caution{{Code: "joint", Words: "somebody else owns this account too: find out whose money it is before any levy"}}
	n := night{Input: Input{AsOf: 20261121, PerOfficer: 10, Rules: smallRules{}}}
	n.Leads = []leads.Lead{
		lead("SBB", leads.KindAddress, leads.Strong, "The post office has an order to forward his mail to 12 Oak St, Austin, TX 78701 after a move on November 2."),
		joint,
		lead("SAA", leads.KindEmployer, leads.Strong, "Acme Freight reported hiring him on November 9; SSN and name agree; birth date was not reported."),
		lead("SAA", leads.KindAddress, leads.CheckFirst, "=cmd gave 1 Elm St, Waco, TX 76701 as his address."),
		lead("SCC", leads.KindEmployer, leads.Strong, "Blue Diner reported hiring her on November 10."),
		{LeadID: "L-repeated", SubjectID: "SAA", Kind: leads.KindPhone, Status: leads.Repeated, StatusReason: "nothing new since it was first published on November 1"},
	}
	n.Person = func(s string) string {
		return map[string]string{"SAA": "Robert Pinter", "SBB": "Carl Whitfield", "SCC": "Maria Delgado"}[s]
	}
	n.Cases = func(s string) []agency.Case { return cases[s] }
	return n
}

func allRows(q Queues) (rows []Row) {
	for _, o := range q.Offices {
		rows = append(rows, o.Rows...)
	}
	return rows
}

// The pages are the evening's queues as an officer gets them: on a terminal of 80 columns, as CSV, as a workbook, as JSON, and
// in an agency's own action codes.
func TestPages(t *testing.T) {
	q := Build(evening())
	rows := allRows(q)
	golden.Check(t, "testdata/queue.txt", []byte(Text(rows, 80)))
	golden.Check(t, "testdata/queue-120.txt", []byte(Text(rows, 120)))
	var out bytes.Buffer
	if err := WriteCSV(&out, rows); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/queue.csv", out.Bytes())
	out.Reset()
	if err := WriteJSON(&out, "2026-11-21-4fz2k7qa", rows); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/queue.json", out.Bytes())
	out.Reset()
	if err := WriteXLSX(&out, "Queue", rows); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/queue-xlsx.txt", []byte(dump(t, out.Bytes())))
	for _, name := range []string{"interface-fixed", "interface-csv"} {
		raw, err := os.ReadFile(filepath.Join("testdata", name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		f, err := ParseInterface(raw)
		if err != nil {
			t.Fatal(err)
		}
		out.Reset()
		if err := f.Write(&out, "2026-11-21-4fz2k7qa", "2026-11-21", rows, q.Index); err != nil {
			t.Fatal(err)
		}
		golden.Check(t, filepath.Join("testdata", name+".txt"), out.Bytes())
	}
}

// dump shows a workbook cell by cell, with its widths, panes and lists.
func dump(t *testing.T, data []byte) string {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tab := f.GetSheetName(0)
	var b strings.Builder
	panes, _ := f.GetPanes(tab)
	fmt.Fprintf(&b, "sheet %s, frozen %v below row %d\n", tab, panes.Freeze, panes.YSplit)
	lists, _ := f.GetDataValidations(tab)
	for _, l := range lists {
		fmt.Fprintf(&b, "list %s: %s\n", l.Sqref, l.Formula1)
	}
	rows, _ := f.GetRows(tab)
	for c, name := range rows[0] {
		letters, _ := excelize.ColumnNumberToName(c + 1)
		width, _ := f.GetColWidth(tab, letters)
		fmt.Fprintf(&b, "\n%s %s (width %g)\n", letters, name, width)
		for r := 1; r < len(rows); r++ {
			if c < len(rows[r]) && rows[r][c] != "" {
				fmt.Fprintf(&b, "  %d %q\n", r+1, rows[r][c])
			}
		}
	}
	return b.String()
}

// Whatever an officer reads is plain, from the reason of a place to what may be done: school grade 9 at most, and never "must".
func TestReading(t *testing.T) {
	in := evening()
	in.PerOfficer = 1
	in.Leads[2].Status, in.Leads[2].StatusReason = leads.Changed, "another hire date was reported; an officer had found it out of date on November 22, 2026"
	overdue := evening()
	overdue.AsOf = 20261225
	rows := append(allRows(Build(in)), allRows(Build(overdue))...)
	waited := evening()
	waited.Waiting, waited.Leads = Build(in).Waiting, nil
	for _, r := range append(rows, allRows(Build(waited))...) {
		for _, text := range append([]string{r.Headline, r.Why, r.WhyDue, r.YouMay}, r.Cautions...) {
			if thought, grade := readability.Hardest(citation.ReplaceAllString(text, "")); grade > 9 || strings.Contains(text, " must ") {
				t.Errorf("grade %.1f: %s", grade, thought)
			}
		}
	}
}

// citation is a rule's, which is looked up and not read.
var citation = regexp.MustCompile(` \([^)]*\(?[^)]*\)?[^)]*reviewed\)`)

// Every line of the terminal's page fits it, whatever the width.
func TestTextFits(t *testing.T) {
	rows := allRows(Build(evening()))
	for _, width := range []int{80, 100, 120} {
		for _, line := range strings.Split(Text(rows, width), "\n") {
			if n := len([]rune(line)); n > width {
				t.Errorf("%d characters on a terminal of %d: %s", n, width, line)
			}
		}
	}
}

// A queue is read from its files as it was made, and the same night gives the same bytes whatever the order of its leads.
func TestFiles_SameBytesInAnyOrder(t *testing.T) {
	write := func(in night) map[string][]byte {
		dir := t.TempDir()
		q := Build(in)
		if err := os.Mkdir(filepath.Join(dir, "queues"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := q.Write(func(name string) string { return filepath.Join(dir, name) }); err != nil {
			t.Fatal(err)
		}
		read, err := ReadRows(filepath.Join(dir, FileName("North/1")))
		for i := range read {
			if len(read[i].Cautions) == 0 {
				read[i].Cautions = nil // a file does not tell none from nil
			}
		}
		if err != nil || !reflect.DeepEqual(read, q.Offices[0].Rows) {
			t.Fatalf("read %+v, %v", read, err)
		}
		files := map[string][]byte{}
		entries, _ := os.ReadDir(filepath.Join(dir, "queues"))
		for _, e := range entries {
			files[e.Name()], _ = os.ReadFile(filepath.Join(dir, "queues", e.Name()))
		}
		return files
	}
	forward, backward := evening(), evening()
	slices.Reverse(backward.Leads)
	if a, b := write(forward), write(backward); !reflect.DeepEqual(a, b) || len(a) != 3 {
		t.Errorf("files differ, or are not three: %d", len(a))
	}
}

func TestFileName(t *testing.T) {
	names := map[string]string{}
	for _, office := range []string{"", "North/1", "North_1", "North~2f1", "index", "INDEX", "~index", "..", "OFFICE 01", strings.Repeat("x", 300), strings.Repeat("x", 301)} {
		name := FileName(office)
		if other, taken := names[name]; taken {
			t.Errorf("%q and %q are both %s", office, other, name)
		}
		names[name] = office
		if base, ok := strings.CutPrefix(name, "queues/"); !ok || strings.ContainsAny(base, `/\ `) || strings.HasPrefix(base, ".") || len(base) > 200 || name == IndexFile {
			t.Errorf("%q: %s", office, name)
		}
	}
}

// anyNight draws nights with many people, cases, officers and kinds, and a cap.
func anyNight(t *rapid.T) night {
	in := night{Input: Input{AsOf: 20261121, Rules: smallRules{}, PerOfficer: rapid.IntRange(0, 3).Draw(t, "cap"),
		Specialist: rapid.SampledFrom([]string{"", Specialist, Supervisor, "W2"}).Draw(t, "specialist")}}
	cases := map[string][]agency.Case{}
	for s := range rapid.IntRange(0, 8).Draw(t, "people") {
		id := fmt.Sprintf("S%c", 'A'+s)
		for c := range rapid.IntRange(0, 2).Draw(t, "cases") {
			cases[id] = append(cases[id], agency.Case{
				ID: fmt.Sprintf("C-%d-%d", s, c), Status: rapid.SampledFrom([]agency.Status{agency.Open, agency.Open, agency.Closed}).Draw(t, "status"),
				Office: rapid.SampledFrom([]string{"N", "S"}).Draw(t, "office"), Officer: rapid.SampledFrom([]string{"", "W1", "W2"}).Draw(t, "officer"),
				Order: rapid.Bool().Draw(t, "order"), Arrears: rapid.Int64Range(0, 3).Draw(t, "arrears"),
			})
		}
		for _, kind := range leads.Kinds() {
			l := lead(id, kind, rapid.SampledFrom([]leads.Identity{leads.Strong, leads.Likely, leads.CheckFirst}).Draw(t, "identity"), "x")
			l.Status = rapid.SampledFrom([]leads.Status{leads.New, leads.Changed, leads.Strengthened, leads.Repeated, leads.Withdrawn}).Draw(t, "status")
			in.Leads = append(in.Leads, l)
		}
	}
	in.Cases = func(s string) []agency.Case { return cases[s] }
	return in
}

// Whatever the night: books balance, only news is queued, no statutory clock is capped away, no officer has more alerts than
// the cap, one alert a person, what is a specialist's is in no other queue but the supervisor's, ranks count from one, rows of a person stand together, and first rows come in the stated order.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyNight(t)
		q := Build(in)
		f := q.Counts.Funnel()
		if f.Candidates != f.Rows+f.Capped || int(f.Rows) != len(q.Index) || int(f.Rows) != len(allRows(q)) {
			t.Fatalf("books: %+v, %d rows, %d places", f, len(allRows(q)), len(q.Index))
		}
		status := map[string]leads.Status{}
		for _, l := range in.Leads {
			status[l.LeadID] = l.Status
		}
		rows := allRows(q)
		type key struct{ office, officer string }
		alerts := map[key]map[string]int32{}
		queued := map[string]bool{}
		var last map[key]Row = map[key]Row{}
		for i, r := range rows {
			p := q.Index[i]
			if p.LeadID != r.LeadID || p.Rank != r.Rank || p.Office != r.Office || p.Officer != r.Officer || p.CaseID != r.CaseID {
				t.Fatalf("place %+v of row %+v", p, r)
			}
			if s := status[r.LeadID]; s == leads.Repeated || s == leads.Withdrawn {
				t.Fatalf("%s is queued, and is %s", r.LeadID, s)
			}
			queued[r.LeadID+r.CaseID] = true
			if to := in.Specialist; to != "" && p.Kind == leads.KindConflict && r.Officer != to && r.Officer != Supervisor {
				t.Fatalf("%s is %s's, and goes to %s", p.Kind, to, r.Officer)
			} else if to == Specialist && p.Kind != leads.KindConflict && r.Officer == Specialist {
				t.Fatalf("%s is no matter for a specialist", p.Kind)
			}
			k := key{r.Office, r.Officer}
			if r.Rank != last[k].Rank+1 {
				t.Fatalf("rank %d follows %d", r.Rank, last[k].Rank)
			}
			last[k] = r
			if alerts[k] == nil {
				alerts[k] = map[string]int32{}
			}
			if a, there := alerts[k][p.SubjectID]; there && a != p.Alert {
				t.Fatalf("two alerts for %s to %s", p.SubjectID, p.Officer)
			}
			alerts[k][p.SubjectID] = p.Alert
		}
		for k, people := range alerts {
			if rows := int(last[k].Rank); k.officer != Supervisor && in.PerOfficer > 0 && rows > in.PerOfficer && len(people) > 1 {
				t.Fatalf("%v has %d rows, the cap is %d", k, rows, in.PerOfficer)
			}
		}
		for _, l := range in.Leads {
			for _, c := range in.Cases(l.SubjectID) {
				s := policy.Situation{Kind: string(l.Kind), SSNAgrees: true, Case: c, Received: 20261121}
				news := l.Status != leads.Repeated && l.Status != leads.Withdrawn && c.Status == agency.Open
				if news && len(in.Rules.Due(s)) > 0 && !queued[l.LeadID+c.ID] {
					t.Fatalf("%s for %s is under a clock and was capped away", l.LeadID, c.ID)
				}
			}
		}
	})
}

// The order is clock, how sure of the person, how sure of the fact, kind, amount: each decides before the next.
func TestOrder(t *testing.T) {
	in := night{Input: Input{AsOf: 20261121, Rules: smallRules{}}}
	cases := map[string]agency.Case{}
	add := func(s string, kind leads.Kind, i leads.Identity, c agency.Case) {
		in.Leads = append(in.Leads, lead(s, kind, i, "x"))
		c.ID, c.Officer = "C-"+s, "W1"
		cases[s] = c
	}
	add("SE", leads.KindAddress, leads.Strong, agency.Case{Arrears: 500})
	add("SD", leads.KindAddress, leads.Strong, agency.Case{Arrears: 900})
	add("SA", leads.KindEmployer, leads.CheckFirst, agency.Case{Order: true})
	add("SC", leads.KindAccount, leads.Strong, agency.Case{})
	add("SF", leads.KindEmployer, leads.Likely, agency.Case{Arrears: 99999})
	stands := func(s string, standing leads.Standing) {
		add(s, leads.KindEmployer, leads.Strong, agency.Case{Arrears: 99999})
		in.Leads[len(in.Leads)-1].Standing = standing
	}
	stands("SH", leads.Contradicted)
	stands("SG", leads.NotKnown)
	stands("SB", leads.LikelyCurrent)
	in.Cases = func(s string) []agency.Case { return []agency.Case{cases[s]} }
	var order []string
	for _, p := range Build(in).Index {
		order = append(order, p.SubjectID)
	}
	if want := []string{"SA", "SB", "SC", "SD", "SE", "SG", "SH", "SF"}; !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
}

// What found no room waits, is placed again the next night, and is queued once there is room; then it waits no longer.
func TestWaiting(t *testing.T) {
	in := evening()
	in.PerOfficer, in.Rules = 1, nil
	first := Build(in)
	if n := first.Counts.Funnel().Capped; n == 0 || len(first.Waiting) == 0 {
		t.Fatalf("%d rows capped, %d leads wait", n, len(first.Waiting))
	}
	next := evening()
	next.Leads, next.Waiting, next.AsOf = nil, first.Waiting, 20261122
	second := Build(next)
	if len(second.Waiting) != 0 || len(second.Index) == 0 {
		t.Errorf("%d still wait, %d queued", len(second.Waiting), len(second.Index))
	}
	for _, r := range allRows(second) {
		if !strings.Contains(r.Why, "It waited for room") {
			t.Errorf("%s", r.Why)
		}
	}
	next.Judged = map[string]string{}
	for _, l := range first.Waiting {
		next.Judged[l.LeadID] = "found out of date"
	}
	if n := len(Build(next).Index); n != 0 {
		t.Errorf("%d rows of leads that were judged", n)
	}
}

// A lead that is for two officers, of whom one has room, waits for the other alone. It used to wait as a whole, and the next night
// both were given it: "offered twice without new evidence".
func TestWaiting_OfferedTwiceWithoutNewEvidence(t *testing.T) {
	in := evening()
	in.Rules, in.PerOfficer = nil, 1
	in.Leads = []leads.Lead{in.Leads[0], lead("SAA", leads.KindPhone, leads.Strong, "x")} // SBB's is for W11 and for South's supervisor
	in.Leads[1].Kind = leads.KindEmployer                                                 // W11's only room goes to it
	first := Build(in)
	if len(first.Index) != 2 || len(first.Waiting) != 1 || !first.Waiting[0].For("C-8") || first.Waiting[0].For("C-9") {
		t.Fatalf("queued %+v, waiting %+v", first.Index, first.Waiting)
	}
	repeated := in.Leads[0]
	repeated.Status = leads.Repeated
	for name, told := range map[string][]leads.Lead{"not reported": nil, "reported again": {repeated}} {
		next := in
		next.Leads, next.Waiting = told, first.Waiting
		if second := Build(next); len(second.Index) != 1 || second.Index[0].CaseID != "C-8" || len(second.Waiting) != 0 {
			t.Errorf("%s: queued %+v, waiting %+v", name, second.Index, second.Waiting)
		}
	}
	next := in
	next.Waiting = first.Waiting
	next.Leads = []leads.Lead{in.Leads[0]}
	next.Leads[0].Status, next.Leads[0].StatusReason = leads.Changed, "another date"
	if second := Build(next); len(second.Index) != 2 {
		t.Errorf("changed: queued %+v, want it for both cases", second.Index)
	}
}

// What waits for the specialist's room is written and read with what later nights keep it back by, the others whom it names, and goes to
// the specialist when there is room, whoever has the case.
func TestWaiting_ForTheSpecialist(t *testing.T) {
	in := evening()
	in.PerOfficer, in.Specialist = 1, Specialist
	in.Leads = []leads.Lead{lead("SAA", leads.KindConflict, leads.Likely, "x"), lead("SBB", leads.KindConflict, leads.CheckFirst, "y")}
	in.Leads[1].Named = []string{"SDD"}
	cases := in.Cases
	in.Cases = func(subject string) []agency.Case { return cases(subject)[:1] } // W11's
	first := Build(in)
	if len(first.Index) != 1 || first.Index[0].Officer != Specialist || first.Counts.Specialist != 1 || len(first.Waiting) != 1 {
		t.Fatalf("queued %+v, waiting %+v; want one of each", first.Index, first.Waiting)
	}
	file := filepath.Join(t.TempDir(), "waiting.parquet")
	if err := WriteWaiting(file, first.Waiting); err != nil {
		t.Fatal(err)
	}
	next := in
	next.Leads = nil
	var err error
	if next.Waiting, err = ReadWaiting(file); err != nil || !slices.Equal(next.Waiting[0].Named, []string{"SDD"}) {
		t.Fatalf("%+v, %v; want whom it names", next.Waiting, err)
	}
	rows := allRows(Build(next))
	if len(rows) != 1 || rows[0].Officer != Specialist || !strings.HasSuffix(rows[0].Why, "The case is with officer W11.") {
		t.Errorf("%+v", rows)
	}
}

// Over nights without new evidence every piece of news reaches each of its cases exactly once, whatever the room, and then nothing
// waits. What waits is the same when it was written and read.
func TestWaiting_ReachesEachCaseOnce(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		in := anyNight(t)
		want, got := map[[2]string]int{}, map[[2]string]int{}
		free := in
		free.PerOfficer = 0
		for _, p := range Build(free).Index {
			want[[2]string{p.LeadID, p.CaseID}] = 1
		}
		repeated := slices.Clone(in.Leads)
		for i := range repeated {
			repeated[i].Status = leads.Repeated
		}
		for nights := 0; ; nights++ {
			q := Build(in)
			for _, p := range q.Index {
				got[[2]string{p.LeadID, p.CaseID}]++
			}
			if len(q.Waiting) == 0 {
				break
			}
			if nights > len(want) {
				t.Fatalf("%d still wait after %d nights", len(q.Waiting), nights)
			}
			file := filepath.Join(dir, "waiting.parquet")
			if err := WriteWaiting(file, q.Waiting); err != nil {
				t.Fatal(err)
			}
			var err error
			if in.Waiting, err = ReadWaiting(file); err != nil {
				t.Fatal(err)
			}
			if in.Leads = nil; rapid.Bool().Draw(t, "reported again") {
				in.Leads = repeated
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("queued %v, want %v", got, want)
		}
	})
}

func TestParseInterface_Faults(t *testing.T) {
	_, err := ParseInterface([]byte("format: xml\ncodes: [{step: levy, code: A}]\ncolumns: [{name: ssn}, {name: due, form: DD}]\n"))
	for _, want := range []string{"format", "codes[0].step", "columns[0]: no value", "columns[1].form"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no word of %s in %v", want, err)
		}
	}
	if _, err := ParseInterface([]byte("format: csv\ncolour: red\n")); err == nil || !strings.Contains(err.Error(), "colour") {
		t.Errorf("%v", err)
	}
	f, err := ParseInterface([]byte("format: csv\ncodes: [{kind: phone, code: P}]\ncolumns: [{name: code}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	q := Build(evening())
	if err := f.Write(&bytes.Buffer{}, "r", "2026-11-21", allRows(q), q.Index); err == nil || !strings.Contains(err.Error(), "no code for kind") {
		t.Errorf("%v", err)
	}
}

func FuzzParseInterface(f *testing.F) {
	f.Add([]byte("format: fixed\ncodes: [{code: X}]\ncolumns: [{name: code, width: 3}, {name: due, width: 8, form: CCYYMMDD}]\n"))
	q := Build(evening())
	f.Fuzz(func(t *testing.T, raw []byte) {
		i, err := ParseInterface(raw)
		if err != nil || slices.ContainsFunc(i.Columns, func(c InterfaceColumn) bool { return c.Width > 1000 }) {
			return
		}
		_ = i.Write(&bytes.Buffer{}, "r", "2026-11-21", allRows(q), q.Index)
	})
}
