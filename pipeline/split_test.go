package pipeline

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/judgement"
)

// splitLayout is agency-renumbered with the leads that a split gives to the new number.
const splitLayout = `name: splits
title: Person numbers merged or split, with the leads that a split moves
source: agency
status: published
edition: "1"
origin: a test's own
format: csv
encoding: utf-8
records:
  data:
    fields:
      - {name: old_subject_id}
      - {name: new_subject_id}
      - {name: change}
      - {name: changed_on, form: CCYY-MM-DD}
      - {name: lead_id}
`

const splitHeader = "old_subject_id,new_subject_id,change,changed_on,lead_id\n"

// twoPeople are bob, and somebody whose number was split from his.
var twoPeople = bob + "N7,subject,,678-91-2345,Orson,,Tremaine,,1966-02-11,,4 Quay Street,Springfield,IL,62704,,\n"

// splitNight is a first night of two leads on one number, with what officers said of them, made ready for the night of the split.
func splitNight(t *testing.T, retention string) (n *nightly, home, job leads.Lead) {
	t.Helper()
	n = newNightly(t, 1, retention)
	for _, l := range toldBy(t, n.night(t, bob, map[string]string{"jobs-1.csv": jobsHeader + bobsRow})) {
		switch l.Kind {
		case leads.KindAddress:
			home = l
		case leads.KindEmployer:
			job = l
		}
	}
	w := n.plan(t, "").Workspace
	for _, j := range []judgement.Judgement{
		{LeadID: home.LeadID, PersonIs: judgement.SamePerson, Used: judgement.NotUsed, Officer: "W1", Date: 20261101},
		{LeadID: job.LeadID, PersonIs: judgement.SamePerson, Used: judgement.NotUsed, Officer: "W1", Date: 20261101},
	} {
		if said, err := w.JudgeOne(j); err != nil || len(said.Rejects) > 0 {
			t.Fatalf("%+v, %v", said, err)
		}
	}
	n.write(t, "splits.yaml", splitLayout)
	n.write(t, "night.yaml", alikeConfig+"agency: {renumbered: {files: renumbered.csv, layout: ./splits.yaml}}\n")
	n.write(t, "renumbered.csv", splitHeader+"S0,N7,split,2026-11-02,"+home.LeadID+"\nS0,N7,split,2026-11-02,\n")
	n.days += 3
	return n, home, job
}

// TestNights_SplitNumbers: a lead that the crosswalk names is the new number's from now on, with its id and its judgement, and nothing is
// told of it; of the other it is told once, to both, that somebody has to find out whose it is, though no record of it is kept.
func TestNights_SplitNumbers(t *testing.T) {
	n, home, job := splitNight(t, keep("employment", 1, false))
	r := n.night(t, twoPeople, nil)
	told := toldBy(t, r)
	owners := map[string]string{}
	for _, l := range told {
		if l.Status != leads.Changed || l.Identity != leads.CheckFirst || !strings.Contains(l.StatusReason, "check which person") {
			t.Errorf("%s of %s is %s, %s: %s", l.Kind, l.SubjectID, l.Status, l.Identity, l.StatusReason)
		}
		owners[l.SubjectID] = l.LeadID
	}
	if len(told) != 2 || owners["S0"] != job.LeadID || owners["N7"] == "" {
		t.Fatalf("told %+v; want the job, of either number", owners)
	}
	w := n.plan(t, "").Workspace
	history, err := leads.LoadHistory(filepath.Join(w.state(r.Manifest.Run), historyFile))
	if err != nil {
		t.Fatal(err)
	}
	if row, _ := history.Find(home.LeadID); row.SubjectID != "N7" || row.Numbered != "S0" || row.Withdrawn != 0 {
		t.Errorf("the home is %s's (id of %q), withdrawn %v", row.SubjectID, row.Numbered, row.Withdrawn)
	}
	taken, memory := heldOf(t, w, r.Manifest.Run)
	for _, want := range [][2]string{{home.LeadID, "N7"}, {job.LeadID, "S0"}, {owners["N7"], "N7"}} {
		if k, known := memory.Find(want[0]); !known || k.SubjectID != want[1] {
			t.Errorf("lead %s may be judged of %+v, want %s", want[0], k, want[1])
		}
	}
	said := map[string]string{}
	for _, j := range taken {
		said[j.LeadID] = j.SubjectID + " " + j.PersonIs + " " + j.Used
	}
	if said[home.LeadID] != "N7 same person not used" || said[job.LeadID] != "S0 same person not used" || said[owners["N7"]] != "N7  not used" {
		t.Errorf("judgements %+v", said)
	}
	if again := toldBy(t, n.night(t, twoPeople, nil)); len(again) != 0 {
		t.Errorf("told again: %+v", again)
	}
	if later, _ := heldOf(t, w, mustCurrent(t, w)); len(later) != len(taken) {
		t.Errorf("%d judgements, %d a night later", len(taken), len(later))
	}
}

