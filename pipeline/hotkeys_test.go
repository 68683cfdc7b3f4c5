package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"locatematch/pipeline/report"
)

// A caseload in which 6,000 people of 12,000 have one surname, as many one dummy SSN that no rule of the business knows, and
// 4,000 live in one prison; and an extract of 40,000 rows that all have the number, half of them the surname and a third the
// prison's address. What is bounded is counted: pairs, never seconds.
func TestHotKeysAreBounded(t *testing.T) {
	const subjects, rows, dummy = 12_000, 40_000, "478-12-3456"
	var caseload, extract strings.Builder
	caseload.WriteString("subject_id,role,protected,ssn,given,middle,family,given_2,family_2,suffix,born,sex,address_1,city,state,zip,phone,email\n")
	for i := range subjects {
		p := hotPerson(i)
		ssn := fmt.Sprintf("%03d-%02d-%04d", 200+i%400, 11+i/400, 1000+i%9000)
		if i%2 == 0 {
			ssn = dummy
		}
		fmt.Fprintf(&caseload, "N%d,subject,,%s,%s,,%s,,,,%s,,%s,Springfield,IL,%s,,\n", i, ssn, p.given, p.family, p.born, p.street, p.zip)
	}
	extract.WriteString("row,ssn,given,family,born,street,zip,employer,ein,hire_date\n")
	for i := range rows {
		p := hotPerson(i * 7)
		born := p.born[5:7] + "/" + p.born[8:] + "/" + p.born[:4]
		fmt.Fprintf(&extract, "r%d,%s,%s,%s,%s,%s,%s,Acme,123456789,20261109\n", i, dummy, p.given, p.family, born, p.street, p.zip)
	}
	m := run(t, smallNight.with(files{"caseload.csv": caseload.String(), "in/jobs.csv": extract.String()}).in(t)).Manifest

	x := m.Extracts[0]
	if x.Read != rows || x.Pairs == 0 {
		t.Fatalf("%d rows read, %d pairs", x.Read, x.Pairs)
	}
	// Unbounded, the number alone would make 240 million pairs, the surname 120 and the prison 53.
	if x.MostPairs > 100 || x.Pairs > 50*rows {
		t.Errorf("%d pairs, %d of one row", x.Pairs, x.MostPairs)
	}
	for _, want := range []report.Count{{Name: "ssn + max:50", N: 1}, {Name: "address.number + address.street + zip + max:50", N: 1}} {
		if !slices.Contains(m.Caseload.CappedBy, want) {
			t.Errorf("capped keys %v lack %v", m.Caseload.CappedBy, want)
		}
	}
	for _, want := range []report.Block{
		{Rule: "ssn + max:50", Subjects: subjects / 2, Key: "ssn ***-**-3456", Dropped: true},
		{Rule: "ssn.last4 + family.prefix4", Subjects: subjects / 2, Key: "ssn ***-**-3456, family S····", Dropped: true},
		{Rule: "address.number + address.street + zip + max:50", Subjects: subjects / 3, Key: "address · P····· R·, address · P····· R·, zip 622··", Dropped: true},
	} {
		if !slices.Contains(m.Caseload.Blocks, want) {
			t.Errorf("blocks %v lack %v", m.Caseload.Blocks, want)
		}
	}
	if page := string(report.Markdown(m)); !strings.Contains(page, `| ssn + max:50 | ssn \*\*\*-\*\*-3456 | left out | 6,000 |`) {
		t.Errorf("the report does not name the worst block:\n%s", page)
	}
}

type hotLife struct{ given, family, born, street, zip string }

// hotPerson invents the i-th person: even ones are SMITHs, every third lives in the prison.
func hotPerson(i int) hotLife {
	syllables := []string{"BA", "DE", "KI", "LO", "MU", "NA", "RE", "SI", "TO", "VU", "GA", "ZE"}
	word := func(n, length int) (s string) {
		for range length {
			s += syllables[n%len(syllables)]
			n /= len(syllables)
		}
		return s
	}
	p := hotLife{
		given: word(i*31%500, 3) + "N", family: word(i, 4) + "R", born: fmt.Sprintf("%d-%02d-%02d", 1950+i%50, 1+i/50%12, 1+i/600%28),
		street: fmt.Sprintf("%d %s ST", 1+i%900, word(i/3, 3)), zip: fmt.Sprintf("62%03d", i%700),
	}
	if i%2 == 0 {
		p.family = "SMITH"
	}
	if i%3 == 0 {
		p.street, p.zip = "1 PRISON RD", "62259"
	}
	return p
}
