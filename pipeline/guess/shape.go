package guess

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"locatematch/sources"
)

const (
	linesSeen = 5_000 // lines of the head whose shape is looked at
	agreeing  = 0.8   // share of lines that must have one number of columns
	surely    = 0.98
)

// delimiters are those that suppliers use, the commonest first.
var delimiters = []byte{',', '|', '\t', ';', '~', '^'}

// delimiterNames are what people call them.
var delimiterNames = map[byte]string{',': "comma", '|': "pipe", '\t': "tab", ';': "semicolon", '~': "tilde", '^': "caret"}

// lines cuts the head into its whole lines, without their ends. Where that is not all of the file, its last line follows: a trailer
// may stand there.
func lines(s *sources.Sample) (list [][]byte, all bool) {
	rest := s.Head
	for len(rest) > 0 && len(list) < linesSeen {
		line, behind, ended := bytes.Cut(rest, []byte("\n"))
		if !ended && !s.Whole {
			break
		}
		rest = behind
		list = append(list, bytes.TrimRight(line, "\r"))
	}
	if all = s.Whole && len(rest) == 0; !all {
		tail := bytes.TrimRight(s.Tail, "\r\n\x1A")
		if i := bytes.LastIndexByte(tail, '\n'); i >= 0 && len(list) > 0 {
			list = append(list, bytes.TrimRight(tail[i+1:], "\r"))
		}
	}
	for len(list) > 0 && len(bytes.TrimSpace(list[len(list)-1])) == 0 {
		list = list[:len(list)-1] // empty lines at the end of a file are nothing
	}
	return list, all
}

// splitting is a delimiter tried on lines.
type splitting struct {
	delimiter byte
	quotes    bool
	columns   int     // that most lines have
	share     float64 // of lines that have them
}

// bestSplitting finds the delimiter under which most lines have one number of columns, at least two; of those that agree alike, the
// one with the most columns.
func bestSplitting(list [][]byte) (best splitting) {
	for _, d := range delimiters {
		s := trySplitting(list, d)
		if s.columns < 2 || s.share < agreeing {
			continue
		}
		better := s.share > best.share+0.02 || s.share > best.share-0.02 && s.columns > best.columns
		if best.columns == 0 || better {
			best = s
		}
	}
	return best
}

func trySplitting(list [][]byte, d byte) splitting {
	s := splitting{delimiter: d, quotes: quoting(list, d)}
	counts := map[int]int{}
	for _, line := range list {
		counts[len(cells(line, d, s.quotes))]++
	}
	most := 0
	for columns, n := range counts {
		if n > most || n == most && columns > s.columns {
			s.columns, most = columns, n
		}
	}
	if len(list) > 0 {
		s.share = float64(most) / float64(len(list))
	}
	return s
}

// quoting tells whether quotes enclose values, rather than stand for inches: where a value begins with one, it ends with one.
func quoting(list [][]byte, d byte) bool {
	opened, closed := 0, 0
	for _, line := range list {
		for _, v := range bytes.Split(line, []byte{d}) {
			v = bytes.Trim(v, " ")
			if len(v) > 0 && v[0] == '"' {
				opened++
			}
			if len(v) > 0 && v[len(v)-1] == '"' && (len(v) > 1 || opened > closed) {
				closed++
			}
		}
	}
	return opened == 0 || closed*10 >= opened*9
}

// cells splits one line.
func cells(line []byte, d byte, quotes bool) (list [][]byte) {
	for {
		var v []byte
		if quotes && len(line) > 0 && line[0] == '"' {
			v, line = quotedCell(line, d)
		} else if i := bytes.IndexByte(line, d); i >= 0 {
			v, line = line[:i], line[i:]
		} else {
			v, line = line, nil
		}
		list = append(list, bytes.TrimSpace(v))
		if len(line) == 0 {
			return list
		}
		line = line[1:]
		if len(line) == 0 {
			return append(list, nil)
		}
	}
}

// quotedCell takes a quoted value off a line that begins with one; what is left begins with the delimiter, or is empty.
func quotedCell(line []byte, d byte) (value, rest []byte) {
	for i := 1; i < len(line); i++ {
		if line[i] != '"' {
			value = append(value, line[i])
			continue
		}
		if i+1 < len(line) && line[i+1] == '"' {
			value = append(value, '"')
			i++
			continue
		}
		at := bytes.IndexByte(line[i:], d)
		if at < 0 {
			return value, nil
		}
		return value, line[i+at:]
	}
	return value, nil
}

// lengths are the commonest length of lines, the share that has it, the least and the greatest.
func lengths(list [][]byte) (common int, share float64, least, greatest int) {
	counts := map[int]int{}
	for i, line := range list {
		counts[len(line)]++
		if i == 0 || len(line) < least {
			least = len(line)
		}
		greatest = max(greatest, len(line))
	}
	most := 0
	for length, n := range counts {
		if n > most || n == most && length > common {
			common, most = length, n
		}
	}
	if len(list) > 0 {
		share = float64(most) / float64(len(list))
	}
	return common, share, least, greatest
}

// encoding says which encoding a file has, and why.
func encoding(s *sources.Sample) (name, why string) {
	switch {
	case s.ASCII:
		return sources.UTF8, "only ASCII was seen, which UTF-8 holds"
	case s.UTF8:
		return sources.UTF8, "sure: bytes beyond ASCII are UTF-8 from end to end"
	case mostlyUTF8(s.Head):
		return sources.UTF8, "likely: nearly all lines with bytes beyond ASCII are UTF-8; the others are rejected"
	case s.Windows:
		return sources.Windows, "likely: bytes beyond ASCII that are no UTF-8"
	}
	return sources.Windows, "perhaps: bytes beyond ASCII that are no UTF-8, and some that windows-1252 leaves undefined; rows with those will be rejected"
}

// mostlyUTF8 tells whether of the lines with bytes beyond ASCII nineteen in twenty are UTF-8, which text of one byte a letter hardly ever is.
func mostlyUTF8(head []byte) bool {
	good, bad := 0, 0
	for line := range bytes.SplitSeq(head, []byte{'\n'}) {
		switch {
		case !bytes.ContainsFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }):
		case utf8.Valid(line):
			good++
		default:
			bad++
		}
	}
	return good >= 20 && good >= 19*bad
}

// refuse says why no layout can be guessed for what is not text.
func refuse(s *sources.Sample) error {
	switch {
	case s.Bytes == 0:
		return fmt.Errorf("%s: %w: nothing to guess from", s.Path, sources.ErrEmpty)
	case s.Foreign != "":
		return fmt.Errorf("%s: this is %s: unpack it, or give the file inside it its right ending", s.Path, s.Foreign)
	case s.NULs*50 > s.Bytes:
		return fmt.Errorf("%s: many NUL bytes: this is binary or UTF-16, and a layout describes text", s.Path)
	}
	return nil
}
