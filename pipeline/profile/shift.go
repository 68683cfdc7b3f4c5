package profile

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"locatematch/matchers/text"
	"locatematch/sources"
)

const (
	shiftRows = 2_000 // raw rows looked at
	farthest  = 3     // bytes that a place may be off by
)

// shiftsOf reads a fixed file's first rows as they stand and asks whether fields begin a few bytes earlier or later than the layout
// says, and which bytes no field reads.
func shiftsOf(ctx context.Context, path string, l *sources.Layout) ([]Hint, error) {
	if l.Format != sources.Fixed {
		return nil, nil
	}
	s, err := sources.TakeSample(ctx, path, sources.SampleOptions{HeadOnly: true})
	if err != nil {
		return nil, err
	}
	return shifts(l, rawRows(sources.ASCIIOf(l.Encoding, s.Head), l)), nil
}

// rawRows cuts the first data records out of text.
func rawRows(head []byte, l *sources.Layout) (rows [][]byte) {
	mark := l.Records.Data.Mark
	for len(head) > 0 && len(rows) < shiftRows {
		var row []byte
		if l.LineEnds == "none" {
			n := min(l.Length, len(head))
			row, head = head[:n], head[n:]
		} else {
			row, head, _ = bytes.Cut(head, []byte("\n"))
			row = bytes.TrimRight(row, "\r")
		}
		if mark != nil && (mark.At < 1 || len(row) < mark.At || !bytes.HasPrefix(row[mark.At-1:], []byte(mark.Text))) {
			continue
		}
		if len(row) > 0 && len(row) <= l.Length {
			rows = append(rows, row)
		}
	}
	return rows
}

// slice is the value at a place of a raw row, blanks trimmed.
func slice(row []byte, at, width int) []byte {
	from, to := min(at-1, len(row)), min(at-1+width, len(row))
	return bytes.Trim(row[from:to], " ")
}

func shifts(l *sources.Layout, rows [][]byte) (list []Hint) {
	for i, f := range l.Records.Data.Fields {
		k := KindOf(l.Columns()[i])
		if sharp(k) {
			if h, found := shiftOf(f, NewJudge(k, f.Form), rows, l.Length); found {
				list = append(list, h)
			}
			continue
		}
		if h, found := tailOf(f, k, rows); found {
			list = append(list, h)
		}
	}
	return append(list, unread(l, rows)...)
}

// shiftOf tries a field a few bytes to the left and to the right, then wider and narrower; the first place at which it is valid is said.
func shiftOf(f sources.Field, j *Judge, rows [][]byte, length int) (Hint, bool) {
	filled, valid := strictly(f.At, f.Width, j, rows)
	if filled < leastRows || float64(valid) >= mostlyBad*float64(filled) {
		return Hint{}, false
	}
	for by := 1; by <= farthest; by++ {
		for _, try := range []struct {
			at, width int
			words     string
		}{
			{f.At + by, f.Width, "shifted by " + bytesOf(by)}, {f.At - by, f.Width, "shifted by " + bytesOf(by)},
			{f.At, f.Width + by, bytesOf(by) + " too short"}, {f.At - by, f.Width + by, bytesOf(by) + " too short"},
			{f.At, f.Width - by, bytesOf(by) + " too long"}, {f.At + by, f.Width - by, bytesOf(by) + " too long"},
		} {
			if try.at < 1 || try.width < 1 || try.at+try.width-1 > length {
				continue
			}
			n, good := strictly(try.at, try.width, j, rows)
			if n*2 >= filled && float64(good) >= mostly*float64(n) {
				return Hint{f.Name, fmt.Sprintf("looks %s: at %s %s of its values are valid, at %s %s of them would be", try.words,
					place(f.At, f.At+f.Width-1), percent(int64(valid), int64(filled)), place(try.at, try.at+try.width-1), percent(int64(good), int64(n)))}, true
			}
		}
	}
	return Hint{}, false
}

// strictly counts the rows in which a place is filled, and in which it holds a value in full: five or nine digits of a ZIP, where a run
// also takes four.
func strictly(at, width int, j *Judge, rows [][]byte) (filled, valid int) {
	for _, row := range rows {
		raw := slice(row, at, width)
		if len(raw) == 0 {
			continue
		}
		filled++
		v, num := j.Value(raw)
		switch {
		case v == text.Invalid:
		case j.Kind == word(text.Zip) && len(raw) != 5 && len(raw) < 9:
		case j.Kind == word(text.Date) && v == text.Valid && (num < 1890_00_00 || num > 2100_00_00):
		default:
			valid++
		}
	}
	return filled, valid
}

// tailOf finds names that begin with a digit: the end of a number that stands before them.
func tailOf(f sources.Field, k Kind, rows [][]byte) (Hint, bool) {
	switch k {
	case word(text.Given), word(text.Middle), word(text.Family), FullName:
	default:
		return Hint{}, false
	}
	filled, digits := 0, 0
	for _, row := range rows {
		if raw := slice(row, f.At, f.Width); len(raw) > 0 {
			filled++
			if raw[0] >= '0' && raw[0] <= '9' {
				digits++
			}
		}
	}
	if filled < leastRows || digits*2 < filled {
		return Hint{}, false
	}
	return Hint{f.Name, fmt.Sprintf("%s of its values begin with a digit, the tail of what stands before: it seems to begin later than at %d",
		percent(int64(digits), int64(filled)), f.At)}, true
}

// unread lists the bytes that hold something in every twentieth row and more, and that no field reads.
func unread(l *sources.Layout, rows [][]byte) (list []Hint) {
	if len(rows) < leastRows {
		return nil
	}
	read := make([]bool, l.Length)
	cover := func(at, width int) {
		for p := max(at-1, 0); p < min(at-1+width, l.Length); p++ {
			read[p] = true
		}
	}
	if m := l.Records.Data.Mark; m != nil {
		cover(m.At, len(m.Text))
	}
	for _, f := range l.Records.Data.Fields {
		cover(f.At, f.Width)
	}
	held := make([]int, l.Length)
	for _, row := range rows {
		for p, c := range row {
			if c != ' ' {
				held[p]++
			}
		}
	}
	for from := 0; from < l.Length; from++ {
		to, greatest := from, 0
		for to < l.Length && !read[to] && held[to]*20 >= len(rows) {
			greatest = max(greatest, held[to])
			to++
		}
		if to > from {
			list = append(list, Hint{place(from+1, to), fmt.Sprintf("up to %s of the rows hold something here, and no field reads it: does a field begin earlier or end later?",
				percent(int64(greatest), int64(len(rows))))})
			from = to
		}
	}
	return list
}

func place(from, to int) string {
	if from == to {
		return "byte " + strconv.Itoa(from)
	}
	return fmt.Sprintf("bytes %d-%d", from, to)
}

func bytesOf(n int) string {
	if n == 1 {
		return "one byte"
	}
	return strconv.Itoa(n) + " bytes"
}
