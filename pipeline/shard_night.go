package pipeline

import (
	"context"
	"fmt"
	"math"
	"sync/atomic"

	"locatematch/matchers"
	"locatematch/pipeline/report"
)

// night is what every worker of a run shares; frozen before the first chunk is cut.
type night struct {
	plan        *Plan
	caseload    *caseload
	extracts    []*extractPlan
	shelved     []*shelved // what earlier nights have kept, to be matched again; a run's alone
	retain      bool       // rows are kept for later nights: in a run
	bounds      thresholds
	frequencies *frequencyCount // train: the population's values, counted as they pass; else nil
	keepAll     bool            // evaluate: keep every blocked pair, never stop early
	self        bool            // duplicates: the one extract is the caseload itself
	competition Competition
	sourceKey   []byte // run: of the hashes of source persons; else nil
	restricted  bool   // run: links to protected people are kept for the restricted queue
	only        []int  // extracts that this pass reads; empty: all, and the shelf
	measured    bool   // findEchoes has been asked
}

// thresholds are the model's, as weights.
type thresholds struct{ review, accept int32 }

func thresholdsOf(m *matchers.Model) thresholds {
	weight := func(bits float64) int32 { return int32(math.Round(bits * matchers.One)) }
	return thresholds{review: weight(m.Review), accept: weight(m.Accept)}
}

// extractPlan is one extract made ready: its layout bound to the spec, its prior fixed.
type extractPlan struct {
	feed     *Feed
	binding  *binding
	scorer   *matchers.Scorer
	columns  []string                         // of the layout, for batches
	read     atomic.Int64                     // bytes, for progress
	skip     []*LedgerEntry                   // by file: the run that consumed it before; nil to read it
	unready  []string                         // by file: why it is left alone; "" to read it
	batch    func(string) (LedgerEntry, bool) // the file that came under a batch number before; nil: none did
	lastRead int32                            // business date of the last run that read a new file of it; 0: never
	facts    []fact                           // of leads.FactColumns
	taxed    []int                            // columns of return information
	coded    []codedColumn                    // columns whose codes have a list
	parts    []verdicts

	sent    *inquirySent                // how its answers are held against our inquiry; nil: they cannot be
	echoed  *binding                    // of a section that gives back what we sent; nil as sent is
	echoes  map[fileSection]report.Echo // such sections, once they are known
	shelved bool                        // rows of such sections that an earlier night kept
}

// loadNight loads the caseload and makes every extract ready.
func loadNight(ctx context.Context, p *Plan) (*night, error) {
	c, err := loadCaseload(ctx, p)
	if err != nil {
		return nil, err
	}
	return newNight(p, c)
}

func newNight(p *Plan, c *caseload) (*night, error) {
	n := &night{plan: p, caseload: c, bounds: thresholdsOf(p.Model), competition: CompetitionBoth}
	for i := range p.Extracts {
		e, err := newExtractPlan(p, c, &p.Extracts[i])
		if err != nil {
			return nil, fmt.Errorf("%w: extracts.%s: %w", ErrConfig, p.Extracts[i].Name, err)
		}
		n.extracts = append(n.extracts, e)
	}
	return n, nil
}

func newExtractPlan(p *Plan, c *caseload, feed *Feed) (*extractPlan, error) {
	b, err := bindExtract(p.Spec, feed.Layout)
	if err != nil {
		return nil, err
	}
	model := p.Model.ForSource(feed.Source)
	if feed.Name == p.Caseload.Name { // linked with itself: its strangers are its own subjects
		model = model.OfCaseload()
	}
	e := &extractPlan{feed: feed, binding: b, scorer: matchers.NewScorer(c.frozen, model, feed.KnownShare)}
	for _, col := range feed.Layout.Columns() {
		e.columns = append(e.columns, col.Name)
	}
	e.facts, e.taxed, e.coded = factsOf(feed.Layout), taxedColumns(feed.Layout), codedColumns(feed.Layout)
	e.parts = verdictTable(p.Spec, p.Model)
	if e.sent = sentTo(p.Spec, b, feed.Layout, feed.Source); e.sent != nil {
		e.echoed = e.sent.echoed(b)
	}
	e.skip, e.unready = make([]*LedgerEntry, len(feed.Paths)), make([]string, len(feed.Paths))
	return e, nil
}
