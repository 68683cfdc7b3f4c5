package leads

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/sources/person"
)

// The pools are small, so that facts of different links often are the same fact, in another spelling.
var pools = map[string][]string{
	person.Address1: {"", "12 OAK STREET", "12 Oak St", "12 OAK ST APT 4", "12 ELM ST", "PO BOX 9", "C/O A JONES", "UNKNOWN"},
	person.Address2: {"", "", "APT 4", "# 4"}, person.City: {"AUSTIN", "TULSA"}, person.State: {"TX", "OK"},
	person.Zip: {"78701", "78701-2244", "74103", ""}, person.Phone: {"", "512-555-0142", "5125550142", "0000000000"},
	person.MoveType: {"I", "F", "B"}, person.MoveDate: {"202610", "202611", ""}, person.ReturnCode: {"A", "91", "02", ""},
	person.ToAddress1: {"12 OAK STREET", "12 OAK ST", "9 PINE RD"}, person.ToCity: {"AUSTIN"}, person.ToState: {"TX"},
	person.ToZip: {"78701", "78702"}, person.HireDate: {"20261102", "2026-11-09", "202611", "20261399", ""},
	person.EIN: {"741234567", "74-1234567", "000000000", ""}, person.Employer: {"ACME FREIGHT LLC", "Acme Freight", ""},
	person.ActiveDuty: {"Y", "X", "N", "Z"}, person.Notified: {"Y", "N", ""}, person.DutyBegin: {"20240301", "00000000"},
	person.MatchDate: {"20261118", "20261120"}, person.Component: {"AR", "NV", ""},
	person.InstitutionTIN: {"751112223", "739998887"}, person.Institution: {"FIRST BANK", ""},
	person.Account: {"998877665544", "9988-7766-5544", "40912", ""}, person.AccountType: {"01", "04", "99"},
	person.Balance: {"000120", "7", "", "x"}, person.Payee: {"0", "1", "2"}, person.RunMonth: {"202609", "202610"},
	person.AccountStatus: {"0", "1", ""}, person.Trust: {"0", "1"}, person.TitleWords: {"", "joint", "custodial", "benefits on_death"},
	person.Quarter: {"", "2026-Q3", "2026-Q1", "2025-Q4"}, person.Wage: {"7100.50", "0", ""},
	person.DeathDate: {"", "", "", "20260801"}, person.Incarcerated: {"", "", "N", "Y"},
}

func anyLink(t *rapid.T) Link {
	s := &Sighting{
		Extract: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "extract"), File: "f", Line: rapid.Int64Range(1, 4).Draw(t, "line"),
		Source:   rapid.SampledFrom([]string{"postal", "employment", "military", "financial", "vehicles"}).Draw(t, "source"),
		RecordID: rapid.SampledFrom([]string{"1", "77"}).Draw(t, "record"),
		Received: rapid.SampledFrom([]int32{20261120, 20261121}).Draw(t, "received"),
	}
	facts := make([]string, len(FactColumns))
	for i, column := range FactColumns {
		if pool := pools[column]; pool != nil {
			facts[i] = rapid.SampledFrom(pool).Draw(t, column)
		}
	}
	s.Facts = PackFacts(facts)
	if account := s.value(person.Account); s.Source == sourceFinancial && account != "" && rapid.Bool().Draw(t, "numbered by account") {
		s.RecordID = "acct " + account
	}
	l := Link{
		Sighting: s, Weight: rapid.Int32Range(0, 30<<16).Draw(t, "weight"), Margin: rapid.Int32Range(0, 9<<16).Draw(t, "margin"),
		Pattern: rapid.Uint64().Draw(t, "pattern"), Accept: rapid.Bool().Draw(t, "accept"),
	}
	for p := range l.Agreement {
		l.Agreement[p] = Verdict(rapid.IntRange(0, 3).Draw(t, "verdict"))
	}
	return l
}

var anyLinks = rapid.SliceOfN(rapid.Custom(anyLink), 0, 12)

