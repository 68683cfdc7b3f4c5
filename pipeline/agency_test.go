package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
)

// agencyNight is a caseload of three people, the first with two rows, and the agency's own files about them.
var agencyNight = map[string]string{
	"night.yaml": `as_of: 2026-11-21
caseload: {files: caseload.csv, layout: ./caseload.yaml}
extracts:
  - {name: jobs, source: postal, files: "none-*.csv", layout: example-ncoalink}
agency:
  cases: {files: cases.csv, reject_limit: 0.5}
  addresses: {files: addresses.csv}
  employers: {files: employers.csv}
  invalid_pairs: {files: pairs.csv}
  levies: {files: levies.csv}
  renumbered: {files: renumbered.csv}
`,
	"caseload.csv": `subject_id,case_id,office,officer,participant,protected,given,family
S1,C2,NORTH,W1,NP,,Robert,Pinter
S2,C3,NORTH,W1,PF,,Maria,Delgado
S1,C1,SOUTH,W7,NP,,Robert,Pinter
S3,C9,SOUTH,W7,NP,,Carl,Whitfield
`,
	"cases.csv": `subject_id,case_id,participant,case_status,function,office,officer,order,monthly,arrears,past_due_since,last_paid,last_paid_amount,locate_since,opened,closed,other_state,language,protected,good_cause,bankrupt,withheld_by
S2,C3,PF,open,paternity,NORTH,W1,,,,,,,2026-09-01,2026-01-05,,,,,,,
S2,C4,NP,open,Enforcement,NORTH,W2,Y,"$1,250.50",90,2026-05-01,2026-04-12,75.5,,,,ok,es,,,Y,741234567
S3,C9,NP,open,,,,maybe,,,,,,,,,,,FV,,,
S9,C8,NP,,,,,,,,,,,,,,,,,,,
`,
	"addresses.csv": `subject_id,address_1,address_2,address_3,city,state,zip,known,end_code,since,until
S1,12 Oak Street,Apartment 4,,Austin,TX,78701,bad,RTS,2026-01-02,2026-03-01
S1,9 Pine Road,,,Austin,TX,78702,verified,,2026-06-01,
`,
	"employers.csv": `subject_id,ein,employer,known,end_code,since,until
S1,74-1234567,Acme Freight LLC,bad,Q,2026-01-02,2026-02-01
S1,,The Blue Diner Inc,sent,,,
`,
	"pairs.csv":      "subject_id,ssn,recheck_on\nS1,234-56-7891,2027-01-01\n",
	"levies.csv":     "subject_id,institution_tin,token,levied_on,outcome\nS1,75-1112223,00012345678,2026-05-06,no funds\n",
	"renumbered.csv": "old_subject_id,new_subject_id,change,changed_on\nS0,S1,merged,2026-04-01\n",
}

const agencyCaseload = `name: tiny
title: x
source: caseload
status: published
origin: x
format: csv
encoding: utf-8
records:
  data:
    fields: [{name: subject_id}, {name: case_id}, {name: office}, {name: officer}, {name: participant}, {name: protected}, FIELDS]
`

// loadAgencyNight lays the files out, some of them changed, and loads the caseload with all that the agency knows.
func loadAgencyNight(t testing.TB, changes map[string]string) (*caseload, error) {
	t.Helper()
	dir := t.TempDir()
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range agencyNight {
		if changed, ok := changes[name]; ok {
			content = changed
		}
		write(name, content)
	}
	write("caseload.yaml", strings.Replace(agencyCaseload, "FIELDS", "{name: given}, {name: family}", 1))
	write("spec.yaml", "name: s\nfields: {given: name, family: name}\ncomparisons:\n  - {name: family, fields: [family], kind: family_name}\nblocking: [[family]]\n")
	p, err := Load(filepath.Join(dir, "night.yaml"), Overrides{Spec: filepath.Join(dir, "spec.yaml")})
	if err != nil {
		return nil, err
	}
	return loadCaseload(context.Background(), p)
}

