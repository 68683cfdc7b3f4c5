package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/table"
)

// asked is one person of the caseload, as the agency writes him, as its inquiry does, and as his bank does.
type asked struct{ id, ssn, given, middle, family, inquiry, bank string }

// thirty people of a caseload, among them such as an inquiry writes otherwise than anybody else. Of half of them a bank has the
// very name that we sent, and of the others a middle initial, a nickname, a mark or a blank of its own.
func thirty() (all []asked) {
	odd := []asked{
		{given: "Patrick", family: "O'Brien", inquiry: "OBRIEN, PATRICK", bank: "O'BRIEN, PATRICK"},
		{given: "Luisa", family: "de la Cruz", inquiry: "DELACRUZ, LUISA", bank: "DE LA CRUZ, LUISA"},
		{given: "Eva", family: "Martínez-Cruz", inquiry: "MARTINEZ-CRUZ, EVA", bank: "MARTINEZ-CRUZ, EVA"},
		{given: "Wilhelmina", family: "Featherstonehaughington", inquiry: "FEATHERSTONEHAUGHING, WILHELMINA", bank: "FEATHERSTONEHAUGHINGTON, MINA"},
	}
	families := []string{"OKONKWO", "DELGADO", "WHITFIELD", "PINTER", "QUILL", "FALKENBERG", "ZUNIGA", "ABERNATHY", "HOLLOWAY", "MERRIWEATHER", "TRUJILLO", "VANDERPOOL", "STANISLAUS"}
	for i := range 30 {
		p := asked{given: "Robert", middle: "J", family: strings.ToUpper(families[i%13][:1]) + strings.ToLower(families[i%13][1:])}
		if i < len(odd) {
			p = odd[i]
		} else {
			p.given = []string{"Robert", "Maria", "Carl", "Anna", "Dana", "Hugo", "Enzo"}[i%7]
			p.inquiry = families[i%13] + ", " + strings.ToUpper(p.given)
			p.bank = p.inquiry
			if i%2 == 0 {
				p.bank += " J"
			}
		}
		p.id, p.ssn = fmt.Sprintf("P%02d", i), fmt.Sprintf("2%02d45%04d", 10+i, 1000+37*i)
		all = append(all, p)
	}
	return all
}

// bankNight is a night of thirty people, who all owe past-due support, and a file of banks.
func bankNight(t *testing.T, extra string, rows ...record) files {
	var caseload, cases strings.Builder
	caseload.WriteString("subject_id,role,protected,ssn,given,middle,family,given_2,family_2,suffix,born,sex,address_1,city,state,zip,phone,email\n")
	header, _, _ := strings.Cut(casesOwing, "\n")
	cases.WriteString(header + "\n")
	for i, p := range thirty() {
		fmt.Fprintf(&cases, "%s,C%d,NP,open,enforcement,,,Y,300,1200,2026-03-01,,,,,,,,,,,\n", p.id, i)
		fmt.Fprintf(&caseload, "%s,subject,,%s,%s,%s,%s,,,,19%02d-03-05,,%d Elm Street,Springfield,IL,62704,,\n", p.id, p.ssn, p.given, p.middle, p.family, 60+i, 100+i)
	}
	night := nightOf("example-fidm", "financial", fileOf(t, "example-fidm", rows...))
	return night.with(files{
		"caseload.csv": caseload.String(),
		"cases.csv":    cases.String(),
		"night.yaml":   strings.Replace(night["night.yaml"], "known_share: 0.3", "known_share: 0.3"+extra, 1),
	})
}

// institution is one institution's section: an answer about each person, under the name that it has of him.
func institution(name string, people []asked, called func(asked) string) (rows []record) {
	rows = append(rows, record{"section", map[string]string{"institution_tin": "123456789", "institution": name}})
	for i, p := range people {
		rows = append(rows, record{"data", map[string]string{
			"ssn": p.ssn, "full_name": called(p), "key": p.id, "account": fmt.Sprintf("%s%08d", name[:1], 12345678+i), "account_type": "01", "payee": "0",
			"address_1": fmt.Sprintf("%d FAR RD", 900+i), "city": "DAYTON", "state": "OH", "zip": "45401", "balance": "900", "balance_kind": "2",
		}})
	}
	return append(rows, record{"trailer", map[string]string{"count": fmt.Sprint(len(people))}})
}

