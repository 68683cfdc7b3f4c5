package synth

// person is somebody, as nobody ever writes it down: the truth that records deviate from.
type person struct {
	number     uint32 // among everybody
	sex, group byte
	given      string
	middle     string
	family     *surname
	second     *surname // second surname, nil none
	other      *surname // name before or after marriage, nil none
	hyphen     bool     // second is joined by a hyphen
	suffix     string
	born       day
	ssn        uint32 // SSN, or ITIN where itin
	itin       bool
	stays      [5]stay
	lived      int // stays in use, the last is where the person lives now
}

// stay is how long a person lived in a home.
type stay struct {
	home     home
	from, to day
}

// world is the population and the night: everything in it is a function of the seed and a number.
type world struct {
	seed         uint64
	asOf         day
	subjects     int
	first        []uint32 // subject number of each family's first subject; one more at the end
	pool         int      // strangers
	institutions int      // that report
	regulars     bool     // the first families are those of regulars.go
	numbers      *numbers
}

const slots = 16 // people of one family, at most

// strangerNumber is the person number of the i-th stranger; families come before.
func (w *world) strangerNumber(i int) uint32 { return uint32((len(w.first)-1)*slots + i) }

// newPerson draws what does not depend on relatives: given names, number, and a second surname.
func (w *world) newPerson(number uint32, sex byte, born day, family *surname) person {
	s := streamOf(w.seed, ofPerson, uint64(number), 0)
	p := person{number: number, sex: sex, group: groupOf(&s, family), family: family, born: born}
	year := born.date().year
	p.given = names().drawGiven(&s, sex, p.group, year)
	if s.chance(rateMiddle) {
		p.middle = names().drawGiven(&s, sex, p.group, year)
	}
	if p.group == 'h' && s.chance(rateTwoSurnames) {
		p.second = names().drawSecond(&s, 'h')
	}
	p.ssn = w.numbers.ssn(number)
	if (p.group == 'h' || p.group == 'a' || p.group == 'm') && s.chance(rateNoSSN) {
		p.ssn, p.itin = w.numbers.itin(number), true
	}
	return p
}

// groupOf is the surname's group; an eighth of the people with a name of no group have given names of group b.
func groupOf(s *stream, family *surname) byte {
	african := s.chance(0.125)
	if family.group == 0 && african {
		return 'b'
	}
	return family.group
}

// marry gives a person another surname, and keeps the old one as the other; some join both by a hyphen.
func (p *person) marry(s *stream, into *surname) {
	if into == p.family {
		return
	}
	p.other, p.family, p.second = p.family, into, nil
	if s.chance(rateHyphenated) {
		p.second, p.hyphen = into, true
		p.family = p.other
	}
}

// lives appends a stay that goes on; the one before ends where it begins.
func (p *person) lives(h home, from day) {
	if p.lived == len(p.stays) {
		copy(p.stays[:], p.stays[1:])
		p.lived--
	}
	if p.lived > 0 {
		p.stays[p.lived-1].to = from
	}
	p.stays[p.lived] = stay{home: h, from: from, to: never}
	p.lived++
}

// now is where the person lives; before is where they lived until then, the same when they never moved.
func (p *person) now() stay    { return p.stays[p.lived-1] }
func (p *person) before() stay { return p.stays[max(0, p.lived-2)] }

// livedAt tells whether the person ever lived in a home.
func (p *person) livedAt(h home) bool {
	for _, s := range p.stays[:p.lived] {
		if s.home == h {
			return true
		}
	}
	return false
}

func opposite(sex byte) byte {
	if sex == 'M' {
		return 'F'
	}
	return 'M'
}

// stranger is the i-th of the people whom the agency does not look for. Four make a household: a couple, their child,
// and a brother or sister of the first.
func (w *world) stranger(i int) person {
	household := uint64(i / 4)
	s := streamOf(w.seed, ofHousehold, household, 0)
	family := names().drawSurname(&s)
	head := day(int(w.asOf) - s.between(21*365, 76*365))
	headSex, couple, takes := byte('M'), s.chance(0.6), s.chance(rateTakesName)
	if s.chance(0.45) {
		headSex = 'F'
	}
	there := home{number: 1<<40 | household<<8, place: places().draw(&s, rateHomeState)}
	elsewhere := home{number: there.number | 1, place: places().near(&s, there.place)}
	moved := day(int(w.asOf) - s.between(8, 530))
	number := w.strangerNumber(i)
	own := streamOf(w.seed, ofStranger, uint64(number), 0)
	var p person
	switch i % 4 {
	case 1:
		p = w.newPerson(number, opposite(headSex), head+day(own.between(-1800, 1800)), names().drawSurname(&own))
		if couple && takes {
			p.marry(&own, family)
		}
	case 2:
		sex := "MF"[own.below(2)]
		p = w.newPerson(number, sex, min(head+day(own.between(19*365, 34*365)), w.asOf-18*366), family)
	case 3:
		p = w.newPerson(number, "MF"[own.below(2)], head+day(own.between(-2500, 2500)), family)
	default:
		p = w.newPerson(number, headSex, head, family)
	}
	p.lives(elsewhere, moved-day(s.between(400, 4000)))
	p.lives(there, moved)
	return p
}
