package leads

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"locatematch/pipeline/leads/agency"
)

// Guard knows where protected people are, so that a lead on somebody else does not tell it (I10): the parent who is sought may
// live there still, or have lived there. It keeps hashes under a key and no address: what is kept from night to night may not
// itself say where they are. The zero Guard knows nobody and hashes under an empty key.
type Guard struct {
	key    []byte
	places map[uint64]bool
}

// NewGuard makes a guard whose hashes are those of other guards of the same key.
func NewGuard(key []byte) *Guard { return &Guard{key: key} }

// What stands in front of what is hashed, so that a telephone number is never taken for an address.
const (
	wholeAddress   = "address"    // key
	shorterAddress = "house"      // the same without its last words: the unit that a record may leave out
	addressFront   = "front"      // what stands before the place: for records that have no ZIP code
	telephone      = "phone"      // ten digits
	electronicMail = "email"      // standard form
	wholeAccount   = "account"    // institution and whole number
	accountToken   = "token"      // institution and the digits that are shown
	accountOwner   = "sure token" // the same, hidden wherever it stands
)

// Place is something that tells where a person is, in standard form.
type Place struct{ kind, key string }

// AddressPlace is an address by its key (AddressKey).
func AddressPlace(key string) Place { return Place{wholeAddress, key} }

// PhonePlace is a telephone number of ten digits.
func PhonePlace(digits string) Place { return Place{telephone, digits} }

// EmailPlace is an e-mail address in standard form.
func EmailPlace(address string) Place { return Place{electronicMail, address} }

// PlacesOf lists every place on a record: where the person is said to live and where a forwarding order goes, the telephone, and
// the account. They guard those whom the record may be about; no lead is made of them.
func PlacesOf(s *Sighting) (places []Place) {
	for _, key := range AddressesOf(s) {
		places = append(places, AddressPlace(key))
	}
	if f := phoneFact(&Link{Sighting: s}); f != nil {
		places = append(places, PhonePlace(f.key))
	}
	if number := accountNumber(s); number != "" && s.Source == sourceFinancial {
		tin := institutionTIN(s)
		places = append(places, Place{wholeAccount, tin + "|" + number}, Place{accountToken, tin + "|" + token(number)})
	}
	return places
}

// PlacesOfLead lists the places that a published lead tells. The account's is hidden wherever it stands from then on.
func PlacesOfLead(l *Lead) (places []Place) {
	switch {
	case l.Address != nil:
		places = append(places, AddressPlace(l.PlaceKey()))
	case l.Phone != nil:
		places = append(places, PhonePlace(l.Phone.Number))
	case l.Account != nil:
		places = append(places, Place{accountOwner, l.Account.InstitutionTIN + "|" + l.Account.Token})
	}
	return places
}

// Add takes in an address by its key.
func (g *Guard) Add(key string) { g.AddHashes(g.Hashes(AddressPlace(key))) }

// AddHashes takes in what Hashes of a guard of the same key gave.
func (g *Guard) AddHashes(hashes []uint64) {
	if g.places == nil {
		g.places = map[uint64]bool{}
	}
	for _, h := range hashes {
		g.places[h] = true
	}
}

// Empty reports that a guard knows nobody.
func (g *Guard) Empty() bool { return g == nil || len(g.places) == 0 }

// Hashes are what is kept of a place; none of a place that is empty.
func (g *Guard) Hashes(p Place) []uint64 {
	if p.key == "" {
		return nil
	}
	if p.kind != wholeAddress {
		return []uint64{g.hash(p.kind, p.key)}
	}
	front, place, _ := strings.Cut(p.key, "|")
	hashes := []uint64{g.hash(wholeAddress, p.key), g.hash(addressFront, front)}
	for _, short := range shortened(front) {
		hashes = append(hashes, g.hash(shorterAddress, short+"|"+place))
	}
	return hashes
}

