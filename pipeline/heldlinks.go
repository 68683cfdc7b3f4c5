package pipeline

import (
	"slices"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/pipeline/leads"
	"locatematch/sources/person"
)

// held makes the identity conflicts of one record: pairs below the review weight that the engine kept because the SSN agrees,
// where the name conflicts. They stay below in the books and are in no links.parquet; a specialist sees them as leads. There is
// none of a shield or a protected person, nor of a record that a shield has: that is no mystery, and would tell of the shield.
func (w *worker) held(e *extractPlan, scored []matchers.Scored, sighting func() *leads.Sighting, out *shardResult) {
	n := w.night
	if n.revealing(scored) {
		return
	}
	for _, s := range scored {
		if !s.Held || s.Weight >= n.bounds.review {
			continue
		}
		subject := &n.caseload.subjects[s.Subject]
		a := agreement(e.parts, s.Pattern)
		if subject.Shield || subject.Protected || !a.NumberUnderAnotherName() {
			continue
		}
		if w.invalidPair(subject) {
			out.tally.invalidPairs++
			continue
		}
		out.held = append(out.held, leads.Link{Subject: s.Subject, Sighting: sighting(), Weight: s.Weight, Margin: s.Margin,
			Rule: s.Rule, Pattern: uint64(s.Pattern), Held: true, Agreement: a})
	}
}

// revealing reports that a record may be a protected person's, at whatever weight, or is a shield's.
func (n *night) revealing(scored []matchers.Scored) bool {
	return slices.ContainsFunc(scored, func(s matchers.Scored) bool {
		subject := &n.caseload.subjects[s.Subject]
		return subject.Protected || subject.Shield && s.Weight >= n.bounds.review
	})
}

// shieldHas reports that a shield claims a record.
func (n *night) shieldHas(scored []matchers.Scored) bool {
	return slices.ContainsFunc(scored, func(s matchers.Scored) bool {
		return s.Weight >= n.bounds.review && n.caseload.subjects[s.Subject].Shield
	})
}

// invalidPair reports that the agency knows the number of the record at hand not to be the subject's.
func (w *worker) invalidPair(s *leads.Subject) bool {
	k := &w.night.caseload.knowledge
	if len(k.InvalidPairs) == 0 || w.ssn < 0 {
		return false
	}
	v := w.late.Value(w.ssn)
	return v.Validity == text.Valid && k.InvalidPair(s.ID, uint32(v.Num), w.night.plan.AsOf)
}

// sourcePerson is a record's person in short: initial and four letters of the family name, by which federal practice compares
// names. Slips behind them do not make two people of one.
func sourcePerson(spec *matchers.Spec, values []matchers.Value) string {
	part := func(name string, letters int) string {
		if f := spec.Field(name); f >= 0 {
			std := []rune(string(values[f].Std))
			return string(std[:min(letters, len(std))])
		}
		return ""
	}
	family, given := part(person.Family, 4), part(person.Given, 1)
	if family == "" && given == "" {
		return ""
	}
	return family + "|" + given
}
