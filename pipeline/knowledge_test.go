package pipeline_test

import (
	"path/filepath"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/leads"
)

// knowingNight is the small night with what the agency knows of its people.
var knowingNight = smallNight.with(files{
	"night.yaml": smallNight["night.yaml"] + `agency:
  cases: {files: cases.csv}
  employers: {files: employers.csv}
  invalid_pairs: {files: pairs.csv}
`,
	"cases.csv": `subject_id,case_id,participant,case_status,function,office,officer,order,monthly,arrears,past_due_since,last_paid,last_paid_amount,locate_since,opened,closed,other_state,language,protected,good_cause,bankrupt,withheld_by
S1,C1,NP,open,enforcement,NORTH,W1,Y,300,1200,2026-03-01,,,,,,,,,,,
S2,C2,NP,open,enforcement,NORTH,W1,Y,200,0,,,,,,,,,,,,
`,
	"employers.csv": "subject_id,ein,employer,known,end_code,since,until\nS2,987654321,Blue Diner,verified,,2026-10-05,\n",
	"pairs.csv":     "subject_id,ssn,recheck_on\nS2,333-22-4444,\n",
})

func leadOf(t *testing.T, dir, subject string, kind leads.Kind) *leads.Lead {
	t.Helper()
	for _, l := range leadsOf(t, dir) {
		if l.SubjectID == subject && l.Kind == kind {
			return &l
		}
	}
	return nil
}

// What may be done follows from the case and the rules; what the agency has verified is written and not offered.
func TestKnowledge_ReachesLeads(t *testing.T) {
	dir := knowingNight.in(t)
	m := run(t, dir).Manifest
	job := leadOf(t, dir, "S1", leads.KindEmployer)
	if job == nil || len(job.MayDo) != 1 || job.MayDo[0].Step != "review_for_withholding" || job.MayDo[0].CaseID != "C1" || job.Standing != leads.Current {
		t.Errorf("the job of S1 %+v", job)
	}
	verified := leadOf(t, dir, "S2", leads.KindEmployer)
	if verified == nil || verified.Suppressed != leads.SuppressedVerified || len(verified.MayDo) != 0 {
		t.Errorf("the verified job of S2 %+v", verified)
	}
	if got := countNamed(m.Leads.SuppressedBy, leads.SuppressedVerified); got == 0 {
		t.Errorf("not offered %+v", m.Leads.SuppressedBy)
	}
	if m.Digests.Agency == "" || len(m.Agency) != 3 {
		t.Errorf("digests %+v, agency %+v", m.Digests, m.Agency)
	}
}

// What the agency knows is part of what decides a run: another file, another run.
func TestKnowledge_IsPartOfTheRunID(t *testing.T) {
	one := run(t, knowingNight.in(t)).Manifest
	other := run(t, knowingNight.with(files{"pairs.csv": "subject_id,ssn,recheck_on\n"}).in(t)).Manifest
	again := run(t, knowingNight.in(t)).Manifest
	if one.Run == other.Run || one.Run != again.Run {
		t.Errorf("runs %s, with other pairs %s, again %s", one.Run, other.Run, again.Run)
	}
}

// A number under another name is a lead for a specialist and holds nothing of the other person. It stays below review in the
// books and in no links.parquet.
func TestKnowledge_NumberUnderAnotherName(t *testing.T) {
	jobs := smallNight["in/jobs.csv"] + "r6,234567891,TERESA,MARCHETTI,,404 OTHER WAY,62999,Velvet Foundry,135792468,20261103\n"
	dir := knowingNight.with(files{"in/jobs.csv": jobs}).in(t)
	m := run(t, dir).Manifest
	l := leadOf(t, dir, "S1", leads.KindConflict)
	if l == nil || l.MayDo[0].Step != "specialist" || l.DisclosureClass != leads.DisclosureSpecialist {
		t.Fatalf("no lead for a specialist: %+v", l)
	}
	if e := explain(t, dir, pipeline.Question{Lead: l.LeadID}); len(e.Notes) != 1 || !strings.Contains(e.Notes[0], "tells a specialist of the number alone") {
		t.Errorf("explained with %q", e.Notes)
	}
	all := strings.ToUpper(everything(t, filepath.Join(dir, "runs")))
	for _, secret := range []string{"MARCHETTI", "OTHER WAY", "VELVET FOUNDRY", "135792468"} {
		if strings.Contains(all, secret) {
			t.Errorf("the run holds %q", secret)
		}
	}
	if err := m.Balance(); err != nil {
		t.Error(err)
	}
}

