package pipeline

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

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

// worker holds what one goroutine reuses from shard to shard.
type worker struct {
	night    *night
	rows     person.Rows
	columns  *columns      // of the block, as the filters want them
	full     *standardiser // of the rows that passed them
	prober   *matchers.Prober
	keys     []int      // spec fields the filters ask for
	rest     []int      // the others
	binding  *binding   // of the shard at hand
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
	w.binding = e.bindingOf(s)
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
	w.columns.begin(w.binding, &w.rows, from, to)
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
	if len(w.binding.dates) > 0 {
		for row := from; row < to; row++ {
			w.checkDates(w.binding, row, file, out.tally)
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
	m := w.match[extract]
	opt := matchers.Options{
		KeepAll: w.night.keepAll, Own: w.night.own(w.binding, &w.rows, row), Keys: keys, Alone: w.night.competition == CompetitionNone,
	}
	w.late.begin(w.binding, &w.rows, row)
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
		w.keeper.row(row, len(scored) > 0 || m.Outcompeted() > 0, w.night.guardedAtAll(m, scored))
	}
	if len(scored) > 0 {
		w.linked.add(row, m, scored)
	}
}

// showJudge shows the record at hand to the judge, who asks for no links.
func (w *worker) showJudge(extract, row int, opt matchers.Options, out *shardResult) {
	values := w.full.values
	id := recordID(w.binding, &w.rows, row)
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
		var dispute *matchers.Dispute
		if d, disputed := m.Dispute(); disputed {
			dispute = &d
		}
		w.surveyor.pairs(&comparedRecord{dispute: dispute, extract: extract, file: out.file, line: w.rows.Line(row), id: shownRecordID(w.binding, &w.rows, row),
			values: values, scored: scored, claims: m.Claims(), rows: &w.rows, row: row})
	default:
		w.judge.record(extract, id, scored)
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
