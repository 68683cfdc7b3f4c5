package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
	"locatematch/sources/person"
)

// TestShelf_RowsComeBackAsTheyWere: a packed row laid out again has the values it had, whatever they hold.
func TestShelf_RowsComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 200).Draw(t, "width")
		rows := &person.Rows{Width: width}
		n := rapid.IntRange(0, 4).Draw(t, "rows")
		for row := range n {
			for range width {
				v := rapid.SampledFrom([]string{"", "", "x", "O'BRIEN", strings.Repeat("9", 200), "\x00\xff"}).Draw(t, "value")
				rows.Spans = append(rows.Spans, rows.Append([]byte(v)))
			}
			rows.Lines = append(rows.Lines, int64(row*7))
		}
		var kept []keptRow
		for row := range n {
			kept = append(kept, keptRow{line: rows.Lines[row], values: packRow(rows, row, otherOwners{title: -1})})
			if err := checkPacked(kept[row].values, width); err != nil {
				t.Fatal(err)
			}
		}
		back := &person.Rows{}
		unpackRows(kept, width, back)
		for row := range n {
			for column := range width {
				if got, want := string(back.Value(row, column)), string(rows.Value(row, column)); got != want || back.Lines[row] != rows.Lines[row] {
					t.Fatalf("row %d, column %d: %q, want %q", row, column, got, want)
				}
			}
		}
	})
}

