package synth

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
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

// spoilt is a row in bytes, made wrong.
func spoilt(l *sources.Layout, values []string, reason string) ([]byte, error) {
	if reason == sources.BlankLine {
		return []byte("\n"), nil
	}
	if l.Format == sources.CSV {
		values = append([]string(nil), values...)
		values[len(values)-1] = "" // what is wrong stands in its place
	}
	raw, err := encodedRow(l, values)
	if err != nil {
		return nil, err
	}
	if l.Format == sources.CSV {
		return spoiltDelimited(l, raw, reason), nil
	}
	return spoiltFixed(l, raw, reason), nil
}

// encodedRow is one row in bytes, with its line end.
func encodedRow(l *sources.Layout, values []string) ([]byte, error) {
	var b bytes.Buffer
	enc, err := sources.NewEncoder(&b, l)
	if err != nil {
		return nil, err
	}
	err = errors.Join(enc.Row(values), enc.Close())
	raw := b.Bytes()
	if l.Format == sources.CSV && l.Names != "none" {
		raw = raw[bytes.IndexByte(raw, '\n')+1:]
	}
	return raw, err
}

func spoiltDelimited(l *sources.Layout, raw []byte, reason string) []byte {
	raw = bytes.TrimSuffix(bytes.TrimSuffix(raw, []byte("\n")), []byte(`""`))
	switch reason {
	case sources.Columns:
		raw = append(append(raw, l.Delimiter...), "X"...)
	case sources.QuoteFault:
		raw = append(raw, `"X"X`...)
	case sources.RecordType:
		mark := l.Records.Data.Mark.Text
		raw = append([]byte(strings.Repeat("?", len(mark))), raw[len(mark):]...)
	case sources.NUL:
		raw = append(raw, "X\x00X"...)
	case sources.EncodingFault:
		raw = append(raw, 0x81) // of none of the encodings: no ASCII, the inner byte of no letter in UTF-8, undefined in windows-1252
	}
	return append(raw, '\n')
}

func spoiltFixed(l *sources.Layout, raw []byte, reason string) []byte {
	at := bodyOf(l)
	switch reason {
	case sources.ShortRow:
		short := l.Length / 2
		if l.Short == "pad" {
			short = l.Least - 1
		}
		raw = append(raw[:max(short, 1)], '\n')
	case sources.LongRow:
		raw = append(bytes.TrimSuffix(raw, []byte("\n")), "X\n"...)
	case sources.RecordType:
		m := l.Records.Data.Mark
		copy(raw[m.At-1:], strings.Repeat("?", len(m.Text)))
	case sources.NUL:
		raw[at] = 0
	case sources.EncodingFault:
		if !strings.HasPrefix(l.Encoding, "ebcdic") {
			raw[at] = 0x81
			break
		}
		for i := at; i < len(raw); i++ {
			raw[i] = 0x04 // a control code: no character
		}
	case sources.Shifted:
		letter := byte('Z')
		if strings.HasPrefix(l.Encoding, "ebcdic") {
			letter = 0xE9
		}
		for _, f := range l.Records.Data.Fields { // as when bytes were lost before them: letters stand in every number's place
			if f.Number != "" {
				copy(raw[f.At-1:], bytes.Repeat([]byte{letter}, f.Width))
			}
		}
	}
	return raw
}

// bodyOf is where the first field that is text begins.
func bodyOf(l *sources.Layout) int {
	for _, f := range l.Records.Data.Fields {
		if f.Number == "" {
			return f.At - 1
		}
	}
	return 0
}

// plants tells whether any file of the night has rejects.
func (n *night) plants() bool {
	return len(n.rejected()) > 0
}

// rejectedRow is a planted reject and the file that it stands in, as the manifest names it.
type rejectedRow struct {
	extract string
	reject
}

// rejected lists the planted rejects: caseloads, what the agency knows, extracts.
func (n *night) rejected() (all []rejectedRow) {
	add := func(name string, r *rejects) {
		for _, x := range r.planted {
			all = append(all, rejectedRow{name, x})
		}
	}
	for _, c := range n.caseloads {
		add(c.name, &c.rejects)
	}
	if !n.noAgency {
		for k := range knowledges {
			add("agency."+knowledgeFiles[k].key, &n.agency.pages[k].rejects)
		}
	}
	for _, x := range n.writers {
		add(x.name, &x.rejects)
	}
	return all
}

// writeRejects writes rejects.csv.
func (n *night) writeRejects(out io.Writer) error {
	w := csv.NewWriter(out)
	if err := w.Write([]string{"extract", "line", "reason"}); err != nil {
		return err
	}
	for _, r := range n.rejected() {
		if err := w.Write([]string{r.extract, strconv.FormatInt(r.line, 10), r.reason}); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
