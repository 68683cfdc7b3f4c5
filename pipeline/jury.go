package pipeline

import (
	"cmp"
	"slices"

	"locatematch/matchers"
)

// jury adds up what the judges found and states it.
type jury struct {
	night *night
	key   *answerKey
	findings
}

func newJury(n *night, key *answerKey) *jury {
	return &jury{night: n, key: key, findings: newFindings(len(n.extracts))}
}

func (j *jury) add(o *judgeOfWorker) {
	for e := range j.all {
		j.all[e].add(o.all[e])
		j.top[e].add(o.top[e])
		j.practiceAll[e] += o.practiceAll[e]
		j.practiceHits[e] += o.practiceHits[e]
	}
	j.trapped = append(j.trapped, o.trapped...)
	j.practiceTrap = append(j.practiceTrap, o.practiceTrap...)
}

// evaluations gives one entry per extract and, where there are several, one of them all.
func (j *jury) evaluations(set string, seconds float64, withPractice bool) []Evaluation {
	var list []Evaluation
	all, top := newHistogram(), newHistogram()
	var truth, links, hits int64
	for e, x := range j.night.extracts {
		v := j.evaluation(j.all[e], j.top[e], j.key.pairs[e])
		v.Extract, v.Source = x.feed.Name, x.feed.Source
		if withPractice {
			r := rates(j.practiceAll[e], j.practiceHits[e], j.key.pairs[e])
			v.Practice = &r
		}
		v.Traps = j.traps(func(t trapRow) bool { return t.extract == e })
		list = append(list, v)
		all.add(j.all[e])
		top.add(j.top[e])
		truth, links, hits = truth+j.key.pairs[e], links+j.practiceAll[e], hits+j.practiceHits[e]
	}
	if len(list) > 1 {
		v := j.evaluation(all, top, truth)
		v.Extract, v.Source = "all", "all"
		if withPractice {
			r := rates(links, hits, truth)
			v.Practice = &r
		}
		v.Traps = j.traps(func(trapRow) bool { return true })
		list = append(list, v)
	}
	for i := range list {
		list[i].Set, list[i].Seconds = set, seconds
	}
	return list
}

func (j *jury) evaluation(all, top *histogram, truth int64) Evaluation {
	pairs, hits := all.total()
	accept := matchers.Bits(j.night.bounds.accept)
	v := Evaluation{
		TruePairs: truth, Pairs: pairs, Best: all.best(truth), Accept: all.at(accept, truth), P50: all.at(0, truth),
		At: all.thresholds(truth), Calibration: all.calibration(),
		Top1: Top1{Best: top.best(truth), Accept: top.at(accept, truth), P50: top.at(0, truth)},
	}
	if truth > 0 {
		v.PairCompleteness = float64(hits) / float64(truth)
	}
	return v
}

// traps counts, trap by trap, the planted pairs that came out wrong at the accept threshold.
func (j *jury) traps(of func(trapRow) bool) []TrapCount {
	accepted, practised := setOf(j.trapped), setOf(j.practiceTrap)
	type kind struct {
		name string
		same bool
	}
	counts := map[kind]*TrapCount{}
	for i, t := range j.key.traps {
		if !of(t) {
			continue
		}
		c := counts[kind{t.name, t.same}]
		if c == nil {
			c = &TrapCount{Trap: t.name, Same: t.same}
			counts[kind{t.name, t.same}] = c
		}
		c.Pairs++
		if accepted[i] != t.same {
			c.Wrong++
		}
		if practised[i] != t.same {
			c.PracticeWrong++
		}
	}
	var list []TrapCount
	for _, c := range counts {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b TrapCount) int {
		if a.Same != b.Same {
			if b.Same {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Trap, b.Trap)
	})
	return list
}

func setOf(rows []int) map[int]bool {
	set := make(map[int]bool, len(rows))
	for _, i := range rows {
		set[i] = true
	}
	return set
}
