package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/leads"
)

// TestNumbersOfTwoTypes: SSN, ITIN, ATIN and EIN are recognised by type. Of one type two numbers agree or differ; of two types they
// are not compared, however alike; and what is shown of a number says of which type it is.
func TestNumbersOfTwoTypes(t *testing.T) {
	caseload := "subject_id,role,protected,ssn,given,middle,family,given_2,family_2,suffix,born,sex,address_1,city,state,zip,phone,email\n" +
		"S1,subject,,234-56-7891,Robert,,Okonkwo,,,,1981-03-05,M,12 Elm Street,Springfield,IL,62704,,\n" +
		"S2,subject,,934-70-1234,Maria,,Delgado,,,,1990-07-19,F,8 Oak Ave,Springfield,IL,62704,,\n" +
		"S3,subject,,934-93-1234,Anna,,Quill,,,,1983-01-02,F,77 Mill Rd,Springfield,IL,62701,,\n"
	rows := "row,ssn,given,family,born,street,zip,employer,ein,hire_date\n" +
		"r1,234567891,ROBERT,OKONKWO,03/05/1981,9 FAR RD,45401,Acme,123456789,20261109\n" +
		"r2,934701234,MARIA,DELGADO,07/19/1990,9 FAR RD,45401,Acme,123456789,20261109\n" +
		"r3,934931234,ANNA,QUILL,01/02/1983,9 FAR RD,45401,Acme,123456789,20261109\n" +
		"r4,934701235,MARIA,DELGADO,07/19/1990,9 FAR RD,45401,Acme,123456789,20261109\n" + // an ITIN, one digit off
		"r5,934931234,MARIA,DELGADO,07/19/1990,9 FAR RD,45401,Acme,123456789,20261109\n" + // an ATIN that an ITIN is like
		"r6,934701234,ANNA,QUILL,01/02/1983,9 FAR RD,45401,Acme,123456789,20261109\n" + // an ITIN that an ATIN is like
		"r7,23-4567891,ROBERT,OKONKWO,03/05/1981,9 FAR RD,45401,Acme,123456789,20261109\n" // an EIN with an SSN's digits
	dir := smallNight.with(files{"caseload.csv": caseload, "in/jobs.csv": rows}).in(t)
	run(t, dir)
	for _, c := range []struct{ subject, record, level, subjects, records string }{
		{"S1", "jobs:2", "exact", "***-**-7891", "***-**-7891"},
		{"S2", "jobs:3", "exact", "ITIN ***-**-1234", "ITIN ***-**-1234"},
		{"S3", "jobs:4", "exact", "ATIN ***-**-1234", "ATIN ***-**-1234"},
		{"S2", "jobs:5", "one error", "ITIN ***-**-1234", "ITIN ***-**-1235"},
		{"S2", "jobs:6", "no evidence", "ITIN ***-**-1234", "ATIN ***-**-1234"},
		{"S3", "jobs:7", "no evidence", "ATIN ***-**-1234", "ITIN ***-**-1234"},
		{"S1", "jobs:8", "no evidence", "***-**-7891", "(invalid)"},
	} {
		e := explain(t, dir, pipeline.Question{Subject: c.subject, Record: c.record})
		s := e.Steps[slices.IndexFunc(e.Steps, func(s pipeline.Step) bool { return s.Name == "ssn" })]
		if s.Level != c.level || s.Subject != c.subjects || s.Record != c.records {
			t.Errorf("%s and %s: %s, %q and %q; want %s, %q and %q", c.subject, c.record, s.Level, s.Subject, s.Record, c.level, c.subjects, c.records)
		}
	}
	said := map[string]string{}
	for _, l := range leadsOf(t, dir) {
		if l.Kind == leads.KindEmployer {
			said[l.SubjectID] = l.Summary
		}
	}
	for subject, want := range map[string]string{"S1": "SSN, name and birth date agree", "S2": "taxpayer number (ITIN), name and birth date agree",
		"S3": "taxpayer number (ATIN), name and birth date agree"} {
		if !strings.Contains(said[subject], want) {
			t.Errorf("%s: %s; want %s", subject, said[subject], want)
		}
	}
}
