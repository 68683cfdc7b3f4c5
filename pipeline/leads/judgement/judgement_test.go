package judgement

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/sheet"
)

const leadA, leadB = "L-aaaaaaaaaaaaaaaaaaaa", "L-bbbbbbbbbbbbbbbbbbbb"

func anyJudgement(t *rapid.T) Judgement {
	text := rapid.StringMatching(`[=+\-@']?[a-zA-Z0-9][a-zA-Z0-9 ,;"]{0,10}[a-z0-9]`)
	j := Judgement{
		LeadID: rapid.SampledFrom([]string{leadA, leadB}).Draw(t, "lead"), CaseID: rapid.SampledFrom([]string{"", "C-1", "=1"}).Draw(t, "case"),
		PersonIs: rapid.SampledFrom(append(PersonIs(), "")).Draw(t, "person"), FactIs: rapid.SampledFrom(append(FactIs(), "")).Draw(t, "fact"),
		Used: rapid.SampledFrom(Used()).Draw(t, "used"), Officer: text.Draw(t, "officer"), Reason: oneLine(text.Draw(t, "reason")),
		Date: rapid.SampledFrom([]int32{20261121, 20261122}).Draw(t, "date"),
	}
	j.Officer = strings.TrimSpace(j.Officer)
	return j
}

// What is stored is read again, as it was judged, and the same judgements are the same file.
func TestLaw_StoreKeepsWhatWasJudged(t *testing.T) {
	root := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		dir := filepath.Join(root, fmt.Sprint(n))
		list := rapid.SliceOfN(rapid.Custom(anyJudgement), 1, 4).Draw(t, "judgements")
		slices.SortFunc(list, compare)
		list = slices.Compact(list)
		name, already, err := Add(dir, list)
		if err != nil || already {
			t.Fatalf("%v, already %v", err, already)
		}
		if again, already, err := Add(dir, list); err != nil || !already || again != name {
			t.Fatalf("again: %s, %v, %v", again, already, err)
		}
		files, err := ReadStore(dir)
		if err != nil || len(files) != 1 || !slices.Equal(files[0].Judgements, list) {
			t.Fatalf("read %+v, %v; want %+v", files, err, list)
		}
	})
}

