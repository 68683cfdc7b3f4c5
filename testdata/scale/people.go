package main

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// population invents people: each is a function of its number alone, so any row can be made without those before it, and a
// person is the same in the caseload and in an extract. Subjects are the first numbers, strangers those behind.
type population struct {
	subjects, rows   int
	known            float64 // share of rows that are about subjects
	given, family    names
	streets, cities  names
	strangersHaveSSN uint64 // of a hundred; subjects' rows alike
}

func newPopulation(c cell, strangers float64) *population {
	return &population{
		subjects: c.subjects, rows: c.rows, known: 1 - strangers, strangersHaveSSN: 60,
		given: newNames(2500, 2, 8), family: newNames(60000, 3, 25), streets: newNames(20000, 3, 200), cities: newNames(800, 3, 20),
	}
}

// names are words with the weights of a Zipf law, 1/(rank+offset): an offset of 25 gives the commonest of 60,000 surnames
// half a percent, one of 8 the commonest of 2,500 given names 2 %, about as in the United States.
type names struct {
	words []string
	sums  []float64
}

func newNames(n, syllables, offset int) names {
	const onset, vowel, coda = "BCDFGHJKLMNPRSTVWZ", "AEIOU", "LNRST"
	all := names{words: make([]string, n), sums: make([]float64, n)}
	total := 0.0
	r := rand.New(rand.NewPCG(uint64(n), uint64(syllables)))
	for i := range all.words {
		var w strings.Builder
		for range syllables {
			w.WriteByte(onset[r.IntN(len(onset))])
			w.WriteByte(vowel[r.IntN(len(vowel))])
		}
		w.WriteByte(coda[r.IntN(len(coda))])
		all.words[i] = w.String()
		total += 1 / float64(i+1+offset)
		all.sums[i] = total
	}
	return all
}

func (n *names) draw(s *stream) string {
	at := float64(s.next()>>11) / (1 << 53) * n.sums[len(n.sums)-1]
	i, _ := slices.BinarySearch(n.sums, at)
	return n.words[min(i, len(n.words)-1)]
}

// stream is SplitMix64 (Steele, Lea and Flood 2014): a seed a person is enough.
type stream uint64

func (s *stream) next() uint64 {
	*s += 0x9E3779B97F4A7C15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

func (s *stream) below(n uint64) uint64 { return s.next() % n }

// person is one person's values, as files hold them.
type person struct {
	ssn, given, middle, family, born, sex, street, city, zip, phone string
}

const (
	oneState = "UT"
	letters  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

func (p *population) person(number int) person {
	s := stream(number)*0xD6E8FEB86659FD93 + 1
	place := s.next()
	return person{
		ssn: ssnOf(number), given: p.given.draw(&s), family: p.family.draw(&s), born: born(&s), sex: "MF"[place&1:][:1],
		street: strconv.FormatUint(1+s.below(9999), 10) + " " + p.streets.draw(&s) + " ST",
		city:   p.cities.draw(&s), zip: strconv.FormatUint(10000+s.below(30000), 10), middle: letters[place>>1%26:][:1],
		phone: strconv.FormatUint(2_012_220_000+s.below(7_000_000_000), 10),
	}
}

func born(s *stream) string {
	day := 10000*(1950+s.below(55)) + 100*(1+s.below(12)) + 1 + s.below(28)
	return strconv.FormatUint(day, 10)
}

// ssnOf deals the possible numbers out by a multiplication that is prime to their count: no two people share one.
func ssnOf(number int) string {
	const areas, groups, serials = 665, 99, 9999
	n := uint64(number) * 328_000_009 % (areas * groups * serials)
	ssn := (1+n/(groups*serials))*1_000_000 + (1+n/serials%groups)*10_000 + 1 + n%serials
	return strconv.FormatUint(1_000_000_000+ssn, 10)[1:]
}

// row is the i-th row of the extract: a subject's with the chance that the known share says, else a stranger's, with the
// errors that files have.
func (p *population) row(i int) person {
	s := stream(i)*0xA0761D6478BD642F + 7
	number := p.subjects + i
	if float64(s.below(1_000_000)) < p.known*1e6 {
		number = int(s.below(uint64(p.subjects)))
	}
	who := p.reported(number, &s)
	if s.below(100) < 45 { // moved
		p.move(&who, &s)
	}
	return who
}

// report is the i-th row of a quarter's extract, of strangers mostly where it is an ordinary one. Where people live is the same in
// every row about them, until they move again.
func (p *population) report(i, quarter int, ordinary bool) person {
	s := stream(quarter)<<40 + stream(i)*0xA0761D6478BD642F + 11
	number := int(s.below(uint64(p.subjects)))
	if ordinary && float64(s.below(1_000_000)) >= p.known*1e6 {
		number = p.subjects + i
	}
	who := p.reported(number, &s)
	life := stream(number)*0x9FB21C651E98DF25 + 3
	if life.below(100) < 45 { // the agency's address is an old one
		p.move(&who, &life)
	}
	for range min(quarter, quarters) { // ordinary nights are days apart
		if life.below(100) < 5 {
			p.move(&who, &life)
		}
	}
	return who
}

func (p *population) move(who *person, s *stream) {
	who.street = strconv.FormatUint(1+s.below(9999), 10) + " " + p.streets.draw(s) + " ST"
	who.zip = strconv.FormatUint(10000+s.below(30000), 10)
}

// reported is a person with the errors that files have.
func (p *population) reported(number int, s *stream) person {
	who := p.person(number)
	if s.below(100) >= p.strangersHaveSSN {
		who.ssn = ""
	} else if s.below(100) < 2 {
		who.ssn = who.ssn[:7] + who.ssn[8:] + who.ssn[7:8]
	}
	if s.below(100) < 8 {
		who.given = withoutLetter(s, who.given)
	}
	if s.below(100) < 8 {
		who.family = withoutLetter(s, who.family)
	}
	if s.below(100) < 8 {
		who.born = ""
	}
	return who
}

func withoutLetter(s *stream, word string) string {
	at := 1 + int(s.below(uint64(len(word)-2)))
	return word[:at] + word[at+1:]
}
