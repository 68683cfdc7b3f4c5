package sources

import (
	"bytes"
	"fmt"
	"strings"
)

// header is where a layout's columns stand in one delimited file.
type header struct {
	target []int32 // by column of the file: the layout's column, -1 for one that is not read
}

// begin looks at the start of the file: it passes over a byte order mark,
// refuses what is not text, and reads the line of column names.
func (c *cutter) begin() error {
	if err := c.fillAtLeast(headBytes); err != nil {
		return err
	}
	if what := c.layout.foreign(c.buf[:min(len(c.buf), headBytes)]); what != "" {
		return c.fault("this is %s", what)
	}
	if !c.layout.ebcdic() && bytes.HasPrefix(c.buf, byteOrderMark) {
		c.drop(len(byteOrderMark))
	}
	if len(c.buf) == 0 && c.eof && (len(c.layout.types()) > 1 || c.named()) {
		return &FileError{Path: c.in.path, Err: ErrEmpty}
	}
	if c.layout.Format != CSV {
		return nil
	}
	if c.named() {
		return c.readNames()
	}
	c.header = inOrder(c.layout.Records.Data)
	return nil
}

// named tells whether the file's first line names its columns.
func (c *cutter) named() bool { return c.layout.Format == CSV && c.layout.Names != "none" }

// fillAtLeast fills the buffer to at least n bytes, the file permitting.
func (c *cutter) fillAtLeast(n int) error {
	c.size = max(c.size, n)
	return c.fill()
}

// readNames takes the first record off the buffer, however long it is.
func (c *cutter) readNames() error {
	for {
		end, sound, ok := c.firstRecord()
		if ok && !sound {
			return c.fault("the line of column names has a quoted value that is not closed")
		}
		if ok {
			return c.takeNames(end)
		}
		if len(c.buf) > maxLine {
			return c.fault("no line end within %d bytes: is this the right layout?", maxLine)
		}
		c.size = min(2*max(c.size, len(c.buf)), maxLine+1)
		if err := c.fill(); err != nil {
			return err
		}
	}
}

// firstRecord finds the end of the record at the start of the buffer.
func (c *cutter) firstRecord() (end int, sound, ok bool) {
	if c.bound.quotes {
		return csvRecord(c.buf, c.bound.delimiter, c.eof)
	}
	end = lineEnd(c.buf)
	return end, true, c.eof || end > 0 && c.buf[end-1] == '\n'
}

// takeNames compares the names with the layout and takes them off the buffer.
func (c *cutter) takeNames(end int) error {
	values, _ := c.layout.splitValues(bytes.TrimRight(c.buf[:end], "\r\n"))
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = string(v)
	}
	var err error
	if c.header, err = c.layout.placeColumns(names); err != nil {
		return c.fault("%w", err)
	}
	c.line += countLines(c.buf[:end])
	c.drop(end)
	return nil
}

// inOrder is the header of a file that does not name its columns.
func inOrder(r *Record) *header {
	h := new(header)
	if r.Mark != nil {
		h.target = append(h.target, -1)
	}
	for i := range r.Fields {
		h.target = append(h.target, int32(i))
	}
	return h
}

// placeColumns finds the layout's columns among a file's, blanks around a name
// and its case aside. Columns that the layout does not name are not read; one
// that it names must be there once.
func (l *Layout) placeColumns(names []string) (*header, error) {
	h := &header{target: make([]int32, len(names))}
	at := make(map[string]int, len(names))
	for i, name := range names {
		h.target[i] = -1
		at[fold(name)]++
	}
	var missing, double []string
	for i, f := range l.Records.Data.Fields {
		switch at[fold(f.Column)] {
		case 0:
			missing = append(missing, f.Column)
			continue
		case 1:
		default:
			double = append(double, f.Column)
		}
		for j, name := range names {
			if fold(name) == fold(f.Column) {
				h.target[j] = int32(i)
			}
		}
	}
	if len(missing) == len(l.Records.Data.Fields) && l.Format == CSV {
		// Without a line of names the first line is a person: not to be shown.
		return nil, fmt.Errorf("missing columns %s; the first line, of %d columns, names none of them", strings.Join(missing, ", "), len(names))
	}
	return h, columnsError(names, missing, double, l.markMisplaced(names))
}

// markMisplaced is the mark's column when the file's first one is another.
func (l *Layout) markMisplaced(names []string) string {
	m := l.Records.Data.Mark
	if m == nil || fold(names[0]) == fold(m.Column) {
		return ""
	}
	return m.Column
}

// columnsError says what is wrong with a file's columns, all of it.
func columnsError(names, missing, double []string, mark string) error {
	var faults []string
	if len(missing) > 0 {
		faults = append(faults, "missing columns "+strings.Join(missing, ", "))
	}
	if len(double) > 0 {
		faults = append(faults, "columns named twice "+strings.Join(double, ", "))
	}
	if mark != "" {
		faults = append(faults, "the first column is not "+mark)
	}
	if len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("%s; the file has %s", strings.Join(faults, "; "), shown(names))
}

// shown lists a file's column names, cut short: at most sixty, and none from
// the first on that holds four digits. Where the line end behind the names was
// lost, what follows them is a person.
func shown(names []string) string {
	const most = 60
	n := 0
	for n < len(names) && n < most && digits(names[n]) < 4 {
		n++
	}
	list := strings.Join(names[:n], ", ")
	if n < len(names) {
		list += fmt.Sprintf(" and %d more", len(names)-n)
	}
	return list
}

func digits(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}
