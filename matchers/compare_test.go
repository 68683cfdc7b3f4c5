package matchers

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers/text"
)

// levelOf compares two raw values (or address|zip pairs) with one comparison of its own spec and names the level.
func levelOf(t failer, c Comparison, kind text.Kind, record, theirs string) string {
	t.Helper()
	spec := &Spec{Fields: Fields{{Name: "a", Kind: kind}}, Blocking: [][]string{{"a"}}}
	c.Name, c.Fields = "c", []string{"a"}
	left, right := row{"a": record}, row{"a": theirs}
	if strings.Contains(record+theirs, "|") {
		second := text.Zip
		switch c.Kind {
		case "crossed_names":
			second = text.Family
		case "given_name":
			second = text.Middle
		}
		spec.Fields = append(spec.Fields, Field{Name: "b", Kind: second})
		c.Fields = append(c.Fields, "b")
		left["a"], left["b"], _ = strings.Cut(record, "|")
		right["a"], right["b"], _ = strings.Cut(theirs, "|")
	}
	spec.Comparisons = []Comparison{c}
	frozen := build(t, spec, []subject{{right}})
	m := NewMatcher(frozen, NewScorer(frozen, BuiltInModel(spec), .05))
	level := m.Compare(standard(spec, left), 0).Level(0)
	if level == 0 {
		return "no evidence"
	}
	return c.levels()[level-1].name
}

