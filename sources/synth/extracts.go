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

// pair is a subject and a line of an extract.
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
	w        *world
	extract  extract
	schedule *schedule
	layout   *sources.Layout
	enc      *sources.Encoder
	record   record
	fill     filler
	line     int64 // last line written
	rows     int64
	truth    []pair
	traps    []trapPair
	f        family
}

func newExtractWriter(w *world, e extract, s *schedule, l *sources.Layout) *extractWriter {
	x := &extractWriter{w: w, extract: e, schedule: s, layout: l}
	x.record.sheet = newSheet(l)
	x.fill = [extracts]filler{postalFile{}, employmentFile{}, militaryFile{}, &financialFile{}}[e]
	return x
}

// write writes the file: what stands before, each bucket, what stands behind.
func (x *extractWriter) write(ctx context.Context, out io.Writer, tick func(int64)) (err error) {
	if x.enc, err = sources.NewEncoder(out, x.layout); err != nil {
		return err
	}
	if x.layout.Format == sources.CSV {
		x.line++ // the column names
	}
	if err := x.writeHeader(x.w.asOf, 0); err != nil {
		return err
	}
	for i := range x.schedule.buckets[x.extract] {
		if err := x.writeBucket(ctx, i, tick); err != nil {
			return err
		}
	}
	if x.extract == postal {
		if err := x.other("trailer", map[string]string{"count": strconv.FormatInt(x.rows, 10)}); err != nil {
			return err
		}
	}
	return x.enc.Close()
}

// other writes a record that is not data.
func (x *extractWriter) other(word string, values map[string]string) error {
	x.line++
	return x.enc.Write(word, values)
}

// writeHeader writes what stands before the rows of a file made on a day; a corrected edition is a batch of its own.
func (x *extractWriter) writeHeader(today day, edition int) error {
	if x.extract != employment {
		return nil
	}
	return x.other("header", map[string]string{
		"transmitter_state": "39", "transmitter": "A39000000", "file_type": "W4", "version": "01",
		"created": string(appendDate(nil, "CCYYMMDD", today.date())), "batch": strconv.Itoa((int(today) + 500_000*edition) % 1_000_000),
	})
}

// writeBucket writes a bucket's rows, shuffled; for banks with the institution's record before and its count behind.
func (x *extractWriter) writeBucket(ctx context.Context, number int, tick func(int64)) error {
	b := &x.schedule.buckets[x.extract][number]
	if err := x.openSection(number); err != nil {
		return err
	}
	order := newPermutation(x.w.seed, ofRow, uint64(x.extract)<<32|uint64(number), b.rows())
	for i := range b.rows() {
		if i%tickRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := x.writeRow(b, number, int64(order.at(uint64(i)))); err != nil {
			return fmt.Errorf("row %d: %w", x.rows+1, err)
		}
		tick(1)
	}
	if x.extract == financial {
		return x.other("trailer", map[string]string{"count": strconv.FormatInt(b.rows(), 10)})
	}
	return nil
}

func (x *extractWriter) openSection(number int) error {
	fill, ok := x.fill.(*financialFile)
	if !ok {
		return nil
	}
	fill.at = x.w.institution(number)
	a := x.w.addressOf(fill.at.home)
	return x.other("section", map[string]string{
		"institution": fill.at.name, "institution_tin": fill.at.tin, "transmitter_tin": fill.at.tin, "match_indicator": "M",
		"institution_address": string(a.appendLine1(nil, writing{inLine: true})), "institution_city": a.city, "institution_state": a.state, "institution_zip": a.zip,
	})
}

// writeRow writes the row that stands at a place in the bucket's unshuffled order: planned rows come first.
func (x *extractWriter) writeRow(b *bucket, number int, at int64) error {
	x.record.begin(x.w, x.extract, uint64(number)<<40|uint64(at))
	if at >= int64(len(b.families)) {
		x.fill.stranger(&x.record, x.strangerAt(b, at))
		return x.encode()
	}
	row := x.load(b, number, at)
	x.fill.member(&x.record, &x.f, row)
	if row.looksAlike() {
		x.record.relate(&x.f, int(row.slot))
	}
	if err := x.encode(); err != nil {
		return err
	}
	x.note(row)
	return nil
}

// strangerAt is the stranger of a row. A stranger may have several rows, in one extract or in several.
func (x *extractWriter) strangerAt(b *bucket, at int64) int {
	row := uint64(b.from + at - int64(len(b.families)))
	s := streamOf(x.w.seed, ofStranger, uint64(x.extract)<<48|row, 1)
	return s.below(x.w.pool)
}

// load makes the family of a planned row, and finds which of its rows it is.
func (x *extractWriter) load(b *bucket, number int, at int64) planned {
	x.w.familyInto(&x.f, b.families[at])
	which := b.which(at)
	var buffer [64]planned
	for _, row := range x.f.plan(buffer[:0]) {
		if row.extract != x.extract || x.schedule.bucketOf(&x.f, row) != number {
			continue
		}
		if which == 0 {
			return row
		}
		which--
	}
	panic("synth: a family plans fewer rows than the index says")
}

func (x *extractWriter) encode() error {
	x.line++
	x.rows++
	return x.enc.Row(x.record.row())
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
