package matchers

import (
	"slices"
	"testing"
)

// lateRecord gives a record's other values when they are wanted.
type lateRecord struct {
	values []Value
	wanted int
}

func (l *lateRecord) Written(f int) bool { return len(l.values[f].Std) > 0 || l.values[f].Num != 0 }

func (l *lateRecord) Value(f int) *Value {
	l.wanted++
	return &l.values[f]
}

// Law: a record has the same keys in a block of any size, at any place, as alone.
func TestKeysOfABlockAreThoseOfEachRecord(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(8)
	subjects := town.caseload(2000)
	c := build(t, spec, subjects)
	var records [][]Value
	for i := range 400 {
		records = append(records, standard(spec, town.sighting(subjects[i%len(subjects)][0])), standard(spec, town.person(100000+i)))
	}
	alone, block := NewProber(c), NewProber(c)
	found := 0
	for from, size := 0, 1; from < len(records); from, size = from+size, size%70+3 {
		part := records[from:min(from+size, len(records))]
		block.Begin(len(part))
		for at, f := range block.Fields() {
			var column []Value
			for _, record := range part {
				column = append(column, record[f])
			}
			block.Put(at, column)
		}
		block.AskBlock()
		for row, record := range part {
			alone.Ask(record)
			if got := block.KeysOf(row); !slices.Equal(got, alone.Keys()) {
				t.Fatalf("record %d: keys %v in a block of %d, %v alone", from+row, got, len(part), alone.Keys())
			}
			found += len(block.KeysOf(row))
		}
	}
	if found < 400 {
		t.Errorf("%d keys: the test says little", found)
	}
}

// Law: values that come when they are wanted make the pairs, patterns and weights that they make when they are there.
func TestLateValuesChangeNoPair(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(9)
	subjects := town.caseload(2000)
	c := build(t, spec, subjects)
	s := NewScorer(c, BuiltInModel(spec), .05)
	there, late := NewMatcher(c, s), NewMatcher(c, s)
	early := there.Prober().Fields()
	pairs, wanted, asked := 0, 0, 0
	for i := range 1000 {
		record := standard(spec, town.person(100000+i))
		if i%2 == 0 {
			record = standard(spec, town.sighting(subjects[i%len(subjects)][0]))
		}
		partial := make([]Value, len(record))
		for _, f := range early {
			partial[f] = record[f]
		}
		rest := &lateRecord{values: record}
		want := slices.Clone(there.Match(record, Options{}))
		if got := late.Match(partial, Options{Late: rest}); !slices.Equal(got, want) {
			t.Fatalf("record %d: %v, with all values there %v", i, got, want)
		}
		if there.Pairs() != late.Pairs() {
			t.Fatalf("record %d: %d pairs, with all values there %d", i, late.Pairs(), there.Pairs())
		}
		pairs, wanted = pairs+len(want), wanted+rest.wanted
		if late.Pairs() > 0 {
			asked++
		}
	}
	if pairs < 300 || wanted == 0 || asked < 400 {
		t.Errorf("%d pairs, %d values wanted, %d records with candidates: the test says little", pairs, wanted, asked)
	}
}