// The levels, by example. A case is: the record's value, the subject's, the level. Addresses are written with their ZIP.
func TestLevelsByExample(t *testing.T) {
	type example struct{ record, subject, level string }
	for _, kind := range []struct {
		kind     string
		field    text.Kind
		examples []example
	}{
		{"given_name", text.Given, []example{
			{"JAMES", "JAMES", "exact"}, {"MARY ANN", "MARYANN", "exact"}, {"BOB", "ROBERT", "nickname"}, {"ROBERT", "BOB", "nickname"},
			{"J", "JAMES", "initial"}, {"JAMES", "J", "initial"}, {"J", "J", "initial"}, {"K", "JAMES", "different"},
			{"ALEXAND", "ALEXANDRIOS", "truncated"}, {"BRA", "BRAXLEMORIASON", "truncated"}, {"PATRCIA", "PATRICIA", "near"}, {"JAMES", "PATRICIA", "different"}, {"", "JAMES", "no evidence"},
			{"LEE|", "ROBERT|LEE", "middle name"}, {"ROBERT|LEE", "LEE|", "middle name"}, {"ROBERT|LEE", "BOB|LEE", "nickname"},
			{"L|", "ROBERT|LEE", "different"}, {"|LEE", "ROBERT|LEE", "no evidence"},
		}},
		{"family_name", text.Family, []example{
			{"SMITH", "SMITH", "exact"}, {"MARTINEZ-CRUZ", "MARTINEZCRUZ", "exact"}, {"PAPADOPOULO", "PAPADOPOULOSIS", "truncated"},
			{"MARTINEZ", "MARTINEZ-CRUZ", "part"}, {"CRUZ-LOPEZ", "MARTINEZ-CRUZ", "part"}, {"RODRIGUEZ", "RODRIGEZ", "near"},
			{"MEYER", "MAIER", "sound"}, {"SMITH", "GARCIA", "different"},
		}},
		{"crossed_names", text.Given, []example{
			{"SMITH|JAMES", "JAMES|SMITH", "both exact"}, {"SMITH|JAMES", "JAMES|SMYTHE", "no evidence"}, {"SMITHE|JAMES", "JAMES|SMITH", "one exact, one near"},
			{"JAMES|SMITH", "JAMES|SMITH", "no evidence"}, {"SMITH|", "JAMES|SMITH", "one in the other's place"},
			{"SMITH|JONES", "JAMES|SMITH", "no evidence"}, {"SMITH|", "SMITH|", "no evidence"},
		}},
		{"middle_name", text.Middle, []example{
			{"LEE", "LEE", "exact"}, {"L", "LEE", "initial agrees"}, {"L", "L", "initial agrees"}, {"LEE", "RAY", "different"}, {"", "RAY", "no evidence"},
		}},
		{"suffix", text.Suffix, []example{{"JR", "JR", "same"}, {"JR", "SR", "different"}, {"JR", "", "no evidence"}}},
		{"date", text.Date, []example{
			{"1980-03-04", "1980-03-04", "exact"}, {"1980-03-04", "1980-04-03", "day and month exchanged"}, {"1980-03-04", "1980-03-14", "one digit"},
			{"1980-03-04", "1980-03-22", "month or day of year"}, {"1980-03-04", "1992-03-04", "month or day of year"},
			{"1980-03-04", "1981-11-26", "year within one"}, {"1980-03-04", "1967-11-26", "different"},
		}},
		{"ssn", text.SSN, []example{
			{"321-54-6789", "321546789", "exact"}, {"321-54-6789", "321-54-6798", "one error"}, {"321-54-6789", "321-54-6780", "one error"},
			{"321-54-6789", "432-11-6789", "last four"}, {"321-54-6789", "432-11-9876", "different"}, {"999-99-9999", "321-54-6789", "no evidence"},
		}},
		{"digits", text.Digits, []example{{"1234567", "1234567", "exact"}, {"1234567", "1234576", "within 1"}, {"1234567", "1234999", "different"}, {"1234567", "123456", "different"}, {"1234567", "1934567", "within 1"}, {"1234567", "1934568", "within 2"}}},
		{"number", text.Number, []example{{"12.5", "12.50", "exact"}, {"12.5", "13.4", "within 1"}, {"12.5", "13.6", "different"}}},
		{"phone", text.Phone, []example{{"(801) 555-2368", "801-555-2368", "exact"}, {"385-555-2368", "801-555-2368", "last seven"}, {"801-555-2368", "801-555-9999", "different"}}},
		{"email", text.Email, []example{{"a.b@x.org", "A.B@x.org", "exact"}, {"a.b@x.org", "a.b@y.org", "same user"}, {"a.b@x.org", "c@x.org", "different"}}},
		{"sex", text.Sex, []example{{"M", "MALE", "same"}, {"M", "F", "different"}, {"U", "F", "no evidence"}}},
		{"key", text.Exact, []example{{"P1", "P1", "exact"}, {"P1", "P2", "different"}, {"", "P2", "no evidence"}}},
		{"exact", text.Zip, []example{{"84101", "84101-1234", "exact"}, {"84101-4321", "84101-1234", "exact"}, {"84101", "84102", "different"}, {"84101-1234", "84102-1234", "different"}}},
		{"digits", text.Zip, []example{{"84101-4321", "84101-1234", "exact"}, {"84101-1234", "84110-1234", "within 1"}, {"84101-1234", "84110", "within 1"}, {"84101-1234", "10001-1234", "different"}}},
		{"text", text.Text, []example{{"SPRINGFIELD", "SPRINGFIELD", "exact"}, {"SPRINGFEILD", "SPRINGFIELD", "at least 0.92"}, {"SPRINGFIELD", "OGDEN", "different"}}},
		{"address", text.Address, []example{
			{"12 MAIN ST|84101", "12 Main Street|84101", "same door"}, {"12 MAIN ST APT 4|84101", "12 MAIN ST APT 4|84101", "same door"},
			{"12 MAIN ST APT 4|84101", "12 MAIN ST|84101", "same building"}, {"12 MIAN ST|84101", "12 MAIN ST|84101", "same building"},
			{"12 MAIN ST|", "12 MAIN ST|84101", "same street and number"}, {"12 MAIN ST|84770", "12 MAIN ST|84101", "same street and number"},
			{"14 MAIN ST|84101", "12 MAIN ST|84101", "same street and ZIP"}, {"9 ELM AVE|84101", "12 MAIN ST|84101", "same ZIP"},
			{"9 ELM AVE|84101-1234", "12 MAIN ST|84101-1234", "same ZIP+4"}, {"|84101-1234", "12 MAIN ST|841011234", "same ZIP+4"}, {"PO BOX 7|84101-1234", "12 MAIN ST|84101-1234", "same ZIP+4"},
			{"9 ELM AVE|84101-1234", "12 MAIN ST|84101-1235", "same ZIP"}, {"9 ELM AVE|84101-1234", "12 MAIN ST|84101", "same ZIP"}, {"9 ELM AVE|84101-0000", "12 MAIN ST|84101-0000", "same ZIP"},
			{"9 ELM AVE|84102-1234", "12 MAIN ST|84101-1234", "same ZIP area"}, {"9 ELM AVE|10001-1234", "12 MAIN ST|84101-1234", "different"},
			{"12 MAIN ST|84101-1234", "12 MAIN ST|84101-9999", "same door"}, {"12 MAIN ST|84101-1234", "12 MAIN ST|84101", "same door"}, {"12 MAIN ST APT 4|84101-1234", "12 MAIN ST|84101-1234", "same building"},
			{"14 MAIN ST|84101-1234", "12 MAIN ST|84101-1234", "same street and ZIP"}, {"12 MAIN ST|84770-1234", "12 MAIN ST|84101-1234", "same street and number"},
			{"|84101", "12 MAIN ST|84101", "same ZIP"}, {"9 ELM AVE|84199", "12 MAIN ST|84101", "same ZIP area"},
			{"9 ELM AVE|10001", "12 MAIN ST|84101", "different"}, {"9 ELM AVE|", "12 MAIN ST|84101", "different"}, {"9 ELM AVE|", "|84101", "no evidence"},
			{"STANLEY ST|84101", "STANLEY ST|84101", "same street and ZIP"}, {"STANLEY ST APT 4|84101", "12 STANLEY ST APT 4|84101", "same street and ZIP"}, {"STANLEY ST|84101", "STANLEY ST|10001", "different"},
			{"THE OLD MANSION|84101", "THE OLD MANSION|84101", "same door"}, {"APT 4|84101", "APT 4|84101", "same ZIP"}, {"12|84101", "12|84101", "same ZIP"},
		}},
		{"address", text.Address, []example{ // boxes
			{"PO BOX 12|84101", "P.O. Box 12|84101", "same door"}, {"PO BOX 12|84170", "PO BOX 12|84101", "same ZIP area"}, {"PO BOX 12|10001", "PO BOX 12|84101", "different"},
			{"PO BOX 14|84101", "PO BOX 12|84101", "same ZIP"}, {"PO BOX 14|84101-0014", "PO BOX 12|84101-0012", "same ZIP"}, {"PO BOX 14|84101-9001", "PO BOX 12|84101-9001", "same ZIP+4"},
			{"PO BOX 12|", "PO BOX 12|84101", "different"}, {"PO BOX|84101", "PO BOX|84101", "same ZIP"}, {"12 MAIN ST|84101", "PO BOX 12|84101", "same ZIP"},
			{"12 MAIN ST PO BOX 45|84101", "PO BOX 45|84101", "same door"}, {"PO BOX 45|84101", "PO BOX 45 12 MAIN STREET|84101", "same door"}, {"PO BOX 45 12 MAIN STREET|84101", "12 MAIN ST|84101", "same door"},
			{"12 MAIN ST APT 4 PO BOX 45|84101", "12 MAIN ST APT 4|84101", "same door"}, {"12 MAIN ST PO BOX 45|84101", "12 MAIN ST PO BOX 46|84101", "same door"}, {"9 ELM AVE PO BOX 45|84101", "12 MAIN ST PO BOX 45|84101", "same door"},
			{"12 MAIN ST PO BOX 45|84101", "14 MAIN ST PO BOX 46|84101", "same street and ZIP"}, {"12 MAIN ST PO BOX 45|10001", "PO BOX 45|84101", "different"}, {"12 MAIN ST PO BOX 45|10001", "12 MAIN ST|84101", "same street and number"},
			{"GENERAL DELIVERY|84101", "Gen. Delivery|84101", "same building"}, {"GENERAL DELIVERY|84102", "GENERAL DELIVERY|84101", "same ZIP area"},
		}},
		{"address", text.Address, []example{ // rural and highway contract routes
			{"RR 4 BOX 87|84101", "RURAL ROUTE 4 BOX 87|84101", "same door"}, {"BOX 87 RR 4|84101", "RR 4 BOX 87|84101", "same door"}, {"RR 4 BOX 87 12 OAK LN|84101", "12 OAK LANE|84101", "same door"}, {"RR 4 BOX 87 12 OAK LN|84101", "RR 4 BOX 87|84101", "same door"},
			{"RR 4 BOX 90|84101", "RR 4 BOX 87|84101", "same street and ZIP"}, {"RR 4|84101", "RR 4 BOX 87|84101", "same street and ZIP"}, {"RR 4|84101", "RR 4|84101", "same street and ZIP"}, {"HC 4 BOX 87|84101", "RR 4 BOX 87|84101", "same ZIP"},
			{"RR 3 BOX 87|84101", "RR 4 BOX 87|84101", "same ZIP"}, {"RR 3 BOX 87|84101-9001", "RR 4 BOX 87|84101-9001", "same ZIP+4"}, {"RR 4 BOX 87|84102", "RR 4 BOX 87|84101", "same ZIP area"}, {"RR 4 BOX 87|", "RR 4 BOX 87|84101", "different"},
			{"HC 68 BOX 23A|84101", "STAR ROUTE 68 BOX 23A|84101", "same door"}, {"HC 68 BOX 23A|84101", "HC 68 BOX 23|84101", "same street and ZIP"},
		}},
		{"address", text.Address, []example{ // military and diplomatic mail
			{"PSC 3 BOX 4120|96266", "PSC 3 BOX 4120 APO AP 96266|96266", "same door"}, {"CMR 1250 BOX 5|09045", "BOX 5 CMR 1250|09045", "same door"}, {"UNIT 2050 BOX 4190|96278", "Unit #2050 Box #4190, APO AP|96278-2050", "same door"}, {"UNIT 8400 BOX 12 DPO AE|09498", "UNIT 8400 BOX 12|09498", "same door"},
			{"PSC 3 BOX 4121|96266", "PSC 3 BOX 4120|96266", "same street and ZIP"}, {"CMR 1250|09045", "CMR 1250|09045", "same street and ZIP"}, {"CMR 1250|09045", "CMR 1250 BOX 5|09045", "same street and ZIP"}, {"UNIT 2050|96278", "UNIT 2050|96278", "same ZIP"},
			{"PSC 4 BOX 4120|96266", "PSC 3 BOX 4120|96266", "same ZIP"}, {"PSC 3 BOX 4120|", "PSC 3 BOX 4120|96266", "same street and number"}, {"UNIT 2050 BOX 4190|96278", "UNIT 2050 BOX 4190|09278", "same street and number"},
			{"PSC 3|", "PSC 3|96266", "different"}, {"PSC 4 BOX 4120|09266", "PSC 3 BOX 4120|96266", "different"},
		}},
	} {
		for _, e := range kind.examples {
			if got := levelOf(t, Comparison{Kind: kind.kind}, kind.field, e.record, e.subject); got != e.level {
				t.Errorf("%s: %q against %q is %q, want %q", kind.kind, e.record, e.subject, got, e.level)
			}
		}
	}
	if got := levelOf(t, Comparison{Kind: "address"}, text.Address, "12 MAIN ST", "12 MAIN STREET"); got != "same door" {
		t.Errorf("an address without a ZIP field is %q", got)
	}
	if got := levelOf(t, Comparison{Kind: "text", Thresholds: []float64{.99, .5}}, text.Text, "SPRINGFEILD", "SPRINGFIELD"); got != "at least 0.5" {
		t.Errorf("thresholds of one's own give %q", got)
	}
}

