package pipeline

import (
	"testing"

	"locatematch/matchers"
	"locatematch/matchers/text"
)

// TestAgreementInWords: a masked number is told by how it agrees with the best that the subject has; of our own key and of
// accounts nothing is told but whether they are the same.
func TestAgreementInWords(t *testing.T) {
	ssn, key := matchers.Field{Name: "ssn", Kind: text.SSN}, matchers.Field{Name: "key", Kind: text.Exact}
	number := func(list ...uint64) (values []matchers.Value) {
		for _, n := range list {
			values = append(values, matchers.Value{Num: n, Validity: text.Valid})
		}
		return values
	}
	word := func(s string) matchers.Value { return matchers.Value{Std: []byte(s), Validity: text.Valid} }
	for _, c := range []struct {
		field  matchers.Field
		sets   []matchers.Value
		record matchers.Value
		want   string
	}{
		{ssn, number(234567891), number(234567891)[0], "same"},
		{ssn, number(234567891), number(234567892)[0], "one digit off"},
		{ssn, number(234567891), number(234567819)[0], "two digits exchanged"},
		{ssn, number(234567891), number(234567800)[0], "different"},
		{ssn, number(234567891), number(34567891)[0], "one digit off"}, // 0 for 2
		{ssn, number(111223333, 234567891), number(234567892)[0], "one digit off"},
		{ssn, nil, number(234567892)[0], ""},
		{ssn, number(234567891), matchers.Value{Validity: text.Placeholder}, ""},
		{key, []matchers.Value{word("10245")}, word("10245"), "same"},
		{key, []matchers.Value{word("10245")}, word("10246"), "different"},
		{matchers.Field{Name: "account", Kind: text.Exact}, []matchers.Value{word("10245")}, word("10254"), "different"},
	} {
		if got := agreementInWords(c.field, c.sets, c.record); got != c.want {
			t.Errorf("%s %v beside %v: %q, want %q", c.field.Name, c.sets, c.record, got, c.want)
		}
	}
}

// TestColumnsOfSheet: account numbers and our key have no value column.
func TestColumnsOfSheet(t *testing.T) {
	spec := &matchers.Spec{Fields: matchers.Fields{{Name: "key", Kind: text.Exact}, {Name: "account", Kind: text.Exact}, {Name: "badge", Kind: text.Digits}, {Name: "born", Kind: text.Date}}}
	want := []string{"key_agreement", "account_agreement", "badge_subject", "badge_record", "badge_agreement", "born_subject", "born_record"}
	got := columnsOfSheet(spec)
	if len(got) != len(want) {
		t.Fatalf("columns %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("column %d: %s, want %s", i, got[i], want[i])
		}
	}
}
