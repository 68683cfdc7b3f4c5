package leads

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/sources/person"
)

func sightingOf(source string, facts map[string]string) *Sighting {
	row := make([]string, len(FactColumns))
	for i, name := range FactColumns {
		row[i] = facts[name]
	}
	return &Sighting{Source: source, Facts: PackFacts(row)}
}

// What a guard keeps of a place it knows again under the same key and under no other; it holds no text of it.
func TestGuard_KnowsPlacesByHashAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key")
		place := rapid.SampledFrom([]Place{AddressPlace("12 OAK ST 4|78701"), PhonePlace("5125550142"), EmailPlace("ann@example.org"),
			{wholeAccount, "311234567|88771001"}}).Draw(t, "place")
		g := NewGuard(key)
		if g.Knows(place) {
			t.Fatal("an empty guard knows a place")
		}
		again, other := NewGuard(key), NewGuard(append([]byte{^key[0]}, key[1:]...))
		again.AddHashes(g.Hashes(place))
		other.AddHashes(g.Hashes(place))
		if !again.Knows(place) || other.Knows(place) {
			t.Fatalf("%v: known again %v, under another key %v", place.kind, again.Knows(place), other.Knows(place))
		}
		if again.Knows(PhonePlace("5125550143")) || again.Knows(AddressPlace("12 OAK ST 5|78701")) {
			t.Fatal("a guard knows what is nobody's")
		}
	})
}

// A telephone or an account of a protected person on another's record makes no lead on the other.
func TestGuard_PhoneAndAccountOfAProtectedPersonAreNoLeadOnAnother(t *testing.T) {
	hers := sightingOf(sourceFinancial, map[string]string{person.Phone: "(512) 555-0142", person.Account: "8877-1001", person.InstitutionTIN: "311234567"})
	a := &Assessor{Guard: NewGuard([]byte("key"))}
	for _, p := range PlacesOf(hers) {
		a.Guard.AddHashes(a.Guard.Hashes(p))
	}
	account := Lead{Account: &Account{InstitutionTIN: "311234567", Token: "1001"}, reports: []reported{{link: &Link{Sighting: hers}}}}
	for want, l := range map[string]*Lead{
		WithheldPhone: {Phone: &Phone{"5125550142"}}, WithheldAccount: &account,
	} {
		if got := a.reveals(l, false); got != want {
			t.Errorf("withheld for %q, want %q", got, want)
		}
	}
	if got := a.reveals(&Lead{Phone: &Phone{"5125550143"}}, false); got != "" {
		t.Errorf("another number is withheld: %s", got)
	}
	published := account.Alone() // of which only the last digits are left: they count within the case alone
	if a.Guard.Hides(&published, false) || !a.Guard.Hides(&published, true) {
		t.Error("an account's last digits hide outside the case, or do not within it")
	}
}

// In a file whose columns have shifted an account's number stands where the institution's should: it is shown nowhere (I11).
func TestAccount_NumberInTheInstitutionsColumnIsNotShown(t *testing.T) {
	const number = "887700010007"
	f := accountFact(&Link{Sighting: sightingOf(sourceFinancial, map[string]string{
		person.InstitutionTIN: number, person.Account: number, person.Institution: "First Bank"})})
	if f == nil || f.account.InstitutionTIN != "" || strings.Contains(f.key+f.display, number) {
		t.Error("the number is in the lead")
	}
}
