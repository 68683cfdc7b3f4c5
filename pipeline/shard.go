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
	kept    []keptRow // in the chunk's place, of a file of the shelf
}

// shardResult is what one shard gave: counts and provisional links.
type shardResult struct {
	extract, file, section int
	tally                  *tally
	links                  []leads.Link
	held                   []leads.Link   // identity conflicts, below review
	shields                []stake        // links that only compete
	kept                   []keptRow      // for later nights
	guarded                []guardedPlace // on records that may be about a protected person
	restricted             []leads.Link   // to protected people, where somebody may read of them; else nil
}

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
	e.skip, e.unready = make([]*LedgerEntry, len(feed.Paths)), make([]string, len(feed.Paths))
	return e, nil
}

// worker holds what one goroutine reuses from shard to shard.
type worker struct {
	night    *night
	rows     person.Rows
	columns  *columns      // of the block, as the filters want them
	full     *standardiser // of the rows that passed them
	prober   *matchers.Prober
	keys     []int      // spec fields the filters ask for
	rest     []int      // the others
	late     lateValues // of the record at hand
	linked   linkedRows
	facts    []string // of one record
	mem      memory.Allocator
	split    []*sources.Splitter // by extract
	match    []*matchers.Matcher // by extract
	keeper   *keeper             // of the shard at hand; nil where nothing is kept
	judge    judge               // evaluate's or train's view of every row and record; nil in a run
	counter  counter             // the judge, where it counts patterns instead of judging scores
	ssn      int                 // spec field of the SSN, -1 where the spec has none
	surveyor *surveyor           // the judge, where it draws pairs for people to judge
	persons  *sourcePersons      // run: who a record names; else nil
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
		night: n, full: newStandardiser(n.plan.Spec), prober: matchers.NewProber(n.caseload.frozen), judge: j,
		split: make([]*sources.Splitter, len(n.extracts)), match: make([]*matchers.Matcher, len(n.extracts)+len(n.shelved)),
		mem: memory.DefaultAllocator, ssn: n.plan.Spec.Field(person.SSN),
	}
	w.late = lateValues{standard: w.full, done: make([]bool, len(n.plan.Spec.Fields))}
	w.persons = newSourcePersons(n.sourceKey, n.plan.Spec)
	w.counter, _ = j.(counter)
	w.surveyor, _ = j.(*surveyor)
	w.keys = w.prober.Fields()
	w.columns = newColumns(newStandardiser(n.plan.Spec), w.keys)
	for f := range n.plan.Spec.Fields {
		if !slices.Contains(w.keys, f) {
			w.rest = append(w.rest, f)
		}
	}
	return w
}

// MatchShard takes one shard to its links. It depends on the shard and the frozen caseload alone.
func (w *worker) MatchShard(s shard) (*shardResult, error) {
	e := w.night.extractAt(s.extract)
	if w.match[s.extract] == nil {
		w.match[s.extract] = matchers.NewMatcher(w.night.caseload.frozen, e.scorer)
	}
	rejects, done, err := w.rowsOf(s, e)
	defer done()
	if err != nil {
		return nil, fmt.Errorf("extract %s: %w", e.feed.Name, err)
	}
	out := &shardResult{extract: s.extract, file: s.file, tally: newTally(e.feed.Name, w.night.plan.Spec, e.binding)}
	w.count(out, rejects)
	if s.chunk != nil {
		out.section = s.chunk.Section
		out.tally.noteInvalid(w.fileName(out), w.split[s.extract].Invalid())
	}
	w.linked.clear()
	w.keeper = w.night.newKeeper(e, s, &w.rows)
	for from := 0; from < w.rows.Len(); from += blockRows {
		w.block(s.extract, from, min(from+blockRows, w.rows.Len()), out)
	}
	w.link(e, out)
	if w.keeper != nil {
		out.kept = w.keeper.out
	}
	return out, nil
}

// rowsOf splits a shard's chunk into the worker's rows, or lays out its kept rows. The rows are valid until done is called.
func (w *worker) rowsOf(s shard, e *extractPlan) (rejects []sources.Reject, done func(), err error) {
	if s.chunk == nil {
		unpackRows(s.kept, len(e.columns), &w.rows)
		return nil, func() {}, nil
	}
	if w.split[s.extract] == nil {
		w.split[s.extract] = e.feed.Layout.NewSplitter()
	}
	rejects, err = w.split[s.extract].Split(s.chunk, &w.rows)
	return rejects, s.chunk.Release, err
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
	if f := w.night.fileAt(out.extract, out.file); f != nil {
		return f.name
	}
	return w.night.extracts[out.extract].feed.Names[out.file]
}

