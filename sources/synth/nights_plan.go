package synth

// deed is why a row of a stretch exists.
type deed uint8

const (
	deedHire    deed = iota // a job of a life
	deedMove                // a stay of a life
	deedDuty                // the military's answer about a life
	deedBook                // an account of a life
	deedCoBook              // the partner's row of the subject's first account
	deedPlanned             // a row of the first night's plan (plan.go), written as that night would
)

// task is one row to write: 8 bytes.
type task struct {
	family uint32
	deed   deed
	slot   uint8
	at     uint8 // which job, stay, account or planned row
	again  uint8 // 1 for a second report of the same
}

// lot is a part of a file in which rows are shuffled.
type lot struct {
	institution int // financial only
	tasks       []task
	strangers   int64
}

func (b *lot) rows() int64 { return int64(len(b.tasks)) + b.strangers }

// schedule draws every family's rows once, shares out the strangers' and finds whom to flag.
func (n *nights) schedule() {
	n.plans = make([][]lot, len(n.files))
	number := [extracts]int64{}
	for i, f := range n.files {
		number[f.extract]++
		n.plans[i] = []lot{{}}
		if f.extract == financial {
			n.plans[i] = nil
			for at := f.batch; at < n.institutions; at += batches {
				n.plans[i] = append(n.plans[i], lot{institution: at})
			}
		}
	}
	var p planner
	p.nights = n
	n.flagged = ^uint32(0)
	for family := range len(n.world.first) - 1 {
		p.plan(uint32(family))
	}
	n.addStrangers(number)
}

// addStrangers shares the strangers' rows out evenly over files and institutions.
func (n *nights) addStrangers(files [extracts]int64) {
	weights := [extracts]int64{strangersPostal, strangersEmployment, strangersMilitary, strangersFinancial}
	for i, f := range n.files {
		share := int64(n.options.Strangers) * weights[f.extract] / 100 / files[f.extract]
		buckets := int64(len(n.plans[i]))
		for j := range n.plans[i] {
			n.plans[i][j].strangers = share/buckets + boolInt(int64(j) < share%buckets)
		}
	}
}

func boolInt(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// planner draws one family after another.
type planner struct {
	*nights
	f       family
	life    life
	planned []planned
	early   bool // the sought person was seen before the flag's night, and again from it on
	later   bool
}

func (p *planner) plan(number uint32) {
	p.world.familyInto(&p.f, number)
	p.planned = p.f.plan(p.planned[:0])
	p.early, p.later = false, false
	for slot := range slots {
		if !p.f.has(slot) {
			continue
		}
		p.live(&p.life, &p.f, slot)
		p.hires(slot)
		p.moves(slot)
		p.accounts(slot)
	}
	for at, row := range p.planned {
		p.static(at, row)
	}
	if e := p.f.entry(theSubject); p.flagged == ^uint32(0) && p.early && p.later && !e.protected && p.f.held(theSubject) {
		p.flagged = number
	}
}

// put adds a row to a file. Who is sought and seen on both sides of the flag's night may be the one who is flagged.
func (p *planner) put(file, bucket int, t task) {
	t.family = p.f.number
	p.plans[file][bucket].tasks = append(p.plans[file][bucket].tasks, t)
	if night := p.files[file].arrives; int(t.slot) == theSubject && t.deed != deedDuty && night > 0 {
		p.early = p.early || night < p.flagNight()
		p.later = p.later || night >= p.flagNight()
	}
}

// hires reports each hire within twenty days, as the law has it, and some a second time.
func (p *planner) hires(slot int) {
	for i, j := range p.life.jobs {
		s := streamOf(p.world.seed, ofReport, uint64(p.f.person(slot).number), uint64(i))
		delay, again := min(s.between(1, 19), s.between(1, 19)), s.chance(rateReported)
		if j.former || j.began+day(delay) < p.first {
			continue
		}
		night := p.from(j.began + day(delay))
		if file := p.fileFrom(employment, night); file >= 0 {
			p.put(file, 0, task{deed: deedHire, slot: uint8(slot), at: uint8(i)})
		}
		if file := p.fileFrom(employment, night+5); file >= 0 && again {
			p.put(file, 0, task{deed: deedHire, slot: uint8(slot), at: uint8(i), again: 1})
		}
	}
}

// moves answers each move of the stretch in the next list but some days, and some again in later ones.
func (p *planner) moves(slot int) {
	for i := p.f.person(slot).lived; i < len(p.life.stays); i++ {
		s := streamOf(p.world.seed, ofReport, uint64(p.f.person(slot).number), 1<<32|uint64(i))
		night := p.from(p.life.stays[i].from + day(s.between(4, 18)))
		file := p.fileFrom(postal, night)
		for again := uint8(0); file >= 0; again = 1 {
			p.put(file, 0, task{deed: deedMove, slot: uint8(slot), at: uint8(i), again: again})
			for next := true; next; next = file >= 0 && !s.chance(rateAnswered) {
				file = p.fileFrom(postal, p.files[file].due+1)
			}
		}
	}
}

// accounts reports each account in every file of its institution: open ones, and closed ones once.
func (p *planner) accounts(slot int) {
	joint := slot == theSubject && p.plansFor(jointBook)
	for i, b := range p.life.books {
		for file := range p.files {
			if !p.reported(&p.files[file], b) {
				continue
			}
			bucket := b.institution / batches
			p.put(file, bucket, task{deed: deedBook, slot: uint8(slot), at: uint8(i)})
			if joint && i == 0 {
				p.put(file, bucket, task{deed: deedCoBook, slot: thePartner, at: uint8(i)})
			}
		}
	}
}

// accountsAsOf is how many days before its file an institution took stock.
const accountsAsOf = 8

func (n *nights) reported(f *nightFile, b deposit) bool {
	stock := n.day(f.due) - accountsAsOf
	return f.extract == financial && b.institution%batches == f.batch && b.opened <= stock && b.closed > stock-31
}

func (p *planner) plansFor(e event) bool {
	for _, row := range p.planned {
		if row.event == e {
			return true
		}
	}
	return false
}

// static places the rows of the first night's plan that a life does not replace: forwarding orders of the time before the
// stretch, what misleads at a bank, and whom the military is asked about.
func (p *planner) static(at int, row planned) {
	t := task{deed: deedPlanned, slot: row.slot, at: uint8(at)}
	switch row.event {
	case ownMove, forFamily, otherMove, kinOrder, staleMove:
		p.put(0, 0, t) // the first file of all is the post office's whole list
	case businessBook, minorBook:
		institution := p.f.institutionOf(row, p.institutions)
		for file, f := range p.files {
			if f.extract == financial && f.batch == institution%batches {
				p.put(file, institution/batches, t)
			}
		}
	case asked, askedWrong:
		if row.event == asked {
			t.deed = deedDuty
		}
		for file, f := range p.files {
			if f.extract == military {
				p.put(file, 0, t)
			}
		}
	}
}
