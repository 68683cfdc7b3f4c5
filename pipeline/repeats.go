package pipeline

import (
	"context"
	"fmt"
	"slices"

	"locatematch/matchers"
	"locatematch/sources/person"
)

// fewestRepeats is how many pairs of one subject's records chance must give for a source's repeat ratio to be worth another
// pass: with fewer the ratio's pseudo-count keeps it above .9, which takes less than a sixth of a bit.
const fewestRepeats = 1

// learnRepeats estimates the repeat ratios of a model that was just trained. That takes the links that the model makes, so
// the extracts are streamed once more, those sources' alone whose ratio can be learnt.
func (n *night) learnRepeats(ctx context.Context, opt Options, m *matchers.Model, r *matchers.TrainingReport) error {
	second, err := n.again(m, func(source string) bool {
		at := slices.IndexFunc(r.Sources, func(s matchers.SourceReport) bool { return s.Source == source })
		s := r.Sources[at]
		return !s.Stated && s.Matches*s.Matches >= fewestRepeats*2*float64(r.Subjects)
	})
	if err != nil || len(second.extracts) == 0 {
		return err
	}
	judges, err := second.links(ctx, opt)
	if err != nil {
		return fmt.Errorf("the files have changed since they were counted: %w", err)
	}
	r.SetRepeats(m, second.repeatCounts(judges))
	return nil
}

// links streams the night and keeps the links that may compete for their subjects.
func (n *night) links(ctx context.Context, opt Options) ([]*linkJudge, error) {
	var judges []*linkJudge
	newJudge := func() judge {
		judges = append(judges, &linkJudge{night: n, links: make([][]stake, len(n.extracts))})
		return judges[len(judges)-1]
	}
	files := newCollector(n)
	if err := n.flow(ctx, opt, newJudge, nil, files.file); err != nil {
		return nil, err
	}
	return judges, files.firstFault()
}

// again is the night made ready anew under another model, with the extracts of some sources only.
func (n *night) again(m *matchers.Model, wanted func(source string) bool) (*night, error) {
	plan := *n.plan
	plan.Extracts = slices.DeleteFunc(slices.Clone(plan.Extracts), func(f Feed) bool { return !wanted(f.Source) })
	if err := plan.Adopt(m); err != nil {
		return nil, err
	}
	return newNight(&plan, n.caseload)
}

// linkJudge keeps a worker's links, by extract.
type linkJudge struct {
	night *night
	links [][]stake
}

func (*linkJudge) row(int, int, *person.Rows, int) {}

func (j *linkJudge) record(e int, _ []byte, scored []matchers.Scored) {
	if j.night.guarded(scored) {
		return // does not compete either
	}
	for _, s := range scored {
		if s.Weight >= j.night.bounds.review {
			j.links[e] = append(j.links[e], stake{subject: s.Subject, weight: s.Weight})
		}
	}
}

// repeatCounts puts the links of each source together, subject by subject.
func (n *night) repeatCounts(judges []*linkJudge) map[string]*matchers.RepeatCount {
	bySource := map[string][]stake{}
	for e, x := range n.extracts {
		for _, j := range judges {
			bySource[x.feed.Source] = append(bySource[x.feed.Source], j.links[e]...)
		}
	}
	counts := map[string]*matchers.RepeatCount{}
	for source, links := range bySource {
		count := matchers.NewRepeatCount(n.caseload.frozen.Subjects())
		eachSubject(links, func(_ []stake, weights []int32) { count.Add(weights) })
		counts[source] = count
	}
	return counts
}
