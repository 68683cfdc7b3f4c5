package synth

// Homes of a family, by the last byte of their number.
const (
	oldHome     = iota // where the parents lived together
	parentsHome        // of the subject's parents
	subjectHome        // where the subject lives now
	middleHome         // where the subject lived between
	awayHome           // a military address
	parentHome         // where the other parent moved
	ownHome     = 16   // plus slot: everybody else's
)

func (f *family) home(which int, place uint16) home {
	return home{number: uint64(f.number)<<8 | uint64(which), place: place}
}

// near is a home whose place is drawn once for the family, so that all who share it agree.
func (f *family) near(which int) home {
	s := streamOf(f.w.seed, ofStay, uint64(f.number), uint64(which))
	return f.home(which, places().near(&s, f.place))
}

func (f *family) drawSubject(number uint32, s *stream) person {
	sex := byte('M')
	if f.mother {
		sex = 'F'
	}
	family, second := names().drawSurname(s), (*surname)(nil)
	if f.regular() {
		family, second = f.regularSurnames()
	}
	p := f.w.newPerson(number, sex, f.born, family)
	if f.regular() {
		p.second, p.hyphen, p.ssn, p.itin = second, second != nil, f.w.numbers.ssn(number), false
	}
	if f.kin {
		p.suffix = "JR"
		if f.kinSon {
			p.suffix = "SR"
		}
	}
	if takes := s.chance(rateTakesName); f.mother && f.married && takes && !f.regular() {
		p.marry(s, names().drawSurname(s))
	}
	f.settle(&p, s)
	return p
}

// settle gives the subject a history: the old family home, perhaps one between, and where he lives now.
func (f *family) settle(p *person, s *stream) {
	now := f.w.asOf - day(s.between(560, 3200))
	if f.recent {
		now = f.w.asOf - day(s.between(10, 530))
	}
	if f.stale {
		now = f.w.asOf - day(s.between(15, 80))
	}
	between, before := now-day(s.between(90, 420)), day(s.between(1000, 3000))
	current, middle := f.near(subjectHome), f.near(middleHome)
	if f.withParents && f.parentsNow {
		current = f.home(parentsHome, f.place)
	} else if f.withParents {
		middle = f.home(parentsHome, f.place)
	}
	p.lives(f.home(oldHome, f.place), between-before)
	switch {
	case f.stale: // away and back
		p.lives(current, between-day(s.between(300, 900)))
		p.lives(middle, between)
	case s.chance(0.55) || f.withParents && !f.parentsNow || f.recent && s.chance(0.7):
		p.lives(middle, between)
	}
	if away := s.chance(rateMilitary); f.serves && away && !f.stale {
		current = f.home(awayHome, f.place)
		current.away = true
	}
	p.lives(current, now)
}

func (f *family) drawParent(number uint32, s *stream) person {
	subject := f.person(theSubject)
	p := f.w.newPerson(number, opposite(subject.sex), f.born+day(s.between(-2200, 2200)), names().drawSurname(s))
	takes := s.chance(rateTakesName) || f.familyOrder
	switch {
	case !f.married || f.mother || !takes:
	case f.keepsName:
		p.marry(s, subject.family)
	default:
		p.other = subject.family
	}
	if f.familyOrder { // the order is filed under the name that the subject bears
		p.family, p.second, p.hyphen = subject.family, nil, false
	}
	p.lives(f.home(oldHome, f.place), f.w.asOf-day(s.between(2000, 4000)))
	if !f.parentStays {
		moved := f.w.asOf - day(s.between(12, 1500))
		if f.familyOrder {
			moved = f.w.asOf - day(s.between(12, 530))
		}
		p.lives(f.near(parentHome), moved)
	}
	return p
}

func (f *family) drawChild(number uint32, s *stream) person {
	subject, parent := f.person(theSubject), f.person(theParent)
	oldest := max(1, min(22*365, int(f.w.asOf-max(f.born, parent.born))-16*365))
	name := subject.family
	if !s.chance(rateFathersName) {
		name = parent.family
	}
	p := f.w.newPerson(number, "MF"[s.below(2)], f.w.asOf-day(s.between(1, oldest)), name)
	if p.second != nil {
		p.second = parent.family
	}
	if p.itin { // born here, with a number of their own
		p.ssn, p.itin = f.w.numbers.ssn(number), false
	}
	p.lives(parent.now().home, max(p.born, parent.now().from))
	return p
}

