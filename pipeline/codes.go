package pipeline

import (
	"strings"

	"locatematch/pipeline/report"
	"locatematch/sources"
	"locatematch/sources/codes"
	"locatematch/sources/person"
)

// codedColumn is a column of the supplier's own codes.
type codedColumn struct {
	column int
	field  string
}

// codedColumns finds a layout's columns that hold codes with a list.
func codedColumns(l *sources.Layout) (coded []codedColumn) {
	for i, c := range l.Columns() {
		if c.Role == sources.Own && codes.Of(c.Name) != nil {
			coded = append(coded, codedColumn{column: i, field: c.Name})
		}
	}
	return coded
}

// countCodes counts the codes of a linked record that no list knows. They are counted in linked records alone: of a file of
// strangers nothing is looked at that no lead rests on.
func (e *extractPlan) countCodes(batch *person.Batch, row int, t *tally) {
	for _, c := range e.coded {
		value := batch.Value(row, c.column)
		if len(value) == 0 {
			continue
		}
		for _, m := range codes.Read(c.field, string(value)) {
			if !m.Known {
				t.unknownCode(c.field, m.Code)
			}
		}
	}
}

// longestCode is the longest value that is shown as a code: in a file whose columns are shifted, more could be a part of
// somebody's number (I11).
const longestCode = 3

func (t *tally) unknownCode(field, code string) {
	if len(code) > longestCode || strings.ContainsFunc(code, notWordRune) {
		code = "(no code)"
	}
	if t.codes == nil {
		t.codes = map[string]int64{}
	}
	t.codes[field+"="+code]++
}

func (t *tally) codeCounts() (counts []report.Count) { return sortedCounts(t.codes) }
