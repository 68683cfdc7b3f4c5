package synth

import (
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
)

// writeTruth writes every pair of a person on the caseload and a row about them, by extract and row.
func (n *night) writeTruth(out io.Writer) error {
	w := csv.NewWriter(out)
	if err := w.Write([]string{"subject_id", "extract", "record_id"}); err != nil {
		return err
	}
	for _, x := range n.writers {
		for _, p := range x.truth {
			if err := w.Write([]string{n.world.subjectID(p.subject), x.name, x.recordID(p.line)}); err != nil {
				return err
			}
		}
	}
	w.Flush()
	return w.Error()
}

// writeTraps writes the planted pairs, by extract, row and trap.
func (n *night) writeTraps(out io.Writer) error {
	w := csv.NewWriter(out)
	if err := w.Write([]string{"trap", "subject_id", "extract", "record_id", "same"}); err != nil {
		return err
	}
	for _, x := range n.writers {
		for _, p := range x.traps {
			if err := w.Write([]string{p.trap.String(), n.world.subjectID(p.subject), x.name, x.recordID(p.line), yesNo(p.trap.Same())}); err != nil {
				return err
			}
		}
	}
	w.Flush()
	return w.Error()
}

func (w *world) subjectID(subject uint32) string {
	return strconv.FormatUint(w.numbers.id(uint64(subject)), 10)
}

// factWriter writes facts.csv: what is true of each person, whether or not anybody saw it.
type factWriter struct {
	n   *night
	out *csv.Writer
	id  string
	sum int64
}

// writeFacts writes the facts in the order of subject numbers within families.
func (n *night) writeFacts(ctx context.Context, out io.Writer) error {
	w := factWriter{n: n, out: csv.NewWriter(out)}
	if err := w.out.Write([]string{"subject_id", "kind", "value", "from", "to"}); err != nil {
		return err
	}
	var f family
	for subject := range uint32(n.world.subjects) {
		if subject%tickRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		number, nth := n.world.holder(subject)
		if nth == 0 {
			n.world.familyInto(&f, number)
		}
		w.id = n.world.subjectID(subject)
		if err := w.person(&f, f.nthHeld(nth)); err != nil {
			return err
		}
	}
	w.out.Flush()
	n.facts = w.sum
	return w.out.Error()
}

func (w *factWriter) person(f *family, slot int) error {
	p := f.person(slot)
	for _, s := range p.stays[:p.lived] {
		a := f.w.addressOf(s.home)
		if err := w.fact("address", a.String(), s.from, s.to); err != nil {
			return err
		}
	}
	var buffer [64]planned
	for _, row := range w.n.rows(f, buffer[:0]) {
		if int(row.slot) != slot || row.owner() != slot {
			continue
		}
		if err := w.planned(f, p, row); err != nil {
			return err
		}
	}
	v := f.w.service(p.number, f.serves, false)
	if slot != theSubject || v.component == "" {
		return nil
	}
	return w.fact("military", v.component, v.begin, v.end)
}

// planned writes the fact behind a planned row: the job or the account.
func (w *factWriter) planned(f *family, p *person, row planned) error {
	switch row.extract {
	case employment:
		firm, began := f.w.job(p.number, int(row.copy))
		err := w.fact("employer", firm.name+", EIN "+nineDigits(firm.ein), began, never)
		if err == nil && w.n.tells("wage") {
			firm, began = f.w.tenure(p.number, int(row.copy))
			err = w.fact("employer", firm.name+", EIN "+nineDigits(firm.ein), began, never)
		}
		return err
	case financial:
		a := f.w.account(p.number, int(row.copy))
		bank := f.w.institution(f.bucketOf(row, f.w.institutions))
		return w.fact("account", bank.name+", ending "+a.number[len(a.number)-4:], a.opened, never)
	case prisons:
		_, from, until := f.w.confined(p.number)
		return w.fact("prison", "", from, until)
	case deaths:
		_, on := f.w.died(p.number)
		return w.fact("death", "", on, never)
	}
	return nil
}

// tells tells whether any extract of the night has a field.
func (n *night) tells(field string) bool {
	return slices.ContainsFunc(n.writers, func(x *extractWriter) bool { return x.record.has(field) })
}

func (w *factWriter) fact(kind, value string, from, to day) error {
	w.sum++
	until := ""
	if to != never {
		until = to.date().String()
	}
	return w.out.Write([]string{w.id, kind, value, from.date().String(), until})
}
