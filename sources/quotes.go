package sources

import "bytes"

// csvRecord finds the end of the delimited record at the start of data, one
// past its line end. It is the one judge of quotes: the cutter cuts by it and
// the splitter splits by it.
//
// A quote opens a quoted value only where a value begins; elsewhere it is an
// ordinary character. A quoted value goes on over line ends to the next quote
// that is not doubled, behind which the value must end. When it does not, or
// when no closing quote comes within maxRecord bytes or before the file ends,
// the record is malformed (sound is false): it then ends at its first line
// end, so that a stray quote costs one line and not the rest of the file.
//
// ok is false when data ends too early to tell; never when final.
func csvRecord(data []byte, delimiter byte, final bool) (end int, sound, ok bool) {
	line := lineEnd(data)
	for i, q := 0, 0; ; {
		// Only the next quote matters, and what stands before it.
		n := bytes.IndexByte(data[q:line], '"')
		if n < 0 {
			if (line == 0 || data[line-1] != '\n') && !final {
				return 0, false, false
			}
			return line, true, true
		}
		q += n
		if q > i && data[q-1] != delimiter {
			q++ // inside a value: an ordinary character
			continue
		}
		next, state := closeQuote(data, q, delimiter, final)
		switch state {
		case malformed:
			return firstLine(data, final)
		case unknown:
			return 0, false, false
		case recordEnds:
			return next, true, true
		}
		i, q = next, next
		if line < next {
			line = next + lineEnd(data[next:])
		}
	}
}

// quoteState is what stands behind a quoted value.
type quoteState uint8

const (
	valueEnds  quoteState = iota // the delimiter
	recordEnds                   // a line end, or the end of the file
	malformed                    // anything else, or the value is not closed
	unknown                      // more bytes are needed to tell
)

// closeQuote follows the quoted value that opens at data[i] and returns where
// the next value or record begins.
func closeQuote(data []byte, i int, delimiter byte, final bool) (int, quoteState) {
	limit := min(len(data), maxRecord)
	for i++; ; {
		if i >= limit {
			return 0, unclosed(data, final)
		}
		q := bytes.IndexByte(data[i:limit], '"')
		if q < 0 {
			return 0, unclosed(data, final)
		}
		i += q + 1
		switch {
		case i == len(data) && final:
			return i, recordEnds
		case i == len(data):
			return 0, unknown
		case data[i] == '"':
			i++
			continue
		case data[i] == delimiter:
			return i + 1, valueEnds
		case data[i] == '\n':
			return i + 1, recordEnds
		case data[i] != '\r':
			return 0, malformed
		case i+1 == len(data) && final:
			return i + 1, recordEnds
		case i+1 == len(data):
			return 0, unknown
		case data[i+1] == '\n':
			return i + 2, recordEnds
		}
		return 0, malformed
	}
}

// unclosed tells a value that is not closed from one that may yet be.
func unclosed(data []byte, final bool) quoteState {
	if final || len(data) >= maxRecord {
		return malformed
	}
	return unknown
}

// firstLine ends a malformed record at its first line end.
func firstLine(data []byte, final bool) (end int, sound, ok bool) {
	i := bytes.IndexByte(data, '\n')
	switch {
	case i >= 0:
		return i + 1, false, true
	case final:
		return len(data), false, true
	}
	return 0, false, false
}
