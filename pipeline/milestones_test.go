package pipeline_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/leads"
)

// TestDirectoryEntryStartsTheClock: the two business days in which a notice to withhold is due run from the day on which the state
// directory entered the report, not from the later night that brought it to us; and the page of the case has that day in the lead's
// history. A report without such a day runs from its receipt.
func TestDirectoryEntryStartsTheClock(t *testing.T) {
	hired := func(enteredOn string) record {
		return record{"data", map[string]string{"entered_on": enteredOn, "ssn": "234567891", "given": "ROBERT", "family": "OKONKWO", "born": "1981-03-05",
			"address_1": "12 ELM ST", "zip": "62704", "hire_date": "2026-11-09", "ein": "123456789", "employer": "ACME FREIGHT"}}
	}
	for enteredOn, due := range map[string]string{"2026-11-17": "November 19, 2026", "": "November 24, 2026", "2026-12-24": "November 24, 2026"} {
		night := nightOf("example-directory-extract", "employment", fileOf(t, "example-directory-extract", hired(enteredOn), record{"trailer", map[string]string{"count": "1"}}))
		caseload := strings.ReplaceAll(smallNight["caseload.csv"], "subject_id,role", "subject_id,case_id,office,officer,role")
		for i := 1; i <= 4; i++ {
			caseload = strings.Replace(caseload, fmt.Sprintf("S%d,", i), fmt.Sprintf("S%d,C-%d,North,W1,", i, i), 1)
		}
		dir := night.with(files{
			"caseload.csv":  caseload,
			"caseload.yaml": strings.Replace(smallNight["caseload.yaml"], "- {name: role}", "- {name: case_id}\n      - {name: office}\n      - {name: officer}\n      - {name: role}", 1),
			"cases.csv": "subject_id,case_id,participant,case_status,function,office,officer,order,monthly,arrears,past_due_since,last_paid," +
				"last_paid_amount,locate_since,opened,closed,other_state,language,protected,good_cause,bankrupt,withheld_by\n" +
				"S1,C-1,NP,open,enforcement,North,W1,Y,250.00,4200.00,2026-01-01,,,,2024-01-15,,,,,,,\n",
		}).in(t)
		run(t, dir)
		f, err := pipeline.CaseFile(context.Background(), load(t, dir, pipeline.Overrides{}), "C-1")
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, e := range f.People[0].Leads {
			if e.Lead.Kind != leads.KindEmployer {
				continue
			}
			found = true
			if got := e.Due.String(); got != isoDay(due) {
				t.Errorf("entered on %q: due on %s, want %s", enteredOn, got, due)
			}
			told := false
			for _, event := range e.History {
				told = told || event.What == "Entered in the state directory of new hires." && event.On.String() == enteredOn
			}
			if told != (enteredOn != "") {
				t.Errorf("entered on %q: history %+v", enteredOn, e.History)
			}
		}
		if !found {
			t.Errorf("entered on %q: no lead on the employer", enteredOn)
		}
	}
}

func isoDay(words string) string {
	return map[string]string{"November 19, 2026": "2026-11-19", "November 24, 2026": "2026-11-24"}[words]
}

// TestDefenseSaysWhoLeft: a day of separation ends a service by a dated answer; the same field beside an eligibility of 2 is the day
// of a death, and ends none.
func TestDefenseSaysWhoLeft(t *testing.T) {
	answer := func(eligibility string) record {
		return record{"data", map[string]string{"key": "S1", "status_date": "20261115", "eligibility": eligibility, "duty_status": "F", "service": "N",
			"left_date": "20260801", "duty_begin": "20190301", "ssn": "234567891", "given": "ROBERT", "family": "OKONKWO", "born": "19810305"}}
	}
	for eligibility, want := range map[string]string{"1": "Active duty in the Navy from March 1, 2019 until August 1, 2026", "2": ""} {
		r := run(t, nightOf("example-fpls-defense", "military", fileOf(t, "example-fpls-defense", answer(eligibility))).in(t))
		got := ""
		for _, l := range leadsIn(t, r) {
			if l.Kind == leads.KindMilitary {
				got = l.Display
			}
		}
		if got != want || r.Manifest.Extracts[0].Links == 0 {
			t.Errorf("eligibility %s: %q of %d links, want %q", eligibility, got, r.Manifest.Extracts[0].Links, want)
		}
	}
}

// TestDMDC_BothParents: the complete file is read once for the non-custodial parent of each row and once for the putative father, as
// two extracts of one night over the same file, and each is found in his own.
func TestDMDC_BothParents(t *testing.T) {
	both := []byte(fileOf(t, "example-dmdc", record{"data", map[string]string{"match_date": "20261115", "key": "S1", "active_duty": "Y", "duty_begin": "20240101", "component": "AR"}}))
	father := fileOf(t, "example-dmdc-putative", record{"data", map[string]string{"match_date": "20261115", "key": "S2", "active_duty": "Y", "duty_begin": "20250601", "component": "NR"}})
	copy(both[299:390], father[299:390])
	night := nightOf("example-dmdc", "military", string(both))
	dir := night.with(files{"night.yaml": strings.Replace(night["night.yaml"], "agency:",
		"  - {name: y, source: military, files: \"in/x*\", layout: example-dmdc-putative, known_share: 0.3}\nagency:", 1)}).in(t)
	r := run(t, dir)
	served := map[string]string{}
	for _, l := range leadsIn(t, r) {
		if l.Kind == leads.KindMilitary {
			served[l.SubjectID] = l.Display
		}
	}
	if served["S1"] != "Active duty in the Army from January 1, 2024" || !strings.HasPrefix(served["S2"], "Active duty in the Navy") {
		t.Errorf("service %q", served)
	}
	next, err := pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{AsOf: "2026-11-22"}), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range next.Manifest.Extracts {
		if x.Read != 0 {
			t.Errorf("the next night reads the file of %s again", x.Name)
		}
	}
}
