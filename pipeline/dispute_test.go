package pipeline_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/table"
)

// answers is a layout of a supplier that passes our key back beside what it knows itself.
const answers = `name: small-answers
title: Answers of a county to our own inquiry
source: employment
status: published
edition: "1"
origin: a test's own
format: csv
encoding: utf-8
records:
  data:
    fields:
      - {name: key, role: key}
      - {name: ssn, role: own}
      - {name: given}
      - {name: family}
      - {name: born, form: CCYY-MM-DD}
      - {name: address_1, column: street}
      - {name: zip}
      - {name: employer}
      - {name: hire_date, form: CCYYMMDD}
`

// answered is the small night, whose extract answers our inquiry with the given rows.
func answered(rows ...string) files {
	return smallNight.with(files{
		"jobs.yaml":   answers,
		"in/jobs.csv": "key,ssn,given,family,born,street,zip,employer,hire_date\n" + strings.Join(rows, "\n") + "\n",
	})
}

// heldLink is what links.parquet says of a link and what holds it.
type heldLink struct {
	SubjectID string  `parquet:"subject_id"`
	Line      int64   `parquet:"line"`
	Weight    float64 `parquet:"weight"`
	Band      string  `parquet:"band"`
	Held      string  `parquet:"held"`
	KeyOf     string  `parquet:"key_subject_id"`
	Fits      string  `parquet:"fits_subject_id"`
}

// outcome is what a run made of its extract.
type outcome struct {
	links []heldLink
	leads []leads.Lead
}