// A file of the store that somebody edited is noticed.
func TestStoreNoticesChanges(t *testing.T) {
	dir := t.TempDir()
	name, _, err := Add(dir, []Judgement{{LeadID: leadA, FactIs: Good, Officer: "W1", Date: 20261121}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, name)
	data, _ := os.ReadFile(path)
	if err := os.WriteFile(path, bytes.Replace(data, []byte("good"), []byte("stale"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadStore(dir); err == nil || !strings.Contains(err.Error(), "was changed") {
		t.Errorf("%v", err)
	}
}

// Columns may come in any order and case, and beside others; a bad row is named with row, column and the words allowed, and
// repeats no more than the beginning of what was there; the rest is taken.
func TestParse_BadRowsAreNamedAndTheRestIsTaken(t *testing.T) {
	file := "Reason,Lead ID,rank,PERSON_IS,Fact is,used,officer,date\n" +
		"moved out,L-aaaaaaaaaaaaaaaaaaaa,1, Same  Person ,GOOD,,W11,11/22/2026\n" +
		",L-bbbbbbbbbbbbbbbbbbbb,2,perhaps 123-45-6789,,,W11,2026-11-22\n" +
		",L-bbbbbbbbbbbbbbbbbbbb,3,,,,,\n" +
		",oops,4,,good,,W11,2026-11-22\n" +
		",L-bbbbbbbbbbbbbbbbbbbb,5,,stale,,W11,tomorrow\n" +
		",L-bbbbbbbbbbbbbbbbbbbb,6,cannot tell,,,,2026-11-22\n"
	p, err := Parse([]byte(file), Defaults{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Taken != 1 || p.Empty != 1 || len(p.Rejects) != 4 {
		t.Fatalf("taken %d, empty %d, rejects %v", p.Taken, p.Empty, p.Rejects)
	}
	want := Judgement{LeadID: leadA, PersonIs: SamePerson, FactIs: Good, Officer: "W11", Reason: "moved out", Date: 20261122}
	if p.Judgements[0] != want {
		t.Errorf("%+v", p.Judgements[0])
	}
	for i, words := range []string{
		`row 3, column person_is: "perh…" is none of same person, different person, cannot tell`,
		`row 5, column lead_id: want a lead's id, "L-" and 20 letters or digits`,
		"row 6, column date: want a date written CCYY-MM-DD",
		"row 7, column officer: no officer: who judged?",
	} {
		if got := p.Rejects[i].String(); got != words {
			t.Errorf("%s\nwant %s", got, words)
		}
	}
	if _, err := Parse([]byte("a,b\n1,2\n"), Defaults{}); err == nil || !strings.Contains(err.Error(), "no column lead_id") {
		t.Errorf("%v", err)
	}
	if _, err := Parse([]byte("lead_id,reason\n1,2\n"), Defaults{}); err == nil || !strings.Contains(err.Error(), "nothing is judged") {
		t.Errorf("%v", err)
	}
	if _, err := Parse(nil, Defaults{}); err == nil {
		t.Error("an empty file was taken")
	}
}

// The workbook comes back filled, without dates: they are given for all rows.
func TestParse_FilledWorkbook(t *testing.T) {
	s := &sheet.Sheet{Title: "Queue"}
	for _, name := range []string{"rank", "lead_id", "officer", "person_is", "fact_is", "used", "reason", "date"} {
		s.Columns = append(s.Columns, sheet.Column{Name: name})
	}
	s.Rows = [][]string{{"1", leadA, "W11", "different person", "", "not used", "his son", ""}, {"2", leadB, "W11", "", "", "", "", ""}}
	var b bytes.Buffer
	if err := s.WriteXLSX(&b); err != nil {
		t.Fatal(err)
	}
	p, err := Parse(b.Bytes(), Defaults{Date: 20261122})
	want := []Judgement{{LeadID: leadA, PersonIs: DifferentPerson, Used: NotUsed, Officer: "W11", Reason: "his son", Date: 20261122}}
	if err != nil || !reflect.DeepEqual(p.Judgements, want) || p.Empty != 1 {
		t.Errorf("%+v, %v", p, err)
	}
}

// link makes a link to a source person on a rung of the ladder.
func link(person uint64, parts ...leads.Part) leads.Link {
	l := leads.Link{Sighting: &leads.Sighting{SourcePerson: person}, Accept: true, Margin: 100 << 16}
	for _, p := range parts {
		l.Agreement[p] = leads.Agree
	}
	return l
}

// "Different person" blocks the source person for the subject, in every record, and nobody else's; only more evidence than was
// judged reopens it.
func TestBook_DifferentPersonBlocksTheSourcePerson(t *testing.T) {
	judged := link(7, leads.PartGiven, leads.PartFamily, leads.PartBorn, leads.PartAddress)
	said := Taken{LeadID: leadA, SubjectID: "S1", PersonIs: DifferentPerson, Date: leads.DayOf(20261122), Persons: []uint64{7}, Strength: judged.Strength()}
	b := NewBook([]Taken{said})
	count := func(subject string, links ...leads.Link) int {
		_, blocked := b.Sieve(subject, links)
		return blocked
	}
	if n := count("S1", judged, link(7, leads.PartFamily), link(8, leads.PartFamily)); n != 2 {
		t.Errorf("%d of the two links to the person were blocked", n)
	}
	if n := count("S2", judged); n != 0 {
		t.Error("another subject's link was blocked")
	}
	stronger := link(7, leads.PartSSN, leads.PartGiven, leads.PartFamily)
	if n := count("S1", stronger); n != 0 {
		t.Error("stronger evidence was blocked")
	}
	list := []leads.Lead{{LeadID: leadA, SubjectID: "S1", Status: leads.Repeated}}
	b.Judge(list, func(*leads.Lead) []uint64 { return []uint64{7} })
	if list[0].Status != leads.Changed || !strings.Contains(list[0].StatusReason, "somebody else; there is stronger evidence now") {
		t.Errorf("%s: %s", list[0].Status, list[0].StatusReason)
	}
	later := said
	later.PersonIs, later.Date = SamePerson, leads.DayOf(20261130)
	b = NewBook([]Taken{said, later})
	if n := count("S1", judged); n != 0 {
		t.Error("the later word did not count")
	}
}

// What was judged reopens once: a corrected file that brings the same record, and a later record that says no more of the person than those
// of earlier nights, do not say again that there is stronger evidence.
func TestBook_ACorrectedFileReopensNothing(t *testing.T) {
	judged := link(7, leads.PartFamily)
	said := Taken{LeadID: leadA, SubjectID: "S1", PersonIs: DifferentPerson, Date: leads.DayOf(20261122), Persons: []uint64{7}, Strength: judged.Strength()}
	stronger, strongest := link(7, leads.PartSSN, leads.PartGiven, leads.PartFamily), link(7, leads.PartSSN, leads.PartGiven, leads.PartFamily, leads.PartBorn)
	told := stronger
	told.Sighting = &leads.Sighting{SourcePerson: 7, Retained: true}
	for _, c := range []struct {
		name  string
		links []leads.Link
		want  leads.Status
	}{
		{"the first stronger record", []leads.Link{stronger}, leads.Changed},
		{"the same from a corrected file", []leads.Link{stronger, told}, leads.Repeated},
		{"matched again alone", []leads.Link{told}, leads.Repeated},
		{"a stronger one yet", []leads.Link{told, strongest}, leads.Changed},
	} {
		b := NewBook([]Taken{said})
		if kept, blocked := b.Sieve("S1", c.links); blocked != 0 || len(kept) == 0 {
			t.Errorf("%s: %d links blocked, %d kept", c.name, blocked, len(kept))
		}
		list := []leads.Lead{{LeadID: leadA, SubjectID: "S1", Status: leads.Repeated}}
		b.Judge(list, func(*leads.Lead) []uint64 { return []uint64{7} })
		if list[0].Status != c.want {
			t.Errorf("%s: %s, want %s", c.name, list[0].Status, c.want)
		}
	}
}

// A stale fact is no news until a source reports it of a later day, and then it says so; a good one is verified, and that others
// report it too is no news.
func TestBook_Facts(t *testing.T) {
	evidence := func(day int32) []leads.Evidence {
		return []leads.Evidence{{Received: leads.DayOf(20261130), EventDate: &leads.PartialDate{Date: leads.DayOf(day), Precision: leads.ByDay}}}
	}
	for _, c := range []struct {
		fact, used string
		event      int32
		status     leads.Status
		reason     string
		verified   bool
	}{
		{Stale, "", 20261109, leads.Repeated, "an officer found it out of date on November 22, 2026", false},
		{Stale, "", 20261125, leads.Changed, "another hire date was reported; an officer had found it out of date on November 22, 2026", false},
		{Good, "", 20261109, leads.Repeated, "an officer verified it on November 22, 2026", true},
		{"", WasUsed, 20261125, leads.Changed, "another hire date was reported", true},
		{"", NotUsed, 20261109, leads.Changed, "another hire date was reported", false},
	} {
		b := NewBook([]Taken{{LeadID: leadA, FactIs: c.fact, Used: c.used, Date: leads.DayOf(20261122)}})
		list := []leads.Lead{{LeadID: leadA, Status: leads.Changed, StatusReason: "another hire date was reported", Evidence: evidence(c.event)}}
		out := b.Judge(list, nil)
		l := list[0]
		if l.Status != c.status || l.StatusReason != c.reason || (l.Verified != 0) != c.verified || (out[leadA] != "") != (c.status == leads.Repeated) {
			t.Errorf("%s %s: %s, %q, verified %v, out %v", c.fact, c.used, l.Status, l.StatusReason, l.Verified != 0, out)
		}
	}
}

// Memory joins the records of all nights, whom they mean and the strongest; a file once taken in is not taken in again.
func TestMemoryAndTake(t *testing.T) {
	known := func(lead, subject string, file uint64, person uint64, strength leads.Strength) Known {
		return KnownOf(lead, subject, leads.KindEmployer, []Record{{Extract: "jobs", File: "jobs.csv", Line: 2, Mark: file, Person: person, Strength: strength}})
	}
	m := Recollect(After(Memory{}.Kept(), []Known{known(leadB, "S2", 1, 3, leads.Strength{Rung: 2}), known(leadA, "S1", 1, 9, leads.Strength{Rung: 1, Agrees: 3})}))
	m = Recollect(After(m.Kept(), []Known{known(leadA, "S1", 2, 4, leads.Strength{Rung: 2, Agrees: 1})}))
	k, there := Memory(m).Find(leadA)
	if !there || !slices.Equal(k.Persons, []uint64{4, 9}) || k.Strength.Rung != 1 || len(m) != 2 {
		t.Fatalf("%+v", m)
	}
	files := []File{{Name: "a.csv", Judgements: []Judgement{{LeadID: leadA, FactIs: Good, Officer: "W", Date: 20261122}}}}
	first := Take(files, nil, m)
	if again := Take(files, first, m); len(again) != 1 || again[0].SubjectID != "S1" || !slices.Equal(again[0].Persons, k.Persons) {
		t.Errorf("%+v", again)
	}
	path := filepath.Join(t.TempDir(), "t.parquet")
	if err := WriteTaken(path, first); err != nil {
		t.Fatal(err)
	}
	if back, err := ReadTaken(path); err != nil || back[0].LeadID != leadA || !slices.Equal(back[0].Persons, k.Persons) {
		t.Errorf("%+v, %v", back, err)
	}
	if err := WriteMemory(path, m.Kept()); err != nil {
		t.Fatal(err)
	}
	var back Memory
	if err := EachKnown(path, func(k *Known) error { back = append(back, *k); return nil }); err != nil || len(back) != 2 || !slices.Equal(back[0].Persons, k.Persons) {
		t.Errorf("%+v, %v", back, err)
	}
}

// FuzzParse: whatever comes back, books balance, nothing panics, and what is taken is stored and read as it was.
func FuzzParse(f *testing.F) {
	f.Add([]byte("lead_id,case_id,person_is,fact_is,used,officer,reason,date\nL-aaaaaaaaaaaaaaaaaaaa,C,same person,good,used,W,\"a\nb\",2026-11-22\n"))
	f.Add([]byte("\xef\xbb\xbfLEAD ID;used\n"))
	f.Add([]byte("lead_id,used,officer,date\nL-aaaaaaaaaaaaaaaaaaaa,'=used,x,2026-11-22\n"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse(data, Defaults{Officer: "W", Date: 20261122})
		if err != nil || len(p.Judgements) == 0 {
			return
		}
		if len(p.Judgements) > p.Taken {
			t.Fatalf("%d judgements of %d rows", len(p.Judgements), p.Taken)
		}
		stored, err := Encode(p.Judgements)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(stored, Defaults{})
		if err != nil || len(again.Rejects) > 0 || !slices.Equal(again.Judgements, p.Judgements) {
			t.Fatalf("stored %q\nread %+v, %v", stored, again, err)
		}
	})
}