// The string levels are those of Jaro-Winkler computed plainly: sketches, bounds, memo and codes are only shortcuts.
func TestStringLevelsAreJaroWinkler(t *testing.T) {
	words := rapid.StringOfN(rapid.RuneFrom([]rune("ABEMNORT ")), 2, 14, -1)
	rapid.Check(t, func(t *rapid.T) {
		a := words.Draw(t, "a")
		b := words.Draw(t, "b")
		if rapid.Bool().Draw(t, "slip") {
			at := rapid.IntRange(0, len(a)-1).Draw(t, "at")
			b = a[:at] + b[:1] + a[min(len(a), at+rapid.IntRange(0, 2).Draw(t, "over")):]
		}
		stdA, _, _ := text.Standardise(text.Text, 0, nil, []byte(a))
		stdB, _, _ := text.Standardise(text.Text, 0, nil, []byte(b))
		if len(stdA) == 0 || len(stdB) == 0 {
			t.Skip()
		}
		var needle text.Needle
		needle.Set(stdA)
		want := "different"
		switch similarity := needle.JaroWinkler(stdB); {
		case string(stdA) == string(stdB):
			want = "exact"
		case similarity >= .92:
			want = "at least 0.92"
		case similarity >= .85:
			want = "at least 0.85"
		}
		if got := levelOf(t, Comparison{Kind: "text"}, text.Text, a, b); got != want {
			t.Fatalf("%q against %q is %q, want %q", a, b, got, want)
		}
	})
}

