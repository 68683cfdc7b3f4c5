package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/pipeline"
)

// TestEvaluate_UnlinkableByHand: u and m are stated, so that an SSN is worth log2(.8/.0125) = 6 bits, a birth date 4 and a
// surname 3. Five subjects and a known share of one half: the prior is log2(.1/.9) = -3.17, and accept is 6.63.
//
//	A has all three: 9.83. B lacks the SSN: 3.83, with it 9.83. C has only a surname: -.17, with an SSN 5.83, with a date
//	3.83. E lacks the date: 5.83, with it 9.83. D is a shield, and is not looked for.
//
// The second extract has no SSN: nobody gets beyond 3.83 in it, and it says nothing about SSNs that are lacking.
func TestEvaluate_UnlinkableByHand(t *testing.T) {
	dir := handNight.in(t)
	spec, err := pipeline.LoadSpec(filepath.Join(dir, "spec.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	model := matchers.BuiltInModel(spec)
	for i, u := range []float64{.0125, .05, .1} {
		level := model.Comparisons[i].Levels
		level[0].M, level[0].U, level[1].M, level[1].U = .8, u, .2, 1-u
	}
	if err := pipeline.WriteModel(filepath.Join(dir, "model.json"), &pipeline.Training{Model: model}); err != nil {
		t.Fatal(err)
	}
	list := evaluated(t, dir, pipeline.EvaluateOptions{Detail: true})
	whole := []pipeline.Unlinkable{{Subjects: 3, WouldLink: 2, Of: 4}, {Field: "ssn", Subjects: 2, WouldLink: 1}, {Field: "born", Subjects: 2, WouldLink: 1}}
	for i, want := range [][]pipeline.Unlinkable{whole, {{Subjects: 4, Of: 4}, {Field: "born", Subjects: 2}}, whole} {
		if !slices.Equal(list[i].Unlinkable, want) {
			t.Errorf("%s: %+v, want %+v", list[i].Extract, list[i].Unlinkable, want)
		}
	}
}

var handNight = files{
	"night.yaml": `as_of: 2026-11-21
caseload: {files: caseload.csv, layout: ./caseload.yaml}
extracts:
  - {name: full, source: other, files: full.csv, layout: ./full.yaml, known_share: 0.5}
  - {name: bare, source: other, files: bare.csv, layout: ./bare.yaml, known_share: 0.5}
spec: spec.yaml
model: model.json
`,
	"spec.yaml": `name: hand
fields:
  ssn: ssn
  born: date
  family: family
comparisons:
  - {name: ssn, fields: [ssn], kind: exact}
  - {name: born, fields: [born], kind: exact}
  - {name: family, fields: [family], kind: exact}
blocking:
  - [family]
`,
	"caseload.yaml": handLayout("caseload", "subject_id", "role", "ssn", "born", "family"),
	"full.yaml":     handLayout("full", "record_id", "ssn", "born", "family"),
	"bare.yaml":     handLayout("bare", "record_id", "born", "family"),
	"caseload.csv": "subject_id,role,ssn,born,family\nA,subject,234-56-7891,1980-01-02,STONE\nB,subject,,1981-02-03,RIVERS\n" +
		"C,subject,,,POOLE\nD,shield,,,MARSH\nE,subject,345-67-8912,,WELLS\n",
	"full.csv":  "record_id,ssn,born,family\nf1,234567891,1980-01-02,STONE\n",
	"bare.csv":  "record_id,born,family\nb1,1980-01-02,STONE\n",
	"truth.csv": "subject_id,extract,record_id\nA,full,f1\n",
}

// handLayout is a CSV layout of the given fields.
func handLayout(name string, fields ...string) string {
	var page strings.Builder
	fmt.Fprintf(&page, "name: hand-%s\ntitle: By hand\nsource: other\nstatus: published\nedition: \"1\"\norigin: a test's own\nformat: csv\nencoding: utf-8\n"+
		"records:\n  data:\n    fields:\n", name)
	for _, f := range fields {
		form := ""
		if f == "born" {
			form = ", form: CCYY-MM-DD"
		}
		fmt.Fprintf(&page, "      - {name: %s%s}\n", f, form)
	}
	return page.String()
}

// TestEvaluate_GroupsOfASmallNight: who is in which group, by example.
func TestEvaluate_GroupsOfASmallNight(t *testing.T) {
	dir := smallNight.with(files{
		"caseload.csv": strings.SplitAfter(smallNight["caseload.csv"], "\n")[0] +
			"S1,subject,,234-56-7891,Robert,,Garcia-Stone,,,,1981-11-22,M,,,,,,\n" + // 44: tomorrow is the birthday
			"S2,subject,,999999999,Maria,,De la Cruz,,,,1981-11-21,F,,,,,,\n" + // 45 today; no number
			"S3,subject,,345-67-8912,Anna,,Rivers Poole,,,,2004,,,,,,,\n" + // of the year alone
			"S4,subject,,,Carl,,Whitfield,,,,,M,,,,,,\n",
		"truth.csv": "subject_id,extract,record_id\nS1,jobs,r1\n",
	}).in(t)
	var got []string
	for _, g := range evaluated(t, dir, pipeline.EvaluateOptions{Detail: true})[0].Groups {
		got = append(got, fmt.Sprintf("%s %s %d", g.Property, g.Group, g.Subjects))
	}
	want := []string{
		"surname Hispanic, double 1", "surname Hispanic 1", "surname double 1", "surname other 1", "sex unknown 1", "sex male 2", "sex female 1",
		"age under 25 1", "age 35-44 1", "age 45-54 1", "age unknown 1", "ssn known 2", "ssn missing 2", "name_frequency rare 4",
	}
	if !slices.Equal(got, want) {
		t.Errorf("groups %q\nwant   %q", got, want)
	}
}

// TestEvaluate_SpecWithoutSex: a property that is not compared makes no groups.
func TestEvaluate_SpecWithoutSex(t *testing.T) {
	dir := handNight.with(files{"night.yaml": strings.Replace(handNight["night.yaml"], "model: model.json\n", "", 1)}).in(t)
	for _, g := range evaluated(t, dir, pipeline.EvaluateOptions{Detail: true})[0].Groups {
		if g.Property == "sex" {
			t.Errorf("%+v", g)
		}
	}
}

// TestSpanishSurnames: a hundred different names, each in standard form.
func TestSpanishSurnames(t *testing.T) {
	page, err := os.ReadFile("spanish_surnames.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := strings.Fields(string(page))
	if distinct := slices.Compact(slices.Sorted(slices.Values(names))); len(distinct) != 100 || len(names) != 100 {
		t.Errorf("%d names, %d different", len(names), len(distinct))
	}
	for _, name := range names {
		if std := standardFamily(name); std != name {
			t.Errorf("%s is %s in standard form", name, std)
		}
	}
}

func standardFamily(name string) string {
	std, _, _ := text.Standardise(text.Family, 0, nil, []byte(name))
	return string(std)
}
