package pipeline_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"go.uber.org/goleak"

	"locatematch/pipeline"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// files lays a folder out for a test; names are paths within it.
type files map[string]string

func (f files) in(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range f {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// with gives the same files with some changed or added; "" removes one.
func (f files) with(changes files) files {
	next := files{}
	for name, content := range f {
		next[name] = content
	}
	for name, content := range changes {
		if next[name] = content; content == "" {
			delete(next, name)
		}
	}
	return next
}

// smallNight is a caseload of four invented people, one of them a shield and one protected, and one extract in an agency's
// own layout.
var smallNight = files{
	"night.yaml": `as_of: 2026-11-21
caseload: {files: caseload.csv, layout: ./caseload.yaml}
extracts:
  - {name: jobs, source: employment, files: "in/jobs*.csv", layout: ./jobs.yaml, expect: daily, known_share: 0.3}
`,
	"caseload.yaml": `name: small-caseload
title: A small caseload
source: caseload
status: published
edition: "1"
origin: a test's own
format: csv
encoding: utf-8
records:
  data:
    fields:
      - {name: subject_id}
      - {name: role}
      - {name: protected}
      - {name: ssn}
      - {name: given}
      - {name: middle}
      - {name: family}
      - {name: given.2, column: given_2}
      - {name: family.2, column: family_2}
      - {name: suffix}
      - {name: born, form: CCYY-MM-DD}
      - {name: sex}
      - {name: address_1}
      - {name: city}
      - {name: state}
      - {name: zip}
      - {name: phone}
      - {name: email}
`,
	"jobs.yaml": `name: small-jobs
title: A county's own new hire list
source: employment
status: published
edition: "1"
origin: a test's own
format: csv
encoding: utf-8
records:
  data:
    fields:
      - {name: record_id, column: row}
      - {name: ssn, role: own}
      - {name: given}
      - {name: family}
      - {name: born, form: MM/DD/CCYY}
      - {name: address_1, column: street}
      - {name: zip}
      - {name: employer}
      - {name: ein}
      - {name: hire_date, form: CCYYMMDD}
`,
	"caseload.csv": `subject_id,role,protected,ssn,given,middle,family,given_2,family_2,suffix,born,sex,address_1,city,state,zip,phone,email
S1,subject,,234-56-7891,Robert,J,Okonkwo,,,,1981-03-05,M,12 Elm Street,Springfield,IL,62704,,
S2,subject,,,Maria,,Delgado,Maria,Delgado Ruiz,,1990-07-19,F,8 Oak Ave Apt 3,Springfield,IL,62704,,
S3,shield,,345-67-8912,Anna,,Okonkwo,,,,1983-01-02,F,12 Elm Street,Springfield,IL,62704,,
S4,subject,FV,456-78-9123,Carl,,Whitfield,,,,1975-11-30,M,77 Hidden Lane,Springfield,IL,62701,,
`,
	"in/jobs.csv": `row,ssn,given,family,born,street,zip,employer,ein,hire_date
r1,234567891,BOB,OKONKWO,03/05/1981,12 ELM ST,62704,Acme Freight,123456789,20261109
r2,,MARIA,DELGADORUIZ,07/19/1990,8 OAK AVENUE APT 3,62704,Blue Diner,987654321,20261001
r3,345678912,ANNA,OKONKWO,01/02/1983,12 ELM ST,62704,Acme Freight,123456789,20261109
r4,456789123,CARL,WHITFIELD,11/30/1975,99 SECRET CT,62702,Hidden Works,111222333,20261102
r5,,JOHN,STRANGER,13/45/1990,1 ANY RD,10001,Blue Diner,987654321,20269901
`,
}

func load(t testing.TB, dir string, over pipeline.Overrides) *pipeline.Plan {
	t.Helper()
	p, err := pipeline.Load(filepath.Join(dir, "night.yaml"), over)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func run(t testing.TB, dir string) *pipeline.Result {
	t.Helper()
	r, err := pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// everything is all bytes of a folder's files and, as their pages are compressed, every value of its tables, for scans.
func everything(t testing.TB, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all.Write(b)
		if err == nil && strings.HasSuffix(path, ".parquet") {
			err = eachValue(path, func(v string) { all.WriteString(v + "\n") })
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func eachValue(path string, value func(string)) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	f, err := parquet.OpenFile(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return err
	}
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		buffer := make([]parquet.Row, 16)
		for n := 1; n > 0; {
			n, _ = rows.ReadRows(buffer)
			for _, row := range buffer[:n] {
				for _, v := range row {
					value(v.String())
				}
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}
