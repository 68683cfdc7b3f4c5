package synth

import (
	"context"
	"io"
	"path/filepath"

	"locatematch/sources"
)

// writeCaseload writes the people on the caseload by a night, in one night's order, with the office, the officer and the
// protection of that night. Who is on it stays on it: that a case is closed is for cases.csv to say.
func (n *nights) writeCaseload(ctx context.Context, dir string, night int) error {
	layout, err := sources.Load("caseload")
	if err != nil {
		return err
	}
	c := newCaseloadWriter(n.world, "caseload.csv", layout)
	return writeFile(filepath.Join(dir, c.file), func(out io.Writer) error {
		return c.encode(out, func() error {
			return n.everybody(ctx, night, func(m *member) error {
				c.row(m.f, m.slot)
				c.sheet.set("subject_id", m.id)
				office, officer := m.cases.desk(night)
				c.sheet.set("office", office)
				c.sheet.set("officer", officer)
				c.sheet.set("protected", pickText(m.protected(night), "FV", ""))
				return c.add(c.sheet.row())
			})
		})
	})
}

// member is one person on the caseload and the case they are in.
type member struct {
	*nights
	f     *family
	slot  int
	id    string
	entry entry
	cases caseLife
}

// protected tells whether the person's whereabouts are to be kept on a night.
func (m *member) protected(night int) bool {
	return m.entry.protected || m.slot == theSubject && m.cases.protected > 0 && night >= m.cases.protected
}

// everybody visits the people on the caseload by a night, in an order that does not show who belongs together.
func (n *nights) everybody(ctx context.Context, night int, visit func(*member) error) error {
	order := newPermutation(n.world.seed, ofCaseload, 1<<40, int64(n.world.subjects))
	var f family
	m := member{nights: n, f: &f}
	for i := range n.world.subjects {
		if i%tickRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		subject := uint32(order.at(uint64(i)))
		number, nth := n.world.holder(subject)
		n.world.familyInto(&f, number)
		m.slot = f.nthHeld(nth)
		m.id = n.numberOn(&f, m.slot, night)
		if m.cases = n.caseOf(&f, m.slot); m.cases.opens > night {
			continue
		}
		m.entry = f.entry(m.slot)
		if err := visit(&m); err != nil {
			return err
		}
	}
	return nil
}
