package leads

import (
	"cmp"
	"slices"
)

// Fate is what has become of a subject. The zero Fate: leads may stand.
type Fate struct {
	Reason string // why no lead of the subject can stand, in words; "" where they can
	Vanish bool   // protected: nothing may tell that there was a lead, and nothing of it is kept
	Stood  bool   // nothing can have changed since the night before (Settled): what is remembered stays as it is
}

// FateOf is the fate of a subject that is on the caseload.
func FateOf(s *Subject) Fate {
	switch {
	case s.Protected:
		return Fate{Vanish: true}
	case s.Shield:
		return Fate{Reason: "this person is no longer looked for"}
	case s.Closed:
		return Fate{Reason: "the case is closed"}
	}
	return Fate{}
}

// Left is the fate of a subject that is no longer on the caseload.
var Left = Fate{Reason: "this person is no longer on the caseload"}

// fitsNobody: another person fits better, the agency knows more of this one, or no case of his allows the source any more.
const fitsNobody = "what was reported is no longer taken to be about this person, or may no longer be used"

// Remember is the history after a night: what was remembered, with what was heard tonight, sorted by lead id and given one at a
// time. A lead whose subject can have none any more is withdrawn, and so is one whose every report was matched again tonight and
// fits its subject no longer, unless the model changed: that is no news. Beside them stand the leads of which only a split of the
// person's number tells (WhichPerson). Withdrawn leads come by lead id, each once; vanished counts those of protected people. The table
// stays as it is, and what was heard is sorted.
func (n *Night) Remember(t *Table, heard Heard, fate func(subjectID string) Fate) (all *Remembered, withdrawn []Lead, vanished int) {
	tonight := heard.Rows
	slices.SortFunc(tonight, func(a, b *Row) int { return cmp.Compare(a.LeadID, b.LeadID) })
	slices.Sort(heard.Same)
	var changed []*Row // and nil for a row that vanishes, with its id in the same place
	var ids []string
	unheardOf(t, heard, fate, func(row *Row, f Fate) {
		if f.Vanish {
			if row.Withdrawn == 0 {
				vanished++
			}
			changed, ids = append(changed, nil), append(ids, row.LeadID)
			return
		}
		reason, turned := n.unheard(row, f)
		asks := row.Undecided != "" && row.Withdrawn == 0
		if reason == "" && !turned && !asks {
			return
		}
		r := row.clone()
		switch {
		case reason != "" && r.Undecided != "" && r.TwinOf != "": // nobody was told of it
			n.Withdraw(r, reason)
		case reason != "":
			withdrawn = append(withdrawn, n.Withdraw(r, reason))
		case asks:
			withdrawn = append(withdrawn, n.WhichPerson(r))
		}
		changed, ids = append(changed, r), append(ids, r.LeadID)
	})
	return &Remembered{table: t, tonight: tonight, ids: ids, changed: changed}, withdrawn, vanished
}

// unheardOf gives the rows of a table of which nothing was heard tonight, with the fate of their subjects, but for those who are settled.
// A row holds until the function returns.
func unheardOf(t *Table, heard Heard, fate func(subjectID string) Fate, do func(*Row, Fate)) {
	var row Row
	for i := range t.Len() {
		id, subject, _ := t.rows.owner(i)
		for len(heard.Rows) > 0 && heard.Rows[0].LeadID < id {
			heard.Rows = heard.Rows[1:]
		}
		for len(heard.Same) > 0 && heard.Same[0] < id {
			heard.Same = heard.Same[1:]
		}
		if len(heard.Rows) > 0 && heard.Rows[0].LeadID == id || len(heard.Same) > 0 && heard.Same[0] == id {
			continue
		}
		if f := fate(subject); !f.Stood {
			c := t.rows.cursor(i)
			c.row(&row)
			do(&row, f)
		}
	}
}

// unheard is what becomes of a lead that no report was found of tonight: the reason to withdraw it, "" to let it stand, and whether
// what is remembered of it has changed, in the row itself. Absence from tonight's files ends nothing.
func (n *Night) unheard(r *Row, f Fate) (reason string, turned bool) {
	if r.Withdrawn != 0 {
		return "", false
	}
	if f.Reason != "" {
		return f.Reason, true
	}
	lost, rescored := len(r.Seen) > 0, false
	for i := range r.Seen {
		s := &r.Seen[i]
		lost = lost && (s.Gone || n.onShelf(*s))
		rescored = rescored || s.Model != n.Model
		if !s.Gone && n.onShelf(*s) {
			s.Gone, turned = true, true
		}
	}
	if lost && !rescored {
		return fitsNobody, true
	}
	return "", turned
}

// Withdraw makes the row that tells, once, that a lead stands no longer, and marks it in what is remembered. It holds nothing of
// the fact itself: that is in the run that told it.
func (n *Night) Withdraw(r *Row, reason string) Lead {
	r.Withdrawn, r.Reason = DayOf(n.AsOf), reason
	first := "lead first published " + (&PartialDate{r.FirstPublished, ByDay}).words(0)
	return Lead{
		LeadID: r.LeadID, SubjectID: r.SubjectID, Kind: r.Kind, Display: "Withdrawn: " + string(r.Kind) + " " + first,
		Identity: Ladder[r.rung()], Sources: r.Sources, Standing: NotKnown, Status: Withdrawn, StatusReason: reason,
		FirstSeen: r.FirstSeen, LastSeen: r.LastSeen, FirstPublished: r.FirstPublished,
		Summary: "The " + string(r.Kind) + " " + first + " is withdrawn: " + reason + ".", row: *r, told: true,
	}
}

// withTwins adds, behind the leads of a subject, the withdrawn ones that give way to them.
func (n *Night) withTwins(leads []Lead) []Lead {
	for _, l := range leads {
		for _, t := range l.twins {
			leads = append(leads, n.Withdraw(&t.row, t.reason))
		}
	}
	return leads
}
