package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
)

// permits say of whom each source may be used, by night: the built-in policy's table of purposes over the cases that the agency
// has that night. Nobody gains by what may not be used: such facts are not to be found, and today's practice is spared them too.
type permits struct {
	nights []map[string][]agency.Case // by night and subject
	policy *policy.Policy
}

// sourceOf is the source of each extract.
var sourceOf = map[string]string{"ncoa": "postal", "w4": "employment", "scra": "military", "fidm": "financial"}

// loadPermits reads every night's cases. With -no-agency nothing is known, and everything may be used.
func loadPermits(dir string, nights int) (*permits, error) {
	p := &permits{policy: policy.BuiltIn()}
	for night := 1; night <= nights; night++ {
		cases := map[string][]agency.Case{}
		err := eachRow(filepath.Join(dir, fmt.Sprintf("night-%02d", night), "agency", "cases.csv"), func(v map[string]string) {
			cases[v["subject_id"]] = append(cases[v["subject_id"]], agency.Case{
				ID: v["case_id"], Participant: agency.Participant(v["participant"]), Status: agency.Status(v["case_status"]),
				Function: agency.Function(v["function"]), Order: v["order"] == "Y", Monthly: cents(v["monthly"]), Arrears: cents(v["arrears"]),
				PastDueSince: ccyymmdd(v["past_due_since"]), LastPaid: ccyymmdd(v["last_paid"]), GoodCause: v["good_cause"] == "Y",
				Bankrupt: v["bankrupt"] == "Y",
			})
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		p.nights = append(p.nights, cases)
	}
	return p, nil
}

// allow tells whether a source may be used about somebody on a night.
func (p *permits) allow(subject, source string, night int) bool {
	if p == nil {
		return true
	}
	for _, c := range p.nights[night-1][subject] {
		if _, allowed := p.policy.Purpose(source, c.Participant, c.Status, c); allowed {
			return true
		}
	}
	return false
}

func cents(dollars string) int64 {
	n, _ := strconv.ParseInt(dollars, 10, 64)
	return 100 * n
}

func ccyymmdd(date string) int32 {
	n, _ := strconv.ParseInt(strings.ReplaceAll(date, "-", ""), 10, 32)
	return int32(n)
}
