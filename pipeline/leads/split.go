package leads

import (
	"cmp"
	"slices"

	"locatematch/pipeline/leads/agency"
)

// A person number that stood for two people is split. The leads told of it before are parted by the crosswalk, and by a stated rule:
//
//   - A lead that the crosswalk names goes to the number that it names, with its id and with what officers said of it.
//   - Of every other lead it is not known whose it is. It stays with the old number under its id, and its twin goes to the new number
//     under an id made from that number and the first id.
//   - Where its records are kept or read again, matching decides, as for any two people: whom they fit has the lead, and the other has
//     none. A fit that is to be checked first decides nothing.
//   - Where no record is at hand, or nothing is decided, both are told once as "check which person".

// twinID names the twin of a lead under a number that was split off.
func twinID(subject, of string) string { return leadID(subject, "twin", of, "") }

// split parts the leads of a number that were told before the day of the split.
func (x *crosswalk) split(n agency.Renumbering) {
	if n.LeadID != "" {
		if at, known := x.known[n.LeadID]; known && x.rows[at].SubjectID == n.Old && n.Old != n.New && !x.cameLater(&x.rows[at], n) {
			x.of[n.Old] = slices.DeleteFunc(x.of[n.Old], func(i int) bool { return i == at })
			x.give(at, n.New)
		}
		return
	}
	for _, at := range slices.Clone(x.of[n.Old]) {
		r := &x.rows[at]
		id := twinID(n.New, r.LeadID)
		if slices.Contains(r.PartedTo, n.New) || x.named[r.LeadID] || r.Withdrawn != 0 || r.FirstPublished > DayOf(n.On) || n.Old == n.New || x.cameLater(r, n) {
			continue
		}
		twin := *r
		twin.LeadID, twin.SubjectID, twin.Numbered, twin.SplitFrom, twin.TwinOf, twin.Undecided, twin.PartedTo = id, n.New, "", n.Old, r.LeadID, n.Old, nil
		twin.SplitOn = DayOf(n.On)
		r.Undecided, r.PartedTo = n.New, append(slices.Clone(r.PartedTo), n.New)
		x.of[n.New] = append(x.of[n.New], len(x.rows))
		x.rows = append(x.rows, twin)
	}
}

// cameLater reports that a lead is of this number only since it was split: by a merge, or as a twin.
func (x *crosswalk) cameLater(r *Row, n agency.Renumbering) bool {
	return r.Numbered != "" && x.since[r.Numbered] > n.On || r.TwinOf != "" && r.SplitOn >= DayOf(n.On)
}

// Tells reports whether a lead says what its fact is: a withdrawn one does not, nor one that only asks whose it is.
func (l *Lead) Tells() bool {
	return l.Status != Withdrawn && (len(l.Evidence) > 0 || l.Kind == KindLiability)
}

// whichPerson says why a lead is told again.
func (r *Row) whichPerson() string {
	return "person number " + cmp.Or(r.SplitFrom, r.SubjectID) + " was split, and this may be about " + r.SubjectID + " or about " + r.Undecided + ": check which person"
}

// decide lets tonight's records say whose a lead is that was told before its person's number was split.
func (l *Lead) decide(past *Row) {
	switch {
	case l.Identity == CheckFirst:
		l.Status, l.StatusReason = Changed, past.whichPerson()
		l.IdentityReasons = append(l.IdentityReasons, "the person number was split")
	case past.TwinOf != "":
		l.Status, l.StatusReason = Changed, "it was told of person number "+past.SplitFrom+", which was split, and fits this person"
	}
}

// WhichPerson makes the row that tells, once, that a lead of which no record is at hand tonight may be about either of two people, and
// marks that in what is remembered. It holds nothing of the fact itself: that is in the run that told it.
func (n *Night) WhichPerson(r *Row) Lead {
	why := r.whichPerson()
	first := "lead first published " + (&PartialDate{r.FirstPublished, ByDay}).words(0)
	if r.TwinOf != "" {
		first += " as " + r.TwinOf
	}
	r.Undecided = ""
	return Lead{
		LeadID: r.LeadID, SubjectID: r.SubjectID, Kind: r.Kind, Display: "Whose? " + string(r.Kind) + " " + first,
		Identity: CheckFirst, IdentityReasons: []string{"the person number was split"}, Sources: r.Sources, Standing: NotKnown,
		Status: Changed, StatusReason: why, FirstSeen: r.FirstSeen, LastSeen: r.LastSeen, FirstPublished: r.FirstPublished,
		Summary: "The " + string(r.Kind) + " " + first + " may be another person's, now that the number was split.", row: *r, told: true,
	}
}