// The agency knows a number not to be a person's: nothing is offered under it, and no specialist is asked again.
func TestKnowledge_InvalidPair(t *testing.T) {
	jobs := smallNight["in/jobs.csv"] + "r6,234567891,TERESA,MARCHETTI,,404 OTHER WAY,62999,Velvet Foundry,135792468,20261103\n"
	dir := knowingNight.with(files{"in/jobs.csv": jobs, "pairs.csv": "subject_id,ssn,recheck_on\nS1,234-56-7891,\n"}).in(t)
	m := run(t, dir).Manifest
	if l := leadOf(t, dir, "S1", leads.KindConflict); l != nil {
		t.Errorf("a conflict that the agency knows: %+v", l)
	}
	if l := leadOf(t, dir, "S1", leads.KindEmployer); l == nil || l.Suppressed != leads.SuppressedInvalid || l.Identity == leads.Strong {
		t.Errorf("the job under the invalid number %+v", l)
	}
	if strings.Contains(strings.ToUpper(everything(t, filepath.Join(dir, "runs"))), "OTHER WAY") {
		t.Error("the run tells where the other person is")
	}
	if m.Leads.InvalidPairs != 1 {
		t.Errorf("counted %d", m.Leads.InvalidPairs)
	}
}

// I10: the parent who is sought lives, by an employer's word, where tonight's record says that the protected one lives. No lead
// tells it, and nothing is written that does.
func TestI10_LeadOnOneParentDoesNotTellOfTheOther(t *testing.T) {
	jobs := strings.Replace(smallNight["in/jobs.csv"], "12 ELM ST,62704,Acme", "99 SECRET CT,62702,Acme", 1)
	dir := smallNight.with(files{"in/jobs.csv": jobs}).in(t)
	m := run(t, dir).Manifest
	if leadOf(t, dir, "S1", leads.KindEmployer) == nil {
		t.Fatal("the job itself is no secret")
	}
	if countNamed(m.Leads.WithheldBy, leads.WithheldAddress) != 1 {
		t.Errorf("withheld %+v", m.Leads.WithheldBy)
	}
	for _, name := range []string{"runs", "state"} {
		if strings.Contains(strings.ToUpper(everything(t, filepath.Join(dir, name))), "SECRET CT") {
			t.Errorf("%s tells where the protected person is", name)
		}
	}
}

// A protection that only the case file states protects as the caseload's own does.
func TestI10_ProtectionOfTheCaseFile(t *testing.T) {
	cases := knowingNight["cases.csv"] + "S2,C7,NP,open,,,,,,,,,,,,,,,FV,,,\n"
	dir := knowingNight.with(files{"cases.csv": cases}).in(t)
	run(t, dir)
	for _, l := range leadsOf(t, dir) {
		if l.SubjectID == "S2" {
			t.Errorf("a lead on a protected person: %s", l.Kind)
		}
	}
	if strings.Contains(strings.ToUpper(everything(t, filepath.Join(dir, "runs"))), "BLUE DINER") {
		t.Error("the run tells where she works")
	}
}

// A source that may not be used about a person yields no link, and is counted: bank data are for those who owe.
func TestKnowledge_Purpose(t *testing.T) {
	closed := strings.Replace(knowingNight["cases.csv"], "S1,C1,NP,open", "S1,C1,NP,closed", 1)
	dir := knowingNight.with(files{"cases.csv": closed}).in(t)
	m := run(t, dir).Manifest
	for _, l := range leadsOf(t, dir) {
		if l.SubjectID == "S1" {
			t.Errorf("a lead in a closed case: %s", l.Kind)
		}
	}
	if countNamed(m.Links.WithheldBy, "no purpose: purpose.closed") != 1 {
		t.Errorf("withheld %+v", m.Links.WithheldBy)
	}
}

