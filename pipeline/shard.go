package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/apache/arrow/go/v17/arrow/memory"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/pipeline/leads"
	"locatematch/sources"
	"locatematch/sources/person"
)

// shard is a stretch of one extract: the unit of work, on one goroutine from raw bytes to links.
type shard struct {
	extract int
	file    int
	chunk   *sources.Chunk
}

// shardResult is what one shard gave: counts and provisional links.
type shardResult struct {
	extract, file, section int
	tally                  *tally
	links                  []leads.Link
	shields                []stake // links that only compete
}

// night is what every worker of a run shares; frozen before the first chunk is cut.
type night struct {
	plan        *Plan
	caseload    *caseload
	extracts    []*extractPlan
	bounds      thresholds
	frequencies *frequencyCount // train: the population's values, counted as they pass; else nil
	keepAll     bool            // evaluate: keep every blocked pair, never stop early
	self        bool            // duplicates: the one extract is the caseload itself
	competition Competition
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
	columns  []string       // of the layout, for batches
	read     atomic.Int64   // bytes, for progress
	skip     []*LedgerEntry // by file: the run that consumed it before; nil to read it
	lastRead int32          // business date of the last run that read a new file of it; 0: never
	facts    []fact         // of leads.FactColumns
	parts    []verdicts
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
	e.facts = factsOf(feed.Layout)
	e.parts = verdictTable(p.Spec, p.Model)
	e.skip = make([]*LedgerEntry, len(feed.Paths))
	return e, nil
}

// worker holds what one goroutine reuses from shard to shard.
type worker struct {
	night    *night
	rows     person.Rows
	standard *standardiser // of the filters
	full     *standardiser // of the rows that passed them
	prober   *matchers.Prober
	keys     []int      // spec fields the filters ask for
	rest     []int      // the others
	kept     keptValues // of the keys, by kept row
	keep     []int32    // rows that passed the filters
	passed   []matchers.Key
	ends     []int    // by kept row: where its keys end in passed
	facts    []string // of one record
	mem      memory.Allocator
	split    []*sources.Splitter // by extract
	match    []*matchers.Matcher // by extract
	judge    judge               // evaluate's or train's view of every row and record; nil in a run
	counter  counter             // the judge, where it counts patterns instead of judging scores
	surveyor *surveyor           // the judge, where it draws pairs for people to judge
}

// judge is shown every row before the filter and every candidate list after scoring.
type judge interface {
	row(e, file int, r *person.Rows, row int)
	record(e int, recordID []byte, scored []matchers.Scored)
}

// counter takes the records that passed the filters in the scorer's place. It gives the number of pairs.
type counter interface {
	sees(e int, values []matchers.Value)
	count(at place, values []matchers.Value, keys []matchers.Key, own uint32) int
}

// A judge that is no counter for want of a method would be passed over without a word.
var (
	_ counter = (*learner)(nil)
	_ counter = (*scout)(nil)
)

// place says where a record stands, and the layout's id of it.
type place struct {
	extract, file int
	line          int64
	id            []byte
}

func newWorker(n *night, j judge) *worker {
	w := &worker{
		night: n, standard: newStandardiser(n.plan.Spec), full: newStandardiser(n.plan.Spec), prober: matchers.NewProber(n.caseload.frozen), judge: j,
		split: make([]*sources.Splitter, len(n.extracts)), match: make([]*matchers.Matcher, len(n.extracts)),
		mem: memory.DefaultAllocator,
	}
	w.counter, _ = j.(counter)
	w.surveyor, _ = j.(*surveyor)
	w.keys = w.prober.Fields()
	w.kept.fields = w.keys
	for f := range n.plan.Spec.Fields {
		if !slices.Contains(w.keys, f) {
			w.rest = append(w.rest, f)
		}
	}
	return w
}

