package sources

import "bytes"

// boundary finds where records end. Its three ways are a constant stride, line
// ends, and line ends outside quotes.
type boundary struct {
	stride    int // bytes in a record; 0 where there are line ends
	lines     bool
	quotes    bool
	delimiter byte
	marks     string // what may follow the last record where there are no line ends
}

func newBoundary(l *Layout) boundary {
	switch {
	case l.Format == Fixed && l.LineEnds == "none":
		return boundary{stride: l.Length, marks: l.endMarks()}
	case l.Format == Fixed:
		return boundary{lines: true}
	}
	return boundary{lines: true, quotes: l.Quote != "none", delimiter: l.Delimiter[0]}
}

// whole is the length of the whole records at the start of data, their number
// and the lines in them; where there are no lines, a record counts as one.
// final: the file ends with data, and its last record may lack a line end.
func (b boundary) whole(data []byte, final bool) (end int, records, lines int64) {
	switch {
	case !b.lines:
		return b.strides(data, final)
	case b.quotes:
		return b.quoted(data, final)
	}
	end, records = wholeLines(data, final)
	return end, records, records
}

// next is the end of the record at the start of data, which holds whole
// records only, and the lines in it.
func (b boundary) next(data []byte) (end int, lines int64) {
	if !b.lines {
		return min(b.stride, len(data)), 1
	}
	end = lineEnd(data)
	if !b.quotes || bytes.IndexByte(data[:end], '"') < 0 {
		return end, 1
	}
	end, _, _ = csvRecord(data, b.delimiter, true)
	return end, countLines(data[:end])
}

// endMarks may follow the last record where there are no line ends: editors
// and transfers leave a line end or the end mark of DOS, in EBCDIC their own
// forms of them too.
func (l *Layout) endMarks() string {
	if l.ebcdic() {
		return "\r\n\x1A\x15\x25\x3F"
	}
	return "\r\n\x1A"
}

func (b boundary) strides(data []byte, final bool) (end int, records, lines int64) {
	n := len(data) / b.stride
	end = n * b.stride
	if final && len(bytes.Trim(data[end:], b.marks)) > 0 {
		end, n = len(data), n+1
	}
	return end, int64(n), int64(n)
}

// wholeLines is the fast way: the last line end from the end of data.
func wholeLines(data []byte, final bool) (end int, records int64) {
	end = bytes.LastIndexByte(data, '\n') + 1
	if final {
		end = len(data)
	}
	return end, countLines(data[:end])
}

// countLines counts the lines of data; a last line may lack its line end.
func countLines(data []byte) int64 {
	n := int64(bytes.Count(data, newline))
	if len(data) > 0 && data[len(data)-1] != '\n' {
		n++
	}
	return n
}

var newline = []byte{'\n'}

// lineEnd is the length of the first line of data with its line end.
func lineEnd(data []byte) int {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1
	}
	return len(data)
}

// quoted goes the fast way up to the next line with a quote, and through that
// line's record value by value.
func (b boundary) quoted(data []byte, final bool) (end int, records, lines int64) {
	for end < len(data) {
		rest := data[end:]
		q := bytes.IndexByte(rest, '"')
		if q < 0 {
			e, n := wholeLines(rest, final)
			return end + e, records + n, lines + n
		}
		start := bytes.LastIndexByte(rest[:q], '\n') + 1
		n := int64(bytes.Count(rest[:start], newline))
		end, records, lines = end+start, records+n, lines+n
		e, _, ok := csvRecord(data[end:], b.delimiter, final)
		if !ok {
			break
		}
		lines += countLines(data[end : end+e])
		end, records = end+e, records+1
	}
	return end, records, lines
}

// trimBlankLines takes empty lines off the end of whole records: the length
// without them, and how many they are.
func trimBlankLines(data []byte) (end int, blanks int64) {
	end = len(data)
	for end > 0 {
		start := end
		if data[start-1] == '\n' {
			start--
		}
		if start > 0 && data[start-1] == '\r' {
			start--
		}
		if start == end || start > 0 && data[start-1] != '\n' {
			break
		}
		end = start
		blanks++
	}
	return end, blanks
}
