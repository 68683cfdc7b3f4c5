package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/table"
)

// frequency is a row of a sidecar as any reader sees it.
type frequency struct {
	Comparison string `parquet:"comparison"`
	Value      string `parquet:"value"`
	Count      int64  `parquet:"count"`
}

// townNight is the small night with more rows: of strangers six LOPEZ, five DE LA CRUZ in two spellings, four RARE; a second
// extract answers our own inquiry, and has thirty ANSWER.
func townNight() files {
	var jobs, answers strings.Builder
	jobs.WriteString(smallNight["in/jobs.csv"])
	answers.WriteString("row,key,given,family,born,street,zip,employer,ein,hire_date\n")
	rows := 0
	add := func(n int, family string) {
		for range n {
			rows++
			fmt.Fprintf(&jobs, "t%d,,WILMA,%s,02/%02d/19%02d,%d PINE ST,6270%d,Acme,123456789,20261109\n", rows, family, 1+rows%28, 50+rows%40, rows, rows%9)
		}
	}
	add(6, "LOPEZ")
	add(3, "DE LA CRUZ")
	add(2, "DELACRUZ")
	add(4, "RARE")
	for i := range 30 {
		fmt.Fprintf(&answers, "a%d,S%d,WILMA,ANSWER,02/03/1971,1 OAK ST,62704,Acme,123456789,20261109\n", i, 1+i%3)
	}
	return smallNight.with(files{
		"in/jobs.csv":    jobs.String(),
		"in/answers.csv": answers.String(),
		"answers.yaml":   strings.Replace(smallNight["jobs.yaml"], "{name: ssn, role: own}", "{name: key, role: key}", 1),
		"night.yaml":     smallNight["night.yaml"] + "  - {name: answers, source: employment, files: in/answers.csv, layout: ./answers.yaml}\n",
	})
}

func train(t testing.TB, dir, to string, opt pipeline.TrainOptions) *pipeline.Training {
	t.Helper()
	trained, err := pipeline.Train(context.Background(), load(t, dir, pipeline.Overrides{}), opt)
	if err != nil {
		t.Fatal(err)
	}
	if err := pipeline.WriteModel(filepath.Join(dir, to), trained); err != nil {
		t.Fatal(err)
	}
	return trained
}