func anySubject(t *rapid.T) Subject {
	s := Subject{ID: rapid.SampledFrom([]string{"S-1", "S-2"}).Draw(t, "id"), Sex: uint8(rapid.IntRange(0, 2).Draw(t, "sex"))}
	if rapid.Bool().Draw(t, "known address") {
		s.Addresses = []string{AddressKey("12 Oak Street", "", "", "AUSTIN", "TX", "78701")}
	}
	return s
}

const tonight = 20261121

// I7: each fact of each link is evidence of exactly one lead, and no lead has other evidence.
func TestI7_EachFactIsEvidenceOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject, links := anySubject(t), anyLinks.Draw(t, "links")
		want := map[string]int{}
		for _, l := range distinct(links) {
			for _, f := range factsOf(l) {
				want[fmt.Sprint(f.kind, l.Sighting.Extract, l.Sighting.Line, bits(l.Weight), fmt.Sprintf("%016x", l.Pattern))]++
			}
		}
		got, ids := map[string]int{}, map[string]bool{}
		for _, lead := range Consolidate(subject, links, nil, tonight) {
			if ids[lead.LeadID] {
				t.Fatalf("two leads are %s", lead.LeadID)
			}
			ids[lead.LeadID] = true
			for _, e := range lead.Evidence {
				got[fmt.Sprint(lead.Kind, e.Extract, e.Line, e.Weight, e.Pattern)]++
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("evidence %v\nfacts    %v", got, want)
		}
	})
}

// I8: neither the order in which links arrive nor links that come twice change anything.
func TestI8_OrderAndDuplicatesDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject, links := anySubject(t), anyLinks.Draw(t, "links")
		base := asJSON(t, Consolidate(subject, links, nil, tonight))
		again := slices.Clone(links)
		for i := range again {
			if i%2 == 0 { // the same sighting read twice is equal, not identical
				s := *again[i].Sighting
				again[i].Sighting = &s
				again = append(again, again[i])
			}
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		r.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
		if other := asJSON(t, Consolidate(subject, again, nil, tonight)); other != base {
			t.Fatalf("one order %s\nanother   %s", base, other)
		}
	})
}

func asJSON(t interface{ Fatal(...any) }, v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// I11: no string of any lead holds a full account number, in no spelling, not even where a supplier numbers its records so;
// and none holds a third person's name.
func TestI11_NoFullNumberAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject, links := anySubject(t), anyLinks.Draw(t, "links")
		for _, lead := range Consolidate(subject, links, nil, tonight) {
			for _, s := range stringsOf(reflect.ValueOf(lead)) {
				for _, secret := range []string{"998877665544", "9988-7766-5544", "40912", "JONES", "Jones"} {
					if strings.Contains(s, secret) {
						t.Fatalf("%q holds %s: %+v", s, secret, lead)
					}
				}
			}
		}
	})
}

// stringsOf gives every string in a value.
func stringsOf(v reflect.Value) (all []string) {
	switch v.Kind() {
	case reflect.String:
		return []string{v.String()}
	case reflect.Pointer:
		if !v.IsNil() {
			return stringsOf(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() { // what is not is written nowhere
				all = append(all, stringsOf(v.Field(i))...)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			all = append(all, stringsOf(v.Index(i))...)
		}
	}
	return all
}

// I10: shields and protected people have no leads.
func TestI10_NoLeadsOnTheProtected(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject, links := anySubject(t), anyLinks.Draw(t, "links")
		subject.Shield = rapid.Bool().Draw(t, "shield")
		subject.Protected = !subject.Shield || rapid.Bool().Draw(t, "protected")
		if leads := Consolidate(subject, links, nil, tonight); leads != nil {
			t.Fatalf("leads %+v", leads)
		}
	})
}

// A link below the acceptance threshold, or nearly tied, never makes more than "check first"; a weight never makes any
// difference to the rung; and a reason is always given.
func TestLadderCaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyLink(t)
		rung := climb(&l)
		if (!l.Accept || l.Margin < minMargin) && rung != CheckFirst {
			t.Fatalf("%s for %+v", rung, l)
		}
		if rung == Strong && (l.Agreement[PartSSN] != Agree || l.Agreement.name() == Conflict) {
			t.Fatalf("strong for %v", l.Agreement)
		}
		heavier := l
		heavier.Weight *= 2
		if climb(&heavier) != rung {
			t.Fatal("the weight moved the rung")
		}
		if len(reasons(&l)) == 0 {
			t.Fatalf("no reason for %v", l.Agreement)
		}
	})
}

