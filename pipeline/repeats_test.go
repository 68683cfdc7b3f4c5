package pipeline_test

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/matchers"
	"locatematch/pipeline"
	"locatematch/pipeline/golden"
	"locatematch/pipeline/table"
)

// publishedLink is what the tests read of links.parquet.
type publishedLink struct {
	SubjectID string  `parquet:"subject_id"`
	Extract   string  `parquet:"extract,dict"`
	Line      int64   `parquet:"line"`
	Weight    float64 `parquet:"weight"`
	Repeats   float64 `parquet:"repeats"`
}

func publishedLinks(t *testing.T, dir string) map[string]publishedLink {
	t.Helper()
	rows, err := table.Read[publishedLink](filepath.Join(currentRun(t, dir), "links.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	links := map[string]publishedLink{}
	for _, l := range rows {
		links[fmt.Sprintf("%s %s:%d", l.SubjectID, l.Extract, l.Line)] = l
	}
	return links
}

// onceNight is the small night with a second extract of the same source, under a model by which a person has about one
// record in it.
func onceNight(t *testing.T, ratio float64, changes files) files {
	t.Helper()
	m := matchers.BuiltInModel(matchers.BuiltInSpec())
	m.RepeatRatio = map[string]float64{"employment": ratio}
	page, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return smallNight.with(files{
		"night.yaml": smallNight["night.yaml"] + `  - {name: wages, source: employment, files: "in/wages.csv", layout: ./jobs.yaml, known_share: 0.3}
model: model.json
`,
		"model.json": string(page),
		"in/wages.csv": `row,ssn,given,family,born,street,zip,employer,ein,hire_date
q1,234567891,ROBERT,OKONKWO,03/05/1981,12 ELM ST,62704,Acme Freight,123456789,20261109
q2,,ROBERT,OKONKWO,,,62704,Blue Diner,987654321,20261001
`}).with(changes)
}

// TestRepeats_AllExtractsOfASource: a subject's records compete over all extracts of the source, and only with those that
// may be published.
func TestRepeats_AllExtractsOfASource(t *testing.T) {
	free := onceNight(t, 1, nil).in(t)
	run(t, free)
	was := publishedLinks(t, free)
	if len(was) != 4 { // S1 in jobs:2, wages:2 and wages:3, S2 in jobs:3
		t.Fatalf("links %v", was)
	}

	dir := onceNight(t, .01, nil).in(t)
	run(t, dir)
	links := publishedLinks(t, dir)
	for _, sure := range []string{"S1 jobs:2", "S1 wages:2"} { // as sure as each other: each loses log2(1/ratio)
		if lost := links[sure].Repeats; math.Abs(lost+math.Log2(100)) > .02 {
			t.Errorf("%s lost %v bits", sure, lost)
		}
	}
	if l := links["S2 jobs:3"]; l.Weight != was["S2 jobs:3"].Weight || l.Repeats != 0 {
		t.Errorf("the one record of S2: %+v, at ratio 1 %+v", l, was["S2 jobs:3"])
	}

	withheld := onceNight(t, .01, files{"in/wages.csv": onceNight(t, 1, nil)["in/wages.csv"] + "short row\n"}).in(t)
	run(t, withheld)
	if l := publishedLinks(t, withheld)["S1 jobs:2"]; l.Weight != was["S1 jobs:2"].Weight {
		t.Errorf("beside a withheld extract the link weighs %v bits, alone %v", l.Weight, was["S1 jobs:2"].Weight)
	}
}

// TestI10_RepeatsKnowNothingOfProtectedPersons: a record that a protected person claims takes nothing from the other records
// of whoever else claims it.
func TestI10_RepeatsKnowNothingOfProtectedPersons(t *testing.T) {
	caseload := smallNight["caseload.csv"] + "S5,subject,,,Dora,,Quist,Carl,Whitfield,,1975-11-30,M,5 Any Road,Springfield,IL,62701,,\n"
	wages := `row,ssn,given,family,born,street,zip,employer,ein,hire_date
q1,,DORA,QUIST,11/30/1975,5 ANY RD,62701,Acme Freight,123456789,20261109
`
	both := "q2,,CARL,WHITFIELD,11/30/1975,,,Blue Diner,987654321,20261001\n" // S4's, or S5's under the other name
	dir := onceNight(t, .01, files{"caseload.csv": caseload, "in/wages.csv": wages + both}).in(t)
	alone := onceNight(t, .01, files{"caseload.csv": caseload, "in/wages.csv": wages}).in(t)
	withheld := run(t, dir).Manifest.Links.WithheldBy
	run(t, alone)
	if n := withheld[0]; n.Name != "protected person" || n.N != 3 { // S4 in jobs and wages, S5 in wages
		t.Fatalf("withheld %v: the record is not both's", withheld)
	}
	l, want := publishedLinks(t, dir)["S5 wages:2"], publishedLinks(t, alone)["S5 wages:2"]
	if l != want || l.Weight == 0 {
		t.Errorf("%+v, without the protected person's record %+v", l, want)
	}
}

// TestRepeats_ExplainedAsTheRunDid: every link is explained with the weight it was published with, and the steps add up.
func TestRepeats_ExplainedAsTheRunDid(t *testing.T) {
	dir := onceNight(t, .01, nil).in(t)
	run(t, dir)
	links := publishedLinks(t, dir)
	for name, l := range links {
		e := explain(t, dir, pipeline.Question{Subject: l.SubjectID, Record: fmt.Sprintf("%s:%d", l.Extract, l.Line)})
		last := e.Steps[len(e.Steps)-1]
		if e.Weight != l.Weight || last.Kind != pipeline.StepRepeats || last.Bits != l.Repeats || last.Total != e.Weight {
			t.Errorf("%s: explained %v bits, the last step %+v; published %+v", name, e.Weight, last, l)
		}
	}
	for _, l := range leadsOf(t, dir) {
		if e := explain(t, dir, pipeline.Question{Lead: l.LeadID}); len(e.Notes) > 0 {
			t.Errorf("%s: notes %q", l.LeadID, e.Notes)
		}
	}
}

// TestRepeats_Page is testdata/explain_repeats.txt: how a subject's other records are told.
func TestRepeats_Page(t *testing.T) {
	dir := onceNight(t, .001, nil).in(t)
	var page strings.Builder
	show := func(what string, q pipeline.Question) {
		text := explain(t, dir, q).Text()
		_, text, _ = strings.Cut(text, "\n\n") // from the verdict
		verdict, _, _ := strings.Cut(text, "\n")
		fmt.Fprintf(&page, "## %s\n\n%s\n%s\n", what, verdict, text[strings.Index(text, "\ncompetition")+1:])
	}
	show("Before the night has run nobody can say which other records are linked.", pipeline.Question{Subject: "S1", Record: "wages:2"})
	run(t, dir)
	show("Two records as sure as each other.", pipeline.Question{Subject: "S1", Record: "wages:2"})
	show("Names and ZIP alone: a link, were it not for the two sure ones.", pipeline.Question{Subject: "S1", Record: "wages:3"})
	show("A subject's only record.", pipeline.Question{Subject: "S2", Record: "jobs:3"})
	golden.Check(t, "testdata/explain_repeats.txt", page.String())
}