// block asks about a block of rows and matches those that may have a candidate. Most rows end here.
func (w *worker) block(extract, from, to int, out *shardResult) {
	e := w.night.extractAt(extract)
	w.ask(e, from, to, out)
	if w.judge != nil {
		for row := from; row < to; row++ {
			w.columns.row(row-from, w.keys, w.full.values)
			if w.counter != nil {
				w.counter.sees(extract, w.full.values)
			}
			w.judge.row(extract, out.file, &w.rows, row)
		}
	}
	w.prober.Touch()
	for row := from; row < to; row++ {
		keys := w.prober.KeysOf(row - from)
		if len(keys) == 0 {
			w.keeper.row(row, false, false)
			continue
		}
		out.tally.passed++
		w.columns.row(row-from, w.keys, w.full.values)
		w.matchRow(extract, row, keys, out)
	}
}

// ask hands the key values of a block of rows to the prober.
func (w *worker) ask(e *extractPlan, from, to int, out *shardResult) {
	file := w.fileName(out)
	w.columns.begin(e.binding, &w.rows, from, to)
	w.prober.Begin(to - from)
	for at, f := range w.keys {
		values := w.columns.field(f)
		for row := range values {
			if values[row].Validity == text.Invalid {
				out.tally.invalidValue(f, file, w.rows.Lines[from+row])
			}
		}
		w.prober.Put(at, values)
	}
	if len(e.binding.dates) > 0 {
		for row := from; row < to; row++ {
			w.checkDates(e.binding, row, file, out.tally)
		}
	}
	w.prober.AskBlock()
}

func (w *worker) checkDates(b *binding, row int, file string, t *tally) {
	for i, d := range b.dates {
		raw := w.rows.Value(row, d.column)
		if len(raw) == 0 {
			continue
		}
		if _, _, v := text.Standardise(text.Date, d.form, nil, raw); v == text.Invalid {
			t.invalidValue(len(w.full.values)+i, file, w.rows.Lines[row])
		}
	}
}

// matchRow takes a row, whose key values are there, to scored pairs.
func (w *worker) matchRow(extract, row int, keys []matchers.Key, out *shardResult) {
	e := w.night.extractAt(extract)
	m := w.match[extract]
	opt := matchers.Options{
		KeepAll: w.night.keepAll, Own: w.night.own(e.binding, &w.rows, row), Keys: keys, Alone: w.night.competition == CompetitionNone,
	}
	w.late.begin(e.binding, &w.rows, row)
	opt.Late = &w.late
	if w.judge != nil {
		w.showJudge(extract, row, opt, out)
		return
	}
	scored := m.Match(w.full.values, opt)
	out.tally.pairs += int64(m.Pairs())
	out.tally.mostPairs = max(out.tally.mostPairs, int64(m.Pairs()))
	out.tally.below += int64(m.Pairs()) // less those that keepLinks keeps
	out.tally.outcompeted += int64(m.Outcompeted())
	if w.keeper != nil {
		w.keeper.row(row, len(scored) > 0 || m.Outcompeted() > 0, w.night.guardedAtAll(scored))
	}
	if len(scored) > 0 {
		w.linked.add(row, scored)
	}
}

// showJudge shows the record at hand to the judge, who asks for no links.
func (w *worker) showJudge(extract, row int, opt matchers.Options, out *shardResult) {
	e, values := w.night.extracts[extract], w.full.values
	id := recordID(e.binding, &w.rows, row)
	if w.counter != nil || w.surveyor != nil {
		opt.Late = nil
		w.late.all(w.rest)
	}
	if w.counter != nil {
		at := place{extract: extract, file: out.file, line: w.rows.Line(row), id: id}
		out.tally.pairs += int64(w.counter.count(at, values, opt.Keys, opt.Own))
		return
	}
	m := w.match[extract]
	scored := m.Match(values, opt)
	out.tally.pairs += int64(m.Pairs())
	out.tally.mostPairs = max(out.tally.mostPairs, int64(m.Pairs()))
	switch {
	case len(scored) == 0:
	case w.surveyor != nil:
		w.surveyor.pairs(&comparedRecord{extract: extract, file: out.file, line: w.rows.Line(row), id: shownRecordID(e.binding, &w.rows, row),
			values: values, scored: scored, claims: m.Claims(), rows: &w.rows, row: row})
	default:
		w.judge.record(extract, id, scored)
	}
}

// linkedRows are the rows of a shard that have scored pairs, and the pairs.
type linkedRows struct {
	rows  []int32
	pairs []matchers.Scored
	ends  []int // by row: where its pairs end
}

