package pipeline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"locatematch/matchers"
	"locatematch/pipeline/report"
	"locatematch/sources"
)

// rejectRow is a row of rejects.parquet: a rejected row, or an invalid value of an accepted one. It names line, field and
// reason and never holds a value.
type rejectRow struct {
	Extract string `parquet:"extract,dict"`
	File    string `parquet:"file,dict"`
	Line    int64  `parquet:"line"`
	Kind    string `parquet:"kind,dict"`   // row or value
	Reason  string `parquet:"reason,dict"` // short_row, encoding, …; of a value invalid, not_a_number or stray_bytes
	Field   string `parquet:"field,dict"`  // of a value
	Detail  string `parquet:"detail"`
}

func compareRejects(a, b rejectRow) int {
	return cmp.Or(cmp.Compare(a.Extract, b.Extract), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Reason, b.Reason))
}

// Every reject is counted; these many are listed, the lowest lines first, so that a file in the wrong layout cannot fill
// memory and the list is the same in whatever order chunks arrive.
const (
	listedRows   = 100_000
	listedValues = 1_000
)

// tally counts what one part of an extract went through. Tallies of parts add up.
type tally struct {
	read, accepted, rejected, passed    int64
	pairs, below, review, acceptedPairs int64
	mostPairs                           int64            // of one row
	outcompeted                         int64            // of below: at review before competition
	shielded, protected                 int64            // links of subjects that yield no lead
	taxed                               int64            // values of return information in linked records
	answers, repeated                   int64            // records under a key of ours that name somebody; that repeat our inquiry
	invalidPairs                        int64            // identity conflicts that the agency knows already
	codes                               map[string]int64 // "account_type=07", of linked records: codes that no list knows
	reasons                             map[string]int64
	rejects                             []rejectRow
	invalid                             []int64       // by checked field: spec fields, dated facts, then columns that the splitter notes
	invalidAt                           [][]rejectRow // lowest lines of each
	names                               []string      // of the checked fields
	extract                             string        // whose rows these are
	noted                               []notedColumn
}

func newTally(extract string, spec *matchers.Spec, b *binding) *tally {
	t := &tally{extract: extract, reasons: map[string]int64{}}
	for _, f := range spec.Fields {
		t.names = append(t.names, f.Name)
	}
	if b != nil {
		for _, d := range b.dates {
			t.names = append(t.names, d.name)
		}
		t.note(b.noted)
	}
	t.invalid, t.invalidAt = make([]int64, len(t.names)), make([][]rejectRow, len(t.names))
	return t
}

// note makes places for what the splitter notes. A number that is none counts as its field's; strays, which were made blanks of,
// are counted by themselves.
func (t *tally) note(columns []notedColumn) {
	t.noted = columns
	for _, c := range columns {
		t.names = append(t.names, c.name, c.strays)
	}
}

// noteInvalid counts what the splitter noted.
func (t *tally) noteInvalid(file string, list []sources.Invalid) {
	for _, v := range list {
		at := slices.IndexFunc(t.noted, func(c notedColumn) bool { return c.column == v.Column })
		field := len(t.names) - 2*len(t.noted) + 2*at
		if v.Reason == sources.StrayBytes {
			field++
		}
		t.invalid[field]++
		t.listValue(field, rejectRow{File: file, Line: v.Line, Reason: v.Reason, Field: t.noted[at].name})
	}
}

func (t *tally) reject(r rejectRow) {
	r.Extract, r.Kind = t.extract, "row"
	t.rejected++
	t.reasons[r.Reason]++
	t.rejects = append(t.rejects, r)
	if len(t.rejects) > 2*listedRows {
		t.rejects = lowest(t.rejects, listedRows)
	}
}

func (t *tally) invalidValue(field int, file string, line int64) {
	t.invalid[field]++
	t.listValue(field, rejectRow{File: file, Line: line, Reason: "invalid", Field: t.names[field]})
}