func sidecar(t testing.TB, dir, name string) []frequency {
	t.Helper()
	rows, err := table.Read[frequency](filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Counted by hand: joined spellings are one value, four rows are too few to be listed, and no answer to our own inquiry is of
// the population. The five rows of the small night are counted with the others.
func TestTrain_CountsThePopulation(t *testing.T) {
	dir := townNight().in(t)
	trained := train(t, dir, "model.json", pipeline.TrainOptions{Seed: 1})
	want := []frequency{{"family", "DELACRUZ", 5}, {"family", "LOPEZ", 6}, {"given", "WILMA", 15}}
	if got := sidecar(t, dir, "model.frequencies.parquet"); !slices.Equal(got, want) {
		t.Errorf("the sidecar has %v, by hand %v", got, want)
	}
	r := trained.Population
	if !slices.Equal(r.Extracts, []string{"jobs"}) || !slices.Equal(r.LeftOut, []string{"answers"}) {
		t.Errorf("counted %v, left out %v", r.Extracts, r.LeftOut)
	}
	fields := []pipeline.PopulationField{
		{Field: "given", Rows: 20, Distinct: 6, Listed: 1, Serves: true}, {Field: "family", Rows: 20, Distinct: 7, Listed: 2, Serves: true},
	}
	if !reflect.DeepEqual(r.Fields, fields) {
		t.Errorf("fields %+v\nby hand %+v", r.Fields, fields)
	}
	for _, words := range []string{"counted in jobs", "family: 20 rows", "not counted: answers", "one person may have several"} {
		if !strings.Contains(trained.Text(), words) {
			t.Errorf("the report does not say %q:\n%s", words, trained.Text())
		}
	}
}

// I8: the model and its sidecar are the same bytes for any number of workers and any chunk size.
func TestI8_FrequenciesOfAnyWorkers(t *testing.T) {
	dir := townNight().in(t)
	var first string
	for _, workers := range []int{1, 3, 16} {
		for _, chunk := range []int{0, 256} {
			train(t, dir, "model.json", pipeline.TrainOptions{Seed: 1, Options: pipeline.Options{Workers: workers, ChunkBytes: chunk}})
			both := read(t, dir, "model.json") + read(t, dir, "model.frequencies.parquet")
			if first == "" {
				first = both
			}
			if both != first {
				t.Errorf("%d workers, chunks of %d bytes: other bytes", workers, chunk)
			}
		}
	}
}

func read(t testing.TB, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A model is loaded with its frequencies: a weight says by whom the value was counted. Its digest covers them.
func TestLoadModel_WithFrequencies(t *testing.T) {
	dir := townNight().in(t)
	train(t, dir, "model.json", pipeline.TrainOptions{Seed: 1})
	train(t, dir, "own.json", pipeline.TrainOptions{Seed: 1, Frequencies: pipeline.FrequenciesOfCaseload})
	if _, err := os.Stat(filepath.Join(dir, "own.frequencies.parquet")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a model of the caseload's frequencies has a sidecar: %v", err)
	}
	for model, words := range map[string]string{"model.json": "rows of the extracts", "own.json": "subjects of the caseload"} {
		plan := load(t, dir, pipeline.Overrides{Model: filepath.Join(dir, model)})
		e, err := pipeline.Explain(context.Background(), plan, pipeline.Question{Subject: "S1", Record: "jobs:2"})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(e.Text(), words) {
			t.Errorf("%s: the explanation does not say %q:\n%s", model, words, e.Text())
		}
	}
}

// A sidecar that is not the model's own is refused, with what to do; so is one that the model does not keep beside it.
func TestLoadModel_RefusesOtherFrequencies(t *testing.T) {
	dir := townNight().in(t)
	train(t, dir, "model.json", pipeline.TrainOptions{Seed: 1})
	path, good := filepath.Join(dir, "model.frequencies.parquet"), read(t, dir, "model.frequencies.parquet")
	refused := func(what, words string) {
		t.Helper()
		_, err := pipeline.Load(filepath.Join(dir, "night.yaml"), pipeline.Overrides{Model: filepath.Join(dir, "model.json")})
		if !errors.Is(err, pipeline.ErrConfig) || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v, want %q", what, err, words)
		}
	}
	for at := 0; at < len(good); at += 97 {
		damaged := []byte(good)
		damaged[at] ^= 0x20
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		refused(fmt.Sprintf("byte %d", at), "damaged, or another model's")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	refused("no sidecar", "moved together")
	elsewhere := strings.Replace(read(t, dir, "model.json"), "model.frequencies.parquet", "../model.frequencies.parquet", 1)
	if err := os.WriteFile(filepath.Join(dir, "model.json"), []byte(elsewhere), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("a sidecar elsewhere", "beside the model")
}

// Known shares alone: the new model has the given one's frequencies, to the byte.
func TestTrain_PriorOnlyKeepsFrequencies(t *testing.T) {
	dir := townNight().in(t)
	train(t, dir, "model.json", pipeline.TrainOptions{Seed: 1})
	plan := load(t, dir, pipeline.Overrides{Model: filepath.Join(dir, "model.json")})
	trained, err := pipeline.Train(context.Background(), plan, pipeline.TrainOptions{PriorOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := pipeline.WriteModel(filepath.Join(dir, "tonight.json"), trained); err != nil {
		t.Fatal(err)
	}
	if read(t, dir, "model.frequencies.parquet") != read(t, dir, "tonight.frequencies.parquet") {
		t.Error("the frequencies differ")
	}
	load(t, dir, pipeline.Overrides{Model: filepath.Join(dir, "tonight.json")})
}

// An agency's own table takes the extracts' place: values in standard form, equal ones added up, everybody else in a row
// without a value. What cannot be counted is an error that names the line.
func TestTrain_FrequencyFile(t *testing.T) {
	const header = "field,value,count\n"
	dir := townNight().with(files{
		"names.csv":  header + "family,Lopez,700\nfamily,lópez,100\nfamily,Rare,3\nfamily,,9000\ngiven,WILMA,40\n",
		"shoe.csv":   header + "family,Lopez,700\nshoe,42,100\n",
		"none.csv":   header + "family,Lopez,0\n",
		"words.csv":  header + "family,Lopez,many\n",
		"number.csv": header + "family,Lopez,700\nfamily,--,7\n",
		"head.csv":   "field,name,count\nfamily,Lopez,1\n",
	}).in(t)
	table := filepath.Join(dir, "names.csv")
	trained := train(t, dir, "model.json", pipeline.TrainOptions{Seed: 1, Frequencies: table})
	if got, want := sidecar(t, dir, "model.frequencies.parquet"), []frequency{{"family", "LOPEZ", 800}, {"given", "WILMA", 40}}; !slices.Equal(got, want) {
		t.Errorf("the sidecar has %v, want %v", got, want)
	}
	p := trained.Model.Population
	if p.Counted != "names.csv" || p.Holders["family"] != 9803 || p.Holders["given"] != 40 || len(p.Own) != 0 {
		t.Errorf("population %+v", p)
	}
	for name, words := range map[string]string{
		"shoe.csv": `shoe.csv:3: field "shoe"`, "none.csv": `none.csv:2: field family: count "0"`, "words.csv": `words.csv:2: field family: count "many"`,
		"number.csv": `number.csv:3: field family: "--" is no valid value`, "head.csv": `no column "value"`, "nothing.csv": "nothing.csv",
	} {
		_, err := pipeline.Train(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.TrainOptions{Frequencies: filepath.Join(dir, name)})
		if !errors.Is(err, pipeline.ErrConfig) || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v, want %q", name, err, words)
		}
	}
}

// A caseload linked with itself meets no stranger of the population: the model's frequencies do not weigh there.
func TestDuplicates_WeighByTheCaseload(t *testing.T) {
	night := townNight()
	night["caseload.csv"] += "S5,subject,,,Robert,J,Okonkwo,,,,1981-03-05,M,12 Elm Street,Springfield,IL,62704,,\n"
	dir := night.in(t)
	trained := train(t, dir, "model.json", pipeline.TrainOptions{Seed: 1})
	weights := func() string {
		plan := load(t, dir, pipeline.Overrides{})
		if err := plan.Adopt(trained.Model); err != nil {
			t.Fatal(err)
		}
		list, err := pipeline.Duplicates(context.Background(), plan, .1, pipeline.Options{})
		if err != nil || len(list) == 0 {
			t.Fatal(list, err)
		}
		return fmt.Sprint(list)
	}
	with := weights()
	trained.Model = trained.Model.OfCaseload()
	if without := weights(); with != without {
		t.Errorf("with the population's frequencies\n%s\nwithout\n%s", with, without)
	}
}
