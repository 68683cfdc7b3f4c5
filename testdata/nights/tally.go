package main

import (
	"cmp"
	"slices"
)

// share is what offered facts turned out to be.
type share struct {
	Offered int `json:"offered"`
	New     int `json:"new"`   // true, and neither known to the agency nor offered before
	Again   int `json:"again"` // true, and known or offered before
	Ended   int `json:"ended"` // told as a service that has ended or an account that is closed, and so it is
	Past    int `json:"past"`  // was true once
	Wrong   int `json:"wrong"` // never true of this person
}

// precision is the share of the offered that is true, in percent; -1 where nothing was offered.
func (s share) precision() float64 {
	if s.Offered == 0 {
		return -1
	}
	return 100 * float64(s.New+s.Again+s.Ended) / float64(s.Offered)
}

func (s *share) plus(t share) {
	s.Offered, s.New, s.Again, s.Ended, s.Past, s.Wrong = s.Offered+t.Offered, s.New+t.New, s.Again+t.Again, s.Ended+t.Ended, s.Past+t.Past, s.Wrong+t.Wrong
}

func (s share) less(t share) share {
	return share{s.Offered - t.Offered, s.New - t.New, s.Again - t.Again, s.Ended - t.Ended, s.Past - t.Past, s.Wrong - t.Wrong}
}

// tally holds what one way of working offered against the truth.
type tally struct {
	truth *truth
	share share
	seen  map[string]int   // facts, by the night of their first offer
	sure  map[string]share // by how sure officers were told it is
}

func newTally(t *truth) *tally {
	return &tally{truth: t, seen: map[string]int{}, sure: map[string]share{}}
}

func (t *tally) add(night int, items []item) (tonight share) {
	for _, q := range items {
		before := tonight
		tonight.Offered++
		switch t.verdict(night, q) {
		case "wrong":
			tonight.Wrong++
		case "past":
			tonight.Past++
		case "ended":
			tonight.Ended++
		case "again":
			tonight.Again++
		default:
			tonight.New++
			t.seen[t.truth.about(q.subject, q.kind, q.key, night).id] = night
		}
		if q.lead != nil {
			s := t.sure[string(q.lead.Identity)]
			s.plus(tonight.less(before))
			t.sure[string(q.lead.Identity)] = s
		}
	}
	t.share.plus(tonight)
	return tonight
}

// verdict says what an offered fact is: wrong, past, ended, again or new. Who is told that a service has ended is told the truth where it
// has, and of no fact that holds.
func (t *tally) verdict(night int, q item) string {
	f := t.truth.about(q.subject, q.kind, q.key, night)
	switch {
	case f == nil:
		return "wrong"
	case !t.truth.holds(f, night) && q.ended:
		return "ended"
	case !t.truth.holds(f, night):
		return "past"
	case f.known != "" || t.seen[f.id] > 0:
		return "again"
	}
	return "new"
}

// found is how many of the facts that officers should have by a night they were offered.
func (t *tally) found(night int) (n int) {
	for id := range t.truth.findable(night) {
		if t.seen[id] > 0 {
			n++
		}
	}
	return n
}

// waits are nights, in the middle and at the ninetieth percentile.
type waits struct {
	Facts  int `json:"facts"`
	Median int `json:"median"`
	P90    int `json:"p90"`
}

func waitsOf(nights []int) waits {
	if len(nights) == 0 {
		return waits{}
	}
	sorted := slices.SortedFunc(slices.Values(nights), cmp.Compare[int])
	return waits{len(sorted), sorted[(len(sorted)-1)/2], sorted[(len(sorted)-1)*9/10]}
}
