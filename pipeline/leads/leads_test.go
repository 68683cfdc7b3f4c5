package leads

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"locatematch/sources/person"
)

func TestFactColumnsAreCanonical(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range FactColumns {
		if !person.Known(name) {
			t.Errorf("%s is no canonical field", name)
		}
		if seen[name] {
			t.Errorf("%s is there twice", name)
		}
		seen[name] = true
	}
	for _, secret := range []string{person.SSN, person.SecondSSN, person.PrimarySSN, person.SecondName, person.Title} {
		if seen[secret] {
			t.Errorf("%s has no place in a lead", secret)
		}
	}
}

// A lead id is for ever: officers write it down, and the agency's own system keeps it. This test may not be changed to fit.
func TestLeadIDIsStable(t *testing.T) {
	for want, of := range map[string][3]string{
		"L-sxnshjmot73i6npftfv4": {"S-1001", "address", "12 OAK ST 4|78701"},
		"L-ujatlwikx6b7n2syyhiz": {"S-1001", "employer", "741234567"},
		"L-tg5rwaz4d26jsk2ufshf": {"S-1001", "phone", "5125550142"},
	} {
		if got := leadID(of[0], Kind(of[1]), of[2], ""); got != want {
			t.Errorf("%v is %s, was %s", of, got, want)
		}
	}
	if got := leadID("S-1001", "employer", "741234567", "20261102"); got != "L-scd4ocbwwm3gpcefrdef" {
		t.Errorf("a hiring of November 2 is %s", got)
	}
	if leadID("A", "B", "C", "") == leadID("AB", "", "C", "") || leadID("A", "B", "C", "") == leadID("A", "BC", "", "") ||
		leadID("A", "B", "C", "D") == leadID("A", "B", "CD", "") {
		t.Error("the parts of an id run into each other")
	}
}

