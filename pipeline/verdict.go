package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/report"
	"locatematch/sources"
)

// harvest is what the night's extracts gave once every verdict has fallen.
type harvest struct {
	*collector
	verdicts []*verdict // by extract
	extracts []report.Extract
	rejects  []rejectRow
	funnel   report.LinkFunnel
	again    []*verdict // of what earlier nights have kept
	shelf    shelfResult
	consumed []LedgerEntry // files read to a healthy end, for the ledger; Run is not set yet
	short    bool          // something expected did not come or could not be used: exit code 3
	missing  []string      // of it, what was required: exit code 1
	withheld int64         // links not given to consolidation

	taxed, invalidPairs int64 // values of return information kept out of leads; conflicts that the agency knows already
}

// verdicts says of every extract what became of it, and of every section whether its links may be published. What the links
// come to is known once they have competed, partition by partition, and conclude counts it.
func (c *collector) verdicts() *harvest {
	h := &harvest{collector: c}
	for e, x := range c.night.extracts {
		v := c.extract(e, x, h)
		h.verdicts = append(h.verdicts, v)
		h.consumed = append(h.consumed, v.consumed...)
		h.rejects = append(h.rejects, v.total.rejectRows()...)
		r := v.report
		h.short = h.short || unusable(r) || r.SectionsRefused > 0 || r.Expected && waits(r)
		if r.Required && unusable(r) {
			h.missing = append(h.missing, fmt.Sprintf("%s: %s", r.Name, r.Reason))
		}
		h.keep(v)
	}
	h.again = c.again(h)
	return h
}

// conclude counts every extract's pairs and links, once all links have competed.
func (h *harvest) conclude() {
	for _, v := range h.verdicts {
		r, total := v.report, v.total
		r.Pairs, r.MostPairs, r.Below, r.Review, r.AcceptedPairs = total.pairs, total.mostPairs, total.below, total.review, total.acceptedPairs
		r.Links = total.review + total.acceptedPairs
		h.count(total)
		h.extracts = append(h.extracts, *r)
	}
	h.funnel.Kept = h.funnel.Links - h.withheld
	for _, v := range h.again {
		h.shelf.linked += v.total.review + v.total.acceptedPairs
	}
}

// unusable reports that an extract came and cannot be used, expected or not, or that it did not come when it should have.
func unusable(r *report.Extract) bool {
	return r.State == report.StateRefused || r.State == report.StateWithheld || r.Overdue
}

// compareLinks is the stated order of links: subject, then extract, file and line. It makes everything after it independent
// of the order in which shards arrived.
func compareLinks(a, b leads.Link) int {
	return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Sighting.Extract, b.Sighting.Extract),
		cmp.Compare(a.Sighting.File, b.Sighting.File), cmp.Compare(a.Sighting.Line, b.Sighting.Line),
		cmp.Compare(a.Sighting.FileMark, b.Sighting.FileMark))
}

// extract says of one extract's files what became of them, and whose links may be published.
func (c *collector) extract(e int, x *extractPlan, h *harvest) *verdict {
	feed := x.feed
	r := report.Extract{
		Name: feed.Name, Source: feed.Source, Layout: feed.Layout.Name, LayoutStatus: string(feed.Layout.Status),
		LayoutDigest: feed.Layout.Digest, RejectLimit: feed.RejectLimit, Required: feed.Required,
		Expected: feed.Required || feed.Expect != "" && feed.Expect != "never", State: report.StateRead,
	}
	total := c.newTally(x)
	v := &verdict{
		collector: c, harvest: h, extract: e, plan: x, report: &r, total: total, seen: map[string]string{},
		competes: c.night.repeatRatio(feed.Source) < 1,
	}
	for f := range feed.Paths {
		v.file(f)
	}
	for _, u := range feed.Unready {
		r.Files = append(r.Files, notReady(u.Name, u.Reason))
	}
	r.Read, r.Accepted, r.Rejected, r.Passed = total.read, total.accepted, total.rejected, total.passed
	r.RejectedBy, r.InvalidBy = total.rejectCounts(), total.invalidCounts()
	r.UnknownCodes = total.codeCounts()
	r.Answers, r.Repeated, r.Echoes = total.answers, total.repeated, x.listEchoes()
	for _, e := range r.Echoes { // read again, these sections name nobody
		r.Answers, r.Repeated = r.Answers+e.Answers, r.Repeated+e.Repeated
	}
	x.judgeExtract(&r, total)
	x.judgeAge(&r, c.night.plan.AsOf)
	if r.State == report.StateWithheld {
		r.Withheld = r.Accepted
		for _, s := range v.healthy {
			h.withhold("reject limit", s.links)
			s.verdict = nil
		}
		v.kept, v.consumed = nil, nil
	}
	return v
}

