package pipeline

import (
	"cmp"
	"context"
	"slices"

	"locatematch/matchers"
	"locatematch/sources/person"
)

// ComparedPair is one pair that some blocking rule proposed, as Evaluate sees it: compared to the end, below review too.
type ComparedPair struct {
	Extract   string
	RecordID  string // the layout's, else the line
	SubjectID string
	Weight    int32 // units of matchers.One; competition included
	Pattern   matchers.Pattern
	Same      bool // truth names the pair
}

// ComparedPairs lists every compared pair of a night with its truth, for studies that put pairs of several tools side by side.
// The list is sorted by extract (in the order of the config), record and subject. It holds protected persons' pairs too, for
// figures over pairs would not agree with Evaluate's otherwise: it is for nights whose people are invented, and no output
// of the command is made from it (I10).
func ComparedPairs(ctx context.Context, p *Plan, truth string, opt Options) ([]ComparedPair, error) {
	n, err := loadNight(ctx, p)
	if err != nil {
		return nil, err
	}
	n.keepAll = true
	key, err := loadTruth(n, truth, "")
	if err != nil {
		return nil, err
	}
	list := pairLister{night: n, key: key, subjects: make([]string, len(n.caseload.subjects))}
	for id, number := range n.caseload.numbers {
		list.subjects[number] = id
	}
	return list.list(ctx, opt.withDefaults())
}

// pairLister is what the list is made from.
type pairLister struct {
	night    *night
	key      *answerKey
	subjects []string // ids, by subject number
}

func (l *pairLister) list(ctx context.Context, opt Options) ([]ComparedPair, error) {
	var workers []*pairKeeper
	var patient []*patientJudge
	newJudge := func() judge {
		k := &pairKeeper{from: l, pairs: make([][]ComparedPair, len(l.night.extracts))}
		workers, patient = append(workers, k), append(patient, &patientJudge{judge: k, night: l.night})
		return patient[len(patient)-1]
	}
	files := newCollector(l.night)
	if err := l.night.flow(ctx, opt, newJudge, nil, files.file); err != nil {
		return nil, err
	}
	if err := files.firstFault(); err != nil {
		return nil, err
	}
	l.night.release(patient)
	var all []ComparedPair
	for e := range l.night.extracts {
		from := len(all)
		for _, k := range workers {
			all = append(all, k.pairs[e]...)
		}
		slices.SortFunc(all[from:], func(a, b ComparedPair) int {
			return cmp.Or(cmp.Compare(a.RecordID, b.RecordID), cmp.Compare(a.SubjectID, b.SubjectID), cmp.Compare(a.Pattern, b.Pattern))
		})
	}
	return all, nil
}

// pairKeeper keeps the pairs that one worker sees.
type pairKeeper struct {
	from  *pairLister
	pairs [][]ComparedPair // by extract
}

// row is not needed: a row without a proposed pair is no pair.
func (k *pairKeeper) row(int, int, *person.Rows, int) {}

func (k *pairKeeper) record(e int, id []byte, scored []matchers.Scored) {
	record := string(id)
	for _, s := range scored {
		k.pairs[e] = append(k.pairs[e], ComparedPair{
			Extract: k.from.night.extracts[e].feed.Name, RecordID: record, SubjectID: k.from.subjects[s.Subject],
			Weight: s.Weight, Pattern: s.Pattern, Same: k.from.key.isTrue(e, id, s.Subject),
		})
	}
}