func (t *tally) listValue(field int, r rejectRow) {
	r.Extract, r.Kind = t.extract, "value"
	t.invalidAt[field] = append(t.invalidAt[field], r)
	if len(t.invalidAt[field]) > 2*listedValues {
		t.invalidAt[field] = lowest(t.invalidAt[field], listedValues)
	}
}

func lowest(rows []rejectRow, n int) []rejectRow {
	slices.SortFunc(rows, compareRejects)
	return rows[:min(n, len(rows))]
}

// add adds another tally of the same fields.
func (t *tally) add(o *tally) {
	t.read += o.read
	t.accepted += o.accepted
	t.rejected += o.rejected
	t.passed += o.passed
	t.pairs += o.pairs
	t.mostPairs = max(t.mostPairs, o.mostPairs)
	t.below += o.below
	t.review += o.review
	t.acceptedPairs += o.acceptedPairs
	t.outcompeted += o.outcompeted
	t.shielded += o.shielded
	t.protected += o.protected
	t.invalidPairs += o.invalidPairs
	t.taxed += o.taxed
	t.answers += o.answers
	t.repeated += o.repeated
	for code, n := range o.codes {
		if t.codes == nil {
			t.codes = map[string]int64{}
		}
		t.codes[code] += n
	}
	for reason, n := range o.reasons {
		t.reasons[reason] += n
	}
	t.rejects = append(t.rejects, o.rejects...)
	if len(t.rejects) > 2*listedRows {
		t.rejects = lowest(t.rejects, listedRows)
	}
	for f := range t.invalid {
		t.invalid[f] += o.invalid[f]
		t.invalidAt[f] = append(t.invalidAt[f], o.invalidAt[f]...)
		if len(t.invalidAt[f]) > 2*listedValues {
			t.invalidAt[f] = lowest(t.invalidAt[f], listedValues)
		}
	}
}

// beyond reports whether more than the given share of the rows was rejected.
func (t *tally) beyond(limit float64) bool {
	return float64(t.rejected) > limit*float64(t.read)
}

// rejectsInWords says how many rows were rejected, why, and where the first of them stands: where nothing is published
// there is no rejects.parquet to look into.
func (t *tally) rejectsInWords() string {
	words := fmt.Sprintf("%d of %d rows rejected (%s", t.rejected, t.read, countsInWords(t.rejectCounts()))
	if len(t.rejects) > 0 {
		first := slices.MinFunc(t.rejects, compareRejects)
		words += fmt.Sprintf("; the first in %s, line %d", first.File, first.Line)
	}
	return words + ")"
}

// rejectRows lists rejected rows and invalid values, sorted.
func (t *tally) rejectRows() []rejectRow {
	rows := lowest(slices.Clone(t.rejects), listedRows)
	for _, at := range t.invalidAt {
		rows = append(rows, lowest(slices.Clone(at), listedValues)...)
	}
	slices.SortFunc(rows, compareRejects)
	return rows
}

func (t *tally) rejectCounts() []report.Count {
	return sortedCounts(t.reasons)
}

func sortedCounts(by map[string]int64) (counts []report.Count) {
	for _, name := range slices.Sorted(maps.Keys(by)) {
		counts = append(counts, report.Count{Name: name, N: by[name]})
	}
	return counts
}

func (t *tally) invalidCounts() []report.Count {
	byName := map[string]int64{}
	for f, n := range t.invalid {
		if n > 0 {
			byName[t.names[f]] += n
		}
	}
	return sortedCounts(byName)
}

// countsInWords prints counts as "short_row 42, encoding 3".
func countsInWords(counts []report.Count) string {
	words := make([]string, len(counts))
	for i, c := range counts {
		words[i] = fmt.Sprintf("%s %d", strings.ReplaceAll(c.Name, "_", " "), c.N)
	}
	return strings.Join(words, ", ")
}
