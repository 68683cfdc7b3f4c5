package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"locatematch/matchers"
	"locatematch/pipeline"
	"locatematch/pipeline/golden"
)

func explain(t testing.TB, dir string, q pipeline.Question) *pipeline.Explanation {
	t.Helper()
	e, err := pipeline.Explain(context.Background(), load(t, dir, pipeline.Overrides{}), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return e
}

// TestExplain_Page is testdata/explain.txt: what an analyst sees, question by question.
func TestExplain_Page(t *testing.T) {
	dir := smallNight.in(t)
	run(t, dir)
	var page strings.Builder
	show := func(what string, q pipeline.Question) {
		fmt.Fprintf(&page, "## %s\n\n%s\n", what, explain(t, dir, q).Text())
	}
	for _, l := range leadsOf(t, dir) {
		if l.SubjectID == "S1" && l.Kind == "employer" {
			show("A lead: the number, the birth date and the door agree, the given name is a nickname.", pipeline.Question{Lead: l.LeadID})
		}
	}
	show("An alias, joined to one word, is the value set that was chosen.", pipeline.Question{Subject: "S2", Record: "jobs:3"})
	show("A wife's record: her husband's claim loses to the household and to hers.", pipeline.Question{Subject: "S1", Record: "jobs:4"})
	show("Why not: no blocking rule proposes these two.", pipeline.Question{Subject: "S2", Record: "jobs/jobs.csv:6"})
	golden.Check(t, "testdata/explain.txt", page.String())
}

// TestExplain_Codes is testdata/explain_codes.txt: a bank's codes beside the pair, with what they mean; one says nothing, one is in
// no list, and one field holds what is no code and is not shown.
func TestExplain_Codes(t *testing.T) {
	content := fileOf(t, "example-fidm", record{"section", map[string]string{"institution_tin": "123456789", "institution": "FIRST BANK"}},
		record{"data", map[string]string{"ssn": "234567891", "full_name": "OKONKWO, ROBERT J", "address_1": "12 ELM ST", "zip": "62704", "key": "S1",
			"account": "0012345678", "account_type": "01", "trust": "9", "payee": "0", "name_match": "0", "account_status": "0", "foreign": "-"}},
		record{"trailer", map[string]string{"count": "1"}})
	dir := nightOf("example-fidm", "financial", content).in(t)
	e := explain(t, dir, pipeline.Question{Subject: "S1", Record: "x:2"})
	_, page, found := strings.Cut(e.Text(), "Codes of the record:")
	if !found || !strings.Contains(string(e.HTML()), "code 9, not in the list trust") {
		t.Fatal(e.Text())
	}
	golden.Check(t, "testdata/explain_codes.txt", "## What the codes of a bank's record say.\n\nCodes of the record:"+page)
}

// everyPair explains every subject that may be spoken of against every record that may be.
func everyPair(t *testing.T, dir string, do func(*pipeline.Explanation)) {
	t.Helper()
	for _, subject := range []string{"S1", "S2", "S3"} {
		for _, line := range []int{2, 3, 4, 6} {
			do(explain(t, dir, pipeline.Question{Subject: subject, Record: fmt.Sprintf("jobs:%d", line)}))
		}
	}
}

// TestI5_ExplainedStepsAddUp: the steps' bits add up to the weight without a remainder, linked or not; so do the rounded
// ones on the terminal, which no line of overflows.
func TestI5_ExplainedStepsAddUp(t *testing.T) {
	everyPair(t, smallNight.in(t), func(e *pipeline.Explanation) {
		sum := 0.0
		for _, s := range e.Steps {
			if sum += s.Bits; sum != s.Total {
				t.Errorf("%s %d: %s leaves %v, the total says %v", e.Subject.ID, e.Record.Line, s.Name, sum, s.Total)
			}
		}
		if sum != e.Weight || sum*65536 != math.Trunc(sum*65536) {
			t.Errorf("%s %d: steps add up to %v, weight %v", e.Subject.ID, e.Record.Line, sum, e.Weight)
		}
		for line := range strings.Lines(e.Text()) {
			if utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) > 80 {
				t.Errorf("wider than 80 columns: %s", line)
			}
		}
	})
}

// TestExplain_WeighsAsTheRunDid: every lead's best evidence is found again, with the weight and pattern it was published with.
func TestExplain_WeighsAsTheRunDid(t *testing.T) {
	dir := smallNight.in(t)
	run(t, dir)
	for _, l := range leadsOf(t, dir) {
		e, best := explain(t, dir, pipeline.Question{Lead: l.LeadID}), l.Evidence[0]
		if e.Weight != best.Weight || e.Pattern != best.Pattern || e.Record.RecordID != best.RecordID || e.Margin != l.Margin || !e.Compared {
			t.Errorf("%s: explained %v %s %s, published %+v", l.LeadID, e.Weight, e.Pattern, e.Record.RecordID, best)
		}
		if len(e.Notes) > 0 {
			t.Errorf("%s: notes %q", l.LeadID, e.Notes)
		}
	}
}