// Bank data are not used for a parent of whom the agency gave no facts: the law's condition is past-due support. It is counted by
// the rule, and the report says what to give; a layer of the agency's own may take the caseload at its word.
func TestKnowledge_BankDataNeedFacts(t *testing.T) {
	const reason = "no purpose: purpose.caseload-alone-accounts"
	knowing := nightOf("example-fidm-all", "financial", fileOf(t, "example-fidm-all", bank("FIRST BANK", 1, bobsAccount)...))
	page := strings.Replace(knowing["night.yaml"], "agency: {cases: {files: cases.csv}}\n", "", 1)
	for name, c := range map[string]struct {
		night    files
		account  bool
		withheld int64
	}{
		"facts of the case":         {knowing, true, 0},
		"no facts":                  {knowing.with(files{"night.yaml": page}), false, 1},
		"no facts of this person":   {knowing.with(files{"cases.csv": strings.Replace(casesOwing, "S1,", "S9,", 1)}), false, 1},
		"no facts, and a layer":     {knowing.with(files{"night.yaml": page + "policy: county.yaml\n", "county.yaml": onTheListAlone}), true, 0},
		"facts that nobody owes on": {knowing.with(files{"cases.csv": strings.ReplaceAll(casesOwing, "1200", "0")}), false, 0},
	} {
		dir := c.night.in(t)
		m := run(t, dir).Manifest
		if l := leadOf(t, dir, "S1", leads.KindAccount); (l != nil) != c.account || countNamed(m.Links.WithheldBy, reason) != c.withheld {
			t.Errorf("%s: account %+v, withheld %+v", name, l, m.Links.WithheldBy)
		}
		said := strings.Join(m.Warnings, "\n")
		if told := strings.Contains(said, "agency.cases") && strings.Contains(said, "decide: allow"); told != (c.withheld > 0) {
			t.Errorf("%s: the report says what to give, and how to switch it: %v: %s", name, told, said)
		}
	}
}

const onTheListAlone = `layer: county
purpose:
  - id: purpose.caseload-alone-accounts
    decide: allow
    words: Only parents who owe past-due support are on our list.
    citation: county manual, chapter 7
`

// Wages by quarter become one lead on what the person earns.
func TestKnowledge_Wages(t *testing.T) {
	night := knowingNight.with(files{
		"night.yaml": strings.Replace(knowingNight["night.yaml"], "agency:\n", "  - {name: qw, files: qw.csv, layout: example-quarterly-wage}\nagency:\n", 1),
		"qw.csv": `ssn,given,middle,family,wage,quarter,ein,employer,employer_address_1,employer_address_2,employer_city,employer_state,employer_zip
234567891,ROBERT,,OKONKWO,8100.50,20262,123456789,ACME FREIGHT,,,,,
234567891,ROBERT,,OKONKWO,9900,20263,123456789,ACME FREIGHT,,,,,
`,
	})
	dir := night.in(t)
	run(t, dir)
	l := leadOf(t, dir, "S1", leads.KindIncome)
	if l == nil || len(l.Income.Quarters) != 2 || l.Income.Quarters[1].Quarter != "2026-Q3" || l.Income.Trend != "rising" || l.Income.Quarters[0].Wages != 8100 {
		t.Fatalf("income %+v", l)
	}
}

// A field that a layout labels as tax information is in no lead, and is counted.
func TestKnowledge_TaxInformation(t *testing.T) {
	layout := strings.Replace(smallNight["jobs.yaml"], "{name: employer}", "{name: employer, label: tax}", 1)
	dir := smallNight.with(files{"jobs.yaml": layout}).in(t)
	m := run(t, dir).Manifest
	if strings.Contains(strings.ToUpper(everything(t, filepath.Join(dir, "runs"))), "ACME FREIGHT") {
		t.Error("the run holds return information")
	}
	if m.Leads.TaxInformation == 0 {
		t.Error("nothing was counted")
	}
}
