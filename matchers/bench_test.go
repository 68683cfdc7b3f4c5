package matchers

import (
	"sync"
	"testing"

	"locatematch/matchers/text"
)

// benchNight is a caseload of 50,000 and an extract, its rows standardised beforehand, of which one in twenty is a subject's.
type benchNight struct {
	spec      *Spec
	c         *Caseload
	scorer    *Scorer
	strangers [][]Value
	survivors [][]Value // rows that pass a filter
	known     [][]Value
}

var night = sync.OnceValue(func() *benchNight {
	n := &benchNight{spec: BuiltInSpec()}
	town := newTown(2026)
	town.givens, town.families, town.streets = town.invent(2500, 2), town.invent(40000, 3), town.invent(20000, 3)
	subjects := town.caseload(50000)
	b := NewBuilder(n.spec)
	for _, s := range subjects {
		b.Subject()
		for _, r := range s {
			addRow(b, n.spec, r)
		}
	}
	n.c, _ = b.Freeze()
	n.scorer = NewScorer(n.c, BuiltInModel(n.spec), .05)
	p := NewProber(n.c)
	for i := range 100000 {
		r := town.person(100000 + i)
		delete(r, "key")
		record := standard(n.spec, r)
		n.strangers = append(n.strangers, record)
		if p.Ask(record) != 0 {
			n.survivors = append(n.survivors, record)
		}
	}
	for range 20000 {
		n.known = append(n.known, standard(n.spec, town.sighting(subjects[town.IntN(len(subjects))][0])))
	}
	n.strangers, n.survivors, n.known = compact(n.strangers), compact(n.survivors), compact(n.known)
	return n
})

// compact lays records out one behind the other, as a chunk does: the benchmarks shall not measure scattered memory.
func compact(records [][]Value) [][]Value {
	var values []Value
	size := 0
	for _, record := range records {
		for _, v := range record {
			size += len(v.Std)
		}
	}
	arena := make([]byte, 0, size)
	values = make([]Value, 0, len(records)*len(records[0]))
	out := make([][]Value, len(records))
	for i, record := range records {
		from := len(values)
		for _, v := range record {
			at := len(arena)
			arena = append(arena, v.Std...)
			v.Std = arena[at:len(arena):len(arena)]
			values = append(values, v)
		}
		out[i] = values[from:len(values):len(values)]
	}
	return out
}

// BenchmarkAskStranger is what each row of an extract costs: all key parts, all rules' filters.
func BenchmarkAskStranger(b *testing.B) {
	n := night()
	p := NewProber(n.c)
	b.ReportAllocs()
	b.ResetTimer()
	passed := 0
	for i := 0; i < b.N; i++ {
		if p.Ask(n.strangers[i%len(n.strangers)]) != 0 {
			passed++
		}
	}
	b.ReportMetric(float64(passed)/float64(b.N), "passed/row")
}

// BenchmarkMatchSurvivor is what a stranger costs that a filter let through: a subject shares a key, or the filter erred.
func BenchmarkMatchSurvivor(b *testing.B) { benchMatch(b, night().survivors) }

// BenchmarkMatchKnown is what a row of one of our people costs.
func BenchmarkMatchKnown(b *testing.B) { benchMatch(b, night().known) }

func benchMatch(b *testing.B, rows [][]Value) {
	n := night()
	m := NewMatcher(n.c, n.scorer)
	b.ReportAllocs()
	b.ResetTimer()
	pairs, kept := 0, 0
	for i := 0; i < b.N; i++ {
		kept += len(m.Match(rows[i%len(rows)], Options{}))
		pairs += m.Pairs()
	}
	b.ReportMetric(float64(pairs)/float64(b.N), "pairs/row")
	b.ReportMetric(float64(kept)/float64(b.N), "kept/row")
}

// BenchmarkCounter is what a known row costs in training: every rule asked, every pair's whole pattern compared and counted.
func BenchmarkCounter(b *testing.B) {
	n := night()
	k := NewCounter(n.c)
	b.ReportAllocs()
	b.ResetTimer()
	pairs := 0
	for i := 0; i < b.N; i++ {
		pairs += k.Record(0, n.known[i%len(n.known)], nil, 0, nil)
	}
	b.ReportMetric(float64(pairs)/float64(b.N), "pairs/row")
}

// BenchmarkNumberLevel compares dates, SSNs and digits that differ, on integers.
func BenchmarkNumberLevel(b *testing.B) {
	for _, c := range []struct {
		name string
		id   kindID
		kind text.Kind
		x, y uint64
	}{
		{"date", kindDate, text.Date, 19800105, 19790208}, {"ssn", kindSSN, text.SSN, 219099998, 311459970},
		{"digits", kindDigits, text.Digits, 8<<57 | 451278, 8<<57 | 451872},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := &comparisonPlan{id: c.id, last: 7, thresholds: []float64{1, 2}}
			b.ReportAllocs()
			for b.Loop() {
				numberLevel(p, c.kind, c.x, c.y)
			}
		})
	}
}

// BenchmarkCoarseBlock is the scoring rate by itself: every record meets all subjects with its year of birth, about a
// thousand, nearly all of them nobody it knows.
func BenchmarkCoarseBlock(b *testing.B) {
	b.Run("stop", func(b *testing.B) { benchCoarse(b, Options{}) })
	b.Run("full", func(b *testing.B) { benchCoarse(b, Options{KeepAll: true}) })
}

var coarse = sync.OnceValue(func() *Caseload {
	spec := BuiltInSpec()
	spec.Blocking = [][]string{{"born.year"}}
	town := newTown(2027)
	town.givens, town.families, town.streets = town.invent(2500, 2), town.invent(40000, 3), town.invent(20000, 3)
	bld := NewBuilder(spec)
	for _, s := range town.caseload(50000) {
		bld.Subject()
		for _, r := range s {
			addRow(bld, spec, r)
		}
	}
	c, _ := bld.Freeze()
	return c
})

func benchCoarse(b *testing.B, opt Options) {
	n, c := night(), coarse()
	m := NewMatcher(c, NewScorer(c, BuiltInModel(c.Spec()), .05))
	b.ReportAllocs()
	b.ResetTimer()
	pairs := 0
	for i := 0; i < b.N; i++ {
		m.Match(n.strangers[i%len(n.strangers)], opt)
		pairs += m.Pairs()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(pairs), "ns/pair")
}

// BenchmarkFreeze builds 50,000 subjects from standard values: builder, dictionaries, frequencies, index and filters.
func BenchmarkFreeze(b *testing.B) {
	spec, town := BuiltInSpec(), newTown(2026)
	town.givens, town.families, town.streets = town.invent(2500, 2), town.invent(40000, 3), town.invent(20000, 3)
	subjects := town.caseload(50000)
	rows := make([][][]Value, len(subjects))
	for i, s := range subjects {
		for _, r := range s {
			rows[i] = append(rows[i], standard(spec, r))
		}
	}
	groups := spec.Groups()
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		bld := NewBuilder(spec)
		for i := range rows {
			bld.Subject()
			for _, values := range rows[i] {
				for _, g := range groups {
					bld.Set(g.Name)
					for _, f := range g.Fields {
						bld.Add(f, values[f])
					}
				}
			}
		}
		c, err := bld.Freeze()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(c.Stats().Bytes)/1e6, "MB")
	}
}
