package synth

import (
	"math"
	"testing"
)

// share checks that an observed share lies within four and a half standard errors of its rate.
func share(t *testing.T, what string, hits, all int, rate float64) {
	t.Helper()
	if all == 0 {
		t.Fatalf("%s: nothing to count", what)
	}
	got, slack := float64(hits)/float64(all), 4.5*math.Sqrt(rate*(1-rate)/float64(all))
	if math.Abs(got-rate) > slack {
		t.Errorf("%s: %.4f of %d, declared %.4f (±%.4f)", what, got, all, rate, slack)
	}
}

// Traits and plans of families keep their rates.
func TestFamiliesKeepTheirRates(t *testing.T) {
	w := build(Options{Seed: 11, Subjects: 20_000, Strangers: 1000}, testDay)
	var hits [10]int
	count := func(i int, b bool) {
		if b {
			hits[i]++
		}
	}
	families := len(w.first) - 1
	for number := range families {
		f := w.family(uint32(number))
		count(0, f.mother)
		count(1, f.married)
		count(2, f.borrower)
		count(3, f.namesake)
		count(4, f.wrongNumber)
		count(5, f.stale)
		count(6, f.recent)
		count(7, f.childNumber >= 0)
		worked, banked := false, false
		for _, row := range f.plan(nil) {
			worked = worked || row.event == hired && row.slot == theSubject
			banked = banked || row.extract == financial && row.slot == theSubject && row.event != businessBook
		}
		count(8, worked)
		count(9, banked)
	}
	for i, rate := range []float64{rateMother, rateMarried * (1 - ratePutative*(1-rateMother)), rateBorrower, rateNamesake, rateWrongPerson,
		rateStaleOrder, rateMoved, rateChildNumber, rateHired, rateBanked} {
		share(t, []string{"mother", "married", "borrower", "namesake", "wrong number", "stale", "moved", "child's number", "hired", "banked"}[i], hits[i], families, rate)
	}
}

// Fields are blank and wrong as often as declared.
func TestRecordsKeepTheirRates(t *testing.T) {
	n, err := readBack(Options{Out: t.TempDir(), Seed: 13, Subjects: 3_000, Strangers: 40_000})
	if err != nil {
		t.Fatal(err)
	}
	tally := func(rows map[int64]map[string]string, is func(map[string]string) bool) (hits, all int) {
		for _, r := range rows {
			if is(r) {
				hits++
			}
		}
		return hits, len(rows)
	}
	blank := func(field string) func(map[string]string) bool {
		return func(r map[string]string) bool { return r[field] == "" }
	}
	w4, ncoa := n.extracts["w4"].rows, n.extracts["ncoa"].rows
	hits, all := tally(w4, blank("born"))
	share(t, "w4 without birth date", hits, all, blankBornW4)
	hits, all = tally(w4, blank("hire_date"))
	share(t, "w4 without hire date", hits, all, blankHireDate)
	hits, all = tally(w4, func(r map[string]string) bool { return r["ssn"] == r["ein"] })
	share(t, "w4 with the EIN", hits, all, rateEINShown)
	hits, all = tally(w4, func(r map[string]string) bool { return len(r["given"]) == 1 })
	share(t, "w4 with an initial", hits, all, rateInitial)
	hits, all = tally(ncoa, blank("key"))
	share(t, "ncoa without key", hits, all, blankKeyPostal)
	hits, all = tally(ncoa, blank("to_city"))
	share(t, "ncoa without new address", hits, all, rateNoForwarding)
	share(t, "caseload without birth date", without(n, "born"), len(n.caseload), blankBornCaseload)
	share(t, "caseload without e-mail", without(n, "email"), len(n.caseload), 1-rateEmail)
	share(t, "caseload without phone", without(n, "phone"), len(n.caseload), 1-ratePhone)
	share(t, "caseload without SSN", without(n, "ssn"), len(n.caseload), blankSSNCaseload+rateNoSSN*0.2)
}

func without(n *readNight, field string) (count int) {
	for _, r := range n.caseload {
		if r[field] == "" {
			count++
		}
	}
	return count
}

// The sought turn up in some extract about two times in three, some in several, some twice in one; strangers are most.
func TestAppearances(t *testing.T) {
	n := small(t)
	in := map[string]map[string]int{}
	for _, row := range n.truth {
		if in[row[0]] == nil {
			in[row[0]] = map[string]int{}
		}
		in[row[0]][row[1]]++
	}
	sought, seen, several, twice := 0, 0, 0, 0
	for id, s := range n.caseload {
		if s["role"] != "subject" {
			continue
		}
		sought++
		seen += min(1, len(in[id]))
		several += min(1, len(in[id])/2)
		for _, k := range in[id] {
			twice += k / 2
		}
	}
	if share := float64(seen) / float64(sought); share < 0.58 || share > 0.72 {
		t.Errorf("%.2f of the sought turn up, want about two thirds", share)
	}
	if several < 100 || twice < 50 {
		t.Errorf("%d turn up in several extracts, %d twice in one; want some of both", several, twice)
	}
}
