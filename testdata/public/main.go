// Command public measures accuracy on the public data sets with known truth that it finds in a folder, and prints one JSON
// line per set. The data are not part of the project; layouts and specs beside this file describe them.
//
// Each set is recast as a locate job: a caseload of one record a person, and an extract of the others. Two are also linked
// with themselves, as duplicates does: the caseload is all records.
package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"locatematch/pipeline"
)

// set is one public data set: how its files become caseload, extract and truth.
type set struct {
	name  string
	found string // a file whose presence says that the set is there
	make  func(data, into string) error
	self  string // a set linked with itself: the set whose layouts (and spec, unless it has a spec_self.yaml) it shares; "" for a locate job
}

var sets = []set{
	{"febrl4", "febrl4/dataset4a.csv", makeFebrl4, ""},
	{"historical_50k", historicalFile, makeHistorical, ""},
	{"historical_50k_self", historicalFile, makeHistoricalSelf, "historical_50k"},
	{"fake_1000", "fake_1000/fake_1000.csv", makeFake1000, ""},
	{"fake_1000_self", "fake_1000/fake_1000.csv", makeFake1000Self, "fake_1000"},
}

// frequencies is train's flag of that name.
var frequencies = flag.String("frequencies", "", "with -train: extracts (default), caseload, or the path of a table")

func main() {
	data := flag.String("data", "", "folder that holds febrl4/, historical_50k/ and fake_1000/")
	specs := flag.String("specs", "testdata/public", "folder of layouts and specs")
	train := flag.Bool("train", false, "train a model on each set, without labels, before it is evaluated")
	flag.Parse()
	if err := measure(context.Background(), *data, *specs, *train); err != nil {
		fmt.Fprintln(os.Stderr, "public:", err)
		os.Exit(1)
	}
}

func measure(ctx context.Context, data, specs string, train bool) error {
	measured := 0
	for _, s := range sets {
		if !exists(filepath.Join(data, s.found)) {
			fmt.Fprintf(os.Stderr, "public: %s is not in %s: skipped\n", s.name, data)
			continue
		}
		list, err := s.evaluate(ctx, data, filepath.Join(specs, cmp.Or(s.self, s.name)), train)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		if err := json.NewEncoder(os.Stdout).Encode(list[0]); err != nil {
			return err
		}
		measured++
	}
	if measured == 0 {
		return fmt.Errorf("no public set found in %q: name their folder with -data", data)
	}
	return nil
}

// evaluate lays the set's night out in a folder of its own and evaluates it.
func (s set) evaluate(ctx context.Context, data, specs string, train bool) ([]pipeline.Evaluation, error) {
	dir, err := os.MkdirTemp("", "locatematch-"+s.name)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, os.DirFS(specs)); err != nil {
		return nil, err
	}
	if err := s.make(data, dir); err != nil {
		return nil, err
	}
	over := pipeline.Overrides{}
	if own := filepath.Join(dir, "spec_self.yaml"); s.self != "" && exists(own) {
		over.Spec = own
	}
	plan, err := pipeline.Load(filepath.Join(dir, "night.yaml"), over)
	if err != nil {
		return nil, err
	}
	if train {
		if err := trainOnItself(ctx, plan, s.self != ""); err != nil {
			return nil, err
		}
	}
	return pipeline.Evaluate(ctx, plan, pipeline.EvaluateOptions{Set: s.name, Truth: filepath.Join(dir, "truth.csv")})
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// trainOnItself trains a model on the set, without labels, and takes it and its known share in the place of what the
// config states.
func trainOnItself(ctx context.Context, plan *pipeline.Plan, duplicates bool) error {
	trained, err := pipeline.Train(ctx, plan, pipeline.TrainOptions{Seed: 1, Duplicates: duplicates, Frequencies: *frequencies})
	if err != nil {
		return err
	}
	return plan.Adopt(trained.Model)
}

