package leads

import (
	"strings"
	"testing"

	"locatematch/sources/codes"
	"locatematch/sources/person"
)

func sightingWith(source string, values map[string]string) *Sighting {
	facts := make([]string, len(FactColumns))
	for name, v := range values {
		facts[factColumn[name]] = v
	}
	return &Sighting{Source: source, Facts: PackFacts(facts)}
}

// TestEveryListIsReadByALead: a list of codes whose field no lead holds would be kept for nobody.
func TestEveryListIsReadByALead(t *testing.T) {
	elsewhere := map[string]string{
		person.SSNStatus: "the caseload", person.SponsorRelation: "a child's", person.NumberType: "read before matching",
		person.LeftWithin367: "no lead rests on it",
	}
	for _, field := range codes.Fields() {
		if _, fact := factColumn[field]; !fact && elsewhere[field] == "" {
			t.Errorf("no lead reads %s", field)
		}
	}
}

// TestUnknownCodeStaysOnTheLead: a code that no list has makes an account like any other, with the code and without words.
func TestUnknownCodeStaysOnTheLead(t *testing.T) {
	s := sightingWith(sourceFinancial, map[string]string{
		person.Account: "00123456", person.InstitutionTIN: "481234567", person.AccountType: "07", person.NameMatch: "2", person.Payee: "0",
	})
	leads := Consolidate(Subject{ID: "S1", Name: "Ada Box"}, []Link{{Sighting: s, Accept: true, Margin: 100 << 16}}, &Table{}, 20261121)
	if len(leads) != 1 || leads[0].Account == nil {
		t.Fatalf("%+v", leads)
	}
	want := []CodeWords{
		{person.AccountType, "07", ""}, {person.Payee, "0", "the only owner"}, {person.NameMatch, "2", "the bank found another family name"},
	}
	if got := leads[0].Codes; len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("%+v", got)
	}
}

// TestFreeAddress reads addresses that came in one field.
func TestFreeAddress(t *testing.T) {
	for _, c := range []struct{ free, zip, want string }{
		{`12 ELM ST\APT 4\SPRINGFIELD IL 62704`, "", "12 Elm St Apt 4, Springfield, IL 62704"},
		{`12 ELM ST\SPRINGFIELD IL`, "62704", "12 Elm St, Springfield, IL 62704"},
		{`PO BOX 17\NEW HARMONY, IN 47631-0017`, "", "PO Box 17, New Harmony, IN 47631"},
		{`SOMEWHERE`, "", ""},
	} {
		s := sightingWith("other", map[string]string{person.FreeAddress: c.free, person.Zip: c.zip})
		got := ""
		if f := addressFact(&Link{Sighting: s}); f != nil {
			got = f.display
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.free, got, c.want)
		}
	}
	s := sightingWith("other", map[string]string{person.FreeAddress: `1 MILL RD\DOVER KS 66420`, person.AddressOf: "1"})
	if addressFact(&Link{Sighting: s}) != nil {
		t.Error("the employer's address is not the person's")
	}
}

// TestAddressDate: the same digits are read by what another field says of them, and never by guess.
func TestAddressDate(t *testing.T) {
	for _, c := range []struct{ raw, form, want string }{
		{"092026", "1", "202609"}, {"32026", "2", "2026Q3"}, {"2026", "3", "2026"}, {"20260930", "4", "20260930"},
		{"0926", "1", ""}, {"2026", "0", ""}, {"2026-09-30", "", "20260930"}, {"132026", "1", ""},
	} {
		if got := dateKey(addressDate(c.raw, c.form)); got != c.want {
			t.Errorf("%s as %s: %q, want %q", c.raw, c.form, got, c.want)
		}
	}
}

// TestDutyStatus: who is on active duty by a status makes a lead, who is retired or of the reserve at home makes none.
func TestDutyStatus(t *testing.T) {
	for status, active := range map[string]bool{"A": true, "V": true, "N": true, "B": true, "R": false, "C": false, "Z": false, "": false} {
		f := militaryFact(&Link{Sighting: sightingWith(sourceMilitary, map[string]string{person.DutyStatus: status, person.Service: "N"})})
		if (f != nil) != active {
			t.Errorf("status %q: %v", status, f)
		}
		if f != nil && f.military.Service != "the Navy" {
			t.Errorf("status %q: %+v", status, f.military)
		}
	}
}

// TestWhoGaveAnAddress: a claim for unemployment pay is no employer's word, and a federal source is called by its name.
func TestWhoGaveAnAddress(t *testing.T) {
	home := map[string]string{person.Address1: "12 ELM ST", person.City: "DOVER", person.State: "KS", person.Zip: "66420"}
	for _, c := range []struct{ source, column, value, want string }{
		{sourceEmployment, person.Quarter, "2026-Q3", "A claim for unemployment pay gave 12 Elm St, Dover, KS 66420 as her address in the third quarter of 2026"},
		{sourceEmployment, person.Employer, "ACME FREIGHT", "Acme Freight gave 12 Elm St, Dover, KS 66420 as her address when hiring her"},
		{"other", person.LocateSource, "F01", "The Department of Veterans Affairs gave 12 Elm St, Dover, KS 66420 as her address"},
		{"other", person.LocateSource, "", "The benefits file gave 12 Elm St, Dover, KS 66420 as her address"},
	} {
		home[c.column] = c.value
		s := sightingWith(c.source, home)
		s.Extract = "benefits"
		if got := addressFact(&Link{Sighting: s}).clause(female, 20261121); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
		delete(home, c.column)
	}
}

// FuzzFreeAddress: whatever stands in a field for whole addresses is read without a panic, and nothing is added to it.
func FuzzFreeAddress(f *testing.F) {
	for _, seed := range []string{`12 ELM ST\APT 4\SPRINGFIELD IL 62704`, `\\`, `A\B`, `1 ST\ 12345`, "", "PO BOX 1"} {
		f.Add(seed, "")
		f.Add(seed, "62704")
	}
	f.Fuzz(func(t *testing.T, free, zip string) {
		lines, city, state, got := freeAddress(sightingWith("other", map[string]string{person.FreeAddress: free, person.Zip: zip}))
		for _, part := range append(lines, strings.Fields(city)...) {
			if !strings.Contains(free, part) {
				t.Errorf("%q is not in %q", part, free)
			}
		}
		if len(state) > 2 || got != strings.TrimSpace(zip) && !strings.Contains(free, got) {
			t.Errorf("state %q, ZIP %q of %q", state, got, free)
		}
		addressDate(free, zip)
	})
}
