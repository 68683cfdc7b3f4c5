package pipeline

import (
	"cmp"
	"slices"

	"locatematch/matchers"
)

// suspect is a pair that was judged wrongly: linked though two people, or missed though one.
type suspect struct {
	subject  uint32
	record   string // as the answer key names it
	weight   int32
	compared bool

	// What is found out when the record is read again.
	found   bool
	guarded bool   // it may concern a protected person: it is counted and not shown
	shown   string // the record's name, where an output may hold it
	why     []string
}

// ranking keeps so many suspects, the worst first. Which they are does not depend on the order in which they come.
type ranking struct {
	most     int
	heaviest bool // the heaviest are the worst; else the lightest
	list     []suspect
}

func (r *ranking) order(a, b suspect) int {
	weight := cmp.Compare(a.weight, b.weight)
	if r.heaviest {
		weight = -weight
	}
	return cmp.Or(weight, cmp.Compare(a.subject, b.subject), cmp.Compare(a.record, b.record))
}

// add keeps a suspect if it is among the worst; one pair of one weight stands once.
func (r *ranking) add(s suspect) {
	at, twice := slices.BinarySearchFunc(r.list, s, r.order)
	if twice || at >= r.most {
		return
	}
	r.list = slices.Insert(r.list, at, s)
	r.list = r.list[:min(len(r.list), r.most)]
}

// suspects are the worst pairs of one extract.
type suspects struct {
	falseLinks ranking // heaviest first
	misses     ranking // compared, lightest first: those furthest from where they belong
	unseen     ranking // never compared, heaviest first: those that blocking lost and scoring would not have
	seen       map[truePair]bool
	unread     int64 // true pairs whose record is not to be found
}

// truePair is a true pair of an extract that was compared.
type truePair struct {
	record  string
	subject uint32
}

func newSuspects(most int) *suspects {
	return &suspects{
		falseLinks: ranking{most: most, heaviest: true}, misses: ranking{most: most},
		unseen: ranking{most: most, heaviest: true}, seen: map[truePair]bool{},
	}
}

// note takes in one scored pair.
func (x *suspects) note(record []byte, s matchers.Scored, same, accepted bool) {
	if !same && !accepted {
		return
	}
	found := suspect{subject: s.Subject, record: string(record), weight: s.Weight, compared: true}
	switch {
	case same:
		x.seen[truePair{found.record, found.subject}] = true
		if !accepted {
			x.misses.add(found)
		}
	case accepted:
		x.falseLinks.add(found)
	}
}

// add takes in what another worker noted.
func (x *suspects) add(o *suspects) {
	for _, s := range o.falseLinks.list {
		x.falseLinks.add(s)
	}
	for _, s := range o.misses.list {
		x.misses.add(s)
	}
	for pair := range o.seen {
		x.seen[pair] = true
	}
}

// suspectsOf adds up what the clerks noted of an extract.
func (s *study) suspectsOf(e int) *suspects {
	sum := newSuspects(s.worst)
	for _, c := range s.clerks {
		sum.add(c.worst[e])
	}
	return sum
}
