package synth

import (
	"context"
	"io"
	"path/filepath"
)

// nightWriter writes one edition of one file.
type nightWriter struct {
	*nights
	x       extractWriter
	file    int
	edition int
	bank    *financialFile
	life    life
	planned []planned
}

// writeFile writes one edition of a file into a night's folder.
func (n *nights) writeFile(ctx context.Context, dir string, file, edition int) error {
	f := &n.files[file]
	w := &nightWriter{nights: n, file: file, edition: edition, bank: &financialFile{}}
	w.x = extractWriter{page: page{layout: n.layouts[f.extract]}, w: n.world, extract: f.extract}
	w.x.record.sheet = newSheet(w.x.layout)
	if f.extract == financial {
		w.x.fill = w.bank
	}
	err := writeFile(filepath.Join(dir, n.fileName(f, edition)), func(out io.Writer) error { return w.write(ctx, out) })
	n.summary.Files++
	n.summary.Rows += w.x.rows
	return err
}

func (w *nightWriter) today() day { return w.day(w.files[w.file].due) }

func (w *nightWriter) write(ctx context.Context, out io.Writer) error {
	return w.x.encode(out, func() error {
		if err := w.x.begin(w.today(), w.edition); err != nil {
			return err
		}
		for number := range w.plans[w.file] {
			if err := w.bucket(ctx, number); err != nil {
				return err
			}
		}
		return w.x.writeTrailer(w.x.rows)
	})
}

// bucket writes the rows of a bucket, shuffled the same way in every edition.
func (w *nightWriter) bucket(ctx context.Context, number int) error {
	b := &w.plans[w.file][number]
	if err := w.x.openSection(b.institution); err != nil {
		return err
	}
	w.bank.at.month = (w.today() - 25).date()
	order := newPermutation(w.world.seed, ofReport, 1<<40|uint64(w.file)<<16|uint64(number), b.rows())
	for i := range b.rows() {
		if i%tickRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := w.row(b, int64(order.at(uint64(i)))); err != nil {
			return err
		}
	}
	return w.x.closeSection(b.rows())
}

// row writes the row that stands at a place of the bucket's unshuffled order: families' rows come first.
func (w *nightWriter) row(b *lot, at int64) error {
	x := &w.x
	var said saying
	if stranger := at - int64(len(b.tasks)); stranger >= 0 {
		w.stranger(b, stranger)
	} else {
		said = w.member(b.tasks[at])
	}
	w.spoil(at)
	if err := x.put(); err != nil {
		return err
	}
	return w.keeper.note(w, said)
}

// begin starts a row whose errors are its own: they depend on what is reported, not on the file, so that a supplier makes the
// same mistake every time.
func (w *nightWriter) begin(row uint64) {
	w.x.record.begin(w.world, w.x.extract, row)
	w.x.record.today = w.today()
}

// stranger writes a row of somebody else. The military is asked about the same people every time, an institution's customers
// stay, and new hires and movers are others in every file.
func (w *nightWriter) stranger(b *lot, row int64) {
	where := uint64(w.file) + 1
	switch w.x.extract {
	case military:
		where = 0
	case financial:
		where = 1<<12 | uint64(b.institution)
	}
	key := uint64(w.x.extract)<<60 | where<<40 | uint64(row)
	w.begin(1<<59 | key)
	s := streamOf(w.world.seed, ofReport, key, 1)
	number := s.below(w.world.pool)
	r := &w.x.record
	switch w.x.extract {
	case postal:
		postalFile{}.stranger(r, number)
	case employment:
		p := w.world.stranger(number)
		writeHireOf(r, &p, w.world.employer(employers.draw(&s)), w.today()-day(s.between(1, 19)), p.ssn, 1, knowsAll)
	case military:
		militaryFile{}.stranger(r, number)
	case financial:
		w.bank.stranger(r, number)
	}
}

// spoil makes a few rows wrong that the corrected copy of their file has right, the first of the bucket always. It draws
// nothing from the row's own stream, so that all other rows are the same in both.
func (w *nightWriter) spoil(at int64) {
	f, r := &w.files[w.file], &w.x.record
	s := streamOf(w.world.seed, ofCorrection, uint64(w.file), uint64(at))
	wrong := s.chance(rateCorrected) || at == 0
	if w.edition > 0 || !wrong || correctedAfter(f.extract, f.due) == 0 {
		return
	}
	switch f.extract {
	case postal:
		r.date("move_date", (w.today() - 90).date())
	case employment:
		r.date("hire_date", (w.today() - 45).date())
	case financial:
		r.amount("balance", 1+s.below(900))
	}
}
