package synth

import (
	"context"
	"io"

	"locatematch/sources"
)

// caseloadWriter writes the caseload, one row a person, in an order that does not show who belongs together.
type caseloadWriter struct {
	page
	w       *world
	file    string
	sheet   *sheet
	shields int64
}

func newCaseloadWriter(w *world, file string, l *sources.Layout) *caseloadWriter {
	return &caseloadWriter{page: page{name: "caseload", layout: l}, w: w, file: file, sheet: newSheet(l)}
}

func (c *caseloadWriter) write(ctx context.Context, out io.Writer, tick func(int64)) error {
	return c.encode(out, func() error { return c.records(ctx, tick) })
}

// records gives the sink every person's row.
func (c *caseloadWriter) records(ctx context.Context, tick func(int64)) error {
	if err := c.begin(c.w.asOf, 0); err != nil {
		return err
	}
	order := newPermutation(c.w.seed, ofCaseload, 1<<40, int64(c.w.subjects))
	var f family
	for i := range c.w.subjects {
		if i%tickRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := c.plantBefore(int64(i)); err != nil {
			return err
		}
		number, nth := c.w.holder(uint32(order.at(uint64(i))))
		c.w.familyInto(&f, number)
		c.row(&f, f.nthHeld(nth))
		if err := c.add(c.sheet.row()); err != nil {
			return err
		}
		tick(1)
	}
	return c.writeTrailer(c.rows)
}

// plantBefore plants the rejects that are due before a row: they are about nobody on the caseload.
func (c *caseloadWriter) plantBefore(row int64) error {
	c.rejects.among = int64(c.w.subjects)
	for reason := c.rejects.next(row); reason != ""; reason = c.rejects.next(row) {
		p := c.w.stranger(len(c.rejects.planted) % c.w.pool)
		c.sheet.start()
		c.sheet.set("subject_id", string(appendDigits(nil, int(c.w.listed(p.number)), 10)))
		c.sheet.set("given", p.given)
		c.sheet.set("family", p.family.text)
		if err := c.plant(c.sheet.row(), reason); err != nil {
			return err
		}
	}
	return nil
}

// row fills in one person.
func (c *caseloadWriter) row(f *family, slot int) {
	s, e, p := c.sheet, f.entry(slot), f.person(slot)
	s.start()
	c.writeCase(f, slot, &e)
	c.writeReconciliation(p)
	if s.set("ssn", dashed(e.number, p.number)) {
		s.set("ssn", e.number)
	}
	s.set("ssn_status", e.status)
	s.set("ssn.2", e.more)
	for i, n := range e.names[:e.named] {
		s.set(repeat("given", i), n.given)
		s.set(repeat("middle", i), n.middle)
		s.set(repeat("family", i), n.family)
	}
	s.set("suffix", e.suffix)
	if e.bornHeld {
		s.date("born", e.born)
	}
	s.set("sex", string(rune(p.sex)))
	s.phone("phone", e.phones[0])
	s.phone("phone.2", e.phones[1])
	s.set("email", e.email)
	for i := range e.addresses[:e.held] {
		c.writeAddress(i, &e.addresses[i])
	}
}

func (c *caseloadWriter) writeCase(f *family, slot int, e *entry) {
	s := c.sheet
	s.digits("subject_id", int(f.w.numbers.id(uint64(f.order(slot)))), 10)
	s.set("role", pickText(f.shield(slot), "shield", "subject"))
	if f.shield(slot) {
		c.shields++
	}
	s.set("participant", f.participant(slot))
	number, office, officer := f.caseOf(slot)
	s.set("case_id", number)
	s.set("office", office)
	s.set("officer", officer)
	if e.protected {
		s.set("protected", "FV")
	}
}

// writeReconciliation fills in what the states tell each other of a case: open or not, whose, and the other state's number for it.
func (c *caseloadWriter) writeReconciliation(p *person) {
	d := streamOf(c.w.seed, ofCaseload, uint64(p.number), 1)
	other, ours := d.chance(rateOtherState), d.chance(0.5)
	c.sheet.set("fips", homeFIPS)
	c.sheet.set("case_state", "O")
	if !other {
		return
	}
	c.sheet.set("interstate", pickText(ours, "I", "R"))
	c.sheet.set("other_case_id", "MI"+string(appendDigits(nil, d.below(10_000_000), 7)))
}

const (
	officeCount  = 12
	officersEach = 8
)

func (c *caseloadWriter) writeAddress(i int, h *holding) {
	to := addressFields{repeat("address_1", i), repeat("address_2", i), repeat("city", i), repeat("state", i), repeat("zip", i), ""}
	a := c.w.addressOf(h.stay.home)
	c.sheet.address(to, &a, h.how)
	c.sheet.date(repeat("address_from", i), h.stay.from.date())
	if h.ended && h.stay.to != never {
		c.sheet.date(repeat("address_to", i), h.stay.to.date())
	}
	c.sheet.set(repeat("address_standing", i), h.standing)
}

// repeats are the suffixes of the second and third of a repeated field.
var repeats = [3]string{"", ".2", ".3"}

func repeat(field string, i int) string { return field + repeats[i] }

// dashed writes an SSN with its hyphens for some people: caseworkers type it so.
func dashed(number string, person uint32) string {
	if number == "" || person%8 != 0 {
		return number
	}
	return number[:3] + "-" + number[3:5] + "-" + number[5:]
}
