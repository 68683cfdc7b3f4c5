package pipeline

import (
	"hash/fnv"
	"slices"
	"sync"

	"locatematch/pipeline/leads"
)

// assessor makes ready what a night's leads are held against.
func (r *runner) assessor(history *leads.Table) *leads.Assessor {
	c := r.caseload
	known := &neighbours{caseload: c}
	return &leads.Assessor{
		AsOf: r.plan.AsOf, Rules: r.plan.Policy, Known: &c.knowledge, Violence: func(id string) bool { return c.violence[id] },
		Guard: r.guarded.guard, Neighbours: known.at, Served: history.Served,
	}
}

// neighbours are who on the caseload is known at an address: hash of the address and subject, one word an address, sorted.
// Protected people are none: nobody is told of them.
type neighbours struct {
	caseload *caseload
	once     sync.Once
	index    []uint64
}

// at finds the people known at an address by its key. The index is made when it is first asked: 8 bytes an address.
func (n *neighbours) at(key string) (people []leads.Neighbour) {
	n.once.Do(n.build)
	from := addressHash(key)
	i, _ := slices.BinarySearch(n.index, from)
	for ; i < len(n.index) && n.index[i]>>32 == from>>32; i++ {
		if s := &n.caseload.subjects[uint32(n.index[i])]; slices.Contains(s.Addresses, key) { // no other of the same hash
			people = append(people, leads.Neighbour{SubjectID: s.ID, Family: s.Family})
		}
	}
	return people
}

func (n *neighbours) build() {
	n.index = []uint64{}
	for number := range n.caseload.subjects {
		s := &n.caseload.subjects[number]
		if s.Protected {
			continue
		}
		for _, key := range s.Addresses {
			n.index = append(n.index, addressHash(key)|uint64(number))
		}
	}
	slices.Sort(n.index)
	n.index = slices.Compact(n.index)
}

// addressHash is the upper half of a word of the index.
func addressHash(key string) uint64 {
	h := fnv.New32a()
	h.Write([]byte(key))
	return uint64(h.Sum32()) << 32
}

// withHeld puts identity conflicts among the links of their subjects, in the stated order.
func withHeld(links, held []leads.Link) []leads.Link {
	if len(held) == 0 {
		return links
	}
	all := slices.Concat(links, held)
	slices.SortFunc(all, compareLinks)
	return all
}