// makeFebrl4: dataset4a is the caseload, dataset4b the extract; rec-N-org in one is rec-N-dup-0 in the other.
func makeFebrl4(data, into string) error {
	for from, to := range map[string]string{"dataset4a.csv": "caseload.csv", "dataset4b.csv": "extract.csv"} {
		raw, err := os.ReadFile(filepath.Join(data, "febrl4", from))
		if err == nil {
			err = os.WriteFile(filepath.Join(into, to), raw, 0o600)
		}
		if err != nil {
			return err
		}
	}
	records, err := readCSV(filepath.Join(into, "caseload.csv"))
	if err != nil {
		return err
	}
	truth := [][]string{{"subject_id", "extract", "record_id"}}
	for _, r := range records[1:] {
		id := strings.TrimSpace(r[0])
		truth = append(truth, []string{id, "dataset4b", strings.Replace(id, "-org", "-dup-0", 1)})
	}
	return writeCSV(filepath.Join(into, "truth.csv"), truth)
}

// makeFake1000: the first record of each cluster is the caseload, the others the extract.
func makeFake1000(data, into string) error {
	header, records, err := readFake1000(data)
	if err != nil {
		return err
	}
	return recast(into, "fake_1000", header, records)
}

// makeFake1000Self: all records are the caseload.
func makeFake1000Self(data, into string) error {
	header, records, err := readFake1000(data)
	if err != nil {
		return err
	}
	return linkWithItself(into, header, records)
}

// record is a row of a public set, with the person it is about.
type record struct {
	cluster string
	place   int // in its cluster; the lowest is the caseload's
	row     []string
}

func readFake1000(data string) (header []string, records []record, err error) {
	rows, err := readCSV(filepath.Join(data, "fake_1000", "fake_1000.csv"))
	if err != nil {
		return nil, nil, err
	}
	last := len(rows[0]) - 1
	for _, r := range rows[1:] {
		place, _ := strconv.Atoi(r[0])
		records = append(records, record{cluster: r[last], place: place, row: r[:last]})
	}
	return rows[0][:last], records, nil
}

// linkWithItself makes all records the caseload, and every two of a cluster a true pair.
func linkWithItself(into string, header []string, records []record) error {
	caseload, truth := [][]string{header}, [][]string{{"subject_id", "subject_id_2"}}
	clusters := map[string][]string{}
	for _, r := range records {
		caseload = append(caseload, r.row)
		for _, other := range clusters[r.cluster] {
			truth = append(truth, []string{other, r.row[0]})
		}
		clusters[r.cluster] = append(clusters[r.cluster], r.row[0])
	}
	return writeNight(into, caseload, [][]string{header}, truth)
}

// recast splits records into a caseload (of each cluster the record with the lowest place) and an extract (the rest).
func recast(into, extract string, header []string, records []record) error {
	clusters := map[string][]record{}
	var order []string
	for _, r := range records {
		if clusters[r.cluster] == nil {
			order = append(order, r.cluster)
		}
		clusters[r.cluster] = append(clusters[r.cluster], r)
	}
	caseload, rest := [][]string{header}, [][]string{header}
	truth := [][]string{{"subject_id", "extract", "record_id"}}
	for _, cluster := range order {
		first := clusters[cluster][0]
		for _, r := range clusters[cluster] {
			if r.place < first.place {
				first = r
			}
		}
		caseload = append(caseload, first.row)
		for _, r := range clusters[cluster] {
			if r.place != first.place {
				rest = append(rest, r.row)
				truth = append(truth, []string{first.row[0], extract, r.row[0]})
			}
		}
	}
	return writeNight(into, caseload, rest, truth)
}

func writeNight(into string, caseload, extract, truth [][]string) error {
	for name, rows := range map[string][][]string{"caseload.csv": caseload, "extract.csv": extract, "truth.csv": truth} {
		if err := writeCSV(filepath.Join(into, name), rows); err != nil {
			return err
		}
	}
	return nil
}

func readCSV(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.TrimLeadingSpace = true
	return r.ReadAll()
}

func writeCSV(path string, rows [][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	if err := w.WriteAll(rows); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