// Levels do not depend on which of the two is the record.
func TestLevelsAreSymmetric(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(20)
	town.givens, town.families = town.givens[290:], town.families[2990:]
	people := town.caseload(60)
	one := func(record, other subject) Pattern {
		c := build(t, spec, []subject{other[:1]})
		return NewMatcher(c, NewScorer(c, BuiltInModel(spec), .05)).Compare(standard(spec, record[0]), 0)
	}
	for i := range people {
		for j := range people[:i] {
			if a, b := one(people[i], people[j]), one(people[j], people[i]); a != b {
				t.Fatalf("%v against %v: %v, the other way round %v", people[i][0], people[j][0], a, b)
			}
		}
	}
}

// A group's value sets are chosen whole: the pattern never takes the given name of one alias and the family name of another.
func TestAliasesAreNotMixed(t *testing.T) {
	spec := BuiltInSpec()
	c := build(t, spec, []subject{{
		{"given": "ROBERT", "family": "ARCHER", "ssn": "321-54-6789"},
		{"given": "PATRICK", "family": "WINSLOW"}, {"given": "PATRICK", "family": "WINSLOW"}, {"given": "", "family": ""},
	}})
	m := NewMatcher(c, NewScorer(c, BuiltInModel(spec), .5))
	at := func(p Pattern, name string) int {
		for i := range spec.Comparisons {
			if spec.Comparisons[i].Name == name {
				return p.Level(i)
			}
		}
		return -1
	}
	both := m.Compare(standard(spec, row{"given": "PATRICK", "family": "WINSLOW"}), 0)
	if at(both, "given") != givenExact || at(both, "family") != familyExact {
		t.Errorf("the alias itself: %v", both)
	}
	mixed := m.Compare(standard(spec, row{"given": "ROBERT", "family": "WINSLOW"}), 0)
	if at(mixed, "family") != familyExact || spec.Comparisons[3].levels()[at(mixed, "given")-1].name != "different" {
		t.Errorf("given name of one set, family name of another: %v; the better set is the second", mixed)
	}
	c2 := build(t, spec, []subject{{{"given": "PATRICK", "family": "ARCHER"}, {"given": "PATRICK", "family": "WINSLOW"}}})
	for _, part := range NewMatcher(c2, NewScorer(c2, BuiltInModel(spec), .5)).Explain(standard(spec, row{"given": "PATRICK"}), 0).Parts {
		if part.Set != 0 {
			t.Errorf("of equal sets the first counts, not %d", part.Set)
		}
	}
	e := m.Explain(standard(spec, row{"given": "PATRICK", "family": "WINSLOW", "ssn": "321-54-6789"}), 0)
	var price int32
	for _, part := range e.Parts {
		if part.Comparison == "family" && (part.Set != 1 || part.Sets != 2) {
			t.Errorf("family: set %d of %d, want 1 of 2 (repeats and empty sets dropped)", part.Set, part.Sets)
		}
		if part.Comparison == "" {
			price = part.S
		}
	}
	if price != -One {
		t.Errorf("choosing among two sets costs %d, want one bit", price)
	}
}

