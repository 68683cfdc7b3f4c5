package synth

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"strconv"
)

// writeTruths writes facts.csv and people.csv, in the order of subject numbers.
func (n *nights) writeTruths(ctx context.Context) error {
	err := n.table("facts.csv", []string{"subject_id", "kind", "key", "display", "began", "ended", "known", "extract", "file", "night"},
		func(w *csv.Writer) error { return n.eachPerson(ctx, func(m *member) error { return n.factRows(w, m) }) })
	if err != nil {
		return err
	}
	return n.table("people.csv", []string{"subject_id", "role", "participant", "case_id", "opens", "closes", "moves", "protected_from", "former"},
		func(w *csv.Writer) error {
			return n.eachPerson(ctx, func(m *member) error { return n.personRow(w, m) })
		})
}

func (n *nights) table(name string, columns []string, fill func(*csv.Writer) error) error {
	return writeFile(filepath.Join(n.options.Out, name), func(out io.Writer) error {
		w := csv.NewWriter(out)
		err := errors.Join(w.Write(columns), fill(w))
		w.Flush()
		return errors.Join(err, w.Error())
	})
}

// eachPerson visits everybody who is on the caseload in any night.
func (n *nights) eachPerson(ctx context.Context, visit func(*member) error) error {
	var f family
	m := member{nights: n, f: &f}
	for subject := range uint32(n.world.subjects) {
		if subject%tickRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		number, nth := n.world.holder(subject)
		n.world.familyInto(&f, number)
		m.slot = f.nthHeld(nth)
		m.id = n.numberOn(&f, m.slot, n.count)
		m.cases, m.entry = n.caseOf(&f, m.slot), f.entry(m.slot)
		if err := visit(&m); err != nil {
			return err
		}
	}
	return nil
}

// factRow is one fact on its way out. Facts of a person are numbered in the order they are written: stays, jobs, duties,
// accounts.
type factRow struct {
	kind, key, display, known string
	began, ended              day
}

func (n *nights) factRows(w *csv.Writer, m *member) error {
	var l life
	n.live(&l, m.f, m.slot)
	for i, r := range n.factsOf(m, &l) {
		row := []string{m.id, r.kind, r.key, r.display, r.began.date().String(), "", r.known, "", "", ""}
		if r.ended != never {
			row[5] = r.ended.date().String()
		}
		if first, ok := n.keeper.first[uint64(m.f.order(m.slot))<<8|uint64(i)]; ok {
			f := &n.files[first.file]
			row[7], row[8], row[9] = extractNames[f.extract], baseName(n.fileName(f, int(first.edition))), strconv.Itoa(int(first.night))
		}
		n.summary.Facts++
		if err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

func (n *nights) factsOf(m *member, l *life) (rows []factRow) {
	for _, s := range l.stays {
		a, known := n.world.addressOf(s.home), ""
		if h, ok := m.entry.holding(s.home); ok {
			known = h.standing
		}
		rows = append(rows, factRow{"address", n.addressKey(s.home), a.String(), known, s.from, s.to})
	}
	for _, j := range l.jobs {
		firm := n.world.employer(j.firm)
		rows = append(rows, factRow{"employer", nineDigits(firm.ein), firm.name, m.knowsJob(j), j.began, j.ended})
	}
	for _, v := range l.duties {
		rows = append(rows, factRow{"military", dutyKey(v), v.component, "", v.begin, v.end})
	}
	p := m.f.person(m.slot)
	for _, b := range l.books {
		a := n.world.account(p.number, b.which)
		display := n.world.institution(b.institution).name + ", ending " + a.number[len(a.number)-4:]
		rows = append(rows, factRow{"account", n.accountKey(a, b), display, "", b.opened, b.closed})
	}
	return rows
}

// personRow says who somebody is to the agency, and from which night on.
func (n *nights) personRow(w *csv.Writer, m *member) error {
	protected := 0
	switch {
	case m.entry.protected:
		protected = 1
	case m.slot == theSubject && m.cases.protected > 0:
		protected = m.cases.protected
		n.summary.Flagged, n.summary.FlagNight = m.id, protected
	}
	former := ""
	if n.renumbered(m.f, m.slot) {
		former = n.subjectID(m.f.order(m.slot))
	}
	number := int(m.f.number) + 1
	if m.slot == theSibling {
		number += 50_000_000
	}
	return w.Write([]string{m.id, pickText(m.f.shield(m.slot), "shield", "subject"), m.f.participant(m.slot),
		"C" + string(appendDigits(nil, number, 8)), strconv.Itoa(m.cases.opens), strconv.Itoa(m.cases.closes), strconv.Itoa(m.cases.moves),
		strconv.Itoa(protected), former})
}