// MatchShard takes one shard to its links. It depends on the shard and the frozen caseload alone.
func (w *worker) MatchShard(s shard) (*shardResult, error) {
	defer s.chunk.Release()
	e := w.night.extracts[s.extract]
	if w.split[s.extract] == nil {
		w.split[s.extract] = e.feed.Layout.NewSplitter()
		w.match[s.extract] = matchers.NewMatcher(w.night.caseload.frozen, e.scorer)
	}
	rejects, err := w.split[s.extract].Split(s.chunk, &w.rows)
	if err != nil {
		return nil, fmt.Errorf("extract %s: %w", e.feed.Name, err)
	}
	out := &shardResult{extract: s.extract, file: s.file, section: s.chunk.Section, tally: newTally(e.feed.Name, w.night.plan.Spec, e.binding)}
	w.count(out, rejects)
	w.filter(s.extract, out)
	out.tally.passed = int64(len(w.keep))
	if len(w.keep) > 0 {
		batch := person.NewBatch(w.mem, e.columns, &w.rows, w.keep)
		defer batch.Release()
		w.matchBatch(s.extract, batch, out)
	}
	return out, nil
}

func (w *worker) count(out *shardResult, rejects []sources.Reject) {
	t := out.tally
	t.accepted = int64(w.rows.Len())
	t.read = t.accepted + int64(len(rejects))
	file := w.fileName(out)
	for _, r := range rejects {
		t.reject(rejectRow{File: file, Line: r.Line, Reason: r.Reason, Detail: r.Detail})
	}
}

func (w *worker) fileName(out *shardResult) string {
	return w.night.extracts[out.extract].feed.Names[out.file]
}

// filter asks the filters about every row and keeps those that may have a candidate. Most rows end here.
func (w *worker) filter(extract int, out *shardResult) {
	e := w.night.extracts[extract]
	file := w.fileName(out)
	w.keep, w.passed, w.ends = w.keep[:0], w.passed[:0], w.ends[:0]
	w.kept.clear()
	for row := range w.rows.Len() {
		w.standard.row(e.binding, &w.rows, row, w.keys)
		for _, f := range w.keys {
			if w.standard.values[f].Validity == text.Invalid {
				out.tally.invalidValue(f, file, w.rows.Lines[row])
			}
		}
		w.checkDates(e.binding, row, file, out.tally)
		if w.counter != nil {
			w.counter.sees(extract, w.standard.values)
		}
		if w.judge != nil {
			w.judge.row(extract, out.file, &w.rows, row)
		}
		if w.prober.Ask(w.standard.values) != 0 {
			w.passed = append(w.passed, w.prober.Keys()...)
			w.keep, w.ends = append(w.keep, int32(row)), append(w.ends, len(w.passed))
			w.kept.keep(w.standard.values)
		}
	}
}

func (w *worker) checkDates(b *binding, row int, file string, t *tally) {
	for i, d := range b.dates {
		raw := w.rows.Value(row, d.column)
		if len(raw) == 0 {
			continue
		}
		if _, _, v := text.Standardise(text.Date, d.form, nil, raw); v == text.Invalid {
			t.invalidValue(len(w.standard.values)+i, file, w.rows.Lines[row])
		}
	}
}

// matchBatch takes the survivors from standard forms to links.
func (w *worker) matchBatch(extract int, batch *person.Batch, out *shardResult) {
	e := w.night.extracts[extract]
	m := w.match[extract]
	for row := range batch.Len() {
		opt := matchers.Options{
			KeepAll: w.night.keepAll, Own: w.night.own(e.binding, batch, row), Keys: w.keysOf(row), Alone: w.night.competition == CompetitionNone,
		}
		w.kept.give(row, w.full.values)
		w.full.row(e.binding, batch, row, w.rest)
		if w.counter != nil {
			at := place{extract: extract, file: out.file, line: batch.Line(row), id: recordID(e.binding, batch, row)}
			out.tally.pairs += int64(w.counter.count(at, w.full.values, opt.Keys, opt.Own))
			continue
		}
		scored := m.Match(w.full.values, opt)
		out.tally.pairs += int64(m.Pairs())
		out.tally.mostPairs = max(out.tally.mostPairs, int64(m.Pairs()))
		if w.judge != nil {
			if w.surveyor != nil && len(scored) > 0 {
				w.surveyor.pairs(&comparedRecord{extract: extract, file: out.file, line: batch.Line(row), id: shownRecordID(e.binding, batch, row),
					values: w.full.values, scored: scored, claims: m.Claims()})
			} else if len(scored) > 0 {
				w.judge.record(extract, recordID(e.binding, batch, row), scored)
			}
			continue // nobody asks for links
		}
		out.tally.below += int64(m.Pairs()) // less those that keepLinks keeps
		out.tally.outcompeted += int64(m.Outcompeted())
		if len(scored) > 0 {
			w.keepLinks(e, batch, row, scored, out)
		}
	}
}

