package profile

import (
	"slices"
	"strings"
	"unicode/utf8"

	"locatematch/matchers/text"
	"locatematch/sources"
)

const (
	patternRows  = 20_000 // rows whose patterns are taken, then every patternStep-th
	patternStep  = 97     // a prime, so that files sorted in blocks are seen from end to end
	mostPatterns = 2_000  // different patterns kept; what comes later is counted as other
	shownMost    = 5      // patterns and codes shown
	leastShown   = 5      // rows that hold a pattern or code that is shown: fewer may be one family
	mostCodes    = 100    // different short values; a field with more holds no codes
)

// column counts the values of one field.
type column struct {
	judge    *Judge
	name     string
	filled   int64
	validity [4]int64
	distinct distinct
	months   span
	shortest int
	longest  int
	sampled  int64
	patterns map[string]int64
	others   int64 // sampled rows whose pattern came too late
	codes    map[string]int64
	noCodes  bool
}

// span are the first and the last date, as yyyymm.
type span struct{ first, last uint64 }

func newColumn(c sources.Column) *column {
	return &column{judge: judgeOf(c), name: c.Key(), patterns: map[string]int64{}, codes: map[string]int64{}}
}

// add counts one value; row is its number, from 0.
func (c *column) add(row int64, raw []byte) {
	v, num := c.judge.Value(raw)
	c.validity[v]++
	if len(raw) == 0 {
		return
	}
	n := utf8.RuneCount(raw)
	if c.filled == 0 || n < c.shortest {
		c.shortest = n
	}
	c.longest = max(c.longest, n)
	c.filled++
	c.distinct.add(raw)
	if v == text.Valid && c.judge.kind == text.Date {
		c.months.add(num / 100)
	}
	if row < patternRows || row%patternStep == 0 {
		c.pattern(raw)
	}
	c.code(raw)
}

func (s *span) add(month uint64) {
	if month == 0 {
		return
	}
	if s.first == 0 || month < s.first {
		s.first = month
	}
	s.last = max(s.last, month)
}

func (c *column) pattern(raw []byte) {
	c.sampled++
	p := Pattern(raw)
	if _, known := c.patterns[p]; known || len(c.patterns) < mostPatterns {
		c.patterns[p]++
		return
	}
	c.others++
}

// code counts values while they may be codes: short, and few.
func (c *column) code(raw []byte) {
	if c.noCodes {
		return
	}
	if !c.mayShow(raw) {
		c.codes, c.noCodes = nil, true
		return
	}
	c.codes[string(raw)]++
	if len(c.codes) > mostCodes {
		c.codes, c.noCodes = nil, true
	}
}

// mayShow tells whether a value could be a code and nothing of a person's. A field that is called a code, a state or a sex may hold
// longer ones.
func (c *column) mayShow(raw []byte) bool {
	switch c.judge.Kind {
	case Code, word(text.State), word(text.Sex), word(text.Suffix):
		return len(raw) <= 12 && mostDigits(raw) < 4
	case Plain:
		return codeLike(raw)
	}
	return false
}

// Count is something and how many rows have it.
type Count struct {
	What string `json:"what"`
	Rows int64  `json:"rows"`
}

// most lists the commonest, ties by name; what fewer than leastShown rows hold is left out.
func most(counts map[string]int64) (list []Count, rest int64) {
	for what, n := range counts {
		list = append(list, Count{what, n})
	}
	slices.SortFunc(list, func(a, b Count) int {
		if a.Rows != b.Rows {
			return int(b.Rows - a.Rows)
		}
		return strings.Compare(a.What, b.What)
	})
	shown := 0
	for shown < len(list) && shown < shownMost && list[shown].Rows >= leastShown {
		shown++
	}
	for _, c := range list[shown:] {
		rest += c.Rows
	}
	return list[:shown:shown], rest
}
