package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/table"
	"locatematch/sources"
)

// record is one record of a supplier's file.
type record struct {
	kind   string
	values map[string]string
}

// fileOf writes records in a layout.
func fileOf(t *testing.T, layout string, records ...record) string {
	t.Helper()
	l, err := sources.Load(layout)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	e, err := sources.NewEncoder(&b, l)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if err := e.Write(r.kind, r.values); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// casesOwing are cases in which S1 to S3 owe past-due support: without them no bank data are used.
const casesOwing = "subject_id,case_id,participant,case_status,function,office,officer,order,monthly,arrears,past_due_since,last_paid,last_paid_amount,locate_since,opened,closed,other_state,language,protected,good_cause,bankrupt,withheld_by\n" +
	"S1,C1,NP,open,enforcement,,,Y,300,1200,2026-03-01,,,,,,,,,,,\n" +
	"S2,C2,NP,open,enforcement,,,Y,300,1200,2026-03-01,,,,,,,,,,,\n" +
	"S3,C3,NP,open,enforcement,,,Y,300,1200,2026-03-01,,,,,,,,,,,\n"

// nightOf is the small night with one extract in a built-in layout.
func nightOf(layout, source, content string) files {
	return smallNight.with(files{
		"night.yaml": fmt.Sprintf(`as_of: 2026-11-21
caseload: {files: caseload.csv, layout: ./caseload.yaml}
extracts:
  - {name: x, source: %s, files: "in/x*", layout: %s, allow_unconfirmed: true, known_share: 0.3, reject_limit: 0.5}
agency: {cases: {files: cases.csv}}
`, source, layout),
		"cases.csv": casesOwing, "in/jobs.csv": "", "in/x.txt": content,
	})
}

func leadsIn(t *testing.T, r *pipeline.Result) []leads.Lead {
	t.Helper()
	all, err := leads.ReadLeads(filepath.Join(r.Dir, "leads.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// linked lists the subject of every linked line.
func linked(t *testing.T, r *pipeline.Result) map[int64]string {
	t.Helper()
	type row struct {
		SubjectID string `parquet:"subject_id"`
		Line      int64  `parquet:"line"`
	}
	rows, err := table.Read[row](filepath.Join(r.Dir, "links.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	by := map[int64]string{}
	for _, x := range rows {
		by[x.Line] += x.SubjectID
	}
	return by
}

// bank is a section of accounts, whose trailer says how many there are.
func bank(name string, says int, accounts ...map[string]string) []record {
	all := []record{{"section", map[string]string{"institution_tin": "481111111", "institution": name, "match_indicator": "M"}}}
	for _, a := range accounts {
		all = append(all, record{"data", a})
	}
	return append(all, record{"trailer", map[string]string{"count": fmt.Sprint(says)}})
}

var bobsAccount = map[string]string{
	"ssn": "234567891", "account": "00012345", "full_name": "OKONKWO, ROBERT J", "address_1": "12 ELM ST", "city": "SPRINGFIELD", "state": "IL", "zip": "62704",
	"balance": "0001240", "balance_kind": "2", "account_type": "04", "payee": "0", "account_status": "0", "born": "19810305", "run_month": "202609",
}

func account(changes map[string]string) map[string]string {
	a := map[string]string{}
	for k, v := range bobsAccount {
		a[k] = v
	}
	for k, v := range changes {
		a[k] = v
	}
	return a
}

// TestBrokenThirdSection: of four institutions in one file the third counts wrong. The others are delivered, and the report
// names the third.
func TestBrokenThirdSection(t *testing.T) {
	for _, layout := range []string{"example-fidm", "example-fidm-all"} {
		records := slices.Concat(
			bank("FIRST BANK", 1, account(map[string]string{"account": "11112222"})), bank("SECOND BANK", 1, account(map[string]string{"account": "33334444"})),
			bank("THIRD BANK", 7, account(map[string]string{"account": "55556666"})), bank("FOURTH BANK", 1, account(map[string]string{"account": "77778888"})))
		r := run(t, nightOf(layout, "financial", fileOf(t, layout, records...)).in(t))
		x := r.Manifest.Extracts[0]
		if x.SectionsRead != 4 || x.SectionsRefused != 1 || len(x.Sections) != 1 || x.Sections[0].Name != "THIRD BANK" || x.Sections[0].Index != 2 {
			t.Errorf("%s: %+v", layout, x)
		}
		var tokens []string
		for _, l := range leadsIn(t, r) {
			if l.Account != nil {
				tokens = append(tokens, l.Account.Institution+" "+l.Account.Token)
			}
		}
		slices.Sort(tokens)
		if want := []string{"First Bank 2222", "Fourth Bank 8888", "Second Bank 4444"}; !slices.Equal(tokens, want) {
			t.Errorf("%s: %v, want %v", layout, tokens, want)
		}
	}
}

// TestEmployerNumberIsNoSSN: an EIN may have the nine digits of somebody's SSN. Where the bank says that it is one, nothing is
// linked by it; where it does not, a business of another name is an identity conflict for a specialist, and never an account
// to levy.
func TestEmployerNumberIsNoSSN(t *testing.T) {
	business := map[string]string{"ssn": "234567891", "account": "99990000", "full_name": "LAKESIDE ROOFING LLC", "title": "LAKESIDE ROOFING LLC",
		"balance": "0050000", "account_type": "04", "run_month": "202609"}
	told := map[string]string{"number_type": "E"}
	for k, v := range business {
		told[k] = v
	}
	r := run(t, nightOf("example-fidm-all", "financial", fileOf(t, "example-fidm-all", bank("FIRST BANK", 1, told)...)).in(t))
	if all := leadsIn(t, r); len(all) != 0 || r.Manifest.Links.Pairs != 0 {
		t.Errorf("the number is marked as an employer's: %d pairs, %+v", r.Manifest.Links.Pairs, all)
	}
	r = run(t, nightOf("example-fidm-all", "financial", fileOf(t, "example-fidm-all", bank("FIRST BANK", 1, business)...)).in(t))
	if len(leadsIn(t, r)) == 0 {
		t.Error("a specialist is told of the number under another name")
	}
	for _, l := range leadsIn(t, r) {
		if l.Kind != leads.KindConflict || l.Account != nil {
			t.Errorf("%s: %s", l.Kind, l.Summary)
		}
		if !strings.Contains(l.Summary, "a business whose federal number has the same nine digits") {
			t.Errorf("no word of a business: %s", l.Summary)
		}
	}
}

// TestBankTitles: what the title says of whose money it is reaches the officer, in whatever words banks write it.
func TestBankTitles(t *testing.T) {
	for title, want := range map[string]string{
		"ROBERT J OKONKWO OR JANE PUBLIC":            leads.CautionJoint,
		"ROBERT J OKONKWO & JANE PUBLIC JTWROS":      leads.CautionJoint,
		"ROBERT J OKONKWO CUST UTMA FBO ANY CHILD":   leads.CautionCustodial,
		"ROBERT J OKONKWO REP PAYEE FOR JANE PUBLIC": leads.CautionRepresentative,
		"ROBERT J OKONKWO POD JANE PUBLIC":           leads.CautionTrust,
		"ROBERT J OKONKWO DBA LAKESIDE ROOFING":      "",
	} {
		r := run(t, nightOf("example-fidm-all", "financial", fileOf(t, "example-fidm-all", bank("FIRST BANK", 1, account(map[string]string{"title": title}))...)).in(t))
		found := false
		for _, l := range leadsIn(t, r) {
			if l.Account == nil {
				continue
			}
			found = true
			if has := slices.ContainsFunc(l.Cautions, func(c leads.Caution) bool { return c.Code == want }); want != "" && !has {
				t.Errorf("%s: cautions %v, no %s", title, l.Cautions, want)
			}
		}
		if all := everything(t, r.Dir); !found || strings.Contains(all, "JANE") || strings.Contains(all, "Jane") || strings.Contains(all, "LAKESIDE") {
			t.Errorf("%s: found %v, or another's name is told", title, found)
		}
	}
}

// TestUnknownCodesAreCounted: codes that no list knows cost nothing and are not lost: the lead has them, the manifest counts
// them, and what is no code at all is not shown.
func TestUnknownCodesAreCounted(t *testing.T) {
	records := bank("FIRST BANK", 2, account(map[string]string{"account_type": "07", "trust": "9"}), account(map[string]string{"account_type": "07", "account": "31415926"}))
	r := run(t, nightOf("example-fidm-all", "financial", fileOf(t, "example-fidm-all", records...)).in(t))
	x := r.Manifest.Extracts[0]
	if countNamed(x.UnknownCodes, "account_type=07") != 2 || countNamed(x.UnknownCodes, "trust=9") != 1 || len(x.UnknownCodes) != 2 {
		t.Errorf("%+v", x.UnknownCodes)
	}
	if x.State != "read" || x.Rejected != 0 {
		t.Errorf("%+v", x)
	}
	kept := 0
	for _, l := range leadsIn(t, r) {
		for _, c := range l.Codes {
			if c.Field == "account_type" && c.Code == "07" && c.Words == "" && l.Account != nil {
				kept++
			}
		}
	}
	if kept != 2 {
		t.Errorf("%d leads have the code", kept)
	}
}

// TestDeathAndPrisonSpeak: a report of a death or a prison term is a caution on every lead of the person, that night and later,
// though no lead can be made of it; a release takes the prison term back, and a record under another name says nothing.
func TestDeathAndPrisonSpeak(t *testing.T) {
	prison := func(confined string) string {
		return fileOf(t, "example-prisoner", record{"data", map[string]string{"record_id": "K1", "ssn": "234567891", "given": "ROBERT", "family": "OKONKWO", "born": "1981-03-05", "incarcerated": confined, "facility": "LANSING"}},
			record{"data", map[string]string{"record_id": "K2", "ssn": "234567891", "given": "EDGAR", "family": "WHISTLER", "born": "1950-01-01", "incarcerated": "Y"}})
	}
	night := smallNight.with(files{
		"night.yaml": `as_of: 2026-11-21
caseload: {files: caseload.csv, layout: ./caseload.yaml}
extracts:
  - {name: jobs, source: employment, files: "in/jobs*.csv", layout: ./jobs.yaml, known_share: 0.3}
  - {name: prison, source: other, files: "in/prison*.csv", layout: example-prisoner, known_share: 0.3}
  - {name: deaths, source: other, files: "in/deaths*.csv", layout: example-death, known_share: 0.3}
`,
		"in/prison-1.csv": prison("2025-03-04"),
		"in/deaths-1.csv": fileOf(t, "example-death", record{"data", map[string]string{"record_id": "D1", "given": "MARIA", "family": "DELGADO RUIZ", "born": "1990-07-19", "ssn": "", "death_date": "2026-08-01"}}),
	})
	dir := night.in(t)
	cautions := func(r *pipeline.Result) string {
		var all []string
		for _, l := range leadsIn(t, r) {
			for _, c := range l.Cautions {
				if c.Code == leads.CautionIncarcerated || c.Code == leads.CautionDeceased {
					all = append(all, l.SubjectID+" "+c.Code)
				}
			}
		}
		slices.Sort(all)
		return strings.Join(slices.Compact(all), ", ")
	}
	r := run(t, dir)
	if got, want := cautions(r), "S1 incarcerated, S2 deceased"; got != want {
		t.Fatalf("%q, want %q", got, want)
	}
	later := func(day string, more files) *pipeline.Result {
		for name, content := range more {
			writeFile(t, dir, name, content)
		}
		r, err := pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{AsOf: day}), pipeline.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	again := strings.ReplaceAll(smallNight["in/jobs.csv"], "20261109", "20261110")
	if got, want := cautions(later("2026-11-22", files{"in/jobs-2.csv": again})), "S1 incarcerated, S2 deceased"; got != want {
		t.Errorf("the next night: %q, want %q", got, want)
	}
	again = strings.ReplaceAll(again, "20261110", "20261111")
	if got, want := cautions(later("2026-11-23", files{"in/jobs-3.csv": again, "in/prison-2.csv": prison("N")})), "S2 deceased"; got != want {
		t.Errorf("released: %q, want %q", got, want)
	}
}

// TestSSNStatusIsTold: a number that nobody verified agrees less surely, and the lead says so.
func TestSSNStatusIsTold(t *testing.T) {
	for status, want := range map[string]string{"V": "our SSN for him was verified by Social Security", "": "our SSN for him was not verified", "R": "our SSN for him was chosen by hand from several"} {
		night := smallNight.with(files{
			"caseload.yaml": strings.Replace(smallNight["caseload.yaml"], "      - {name: ssn}\n", "      - {name: ssn}\n      - {name: ssn_status}\n", 1),
			"caseload.csv":  strings.NewReplacer("protected,ssn,", "protected,ssn,ssn_status,", "234-56-7891,", "234-56-7891,"+status+",", "S2,subject,,,", "S2,subject,,,,", "345-67-8912,", "345-67-8912,,", "456-78-9123,", "456-78-9123,,").Replace(smallNight["caseload.csv"]),
		})
		found := false
		for _, l := range leadsIn(t, run(t, night.in(t))) {
			if l.SubjectID == "S1" {
				found = found || slices.Contains(l.IdentityReasons, want)
				if strong := status == "V"; strong == strings.Contains(l.Summary, "our SSN") {
					t.Errorf("status %q: %s", status, l.Summary)
				}
			}
		}
		if !found {
			t.Errorf("status %q: no lead says %q", status, want)
		}
	}
}
