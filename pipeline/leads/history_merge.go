package leads

import "iter"

// Remembered is a history after a night: a table with tonight's rows in it and some others changed, or gone where the change is nil.
// All come by lead id.
type Remembered struct {
	table   *Table
	tonight []*Row
	ids     []string // of the others that are changed
	changed []*Row
}

// each goes through the rows in their order: those of the table that stay as they are by their place, the others as they are now.
func (m *Remembered) each(stays func(at int) bool, is func(*Row) bool) {
	tonight, ids, changed := m.tonight, m.ids, m.changed
	for at := range m.table.Len() {
		id := m.table.rows.id(at)
		for len(tonight) > 0 && tonight[0].LeadID < id {
			if !is(tonight[0]) {
				return
			}
			tonight = tonight[1:]
		}
		goesOn := true
		switch {
		case len(tonight) > 0 && tonight[0].LeadID == id:
			goesOn, tonight = is(tonight[0]), tonight[1:]
		case len(ids) > 0 && ids[0] == id:
			if changed[0] != nil {
				goesOn = is(changed[0])
			}
			ids, changed = ids[1:], changed[1:]
		default:
			goesOn = stays(at)
		}
		if !goesOn {
			return
		}
	}
	for _, row := range tonight {
		if !is(row) {
			return
		}
	}
}

// Rows are the leads remembered. Each is the caller's own.
func (m *Remembered) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		m.each(func(at int) bool { return yield(m.table.rows.row(at)) }, func(r *Row) bool { return yield(*r) })
	}
}

// packed are the rows as a file holds them. What they say by number and was not said before is given its number as they come.
func (m *Remembered) packed(n *numbers) iter.Seq[historyRow] {
	return func(yield func(historyRow) bool) {
		var b []byte // of a row, until the next is asked for
		m.each(func(at int) bool {
			id, subject, rest := m.table.rows.owner(at)
			b = append(b[:0], rest...)
			return yield(historyRow{LeadID: id, SubjectID: subject, Packed: b})
		}, func(r *Row) bool {
			b = n.pack(b[:0], r)
			return yield(historyRow{LeadID: r.LeadID, SubjectID: r.SubjectID, Packed: b})
		})
	}
}
