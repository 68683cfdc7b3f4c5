package synth

import (
	"sort"
	"strings"
	"sync"
)

// zipf draws ranks with weights 1/(rank+offset), in integers, so that every machine draws the same. Offset 25 gives
// the first surname 0.5 % and the first hundred a fifth of the mass, offset 8 the first given name 3 %, which is about
// how the names of the United States are spread (the 1990 and 2010 census tables, in round numbers).
type zipf struct{ sums []uint64 }

func newZipf(n, offset int) zipf {
	z := zipf{sums: make([]uint64, n)}
	total := uint64(0)
	for i := range z.sums {
		total += 1_000_000_000 / uint64(i+1+offset)
		z.sums[i] = total
	}
	return z
}

func (z zipf) draw(s *stream) int {
	total := z.sums[len(z.sums)-1]
	at := s.next() % total // bias below 2^-25
	return sort.Search(len(z.sums), func(i int) bool { return z.sums[i] > at })
}

// surname is a family name as federal files write it, and as people do.
type surname struct {
	text    string // A to Z
	dressed string // O'BRIEN, MC DONALD, DE LA CRUZ; "" where there is no such way
	group   byte
}

const (
	surnameCount  = 60_000
	surnameOffset = 25
	givenOffset   = 8
	givenTail     = 1_500
)

// nameTables are the frequency tables, built once.
type nameTables struct {
	surnames    []surname
	surnameRank zipf
	byGroup     map[byte][]int32 // head surnames of a group, by rank: second surnames are drawn here
	givens      map[string][]string
	givenRank   map[string]zipf
}

var names = sync.OnceValue(func() *nameTables {
	t := &nameTables{byGroup: map[byte][]int32{}, givens: map[string][]string{}, givenRank: map[string]zipf{}}
	t.buildSurnames()
	for section, text := range headGivens {
		t.givens[section] = strings.Fields(text)
	}
	for sex, st := range tailGivens {
		t.givens[sex+" tail"] = firstOf(compose(st, map[string]bool{}), givenTail)
	}
	for section, list := range t.givens {
		t.givenRank[section] = newZipf(len(list), givenOffset)
	}
	return t
})

// buildSurnames lists the head and then the tail, styles taking turns.
func (t *nameTables) buildSurnames() {
	seen := map[string]bool{}
	t.surnames = make([]surname, 0, surnameCount)
	for _, word := range strings.Fields(headSurnames) {
		text, group, _ := strings.Cut(word, "/")
		seen[text] = true
		n := surname{text: text, dressed: dress(text)}
		if group != "" {
			n.group = group[0]
			t.byGroup[n.group] = append(t.byGroup[n.group], int32(len(t.surnames)))
		}
		t.surnames = append(t.surnames, n)
	}
	composed := make([][]string, len(surnameStyles))
	for i, st := range surnameStyles {
		composed[i] = compose(st, seen)
	}
	for round := 0; len(t.surnames) < surnameCount; round++ {
		for i, st := range surnameStyles {
			for _, text := range firstOf(composed[i], st.share) {
				t.surnames = append(t.surnames, surname{text: text, dressed: dress(text), group: st.group})
			}
			composed[i] = composed[i][min(st.share, len(composed[i])):]
		}
	}
	t.surnameRank = newZipf(len(t.surnames), surnameOffset)
}

func firstOf(list []string, n int) []string { return list[:min(n, len(list))] }

// compose lists a style's names, plain spellings before respelt ones, each part in a fixed random order, without
// those already seen. The order does not depend on the run's seed: a name is as common in one night as in another.
func compose(st style, seen map[string]bool) []string {
	beginnings, endings := strings.Fields(st.beginnings), strings.Fields(st.endings)
	n := len(beginnings) * len(endings)
	order := newPermutation(0, ofName, uint64(n), int64(n))
	var list []string
	for _, respell := range tailVariants {
		for i := range n {
			x := int(order.at(uint64(i)))
			text := beginnings[x/len(endings)] + endings[x%len(endings)]
			if respell.old != "" {
				text = strings.Replace(text, respell.old, respell.new, 1)
			}
			if !seen[text] {
				seen[text] = true
				list = append(list, text)
			}
		}
	}
	return list
}

// oNames are the names that people write with an apostrophe.
var oNames = map[string]bool{"OBRIEN": true, "OCONNOR": true, "ODONNELL": true, "ONEILL": true, "ONEAL": true, "OCONNELL": true}

// dress is how people write a name that federal files join up.
func dress(text string) string {
	switch {
	case oNames[text]:
		return "O'" + text[1:]
	case strings.HasPrefix(text, "MC") && len(text) > 4:
		return "MC " + text[2:]
	case text == "DELACRUZ" || text == "DELAROSA":
		return "DE LA " + text[4:]
	case text == "DELEON" || text == "DEJESUS":
		return "DE " + text[2:]
	}
	return ""
}

// drawSurname draws from the whole population.
func (t *nameTables) drawSurname(s *stream) *surname { return &t.surnames[t.surnameRank.draw(s)] }

// drawSecond draws another surname of the same group, or of any where the group has no head.
func (t *nameTables) drawSecond(s *stream, group byte) *surname {
	list := t.byGroup[group]
	if len(list) == 0 {
		return t.drawSurname(s)
	}
	at := s.below(len(list))
	return &t.surnames[list[min(at, s.below(len(list)))]] // of two, the commoner
}

// givenOfGroup is how often people of a group have a given name of that group.
var givenOfGroup = map[byte]float64{'h': 0.60, 'b': 0.35, 'a': 0.50, 'm': 0.75, 's': 0.40}

// drawGiven draws a given name by sex, group and year of birth.
func (t *nameTables) drawGiven(s *stream, sex, group byte, year int) string {
	section := t.section(s, sex, group, year)
	return t.givens[section][t.givenRank[section].draw(s)]
}

// sections are the keys of headGivens, so that drawing builds no string.
var sections = map[byte]map[byte]string{
	'M': {0: "M", 'o': "M old", 'n': "M new", 't': "M tail", 'h': "M h", 'b': "M b", 'a': "M a", 'm': "M m", 's': "M s"},
	'F': {0: "F", 'o': "F old", 'n': "F new", 't': "F tail", 'h': "F h", 'b': "F b", 'a': "F a", 'm': "F m", 's': "F s"},
}

func (t *nameTables) section(s *stream, sex, group byte, year int) string {
	of := sections[sex]
	switch {
	case s.chance(givenOfGroup[group]):
		return of[group]
	case s.chance(rateRareGiven):
		return of['t']
	case year < 1975 && s.chance(rateOldGiven):
		return of['o']
	case year >= 1988 && s.chance(rateNewGiven):
		return of['n']
	}
	return of[0]
}
