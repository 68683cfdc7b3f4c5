package sources

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// tally keeps the books of a file's sections while it is cut: which section
// the next data record belongs to, how many each has, and what its trailer
// says of that. A fault stays with its section and does not spoil the others.
type tally struct {
	layout   *Layout
	sections []Section
	current  int         // index of the section that data records go to now
	isOpen   bool        // current is a section of the file
	outside  bool        // current gathers records that stand outside every section
	headed   bool        // the header record has been seen
	opened   bool        // a section record has been seen
	records  int64       // records of any type in the open section
	context  *rowContext // of the open section
	carried  rowContext  // from the header
	batch    string      // from the header: whose file, and which
}

func newTally(l *Layout) *tally {
	t := &tally{layout: l, current: -1}
	if l.Records.Section == nil {
		t.open("", 1)
	}
	return t
}

// open begins a section.
func (t *tally) open(name string, line int64) {
	t.current = len(t.sections)
	t.isOpen, t.outside, t.records = true, false, 0
	t.sections = append(t.sections, Section{Index: t.current, Name: name, Line: line, Want: -1})
}

// data makes sure that there is a section for the data record on this line.
func (t *tally) data(line int64) error {
	if err := t.afterHeader(); err != nil {
		return err
	}
	t.stray(line)
	return nil
}

// stray opens a section for records outside every section, unless one of
// either kind is open.
func (t *tally) stray(line int64) {
	if t.isOpen || t.outside {
		return
	}
	t.open("", line)
	t.isOpen, t.outside, t.context = false, true, nil
}

// rows counts data records into the current section.
func (t *tally) rows(n int64) {
	t.records += n
	t.sections[t.current].Rows += n
}

// fault adds to the current section's verdict.
func (t *tally) fault(format string, args ...any) {
	s := &t.sections[t.current]
	if s.Fault != "" {
		s.Fault += "; "
	}
	s.Fault += fmt.Sprintf(format, args...)
}

// title is how messages call the current section: "section 3 (FIRST BANK)",
// counted from 1, or "the file" where there are no sections.
func (t *tally) title() string {
	s := t.sections[t.current]
	switch {
	case t.layout.Records.Section == nil:
		return "the file"
	case s.Name == "":
		return fmt.Sprintf("section %d", s.Index+1)
	}
	return fmt.Sprintf("section %d (%s)", s.Index+1, s.Name)
}

// control takes a record that is not data.
func (t *tally) control(word string, line int64, record []byte) error {
	values, err := t.layout.controlValues(word, record)
	if word == "header" {
		return t.header(line, values, err)
	}
	if missing := t.afterHeader(); missing != nil {
		return missing
	}
	if word == "section" {
		t.section(line, values, err)
	} else {
		t.trailer(line, values, err)
	}
	return nil
}

// afterHeader is an error when the layout has a header and the file does not
// begin with it.
func (t *tally) afterHeader() error {
	if h := t.layout.Records.Header; h != nil && !t.headed {
		return fmt.Errorf("the first record is not a header record (%s)", h.Mark.Text)
	}
	return nil
}

// header takes the header record; a fault in it is one of the whole file.
func (t *tally) header(line int64, values [][]byte, err error) error {
	if t.headed {
		t.stray(line)
		t.fault("a second header record at line %d", line)
		return nil
	}
	if err != nil {
		return fmt.Errorf("header record: %w", err)
	}
	t.headed = true
	t.batch = batchOf(t.layout.Records.Header.Fields, values)
	for i, f := range t.layout.Records.Header.Fields {
		if f.Carry {
			t.carried.add(values[i])
		}
	}
	if t.isOpen && len(t.carried.spans) > 0 {
		t.context = &t.carried
	}
	return nil
}

// batchOf names a file by its header's fields transmitter and batch. Batches are numbered by their sender, one after the other: two
// files of one number are one file sent twice, or a mistake.
func batchOf(fields []Field, values [][]byte) string {
	sender, number := sha256.New(), ""
	for i, f := range fields {
		switch f.Name {
		case "transmitter_state", "transmitter", "file_type", "defense_code":
			fmt.Fprintf(sender, "%s\x00%s\x00", f.Name, values[i])
		case "batch":
			number = string(values[i])
		}
	}
	if strings.Trim(number, "0") == "" { // not numbered
		return ""
	}
	return hex.EncodeToString(sender.Sum(nil)[:4]) + "/" + number
}

