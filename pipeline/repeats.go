package pipeline

import (
	"context"
	"slices"

	"locatematch/matchers"
	"locatematch/sources/person"
)

// fewestRepeats is how many pairs of one subject's records chance must give for a source's repeat ratio to be worth its learning:
// with fewer the ratio's pseudo-count keeps it above .9, which takes less than a sixth of a bit.
const fewestRepeats = 1

// learnRepeats estimates the repeat ratios of a model that was just trained, from the links that the model makes of the records
// kept while the extracts streamed by: those sources' alone whose ratio can be learnt.
func (n *night) learnRepeats(kept *contenders, workers int, m *matchers.Model, r *matchers.TrainingReport) error {
	second, err := n.again(m, func(source string) bool {
		at := slices.IndexFunc(r.Sources, func(s matchers.SourceReport) bool { return s.Source == source })
		s := r.Sources[at]
		return !s.Stated && s.Matches*s.Matches >= fewestRepeats*2*float64(r.Subjects)
	})
	if err != nil || len(second.extracts) == 0 {
		return err
	}
	r.SetRepeats(m, second.repeatCounts(kept, second.rivalry(n, kept, workers)))
	return nil
}

// rivalry matches the kept records under the night's model, each worker its share of them. The extracts are the night's, by the
// places that they had in the night of which the records were kept.
func (n *night) rivalry(of *night, kept *contenders, workers int) []*linkJudge {
	places := make([]int, len(of.extracts))
	for e, x := range of.extracts {
		places[e] = slices.IndexFunc(n.extracts, func(y *extractPlan) bool { return y.feed.Name == x.feed.Name })
	}
	var judges []*linkJudge
	var tasks []func() error
	for w := range workers {
		j := newLinkJudge(n)
		judges = append(judges, j)
		tasks = append(tasks, func() error {
			j.meet(kept, w*len(kept.rows)/workers, (w+1)*len(kept.rows)/workers, places)
			return nil
		})
	}
	_ = together(tasks...) // none fails
	return judges
}

// meet judges the records from one place to another anew.
func (j *linkJudge) meet(kept *contenders, from, to int, places []int) {
	match := make([]*matchers.Matcher, len(j.night.extracts))
	values := make([]matchers.Value, len(j.night.plan.Spec.Fields))
	kept.each(from, to, values, func(extract int) {
		e := places[extract]
		if e < 0 {
			return
		}
		if match[e] == nil {
			match[e] = matchers.NewMatcher(j.night.caseload.frozen, j.night.extracts[e].scorer)
		}
		if scored := match[e].Match(values, matchers.Options{}); len(scored) > 0 {
			j.record(e, nil, scored)
		}
	})
}

// links streams the night and keeps the links that may compete for their subjects.
func (n *night) links(ctx context.Context, opt Options) ([]*linkJudge, error) {
	var judges []*linkJudge
	newJudge := func() judge {
		judges = append(judges, newLinkJudge(n))
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

func newLinkJudge(n *night) *linkJudge {
	return &linkJudge{night: n, links: make([][]stake, len(n.extracts))}
}

func (*linkJudge) row(int, int, *person.Rows, int) {}

func (j *linkJudge) record(e int, _ []byte, scored []matchers.Scored) {
	if len(j.night.protectedClaimants(scored, nil)) > 0 {
		return // does not compete either
	}
	for _, s := range scored {
		if s.Weight >= j.night.bounds.review {
			j.links[e] = append(j.links[e], stake{subject: s.Subject, weight: s.Weight})
		}
	}
}

// repeatCounts puts the links of each source together, subject by subject, of the subjects in the sample.
func (n *night) repeatCounts(kept *contenders, judges []*linkJudge) map[string]*matchers.RepeatCount {
	subjects := 0
	for s := range n.caseload.subjects {
		if kept.has(uint32(s)) {
			subjects++
		}
	}
	bySource := map[string][]stake{}
	for e, x := range n.extracts {
		for _, j := range judges {
			of := slices.DeleteFunc(j.links[e], func(s stake) bool { return !kept.has(s.subject) })
			bySource[x.feed.Source] = append(bySource[x.feed.Source], of...)
		}
	}
	counts := map[string]*matchers.RepeatCount{}
	for source, links := range bySource {
		count := matchers.NewRepeatCount(subjects, len(n.caseload.subjects))
		eachSubject(links, func(_ []stake, weights []int32) { count.Add(weights) })
		counts[source] = count
	}
	return counts
}
