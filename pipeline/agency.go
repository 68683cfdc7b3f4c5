package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/report"
	"locatematch/sources"
)

// AgencyConfig names the files of what the agency itself knows, each optional.
type AgencyConfig struct {
	Cases        *KnowledgeConfig `yaml:"cases" json:",omitempty"`
	Addresses    *KnowledgeConfig `yaml:"addresses" json:",omitempty"`
	Employers    *KnowledgeConfig `yaml:"employers" json:",omitempty"`
	InvalidPairs *KnowledgeConfig `yaml:"invalid_pairs" json:",omitempty"`
	Levies       *KnowledgeConfig `yaml:"levies" json:",omitempty"`
	Renumbered   *KnowledgeConfig `yaml:"renumbered" json:",omitempty"`
}

// KnowledgeConfig names one of them.
type KnowledgeConfig struct {
	Files       Patterns `yaml:"files"`
	Layout      string   `yaml:"layout"`       // default: the built-in one of its kind
	RejectLimit *float64 `yaml:"reject_limit"` // share of rows; default 0.01; beyond it nothing is run
}

// knowledgeKind is one of the agency's files: its key in night.yaml, its layout, and what takes in a row.
type knowledgeKind struct {
	key, layout string
	config      func(*AgencyConfig) *KnowledgeConfig
	take        func(*knowledgeLoader, *agencyRow)
}

// knowledgeKinds are in the order in which they are read. Cases come first: they say who is protected.
var knowledgeKinds = []knowledgeKind{
	{"cases", "agency-cases", func(c *AgencyConfig) *KnowledgeConfig { return c.Cases }, (*knowledgeLoader).takeCase},
	{"addresses", "agency-addresses", func(c *AgencyConfig) *KnowledgeConfig { return c.Addresses }, (*knowledgeLoader).takeAddress},
	{"employers", "agency-employers", func(c *AgencyConfig) *KnowledgeConfig { return c.Employers }, (*knowledgeLoader).takeEmployer},
	{"invalid_pairs", "agency-invalid-pairs", func(c *AgencyConfig) *KnowledgeConfig { return c.InvalidPairs }, (*knowledgeLoader).takeInvalidPair},
	{"levies", "agency-levies", func(c *AgencyConfig) *KnowledgeConfig { return c.Levies }, (*knowledgeLoader).takeLevy},
	{"renumbered", "agency-renumbered", func(c *AgencyConfig) *KnowledgeConfig { return c.Renumbered }, (*knowledgeLoader).takeRenumbering},
}

// knowledgeFeed is one of the agency's files made ready.
type knowledgeFeed struct {
	Feed
	kind *knowledgeKind
}

// knowledgeFeeds resolves what night.yaml says under agency. A file that is named and not there is a fault: without it the
// night would offer again what the agency knows to be wrong, or what it must not disclose.
func knowledgeFeeds(dir string, c *AgencyConfig) (feeds []knowledgeFeed, faults []error) {
	if c == nil {
		return nil, nil
	}
	for i := range knowledgeKinds {
		kind := &knowledgeKinds[i]
		written := kind.config(c)
		if written == nil {
			continue
		}
		at := "agency." + kind.key
		f := Feed{ExtractConfig: ExtractConfig{Name: at, Files: written.Files, Layout: orDefault(written.Layout, kind.layout),
			RejectLimit: written.RejectLimit}, RejectLimit: DefaultRejectLimit}
		if len(f.Files) == 0 {
			faults = append(faults, fmt.Errorf("%s.files: name the file, for example in/%s.csv", at, kind.key))
			continue
		}
		if l := written.RejectLimit; l != nil {
			if f.RejectLimit = *l; *l < 0 || *l > 1 {
				faults = append(faults, fmt.Errorf("%s.reject_limit: %v is not a share between 0 and 1", at, *l))
			}
		}
		if err := f.resolve(dir, at); err != nil {
			faults = append(faults, err)
		} else if len(f.Paths) == 0 {
			faults = append(faults, fmt.Errorf("%s.files: no file matches %s", at, strings.Join(f.Files, ", ")))
		}
		feeds = append(feeds, knowledgeFeed{f, kind})
	}
	return feeds, faults
}

// loadKnowledge reads what the agency knows into the caseload: its cases and facts, and who is protected in any case.
func loadKnowledge(ctx context.Context, p *Plan, c *caseload) error {
	c.knowledge.OfCaseload = c.ownCases
	for i := range p.Agency {
		l := &knowledgeLoader{caseload: c, feed: &p.Agency[i], tally: newTally(p.Agency[i].Name, p.Spec, &binding{noted: notedColumns(p.Agency[i].Layout)}), words: map[string]string{}}
		if err := l.read(ctx); err != nil {
			return err
		}
	}
	sortKnowledge(&c.knowledge)
	return nil
}

// knowledgeLoader reads one of the agency's files.
type knowledgeLoader struct {
	caseload *caseload
	feed     *knowledgeFeed
	row      agencyRow
	splitter *sources.Splitter
	tally    *tally
	funnel   report.AgencyFunnel
	words    map[string]string // values that come again and again (offices, codes) are held once
}

