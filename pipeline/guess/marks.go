package guess

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// mostMark is the longest mark: what is longer might be somebody's.
const mostMark = 3

// recordTypes are the marks of record types; "" where there is no such record.
type recordTypes struct{ header, section, data, trailer string }

// markLike tells whether a value could be a record mark.
func markLike(s string) bool {
	return s != "" && len(s) <= mostMark && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

// strayRecords is how many records of a file may be of no type: blank lines, records of another make. A layout rejects them, and
// so files have them.
func strayRecords(records int) int { return max(1, records/50) }

// marksOf reads the marks of records, "" of those that have none; false where too many have none.
func marksOf(records int, first func(record int) string) (marks []string, found bool) {
	marks, strays := make([]string, records), 0
	for i := range marks {
		if m := first(i); markLike(m) {
			marks[i] = m
		} else if strays++; strays > strayRecords(records) {
			return nil, false
		}
	}
	return marks, true
}

// tell tells record types apart among marks, of which "" are no types. Where a mark that was seen once spoils their order, and is neither
// the first nor the last, that record is a stray too: its mark becomes "".
func tell(marks []string) (types recordTypes, found bool) {
	if types, found = classify(ordered(marks)); found {
		return types, true
	}
	counts, strays := map[string]int{}, 0
	for _, m := range marks {
		counts[m]++
	}
	without := slices.Clone(marks)
	for i, m := range marks {
		if m == "" || counts[m] == 1 && i > 0 && i < len(marks)-1 {
			without[i] = ""
			strays++
		}
	}
	if strays > strayRecords(len(marks)) {
		return types, false
	}
	if types, found = classify(ordered(without)); found {
		copy(marks, without)
	}
	return types, found
}

// ordered are the marks of records that have one.
func ordered(marks []string) []string {
	return slices.DeleteFunc(slices.Clone(marks), func(m string) bool { return m == "" })
}

// classify tells record types apart by the order of their marks: the commonest is the data's; one that stands only at the top is a
// header's; others open a section or close one (or the file), and must do so every time. What follows no order is no mark.
func classify(marks []string) (types recordTypes, found bool) {
	counts := map[string]int{}
	for _, m := range marks {
		counts[m]++
	}
	if len(counts) < 2 || len(counts) > 4 || len(marks) < 4 {
		return types, false
	}
	for m, n := range counts {
		if n > counts[types.data] || n == counts[types.data] && m < types.data {
			types.data = m
		}
	}
	if counts[types.data]*10 < len(marks)*4 {
		return types, false
	}
	last := len(marks) - 1
	body := marks
	if m := marks[0]; m != types.data && counts[m] == 1 {
		types.header, body = m, marks[1:]
		delete(counts, m)
	}
	delete(counts, types.data)
	for m, n := range counts {
		if n == 1 && m == marks[last] && types.trailer == "" {
			types.trailer = m
			delete(counts, m)
			break
		}
	}
	return types, sections(&types, body, counts)
}

// sections finds the marks that open and close sections among those left over.
func sections(types *recordTypes, body []string, left map[string]int) bool {
	if len(left) == 0 {
		return true
	}
	opens, closes := "", types.trailer
	for m := range left {
		switch {
		case m == body[0] && opens == "":
			opens = m
		case closes == "":
			closes = m
		default:
			return false
		}
	}
	if opens == "" {
		if types.header == "" || len(left) > 1 {
			return false
		}
		// One institution to a file, or a header of the sections' own make.
		opens, types.header = types.header, ""
		body = append([]string{opens}, body...)
	}
	types.section, types.trailer = opens, closes
	return inOrder(body, *types)
}

// inOrder tells whether each section record is followed by data or its trailer, and each trailer by a section or the end.
func inOrder(body []string, t recordTypes) bool {
	for i, m := range body {
		next := ""
		if i+1 < len(body) {
			next = body[i+1]
		}
		switch {
		case m == t.section && next == t.section,
			t.trailer != "" && m == t.trailer && next != t.section && next != "",
			t.trailer != "" && m == t.data && next == t.section:
			return false
		}
	}
	return body[0] == t.section
}

// books are what a trailer may count: the data records of its part, or all records, itself included.
type books struct{ data, records int64 }

// firstBooks finds the first trailer among records looked at and what it should count; -1 without one. Where not all lines have been
// looked at, the last is the file's last, and what lies before it is not known.
func firstBooks(types recordTypes, marks []string, all bool) (at int, b books) {
	for i, m := range marks {
		if m == types.trailer {
			if !all && i == len(marks)-1 {
				return -1, b
			}
			b.records++
			return i, b
		}
		if m == types.data || m == "" { // a stray is read as data, and rejected
			b.data++
		}
		b.records++
	}
	return -1, b
}

// says tells what a number in a trailer counts, "" when it counts neither.
func (b books) says(v []byte) string {
	v = bytes.TrimSpace(v)
	n, err := strconv.ParseInt(string(v), 10, 64)
	switch {
	case err != nil || len(v) > 12 || n == 0:
		return ""
	case n == b.data:
		return "data"
	case n == b.records:
		return "records"
	}
	return ""
}