// hash is 64 bits of SHA-256 under the key. The key comes first and has one length, and the hash is cut short, so that nobody
// without the key makes or continues one.
func (g *Guard) hash(kind, key string) uint64 {
	text := make([]byte, 0, 128)
	text = append(append(append(append(text, g.key...), kind...), 0), key...)
	sum := sha256.Sum256(text)
	return binary.BigEndian.Uint64(sum[:])
}

func (g *Guard) has(kind, key string) bool { return g.places[g.hash(kind, key)] }

// Knows reports that a place is a protected person's. An address is asked about as Reveals does, by its key alone.
func (g *Guard) Knows(p Place) bool {
	if g.Empty() || p.key == "" {
		return false
	}
	if p.kind != wholeAddress {
		return g.has(p.kind, p.key)
	}
	_, place, _ := strings.Cut(p.key, "|")
	a := &Address{}
	if strings.Trim(place, "0123456789") == "" {
		a.Zip = place
	}
	return g.Reveals(a, p.key)
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
	if g.Empty() || key == "" {
		return false
	}
	front, place, _ := strings.Cut(key, "|")
	places := []string{place}
	if town := strings.TrimSpace(a.City + " " + a.State); town != "" && town != place {
		places = append(places, town)
	}
	for _, place := range places {
		if g.has(wholeAddress, front+"|"+place) || g.has(shorterAddress, front+"|"+place) {
			return true
		}
		for _, short := range shortened(front) {
			if g.has(wholeAddress, short+"|"+place) {
				return true
			}
		}
	}
	return a.Zip == "" && g.has(addressFront, front)
}

// Why leads are left out for a protected person's sake.
const (
	WithheldAddress = "protected person's address"
	WithheldPhone   = "protected person's telephone"
	WithheldAccount = "protected person's account"
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

// LeftOut reports that a lead of a record, by its file (FileMark) and line, was left out: it may not be kept for later nights.
func (a *Assessor) LeftOut(file uint64, line int64) bool { return a.hidden[recordMark{file, line}] }

// RevealedBy reports that a place on a record may be a protected person's: an address, an employer's too, a telephone or an account.
func (g *Guard) RevealedBy(s *Sighting) bool {
	if g.Empty() {
		return false
	}
	for _, p := range PlacesOf(s) {
		if p.kind != accountToken && g.Knows(p) { // the last digits alone may be anybody's
			return true
		}
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
	case l.Phone != nil && a.Guard.Knows(PhonePlace(l.Phone.Number)):
		return WithheldPhone
	case l.Account != nil && a.Guard.account(l, violence):
		return WithheldAccount
	case !violence:
		return ""
	case l.Account != nil && l.Account.Joint, l.Address != nil && l.fromJointAccounts():
		return WithheldJoint
	case l.Address != nil && l.Address.CareOf:
		return WithheldCareOf
	}
	return ""
}

// account reports that a lead is about a protected person's account. The digits that are shown are another's once in ten thousand
// accounts of an institution, so they count only within the case; whole numbers, which the night's records have, count anywhere.
func (g *Guard) account(l *Lead, violence bool) bool {
	if g.shows(l.Account.InstitutionTIN, l.Account.Token, violence) {
		return true
	}
	for _, r := range l.reports {
		if number := accountNumber(r.link.Sighting); number != "" && g.Knows(Place{wholeAccount, l.Account.InstitutionTIN + "|" + number}) {
			return true
		}
	}
	return false
}

// shows reports that the digits which are shown of an account are a protected person's.
func (g *Guard) shows(institution, token string, violence bool) bool {
	shown := institution + "|" + token
	return g.Knows(Place{accountOwner, shown}) || violence && g.Knows(Place{accountToken, shown})
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

// InViolence reports that somebody in any of a subject's cases is protected.
func (a *Assessor) InViolence(subjectID string) bool { return a.violence(a.Known.CasesOf(subjectID)) }

// violence reports that somebody in any of the cases is protected.
func (a *Assessor) violence(cases []agency.Case) bool {
	for _, c := range cases {
		if c.Protected || a.Violence != nil && a.Violence(c.ID) {
			return true
		}
	}
	return false
}