// More agreement never lowers the rung: a verdict raised from conflict to nothing, or from slip to agreement.
func TestLadderIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyLink(t)
		better := l
		part := rapid.IntRange(0, int(NumParts)-1).Draw(t, "part")
		switch l.Agreement[part] {
		case Conflict:
			better.Agreement[part] = NoEvidence
		case NoEvidence, Near:
			better.Agreement[part] = Agree
		}
		if rungs[climb(&better)] > rungs[climb(&l)] {
			t.Fatalf("%v is %s, and with more agreement %v is %s", l.Agreement, climb(&l), better.Agreement, climb(&better))
		}
	})
}

// Law of history: the same night again has nothing new; first dates never move, last dates never move back; every lead of
// any night is remembered.
func TestHistory(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		subject, first, second := anySubject(t), anyLinks.Draw(t, "first"), anyLinks.Draw(t, "second")
		subject.Addresses = nil
		night1 := Consolidate(subject, first, nil, 20261114)
		for _, l := range night1 {
			if l.Status != New && !strings.HasPrefix(l.StatusReason, "the same employer reports a hiring") || l.FirstPublished != DayOf(20261114) {
				t.Fatalf("on the first night %s is %s", l.LeadID, l.Status)
			}
		}
		history := reload(t, dir, remembered(nil, night1, &Night{AsOf: 20261114}))
		for _, l := range Consolidate(subject, first, history, 20261115) {
			if l.Status != Repeated || l.FirstPublished != DayOf(20261114) {
				t.Fatalf("the same again is %s: %s", l.Status, l.StatusReason)
			}
		}
		night2 := Consolidate(subject, second, history, tonight)
		after := reload(t, dir, remembered(history, night2, &Night{AsOf: tonight}))
		for _, l := range night2 {
			past, known := history.Find(l.LeadID)
			if known && l.Status == New || !known && l.Status != New && !strings.HasPrefix(l.StatusReason, "the same employer reports a hiring") {
				t.Fatalf("known %v, status %s", known, l.Status)
			}
			if known && (l.FirstSeen > past.FirstSeen || l.LastSeen < past.LastSeen || l.FirstPublished != past.FirstPublished) {
				t.Fatalf("dates moved: %+v after %+v", l, past)
			}
		}
		for _, l := range slices.Concat(night1, night2) {
			past, known := after.Find(l.LeadID)
			if !known || len(past.Seen) == 0 || !containsAll(past.Sources, l.Sources) {
				t.Fatalf("%s is not remembered: %+v", l.LeadID, past)
			}
		}
	})
}

// Law of the changed model: what was known, scored anew, is no news, whatever the scores; and nothing is withdrawn, that night or
// the next. Only the weights, margins and bands change: what a record says of the person it said before.
func TestChangedModelIsNoNews(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject, links := anySubject(t), anyLinks.Draw(t, "links")
		first := &Night{AsOf: 20261114, Model: 1}
		rows := remembered(nil, first.Consolidate(subject, links), first)
		for asOf := int32(20261115); asOf < 20261117; asOf++ {
			history := tableOf(rows)
			night := &Night{History: history, AsOf: asOf, Model: 2, Shelf: func(uint64, int64) bool { return true }}
			var again []Link
			for _, l := range links {
				s := *l.Sighting
				s.Retained, s.Received = true, 20261114
				l.Sighting, l.Weight, l.Margin = &s, rapid.Int32Range(0, 30<<16).Draw(t, "weight"), rapid.Int32Range(0, 9<<16).Draw(t, "margin")
				l.Accept = rapid.Bool().Draw(t, "accept")
				if rapid.IntRange(0, 3).Draw(t, "links") > 0 {
					again = append(again, l)
				}
			}
			told, now := night.Tell(night.Consolidate(subject, again))
			after, withdrawn, _ := night.Remember(history, now, func(string) Fate { return Fate{} })
			rows = slices.Collect(after.Rows())
			for _, l := range told {
				if _, known := history.Find(l.LeadID); known && l.Status.IsNews() {
					t.Fatalf("%s is %s: %s", l.LeadID, l.Status, l.StatusReason)
				}
			}
			if asOf == 20261115 && len(withdrawn) > 0 {
				t.Fatalf("withdrawn by a model: %+v", withdrawn)
			}
		}
	})
}

