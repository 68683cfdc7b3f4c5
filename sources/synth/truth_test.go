package synth

import (
	"strings"
	"testing"
)

// Each true pair is a subject of the caseload and a data row of its extract, once, in the stated order.
func TestTruthIsInTheFiles(t *testing.T) {
	n := small(t)
	seen := map[string]bool{}
	lastExtract, lastLine := "", int64(0)
	for _, row := range n.truth {
		at := line(t, row[2])
		if n.caseload[row[0]] == nil {
			t.Fatalf("%v: nobody of that number on the caseload", row)
		}
		if x := n.extracts[row[1]]; x == nil || x.rows[at] == nil {
			t.Fatalf("%v: no such row", row)
		}
		if key := row[1] + row[2]; seen[key] {
			t.Errorf("%v: the row is about two people", row)
		} else {
			seen[key] = true
		}
		if row[1] < lastExtract || row[1] == lastExtract && at <= lastLine {
			t.Errorf("%v is out of order", row)
		}
		lastExtract, lastLine = row[1], at
	}
	if int64(len(n.truth)) != n.summary.TruthPairs {
		t.Errorf("%d rows in truth.csv, summary says %d", len(n.truth), n.summary.TruthPairs)
	}
}

// Every trap occurs among 2,000 subjects; same=yes is in the truth and same=no is not.
func TestTrapsAgreeWithTheTruth(t *testing.T) {
	n := small(t)
	truth := map[[3]string]bool{}
	for _, row := range n.truth {
		truth[[3]string(row)] = true
	}
	counts := map[string]int64{}
	for _, row := range n.traps {
		counts[row[0]]++
		if n.caseload[row[1]] == nil || n.extracts[row[2]].rows[line(t, row[3])] == nil {
			t.Fatalf("%v: no such pair", row)
		}
		if same := truth[[3]string(row[1:4])]; yesNo(same) != row[4] {
			t.Errorf("%v, but in the truth: %v", row, same)
		}
	}
	for _, c := range n.summary.Traps {
		if counts[c.Trap.String()] != c.Pairs || c.Pairs == 0 {
			t.Errorf("%s: %d pairs in traps.csv, summary says %d, want some", c.Trap, counts[c.Trap.String()], c.Pairs)
		}
	}
}

// A trap pair looks the way its name says. The share is how many pairs must show it: errors may lie on top, and the
// caseload may lack the field.
func TestTrapsAreWhatTheySay(t *testing.T) {
	for _, c := range []struct {
		trap  Trap
		share float64
		looks func(subject, record map[string]string) bool
	}{
		{FatherSon, 0.75, func(s, r map[string]string) bool {
			return sameGiven(s, r) && sameFamily(s, r) && s["born"] != r["born"]
		}},
		{Twin, 0.70, func(s, r map[string]string) bool { return r["born"] == "" || isoDate(r["born"]) == s["born"] }},
		{Namesake, 0.75, func(s, r map[string]string) bool { return sameGiven(s, r) && sameFamily(s, r) }},
		{BorrowedSSN, 0.60, func(s, r map[string]string) bool { return r["ssn"] == number(s) && !sameFamily(s, r) }},
		{WrongNumber, 0.70, func(s, r map[string]string) bool { return r["ssn"] == number(s) || r["move_type"] != "" }},
		{WrongAnswer, 0.99, func(s, r map[string]string) bool { return r["key"] == s["subject_id"] && r["ssn"] == number(s) }},
		{SharedSSN, 0.60, func(s, r map[string]string) bool { return r["ssn"] == number(s) && s["participant"] == "CH" }},
		{BusinessEIN, 0.60, func(s, r map[string]string) bool { return r["ssn"] == number(s) && r["born"] == "" }},
		{CoOwner, 0.50, func(s, r map[string]string) bool { return r["second_ssn"] == number(s) && r["payee"] != "0" }},
		{JointAccount, 0.99, func(s, r map[string]string) bool { return r["second_name"] != "" && r["payee"] != "0" }},
		{MinorAccount, 0.99, func(s, r map[string]string) bool {
			return strings.Contains(strings.ToUpper(r["title"]), "UTMA") && r["trust"] == "1"
		}},
		{FamilyMove, 0.95, func(s, r map[string]string) bool { return r["move_type"] == "F" && r["given"] == "" }},
		{OrderByKin, 0.90, func(s, r map[string]string) bool { return r["key"] == s["subject_id"] || r["key"] == "" }},
		{StaleOrder, 0.80, func(s, r map[string]string) bool {
			return !strings.HasPrefix(s["zip"], r["to_zip"]) || r["to_address_1"] != s["address_1"]
		}},
		{BlankKey, 1, func(s, r map[string]string) bool { return r["key"] == "" }},
		{DummySSN, 1, func(s, r map[string]string) bool { return r["ssn"] != number(s) }},
		{CaseWrongSSN, 0.99, func(s, r map[string]string) bool { return r["ssn"] != number(s) || r["certificate"] != "" }},
		{ShownEIN, 0.2, func(s, r map[string]string) bool { return r["ein"] != "" && r["ein"] == r["ssn"] }},
	} {
		all, good := pairsOf(t, c.trap, c.looks)
		if all == 0 || float64(good) < c.share*float64(all) {
			t.Errorf("%s: %d of %d pairs look so, want %.0f%%", c.trap, good, all, 100*c.share)
		}
	}
}