func asSent(p asked) string { return p.inquiry }
func asBank(p asked) string { return p.bank }

// bands counts the links by band.
func bands(t *testing.T, r *pipeline.Result) map[string]int {
	t.Helper()
	links, err := table.Read[heldLink](filepath.Join(r.Dir, "links.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, l := range links {
		count[l.Band]++
	}
	return count
}

// TestOwnFieldsThatRepeatOurInquiry: a bank that gives back number and name as we sent them, in its own fields, says nothing of who
// its customers are. Its answers stand for review on our key alone, no link is accepted, and manifest, report and explain say why.
func TestOwnFieldsThatRepeatOurInquiry(t *testing.T) {
	section := institution("PARROT BANK", thirty(), asSent)
	if got := bands(t, run(t, bankNight(t, ", echo_share: 0", section...).in(t))); got["accept"] != 30 {
		t.Fatalf("taken at its word it gives %v, so that the test says nothing", got)
	}
	dir := bankNight(t, "", section...).in(t)
	r := run(t, dir)
	if got := bands(t, r); got["accept"] != 0 || got["review"] != 30 {
		t.Errorf("links by band %v; want thirty for review", got)
	}
	x := r.Manifest.Extracts[0]
	if x.Answers != 30 || x.Repeated != 30 || len(x.Echoes) != 1 || x.Echoes[0].Name != "PARROT BANK" || x.Read != 30 {
		t.Errorf("the manifest says %d answers, %d repeated, %+v of %d rows", x.Answers, x.Repeated, x.Echoes, x.Read)
	}
	if w := strings.Join(r.Manifest.Warnings, " "); !strings.Contains(w, "PARROT BANK in x.txt gives back what we sent: 30 of 30 answers") {
		t.Errorf("warnings %q", w)
	}
	page, err := os.ReadFile(filepath.Join(r.Dir, "report.md"))
	if err != nil || !strings.Contains(string(page), "Answers to our inquiry") {
		t.Errorf("the report does not say so: %v", err)
	}
	all := leadsIn(t, r)
	if len(all) == 0 {
		t.Fatal("no lead")
	}
	for _, l := range all {
		if l.Identity != leads.CheckFirst || !strings.Contains(l.Summary, "the source gives back the number and the name that we sent") || strings.Contains(l.Summary, "no name") || l.Evidence[0].Confirms != "" {
			t.Errorf("lead %s is %s: %s", l.LeadID, l.Identity, l.Summary)
		}
		e := explain(t, dir, pipeline.Question{Lead: l.LeadID})
		if e.Weight != l.Evidence[0].Weight || e.Pattern != l.Evidence[0].Pattern || len(e.Notes) != 1 || !strings.Contains(e.Notes[0], "30 answers of which 30 repeat our inquiry") {
			t.Errorf("explained with %v bits and %q; published with %v", e.Weight, e.Notes, l.Evidence[0].Weight)
		}
	}
}

// TestASmallInstitutionRepeatsOurInquiry: twelve answers that all repeat our inquiry say nothing where they are all that came. Beside another
// bank that has names of its own they are an echo, and so are those of small banks that one transmitter sends, of which none could
// be told alone.
func TestASmallInstitutionRepeatsOurInquiry(t *testing.T) {
	small := institution("PARAKEET UNION", thirty()[:12], asSent)
	several := append(institution("PARROT UNION", thirty()[12:20], asSent), institution("LORY UNION", thirty()[20:], asSent)...)
	for name, c := range map[string]struct {
		rows           []record
		accept, echoes int
	}{
		"alone":                                 {small, 12, 0},
		"beside a bank with names of its own":   {append(institution("FIRST BANK", thirty(), asBank), small...), 30, 1},
		"with others like it, of a transmitter": {append(several, small...), 0, 3},
	} {
		r := run(t, bankNight(t, "", c.rows...).in(t))
		if got, e := bands(t, r), r.Manifest.Extracts[0].Echoes; got["accept"] != c.accept || len(e) != c.echoes {
			t.Errorf("%s: links by band %v, echoes %+v", name, got, e)
		}
	}
}

// TestOwnFieldsThatAgree: a bank whose books have half of the names as we sent them is not punished for it, nor is one that answers
// so little that nothing can be said of it.
func TestOwnFieldsThatAgree(t *testing.T) {
	for name, c := range map[string]struct {
		rows []record
		want int
	}{
		"half of the names are as we sent them": {institution("FIRST BANK", thirty(), asBank), 30},
		"few answers":                           {institution("SMALL BANK", thirty()[:18], asSent), 18},
	} {
		r := run(t, bankNight(t, "", c.rows...).in(t))
		if got := bands(t, r); got["accept"] != c.want || len(r.Manifest.Extracts[0].Echoes) != 0 {
			t.Errorf("%s: links by band %v, echoes %+v", name, got, r.Manifest.Extracts[0].Echoes)
		}
		if w := strings.Join(r.Manifest.Warnings, " "); strings.Contains(w, "gives back") {
			t.Errorf("%s: warnings %q", name, w)
		}
	}
	r := run(t, bankNight(t, "", institution("FIRST BANK", thirty(), asBank)...).in(t))
	if x := r.Manifest.Extracts[0]; x.Answers != 30 || x.Repeated < 10 || x.Repeated > 20 {
		t.Errorf("%d of %d answers repeat our inquiry; want about half", x.Repeated, x.Answers)
	}
}

// TestOneInstitutionRepeatsOurInquiry: of two institutions in a file the one that echoes is read as an echo, and the other is not.
// What an earlier night kept of it stays an echo, and workers and chunks change no byte.
func TestOneInstitutionRepeatsOurInquiry(t *testing.T) {
	rows := append(institution("PARROT BANK", thirty(), asSent), institution("FIRST BANK", thirty(), asBank)...)
	night := bankNight(t, "", rows...)
	dir := night.in(t)
	r := run(t, dir)
	if got := bands(t, r); got["accept"] != 30 || got["review"] != 30 {
		t.Errorf("links by band %v", got)
	}
	if e := r.Manifest.Extracts[0].Echoes; len(e) != 1 || e[0].Name != "PARROT BANK" {
		t.Errorf("echoes %+v", e)
	}
	other, err := pipeline.Run(context.Background(), load(t, night.in(t), pipeline.Overrides{}), pipeline.Options{Workers: 3, ChunkBytes: 4096, Memory: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"links.parquet", "leads.parquet", "manifest.json"} {
		one, two := fileBytes(t, r.Dir, name), fileBytes(t, other.Dir, name)
		if !bytes.Equal(one, two) {
			t.Errorf("%s differs by workers and chunks", name)
		}
	}
	next, err := pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{AsOf: "2026-11-22"}), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if kept := next.Manifest.Retained; kept.Before != 60 || kept.Stayed != 60 || kept.Links != 60 {
		t.Errorf("of the rows kept: %+v; want all sixty linked again", kept)
	}
	for _, l := range leadsIn(t, next) {
		t.Errorf("a night without news tells %s again: %s, %s", l.LeadID, l.Status, l.Summary)
	}
}

func fileBytes(t *testing.T, dir, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestEvaluate_SeesTheEcho: accuracy is measured as a run links, so that an echo is no evidence there either.
func TestEvaluate_SeesTheEcho(t *testing.T) {
	dir := bankNight(t, "", institution("PARROT BANK", thirty(), asSent)...).in(t)
	var truth strings.Builder
	truth.WriteString("subject_id,extract,record_id\n")
	for i, p := range thirty() {
		fmt.Fprintf(&truth, "%s,x,%d\n", p.id, i+2)
	}
	path := filepath.Join(dir, "truth.csv")
	if err := os.WriteFile(path, []byte(truth.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := pipeline.Evaluate(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.EvaluateOptions{Set: "x", Truth: path, Worst: 3})
	if err != nil {
		t.Fatal(err)
	}
	if v := list[0]; v.Accept.Links != 0 || v.Pairs != 30 || v.P50.True != 30 {
		t.Errorf("accepted %+v, at one half %+v of %d pairs", v.Accept, v.P50, v.Pairs)
	}
}
