package pipeline

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/sources/person"
)

// stepper adds a weight up again, part by part.
type stepper struct {
	*explainer
	model *matchers.Model // every u filled in
	total int32
	steps []Step
}

// steps turns an explanation's parts into the waterfall, in the order they are added up.
func (x *explainer) steps(e *matchers.Explanation) []Step {
	s := stepper{explainer: x, model: x.caseload.frozen.Resolve(x.plan.Model.ForSource(x.extract.feed.Source))}
	s.add(Step{Kind: StepPrior, Words: fmt.Sprintf("%.3g %% of the rows are of our people, spread over %d subjects",
		100*x.extract.feed.KnownShare, x.caseload.frozen.Subjects())}, e.Prior)
	for i := range e.Parts {
		s.part(&e.Parts[i])
	}
	if e.Asked != 0 {
		s.add(Step{Kind: StepAsked, Words: "our reference came back with the number that we asked by: the two say one thing, that somebody has that number"}, e.Asked)
	}
	if x.extract.scorer.Household() {
		s.add(Step{Kind: StepHousehold, Words: fmt.Sprintf("or another person of the household: %+.2f bits against that alone",
			matchers.Bits(e.HouseholdSum))}, e.Household)
	}
	for _, d := range e.Dependences {
		words := d.Comparisons[0] + " and " + d.Comparisons[1] + " go together in matches: "
		s.add(Step{Kind: StepTogether, Words: words + togetherWords(d.Together)}, d.Together)
	}
	s.add(Step{Kind: StepCompetition, Words: x.rivalWords(e)}, e.Competition)
	if x.repeats.compete {
		s.add(Step{Kind: StepRepeats, Words: x.repeats.words}, x.repeats.part)
	}
	return s.steps
}

// togetherWords says what two levels say as a pair.
func togetherWords(weight int32) string {
	if weight < 0 {
		return "these two levels seldom meet"
	}
	return "these two levels are one fact"
}

// add puts a step on the running total.
func (s *stepper) add(step Step, weight int32) {
	s.total += weight
	if step.Name == "" {
		step.Name = step.Kind
	}
	step.Bits, step.Total = matchers.Bits(weight), matchers.Bits(s.total)
	s.steps = append(s.steps, step)
}

func (s *stepper) part(p *matchers.Part) {
	if p.Comparison == "" {
		s.add(Step{Kind: StepChoice, Words: fmt.Sprintf("for taking the best of %d sets of %s", p.Sets, p.Group)}, p.S)
		return
	}
	i := slices.IndexFunc(s.plan.Spec.Comparisons, func(c matchers.Comparison) bool { return c.Name == p.Comparison })
	comparison := &s.plan.Spec.Comparisons[i]
	fields := make([]int, len(comparison.Fields))
	for at, name := range comparison.Fields {
		fields[at] = s.plan.Spec.Field(name)
	}
	step := Step{
		Kind: StepComparison, Name: p.Comparison, Level: p.LevelName,
		Subject: s.subjectValue(fields, p.Set), Record: s.recordValue(fields),
	}
	if p.Level > 0 {
		level := s.model.Comparisons[i].Levels[p.Level-1]
		step.M, step.U = level.M, level.U
		if s.extract.scorer.Household() {
			step.H = level.H
		}
		if p.Sets > 1 {
			step.Words = fmt.Sprintf("the subject's set %d of %d of %s", p.Set+1, p.Sets, p.Group)
		}
	} else {
		step.Words = s.silence(p, comparison)
	}
	s.add(step, p.S)
	if p.Frequency != 0 {
		s.frequency(p, step.U)
	}
}

