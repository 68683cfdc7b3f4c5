package pipeline

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/report"
	"locatematch/pipeline/table"
)

// forgetSettled takes from the live run's state what it left of subjects of whom nothing had changed: the next night makes everybody's
// leads again.
func (n *nightly) forgetSettled(t testing.TB) {
	w := n.plan(t, "").Workspace
	live, err := w.Current()
	if err != nil {
		t.Fatal(err)
	}
	live.Outputs = slices.DeleteFunc(live.Outputs, func(f report.File) bool { return f.Name == statePrefix+settledFile })
	data, err := live.Encode()
	if err == nil {
		err = os.WriteFile(filepath.Join(w.run(live.Run), manifestFile), data, 0o600)
	}
	if err == nil {
		err = os.Remove(filepath.Join(w.state(live.Run), settledFile))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// told is a run's leads.parquet as it stands on the disk.
func told(t testing.TB, r *Result) []byte {
	data, err := os.ReadFile(filepath.Join(r.Dir, leadsFile))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSettled_ChangesNothing: passing over the subjects of whom nothing has changed changes no byte of what is told and nothing of what
// the next night will know, whoever comes, leaves, is protected, becomes a shield or gets a number, and whatever files come. And people
// are passed over.
func TestSettled_ChangesNothing(t *testing.T) {
	stood := 0
	rapid.Check(t, func(rt *rapid.T) {
		ratio := rapid.SampledFrom([]float64{1, .1}).Draw(rt, "ratio")
		rules := []string{keep("employment", rapid.SampledFrom([]int{2, 365}).Draw(rt, "days"), true), keep("other", 365, false)}
		quick, full := newNightly(t, ratio, rules...), newNightly(t, ratio, rules...)
		people, id := make([]known, len(alike)), 0
		for i := range people {
			people[i] = known{there: true, numbered: true}
		}
		for night := 1; night <= rapid.IntRange(3, 6).Draw(rt, "nights"); night++ {
			if rapid.Bool().Draw(rt, "somebody changes") {
				people[rapid.IntRange(0, len(people)-1).Draw(rt, "who")] = known{rapid.Bool().Draw(rt, "there"), rapid.IntRange(0, 3).Draw(rt, "shield") == 0, rapid.Bool().Draw(rt, "numbered")}
			}
			caseload := caseloadOf(people)
			if rapid.IntRange(0, 4).Draw(rt, "protection") == 0 {
				caseload = protecting(caseload, rapid.IntRange(0, len(alike)-1).Draw(rt, "whom"))
			}
			files := map[string]string{}
			for _, extract := range []string{"jobs", "cars"} {
				rows := ""
				for range rapid.IntRange(0, 4).Draw(rt, extract) {
					id++
					rows += anyRow(rt, id)
				}
				if rows != "" {
					files[fmt.Sprintf("%s-%d.csv", extract, night)] = jobsHeader + rows
				}
			}
			if night > 1 {
				full.forgetSettled(t)
			}
			a, b := quick.night(t, caseload, files), full.night(t, caseload, files)
			if !bytes.Equal(told(t, a), told(t, b)) {
				rt.Fatalf("night %d tells something else where people are passed over", night)
			}
			if got, want := quick.state(t), full.state(t); got != want {
				rt.Fatalf("night %d leaves, where people are passed over:\n%s\nelse:\n%s", night, got, want)
			}
			stood += int(a.Manifest.Retained.Settled)
			if b.Manifest.Retained.Settled != 0 {
				rt.Fatalf("night %d: nothing was known, and %d were passed over", night, b.Manifest.Retained.Settled)
			}
		}
	})
	if stood == 0 {
		t.Error("nobody was ever passed over")
	}
}

// protecting is a caseload on which one of its people is protected.
func protecting(caseload string, who int) string {
	return string(bytes.ReplaceAll([]byte(caseload), []byte(alike[who].id+",subject,,"), []byte(alike[who].id+",subject,yes,")))
}

// What was settled under one policy is not under another, and a night that settles nobody leaves a table without rows.
func TestSettled_HoldsUnderItsConditionsAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), settledFile)
	rows := []leads.SettledRow{{Subject: 9, Mark: 1}, {Subject: -3, Mark: 2}}
	if err := leads.WriteSettled(path, "one", rows); err != nil {
		t.Fatal(err)
	}
	if back, err := leads.ReadSettled(path, "one"); err != nil || len(back) != 2 || back[0].Subject != -3 {
		t.Errorf("%v, %v", back, err)
	}
	if back, err := leads.ReadSettled(path, "another"); err != nil || len(back) != 0 {
		t.Errorf("%v, %v", back, err)
	}
	if n, err := table.Rows(path); err != nil || n != 2 {
		t.Errorf("%d rows, %v", n, err)
	}
}
