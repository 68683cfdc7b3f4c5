package synth

// Streams of nights in a row; the numbers lie apart from those of one night (random.go).
const (
	ofLife purpose = iota + 100
	ofCase
	ofReport
	ofCorrection
	ofArrears
)

// job is one stretch of work for a firm.
type job struct {
	firm         int // rank among employers
	began, ended day
	former       bool // began before the stretch and was reported then
}

// deposit is one account: which of the owner's (account.go), where, from when to when.
type deposit struct {
	which       int
	institution int
	opened      day
	closed      day
}

// life is what happens to a member, from before the first night to the last. Spells that go on end never.
type life struct {
	stays  []stay
	jobs   []job
	books  []deposit
	duties []service
}

// live draws a member's life. It is a pure function of the seed and the member, and what happens by a night does not depend on
// how many nights follow.
func (n *nights) live(l *life, f *family, slot int) {
	p := f.person(slot)
	l.stays, l.jobs, l.books, l.duties = append(l.stays[:0], p.stays[:p.lived]...), l.jobs[:0], l.books[:0], l.duties[:0]
	n.work(l, f, slot)
	n.move(l, f, slot)
	n.bank(l, f, slot)
	if slot == theSubject || slot == theSibling {
		n.serve(l, f, slot)
	}
}

// work draws jobs: one before, and those of the last month and of the stretch.
func (n *nights) work(l *life, f *family, slot int) {
	p := f.person(slot)
	s := streamOf(f.w.seed, ofLife, uint64(p.number), 0)
	rate := rateOtherNight
	if slot == theSubject || slot == theSibling || f.planted(slot) {
		rate = rateHiredNight
	}
	former, rank, gap, length := s.chance(rateFormerJob), employers.draw(&s), s.between(200, 900), s.between(40, 600)
	if former {
		j := job{firm: rank, began: n.first - day(gap), ended: never, former: true}
		if length < gap {
			j.ended = j.began + day(length)
		}
		l.jobs = append(l.jobs, j)
	}
	for night := -nightsBefore; night <= n.count; night++ {
		hired, left, leaves, back := s.chance(rate), s.chance(rateLeftNight), s.chance(rateLeavesOld), s.chance(rateRehired)
		rank, today := employers.draw(&s), n.day(night)
		if hired && p.born.adult(today) {
			l.hired(rank, today, leaves, back)
		} else if last := len(l.jobs) - 1; left && last >= 0 && l.jobs[last].ended == never && l.jobs[last].began < today {
			l.jobs[last].ended = today
		}
	}
}

// nightsBefore is how many business nights before the first a hire may lie that is reported only within the stretch.
const nightsBefore = 18

func (born day) adult(today day) bool { return today.years(born) >= 16 }

func (l *life) hired(rank int, today day, leaves, back bool) {
	last := len(l.jobs) - 1
	for i := last; back && i >= 0; i-- {
		if l.jobs[i].ended != never {
			rank = l.jobs[i].firm
			break
		}
	}
	if last >= 0 && l.jobs[last].ended == never {
		if l.jobs[last].firm == rank {
			return // there already
		}
		if leaves {
			l.jobs[last].ended = today
		}
	}
	l.jobs = append(l.jobs, job{firm: rank, began: today, ended: never})
}

// move draws the moves of the stretch. Nobody moves whose new order would contradict an old one that is planted.
func (n *nights) move(l *life, f *family, slot int) {
	s := streamOf(f.w.seed, ofLife, uint64(f.person(slot).number), 1)
	moves := 0
	for night := 2; night <= n.count; night++ {
		moved, place := s.chance(rateMovedNight), places().near(&s, l.stays[len(l.stays)-1].home.place)
		if !moved || moves == mostMoves {
			continue
		}
		today := n.day(night)
		l.stays[len(l.stays)-1].to = today
		l.stays = append(l.stays, stay{home: f.home(newHome+slot*mostMoves+moves, place), from: today, to: never})
		moves++
	}
}

// Homes of the stretch have numbers of a family above all others (members.go).
const (
	newHome   = 128
	mostMoves = 8
)

// bank draws accounts: those held before and those opened.
func (n *nights) bank(l *life, f *family, slot int) {
	p := f.person(slot)
	s := streamOf(f.w.seed, ofLife, uint64(p.number), 2)
	banked, second := s.chance(rateBankedLong), s.chance(rateSecondBook)
	if banked {
		l.books = append(l.books, n.deposit(p, 0, 0))
	}
	if banked && second {
		l.books = append(l.books, n.deposit(p, 1, 0))
	}
	for night := 2; night <= n.count; night++ {
		opened, shut := s.chance(rateOpenNight), s.chance(rateShutNight)
		if opened && len(l.books) < mostBooks && p.born.adult(n.day(night)) {
			l.books = append(l.books, n.deposit(p, len(l.books), n.day(night)))
		} else if shut && len(l.books) > 0 && l.books[0].closed == never {
			l.books[0].closed = n.day(night)
		}
	}
}

const mostBooks = 6

// deposit is a person's account; the institution is a function of the account, so that it stays where it is.
func (n *nights) deposit(p *person, which int, opened day) deposit {
	s := streamOf(n.world.seed, ofInstitution, uint64(p.number), uint64(1+which)<<40)
	b := deposit{which: which, institution: min(s.below(n.institutions), s.below(n.institutions)), opened: opened, closed: never}
	if opened == 0 {
		b.opened = n.world.account(p.number, which).opened
	}
	return b
}

// serve draws active duty: a period that the first night finds, one that begins, one that ends.
func (n *nights) serve(l *life, f *family, slot int) {
	p := f.person(slot)
	if v := f.w.service(p.number, f.serves && slot == theSubject, false); v.component != "" {
		l.duties = append(l.duties, v)
	}
	s := streamOf(f.w.seed, ofLife, uint64(p.number), 3)
	for night := 2; night <= n.count; night++ {
		enlists, leaves, component := s.chance(rateEnlists), s.chance(rateLeaves), components[s.below(len(components))]
		last, today := len(l.duties)-1, n.day(night)
		switch on := last >= 0 && l.duties[last].end == never; {
		case leaves && on && l.duties[last].begin < today-60:
			l.duties[last].end, l.duties[last].active = today, false
		case enlists && !on && last < 1 && p.born.adult(today-2*366) && today.years(p.born) < 39:
			l.duties = append(l.duties, service{active: true, begin: today, end: never, component: component})
		}
	}
}

// components are the services of rates.go's planted service.
var components = []string{"AR", "AN", "AF", "NA", "NN", "MR", "FR", "CG"}

// dutyOn is what the military knows of a person on a day: the period under way, else the last one.
func (l *life) dutyOn(today day) (v service) {
	for _, d := range l.duties {
		if d.begin <= today {
			v = d
		}
	}
	if v.end != never && v.end > today && v.component != "" { // ends later in the stretch
		v.end, v.active = never, true
	}
	return v
}

// on is the person as of a day: the same, with the stays that had begun.
func (l *life) on(p *person, today day) person {
	q := *p
	q.lived = 0
	for i, s := range l.stays {
		if s.from > today && i > 0 {
			break
		}
		q.lives(s.home, s.from)
	}
	return q
}
