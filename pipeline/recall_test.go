package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads"
)

// twoKinds keeps one source's linked rows for long, and the other's for a day.
var twoKinds = keep("other", 1, false)

// state is what the next night will know, as text: history, sightings, and the files read, but for the names of runs. Recalled
// files are left out.
func (n *nightly) state(t testing.TB) string {
	w := n.plan(t, "").Workspace
	current, err := w.currentID()
	if err != nil {
		t.Fatal(err)
	}
	history, err := leads.LoadHistory(filepath.Join(w.state(current), historyFile))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := loadShelf(filepath.Join(w.state(current), sightingsFile), filepath.Join(w.state(current), layoutsFile))
	if err != nil {
		t.Fatal(err)
	}
	ledger, err := LoadLedger(filepath.Join(w.state(current), ledgerFile))
	if err != nil {
		t.Fatal(err)
	}
	var text []string
	for r := range history.Rows() {
		text = append(text, fmt.Sprintf("%+v", r))
	}
	for r := range kept.each {
		text = append(text, fmt.Sprintf("%+v", r))
	}
	for _, e := range ledger.bySum {
		if e.Recalled == "" {
			text = append(text, e.Extract+" "+e.Name+" "+e.SHA256)
		}
	}
	slices.Sort(text)
	return strings.Join(text, "\n")
}

// recall takes back what a file of one night brought.
func (n *nightly) recall(t testing.TB, extract, run string) *RecallResult {
	n.days++
	plan := n.plan(t, fmt.Sprintf("2026-11-%02d", n.days))
	r, err := Recall(context.Background(), plan, Options{}, RecallOrder{Extract: extract, Run: run, Reason: "columns shifted"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRecall_AsIfItHadNeverCome: whatever a file held, whichever night it came and whatever came after, once it is recalled the
// state is that of nights without it: history, sightings and ledger. So are the leads that stand, and no lead is told by both a
// row that stands and one that is withdrawn.
func TestRecall_AsIfItHadNeverCome(t *testing.T) {
	everybody := make([]known, len(alike))
	for i := range everybody {
		everybody[i] = known{there: true, numbered: true}
	}
	rapid.Check(t, func(rt *rapid.T) {
		const nights = 3
		bad, extract := rapid.IntRange(1, nights).Draw(rt, "bad night"), rapid.SampledFrom([]string{"jobs", "cars"}).Draw(rt, "bad extract")
		with, without := newNightly(t, 1, twoKinds), newNightly(t, 1, twoKinds)
		told, never := map[string]leads.Lead{}, map[string]leads.Lead{}
		run, id := "", 0
		for night := 1; night <= nights; night++ {
			good, all := map[string]string{}, map[string]string{}
			for _, x := range []string{"jobs", "cars"} {
				rows := ""
				for range rapid.IntRange(0, 3).Draw(rt, "rows") {
					id++
					rows += anyRow(rt, id)
				}
				name := fmt.Sprintf("%s-%d.csv", x, night)
				if good[name] = jobsHeader + rows; rows == "" {
					delete(good, name)
				}
			}
			for name, text := range good {
				all[name] = text
			}
			if night == bad {
				all[extract+"-bad.csv"] = jobsHeader + anyRow(rt, 901) + anyRow(rt, 902) + anyRow(rt, 903)
				delete(all, fmt.Sprintf("%s-%d.csv", extract, night)) // what a run read of an extract is recalled together
				delete(good, fmt.Sprintf("%s-%d.csv", extract, night))
			}
			r := with.night(t, caseloadOf(everybody), all)
			overlay(t, told, r)
			overlay(t, never, without.night(t, caseloadOf(everybody), good))
			if night == bad {
				run = r.Manifest.Run
			}
		}
		r := with.recall(t, extract, run)
		overlay(t, told, r.Result)
		overlay(t, never, without.night(t, caseloadOf(everybody), nil))
		if got, want := with.state(t), without.state(t); got != want {
			rt.Fatalf("recalled:\n%s\nnever come:\n%s", got, want)
		}
		if got, want := namesOf(told), namesOf(never); got != want {
			rt.Fatalf("leads, recalled:\n%s\nnever come:\n%s", got, want)
		}
	})
}

func namesOf(m map[string]leads.Lead) string {
	var list []string
	for id := range m {
		list = append(list, id)
	}
	slices.Sort(list)
	return strings.Join(list, "\n")
}

// TestRecall_SaysWhoReceived: queues of earlier runs that held a lead concerned are named, and hold it no longer; and it can be
// asked for by run, once.
func TestRecall_SaysWhoReceived(t *testing.T) {
	n := newNightly(t, 1, twoKinds)
	n.write(t, "night.yaml", alikeConfig+"agency: {cases: {files: cases.csv}}\n")
	n.write(t, "cases.csv", casesHeader+"S0,C1,NP,open,locate,north,Ito"+strings.Repeat(",", 15)+"\n")
	first := n.night(t, caseloadOf([]known{{numbered: true}}), map[string]string{"jobs-1.csv": jobsHeader + bobsRow})
	if first.Manifest.Queues.Rows != 2 {
		t.Fatalf("queues %+v; want an address and an employer", first.Manifest.Queues)
	}
	r := n.recall(t, "", first.Manifest.Run)
	if want := []Receipt{{first.Manifest.Run, "north", "Ito", 2}}; !slices.Equal(r.Receipts, want) {
		t.Errorf("received by %+v, want %+v", r.Receipts, want)
	}
	if q := r.Manifest.Queues; q.Rows != 0 || r.Manifest.Leads.Total != 2 {
		t.Errorf("queues %+v, leads %+v; want both withdrawn, none queued", q, r.Manifest.Leads)
	}
	for _, order := range []RecallOrder{{Run: first.Manifest.Run, Reason: "again"}, {Extract: "jobs", Reason: "again"}, {Extract: "jobs"}} {
		_, err := Recall(context.Background(), n.plan(t, fmt.Sprintf("2026-11-%02d", n.days)), Options{}, order)
		if !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrConfig) {
			t.Errorf("%+v: %v", order, err)
		}
	}
}
