package pipeline

import (
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
				t.unknownCode(m)
			}
		}
	}
}

func (t *tally) unknownCode(m codes.Meaning) {
	if t.codes == nil {
		t.codes = map[string]int64{}
	}
	t.codes[m.Field+"="+m.Shown()]++
}

func (t *tally) codeCounts() (counts []report.Count) { return sortedCounts(t.codes) }