// TestNights_SplitNumbersByRecords: where the records are kept, matching says whose they are. Nothing is told where they are the old
// number's; where they are the new one's, its officer is told, and the old one's leads are withdrawn.
func TestNights_SplitNumbersByRecords(t *testing.T) {
	other := strings.ReplaceAll(strings.ReplaceAll(twoPeople, "S0,", "X,"), "N7,", "S0,")
	for name, c := range map[string]struct {
		caseload string
		want     []string
	}{
		"the old number's": {twoPeople, nil},
		"the new number's": {strings.ReplaceAll(other, "X,", "N7,"), []string{"N7 address changed", "N7 employer changed", "S0 address withdrawn", "S0 employer withdrawn"}},
	} {
		n, home, job := splitNight(t, keep("employment", 90, false))
		n.write(t, "renumbered.csv", splitHeader+"S0,N7,split,2026-11-02,\n")
		var lines []string
		for _, l := range toldBy(t, n.night(t, c.caseload, nil)) {
			lines = append(lines, l.SubjectID+" "+string(l.Kind)+" "+string(l.Status))
			if l.SubjectID == "S0" && l.LeadID != home.LeadID && l.LeadID != job.LeadID {
				t.Errorf("%s: lead %s of S0 has a new id", name, l.LeadID)
			}
			if l.Status == leads.Changed && !strings.Contains(l.StatusReason, "which was split, and fits this person") {
				t.Errorf("%s: %s", name, l.StatusReason)
			}
		}
		slices.Sort(lines)
		if !slices.Equal(lines, c.want) {
			t.Errorf("%s: told %v, want %v", name, lines, c.want)
		}
		if again := toldBy(t, n.night(t, c.caseload, nil)); len(again) != 0 {
			t.Errorf("%s: told again: %+v", name, again)
		}
		w := n.plan(t, "").Workspace
		history, err := leads.LoadHistory(filepath.Join(w.state(mustCurrent(t, w)), historyFile))
		if err != nil {
			t.Fatal(err)
		}
		for row := range history.Rows() { // else it would be told when its records are kept no longer
			if row.Withdrawn == 0 && row.Undecided != "" {
				t.Errorf("%s: the %s of %s is undecided, though its record fits", name, row.Kind, row.SubjectID)
			}
		}
	}
}

func mustCurrent(t *testing.T, w Workspace) string {
	t.Helper()
	id, err := w.currentID()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestSplit_NeedsItsDay: without the day nobody knows which leads were told of both people, and the row is rejected.
func TestSplit_NeedsItsDay(t *testing.T) {
	n, _, _ := splitNight(t, keep("employment", 1, false))
	n.write(t, "night.yaml", alikeConfig+"agency: {renumbered: {files: renumbered.csv, layout: ./splits.yaml, reject_limit: 1}}\n")
	n.write(t, "renumbered.csv", splitHeader+"S0,N7,split,,\n")
	r := n.night(t, twoPeople, nil)
	if a := r.Manifest.Agency[0]; a.Rejected != 1 || len(toldBy(t, r)) != 0 {
		t.Errorf("%+v", a)
	}
}