func (l *linkedRows) clear() { l.rows, l.pairs, l.ends = l.rows[:0], l.pairs[:0], l.ends[:0] }

func (l *linkedRows) add(row int, pairs []matchers.Scored) {
	l.pairs = append(l.pairs, pairs...)
	l.rows, l.ends = append(l.rows, int32(row)), append(l.ends, len(l.pairs))
}

func (l *linkedRows) of(n int) []matchers.Scored {
	if n == 0 {
		return l.pairs[:l.ends[0]]
	}
	return l.pairs[l.ends[n-1]:l.ends[n]]
}

// link makes links of the rows that have scored pairs. They alone become a batch: of a file of strangers one in a thousand.
func (w *worker) link(e *extractPlan, out *shardResult) {
	if len(w.linked.rows) == 0 {
		return
	}
	batch := person.NewBatch(w.mem, e.columns, &w.rows, w.linked.rows)
	defer batch.Release()
	for n := range batch.Len() {
		w.late.begin(e.binding, batch, n)
		w.keepLinks(e, batch, n, w.linked.of(n), out)
	}
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
	var seen *leads.Sighting
	sighting := func() *leads.Sighting {
		if seen == nil {
			w.late.all(w.keys)
			w.late.all(w.rest)
			seen = w.sighting(e, out, batch, row)
			e.countTaxed(batch, row, out.tally)
			e.countCodes(batch, row, out.tally)
		}
		return seen
	}
	guarded := w.night.guarded(scored)
	if guarded {
		out.guarded = append(out.guarded, w.night.placesOf(scored, sighting())...)
	}
	w.held(e, scored, sighting, out)
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
		subject, agree := &w.night.caseload.subjects[s.Subject], agreement(e.parts, s.Pattern)
		shielded := subject.Shield || agree.NumberUnderAnotherName() && w.night.shieldHas(scored)
		link := func() leads.Link {
			return w.linkOf(&s, subject, sighting(), accept, agree)
		}
		if !out.tally.yields(subject, shielded, guarded) {
			if w.night.mayRestrict(scored, s.Subject, shielded) {
				out.restricted = append(out.restricted, link())
			}
			if !guarded && w.night.repeatRatio(e.feed.Source) < 1 {
				out.shields = append(out.shields, stake{subject: s.Subject, weight: s.Weight})
			}
			continue
		}
		kept := link()
		if kept.Invalid && kept.Held { // another person's record, and known to be
			out.tally.invalidPairs++
		}
		out.links = append(out.links, kept)
	}
}

// linkOf is a scored pair at or above review as a link.
func (w *worker) linkOf(s *matchers.Scored, subject *leads.Subject, seen *leads.Sighting, accept bool, agree leads.Agreement) leads.Link {
	link := leads.Link{
		Subject: s.Subject, Sighting: seen, Weight: s.Weight, Margin: s.Margin, Rule: s.Rule,
		Pattern: uint64(s.Pattern), Accept: accept, Agreement: agree,
	}
	if w.invalidPair(subject) { // the number speaks against him, whatever it is like
		link.Held = agree.NumberUnderAnotherName()
		link.Invalid, link.Agreement[leads.PartSSN] = true, leads.Conflict
	}
	return link
}

// guarded reports that a protected person may be whom a record is about. Nobody's lead may then be made of it: whoever else
// claims it, the address on it may be theirs (I10).
func (n *night) guarded(scored []matchers.Scored) bool {
	return slices.ContainsFunc(scored, func(s matchers.Scored) bool {
		return s.Weight >= n.bounds.review && n.caseload.subjects[s.Subject].Protected
	})
}

// yields counts away the links that yield no lead: of shields, or of records that a shield has; of protected persons, and of
// records that may be about one.
func (t *tally) yields(s *leads.Subject, shielded, guarded bool) bool {
	switch {
	case s.Protected, guarded:
		t.protected++
	case shielded:
		t.shielded++
	default:
		return true
	}
	return false
}

func (w *worker) sighting(e *extractPlan, out *shardResult, batch *person.Batch, row int) *leads.Sighting {
	s := &leads.Sighting{
		Extract: e.feed.Name, File: w.fileName(out), Source: e.feed.Source, Line: batch.Line(row), Received: w.night.plan.AsOf,
		RecordID: shownRecordID(e.binding, batch, row), Person: sourcePerson(w.night.plan.Spec, w.full.values), Reported: reported(w.night.plan.Spec, w.full.values),
	}
	s.SourcePerson = w.persons.of(w.full.values, s.Source, s.RecordID)
	if f := w.night.fileAt(out.extract, out.file); f != nil {
		s.Received = f.received
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
