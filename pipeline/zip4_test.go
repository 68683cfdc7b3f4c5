package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"locatematch/pipeline"
)

// plus4Night is the small night with the four digits behind the ZIP in fields of their own on both sides, with the roles
// given for the extract's two. Anna's second record has another line on her own side of the block.
func plus4Night(zip, zip4 string) files {
	layout := fmt.Sprintf("{name: zip, role: %s}\n      - {name: zip4, role: %s}", zip, zip4)
	return smallNight.with(files{
		"caseload.yaml": strings.Replace(smallNight["caseload.yaml"], "{name: zip}", "{name: zip}\n      - {name: zip4}", 1),
		"jobs.yaml":     strings.Replace(smallNight["jobs.yaml"], "{name: zip}", layout, 1),
		"caseload.csv":  strings.NewReplacer(",zip,", ",zip,zip4,", "12 Elm Street,Springfield,IL,62704,", "12 Elm Street,Springfield,IL,62704,1234,", ",62704,,\nS3", ",62704,,,\nS3", ",62701,,", ",62701,,,").Replace(smallNight["caseload.csv"]),
		"in/jobs.csv": `row,ssn,given,family,born,street,zip,zip4,employer,ein,hire_date
r1,234567891,ROBERT,OKONKWO,03/05/1981,12 ELM ST,62704,,Acme Freight,123456789,20261109
r2,234567891,ROBERT,OKONKWO,03/05/1981,12 ELM ST,62704,1234,Blue Diner,987654321,20261001
r3,234567891,ROBERT,OKONKWO,03/05/1981,PO BOX 7,62704,1234,Blue Diner,987654321,20261001
r4,234567891,ROBERT,OKONKWO,03/05/1981,PO BOX 7,62704,XXXX,Blue Diner,987654321,20261001
`,
	})
}

// TestZip4_IsComparedBesideItsZip: the supplier's own field of four digits is joined to its own ZIP, in the extract and in the
// caseload; what it repeats to us is not, and four digits that are none leave the ZIP as it is.
func TestZip4_IsComparedBesideItsZip(t *testing.T) {
	for _, c := range []struct {
		zip, zip4     string // roles
		line          int
		level, record string
	}{
		{"own", "own", 2, "same door", "12 ELM ST, 62704"},
		{"own", "own", 3, "same door", "12 ELM ST, 62704-1234"},
		{"own", "own", 4, "same ZIP+4", "PO BOX 7, 62704-1234"},
		{"own", "own", 5, "same ZIP", "PO BOX 7, 62704"},
		{"own", "echo", 4, "same ZIP", "PO BOX 7, 62704"},
		{"echo", "own", 4, "different", "PO BOX 7"},
	} {
		e := explain(t, plus4Night(c.zip, c.zip4).in(t), pipeline.Question{Subject: "S1", Record: fmt.Sprintf("jobs:%d", c.line)})
		at := slices.IndexFunc(e.Steps, func(s pipeline.Step) bool { return s.Name == "address" })
		if s := e.Steps[at]; s.Level != c.level || s.Record != c.record || s.Subject != "12 ELM ST, 62704-1234" {
			t.Errorf("zip %s, zip4 %s, line %d: %q, subject %q, record %q; want %q, record %q", c.zip, c.zip4, c.line, s.Level, s.Subject, s.Record, c.level, c.record)
		}
	}
}

// TestZip4_OneAddressIsOneLead: with the four digits or without, it is the same address.
func TestZip4_OneAddressIsOneLead(t *testing.T) {
	dir := plus4Night("own", "own").in(t)
	run(t, dir)
	found := map[string]int{}
	for _, l := range leadsOf(t, dir) {
		if l.Kind == "address" && l.SubjectID == "S1" {
			found[l.Address.Line+" "+l.Address.Zip] = len(l.Evidence)
		}
	}
	if len(found) != 2 || found["12 ELM ST 62704"] != 2 || found["PO BOX 7 62704"] != 2 {
		t.Errorf("address leads of S1, with their evidence: %v", found)
	}
}
