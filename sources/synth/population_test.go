package synth

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var testDay = dayOf(2026, 11, 21)

func TestPermutationIsABijection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 1<<33).Draw(t, "n")
		p := newPermutation(rapid.Uint64().Draw(t, "seed"), ofRow, 0, n)
		x := rapid.Uint64Range(0, uint64(n-1)).Draw(t, "x")
		y := p.at(x)
		if y >= uint64(n) || p.of(y) != x {
			t.Fatalf("%d -> %d -> %d of %d", x, y, p.of(y), n)
		}
	})
}

func TestNumbersAreValidAndInvertible(t *testing.T) {
	n := newNumbers(9, 100_000)
	rapid.Check(t, func(t *rapid.T) {
		person := rapid.Uint32Range(0, 99_999).Draw(t, "person")
		ssn := n.ssn(person)
		x, ok := ssnIndex(ssn)
		if !ok || ssnFrom(x) != ssn || !n.taken(ssn) || n.withheld[ssn] {
			t.Fatalf("person %d: a number that cannot be, or is not known as taken", person)
		}
		wrong := rapid.SampledFrom([]func(*stream, uint32) uint32{transposeDigits, changeDigit}).Draw(t, "spoil")
		w := &world{numbers: n}
		s := streamOf(1, ofRow, uint64(person), 0)
		if spoilt := w.wrongNumber(&s, ssn, wrong); spoilt != ssn && n.taken(spoilt) {
			t.Fatal("a mistyped number is somebody else's")
		}
		if group := n.itin(person) / 10_000 % 100; n.itin(person) < 900_000_000 || group < 50 || group == 93 {
			t.Fatalf("ITIN with group %d", group)
		}
	})
}

// One valid SSN is one person's, everywhere it is written, unless a trap says otherwise.
func TestNumbersCollideOnlyWherePlanted(t *testing.T) {
	o := Options{Seed: 21, Subjects: 2_000, Strangers: 40_000}
	w := build(o, testDay)
	s := newSchedule(w, o)
	layouts, err := loadLayouts()
	if err != nil {
		t.Fatal(err)
	}
	owner := map[string]uint32{}
	for _, e := range []extract{employment, financial} {
		x := newExtractWriter(w, e, s, layouts[e])
		for number := range s.buckets[e] {
			b := &s.buckets[e][number]
			if f, ok := x.fill.(*financialFile); ok {
				f.at = w.institution(number)
			}
			for at := range b.rows() {
				person, planted := x.makeRow(b, number, at)
				ssn := x.record.row()[x.record.index["ssn"]]
				if planted || x.record.traps>>ShownEIN&1 == 1 || !validSSN(ssn) {
					continue
				}
				if other, ok := owner[ssn]; ok && other != person {
					t.Errorf("people %d and %d have one number in %s", person, other, extractNames[e])
				}
				owner[ssn] = person
			}
		}
	}
	if len(owner) < 15_000 {
		t.Errorf("only %d numbers seen", len(owner))
	}
}

// makeRow fills a row without writing it, and says whose it is and whether its number is planted.
func (x *extractWriter) makeRow(b *bucket, number int, at int64) (person uint32, planted bool) {
	x.record.begin(x.w, x.extract, uint64(number)<<40|uint64(at))
	if at >= int64(len(b.families)) {
		i := x.strangerAt(b, at)
		x.fill.stranger(&x.record, i)
		return x.w.strangerNumber(i), false
	}
	row := x.load(b, number, at)
	x.fill.member(&x.record, &x.f, row)
	switch row.event {
	case hiredOnChild, hiredOnOther, businessBook:
		planted = true
	}
	return x.f.person(int(row.slot)).number, planted
}

func validSSN(text string) bool {
	if len(text) != 9 || strings.Trim(text, "0123456789") != "" {
		return false
	}
	n := uint32(0)
	for _, c := range text {
		n = n*10 + uint32(c-'0')
	}
	_, ok := ssnIndex(n)
	for _, d := range dummyNumbers {
		ok = ok && n != d
	}
	return ok
}

// The names are spread as names are: a steep head, a long tail, no name twice in the table.
func TestSurnamesFollowZipf(t *testing.T) {
	table := names()
	seen := map[string]bool{}
	for _, n := range table.surnames {
		if seen[n.text] || strings.Trim(n.text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			t.Errorf("surname %q is listed twice or has other characters than letters", n.text)
		}
		seen[n.text] = true
	}
	s := streamOf(1, ofName, 0, 0)
	counts, head := map[string]int{}, 0
	const draws = 200_000
	for range draws {
		rank := table.surnameRank.draw(&s)
		if rank < 100 {
			head++
		}
		counts[table.surnames[rank].text]++
	}
	if len(counts) < 30_000 || head < draws*15/100 || head > draws*25/100 {
		t.Errorf("%d draws: %d distinct surnames, the first hundred %d; want tens of thousands and about a fifth", draws, len(counts), head)
	}
}

