package matchers

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers/text"
)

// A dictionary is a numbering of distinct values: same value same code, codes from 1 without gaps, values kept.
func TestDictionaryIsANumbering(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, codes := newDictionary(4), map[string]uint32{}
		for _, word := range rapid.SliceOfN(rapid.StringN(1, 3, 4), 0, 400).Draw(t, "words") {
			code := d.intern(hashValue([]byte(word)), []byte(word))
			if known, seen := codes[word]; seen && known != code || !seen && int(code) != len(codes)+1 {
				t.Fatalf("%q got code %d, %d values so far", word, code, len(codes))
			}
			codes[word] = code
		}
		for word, code := range codes {
			if string(d.value(code)) != word || d.find(hashValue([]byte(word)), []byte(word)) != code {
				t.Fatalf("code %d of %q holds %q", code, word, d.value(code))
			}
		}
		if d.find(hashValue([]byte("absent!")), []byte("absent!")) != 0 {
			t.Fatal("a value that was never added is found")
		}
	})
}

// The closed form of u: the chance that two different subjects agree, and a value's own frequency by subjects.
func TestFrequenciesCountSubjects(t *testing.T) {
	spec := BuiltInSpec()
	var subjects []subject
	for i := range 100 {
		family := fmt.Sprintf("FAMILY%c%c", 'A'+i/26, 'A'+i%26)
		if i < 40 {
			family = "SMITH"
		}
		s := subject{{"family": family, "born": fmt.Sprintf("1980-01-%02d", 1+i%10)}}
		if i == 0 { // an alias with the same family name, and one written apart, count once
			s = append(s, row{"family": "SMITH", "given": "ANN"})
		}
		subjects = append(subjects, s)
	}
	c := build(t, spec, subjects)
	family, born := &c.columns[spec.Field("family")], &c.columns[spec.Field("born")]
	if want := 40. * 39 / (100 * 99); math.Abs(family.pairs-want) > 1e-12 || family.holders != 100 {
		t.Errorf("family: agreement %g of %d holders, want %g of 100", family.pairs, family.holders, want)
	}
	if want := 10 * 10. * 9 / (100 * 99); math.Abs(born.pairs-want) > 1e-12 {
		t.Errorf("born: agreement %g, want %g", born.pairs, want)
	}
	code := family.find(hashValue([]byte("SMITH")), []byte("SMITH"))
	if family.counts[code] != 40 {
		t.Errorf("SMITH: %d subjects, want 40", family.counts[code])
	}
}

// A rare name weighs more than a common one, an unlisted one as one in N; the SSN's u keeps its floor.
func TestFrequencyAdjusts(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(12)
	c := build(t, spec, town.caseload(5000))
	s := NewScorer(c, BuiltInModel(spec), .05)
	column := &c.columns[spec.Field("family")]
	var common, rare uint32
	for code := uint32(1); code <= uint32(column.distinct()); code++ {
		if common == 0 || column.counts[code] > column.counts[common] {
			common = code
		}
		if column.counts[code] < fewest {
			rare = code
		}
	}
	if s.frequency[4][common] >= 0 || s.frequency[4][rare] <= 0 {
		t.Errorf("%d subjects weigh %d, %d weigh %d", column.counts[common], s.frequency[4][common], column.counts[rare], s.frequency[4][rare])
	}
	if want := math.Log2(.86 * 5000); math.Abs(Bits(s.s[4][1]+s.frequency[4][rare])-want) > .1 {
		t.Errorf("an unlisted family name weighs %.2f bits, want log2(.86 * 5000) = %.2f", Bits(s.s[4][1]+s.frequency[4][rare]), want)
	}
	if got := Bits(s.s[1][1]); got > 13.3 || got < 13 {
		t.Errorf("an equal SSN weighs %.2f bits, the floor of 1e-4 allows 13.2", got)
	}
}