// tableOf is a history of rows that come by lead id.
func tableOf(rows []Row) *Table {
	t := &Table{}
	for i := range rows {
		t.add(&rows[i])
	}
	return t
}

// A packed history gives back every row as it came, finds each by its lead id and nothing else, whatever is in it.
func TestTable_GivesBackWhatItTook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.Map(rapid.Int32Range(-30_000, 60_000), func(n int32) Day { return Day(n) })
		name := rapid.SampledFrom([]string{"", "postal", "employment", "x", strings.Repeat("long", 50)})
		seen := rapid.Custom(func(t *rapid.T) Seen {
			return Seen{Mark: rapid.Uint64().Draw(t, "mark"), Source: name.Draw(t, "source"), File: rapid.Uint64().Draw(t, "file"),
				Line: rapid.Int64().Draw(t, "line"), Received: day.Draw(t, "received"), Told: day.Draw(t, "told"),
				Rung: rapid.Int32().Draw(t, "rung"), Model: rapid.Uint64Range(0, 2).Draw(t, "model"), Gone: rapid.Bool().Draw(t, "gone"),
				Event: day.Draw(t, "event"), Balance: rapid.OneOf(rapid.Just(int64(NoBalance)), rapid.Int64()).Draw(t, "balance")}
		})
		row := rapid.Custom(func(t *rapid.T) Row {
			r := Row{LeadID: rapid.StringN(1, 9, -1).Draw(t, "lead"), SubjectID: name.Draw(t, "subject"), Numbered: name.Draw(t, "former"),
				Kind: rapid.SampledFrom(Kinds()).Draw(t, "kind"), FirstSeen: day.Draw(t, "first"), LastSeen: day.Draw(t, "last"),
				FirstPublished: day.Draw(t, "published"), Withdrawn: day.Draw(t, "withdrawn"), Reason: name.Draw(t, "reason")}
			if n := rapid.SliceOfN(name, 0, 3).Draw(t, "sources"); len(n) > 0 {
				r.Sources = n
			}
			r.SplitFrom, r.TwinOf, r.Undecided, r.SplitOn = name.Draw(t, "split from"), name.Draw(t, "twin of"), name.Draw(t, "undecided"), day.Draw(t, "split on")
			if n := rapid.SliceOfN(name, 0, 2).Draw(t, "parted to"); len(n) > 0 {
				r.PartedTo = n
			}
			if n := rapid.SliceOfN(seen, 0, 3).Draw(t, "seen"); len(n) > 0 {
				r.Seen = n
			}
			return r
		})
		rows := rapid.SliceOfNDistinct(row, 0, 20, func(r Row) string { return r.LeadID }).Draw(t, "rows")
		slices.SortFunc(rows, func(a, b Row) int { return strings.Compare(a.LeadID, b.LeadID) })
		table := tableOf(rows)
		if got := slices.Collect(table.Rows()); len(got) != len(rows) || len(rows) > 0 && !reflect.DeepEqual(got, rows) {
			t.Fatalf("took %+v, gave %+v", rows, got)
		}
		for i := range rows {
			if r, found := table.Find(rows[i].LeadID); !found || !reflect.DeepEqual(r, rows[i]) {
				t.Fatalf("%q: found %v, %+v", rows[i].LeadID, found, r)
			}
			if r, found := table.Find(rows[i].LeadID + "0"); found && !slices.ContainsFunc(rows, func(o Row) bool { return o.LeadID == r.LeadID }) {
				t.Fatalf("found %+v", r)
			}
		}
	})
}

