package synth

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"locatematch/sources"
)

// tickRows is how many rows lie between two looks at the clock and the context.
const tickRows = 4096

// filler fills the rows of one extract.
type filler interface {
	member(r *record, f *family, row planned)
	stranger(r *record, number int)
}

// opener fills the rows of one institution after another.
type opener interface{ open(institution) }

// pair is a subject and a row of an extract.
type pair struct {
	line    int64
	subject uint32
}

// trapPair is a pair planted as a trap.
type trapPair struct {
	pair
	trap Trap
}

// extractWriter writes one extract and keeps its truth: a few dozen bytes a row of the caseload's people.
type extractWriter struct {
	page
	w       *world
	file    string // within the night's folder
	extract extract
	salt    uint64 // keeps what happens to the rows of two files of one kind apart; 0 in the night of four suppliers
	buckets []bucket
	plan    func(*family, []planned) []planned // a family's rows in all extracts
	record  record
	fill    filler
	truth   []pair
	traps   []trapPair
	f       family
}

func newExtractWriter(w *world, e extract, s *schedule, l *sources.Layout) *extractWriter {
	x := &extractWriter{page: page{name: extractNames[e], layout: l}, w: w, extract: e, buckets: s.buckets[e], plan: (*family).plan}
	x.record.sheet = newSheet(l)
	x.fill = [extracts]filler{postalFile{}, people{newHire}, militaryFile{}, &financialFile{}}[e]
	return x
}

// write writes the file.
func (x *extractWriter) write(ctx context.Context, out io.Writer, tick func(int64)) error {
	return x.encode(out, func() error { return x.records(ctx, tick) })
}

// records gives the sink what stands before the rows, each bucket, and what stands behind.
func (x *extractWriter) records(ctx context.Context, tick func(int64)) error {
	if err := x.begin(x.w.asOf, 0); err != nil {
		return err
	}
	for i := range x.buckets {
		if err := x.writeBucket(ctx, i, tick); err != nil {
			return err
		}
	}
	return x.writeTrailer(x.rows)
}

// openSection begins an institution's rows.
func (x *extractWriter) openSection(number int) error {
	bank := x.w.institution(number)
	if fill, ok := x.fill.(opener); ok {
		fill.open(bank)
	}
	r := x.layout.Records.Section
	if r == nil {
		return nil
	}
	a := x.w.addressOf(bank.home)
	return x.other("section", r, map[string]string{
		"institution": bank.name, "institution_tin": bank.tin, "transmitter_tin": bank.tin, "match_indicator": "M",
		"institution_address": string(a.appendLine1(nil, writing{inLine: true})), "institution_city": a.city, "institution_state": a.state, "institution_zip": a.zip,
	})
}

// writeBucket writes a bucket's rows, shuffled; where there are sections, it is one.
func (x *extractWriter) writeBucket(ctx context.Context, number int, tick func(int64)) error {
	b := &x.buckets[number]
	if err := x.openSection(number); err != nil {
		return err
	}
	order := newPermutation(x.w.seed, ofRow, x.salt|uint64(x.extract)<<32|uint64(number), b.rows())
	for i := range b.rows() {
		if i%tickRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := x.plantBefore(number, i); err != nil {
			return err
		}
		if err := x.writeRow(b, number, int64(order.at(uint64(i)))); err != nil {
			return fmt.Errorf("row %d: %w", x.rows+1, err)
		}
		tick(1)
	}
	if err := x.plantBefore(number, x.buckets[number].rows()); err != nil {
		return err
	}
	return x.closeSection(b.rows())
}

// writeRow writes the row that stands at a place in the bucket's unshuffled order: planned rows come first.
func (x *extractWriter) writeRow(b *bucket, number int, at int64) error {
	x.record.begin(x.w, x.extract, x.salt|uint64(number)<<40|uint64(at))
	if at >= int64(len(b.families)) {
		x.fill.stranger(&x.record, x.strangerAt(b, at))
		return x.put()
	}
	row := x.load(b, number, at)
	x.fill.member(&x.record, &x.f, row)
	if row.looksAlike() {
		x.record.relate(&x.f, int(row.slot))
	}
	if err := x.put(); err != nil {
		return err
	}
	x.note(row)
	return nil
}

// strangerAt is the stranger of a row. A stranger may have several rows, in one extract or in several.
func (x *extractWriter) strangerAt(b *bucket, at int64) int {
	row := uint64(b.from + at - int64(len(b.families)))
	s := streamOf(x.w.seed, ofStranger, x.salt|uint64(x.extract)<<48|row, 1)
	return s.below(x.w.pool)
}

// load makes the family of a planned row, and finds which of its rows it is.
func (x *extractWriter) load(b *bucket, number int, at int64) planned {
	x.w.familyInto(&x.f, b.families[at])
	which := b.which(at)
	var buffer [64]planned
	for _, row := range x.plan(&x.f, buffer[:0]) {
		if row.extract != x.extract || x.f.bucketOf(row, len(x.buckets)) != number {
			continue
		}
		if which == 0 {
			return row
		}
		which--
	}
	panic("synth: a family plans fewer rows than the index says")
}

// put writes the row just filled in. Where the supplier numbers its records, the number follows from the line.
func (x *extractWriter) put() error {
	if x.record.has("record_id") {
		x.record.set("record_id", recordID(x.line+1))
	}
	return x.add(x.record.row())
}

// recordID is a supplier's number of the record on a line.
func recordID(line int64) string { return strconv.FormatInt(10_000_000+line, 10) }

// recordID is what truth.csv calls the record on a line: the supplier's number, or the line.
func (x *extractWriter) recordID(line int64) string {
	if x.record.has("record_id") {
		return recordID(line)
	}
	return strconv.FormatInt(line, 10)
}

// plantBefore plants the rejects that are due before a row of the first bucket.
func (x *extractWriter) plantBefore(number int, row int64) error {
	if number > 0 {
		return nil
	}
	x.rejects.among = x.buckets[0].rows()
	for reason := x.rejects.next(row); reason != ""; reason = x.rejects.next(row) {
		x.record.begin(x.w, x.extract, x.salt|1<<47|uint64(len(x.rejects.due)))
		x.fill.stranger(&x.record, x.record.below(x.w.pool))
		if err := x.plant(x.record.row(), reason); err != nil {
			return err
		}
	}
	return nil
}

// note keeps the truth of the row just written, and its traps.
func (x *extractWriter) note(row planned) {
	if owner := row.owner(); owner >= 0 && x.f.held(owner) {
		p := pair{x.line, x.f.order(owner)}
		x.truth = append(x.truth, p)
		e := x.f.entry(owner)
		set := x.record.traps | e.traps
		for t := range trapCount {
			if set>>t&1 == 1 {
				x.traps = append(x.traps, trapPair{p, t})
			}
		}
	}
	for _, other := range x.record.others {
		if x.f.held(other.slot) {
			x.traps = append(x.traps, trapPair{pair{x.line, x.f.order(other.slot)}, other.trap})
		}
	}
}
