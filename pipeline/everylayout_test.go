package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"locatematch/pipeline/leads"
	"locatematch/sources"
)

// spelt is somebody whose surname suppliers write in several ways.
type spelt struct {
	id, given, ssn, born, street, zip string
	spellings                         []string
}

// threeSpelt are people whose names suppliers strip and cut in every way.
var threeSpelt = []spelt{
	{"S1", "PATRICK", "234567891", "1981-03-05", "12 ELM ST", "62704", []string{"O'BRIEN", "O BRIEN", "OBRIEN"}},
	{"S2", "LUISA", "345678912", "1990-07-19", "8 OAK AVE", "62704", []string{"DE LA CRUZ", "DELACRUZ", "DE-LA-CRUZ"}},
	{"S3", "EVA", "456789123", "1983-01-02", "77 MILL RD", "62701", []string{"MARTINEZ-CRUZ", "MARTINEZ CRUZ", "MARTINEZCRUZ"}},
}

const caseloadOfThreeSpelt = `subject_id,role,protected,ssn,given,middle,family,given_2,family_2,suffix,born,sex,address_1,city,state,zip,phone,email
S1,subject,,234-56-7891,Patrick,,O'Brien,,,,1981-03-05,M,12 Elm Street,Springfield,IL,62704,,
S2,subject,,345-67-8912,Luisa,,de la Cruz,,,,1990-07-19,F,8 Oak Ave,Springfield,IL,62704,,
S3,subject,,456-78-9123,Eva,,Martínez-Cruz,,,,1983-01-02,F,77 Mill Rd,Springfield,IL,62701,,
`

// says is what a supplier itself says of somebody in a layout, under a surname as he spells it.
func (p spelt) says(l *sources.Layout, family string) map[string]string {
	values := map[string]string{}
	for _, f := range l.Records.Data.Fields {
		if f.Role != sources.Own {
			continue
		}
		switch f.Name {
		case "given":
			values[f.Name] = p.given
		case "family":
			values[f.Name] = family
		case "full_name":
			values[f.Name] = map[string]string{
				"LAST, FIRST MI": family + ", " + p.given, "FIRST MI LAST": p.given + " " + family, "LAST FIRST MI": family + " " + p.given,
			}[f.Form]
		case "ssn":
			values[f.Name] = p.ssn
		case "born":
			values[f.Name] = p.born
			if f.Form == "CCYYMMDD" {
				values[f.Name] = strings.ReplaceAll(p.born, "-", "")
			}
		case "address_1":
			values[f.Name] = p.street
		case "city":
			values[f.Name] = "SPRINGFIELD"
		case "state":
			values[f.Name] = "IL"
		case "zip":
			values[f.Name] = p.zip
		case "employer":
			values[f.Name] = "ACME FREIGHT"
		}
	}
	return values
}

// whole is a file of a layout around some rows, with the records that it must have.
func whole(l *sources.Layout, rows ...map[string]string) (all []record) {
	if l.Records.Header != nil {
		all = append(all, record{"header", map[string]string{"batch": "000001", "transmitter": "A20"}})
	}
	if l.Records.Section != nil {
		all = append(all, record{"section", map[string]string{"institution": "FIRST BANK"}})
	}
	for _, r := range rows {
		all = append(all, record{"data", r})
	}
	if l.Records.Trailer != nil {
		all = append(all, record{"trailer", map[string]string{"count": fmt.Sprint(len(rows))}})
	}
	return all
}