func TestBuilderReportsMisuse(t *testing.T) {
	spec := BuiltInSpec()
	for name, misuse := range map[string]func(*Builder){
		"no group \"nmes\"": func(b *Builder) { b.Subject(); b.Set("nmes") },
		"field 99":          func(b *Builder) { b.Subject(); b.Add(99, Value{}) },
		"a subject begun":   func(b *Builder) { b.Add(0, Value{}) },
		"frozen twice":      func(b *Builder) { b.Freeze() },
		"no fields":         func(b *Builder) { *b = *NewBuilder(&Spec{}) },
	} {
		b := NewBuilder(spec)
		misuse(b)
		if _, err := b.Freeze(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A caseload of nobody, and of people without any value, is a caseload: every record is a stranger.
func TestEmptyCaseload(t *testing.T) {
	spec := BuiltInSpec()
	record := standard(spec, newTown(13).person(1))
	for _, subjects := range [][]subject{nil, {{}}, {{}, {{"given": ""}}}} {
		c := build(t, spec, subjects)
		m := NewMatcher(c, NewScorer(c, BuiltInModel(spec), .05))
		if got := m.Match(record, Options{KeepAll: true}); len(got) != 0 || c.Subjects() != len(subjects) {
			t.Errorf("%d subjects without values: %v", len(subjects), got)
		}
	}
}

// The keys that Ask let pass may be given back to Match, which then asks no more; the result is the same.
func TestMatchWithKnownKeys(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(14)
	subjects := town.caseload(1000)
	c := build(t, spec, subjects)
	s := NewScorer(c, BuiltInModel(spec), .05)
	p, plain, told := NewProber(c), NewMatcher(c, s), NewMatcher(c, s)
	for _, record := range town.records(spec, subjects, 500) {
		rules := p.Ask(record)
		if rules == 0 {
			continue
		}
		want, got := plain.Match(record, Options{}), told.Match(record, Options{Keys: p.Keys()})
		if fmt.Sprint(want) != fmt.Sprint(got) {
			t.Fatalf("told the keys of rules %b Match gives\n%v\nelse\n%v", rules, got, want)
		}
	}
}

// Any word can stand in a blocking rule without a panic; what parses has a field or a limit.
func FuzzParseElement(f *testing.F) {
	for _, seed := range []string{"ssn", "family.sound", "given=family", "a.prefix4=b.first4", "max:20", "ssn.last4", "=", ".", "a.prefix0", "max:-1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, word string) {
		e, err := ParseElement(word)
		if err == nil && e.Max <= 0 && (e.Record.Field == "" || e.Subject.Field == "") {
			t.Errorf("%q parses to %+v", word, e)
		}
	})
}

// A model from any bytes is refused or sound: it validates, and encodes to what decodes to the same bytes.
func FuzzDecodeModel(f *testing.F) {
	page, _ := BuiltInModel(BuiltInSpec()).Encode()
	f.Add(page)
	f.Add([]byte(`{"format":"locatematch-model-1"}`))
	f.Fuzz(func(t *testing.T, page []byte) {
		m, err := DecodeModel(page)
		if err != nil {
			return
		}
		once, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := DecodeModel(once)
		if err != nil {
			t.Fatal(err)
		}
		if twice, _ := again.Encode(); string(twice) != string(once) {
			t.Errorf("encodes to other bytes:\n%s\n%s", once, twice)
		}
	})
}

// Values of any bytes and numbers, standard or not, go through blocking, comparing and explaining; I5 holds on them.
func FuzzMatch(f *testing.F) {
	spec, town := BuiltInSpec(), newTown(15)
	town.givens, town.families = town.givens[300:], town.families[2995:]
	subjects := town.caseload(40)
	b := NewBuilder(spec)
	for _, s := range subjects {
		b.Subject()
		addRow(b, spec, s[0])
	}
	c, err := b.Freeze()
	if err != nil {
		f.Fatal(err)
	}
	s := NewScorer(c, BuiltInModel(spec), .05)
	f.Add([]byte("JAMES"), []byte("SMITH"), []byte("12 MAIN ST"), uint64(19800304), uint64(321546789))
	f.Add([]byte(" "), []byte("A B  C"), []byte("PO BOX"), uint64(0), uint64(math.MaxUint64))
	f.Fuzz(func(t *testing.T, given, family, address []byte, born, ssn uint64) {
		record := standard(spec, subjects[int(born%40)][0])
		record[spec.Field("given")] = Value{Std: given, Validity: text.Valid}
		record[spec.Field("family")] = Value{Std: family, Validity: text.Valid}
		record[spec.Field("address")] = Value{Std: address, Validity: text.Invalid}
		record[spec.Field("born")].Num, record[spec.Field("ssn")].Num = born%1e8, ssn%1e9
		m := NewMatcher(c, s)
		for _, p := range m.Match(record, Options{KeepAll: true}) {
			if e := NewMatcher(c, s).Explain(record, p.Subject); e.Total != p.Weight {
				t.Fatalf("explained %d, matched %d", e.Total, p.Weight)
			}
		}
	})
}