// A ZIP lies in one town.
func TestPlacesAreConsistent(t *testing.T) {
	seen := map[string]bool{}
	for i, p := range places().places {
		if seen[p.zip] || len(p.zip) != 5 || len(p.state) != 2 {
			t.Errorf("place %v: ZIP used twice, or malformed", p)
		}
		seen[p.zip] = true
		if first := places().places[p.town]; first.city != p.city || i < int(p.town) || i >= int(p.town+p.inTown) {
			t.Errorf("place %v is not in its town", p)
		}
	}
	if places().home < 150 || len(places().places) < 1000 {
		t.Errorf("%d places, %d at home", len(places().places), places().home)
	}
}

// Families make sense: people are born before they move, children after their parents, nobody lives nowhere.
func TestFamiliesMakeSense(t *testing.T) {
	w := build(Options{Seed: 2, Subjects: 3_000, Strangers: 100}, testDay)
	for number := range len(w.first) - 1 {
		f := w.family(uint32(number))
		for slot := range slots {
			if !f.has(slot) {
				continue
			}
			p := f.person(slot)
			if p.given == "" || p.lived == 0 || p.born >= w.asOf || p.now().to != never {
				t.Fatalf("family %d, slot %d: %+v", number, slot, p)
			}
			if slot >= firstChild && slot <= lastChild && p.born <= f.born+15*365 {
				t.Errorf("family %d: a child born when the subject was a child", number)
			}
			for i := 1; i < p.lived; i++ {
				if p.stays[i].from < p.stays[i-1].from || p.stays[i-1].to != p.stays[i].from {
					t.Errorf("family %d, slot %d: stays %v", number, slot, p.stays[:p.lived])
				}
			}
		}
		if f.twin && f.person(theSibling).born != f.born {
			t.Errorf("family %d: twins of two ages", number)
		}
	}
}

// Caseload numbers are dense, and lead back to the member they were given to.
func TestSubjectsAreNumberedOnce(t *testing.T) {
	w := build(Options{Seed: 4, Subjects: 1_500}, testDay)
	ids := map[uint64]bool{}
	for subject := range uint32(1_500) {
		number, nth := w.holder(subject)
		f := w.family(number)
		slot := f.nthHeld(nth)
		if f.order(slot) != subject || !f.held(slot) {
			t.Fatalf("subject %d is family %d slot %d, which is subject %d", subject, number, slot, f.order(slot))
		}
		ids[w.numbers.id(uint64(subject))] = true
	}
	if len(ids) != 1_500 {
		t.Errorf("%d identifiers for 1500 subjects", len(ids))
	}
}

func TestMistypeChangesLittle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Z]{3,14}`).Draw(t, "name")
		s := streamOf(rapid.Uint64().Draw(t, "seed"), ofRow, 0, 0)
		got := mistype(&s, text)
		if d := len(got) - len(text); d < -2 || d > 1 || got[0] != text[0] {
			t.Fatalf("%s became %s", text, got)
		}
	})
}

func TestDateForms(t *testing.T) {
	d := date{2026, 3, 9}
	for form, want := range map[string]string{"CCYYMMDD": "20260309", "CCYY-MM-DD": "2026-03-09", "MM/DD/CCYY": "03/09/2026",
		"MMDDCCYY": "03092026", "CCYYMM": "202603", "": "20260309"} {
		if got := string(appendDate(nil, form, d)); got != want {
			t.Errorf("%s: %s, want %s", form, got, want)
		}
	}
}

// Forms of names and addresses as a page.
func TestWrittenForms(t *testing.T) {
	n := written{given: "JOHN", middle: "Q", family: "PUBLIC", suffix: "JR"}
	for form, want := range map[string]string{"LAST, FIRST MI": "PUBLIC, JOHN Q JR", "LAST FIRST MI": "PUBLIC JOHN Q JR", "FIRST MI LAST": "JOHN Q PUBLIC JR", "": "JOHN Q PUBLIC JR"} {
		if got := string(appendName(nil, form, n)); got != want {
			t.Errorf("%q: %q, want %q", form, got, want)
		}
	}
	a := address{number: 12, before: 0, after: -1, street: "OLD_MILL", unit: "APT", unitNumber: 4, unitLetter: 'B'}
	for want, how := range map[string]writing{"12 N OLD MILL ST APT 4B": {inLine: true}, "12 NORTH OLD MILL STREET": {spelt: true}} {
		if got := string(a.appendLine1(nil, how)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	mixed := []byte("O'BRIEN, MARY-ANN Q")
	if titleCase(mixed); string(mixed) != "O'brien, Mary-Ann Q" {
		t.Errorf("mixed case: %s", mixed)
	}
}