// frequency puts the value's own chance in the place of the level's average u, and says among whom it was counted. The chance
// is read off the weight, so that it is the one that was used.
func (s *stepper) frequency(p *matchers.Part, average float64) {
	own := average / math.Exp2(matchers.Bits(p.Frequency))
	words := "commoner"
	if p.Frequency > 0 {
		words = "rarer"
	}
	s.add(Step{
		Kind: StepFrequency, U: own,
		Words: fmt.Sprintf("weighed as 1 in %s %s: %s than the average", thousands(1/own), s.countedAmong(p.Comparison), words),
	}, p.Frequency)
}

// countedAmong names whose frequencies a comparison's values have.
func (s *stepper) countedAmong(comparison string) string {
	population := s.model.Population
	if population == nil || population.Holders[comparison] == 0 {
		return "subjects of the caseload"
	}
	if population.Counted == matchers.CountedExtracts {
		return "rows of the extracts"
	}
	return "people of " + population.Counted
}

// thousands writes a number of three figures' precision with commas.
func thousands(n float64) string {
	unit := math.Pow(10, max(0, math.Floor(math.Log10(n))-2))
	digits := strconv.FormatFloat(math.Round(n/unit)*unit, 'f', 0, 64)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// silence says why a comparison gives no evidence.
func (s *stepper) silence(p *matchers.Part, c *matchers.Comparison) string {
	switch {
	case p.Suppressed:
		return "given and family name agree exchanged: that is the evidence"
	case p.Record == text.Missing && slices.ContainsFunc(c.Fields, s.echoed):
		return "the record only echoes what we sent: not scored"
	case p.Record == text.Missing && p.Caseload == text.Missing:
		return "neither has one"
	case p.Record != text.Valid:
		return validityWords("the record", p.Record)
	case p.Caseload != text.Valid:
		return validityWords("the subject", p.Caseload)
	case c.Kind == "crossed_names":
		return "the names are not exchanged"
	}
	return "these two values cannot be compared"
}

func validityWords(side string, v text.Validity) string {
	switch v {
	case text.Missing:
		return side + " has none"
	case text.Placeholder:
		return side + " has a placeholder"
	}
	return side + " has no valid value"
}

// rivalWords names who else claims the record, and how far ahead of them the pair is.
func (x *explainer) rivalWords(e *matchers.Explanation) string {
	margin := matchers.Bits(e.Margin)
	if len(e.Rivals) == 0 {
		return fmt.Sprintf("no rival reaches review; margin over review %+.2f bits", margin)
	}
	best := e.Rivals[0]
	words := fmt.Sprintf("runner-up %s at %+.2f bits", x.caseload.subjects[best.Subject].ID, matchers.Bits(best.Weight))
	if best.Weight > e.Total-e.Competition {
		words = fmt.Sprintf("%s is ahead at %+.2f bits", x.caseload.subjects[best.Subject].ID, matchers.Bits(best.Weight))
	}
	if n := len(e.Rivals) - 1; n > 0 {
		words += fmt.Sprintf(", and %d more", n)
	}
	return words + fmt.Sprintf("; margin %+.2f bits", margin)
}

// ruleWords says in words what a rule makes of the pair.
func (x *explainer) ruleWords(v *matchers.RuleVerdict) (outcome, words string) {
	what := listed(v.Elements)
	switch v.Outcome {
	case matchers.Proposes:
		return "proposes", "proposes the pair"
	case matchers.RecordMissing:
		for _, element := range v.Elements {
			parsed, _ := matchers.ParseElement(element) // the spec is valid
			if x.echoed(parsed.Record.Field) && parsed.Record.Field != person.Key {
				return "record_missing", "the record only echoes our " + what
			}
		}
		return "record_missing", "the record has no " + what
	case matchers.SubjectMissing:
		return "subject_missing", "the subject has no " + what
	case matchers.Differs:
		if len(v.Elements) > 1 {
			return "differs", what + " differ"
		}
		return "differs", what + " differs"
	case matchers.Apart:
		return "apart", "each agrees, but only with different value sets"
	}
	return "capped", fmt.Sprintf("key capped: more than %d subjects share it", v.Cap)
}

// listed joins words as a sentence does.
func listed(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}