// FuzzCheckPacked: damaged values are an error, and what is no error can be laid out.
func FuzzCheckPacked(f *testing.F) {
	f.Add("\x00\x01A\x03\x02BC", 4)
	f.Add("\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 4)
	f.Add("\x02\x00\x01\x00", 4)
	f.Fuzz(func(t *testing.T, packed string, width int) {
		if width < 0 || width > 1000 || checkPacked(packed, width) != nil {
			return
		}
		rows := &person.Rows{}
		unpackRows([]keptRow{{line: 1, values: packed}}, width, rows)
		for column := range width {
			rows.Value(0, column)
		}
	})
}

const bobsRow = "r1,234-56-7891,Robert,Okonkwo,1951-03-05,9 New Road,62704,Acme Freight,123456789,2026-11-02\n"

var bob = caseloadOf([]known{{numbered: true}})

func (n *nightly) kept(t testing.TB, r *Result) (rows []string) {
	s, err := loadShelf(filepath.Join(n.dir, "state", r.Manifest.Run, sightingsFile), filepath.Join(n.dir, "state", r.Manifest.Run, layoutsFile))
	if err != nil {
		t.Fatal(err)
	}
	for row := range s.each {
		rows = append(rows, row.Values)
	}
	return rows
}

// TestShelf_SecretAsAnExtract: the rows kept hold whole numbers, so nobody but their owner can read the file; a stranger's row
// is not kept.
func TestShelf_SecretAsAnExtract(t *testing.T) {
	n := newNightly(t, 1)
	stranger := "r2,999-55-1234,Some,Stranger,1960-01-01,1 Any Road,10001,Blue Diner,987654321,2026-11-02\n"
	r := n.night(t, bob, map[string]string{"jobs-1.csv": jobsHeader + bobsRow + stranger})
	if rows := n.kept(t, r); len(rows) != 1 || !strings.Contains(rows[0], "234-56-7891") {
		t.Errorf("kept %q, want one row with its number", rows)
	}
	info, err := os.Stat(filepath.Join(n.dir, "state", r.Manifest.Run, sightingsFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
}

// TestI10_ProtectedLaterVanishes: once somebody is protected, neither the kept rows nor the history say anything of them, and no
// lead tells that there was one.
func TestI10_ProtectedLaterVanishes(t *testing.T) {
	n := newNightly(t, 1)
	n.night(t, bob, map[string]string{"jobs-1.csv": jobsHeader + bobsRow})
	r := n.night(t, strings.Replace(bob, "S0,subject,,", "S0,subject,FV,", 1), nil)
	if rows := n.kept(t, r); len(rows) > 0 {
		t.Errorf("kept %q", rows)
	}
	history, err := leads.LoadHistory(filepath.Join(n.dir, "state", r.Manifest.Run, historyFile))
	if err != nil || history.Len() > 0 {
		t.Errorf("%d leads are remembered, %v", history.Len(), err)
	}
	if m := r.Manifest; m.Leads.Total != 0 || m.Leads.Vanished != 2 || m.Retained.Dropped != 1 {
		t.Errorf("leads %+v, retained %+v", m.Leads, m.Retained)
	}
}

// TestRetention_Ends: a row is kept for as many days as policy says, and what was told of it is not withdrawn for that.
func TestRetention_Ends(t *testing.T) {
	n := newNightly(t, 1, keep("employment", 2, false))
	n.night(t, bob, map[string]string{"jobs-1.csv": jobsHeader + bobsRow})
	for day, want := range []int{1, 1, 0, 0} {
		r := n.night(t, bob, nil)
		if rows := n.kept(t, r); len(rows) != want || r.Manifest.Leads.Total != 0 {
			t.Errorf("%d days later %d rows are kept and %d leads told; want %d and none", day+1, len(rows), r.Manifest.Leads.Total, want)
		}
	}
}

// TestNights_NewSubjectMeetsWhatWasKept: a row that nobody was looking for when it came is a lead once somebody is, where its
// source keeps such rows; its evidence says when it came.
func TestNights_NewSubjectMeetsWhatWasKept(t *testing.T) {
	n := newNightly(t, 1, keep("employment", 365, true))
	maria := strings.TrimPrefix(caseloadOf([]known{{numbered: true}, {}, {there: true}}), bob)
	n.night(t, caseloadHeader+maria, map[string]string{"jobs-1.csv": jobsHeader + bobsRow})
	list, err := leads.ReadLeads(filepath.Join(n.night(t, bob, nil).Dir, leadsFile))
	if err != nil || len(list) != 2 {
		t.Fatalf("%d leads, %v", len(list), err)
	}
	for _, l := range list {
		if l.Status != leads.New || l.FirstSeen.Integer() != 20261101 || l.FirstPublished.Integer() != 20261102 || l.Evidence[0].Received.Integer() != 20261101 {
			t.Errorf("%s %s, seen %v, published %v, received %v", l.Kind, l.Status, l.FirstSeen, l.FirstPublished, l.Evidence[0].Received)
		}
	}
}

// TestNights_ChangedModelIsNoNews: under a model that thinks otherwise of every agreement, old facts are scored anew and nobody
// is told that anything happened.
func TestNights_ChangedModelIsNoNews(t *testing.T) {
	for name, change := range map[string]func(*matchers.Model){
		"nothing links":  func(m *matchers.Model) { m.Review, m.Accept = 60, 61 },
		"nearly nothing": func(m *matchers.Model) { m.Accept = 60 },
	} {
		n := newNightly(t, 1)
		n.night(t, bob, map[string]string{"jobs-1.csv": jobsHeader + bobsRow})
		m := matchers.BuiltInModel(matchers.BuiltInSpec())
		change(m)
		if err := WriteModel(filepath.Join(n.dir, "model.json"), &Training{Model: m}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			list, err := leads.ReadLeads(filepath.Join(n.night(t, bob, nil).Dir, leadsFile))
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range list {
				if l.Status != leads.Repeated {
					t.Errorf("%s: %s %s is %s: %s", name, l.LeadID, l.Kind, l.Status, l.StatusReason)
				}
			}
		}
	}
}

// TestNights_MergedNumbers: a person who is on the caseload under another number now keeps leads and their ids, and nothing is
// told of it.
func TestNights_MergedNumbers(t *testing.T) {
	n := newNightly(t, 1)
	first := n.night(t, bob, map[string]string{"jobs-1.csv": jobsHeader + bobsRow})
	n.write(t, "night.yaml", alikeConfig+"agency: {renumbered: {files: renumbered.csv}}\n")
	n.write(t, "renumbered.csv", "old_subject_id,new_subject_id,change,changed_on\nS0,N7,merged,2026-11-02\n")
	second := n.night(t, strings.ReplaceAll(bob, "S0,", "N7,"), map[string]string{"jobs-2.csv": jobsHeader + strings.Replace(bobsRow, "r1,", "r5,", 1)})
	before, after := map[string]leads.Lead{}, map[string]leads.Lead{}
	overlay(t, before, first)
	overlay(t, after, second)
	if namesOf(before) != namesOf(after) {
		t.Errorf("ids %s\nwere %s", namesOf(after), namesOf(before))
	}
	for _, l := range after {
		if l.SubjectID != "N7" || l.Status != leads.Repeated {
			t.Errorf("%s of %s is %s: %s", l.Kind, l.SubjectID, l.Status, l.StatusReason)
		}
	}
}

const casesHeader = "subject_id,case_id,participant,case_status,function,office,officer,order,monthly,arrears,past_due_since,last_paid," +
	"last_paid_amount,locate_since,opened,closed,other_state,language,protected,good_cause,bankrupt,withheld_by\n"

// TestNights_ClosedCase: a case that closes withdraws its leads, once; opened again, what was kept stands again.
func TestNights_ClosedCase(t *testing.T) {
	n := newNightly(t, 1)
	n.write(t, "night.yaml", alikeConfig+"agency: {cases: {files: cases.csv}}\n")
	for _, night := range []struct {
		status string
		want   leads.Status
		leads  int
	}{{"open", leads.New, 2}, {"closed", leads.Withdrawn, 2}, {"closed", "", 0}, {"open", leads.New, 2}, {"open", "", 0}} {
		n.write(t, "cases.csv", casesHeader+"S0,C1,NP,"+night.status+strings.Repeat(",", 18)+"\n")
		files := map[string]string{}
		if n.days == 0 {
			files["jobs-1.csv"] = jobsHeader + bobsRow
		}
		r := n.night(t, bob, files)
		list, err := leads.ReadLeads(filepath.Join(r.Dir, leadsFile))
		if err != nil || len(list) != night.leads {
			t.Fatalf("night %d: %d leads, want %d; %v", n.days, len(list), night.leads, err)
		}
		for _, l := range list {
			if l.Status != night.want {
				t.Errorf("night %d: %s is %s: %s", n.days, l.Kind, l.Status, l.StatusReason)
			}
		}
	}
}

// TestExplain_FindsALeadOfAnEarlierNight: a lead that later nights had no reason to tell again is found where it was told, and a
// withdrawn one is told to be.
func TestExplain_FindsALeadOfAnEarlierNight(t *testing.T) {
	n := newNightly(t, 1)
	first := map[string]leads.Lead{}
	overlay(t, first, n.night(t, bob, map[string]string{"jobs-1.csv": jobsHeader + bobsRow}))
	n.night(t, bob, nil)
	w := n.plan(t, "").Workspace
	for id := range first {
		if l, err := w.lead(id); err != nil || l.Status != leads.New {
			t.Errorf("%s: %+v, %v", id, l, err)
		}
	}
	n.night(t, caseloadHeader+strings.TrimPrefix(caseloadOf([]known{{}, {}, {there: true}}), caseloadOf([]known{{}})), nil)
	for id := range first {
		if _, err := w.lead(id); !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), "no longer on the caseload") {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// TestI10_HiddenRowIsNotKept: a row whose address may be a protected person's is not kept, and the job that it reports, which is no
// secret, is not withdrawn for want of it.
func TestI10_HiddenRowIsNotKept(t *testing.T) {
	n := newNightly(t, 1)
	both := bob + "S9,subject,FV,,Nora,Pellworth,,,1980-01-01,,9 New Road,Springfield,IL,62704,,\n"
	first := map[string]leads.Lead{}
	r := n.night(t, both, map[string]string{"jobs-1.csv": jobsHeader + bobsRow})
	overlay(t, first, r)
	if rows := n.kept(t, r); len(rows) > 0 || len(first) != 1 {
		t.Fatalf("kept %q, told %d leads; want none and the job", rows, len(first))
	}
	if m := n.night(t, both, nil).Manifest; m.Leads.Total != 0 {
		t.Errorf("leads %+v", m.Leads)
	}
}