// TestExplain_SaysWhatHasChanged: the caseload was corrected after the run, so the lead weighs otherwise than it was
// published, and this is said.
func TestExplain_SaysWhatHasChanged(t *testing.T) {
	night := smallNight.in(t)
	run(t, night)
	lead := leadsOf(t, night)[0].LeadID
	caseload := strings.NewReplacer("1981-03-05", "1981-03-06", "1990-07-19", "1990-07-18").Replace(smallNight["caseload.csv"])
	if err := os.WriteFile(night+"/caseload.csv", []byte(caseload), 0o600); err != nil {
		t.Fatal(err)
	}
	e := explain(t, night, pipeline.Question{Lead: lead})
	if len(e.Notes) != 1 || !strings.Contains(e.Notes[0], "has changed since") {
		t.Errorf("notes %q", e.Notes)
	}
}

// TestI10_ProtectedPersonIsNotExplained: neither asked for by name nor as a rival, and the refusal is the same wherever
// they were seen.
func TestI10_ProtectedPersonIsNotExplained(t *testing.T) {
	dir := smallNight.in(t)
	plan := load(t, dir, pipeline.Overrides{})
	said := map[string]bool{}
	for _, q := range []pipeline.Question{
		{Subject: "S4", Record: "jobs:5"}, {Subject: "S4", Record: "jobs:2"}, {Subject: "S4", Record: "jobs:999"}, {Subject: "S4", Record: "nowhere:1"},
	} {
		e, err := pipeline.Explain(context.Background(), plan, q)
		if e != nil || !errors.Is(err, pipeline.ErrProtected) {
			t.Fatalf("%+v: %+v, %v", q, e, err)
		}
		said[err.Error()] = true
	}
	if len(said) != 1 {
		t.Errorf("the refusals differ: %v", said)
	}
	e, err := pipeline.Explain(context.Background(), plan, pipeline.Question{Subject: "S1", Record: "jobs:5"})
	if e != nil || !errors.Is(err, pipeline.ErrProtected) || strings.Contains(err.Error(), "S4") || strings.Contains(err.Error(), "jobs") {
		t.Errorf("a record that a protected person claims: %+v, %v", e, err)
	}
}