func pairsOf(t *testing.T, trap Trap, looks func(s, r map[string]string) bool) (all, good int) {
	n := small(t)
	for _, row := range n.traps {
		if row[0] != trap.String() {
			continue
		}
		all++
		if looks(n.caseload[row[1]], n.extracts[row[2]].rows[line(t, row[3])]) {
			good++
		}
	}
	return all, good
}

// number is the caseload's SSN without hyphens.
func number(s map[string]string) string { return strings.ReplaceAll(s["ssn"], "-", "") }

func isoDate(ccyymmdd string) string {
	if len(ccyymmdd) != 8 {
		return ccyymmdd
	}
	return ccyymmdd[:4] + "-" + ccyymmdd[4:6] + "-" + ccyymmdd[6:]
}

func sameGiven(s, r map[string]string) bool {
	return r["given"] == s["given"] || strings.Contains(strings.ToUpper(r["full_name"]), " "+s["given"])
}

func sameFamily(s, r map[string]string) bool { // a stray suffix may stand behind it
	return strings.HasPrefix(r["family"], s["family"]) || strings.HasPrefix(strings.ToUpper(r["full_name"]), s["family"])
}

// Own number, own name: a plain row of a subject does match the subject.
func TestPlainPairsAgree(t *testing.T) {
	n := small(t)
	same, both := 0, 0
	for _, row := range n.truth {
		s, r := n.caseload[row[0]], n.extracts[row[1]].rows[line(t, row[2])]
		if row[1] == "w4" && number(s) != "" {
			both++
			if r["ssn"] == number(s) {
				same++
			}
		}
	}
	if both < 100 || float64(same) < 0.85*float64(both) || same == both {
		t.Errorf("%d of %d new hires have the number that we hold, want most and not all", same, both)
	}
}

// Every person on the caseload has lived somewhere, and facts are about people on the caseload.
func TestFacts(t *testing.T) {
	n := small(t)
	housed, kinds := map[string]bool{}, map[string]int{}
	for _, f := range n.facts {
		kinds[f[1]]++
		if n.caseload[f[0]] == nil || f[2] == "" || len(f[3]) != 10 || f[4] != "" && f[4] < f[3] {
			t.Fatalf("fact %v", f)
		}
		housed[f[0]] = housed[f[0]] || f[1] == "address" && f[4] == ""
	}
	for id := range n.caseload {
		if !housed[id] {
			t.Errorf("subject %s lives nowhere", id)
		}
	}
	for _, kind := range []string{"address", "employer", "account", "military"} {
		if kinds[kind] == 0 {
			t.Errorf("no fact of kind %s", kind)
		}
	}
}
