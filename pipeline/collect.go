package pipeline

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/report"
	"locatematch/sources"
)

// progress adds up the bytes read of an extract's files for the observer.
func (e *extractPlan) progress(o Observer) func(read, total int64) {
	var last int64
	return func(read, _ int64) {
		o.Advance(e.feed.Name, e.read.Add(read-last))
		last = read
	}
}

// collector gathers results by section until the section's verdict is known. One goroutine adds shards, readers end files;
// the two meet only after the flow has ended.
type collector struct {
	night    *night
	sections map[sectionKey]*sectionResult
	files    [][]fileResult // by extract, by file
}

type sectionKey struct{ extract, file, section int }

type sectionResult struct {
	tally *tally
	links []leads.Link
}

func newCollector(n *night) *collector {
	c := &collector{night: n, sections: map[sectionKey]*sectionResult{}, files: make([][]fileResult, len(n.extracts))}
	for e := range n.extracts {
		c.files[e] = make([]fileResult, len(n.extracts[e].feed.Paths))
	}
	return c
}

func (c *collector) shard(r *shardResult) {
	key := sectionKey{r.extract, r.file, r.section}
	s := c.sections[key]
	if s == nil {
		s = &sectionResult{tally: newTally(c.night.plan.Spec, c.night.extracts[r.extract].binding)}
		c.sections[key] = s
	}
	s.tally.add(r.tally)
	s.links = append(s.links, r.links...)
}

func (c *collector) file(f fileResult) { c.files[f.extract][f.file] = f }

// harvest is what the night's extracts gave once every verdict has fallen.
type harvest struct {
	extracts []report.Extract
	links    []leads.Link
	rejects  []rejectRow
	funnel   report.LinkFunnel
	short    bool     // an expected extract is absent, refused or withheld: exit code 3
	missing  []string // required extracts that are absent or refused: exit code 1
	withheld int64    // links not given to consolidation
}

// verdicts publishes the links of healthy sections and says of every extract what became of it.
func (c *collector) verdicts() *harvest {
	h := &harvest{}
	for e, x := range c.night.extracts {
		r := c.extract(e, x, h)
		if r.State != report.StateRead && r.State != report.StateSkipped || r.SectionsRefused > 0 {
			h.short = h.short || r.Expected
			if x.feed.Required && (r.State == report.StateAbsent || r.State == report.StateRefused || r.State == report.StateWithheld) {
				h.missing = append(h.missing, fmt.Sprintf("%s: %s", r.Name, r.Reason))
			}
		}
		h.extracts = append(h.extracts, r)
	}
	slices.SortFunc(h.links, c.compareLinks)
	h.funnel.Kept = h.funnel.Links - h.withheld
	return h
}

// compareLinks is the stated order of links: subject, then extract, file and line. It makes everything after it independent
// of the order in which shards arrived.
func (c *collector) compareLinks(a, b leads.Link) int {
	return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Sighting.Extract, b.Sighting.Extract),
		cmp.Compare(a.Sighting.File, b.Sighting.File), cmp.Compare(a.Sighting.Line, b.Sighting.Line))
}

func (c *collector) extract(e int, x *extractPlan, h *harvest) report.Extract {
	feed := x.feed
	r := report.Extract{
		Name: feed.Name, Source: feed.Source, Layout: feed.Layout.Name, LayoutStatus: string(feed.Layout.Status),
		LayoutDigest: feed.Layout.Digest, RejectLimit: feed.RejectLimit, Required: feed.Required,
		Expected: feed.Required || feed.Expect != "" && feed.Expect != "never", State: report.StateRead,
	}
	total := newTally(c.night.plan.Spec, x.binding)
	var links []leads.Link
	for f := range feed.Paths {
		links = append(links, c.fileVerdict(e, f, &r, total, h)...)
	}
	r.Read, r.Accepted, r.Rejected, r.Passed = total.read, total.accepted, total.rejected, total.passed
	r.Pairs, r.Below, r.Review, r.AcceptedPairs = total.pairs, total.below, total.review, total.acceptedPairs
	r.RejectedBy, r.InvalidBy = total.rejectCounts(), total.invalidCounts()
	x.judgeExtract(&r, total)
	if r.State == report.StateWithheld {
		r.Withheld = r.Accepted
		h.withhold("reject limit", len(links))
		links = nil
	}
	r.Links = total.review + total.acceptedPairs
	h.links = append(h.links, links...)
	h.rejects = append(h.rejects, total.rejectRows()...)
	h.count(total)
	return r
}

