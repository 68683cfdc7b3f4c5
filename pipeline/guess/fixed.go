package guess

import (
	"bytes"
	"fmt"

	"locatematch/sources"
)

// fixedDraft describes records of fixed width: their length, their marks, and where fields begin.
func fixedDraft(s *sources.Sample, list [][]byte, all bool) *draft {
	d := &draft{format: sources.Fixed}
	if len(list) <= 1 || s.Lines <= 1 {
		if n := period(s); n > 0 {
			list = inRecords(s.Head, n)
			d.noLines, d.length, all = true, n, true
			d.formatWhy = fmt.Sprintf("likely: no line ends, and the text repeats its make every %d bytes", n)
		}
	}
	data := d.fixedMarks(s, list, all)
	if !d.noLines {
		d.lineLengths(data)
	}
	if len(data) == 0 || d.length == 0 {
		return d
	}
	from := len(d.mark)
	for _, b := range breaks(data, from, d.length) {
		d.fields = append(d.fields, field{name: fmt.Sprintf("column_%d", b.from+1), at: b.from + 1, width: b.to - b.from})
	}
	return d
}

// lineLengths says how long records are, and whether trailing blanks were stripped.
func (d *draft) lineLengths(data [][]byte) {
	common, share, least, greatest := lengths(data)
	if share >= 0.9 {
		d.length = common
		d.formatWhy = fmt.Sprintf("%.0f %% of the records have %d bytes", 100*share, common)
		if share < 1 {
			d.formatWhy += "; those of other lengths are rejected"
		}
		return
	}
	d.length, d.least = greatest, max(least, 1)
	d.formatWhy = fmt.Sprintf("records have %d to %d bytes: trailing blanks were stripped, or the greatest length has not been seen", least, greatest)
}

// inRecords cuts text into records of n bytes.
func inRecords(head []byte, n int) (list [][]byte) {
	for len(head) >= n && len(list) < linesSeen {
		list, head = append(list, head[:n]), head[n:]
	}
	return list
}

// The length of records without line ends is looked for between these.
const leastPeriod, mostPeriod = 20, 4096

// period finds the length of records that have no line ends: the least divisor of the file's size at which most bytes are of the same
// class as the byte one record later. 0 is none.
func period(s *sources.Sample) int {
	head := s.Head[:min(len(s.Head), 256<<10)]
	size := s.Bytes
	if s.Whole {
		head = bytes.TrimRight(head, "\r\n\x1A")
		size = int64(len(head))
	}
	best, most := 0, 0.0
	for n := leastPeriod; n <= mostPeriod && n*2 <= len(head); n++ {
		if size%int64(n) != 0 {
			continue
		}
		same, all := 0, 0
		for i := 0; i+n < len(head); i += 1 + len(head)>>14 {
			all++
			if classOf(head[i]) == classOf(head[i+n]) {
				same++
			}
		}
		if share := float64(same) / float64(all); share > most+0.01 {
			best, most = n, share
		}
	}
	if most < 0.7 {
		return 0
	}
	return best
}

// fixedMarks looks for record marks in the first bytes and gives the data records.
func (d *draft) fixedMarks(s *sources.Sample, list [][]byte, all bool) (data [][]byte) {
	marks, found := marksOf(len(list), func(i int) string { return string(list[i][:min(1, len(list[i]))]) })
	if !found {
		return list
	}
	types, found := tell(marks)
	if !found || types.data < "A" && !clear(marks, types.data) {
		return d.strangers(list)
	}
	if h := types.header; h != "" && types.trailer != "" && types.section == "" && s.Firsts[h[0]] > 1 && !d.noLines {
		types.section, types.header = h, "" // more of them follow than have been looked at
	}
	for i, line := range list {
		if marks[i] == types.data {
			data = append(data, line)
		}
	}
	d.mark = types.data + string(constant(data, 1))
	d.markWhy = "likely: the first bytes tell record types apart"
	of := func(mark string) [][]byte {
		var some [][]byte
		for i, line := range list {
			if marks[i] == mark {
				some = append(some, line)
			}
		}
		return some
	}
	if types.header != "" {
		d.header = &control{mark: longer(types.header, of(types.header), d.mark), why: "likely: the first record alone begins so"}
	}
	if types.section != "" {
		d.section = &control{mark: longer(types.section, of(types.section), d.mark), why: "likely: it comes before the data records that belong to it"}
	}
	if types.trailer != "" {
		d.trailer = fixedTrailer(types, marks, list, longer(types.trailer, of(types.trailer), d.mark), all)
	}
	return data
}

// clear tells whether a digit may be a mark: nearly all records begin with it, as no list of numbers does.
func clear(marks []string, data string) bool {
	n := 0
	for _, m := range marks {
		if m == data {
			n++
		}
	}
	return n >= 30 && n*10 >= len(marks)*8
}

// strangers says that a first or last line of another make cannot be told from the data.
func (d *draft) strangers(list [][]byte) [][]byte {
	common, share, _, _ := lengths(list)
	if len(list) < 4 || share < 0.9 {
		return list
	}
	data := list
	if len(data[0]) != common {
		data = data[1:]
		d.todo = append(d.todo, "the first line is of another length than the others: a header, which a layout can read only where every record begins with a mark; it is rejected")
	}
	if len(data[len(data)-1]) != common {
		data = data[:len(data)-1]
		d.todo = append(d.todo, "the last line is of another length than the others: a trailer, which a layout can read only where every record begins with a mark; it is rejected")
	}
	return data
}

// constant are the bytes from a place on that are the same in all data records, as far as a mark goes: two letters or three, or a letter
// and a digit (W4). A digit behind two letters begins a number, and so does a zero anywhere.
func constant(data [][]byte, from int) []byte {
	end := from
	for ; end < mostMark && len(data) >= 20; end++ {
		c := data[0][min(end, len(data[0])-1)]
		if !markLike(string(c)) || c == '0' || end == 2 && (classOf(c) != letter || classOf(data[0][1]) != letter) {
			break
		}
		for _, line := range data {
			if len(line) <= end || line[end] != c {
				return data[0][from:end]
			}
		}
	}
	return data[0][from:end]
}

// longer makes a mark as long as that of the data where its records agree so far: H4 beside W4, but T of T000012 beside B.
func longer(mark string, records [][]byte, data string) string {
	for len(mark) < len(data) {
		next := len(mark)
		for _, r := range records {
			if len(r) <= next || r[next] != records[0][next] || !markLike(string(r[next:next+1])) {
				return mark
			}
		}
		mark += string(records[0][next : next+1])
	}
	return mark
}

// fixedTrailer looks for the digits of a trailer that count.
func fixedTrailer(types recordTypes, marks []string, list [][]byte, mark string, all bool) *control {
	t := &control{mark: mark, why: "likely: it comes behind the data records that it closes"}
	at, b := firstBooks(types, marks, all)
	if at < 0 {
		return t
	}
	t.fields = countingDigits(list[at], len(mark), b)
	return t
}

// countingDigits finds the digits of a fixed trailer that count, behind its mark.
func countingDigits(line []byte, mark int, b books) []controlField {
	for from := mark; from < len(line); from++ {
		to := from
		for to < len(line) && line[to] >= '0' && line[to] <= '9' {
			to++
		}
		for end := to; end > from; end-- {
			if what := b.says(line[from:end]); what != "" && (end == to || end-from >= 6) {
				return []controlField{{name: "count", at: from + 1, width: end - from, zeros: line[from] == '0', counts: what}}
			}
		}
	}
	return nil
}
