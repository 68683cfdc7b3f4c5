package pipeline

import (
	"cmp"
	"context"
	"slices"

	"locatematch/pipeline/report"
)

// fileSection is a section of one of an extract's files.
type fileSection struct{ file, section int }

// bindingOf is how a shard's rows are read.
func (e *extractPlan) bindingOf(s shard) *binding {
	if s.chunk != nil && e.echoes[fileSection{s.file, s.chunk.Section}] != (report.Echo{}) {
		return e.echoed
	}
	return e.binding
}

// echoShare is the share of answers from which a section is taken to echo our inquiry; 0: none is.
func (f *Feed) echoShare() float64 {
	if s := f.ExtractConfig.EchoShare; s != nil {
		return *s
	}
	return DefaultEchoShare
}

// recognise measures every section of the night, and marks those that give back what we sent. It gives the extracts that have any.
func (c *collector) recognise() (extracts []int) {
	answers := make([]map[fileSection]answersOf, len(c.night.extracts))
	for key, s := range c.sections {
		if key.extract >= len(answers) || s.tally.answers == 0 {
			continue
		}
		if answers[key.extract] == nil {
			answers[key.extract] = map[fileSection]answersOf{}
		}
		answers[key.extract][fileSection{key.file, key.section}] = answersOf{s.tally.answers, s.tally.repeated}
	}
	for e, sections := range answers {
		x := c.night.extracts[e]
		share := x.feed.echoShare()
		if share == 0 {
			continue
		}
		for at, echoes := range judgeEchoes(sections, share) {
			if !echoes {
				continue
			}
			if x.echoes == nil {
				x.echoes, extracts = map[fileSection]report.Echo{}, append(extracts, e)
			}
			x.echoes[at] = report.Echo{
				File: x.feed.Names[at.file], Section: at.section, Name: c.sectionName(sectionKey{e, at.file, at.section}),
				Answers: sections[at].answers, Repeated: sections[at].repeated,
			}
		}
	}
	return extracts
}

func (c *collector) sectionName(key sectionKey) string {
	files := c.files[key.extract]
	if r := files[key.file].report; r != nil {
		for _, s := range r.Sections {
			if s.Index == key.section {
				return s.Name
			}
		}
	}
	return ""
}

// forget takes back what reading an extract gave, before it is read again. Its links stay in the store, of sections that no verdict
// will ever publish.
func (c *collector) forget(extract int) {
	for key := range c.sections {
		if key.extract == extract {
			delete(c.sections, key)
		}
	}
	clear(c.files[extract])
	c.night.extracts[extract].read.Store(0)
}

// listEchoes are an extract's echoing sections by file and place.
func (e *extractPlan) listEchoes() (list []report.Echo) {
	for _, echo := range e.echoes {
		list = append(list, echo)
	}
	slices.SortFunc(list, func(a, b report.Echo) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Section, b.Section))
	})
	return list
}

// flowTwice streams the night, and once more those extracts in which a section was found to give back what we sent: what it repeats
// must not score, and that is known only once it has been read. Nights without such a section, nearly all, pay nothing.
func (n *night) flowTwice(ctx context.Context, opt Options, c *collector) error {
	if err := n.flow(ctx, opt, nil, c.shard, c.file); err != nil {
		return err
	}
	again := c.recognise()
	if len(again) == 0 {
		return nil
	}
	for _, e := range again {
		c.forget(e)
	}
	n.only = again
	defer func() { n.only = nil }()
	return n.flow(ctx, opt, nil, c.shard, c.file)
}

// findEchoes reads the extracts that could echo our inquiry, and no others, before a night whose records go to judges: they must see
// them as a run does.
func (n *night) findEchoes(ctx context.Context, opt Options) error {
	if n.measured || n.self {
		return nil
	}
	n.measured = true
	for e, x := range n.extracts {
		if x.sent != nil {
			n.only = append(n.only, e)
		}
	}
	if len(n.only) == 0 {
		return nil
	}
	defer func() { n.only = nil }()
	c := newCollector(n)
	count := func(r *shardResult) error {
		key := sectionKey{r.extract, r.file, r.section}
		if c.sections[key] == nil {
			c.sections[key] = &sectionResult{tally: c.newTally(n.extracts[r.extract])}
		}
		c.sections[key].tally.add(r.tally)
		return nil
	}
	if err := n.flow(ctx, opt, nil, count, c.file); err != nil {
		return err
	}
	c.recognise()
	for _, e := range n.only {
		n.extracts[e].read.Store(0)
	}
	return nil
}

// reads reports that a pass reads an extract.
func (n *night) reads(extract int) bool { return len(n.only) == 0 || slices.Contains(n.only, extract) }