func (f *family) drawPartner(number uint32, s *stream) person {
	subject := f.person(theSubject)
	p := f.w.newPerson(number, opposite(subject.sex), f.born+day(s.between(-2500, 2500)), names().drawSurname(s))
	if takes := s.chance(rateTakesName * 0.8); takes && p.sex == 'F' {
		p.marry(s, subject.family)
	}
	p.lives(f.home(ownHome+thePartner, places().near(s, f.place)), subject.now().from-day(s.between(300, 2500)))
	p.lives(subject.now().home, subject.now().from)
	return p
}

// drawKinsman makes the father or son who has the subject's whole name.
func (f *family) drawKinsman(number uint32, s *stream) person {
	subject := f.person(theSubject)
	years := day(s.between(18*365, 31*365))
	p := f.w.newPerson(number, 'M', f.born-years, subject.family)
	if f.kinSon {
		p.born = min(f.born+years, f.w.asOf-16*366)
	}
	p.given, p.second, p.suffix = subject.given, subject.second, "SR"
	if same := s.chance(0.7); same {
		p.middle = subject.middle
	}
	if f.kinSon {
		p.suffix = "JR"
		p.lives(f.home(oldHome, f.place), p.born)
		if with := s.chance(0.5); with {
			p.lives(subject.now().home, max(subject.now().from, p.born)+1)
		}
		return p
	}
	p.lives(f.home(parentsHome, f.place), f.w.asOf-day(s.between(4000, 9000)))
	return p
}

// drawSibling makes a brother or sister; a twin has the birth date and often a given name with the same letter.
func (f *family) drawSibling(number uint32, s *stream) person {
	subject := f.person(theSubject)
	name := subject.family
	if f.mother && subject.other != nil {
		name = subject.other // her name by birth
	}
	gap := day(s.between(330, 3000))
	if s.chance(0.5) {
		gap = -gap
	}
	sex := "MF"[s.below(2)]
	if f.twin {
		gap = 0
		if s.chance(0.6) {
			sex = subject.sex
		}
	}
	p := f.w.newPerson(number, sex, min(f.born+gap, f.w.asOf-16*366), name)
	p.second = subject.second
	for tries := 0; f.twin && tries < 16 && (p.given[0] != subject.given[0] || p.given == subject.given); tries++ {
		p.given = names().drawGiven(s, sex, p.group, p.born.date().year)
	}
	for tries := 0; tries < 16 && p.given == subject.given; tries++ {
		p.given = names().drawGiven(s, sex, p.group, p.born.date().year)
	}
	if f.siblingIn {
		p.lives(f.home(parentsHome, f.place), f.w.asOf-day(s.between(3000, 8000)))
		return p
	}
	p.lives(f.home(ownHome+theSibling, places().near(s, f.place)), f.w.asOf-day(s.between(600, 4000)))
	return p
}

// drawStranger makes somebody unrelated who lives anywhere.
func (f *family) drawStranger(number uint32, s *stream, name *surname) person {
	p := f.w.newPerson(number, "MFM"[s.below(3)], f.w.asOf-day(s.between(19*365, 62*365)), name)
	p.itin, p.ssn = false, f.w.numbers.ssn(number)
	p.lives(f.home(ownHome+int(number%slots), places().draw(s, 0.5)), f.w.asOf-day(s.between(300, 4000)))
	return p
}

// drawNamesake makes somebody elsewhere with the subject's given and family name, born within three years.
func (f *family) drawNamesake(number uint32, s *stream) person {
	subject := f.person(theSubject)
	p := f.drawStranger(number, s, subject.family)
	p.given, p.sex, p.second = subject.given, subject.sex, nil
	if near := s.between(-1095, 1095); near != 0 {
		p.born = subject.born + day(near)
	} else {
		p.born = subject.born + 366
	}
	return p
}

// shared is the subject's latest stay in a home that a member had too; where there is none, his latest.
func (f *family) shared(slot int) stay {
	subject, other := f.person(theSubject), f.person(slot)
	for i := subject.lived - 1; i >= 0; i-- {
		for _, stay := range other.stays[:other.lived] {
			if stay.home == subject.stays[i].home {
				return subject.stays[i]
			}
		}
	}
	return subject.now()
}