// keysOf gives the keys with which a kept row passed the filters.
func (w *worker) keysOf(row int) []matchers.Key {
	from := 0
	if row > 0 {
		from = w.ends[row-1]
	}
	return w.passed[from:w.ends[row]]
}

// own is the number, plus one, of the subject that a row of the caseload is, where the caseload is linked with itself; else 0.
func (n *night) own(b *binding, rows liner, row int) uint32 {
	if !n.self {
		return 0
	}
	if number, known := n.caseload.numbers[string(recordID(b, rows, row))]; known {
		return number + 1
	}
	return 0 // a row without a subject id, which the caseload rejected
}

// keepLinks turns the scored pairs of one record that reach the review weight into links.
func (w *worker) keepLinks(e *extractPlan, batch *person.Batch, row int, scored []matchers.Scored, out *shardResult) {
	var sighting *leads.Sighting
	guarded := w.night.guarded(scored)
	bound := w.night.bounds
	for _, s := range scored {
		if s.Weight < bound.review {
			continue
		}
		out.tally.below--
		accept := s.Weight >= bound.accept
		if accept {
			out.tally.acceptedPairs++
		} else {
			out.tally.review++
		}
		if !out.tally.yields(&w.night.caseload.subjects[s.Subject], guarded) {
			if !guarded && w.night.repeatRatio(e.feed.Source) < 1 {
				out.shields = append(out.shields, stake{subject: s.Subject, weight: s.Weight})
			}
			continue
		}
		if sighting == nil {
			sighting = w.sighting(e, w.fileName(out), batch, row)
		}
		out.links = append(out.links, leads.Link{
			Subject: s.Subject, Sighting: sighting, Weight: s.Weight, Margin: s.Margin, Rule: s.Rule,
			Pattern: uint64(s.Pattern), Accept: accept, Agreement: agreement(e.parts, s.Pattern),
		})
	}
}

// guarded reports that a protected person may be whom a record is about. Nobody's lead may then be made of it: whoever else
// claims it, the address on it may be theirs (I10).
func (n *night) guarded(scored []matchers.Scored) bool {
	return slices.ContainsFunc(scored, func(s matchers.Scored) bool {
		return s.Weight >= n.bounds.review && n.caseload.subjects[s.Subject].Protected
	})
}

// yields counts away the links that yield no lead: of shields, of protected persons, and of records that may be about one.
func (t *tally) yields(s *leads.Subject, guarded bool) bool {
	switch {
	case s.Protected, guarded:
		t.protected++
	case s.Shield:
		t.shielded++
	default:
		return true
	}
	return false
}

func (w *worker) sighting(e *extractPlan, file string, batch *person.Batch, row int) *leads.Sighting {
	s := &leads.Sighting{
		Extract: e.feed.Name, File: file, Source: e.feed.Source, Line: batch.Line(row), Received: w.night.plan.AsOf,
		RecordID: shownRecordID(e.binding, batch, row), Reported: reported(w.night.plan.Spec, w.full.values),
	}
	w.facts = w.facts[:0]
	for i := range e.facts {
		w.facts = append(w.facts, e.facts[i].read(batch, row))
	}
	s.Facts = leads.PackFacts(w.facts)
	return s
}

// recordID is the layout's own id of a record, else its line.
func recordID(b *binding, batch liner, row int) []byte {
	if b.recordID >= 0 {
		if id := batch.Value(row, b.recordID); len(id) > 0 {
			return id
		}
	}
	return strconv.AppendInt(nil, batch.Line(row), 10)
}

// shownRecordID is recordID where it may be shown: a supplier that numbers its records by SSN or account has them named by
// their line (I11).
func shownRecordID(b *binding, batch liner, row int) string {
	id := recordID(b, batch, row)
	for _, column := range b.secret {
		if number := bareNumber(batch.Value(row, column)); len(number) > 0 && bytes.Contains(bareNumber(id), number) {
			return strconv.FormatInt(batch.Line(row), 10)
		}
	}
	return string(id)
}

// bareNumber is a number without the blanks and hyphens that make it readable.
func bareNumber(b []byte) []byte {
	return bytes.ToUpper(bytes.ReplaceAll(bytes.ReplaceAll(b, []byte(" "), nil), []byte("-"), nil))
}

// liner is a row store that knows where each row stood.
type liner interface {
	valuer
	Line(row int) int64
}
