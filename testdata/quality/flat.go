package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"

	"locatematch/matchers/text"
	"locatematch/pipeline"
	"locatematch/sources"
	"locatematch/sources/person"
)

// flatColumns are the columns of every flat file. Values are our standard forms: both programs then see the same names, dates
// and addresses, and differ in the model alone.
var flatColumns = []string{"unique_id", "key", "ssn", "dob", "first_name", "middle", "surname", "suffix", "address", "zip"}

// writeFlat writes caseload.csv, and for each extract of which a field is the supplier's own NAME.csv and NAME-truth.csv. The
// caseload has several names, numbers and addresses of some people; a flat file has the first of each.
func writeFlat(ctx context.Context, plan *pipeline.Plan, truth, out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	if _, err := flatten(ctx, plan.Caseload, filepath.Join(out, "caseload.csv"), person.SubjectID); err != nil {
		return err
	}
	for _, feed := range plan.Extracts {
		rows, err := flatten(ctx, feed, filepath.Join(out, feed.Name+".csv"), person.RecordID)
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "peers: %s.csv: %d rows\n", feed.Name, rows)
	}
	return splitTruth(plan, truth, out)
}

// flatten writes one feed's rows; a row whose id was seen before is a person's further case and is left out.
func flatten(ctx context.Context, feed pipeline.Feed, path, id string) (rows int, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	w := csv.NewWriter(f)
	if err := w.Write(flatColumns); err != nil {
		return 0, err
	}
	from, split, seen := newFlatRow(feed.Layout, id), feed.Layout.NewSplitter(), map[string]bool{}
	var chunk person.Rows
	for _, file := range feed.Paths {
		_, err := sources.Cut(ctx, file, feed.Layout, sources.CutOptions{}, func(c *sources.Chunk) error {
			defer c.Release()
			if _, err := split.Split(c, &chunk); err != nil {
				return err
			}
			for row := range chunk.Len() {
				values := from.values(&chunk, row)
				if seen[values[0]] {
					continue
				}
				seen[values[0]] = true
				rows++
				if err := w.Write(values); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return rows, err
		}
	}
	w.Flush()
	return rows, w.Error()
}

// splitTruth writes each extract's true pairs under the peers' column names.
func splitTruth(plan *pipeline.Plan, truth, out string) error {
	f, err := os.Open(truth)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	for _, feed := range plan.Extracts {
		list := [][]string{{"caseload_id", "extract_id"}}
		for _, r := range rows[1:] {
			if r[1] == feed.Name {
				list = append(list, []string{r[0], r[2]})
			}
		}
		into, err := os.Create(filepath.Join(out, feed.Name+"-truth.csv"))
		if err != nil {
			return err
		}
		err = csv.NewWriter(into).WriteAll(list)
		into.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// flatRow knows where a layout keeps what the flat columns hold.
type flatRow struct {
	id, key, ssn, born, zip       int
	given, middle, family, suffix int
	full                          int
	nameForm                      text.NameForm
	bornForm                      text.DateForm
	address                       []int
	out                           []string
}

func newFlatRow(l *sources.Layout, id string) *flatRow {
	own := func(name string) int {
		if at := l.Column(name); at >= 0 && l.Columns()[at].Role == sources.Own {
			return at
		}
		return -1
	}
	r := &flatRow{
		id: own(id), key: l.Column(person.Key), ssn: own(person.SSN), born: own(person.Born), zip: own(person.Zip),
		given: own(person.Given), middle: own(person.Middle), family: own(person.Family), suffix: own(person.Suffix),
		full: own(person.FullName), out: make([]string, len(flatColumns)),
	}
	if id == person.SubjectID {
		r.key = r.id // what suppliers pass back
	}
	if r.full >= 0 {
		r.nameForm, _ = text.ParseNameForm(l.Columns()[r.full].Form)
	}
	if r.born >= 0 {
		r.bornForm, _ = text.ParseDateForm(l.Columns()[r.born].Form)
	}
	for _, line := range []string{person.Address1, person.Address2, person.Address3} {
		if at := own(line); at >= 0 {
			r.address = append(r.address, at)
		}
	}
	return r
}

func (r *flatRow) values(rows *person.Rows, row int) []string {
	raw := func(at int) []byte {
		if at < 0 {
			return nil
		}
		return rows.Value(row, at)
	}
	given, middle, family, suffix := raw(r.given), raw(r.middle), raw(r.family), raw(r.suffix)
	if r.full >= 0 {
		given, middle, family, suffix = text.SplitName(r.nameForm, raw(r.full))
	}
	var address []byte
	for _, at := range r.address {
		address = append(append(address, raw(at)...), ' ')
	}
	id := string(raw(r.id))
	if id == "" {
		id = fmt.Sprint(rows.Lines[row])
	}
	copy(r.out, []string{
		id, string(raw(r.key)), number("%09d", text.SSN, 0, raw(r.ssn)), date(r.bornForm, raw(r.born)),
		word(text.Given, given), word(text.Middle, middle), word(text.Family, family), word(text.Suffix, suffix),
		word(text.Address, address), zip(raw(r.zip)),
	})
	return r.out
}

func word(kind text.Kind, raw []byte) string {
	std, _, _ := text.Standardise(kind, 0, nil, raw)
	return string(std)
}

func number(format string, kind text.Kind, form text.DateForm, raw []byte) string {
	_, num, _ := text.Standardise(kind, form, nil, raw)
	if num == 0 {
		return ""
	}
	return fmt.Sprintf(format, num)
}

// zip is five digits: the four behind them are ours to compare, and Splink is given one ZIP.
func zip(raw []byte) string {
	_, num, validity := text.Standardise(text.Zip, 0, nil, raw)
	if validity != text.Valid {
		return ""
	}
	return string(text.AppendNumber(nil, text.Zip, num)[:5])
}

// date in the form that Splink parses; a date without a day or month is none to it.
func date(form text.DateForm, raw []byte) string {
	_, num, _ := text.Standardise(text.Date, form, nil, raw)
	year, month, day := text.SplitDate(num)
	if month == 0 || day == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}