// What the six files say is found by person and standard form; a row with a bad value is rejected under its column's name, and
// one about a stranger is counted.
func TestAgency_FilesBecomeKnowledge(t *testing.T) {
	c, err := loadAgencyNight(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	k := &c.knowledge
	cases := k.CasesOf("S2")
	want := agency.Case{ID: "C4", Subject: "S2", Participant: agency.Noncustodial, Status: agency.Open, Function: agency.Enforcement,
		Office: "NORTH", Officer: "W2", Order: true, Monthly: 125050, Arrears: 9000, PastDueSince: 20260501, LastPaid: 20260412,
		LastPaidAmount: 7550, OtherState: "OK", Language: "es", Bankrupt: true, WithheldBy: "741234567"}
	if len(cases) != 2 || cases[0].Function != agency.Paternity || cases[0].LocateSince != 20260901 || !reflect.DeepEqual(cases[1], want) {
		t.Errorf("cases of S2 %+v", cases)
	}
	if f, ok := k.Address("S1", "12 OAK ST 4|78701"); !ok || f.Known != agency.Bad || f.EndCode != "RTS" || f.Until != 20260301 {
		t.Errorf("address %+v, %v", f, ok)
	}
	if f, ok := k.Employer("S1", "741234567", ""); !ok || f.EndCode != "Q" {
		t.Errorf("employer by number %+v, %v", f, ok)
	}
	if _, ok := k.Employer("S1", "", "ACME FREIGHT"); !ok {
		t.Error("employer by name, where the record has no number: not found")
	}
	if f, ok := k.Employer("S1", "999999999", "BLUE DINER"); !ok || f.Known != agency.Sent {
		t.Errorf("employer by name, where the agency has no number: %+v, %v", f, ok)
	}
	if _, ok := k.Employer("S1", "999999999", "ACME FREIGHT"); ok {
		t.Error("two numbers are two employers, whatever their name")
	}
	if !k.InvalidPair("S1", 234567891, 20261121) || k.InvalidPair("S1", 234567891, 20270101) || k.InvalidPair("S2", 234567891, 20261121) {
		t.Error("the invalid pair holds for its person, until its day")
	}
	if v := k.LeviesOf("S1"); len(v) != 1 || v[0].Token != "5678" || v[0].InstitutionTIN != "751112223" {
		t.Errorf("levies %+v", v)
	}
	if len(k.Renumbered) != 1 || k.Renumbered[0].Old != "S0" {
		t.Errorf("renumbered %+v", k.Renumbered)
	}
	f := c.agency[0]
	if f.Read != 4 || f.Accepted != 3 || f.Rejected != 1 || f.Strangers != 1 {
		t.Errorf("funnel of cases %+v", f)
	}
	if len(c.rejects) != 1 || c.rejects[0].Reason != "invalid_value" || c.rejects[0].Field != "order" || c.rejects[0].Extract != "agency.cases" {
		t.Errorf("rejects %+v", c.rejects)
	}
}

// A protection protects even where the rest of its row is rejected, and marks the case.
func TestAgency_ProtectionOfARejectedRowHolds(t *testing.T) {
	c, err := loadAgencyNight(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !c.subjects[c.numbers["S3"]].Protected || c.funnel.Protected != 1 || !c.violence["C9"] {
		t.Errorf("S3 %+v, funnel %+v, cases %v", c.subjects[c.numbers["S3"]], c.funnel, c.violence)
	}
}

// Who has no row in the case file, or where there is none, has the cases of the caseload's rows, further rows included.
func TestAgency_CasesOfTheCaseload(t *testing.T) {
	c, err := loadAgencyNight(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	cases := c.knowledge.CasesOf("S1")
	if len(cases) != 2 || cases[0].ID != "C1" || cases[0].Office != "SOUTH" || cases[1].ID != "C2" || cases[1].Officer != "W1" || cases[0].Function != "" {
		t.Errorf("cases of S1 %+v", cases)
	}
	if cases := c.knowledge.CasesOf("nobody"); cases != nil {
		t.Errorf("cases of nobody %+v", cases)
	}
}

// The order of the rows changes nothing (I8), and a file that is named and not there, or that is mostly bad, ends the run.
func TestAgency_OrderAndFaults(t *testing.T) {
	lines := strings.SplitAfter(agencyNight["addresses.csv"], "\n")
	a, err := loadAgencyNight(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := loadAgencyNight(t, map[string]string{"addresses.csv": lines[0] + lines[2] + lines[1] + lines[2]})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a.knowledge.Facts, b.knowledge.Facts) {
		t.Errorf("one order %+v\nanother   %+v", a.knowledge.Facts, b.knowledge.Facts)
	}
	if _, err = loadAgencyNight(t, map[string]string{"pairs.csv": "subject_id,ssn,recheck_on\nS1,12345678X,\n"}); err == nil ||
		!strings.Contains(err.Error(), "agency.invalid_pairs: 1 of 1 rows rejected") || strings.Contains(err.Error(), "12345678") {
		t.Errorf("a file of bad rows: %v", err)
	}
	night := strings.Replace(agencyNight["night.yaml"], "pairs.csv", "pears.csv", 1)
	if _, err = loadAgencyNight(t, map[string]string{"night.yaml": night}); err == nil || !strings.Contains(err.Error(), "agency.invalid_pairs.files: no file matches") {
		t.Errorf("a file that is not there: %v", err)
	}
}

// FuzzAgencyCases: whatever the case file holds, rows are taken in or rejected, and the books balance.
func FuzzAgencyCases(f *testing.F) {
	f.Add(agencyNight["cases.csv"])
	head, _, _ := strings.Cut(agencyNight["cases.csv"], "\n")
	f.Add(head + "\nS1,C1,XX,,,,,,1.234,-5,2026-02-31,,,,,,,,,,,\n")
	path := filepath.Join(f.TempDir(), "cases.csv")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		f.Fatal(err)
	}
	feeds, faults := knowledgeFeeds(filepath.Dir(path), &AgencyConfig{Cases: &KnowledgeConfig{Files: Patterns{"cases.csv"}}})
	if len(faults) > 0 {
		f.Fatal(faults)
	}
	feeds[0].RejectLimit = 1
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c := &caseload{subjects: []leads.Subject{{ID: "S1"}}, numbers: map[string]uint32{"S1": 0}}
		if loadKnowledge(context.Background(), &Plan{Agency: feeds, Spec: &matchers.Spec{}}, c) != nil {
			return // no file of its layout
		}
		if a := c.agency[0]; a.Read != a.Accepted+a.Rejected || a.Strangers > a.Accepted {
			t.Fatalf("%+v", a)
		}
	})
}