func outcomeOf(t *testing.T, dir string) (p outcome, r *pipeline.Result) {
	t.Helper()
	r = run(t, dir)
	links, err := table.Read[heldLink](filepath.Join(r.Dir, "links.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Manifest.Balance(); err != nil {
		t.Error(err)
	}
	return outcome{links, leadsIn(t, r)}, r
}

// TestReturnedKeyDisagrees: Maria's key came back with all that is known of Robert. He is the best subject for the record by far,
// his link would be accepted, and it is held all the same: links and leads are for review, name both, and say why; so does explain.
func TestReturnedKeyDisagrees(t *testing.T) {
	his := "234567891,ROBERT,OKONKWO,1981-03-05,12 ELM ST,62704,Acme Freight,20261109"
	honest, _ := outcomeOf(t, answered("S1,"+his).in(t))
	if len(honest.links) != 1 || honest.links[0].Band != "accept" || honest.links[0].Held != "" {
		t.Fatalf("under his own key he is no accepted link, so the test says nothing: %+v", honest.links)
	}
	dir := answered("S2," + his).in(t)
	p, _ := outcomeOf(t, dir)
	if len(p.links) != 1 {
		t.Fatalf("links %+v; want Robert's alone", p.links)
	}
	if l := p.links[0]; l.SubjectID != "S1" || l.Weight < 6.63 || l.Band != "review" || l.Held != "returned key disagrees" || l.KeyOf != "S2" || l.Fits != "S1" {
		t.Errorf("the link is %+v; want it held for review, with both subjects", l)
	}
	const words = "returned key disagrees: our reference is that of Maria Delgado (S2), and what the source itself says fits Robert J Okonkwo (S1) better"
	if len(p.leads) == 0 {
		t.Fatal("no lead")
	}
	for _, l := range p.leads {
		if l.SubjectID != "S1" || l.Identity != leads.CheckFirst || !strings.Contains(l.Summary, words) || l.Evidence[0].Held == "" ||
			!slices.Contains(l.IdentityReasons, "returned key disagrees") || !slices.Equal(l.Named, []string{"S2"}) {
			t.Errorf("lead %+v\nwant it on S1, to check first, with the words %q", l, words)
		}
	}
	plan := load(t, dir, pipeline.Overrides{})
	for _, q := range []pipeline.Question{{Lead: p.leads[0].LeadID}, {Subject: "S2", Record: "jobs:2"}} {
		e, err := pipeline.Explain(context.Background(), plan, q)
		if err != nil {
			t.Fatal(err)
		}
		page := strings.Join(strings.Fields(e.Text()), " ")
		if e.Held != words || !strings.Contains(page, "Held for review: "+words) || !strings.Contains(string(e.HTML()), words) {
			t.Errorf("explain of %+v says\n%s", q, e.Text())
		}
		if q.Lead != "" && e.Band != "review" {
			t.Errorf("explain gives the band %s", e.Band)
		}
	}
}

// TestReturnedKeyAgrees: a record whose own values bear its key out, or say nothing beside it, is held by nothing.
func TestReturnedKeyAgrees(t *testing.T) {
	p, _ := outcomeOf(t, answered("S1,234567891,ROBERT,OKONKWO,1981-03-05,12 ELM ST,62704,Acme Freight,20261109",
		"S2,,,,,,,Blue Diner,20261001").in(t))
	if len(p.links) != 2 {
		t.Fatalf("links %+v", p.links)
	}
	for _, l := range p.links {
		if l.Held != "" {
			t.Errorf("link %+v is held", l)
		}
	}
	for _, l := range p.leads {
		if len(l.Named) > 0 || strings.Contains(l.Summary, "disagrees") || l.SubjectID == "S1" && l.Identity == leads.CheckFirst {
			t.Errorf("lead %+v", l)
		}
	}
}

// TestReturnedKeyOfTheProtected (I10): what comes back under a protected person's key may be about that person, whoever fits it
// better, and a record that fits a protected person better is theirs, whoever's key it has: nobody's lead is made of either, and
// nothing that is written names them. A record that fits a shield better is the shield's.
func TestReturnedKeyOfTheProtected(t *testing.T) {
	roberts := "234567891,ROBERT,OKONKWO,1981-03-05,12 ELM ST,62704,Acme Freight,20261109"
	carls := "456789123,CARL,WHITFIELD,1975-11-30,99 SECRET CT,62702,Hidden Works,20261110"
	annas := "345678912,ANNA,OKONKWO,1983-01-02,5 NEW RD,62704,Acme Freight,20261109"
	for name, row := range map[string]string{
		"a protected person's key": "S4," + roberts, "a protected person's record": "S1," + carls, "a shield's record": "S1," + annas,
	} {
		dir := answered(row).in(t)
		p, r := outcomeOf(t, dir)
		if len(p.links)+len(p.leads) != 0 {
			t.Errorf("%s: %d links, %d leads", name, len(p.links), len(p.leads))
		}
		if r.Manifest.Links.Links == 0 {
			t.Errorf("%s: nobody was linked, so that nothing had to be kept back", name)
		}
		for _, secret := range []string{"WHITFIELD", "SECRET CT"} {
			if strings.Contains(strings.ToUpper(everything(t, filepath.Join(dir, "runs"))), secret) {
				t.Errorf("%s: the run holds %q", name, secret)
			}
		}
		if name == "a shield's record" {
			continue
		}
		for _, subject := range []string{"S1", "S4"} {
			if _, err := pipeline.Explain(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.Question{Subject: subject, Record: "jobs:2"}); err == nil {
				t.Errorf("%s is explained for %s", name, subject)
			}
		}
	}
}

// TestReturnedKey_ProtectedLater (I10): a lead that names two people is shown no more once one of them is protected.
func TestReturnedKey_ProtectedLater(t *testing.T) {
	dir := answered("S1,,MARIA,DELGADO,1990-07-19,8 OAK AVE APT 3,62704,Blue Diner,20261001").in(t)
	outcomeOf(t, dir)
	w := load(t, dir, pipeline.Overrides{}).Workspace
	if _, before, err := w.Leads("current"); err != nil || len(before) == 0 {
		t.Fatal(len(before), err)
	}
	plan := load(t, dir, pipeline.Overrides{})
	if _, err := pipeline.Protect(context.Background(), plan, "S1", "a court order"); err != nil {
		t.Fatal(err)
	}
	if _, after, err := w.Leads("current"); err != nil || len(after) != 0 {
		t.Errorf("%d leads that name a protected person are shown, %v", len(after), err)
	}
}
