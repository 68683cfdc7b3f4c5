package pipeline

import (
	"fmt"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
	"locatematch/sources/codes"
)

// mostRivals stand in a document, best first.
const mostRivals = 5

// document puts everything known of the pair together.
func (x *explainer) document(e *matchers.Explanation, rules []matchers.RuleVerdict) *Explanation {
	bounds, weight := thresholdsOf(x.plan.Model), x.weight(e)
	d := &Explanation{
		Format: ExplanationFormat, Compared: e.Rule >= 0, Band: "below", Weight: matchers.Bits(weight),
		Probability: matchers.Probability(weight), Margin: matchers.Bits(e.Margin), Review: matchers.Bits(bounds.review),
		Accept: matchers.Bits(bounds.accept), Pattern: e.Pattern.String(), Steps: x.steps(e),
	}
	if weight >= bounds.review {
		d.Band = band(bounds.accepts(weight, e.Dispute != nil))
	}
	x.describe(d)
	for _, rival := range e.Rivals[:min(len(e.Rivals), mostRivals)] {
		s := &x.caseload.subjects[rival.Subject]
		d.Rivals = append(d.Rivals, ExplainedRival{SubjectID: s.ID, Shield: s.Shield, Weight: matchers.Bits(rival.Weight)})
	}
	for i := range rules {
		r := ExplainedRule{Rule: ruleName(x.plan.Spec.Blocking[rules[i].Rule]), Elements: rules[i].Elements}
		r.Outcome, r.Words = x.ruleWords(&rules[i])
		d.Rules = append(d.Rules, r)
	}
	x.say(d, e, bounds)
	return d
}

// weight is the explanation's, the subject's other records included.
func (x *explainer) weight(e *matchers.Explanation) int32 { return e.Total + x.repeats.part }

// describe names the lead, the subject and the record.
func (x *explainer) describe(d *Explanation) {
	feed, s := x.extract.feed, &x.caseload.subjects[x.subject]
	d.Subject = ExplainedSubject{ID: s.ID, Name: masked(s.Name), Shield: s.Shield}
	d.Record = ExplainedRecord{
		Extract: feed.Name, Source: feed.Source, Layout: feed.Layout.Name, File: feed.fileName(x.record.path),
		Line: x.record.Line(x.record.row), RecordID: masked(shownRecordID(x.extract.binding, x.record, x.record.row)),
		Codes: x.codes(),
	}
	lead := x.asked.lead
	if lead == nil {
		return
	}
	d.Lead = &ExplainedLead{
		ID: lead.LeadID, Kind: string(lead.Kind), Display: printable(lead.Display), Summary: printable(lead.Summary),
		PublishedWeight: lead.Evidence[0].Weight,
	}
	for _, v := range lead.Evidence[1:] {
		d.Others = append(d.Others, ExplainedEvidence{Extract: v.Extract, File: v.File, Line: v.Line, Weight: v.Weight, Confirms: v.Confirms})
	}
}

// codes are the record's codes that have a list, known or not.
func (x *explainer) codes() (list []ExplainedCode) {
	for _, c := range x.extract.coded {
		for _, m := range codes.Read(c.field, string(x.record.Value(x.record.row, c.column))) {
			list = append(list, ExplainedCode{Field: m.Field, Code: printable(m.Shown()), Words: m.Told()})
		}
	}
	return list
}

// say writes the sentence for the officer and the notes for the analyst.
func (x *explainer) say(d *Explanation, e *matchers.Explanation, bounds thresholds) {
	said := reported(x.plan.Spec, x.values)
	if x.echo != nil {
		said = said.WithEcho()
	}
	pair := &leads.Pair{Reached: d.Compared && d.Band != "below"}
	pair.Link = leads.Link{
		Subject: x.subject, Sighting: &leads.Sighting{Source: x.extract.feed.Source, Reported: said}, Weight: x.weight(e), Margin: e.Margin,
		Pattern: uint64(e.Pattern), Accept: bounds.accepts(x.weight(e), e.Dispute != nil), Agreement: agreement(x.extract.parts, e.Pattern),
	}
	pair.Dispute = x.caseload.disputeWords(e.Dispute, x.subject)
	d.Held = masked(pair.Dispute.Words())
	outdone := len(e.Rivals) > 0 && e.Rivals[0].Weight > e.Total-e.Competition
	switch {
	case !d.Compared:
		pair.Further = append(pair.Further, "the nightly search does not bring the two together")
	case !pair.Reached && outdone:
		pair.Further = append(pair.Further, "another person fits better")
	case !pair.Reached && e.Total >= bounds.review:
		pair.Further = append(pair.Further, "another record fits this person better")
	}
	d.Sentence = masked(leads.Why(x.caseload.subjects[x.subject], pair))
	if !d.Compared {
		d.Notes = append(d.Notes, "No blocking rule proposes this pair, so a run does not compare it; the weight is what it would have been.")
	}
	if d.Subject.Shield {
		d.Notes = append(d.Notes, "The subject is a shield: it competes for records and yields no lead.")
	}
	if d.Lead != nil && d.Lead.Kind == string(leads.KindConflict) {
		d.Notes = append(d.Notes, "The lead tells a specialist of the number alone: name and whereabouts on this record are perhaps another person's, and stand in no lead.")
	}
	if x.echo != nil {
		d.Notes = append(d.Notes, fmt.Sprintf("The record is one of %d answers of which %d repeat our inquiry: what it repeats is not compared.", x.echo.Answers, x.echo.Repeated))
	}
	if d.Lead != nil && d.Lead.PublishedWeight != d.Weight {
		d.Notes = append(d.Notes, fmt.Sprintf("The lead was published with %+.2f bits: the caseload, the model, the spec or the file has changed since.", d.Lead.PublishedWeight))
	}
}
