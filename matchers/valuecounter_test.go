package matchers

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers/text"
)

// Against a naive count: joined spellings together, five rows and more, no long number; whoever counts, in any order.
func TestValueCounterIsASum(t *testing.T) {
	words := []string{"SMITH", "DE LA CRUZ", "DELACRUZ", "DELA CRUZ", "JONES", "LEE", "A1B2C3D4E5F6", "62704", ""}
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SampledFrom(words), 0, 80).Draw(t, "rows")
		naive, holders, distinct := map[string]uint32{}, int64(0), map[string]bool{}
		for _, word := range rows {
			if joined := strings.ReplaceAll(word, " ", ""); joined != "" {
				naive[joined]++
				distinct[joined] = true
				holders++
			}
		}
		delete(naive, "A1B2C3D4E5F6") // six digits
		maps.DeleteFunc(naive, func(_ string, n uint32) bool { return n < 5 })
		k := NewValueCounter(named())
		workers := rapid.IntRange(1, 16).Draw(t, "workers")
		var counting sync.WaitGroup
		for w := range workers {
			counting.Go(func() {
				for i := w; i < len(rows); i += workers {
					k.Add(0, []byte(rows[i]), 1)
				}
			})
		}
		counting.Wait()
		got := k.Counts()[0]
		want := FieldCount{Field: "family", Comparisons: []string{"surname"}, Holders: holders, Distinct: int64(len(distinct))}
		for _, word := range slices.Sorted(maps.Keys(naive)) {
			want.Listed = append(want.Listed, ValueCount{word, naive[word]})
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("counted %+v\nnaively %+v", got, want)
		}
	})
}

// A field of more different values than any name has is given up, whoever counts: the bound of memory.
func TestValueCounterGivesUp(t *testing.T) {
	for _, distinct := range []int{999, 1000, 1001, 3000} {
		k := NewValueCounter(named())
		k.tables[0].limit = 1000
		var counting sync.WaitGroup
		for w := range 8 {
			counting.Go(func() {
				for i := w; i < 6*distinct; i += 8 {
					k.Add(0, fmt.Appendf(nil, "NAME%c%c%c", 'A'+i%distinct%26, 'A'+i%distinct/26%26, 'A'+i%distinct/676), 1)
				}
			})
		}
		counting.Wait()
		got := k.Counts()[0]
		if got.Excess != (distinct > 1000) || got.Distinct != int64(min(distinct, 1000)) || got.Holders != int64(6*distinct) {
			t.Errorf("%d values: excess %v, %d distinct, %d rows", distinct, got.Excess, got.Distinct, got.Holders)
		}
		if listed := len(got.Listed); got.Excess && listed != 0 || !got.Excess && listed != distinct {
			t.Errorf("%d values: %d listed", distinct, listed)
		}
	}
}

// Names and places only: codes, addresses, mail addresses and numbers are never counted, whatever the spec weighs.
func TestValueCounterCountsNamesAndPlaces(t *testing.T) {
	spec := &Spec{
		Fields: Fields{{Name: "badge", Kind: text.Exact}, {Name: "home", Kind: text.Address}, {Name: "mail", Kind: text.Email},
			{Name: "city", Kind: text.Text}, {Name: "given", Kind: text.Given}, {Name: "father", Kind: text.Given}},
		Blocking: [][]string{{"badge"}},
	}
	for _, field := range []string{"badge", "home", "mail", "city", "given"} {
		spec.Comparisons = append(spec.Comparisons, Comparison{Name: field, Fields: []string{field}, Kind: "exact", Frequency: true})
	}
	spec.Comparisons = append(spec.Comparisons, Comparison{Name: "father", Fields: []string{"father"}, Kind: "given_name"})
	if err := spec.Validate(); err != nil {
		t.Fatal(err)
	}
	if got := NewValueCounter(spec).Fields(); !slices.Equal(got, []int{3, 4}) {
		t.Errorf("counts fields %v, want city and given", got)
	}
}

// A handful of rows does not stand for the population beside a caseload of many more.
func TestFieldCountServes(t *testing.T) {
	spec := named()
	c := build(t, spec, newTown(32).caseload(100))
	for holders, want := range map[int64]bool{0: false, 49: false, 50: true, 1e6: true} {
		if got := (&FieldCount{Field: "family", Holders: holders}).Serves(c); got != want {
			t.Errorf("%d rows beside 100 subjects serve: %v", holders, got)
		}
	}
	if (&FieldCount{Field: "family", Holders: 1e9, Excess: true}).Serves(c) {
		t.Error("a count that was given up serves")
	}
}