// count adds an extract's pairs and links to the funnel.
func (h *harvest) count(t *tally) {
	f := &h.funnel
	f.Pairs += t.pairs
	f.Below += t.below
	f.Review += t.review
	f.Accepted += t.acceptedPairs
	f.Outcompeted += t.outcompeted
	f.Links += t.review + t.acceptedPairs
	h.withhold("shield subject", int(t.shielded))
	h.withhold("protected person", int(t.protected))
}

// withhold counts links that are not given to consolidation, by reason.
func (h *harvest) withhold(reason string, links int) {
	if links == 0 {
		return
	}
	h.withheld += int64(links)
	by := &h.funnel.WithheldBy
	at, found := slices.BinarySearchFunc(*by, reason, func(c report.Count, name string) int { return cmp.Compare(c.Name, name) })
	if !found {
		*by = slices.Insert(*by, at, report.Count{Name: reason})
	}
	(*by)[at].N += int64(links)
}

// fileVerdict adds one file's sections to the extract and gives the links that may be published.
func (c *collector) fileVerdict(e, f int, r *report.Extract, total *tally, h *harvest) []leads.Link {
	x := c.night.extracts[e]
	file := report.InputFile{Name: filepath.Base(x.feed.Paths[f]), State: report.StateRead}
	if past := x.skip[f]; past != nil {
		file.State, file.SHA256, file.Bytes = report.StateSkipped, past.SHA256, past.Bytes
		file.Reason = fmt.Sprintf("run %s has consumed this file already", past.Run)
		r.Files = append(r.Files, file)
		return nil
	}
	ended := c.files[e][f]
	if ended.report != nil {
		file.SHA256, file.Bytes, file.Records = ended.report.SHA256, ended.report.Bytes, ended.report.Records
	}
	if ended.err != nil {
		file.State, file.Reason = report.StateRefused, ended.err.Error()
	}
	r.Files = append(r.Files, file)
	return c.sectionVerdicts(e, f, ended, r, total, h)
}

func (c *collector) sectionVerdicts(e, f int, ended fileResult, r *report.Extract, total *tally, h *harvest) (links []leads.Link) {
	faults := map[int]sources.Section{}
	if ended.report != nil {
		r.SectionsRead += len(ended.report.Sections)
		for _, s := range ended.report.Sections {
			if s.Fault != "" {
				faults[s.Index] = s
				r.SectionsRefused++
				r.Sections = append(r.Sections, report.Section{
					File: filepath.Base(c.night.extracts[e].feed.Paths[f]), Index: s.Index, Name: s.Name, Line: s.Line,
					Rows: s.Rows, Want: s.Want, Fault: s.Fault,
				})
			}
		}
	}
	for _, key := range c.keysOf(e, f) {
		s := c.sections[key]
		total.add(s.tally)
		if _, bad := faults[key.section]; bad || ended.err != nil {
			r.Withheld += s.tally.accepted
			h.withhold("section refused", len(s.links))
			continue
		}
		links = append(links, s.links...)
	}
	return links
}

func (c *collector) keysOf(e, f int) (keys []sectionKey) {
	for key := range c.sections {
		if key.extract == e && key.file == f {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b sectionKey) int { return cmp.Compare(a.section, b.section) })
	return keys
}

// judgeExtract says what became of an extract as a whole.
func (x *extractPlan) judgeExtract(r *report.Extract, t *tally) {
	count := map[string]int{}
	reason := map[string]string{}
	for _, f := range r.Files {
		count[f.State]++
		if reason[f.State] == "" {
			reason[f.State] = f.Reason
		}
	}
	switch {
	case len(r.Files) == 0:
		r.State, r.Reason = report.StateAbsent, fmt.Sprintf("no file matches %s", strings.Join(x.feed.Files, ", "))
	case count[report.StateRefused] > 0:
		r.State, r.Reason = report.StateRefused, reason[report.StateRefused]
	case count[report.StateSkipped] == len(r.Files):
		r.State, r.Reason = report.StateSkipped, reason[report.StateSkipped]
	case t.beyond(r.RejectLimit):
		r.State = report.StateWithheld
		r.Reason = fmt.Sprintf("%d of %d rows rejected (%s), beyond its limit of %g %%", t.rejected, t.read,
			countsInWords(t.rejectCounts()), r.RejectLimit*100)
	case r.SectionsRefused > 0 && r.SectionsRefused == r.SectionsRead:
		r.State, r.Reason = report.StateRefused, r.Sections[0].Fault
	}
}

// bytesOf is the size on disk of the files an extract still has to read.
func (x *extractPlan) bytesOf() (n int64) {
	for f, path := range x.feed.Paths {
		if info, err := os.Stat(path); err == nil && x.skip[f] == nil {
			n += info.Size()
		}
	}
	return n
}
