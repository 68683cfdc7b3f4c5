package leads

import (
	"strings"

	"locatematch/pipeline/leads/agency"
)

// Guard knows the addresses of protected people, so that a lead on somebody else does not tell them (I10): the parent who is
// sought may live there still, or have lived there.
type Guard struct {
	whole    map[string]bool // address keys
	shorter  map[string]bool // the same without their last words: the unit that a record may leave out
	anywhere map[string]bool // what stands before the place: for records that have no ZIP code
}

// Add takes in an address by its key.
func (g *Guard) Add(key string) {
	if key == "" {
		return
	}
	if g.whole == nil {
		g.whole, g.shorter, g.anywhere = map[string]bool{}, map[string]bool{}, map[string]bool{}
	}
	front, place, _ := strings.Cut(key, "|")
	g.whole[key], g.anywhere[front] = true, true
	for _, short := range shortened(front) {
		g.shorter[short+"|"+place] = true
	}
}

// shortened lists what stands before the place without its last words; a number and a street's name stay.
func shortened(front string) (shorter []string) {
	words := strings.Fields(front)
	for n := len(words) - 1; n >= 2; n-- {
		shorter = append(shorter, strings.Join(words[:n], " "))
	}
	return shorter
}

// Reveals reports that an address may be a protected person's: the same door, or the same house where either side names no unit.
func (g *Guard) Reveals(a *Address, key string) bool {
	if g == nil || len(g.whole) == 0 || key == "" {
		return false
	}
	front, place, _ := strings.Cut(key, "|")
	places := []string{place}
	if town := strings.TrimSpace(a.City + " " + a.State); town != "" && town != place {
		places = append(places, town)
	}
	for _, place := range places {
		if g.whole[front+"|"+place] || g.shorter[front+"|"+place] {
			return true
		}
		for _, short := range shortened(front) {
			if g.whole[short+"|"+place] {
				return true
			}
		}
	}
	return a.Zip == "" && g.anywhere[front]
}

// Why leads are left out for a protected person's sake.
const (
	WithheldAddress = "protected person's address"
	WithheldJoint   = "joint account in a protected person's case"
	WithheldCareOf  = "care of somebody in a protected person's case"
)

// withhold leaves out the leads that could tell where a protected person is. They are counted and nowhere else.
func (a *Assessor) withhold(leads []Lead, cases []agency.Case) []Lead {
	violence := a.violence(cases)
	kept := leads[:0]
	for i := range leads {
		if reason := a.reveals(&leads[i], violence); reason != "" {
			a.count(reason)
			a.hide(&leads[i])
			continue
		}
		kept = append(kept, leads[i])
	}
	return kept
}

// hide remembers the records of a lead that was left out.
func (a *Assessor) hide(l *Lead) {
	if a.hidden == nil {
		a.hidden = map[recordMark]bool{}
	}
	for _, r := range l.reports {
		a.hidden[recordMark{r.link.Sighting.FileMark, r.link.Sighting.Line}] = true
	}
}

// Hides reports that a record may not be kept for later nights: a lead of it was left out, or an address on it may be a protected
// person's, whoever it is about.
func (a *Assessor) Hides(file uint64, s *Sighting) bool {
	return a.hidden[recordMark{file, s.Line}] || a.Guard.revealedBy(s)
}

// revealedBy reports that some address on a record may be a protected person's.
func (g *Guard) revealedBy(s *Sighting) bool {
	if g == nil || len(g.whole) == 0 {
		return false
	}
	l := &Link{Sighting: s}
	l.Agreement[PartGiven] = Agree // a family's move is of somebody in it
	for _, of := range factKinds {
		f := of(l)
		switch {
		case f == nil:
		case f.address != nil && g.Reveals(f.address, f.key), f.employer != nil && f.employer.Line != "" && g.Reveals(f.employer.place()):
			return true
		}
	}
	return false
}

func (a *Assessor) reveals(l *Lead, violence bool) string {
	switch {
	case l.Address != nil && a.Guard.Reveals(l.Address, l.key()):
		return WithheldAddress
	case l.Employer != nil && l.Employer.Line != "" && a.Guard.Reveals(l.Employer.place()):
		return WithheldAddress
	case !violence:
		return ""
	case l.Account != nil && l.Account.Joint, l.Address != nil && l.fromJointAccounts():
		return WithheldJoint
	case l.Address != nil && l.Address.CareOf:
		return WithheldCareOf
	}
	return ""
}

// place is an employer's address with its key.
func (e *Employer) place() (*Address, string) {
	a, key := standardAddress(e.City, e.State, e.Zip, e.Line)
	if a == nil {
		a = &Address{}
	}
	return a, key
}

// fromJointAccounts reports that an address stands on joint accounts alone: it may be the other owner's.
func (l *Lead) fromJointAccounts() bool {
	for _, r := range l.reports {
		f := accountFact(r.link)
		if f == nil || !f.account.Joint {
			return false
		}
	}
	return len(l.reports) > 0
}

// violence reports that somebody in any of the cases is protected.
func (a *Assessor) violence(cases []agency.Case) bool {
	for _, c := range cases {
		if c.Protected || a.Violence != nil && a.Violence(c.ID) {
			return true
		}
	}
	return false
}
