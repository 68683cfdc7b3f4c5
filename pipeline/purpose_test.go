package pipeline

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
)

// Law: asked once for each kind of person, the purpose rules say of everybody what they say when asked about each, whether the case
// file tells of him, one row of the caseload, or several.
func TestPurposes_SayWhatTheRulesSayOfEach(t *testing.T) {
	participants := []agency.Participant{agency.Noncustodial, agency.Putative, agency.Custodial, agency.Child}
	rapid.Check(t, func(t *rapid.T) {
		c := &caseload{numbers: map[string]uint32{}, knowledge: agency.Knowledge{Cases: map[string][]agency.Case{}}}
		c.knowledge.OfCaseload = c.ownCases
		row := rapid.Custom(func(t *rapid.T) leads.Subject {
			return leads.Subject{Case: "C", Participant: rapid.SampledFrom(participants).Draw(t, "participant"), Protected: rapid.Bool().Draw(t, "protected")}
		})
		for number := range uint32(rapid.IntRange(1, 8).Draw(t, "people")) {
			s := row.Draw(t, "row")
			s.ID = fmt.Sprint("S", number)
			c.numbers[s.ID], c.subjects = number, append(c.subjects, s)
			switch rapid.IntRange(0, 3).Draw(t, "told by") {
			case 0:
				of := caseOf(s.ID, &s)
				of.Status = rapid.SampledFrom([]agency.Status{agency.Open, agency.Closed}).Draw(t, "status")
				of.Arrears = rapid.Int64Range(0, 1).Draw(t, "arrears") * 100_000
				c.knowledge.Cases[s.ID] = []agency.Case{of}
			case 1:
				another := row.Draw(t, "another row")
				another.Case = "D"
				c.addCase(number, &another)
			}
		}
		n := &night{plan: &Plan{Policy: policy.BuiltIn()}, caseload: c}
		asked := purposes{night: n, plain: map[plainCase]ruling{}}
		for range 20 {
			source := rapid.SampledFrom([]string{"financial", "employment", "postal", "military", "other"}).Draw(t, "source")
			subject := rapid.Uint32Range(0, uint32(len(c.subjects)-1)).Draw(t, "subject")
			if got, want := asked.ruling(source, subject), n.ruling(source, subject); got != want {
				t.Fatalf("%s about %+v: got %v, want %v", source, c.subjects[subject], got, want)
			}
		}
	})
}