// count adds an extract's pairs and links to the funnel.
func (h *harvest) count(t *tally) {
	f := &h.funnel
	f.Pairs += t.pairs
	f.Below += t.below
	f.Review += t.review
	f.Accepted += t.acceptedPairs
	f.Outcompeted += t.outcompeted
	h.invalidPairs += t.invalidPairs
	h.taxed += t.taxed
	f.Links += t.review + t.acceptedPairs
	h.withhold("shield subject", t.shielded)
	h.withhold("protected person", t.protected)
}

// withhold counts links that are not given to consolidation, by reason.
func (h *harvest) withhold(reason string, links int64) {
	if links == 0 {
		return
	}
	h.withheld += links
	by := &h.funnel.WithheldBy
	at, found := slices.BinarySearchFunc(*by, reason, func(c report.Count, name string) int { return cmp.Compare(c.Name, name) })
	if !found {
		*by = slices.Insert(*by, at, report.Count{Name: reason})
	}
	(*by)[at].N += links
}

// verdict goes through the files and sections of one extract.
type verdict struct {
	*collector
	harvest  *harvest
	extract  int
	plan     *extractPlan
	report   *report.Extract
	total    *tally
	seen     map[string]string // digest to file name
	competes bool              // a subject's links in it, with others of its source
	healthy  []*sectionResult  // whose links may be published
	kept     []*shelvedFile    // what is kept of its files for later nights
	consumed []LedgerEntry
}

// file adds one file to the extract.
func (v *verdict) file(f int) {
	file := report.InputFile{Name: v.plan.feed.Names[f], State: report.StateRead}
	defer func() { v.report.Files = append(v.report.Files, file) }()
	if past := v.plan.skip[f]; past != nil {
		file.State, file.SHA256, file.Bytes = report.StateSkipped, past.SHA256, past.Bytes
		file.Reason = fmt.Sprintf("run %s has read this file already", past.Run)
		if past.Extract != v.report.Name {
			file.Reason += ", as " + past.Name + " of extract " + past.Extract
		}
		if past.Recalled != "" {
			file.Reason = fmt.Sprintf("the file was recalled (%s); a corrected one will be read", past.Reason)
		}
		return
	}
	if reason := v.plan.unready[f]; reason != "" {
		file = notReady(file.Name, reason)
		return
	}
	ended := v.files[v.extract][f]
	if ended.report != nil {
		file.SHA256, file.Bytes, file.Records = ended.report.SHA256, ended.report.Bytes, ended.report.Records
	}
	if isChanging(ended.err) {
		file = notReady(file.Name, sources.ErrChanging.Error())
		v.sections(f, ended, "")
		return
	}
	if ended.err != nil {
		file.State, file.Reason = report.StateRefused, faultWords(ended.err, file.Name)
		file.SHA256, file.Bytes, _ = digestFile(v.plan.feed.Paths[f]) // nothing, of a file that cannot be read at all
	} else if twin, twice := v.seen[file.SHA256]; twice {
		// A copy under another name would make every row look like two sightings. Its rows count nowhere.
		file.State, file.Records, file.Reason = report.StateSkipped, 0, fmt.Sprintf("the same bytes as %s", twin)
		return
	}
	v.seen[file.SHA256] = file.Name
	if words := v.repeatedBatch(file.Name, ended); words != "" {
		file.State, file.Reason, ended.err = report.StateRefused, words, errors.New(words)
	}
	if v.sections(f, ended, file.SHA256) && file.Records > 0 {
		v.consumed = append(v.consumed, LedgerEntry{SHA256: file.SHA256, Name: file.Name, Extract: v.report.Name, Bytes: file.Bytes, Batch: ended.report.Batch})
	}
}