// TestNamesInEveryLayout: O'BRIEN, DE LA CRUZ and MARTINEZ-CRUZ are found in every layout that has names of its own, as
// suppliers strip and cut them: with mark, blank, hyphen or run together, in parts or in one field.
func TestNamesInEveryLayout(t *testing.T) {
	tried := 0
	for _, l := range sources.BuiltIn() {
		if l.Source == "caseload" || l.Source == "agency" || !ownName(l) {
			continue
		}
		tried++
		t.Run(l.Name, func(t *testing.T) {
			var rows []map[string]string
			var want []string
			for _, p := range threeSpelt {
				for _, family := range p.spellings {
					rows, want = append(rows, p.says(l, family)), append(want, p.id)
				}
			}
			night := nightOf(l.Name, l.Source, fileOf(t, l.Name, whole(l, rows...)...)).with(files{"caseload.csv": caseloadOfThreeSpelt})
			r := run(t, night.in(t))
			if a := r.Manifest.Extracts[0].Accepted; a != int64(len(want)) {
				t.Fatalf("%d of %d rows accepted: %+v", a, len(want), r.Manifest.Extracts[0])
			}
			var got []string
			by := linked(t, r)
			for line := int64(1); line < 20; line++ {
				if by[line] != "" {
					got = append(got, by[line])
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("linked %v, want %v", got, want)
			}
			for _, lead := range leadsIn(t, r) {
				if lead.Kind == leads.KindConflict || slices.ContainsFunc(lead.Conflicts, func(w string) bool { return strings.Contains(w, "name") }) {
					t.Errorf("%s: %s %v", lead.SubjectID, lead.Summary, lead.Conflicts)
				}
			}
		})
	}
	if tried < 12 {
		t.Errorf("only %d layouts have names of their own", tried)
	}
}

func ownName(l *sources.Layout) bool {
	return slices.ContainsFunc(l.Columns(), func(c sources.Column) bool {
		return c.Role == sources.Own && (c.Name == "family" || c.Name == "full_name")
	})
}

// TestAnswerFoundByTheWrongNumber: our caseload has somebody else's number for a person, and suppliers, asked by it, answer about whoever has
// it, under our key. In every layout that passes our key back beside a number of the supplier's own such an answer is accepted by
// nobody, though key and number agree; an answer that names the person is.
func TestAnswerFoundByTheWrongNumber(t *testing.T) {
	other := spelt{given: "ROSALIND", ssn: "234567891", street: "9 CYPRESS CT", zip: "84057"}
	tried := 0
	for _, l := range sources.BuiltIn() {
		has := func(name string, role sources.Role) bool {
			return slices.ContainsFunc(l.Columns(), func(c sources.Column) bool { return c.Name == name && c.Role == role })
		}
		if !has("key", sources.Key) || !has("ssn", sources.Own) || l.Source == "caseload" || l.Source == "agency" {
			continue
		}
		tried++
		t.Run(l.Name, func(t *testing.T) {
			answer := func(p spelt, family string) map[string]string {
				values := p.says(l, family)
				values["key"] = "S1"
				return values
			}
			accepted := func(row map[string]string) int {
				night := nightOf(l.Name, l.Source, fileOf(t, l.Name, whole(l, row)...)).with(files{"caseload.csv": caseloadOfThreeSpelt})
				r := run(t, night.in(t))
				if r.Manifest.Extracts[0].Accepted != 1 {
					t.Fatalf("the row is rejected: %+v", r.Manifest.Extracts[0])
				}
				return bands(t, r)["accept"]
			}
			if n := accepted(answer(other, "HETHERINGTON")); n != 0 {
				t.Error("another's answer is accepted")
			}
			if n := accepted(map[string]string{"key": "S1", "ssn": "234567891"}); n != 0 {
				t.Error("an answer that names nobody is accepted")
			}
			if n := accepted(answer(threeSpelt[0], "OBRIEN")); n != 1 {
				t.Error("the person's own answer is not accepted")
			}
		})
	}
	if tried < 5 {
		t.Errorf("only %d layouts pass a key back beside a number of the supplier's own", tried)
	}
}

// TestEmployerNumberInEveryLayout: the nine digits of somebody's SSN in any other field (an employer's or institution's federal number, a state's
// number, an account, another owner's) are compared with nobody's, and neither is a number that is written as an employer's or marked as one in the SSN's own place.
func TestEmployerNumberInEveryLayout(t *testing.T) {
	others := []string{"ein", "state_ein", "institution_tin", "transmitter_tin", "account", "second_ssn", "primary_ssn", "record_id", "booking_no", "certificate", "phone"}
	tried, written, marked := 0, 0, 0
	for _, l := range sources.BuiltIn() {
		if l.Source == "caseload" || l.Source == "agency" {
			continue
		}
		var rows []map[string]string
		elsewhere, ssn, typed := map[string]string{}, -1, false
		for i, f := range l.Records.Data.Fields {
			switch {
			case f.Role != sources.Own:
			case slices.Contains(others, f.Name):
				elsewhere[f.Name] = "234567891"
			case f.Name == "ssn":
				ssn = i
			case f.Name == "number_type":
				typed = true
			}
		}
		if len(elsewhere) > 0 {
			rows, tried = append(rows, elsewhere), tried+1
		}
		if ssn >= 0 && (l.Records.Data.Fields[ssn].Width == 0 || l.Records.Data.Fields[ssn].Width > 9) {
			rows, written = append(rows, map[string]string{"ssn": "23-4567891"}), written+1
		}
		if typed {
			rows, marked = append(rows, map[string]string{"ssn": "234567891", "number_type": "E"}), marked+1
		}
		if len(rows) == 0 {
			continue
		}
		r := run(t, nightOf(l.Name, l.Source, fileOf(t, l.Name, whole(l, rows...)...)).with(files{"caseload.csv": caseloadOfThreeSpelt}).in(t))
		if x := r.Manifest.Extracts[0]; x.Accepted != int64(len(rows)) || x.Pairs != 0 {
			t.Errorf("%s: %d of %d rows accepted, %d pairs", l.Name, x.Accepted, len(rows), x.Pairs)
		}
	}
	if tried < 8 || written < 4 || marked < 1 {
		t.Errorf("%d layouts with other numbers, %d with room for an employer's, %d with a mark", tried, written, marked)
	}
}
