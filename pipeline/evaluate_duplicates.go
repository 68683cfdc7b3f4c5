package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"locatematch/matchers"
	"locatematch/sources/person"
)

// evaluateDuplicates measures the accuracy of Duplicates against truth. A pair is seen from both of its rows and counts once,
// by its heavier sight, as Duplicates counts it. There is no top-1: a person may have any number of numbers.
func evaluateDuplicates(ctx context.Context, p *Plan, opt EvaluateOptions) ([]Evaluation, error) {
	began := time.Now()
	if opt.Traps != "" || opt.Detail || opt.Worst > 0 {
		return nil, fmt.Errorf("%w: traps, detail and the worst pairs are of extracts; of a caseload linked with itself there are none", ErrConfig)
	}
	n, err := loadSelfNight(ctx, p, 0)
	if err != nil {
		return nil, err
	}
	truth, pairs, err := loadDuplicateTruth(n, opt.Truth)
	if err != nil {
		return nil, err
	}
	sights, err := n.sightings(ctx, opt.Options)
	if err != nil {
		return nil, err
	}
	j := newJury(n, &answerKey{pairs: []int64{pairs}})
	for _, s := range sights {
		j.all[0].count(s.weight, truth[s.pair])
	}
	list := j.evaluations(opt.Set, time.Since(began).Seconds(), false)
	list[0].Top1 = Top1{}
	return list, nil
}

// twoSubjects is an unordered pair, the lower number in the upper half.
type twoSubjects uint64

func unordered(a, b uint32) twoSubjects { return twoSubjects(min(a, b))<<32 | twoSubjects(max(a, b)) }

// loadDuplicateTruth gives the true pairs of subjects, and how many there are with those that the caseload does not have.
func loadDuplicateTruth(n *night, path string) (map[twoSubjects]bool, int64, error) {
	truth, unknown := map[twoSubjects]bool{}, map[[2]string]bool{}
	err := eachRow(path, []string{"subject_id", "subject_id_2"}, func(v []string) error {
		a, knownA := n.caseload.numbers[v[0]]
		b, knownB := n.caseload.numbers[v[1]]
		switch {
		case v[0] == v[1]:
			return fmt.Errorf("subject %s stands beside itself", v[0])
		case knownA && knownB:
			truth[unordered(a, b)] = true
		default:
			unknown[[2]string{min(v[0], v[1]), max(v[0], v[1])}] = true
		}
		return nil
	})
	return truth, int64(len(truth) + len(unknown)), err
}

// sight is a pair as one of its two rows shows it.
type sight struct {
	pair   twoSubjects
	weight int32
}

// sightJudge keeps every compared pair of two subjects.
type sightJudge struct {
	night  *night
	sights []sight
}

func (*sightJudge) row(int, int, *person.Rows, int) {}

func (j *sightJudge) record(_ int, id []byte, scored []matchers.Scored) {
	own, known := j.night.caseload.numbers[string(id)]
	if !known {
		return
	}
	for _, s := range scored {
		j.sights = append(j.sights, sight{pair: unordered(own, s.Subject), weight: s.Weight})
	}
}

// sightings streams the caseload past itself and gives every compared pair once, by its heavier sight.
func (n *night) sightings(ctx context.Context, opt Options) ([]sight, error) {
	var judges []*sightJudge
	newJudge := func() judge {
		judges = append(judges, &sightJudge{night: n})
		return judges[len(judges)-1]
	}
	files := newCollector(n)
	if err := n.flow(ctx, opt, newJudge, nil, files.file); err != nil {
		return nil, err
	}
	if err := files.firstFault(); err != nil {
		return nil, err
	}
	var all []sight
	for _, j := range judges {
		all = append(all, j.sights...)
	}
	slices.SortFunc(all, func(a, b sight) int {
		return cmp.Or(cmp.Compare(a.pair, b.pair), cmp.Compare(b.weight, a.weight))
	})
	return slices.CompactFunc(all, func(a, b sight) bool { return a.pair == b.pair }), nil
}
