package synth

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// table reads a CSV as maps by its columns' names.
func tableOf(t *testing.T, path string) (rows []map[string]string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, values := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = values[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// Every file of every night decodes with its layout, without a reject or a fault.
func TestNights_EveryFileDecodes(t *testing.T) {
	dir := stretchOf(t)
	for night := 1; night <= 26; night++ {
		people := mustReadFile(t, filepath.Join(dir, nightDir(night), "caseload.csv"), "caseload")
		if len(people.rows) == 0 {
			t.Errorf("night %d: nobody on the caseload", night)
		}
		for e, name := range extractNames {
			for _, path := range filesOf(t, dir, night, name+"-*") {
				if x := mustReadFile(t, path, layoutOf[e]); len(x.rows) == 0 {
					t.Errorf("%s: no rows", path)
				}
			}
		}
	}
}

// What the agency knows decodes with its layouts too.
func TestNights_AgencyFilesDecode(t *testing.T) {
	dir := stretchOf(t)
	for _, file := range knowledgeFiles {
		for night := 1; night <= 26; night++ {
			mustReadFile(t, filepath.Join(dir, nightDir(night), "agency", file.file), file.layout)
		}
	}
}

// reports.csv and the files agree: each row is there, and says what the book says.
func TestNights_ReportsAreInTheFiles(t *testing.T) {
	dir := stretchOf(t)
	files := map[string]*readExtract{}
	seen := map[string]bool{}
	for _, r := range tableOf(t, filepath.Join(dir, "reports.csv")) {
		night, err := strconv.Atoi(r["night"])
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, nightDir(night), "in", r["file"])
		if files[path] == nil {
			files[path] = mustReadFile(t, path, layoutOfName(r["extract"]))
		}
		row := files[path].rows[line(t, r["line"])]
		if row == nil || !says(row, r["kind"], r["key"]) {
			t.Errorf("%v: the row says %v", r, row != nil)
		}
		seen[r["extract"]+" "+r["kind"]] = true
	}
	for _, want := range []string{"ncoa address", "w4 employer", "w4 address", "scra military", "fidm account", "fidm address", "scra "} {
		if !seen[want] {
			t.Errorf("no report of %q", want)
		}
	}
}

func layoutOfName(extract string) string {
	for e, name := range extractNames {
		if name == extract {
			return layoutOf[e]
		}
	}
	return ""
}

// says tells whether a row states a fact; of an address the ZIP code, as lines are spelt in several ways.
func says(row map[string]string, kind, key string) bool {
	parts := strings.Split(key, "|")
	last := parts[len(parts)-1]
	switch kind {
	case "address":
		return strings.HasPrefix(row["zip"], last) || strings.HasPrefix(row["to_zip"], last)
	case "employer":
		return row["ein"] == key
	case "military":
		return row["component"]+"|"+row["duty_begin"] == key && row["active_duty"] != "N"
	case "account":
		return row["institution_tin"] == parts[0] && strings.HasSuffix(strings.TrimSpace(row["account"]), last)
	}
	return true
}

// facts.csv names the first report of each fact, and no fact is reported that it does not have.
func TestNights_FactsNameTheirFirstReport(t *testing.T) {
	dir := stretchOf(t)
	first := map[[3]string]string{}
	for _, r := range tableOf(t, filepath.Join(dir, "reports.csv")) {
		key := [3]string{r["subject_id"], r["kind"], r["key"]}
		if _, known := first[key]; !known && r["kind"] != "" {
			first[key] = r["night"] + " " + r["file"]
		}
	}
	told := map[[3]string]string{}
	for _, f := range tableOf(t, filepath.Join(dir, "facts.csv")) {
		key := [3]string{f["subject_id"], f["kind"], f["key"]}
		report := f["night"] + " " + f["file"]
		if before, known := told[key]; f["night"] != "" && (!known || nightOf(t, report) < nightOf(t, before)) {
			told[key] = report
		}
		if f["ended"] != "" && f["ended"] < f["began"] {
			t.Errorf("%v ended before it began", f)
		}
	}
	for key, report := range first {
		if told[key] != report {
			t.Errorf("%v: first reported on %q, facts.csv says %q", key, report, told[key])
		}
	}
	if len(told) != len(first) {
		t.Errorf("%d facts with a report, %d reported", len(told), len(first))
	}
}

func nightOf(t *testing.T, report string) int64 {
	t.Helper()
	night, _, _ := strings.Cut(report, " ")
	return line(t, night)
}

// Everything happens that the stretch is for: people move, change jobs, are hired again, enlist and leave, open and close
// accounts; cases open, close and change hands; families are protected throughout and one from the middle on.
func TestNights_PeopleLive(t *testing.T) {
	if testing.Short() {
		t.Skip("a large population")
	}
	o := NightsOptions{Options: Options{Out: t.TempDir(), Seed: 1, Subjects: 3_000}, Nights: 30}
	summary, err := Nights(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	jobs := map[[2]string]int{}
	for _, f := range tableOf(t, filepath.Join(o.Out, "facts.csv")) {
		if f["began"] > summary.First {
			counts[f["kind"]+" began"]++
		}
		if f["ended"] > summary.First {
			counts[f["kind"]+" ended"]++
		}
		if f["kind"] == "employer" {
			jobs[[2]string{f["subject_id"], f["key"]}]++
		}
	}
	for _, n := range jobs {
		if n > 1 {
			counts["hired again"]++
		}
	}
	for _, p := range tableOf(t, filepath.Join(o.Out, "people.csv")) {
		if p["opens"] != "1" {
			counts["case opened"]++
		}
		if p["closes"] != "0" {
			counts["case closed"]++
		}
		if p["moves"] != "0" {
			counts["case transferred"]++
		}
		if p["protected_from"] == "1" {
			counts["protected"]++
		} else if p["protected_from"] != "0" {
			counts["flagged"]++
		}
	}
	for _, want := range []string{"address began", "address ended", "employer began", "employer ended", "hired again", "military began",
		"military ended", "account began", "account ended", "case opened", "case closed", "case transferred", "protected"} {
		if counts[want] < 3 {
			t.Errorf("%s: %d times in thirty nights", want, counts[want])
		}
	}
	if counts["flagged"] != 1 || summary.FlagNight != 16 {
		t.Errorf("%d people flagged, on night %d", counts["flagged"], summary.FlagNight)
	}
	t.Log(counts)
}

// Who is flagged was seen before, is seen again, and is protected in the caseload from that night on.
func TestNights_FlagIsInTheCaseload(t *testing.T) {
	dir := stretchOf(t)
	for _, p := range tableOf(t, filepath.Join(dir, "people.csv")) {
		if p["protected_from"] == "0" || p["protected_from"] == "1" {
			continue
		}
		from, err := strconv.Atoi(p["protected_from"])
		if err != nil {
			t.Fatal(err)
		}
		for night := 1; night <= 26; night++ {
			for _, row := range tableOf(t, filepath.Join(dir, nightDir(night), "caseload.csv")) {
				if row["subject_id"] == p["subject_id"] && (row["protected"] == "FV") != (night >= from) {
					t.Errorf("night %d: protected is %q, the flag comes on night %d", night, row["protected"], from)
				}
			}
		}
		return
	}
	t.Error("nobody was flagged")
}