// The key of an address is part of lead ids, so it is for ever too.
func TestAddressKey(t *testing.T) {
	for _, c := range []struct {
		lines [3]string
		city  string
		state string
		zip   string
		want  string
	}{
		{[3]string{"12 OAK STREET", "APT 4"}, "AUSTIN", "TX", "78701", "12 OAK ST 4|78701"},
		{[3]string{"12 Oak St. #4"}, "AUSTIN", "TX", "78701-2244", "12 OAK ST 4|78701"},
		{[3]string{"UNIT 4", "12 OAK ST"}, "", "", "787012244", "12 OAK ST 4|78701"},
		{[3]string{"12 OAK ST"}, "AUSTIN", "TX", "78701", "12 OAK ST|78701"},
		{[3]string{"C/O M JONES", "12 OAK ST"}, "AUSTIN", "TX", "78701", "12 OAK ST|78701"},
		{[3]string{"12 OAK ST"}, "AUSTIN", "TX", "", "12 OAK ST|AUSTIN TX"},
		{[3]string{"P.O. BOX 9"}, "AUSTIN", "TX", "78701", "9 PO BOX|78701"},
		{[3]string{"12 OAK ST"}, "", "", "", ""},
		{[3]string{"APT 4"}, "AUSTIN", "TX", "78701", ""},
		{[3]string{"12"}, "AUSTIN", "TX", "78701", ""},
		{[3]string{"12 1ST ST"}, "AUSTIN", "TX", "78701", "12 1ST ST|78701"},
		{[3]string{"GENERAL DELIVERY"}, "AUSTIN", "TX", "78701", "GENERAL DELIVERY|78701"},
		{[3]string{"", "", ""}, "AUSTIN", "TX", "78701", ""},
		{[3]string{"12 OAK ST C/O M JONES"}, "AUSTIN", "TX", "78701", "12 OAK ST|78701"},
		{[3]string{"12 OAK ST APT 4 % M JONES"}, "AUSTIN", "TX", "78701", "12 OAK ST 4|78701"},
		{[3]string{"12 OAK ST", "APT 4 CARE OF M JONES"}, "AUSTIN", "TX", "78701", "12 OAK ST 4|78701"},
		{[3]string{"C/O M JONES"}, "AUSTIN", "TX", "78701", ""},
	} {
		if got := AddressKey(c.lines[0], c.lines[1], c.lines[2], c.city, c.state, c.zip); got != c.want {
			t.Errorf("%q %s %s %s: key %q, want %q", c.lines, c.city, c.state, c.zip, got, c.want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for s, want := range map[string]string{
		"2026-11-09": "20261109 day", "20261109": "20261109 day", "11/09/2026": "20261109 day", " 20261109 ": "20261109 day",
		"2026-11": "20261101 month", "202611": "20261101 month", "20261100": "20261101 month",
		"2026": "20260101 year", "20260000": "20260101 year", "20240229": "20240229 day",
		"": "", "00000000": "", "20261131": "", "20250229": "", "20261300": "", "18991231": "", "20260012": "", "2026-11-9": "",
		"9/1/2026": "", "yesterday": "", "99999999": "", "2026110": "", "+2026111": "",
	} {
		got := ""
		if d := ParseDate(s); d != nil {
			got = strings.TrimSpace(strings.Join([]string{dateKey(&PartialDate{d.Date, ByDay}), d.Precision}, " "))
		}
		if got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-09", "202611", "2026", "11/09/2026", "20260000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := ParseDate(s)
		if d == nil {
			return
		}
		if again := ParseDate(dateKey(d)); again == nil || *again != *d {
			t.Fatalf("%q is %v, and its own spelling %v", s, d, again)
		}
	})
}

func TestDays(t *testing.T) {
	for _, n := range []int32{0, 19000101, 19700102, 20240229, 20261121, 21991231} {
		if got := DayOf(n).Integer(); got != n {
			t.Errorf("%d came back as %d", n, got)
		}
	}
	if DayOf(19700101+1) != 1 {
		t.Error("days are not counted from 1970-01-01")
	}
}

func TestProperName(t *testing.T) {
	for raw, want := range map[string]string{
		"ACME FREIGHT LLC": "Acme Freight LLC", "MCDONALD & REED": "McDonald & Reed", "O'HARA BROS INC": "O'Hara Bros Inc",
		"THE BANK OF TULSA": "The Bank of Tulsa", "iRobot Corp": "iRobot Corp", "SMITH-JONES CO": "Smith-Jones Co",
		"12 N OAK ST APT 4": "12 N Oak St Apt 4", "1 42ND ST": "1 42nd St", "PO BOX 9": "PO Box 9", "JBS USA": "JBS USA",
		"  A   B ": "A B", "": "", "MAC": "Mac", "5 US HWY 290": "5 US Hwy 290",
	} {
		if got := ProperName(raw); got != want {
			t.Errorf("%q is written %q, want %q", raw, got, want)
		}
	}
}

func TestToken(t *testing.T) {
	for number, want := range map[string]string{
		"": "", "1": "", "12": "2", "12345": "45", "1234567": "567", "12345678": "5678", "998877665544": "5544",
	} {
		if got := token(number); got != want {
			t.Errorf("%q is shown as %q, want %q", number, got, want)
		}
	}
}

// Two files of one extract may hold records that differ in nothing but their facts. Both are evidence, and which comes first
// does not depend on which arrived first.
func TestLinksThatDifferInFactsAlone(t *testing.T) {
	link := func(name string) Link {
		s := &Sighting{Extract: "w4", Source: "employment", Line: 1, Received: tonight}
		s.state(person.EIN, "741234567")
		s.state(person.Employer, name)
		return Link{Sighting: s, Weight: 1 << 20, Margin: 1 << 20, Accept: true}
	}
	a, b := link("ACME FREIGHT"), link("ACME FREIGHT LINES")
	one := Consolidate(Subject{ID: "S"}, []Link{a, b}, nil, tonight)
	two := Consolidate(Subject{ID: "S"}, []Link{b, a}, nil, tonight)
	if len(one) != 1 || len(one[0].Evidence) != 2 || asJSON(t, one) != asJSON(t, two) {
		t.Errorf("one order %s\nthe other  %s", asJSON(t, one), asJSON(t, two))
	}
}

func TestRememberKeepsTheOld(t *testing.T) {
	old := tableOf([]Row{{LeadID: "L-b", FirstPublished: 1}, {LeadID: "L-d", FirstPublished: 2}})
	all, withdrawn, _ := (&Night{}).Remember(old, Heard{Rows: []*Row{{LeadID: "L-e"}, {LeadID: "L-d", FirstPublished: 3}, {LeadID: "L-a"}}},
		func(string) Fate { return Fate{} })
	rows := slices.Collect(all.Rows())
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.LeadID)
	}
	if !slices.Equal(ids, []string{"L-a", "L-b", "L-d", "L-e"}) || rows[1].FirstPublished != 1 || rows[2].FirstPublished != 3 {
		t.Errorf("merged to %+v", rows)
	}
	d, _ := old.Find("L-d")
	if old.Len() != 2 || d.FirstPublished != 2 || len(withdrawn) > 0 {
		t.Errorf("the table changed, or %v was withdrawn", withdrawn)
	}
}

func TestHistoryRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.parquet")
	for _, rows := range [][]Row{{{LeadID: "L-b"}, {LeadID: "L-a"}}, {{LeadID: "L-a"}, {LeadID: "L-a"}}} {
		if _, err := WriteHistory(path, rows); err == nil || !strings.Contains(err.Error(), "does not follow") {
			t.Errorf("%v: %v", rows, err)
		}
	}
	if _, err := LoadHistory(path); err == nil {
		t.Error("a history that is not there was loaded")
	}
	leads := filepath.Join(t.TempDir(), "leads.parquet")
	if _, err := WriteLeads(leads, []Lead{{LeadID: "L-a"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadHistory(leads); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("leads were read as a history: %v", err)
	}
}