// The price of choosing never turns agreement into disagreement, nor punishes a subject for having aliases that disagree.
func TestChoosingNeverCostsMoreThanItGains(t *testing.T) {
	spec := BuiltInSpec()
	c := build(t, spec, []subject{{{"given": "ROBERT", "family": "ARCHER"}}})
	s := NewScorer(c, BuiltInModel(spec), .05)
	rapid.Check(t, func(t *rapid.T) {
		sets, gain := rapid.IntRange(0, 200).Draw(t, "sets"), rapid.Int32Range(-30*One, 30*One).Draw(t, "gain")
		price := s.choicePrice(sets, gain)
		if price < 0 || gain > 0 && gain-price < 0 || gain <= 0 && price != 0 || sets < 2 && price != 0 {
			t.Fatalf("%d sets that gain %d cost %d", sets, gain, price)
		}
	})
}

// Where names agree exchanged, they count once: given and family say nothing, and the explanation says why.
func TestExchangedNamesCountOnce(t *testing.T) {
	spec := BuiltInSpec()
	c := build(t, spec, []subject{{{"given": "JAMES", "family": "WINSLOW", "born": "1980-03-04"}}})
	m := NewMatcher(c, NewScorer(c, BuiltInModel(spec), .5))
	record := standard(spec, row{"given": "WINSLOW", "family": "JAMES", "born": "1980-03-04"})
	e := m.Explain(record, 0)
	seen := ""
	for _, part := range e.Parts {
		switch part.Comparison {
		case "given", "family":
			seen += fmt.Sprintf("%s %d %v, ", part.Comparison, part.Level, part.Suppressed)
		case "crossed":
			seen += fmt.Sprintf("%s %d %v, ", part.Comparison, part.Level, part.S > 10*One)
		}
	}
	if seen != "given 0 true, family 0 true, crossed 1 true, " {
		t.Errorf("parts are %s", seen)
	}
	// A name that is both: JAMES JAMES agrees in its own places, and that is what counts.
	c = build(t, spec, []subject{{{"given": "JAMES", "family": "JAMES"}}})
	m = NewMatcher(c, NewScorer(c, BuiltInModel(spec), .5))
	p := m.Compare(standard(spec, row{"given": "JAMES", "family": "JAMES"}), 0)
	if p != Pattern(0).With(3, givenExact).With(4, familyExact) {
		t.Errorf("JAMES JAMES: %v", p)
	}
}

// TestTaxpayerNumberIsNoSlipOfAnSSN: a taxpayer number (ITIN), one for a child's adoption (ATIN) and an SSN that differ in one digit, or
// only in the first five, are of two types: no evidence for anybody and against nobody. Of one kind they are compared.
func TestTaxpayerNumberIsNoSlipOfAnSSN(t *testing.T) {
	for _, c := range []struct {
		a, b uint64
		want uint8
	}{
		{135701234, 935701234, 0}, {935701234, 135701234, 0}, {935931234, 935831234, 0}, {935931234, 135931234, 0},
		{935931234, 935931235, ssnOneError}, {935931234, 936931234, ssnOneError}, {935701234, 234561234, 0}, {935701234, 234569999, 0},
		{135701234, 135701235, ssnOneError}, {935701234, 935711234, ssnOneError}, {935701234, 936881234, ssnLastFour}, {135701234, 234569999, ssnDifferent},
	} {
		if got := ssnLevel(c.a, c.b); got != c.want {
			t.Errorf("level %d, want %d", got, c.want)
		}
	}
}