// repeatedBatch says that a file's batch number came before, tonight or in an earlier run, with other bytes: sent twice, or
// numbered by mistake, and which of the two is a person's to say. "" where it did not.
func (v *verdict) repeatedBatch(name string, ended fileResult) string {
	if ended.err != nil || ended.report == nil || ended.report.Batch == "" || v.plan.batch == nil {
		return ""
	}
	batch := ended.report.Batch
	words := name + ": batch " + batch[strings.IndexByte(batch, '/')+1:] + " was read before, from "
	const remedy = "; set allow_repeated_batch: true for the extract if this is a corrected file"
	for _, e := range v.consumed {
		if e.Batch == batch {
			return words + e.Name + remedy
		}
	}
	if past, again := v.plan.batch(batch); again {
		return words + past.Name + " in run " + past.Run + remedy
	}
	return ""
}

// faultWords is the fault of a file under its name in the manifest: the path to it is the machine's, and would make the same
// night other bytes elsewhere (I8).
func faultWords(err error, name string) string {
	var fault *sources.FileError
	if !errors.As(err, &fault) {
		return err.Error()
	}
	named := *fault
	named.Path = name
	return named.Error()
}

// sections adds the sections of one file, and reports whether any of them may be published. The same bytes would meet the
// same verdict again, so one healthy section is enough for the file to be consumed.
func (v *verdict) sections(f int, ended fileResult, sha256 string) (healthy bool) {
	var kept, echoed []keptRow
	faults := map[int]bool{}
	if ended.report != nil {
		v.report.SectionsRead += len(ended.report.Sections)
		for _, s := range ended.report.Sections {
			if s.Fault == "" {
				healthy = ended.err == nil
				continue
			}
			faults[s.Index] = true
			v.report.SectionsRefused++
			v.report.Sections = append(v.report.Sections, report.Section{
				File: v.plan.feed.Names[f], Index: s.Index, Name: s.Name, Line: s.Line,
				Rows: s.Rows, Want: s.Want, Fault: s.Fault,
			})
		}
	}
	for _, key := range v.keysOf(v.extract, f) {
		s := v.collector.sections[key]
		v.total.add(s.tally)
		if faults[key.section] || ended.err != nil {
			v.report.Withheld += s.tally.accepted
			v.harvest.withhold("section refused", s.links)
			continue
		}
		s.verdict, s.mark = v, leads.FileMark(sha256)
		v.healthy = append(v.healthy, s)
		if _, echo := v.plan.echoes[fileSection{f, key.section}]; echo {
			echoed = append(echoed, s.kept...)
		} else {
			kept = append(kept, s.kept...)
		}
	}
	v.shelve(f, sha256, kept, false)
	v.shelve(f, sha256, echoed, true)
	return healthy
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
	refused := count[report.StateRefused]
	switch {
	case len(r.Files) == 0:
		r.State, r.Reason = report.StateAbsent, fmt.Sprintf("no file matches %s", strings.Join(x.feed.Files, ", "))
	case refused == len(r.Files):
		r.State, r.Reason = report.StateRefused, reason[report.StateRefused]
	case r.Expected && t.read == 0 && count[report.StateRead] > 0:
		r.State, r.Reason = report.StateRefused, fmt.Sprintf("no record in %s", r.Files[0].Name)
	case waits(r) && count[report.StateSkipped]+count[report.StateNotReady] == len(r.Files):
		r.State, r.Reason = report.StateAbsent, reason[report.StateNotReady]
	case count[report.StateSkipped] == len(r.Files):
		r.State, r.Reason = report.StateSkipped, reason[report.StateSkipped]
	case t.beyond(r.RejectLimit):
		r.State = report.StateWithheld
		r.Reason = fmt.Sprintf("%s, beyond its limit of %g %%", t.rejectsInWords(), r.RejectLimit*100)
	case refused > 0: // after the limit: what is left of the extract keeps it too
		r.State, r.Reason = report.StateRefused, reason[report.StateRefused]
	case r.SectionsRefused > 0 && r.SectionsRefused == r.SectionsRead:
		r.State, r.Reason = report.StateRefused, r.Sections[0].File+": "+r.Sections[0].Fault
	}
}
