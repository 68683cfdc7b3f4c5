package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"locatematch/pipeline"
)

const caseloadRows = `subject_id,given,family,born,address_1,zip
S1,Robert,Okonkwo,1981-03-05,12 Elm Street,62704
S1,Bob,Okonkwo,1981-03-05,1 Other Road,62704
`

const bankLayout = `name: example-bank
title: A bank's answer
source: financial
status: example
edition: "1"
origin: a test's own
format: csv
encoding: utf-8
records:
  data:
    fields:
      - {name: key, role: key}
      - {name: family, role: echo}
      - {name: ssn}
      - {name: full_name, form: "LAST, FIRST MI"}
      - {name: born, form: MM/DD/CCYY}
      - {name: address_1}
      - {name: zip}
`

const config = `as_of: 2026-11-21
caseload: {files: caseload.csv, layout: caseload.yaml}
extracts:
  - {name: bank, source: financial, files: bank.csv, layout: ./bank.yaml}
spec: spec.yaml
`

const caseloadLayout = `name: small
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
      - {name: given}
      - {name: family}
      - {name: born, form: CCYY-MM-DD}
      - {name: address_1}
      - {name: zip}
`

const spec = `name: small
fields: {family: family}
comparisons:
  - {name: family, fields: [family], kind: family_name}
blocking:
  - [family]
`

// TestFlat_OwnValuesInStandardForm: what the supplier owns and our key, one row a person; an echoed surname is not the
// supplier's, and stays out.
func TestFlat_OwnValuesInStandardForm(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"caseload.csv": caseloadRows, "caseload.yaml": caseloadLayout, "bank.yaml": bankLayout, "night.yaml": config, "spec.yaml": spec,
		"bank.csv":  "key,family,ssn,full_name,born,address_1,zip\nS1,ECHOED,123-45-6789,\"OKONKWO, BOB J JR\",03/05/1981,12 Elm Street,62704-1234\n",
		"truth.csv": "subject_id,extract,record_id\nS1,bank,2\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	plan, err := pipeline.Load(filepath.Join(dir, "night.yaml"), pipeline.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	if err := writeFlat(context.Background(), plan, filepath.Join(dir, "truth.csv"), dir+"/flat"); err != nil {
		t.Fatal(err)
	}
	head := "unique_id,key,ssn,dob,first_name,middle,surname,suffix,address,zip\n"
	for name, want := range map[string]string{
		"caseload.csv":   head + "S1,S1,,1981-03-05,ROBERT,,OKONKWO,,12 ELM ST,62704\n",
		"bank.csv":       head + "2,S1,,1981-03-05,BOB,J,OKONKWO,JR,12 ELM ST,62704\n", // 123-45-6789 is nobody's number
		"bank-truth.csv": "caseload_id,extract_id\nS1,2\n",
	} {
		got, err := os.ReadFile(filepath.Join(dir, "flat", name))
		if err != nil || string(got) != want {
			t.Errorf("%s is\n%s(%v), want\n%s", name, got, err, want)
		}
	}
}
