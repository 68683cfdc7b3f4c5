package synth

import (
	"strings"

	"locatematch/sources"
)

// rejects are the rows of a file that its readers must refuse: one for each reason that its layout's form can have.
type rejects struct {
	due       []string // reasons still to plant
	wanted    int      // how many there were
	among     int64    // rows that they are spread over
	uncounted int64    // planted since the last trailer
	planted   []reject
}

// reject is one such row.
type reject struct {
	line   int64
	reason string
}

// rejectsOf lists the reasons in the layout's form, at most so many. A blank line comes first: at the end of a file it is nothing.
// Nothing is planted outside a section: it would be a fault of the file beside one of the row.
func rejectsOf(l *sources.Layout, most int) rejects {
	var reasons []string
	add := func(is bool, reason string) {
		if is && len(reasons) < most {
			reasons = append(reasons, reason)
		}
	}
	lines := l.Format == sources.CSV || l.Format == sources.Fixed && l.LineEnds != "none"
	fixed, coded := l.Format == sources.Fixed, strings.HasPrefix(l.Encoding, "ebcdic")
	add(lines, sources.BlankLine)
	add(lines && fixed, sources.ShortRow)
	add(lines && fixed, sources.LongRow)
	add(l.Format == sources.CSV, sources.Columns)
	add(l.Format == sources.CSV && l.Quote == "double", sources.QuoteFault)
	add(l.Records.Data.Mark != nil, sources.RecordType)
	add(l.Format != sources.Parquet && !coded && l.Encoding != sources.Strays, sources.NUL)
	add(l.Format != sources.Parquet && l.Encoding != sources.Strays, sources.EncodingFault)
	add(numerals(l) > 1, sources.Shifted)
	return rejects{due: reasons, wanted: len(reasons)}
}

// numerals counts the numbers of COBOL in a layout's rows.
func numerals(l *sources.Layout) (n int) {
	for _, f := range l.Records.Data.Fields {
		if f.Number != "" {
			n++
		}
	}
	return n
}

// next is the reject that stands before a row of those that they are spread over, "" for none.
func (r *rejects) next(row int64) string {
	if len(r.due) == 0 || row < r.among*int64(r.wanted-len(r.due)+1)/int64(r.wanted+1) {
		return ""
	}
	reason := r.due[0]
	r.due = r.due[1:]
	return reason
}

// takeUncounted is how many were planted since it was last asked: a trailer counts them as rows.
func (r *rejects) takeUncounted() int64 {
	n := r.uncounted
	r.uncounted = 0
	return n
}

// plant writes a row so that it must be refused for a reason.
func (p *page) plant(values []string, reason string) error {
	raw, err := spoilt(p.layout, values, reason)
	if err != nil {
		return err
	}
	p.line++
	p.rejects.uncounted++
	p.rejects.planted = append(p.rejects.planted, reject{p.line, reason})
	return p.out.Raw(raw)
}