// section takes a section record: it closes what is open and opens the next.
func (t *tally) section(line int64, values [][]byte, err error) {
	if t.isOpen && t.layout.Records.Trailer != nil {
		t.fault("line %d begins the next section: no trailer record", line)
	}
	t.close()
	r := t.layout.Records.Section
	name, c := "", new(rowContext)
	for i, f := range r.Fields {
		var v []byte
		if i < len(values) {
			v = values[i]
		}
		if f.Name == r.Title {
			name = maskNumbers(v)
		}
		c.add(v)
	}
	for i := range t.carried.spans {
		c.add(t.carried.value(i))
	}
	t.open(name, line)
	t.context, t.records, t.opened = c, 1, true
	if err != nil {
		t.fault("section record at line %d: %v", line, err)
	}
}

// trailer takes a trailer record: it compares counts and closes the section.
func (t *tally) trailer(line int64, values [][]byte, err error) {
	if !t.isOpen {
		t.stray(line)
		t.fault("a trailer record at line %d closes no section", line)
		t.close()
		return
	}
	t.records++
	if err != nil {
		t.fault("trailer record at line %d: %v", line, err)
	} else {
		t.count(line, values)
	}
	t.close()
}

// count compares what the trailer says with what was cut.
func (t *tally) count(line int64, values [][]byte) {
	s := &t.sections[t.current]
	for i, f := range t.layout.Records.Trailer.Fields {
		if f.Counts == "" {
			continue
		}
		want, ok := number(values[i])
		if !ok {
			t.fault("trailer at line %d: its count is not a number", line)
			continue
		}
		have, noun := s.Rows, "rows"
		if f.Counts == "records" {
			have, noun = t.records, "records"
		} else {
			s.Want = want
		}
		switch {
		case want == have:
		case want >= wild && want/1000 > have: // no count, and who knows whose number
			t.fault("trailer says far more %s than the %d that the %s has", noun, have, t.scope())
		default:
			t.fault("trailer says %d %s, %s has %d", want, noun, t.scope(), have)
		}
	}
}

// wild is a count so large that it must come near what was read to be one.
const wild = 100_000_000

// maskNumbers is a section's name with runs of five digits and more struck
// out: where bytes were lost, the name of an institution may be a person's
// record (I11).
func maskNumbers(v []byte) string {
	name := []byte(string(v))
	for i := 0; i < len(name); i++ {
		from := i
		for i < len(name) && name[i] >= '0' && name[i] <= '9' {
			i++
		}
		if i-from >= 5 {
			copy(name[from:i], bytes.Repeat([]byte{'#'}, i-from))
		}
	}
	return string(name)
}

func (t *tally) scope() string {
	if t.layout.Records.Section == nil {
		return "file"
	}
	return "section"
}

// close ends what is open. A stretch outside sections gets its verdict here,
// when its length is known.
func (t *tally) close() {
	if t.outside {
		if s := t.sections[t.current]; s.Rows > 0 {
			t.fault("records outside any section: %d, from line %d", s.Rows, s.Line)
		}
	}
	t.isOpen, t.outside, t.context = false, false, nil
}

// errNoSection is the fault of a file in which nothing opens a section.
var errNoSection = errors.New("no section record in the file: is this the right layout?")

// end closes the file.
func (t *tally) end() error {
	if err := t.afterHeader(); err != nil {
		return err
	}
	if t.isOpen && t.layout.Records.Trailer != nil {
		if t.layout.Records.Section == nil {
			t.fault("the file ends without a trailer record")
		} else {
			t.fault("the file ends inside %s: no trailer record", t.title())
		}
	}
	t.close()
	if t.layout.Records.Section != nil && !t.opened {
		return errNoSection
	}
	return nil
}