// TestI10_LeadOfAPersonProtectedSince: a lead published before the flag was set is explained no more.
func TestI10_LeadOfAPersonProtectedSince(t *testing.T) {
	dir := smallNight.in(t)
	run(t, dir)
	lead := leadsOf(t, dir)[0]
	caseload := strings.Replace(smallNight["caseload.csv"], lead.SubjectID+",subject,,", lead.SubjectID+",subject,FV,", 1)
	if err := os.WriteFile(dir+"/caseload.csv", []byte(caseload), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := pipeline.Explain(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.Question{Lead: lead.LeadID})
	if !errors.Is(err, pipeline.ErrProtected) || strings.Contains(err.Error(), "jobs") {
		t.Errorf("error %v", err)
	}
}

// TestI11_ExplanationsMaskNumbers: no SSN of either side stands in any form of any explanation, even where a number stands in
// a field that is no number's.
func TestI11_ExplanationsMaskNumbers(t *testing.T) {
	night := smallNight.with(files{
		"in/jobs.csv": strings.Replace(smallNight["in/jobs.csv"], "r1,234567891,BOB", "234-56-7891,234567891,BOB 234567891", 1),
	})
	everyPair(t, night.in(t), func(e *pipeline.Explanation) {
		document, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []string{e.Text(), string(document), string(e.HTML())} {
			if strings.Contains(form, "ZgotmplZ") {
				t.Errorf("the page's template took a value for an attack:\n%s", form)
			}
			for _, secret := range []string{"234567891", "345678912", "456789123", "234-56-7891", "345-67-8912"} {
				if strings.Contains(form, secret) {
					t.Errorf("%s stands in\n%s", secret, form)
				}
			}
		}
	})
}

// TestExplain_EchoIsNotScored: an SSN that the supplier only repeats to us is no evidence, makes no key, and both are said.
func TestExplain_EchoIsNotScored(t *testing.T) {
	night := smallNight.with(files{"jobs.yaml": strings.Replace(smallNight["jobs.yaml"], "{name: ssn, role: own}", "{name: ssn, role: echo}", 1)})
	e := explain(t, night.in(t), pipeline.Question{Subject: "S1", Record: "jobs:2"})
	for _, s := range e.Steps {
		if s.Name == "ssn" && (s.Bits != 0 || s.Record != "" || s.Words != "the record only echoes what we sent: not scored") {
			t.Errorf("step %+v", s)
		}
	}
	for _, r := range e.Rules {
		if strings.HasPrefix(r.Rule, "ssn ") && r.Words != "the record only echoes our ssn" {
			t.Errorf("rule %+v", r)
		}
	}
}

// TestExplain_FindsTheRecord: several files, a rejected row, a line inside a quoted value, lines that are not there.
func TestExplain_FindsTheRecord(t *testing.T) {
	night := smallNight.with(files{
		"in/jobs-2.csv": "row,ssn,given,family,born,street,zip,employer,ein,hire_date\nq1,,ANN,OTHER,01/02/1983,\"9 A ST\nREAR\",62704,X,,\nq2,,JO\nq3,,JO,OTHER,,,,,,\n",
	})
	dir := night.in(t)
	if e := explain(t, dir, pipeline.Question{Subject: "S1", Record: "jobs/jobs-2.csv:5"}); e.Record.RecordID != "q3" || e.Record.File != "jobs-2.csv" {
		t.Errorf("record %+v", e.Record)
	}
	plan := load(t, dir, pipeline.Overrides{})
	for _, c := range []struct {
		question pipeline.Question
		kind     error
		words    string
	}{
		{pipeline.Question{Subject: "S1", Record: "jobs:2"}, pipeline.ErrNotFound, "write jobs/FILE:2"},
		{pipeline.Question{Subject: "S1", Record: "jobs/none.csv:2"}, pipeline.ErrNotFound, `no file "none.csv", but jobs-2.csv, jobs.csv`},
		{pipeline.Question{Subject: "S1", Record: "w4:2"}, pipeline.ErrNotFound, "it has jobs"},
		{pipeline.Question{Subject: "S1", Record: "jobs"}, pipeline.ErrConfig, "write EXTRACT:LINE"},
		{pipeline.Question{Subject: "S1", Record: "jobs:0"}, pipeline.ErrConfig, "write EXTRACT:LINE"},
		{pipeline.Question{Subject: "S9", Record: "jobs:2"}, pipeline.ErrNotFound, `no subject "S9"`},
		{pipeline.Question{Subject: "S1", Record: "jobs/jobs-2.csv:3"}, pipeline.ErrNotFound, "the last one before it starts at line 2"},
		{pipeline.Question{Subject: "S1", Record: "jobs/jobs-2.csv:4"}, pipeline.ErrNotFound, "was rejected"},
		{pipeline.Question{Subject: "S1", Record: "jobs/jobs-2.csv:1"}, pipeline.ErrNotFound, "none before it"},
		{pipeline.Question{Subject: "S1", Record: "jobs/jobs.csv:99"}, pipeline.ErrNotFound, "starts at line 6"},
		{pipeline.Question{Lead: "L-none"}, pipeline.ErrNotFound, "run the night first"},
	} {
		_, err := pipeline.Explain(context.Background(), plan, c.question)
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%+v: %v; want %q", c.question, err, c.words)
		}
	}
}

// TestExplain_PageEscapes: a supplier's value cannot become markup, and the page asks for nothing from the network.
func TestExplain_PageEscapes(t *testing.T) {
	night := smallNight.with(files{"in/jobs.csv": strings.Replace(smallNight["in/jobs.csv"], "r1,", "<script>alert(1)</script>,", 1)})
	page := string(explain(t, night.in(t), pipeline.Question{Subject: "S1", Record: "jobs:2"}).HTML())
	if strings.Contains(page, "<script") || strings.Contains(page, "http:") || strings.Contains(page, "https:") {
		t.Error(page)
	}
	for _, part := range []string{"&lt;script&gt;", "prefers-color-scheme: dark", "@media print", "***-**-7891", `style="left:`} {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
}

// What two comparisons say together is a step of its own, in pages and in the worst pairs' words alike, and adds up.
func TestI5_DependencesAddUp(t *testing.T) {
	dir := smallNight.in(t)
	plain := load(t, dir, pipeline.Overrides{})
	model := *plain.Model
	dependence := matchers.Dependence{Comparisons: [2]string{"given", "address"}}
	for range 8 {
		dependence.Ratio = append(dependence.Ratio, []float64{.5, 1, 1, 1, 1, 1, 1, 8})
	}
	model.Dependences = []matchers.Dependence{dependence}
	page, err := model.Encode()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "model.json")
	if err := os.WriteFile(path, page, 0o600); err != nil {
		t.Fatal(err)
	}
	p := load(t, dir, pipeline.Overrides{Model: path})
	e, err := pipeline.Explain(context.Background(), p, pipeline.Question{Subject: "S1", Record: "jobs:2"})
	if err != nil {
		t.Fatal(err)
	}
	sum, together := 0.0, 0.0
	for _, s := range e.Steps {
		if sum += s.Bits; s.Kind == pipeline.StepTogether {
			together += s.Bits
		}
	}
	if together != -1 && together != 3 || sum != e.Weight || !strings.Contains(e.Text(), "given and address go together") {
		t.Errorf("together %v, sum %v, weight %v:\n%s", together, sum, e.Weight, e.Text())
	}
}