func (l *knowledgeLoader) read(ctx context.Context) error {
	if err := l.feed.waiting(); err != nil {
		return fmt.Errorf("%s: %w", l.feed.Name, err)
	}
	l.splitter = l.feed.Layout.NewSplitter()
	l.row.layout = l.feed.Layout
	l.row.words = l.words
	l.funnel = report.AgencyFunnel{Name: l.feed.Name, Layout: l.feed.Layout.Name, LayoutDigest: l.feed.Layout.Digest}
	for i, path := range l.feed.Paths {
		if err := l.file(ctx, path, l.feed.Names[i]); err != nil {
			return fmt.Errorf("%s: %w", l.feed.Name, err)
		}
	}
	if l.tally.beyond(l.feed.RejectLimit) {
		return fmt.Errorf("%s: %s, beyond the limit of %g %%; nothing was run", l.feed.Name, l.tally.rejectsInWords(), l.feed.RejectLimit*100)
	}
	f := &l.funnel
	f.Read, f.Accepted, f.Rejected, f.RejectedBy = l.tally.read, l.tally.accepted, l.tally.rejected, l.tally.rejectCounts()
	l.caseload.agency = append(l.caseload.agency, l.funnel)
	l.caseload.rejects = append(l.caseload.rejects, l.tally.rejectRows()...)
	return nil
}

func (l *knowledgeLoader) file(ctx context.Context, path, name string) error {
	rep, err := sources.Cut(ctx, path, l.feed.Layout, sources.CutOptions{Keys: l.feed.Keys}, func(c *sources.Chunk) error {
		defer c.Release()
		return l.chunk(name, c)
	})
	if err != nil {
		return err
	}
	for _, s := range rep.Sections {
		if s.Fault != "" {
			return fmt.Errorf("%s: %s", name, s.Fault)
		}
	}
	l.funnel.Files = append(l.funnel.Files, report.InputFile{
		Name: name, SHA256: rep.SHA256, Bytes: rep.Bytes, Records: rep.Records, State: report.StateRead,
	})
	return nil
}

func (l *knowledgeLoader) chunk(file string, c *sources.Chunk) error {
	r := &l.row
	rejects, err := l.splitter.Split(c, &r.rows)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	l.tally.read += int64(r.rows.Len() + len(rejects))
	l.tally.noteInvalid(file, l.splitter.Invalid())
	for _, reject := range rejects {
		l.tally.reject(rejectRow{File: file, Line: reject.Line, Reason: reject.Reason, Detail: reject.Detail})
	}
	for r.at = range r.rows.Len() {
		r.bad = ""
		l.feed.kind.take(l, r)
		if r.bad != "" {
			l.tally.reject(rejectRow{File: file, Line: r.rows.Lines[r.at], Reason: "invalid_value", Field: r.bad})
			continue
		}
		l.tally.accepted++
	}
	return nil
}

// known tells whether a row that is whole is about somebody on the caseload, and counts it if it is not: an agency's files
// hold more people than the night looks for.
func (l *knowledgeLoader) known(r *agencyRow, subject string) bool {
	if r.bad != "" {
		return false
	}
	if _, found := l.caseload.numbers[subject]; !found {
		l.funnel.Strangers++
		return false
	}
	return true
}

// agencyDigest is one digest of all the agency's own files and their names, "" where there are none.
func agencyDigest(funnels []report.AgencyFunnel) string {
	var parts []string
	for _, a := range funnels {
		for _, f := range a.Files {
			parts = append(parts, a.Name, f.Name, f.SHA256)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return hexDigest([]byte(strings.Join(parts, "\n")))
}

// sortKnowledge puts everything in its stated order, whatever the order of rows and files, and drops what stands twice (I8).
func sortKnowledge(k *agency.Knowledge) {
	sortEach(k.Cases, func(a, b agency.Case) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)))
	})
	sortEach(k.Facts, func(a, b agency.Fact) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key), cmp.Compare(b.Since, a.Since),
			cmp.Compare(b.Until, a.Until), cmp.Compare(a.Known, b.Known), cmp.Compare(a.EndCode, b.EndCode), cmp.Compare(a.Name, b.Name))
	})
	sortEach(k.InvalidPairs, func(a, b agency.InvalidPair) int {
		return cmp.Or(cmp.Compare(a.SSN, b.SSN), cmp.Compare(a.RecheckOn, b.RecheckOn))
	})
	sortEach(k.Levies, func(a, b agency.Levy) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.InstitutionTIN, b.InstitutionTIN), cmp.Compare(a.Token, b.Token), cmp.Compare(a.Outcome, b.Outcome))
	})
	slices.SortFunc(k.Renumbered, func(a, b agency.Renumbering) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Old, b.Old), cmp.Compare(b.LeadID, a.LeadID), cmp.Compare(a.New, b.New), cmp.Compare(fmt.Sprint(a.Split), fmt.Sprint(b.Split)))
	})
	k.Renumbered = slices.Compact(k.Renumbered)
}

func sortEach[T comparable](by map[string][]T, order func(a, b T) int) {
	for subject, list := range by {
		slices.SortFunc(list, order)
		by[subject] = slices.Compact(list)
	}
}

// add appends to a subject's list of a map that may not be there yet.
func add[T any](to *map[string][]T, subject string, v T) {
	if *to == nil {
		*to = map[string][]T{}
	}
	(*to)[subject] = append((*to)[subject], v)
}