// A packed lead takes no more than what DESIGN.md says: here one that two files have reported, with numbers as long as a year's.
func TestTable_BytesALead(t *testing.T) {
	table, random := &Table{}, rand.New(rand.NewPCG(1, 1))
	for i := range 10_000 {
		r := Row{LeadID: fmt.Sprintf("L-%020d", i), SubjectID: fmt.Sprintf("N%07d", i), Kind: KindAddress, Sources: []string{"financial"}}
		for q := range 2 {
			day := Day(20_000 + 95*q)
			r.Seen = append(r.Seen, Seen{Mark: random.Uint64(), Source: "financial", File: uint64(q), Line: random.Int64N(1_000_000), Received: day, Told: day, Model: 7, Balance: NoBalance})
		}
		r.settle()
		table.add(&r)
	}
	bytes := 0
	for _, b := range table.rows.blocks {
		bytes += len(b.rows) + 4*len(b.at)
	}
	a := float64(bytes) / float64(table.Len())
	t.Logf("%.0f bytes a lead with two reports", a)
	if a > 100 {
		t.Errorf("%.0f bytes a lead", a)
	}
}

// A table of more rows than a block holds is one table.
func TestTable_ManyBlocks(t *testing.T) {
	table := &Table{}
	id := func(i int) string { return fmt.Sprintf("L-%07d", i) }
	for i := range 2*blockRows + 1 {
		table.add(&Row{LeadID: id(i), SubjectID: "S" + id(i), FirstSeen: Day(i)})
	}
	for _, i := range []int{0, 1, blockRows - 1, blockRows, 2*blockRows - 1, 2 * blockRows} {
		if r, found := table.Find(id(i)); !found || r.FirstSeen != Day(i) {
			t.Errorf("%s: %v %+v", id(i), found, r)
		}
	}
	if _, found := table.Find(id(2*blockRows + 1)); found || table.Len() != 2*blockRows+1 || len(slices.Collect(table.Rows())) != table.Len() {
		t.Errorf("%d rows", table.Len())
	}
}

// remembered is the history after a night of one subject who stays on the caseload.
func remembered(t *Table, leads []Lead, night *Night) []Row {
	_, rows := night.Tell(leads)
	all, _, _ := night.Remember(t, rows, func(string) Fate { return Fate{} })
	return slices.Collect(all.Rows())
}

func containsAll[T comparable](all, some []T) bool {
	for _, v := range some {
		if !slices.Contains(all, v) {
			return false
		}
	}
	return true
}

// reload sends a history through its file.
func reload(t *rapid.T, dir string, rows []Row) *Table {
	path := filepath.Join(dir, "history.parquet")
	n, err := WriteHistory(path, rows)
	if err != nil || n != int64(len(rows)) {
		t.Fatalf("wrote %d of %d rows: %v", n, len(rows), err)
	}
	table, err := LoadHistory(path)
	if err != nil || table.Len() != len(rows) {
		t.Fatalf("read %d of %d rows: %v", table.Len(), len(rows), err)
	}
	return table
}

// What was written is what is read, and the same leads give the same bytes (I8).
func TestWriteLeads(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		leads := Consolidate(anySubject(t), anyLinks.Draw(t, "links"), nil, tonight)
		path := filepath.Join(dir, "leads.parquet")
		n, err := WriteLeads(path, leads)
		if err != nil || n != int64(len(leads)) {
			t.Fatalf("wrote %d of %d: %v", n, len(leads), err)
		}
		back, err := ReadLeads(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := range back {
			if got, want := asJSON(t, back[i]), asJSON(t, withLists(leads[i])); got != want {
				t.Fatalf("read  %s\nwrote %s", got, want)
			}
		}
		f := Funnel(leads)
		if f.Total != n || f.Subjects != min(1, n) {
			t.Fatalf("counted %+v", f)
		}
	})
}

// withLists is a lead whose empty lists are there: a table does not tell an empty list from none.
func withLists(l Lead) Lead {
	v := reflect.ValueOf(&l).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice && f.IsNil() && f.CanSet() {
			f.Set(reflect.MakeSlice(f.Type(), 0, 0))
		}
	}
	return l
}
