package pipeline

import (
	"cmp"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/judgement"
	"locatematch/pipeline/leads/policy"
	"locatematch/pipeline/leads/queue"
	"locatematch/pipeline/leads/trial"
	"locatematch/pipeline/report"
)

// compare makes the night under the run's own policy and under the one tried, and tells what differs. What does not come out as it
// was published under the run's own policy is left out, and said: of it nobody can tell what another policy would make.
func (t *policyTrial) compare(tried *policy.Policy) (*trial.Result, error) {
	was := &trial.Night{Leads: t.published, Places: t.places, Rows: t.rows, Waiting: t.waits}
	kept := map[string]bool{}
	if t.own != nil {
		was = t.under(t.own, nil)
		kept = unlike(t.published, was.Leads)
		if len(kept) > 0 {
			was = t.under(t.own, kept)
		}
	}
	is := t.under(tried, kept)
	t.unmade(was, is, len(kept))
	t.retold(is)
	t.hide(was)
	t.hide(is)
	r := trial.Compare(was, is)
	r.Run, r.AsOf, r.From = t.manifest.Run, t.manifest.AsOf, t.manifest.Digests.Policy
	t.purposes(tried)
	t.limits(r)
	r.Untold = append([]string{}, t.untold...)
	return r, nil
}

// unlike finds the leads that are not made again as they were published, and those that were never published.
func unlike(published, made []leads.Lead) map[string]bool {
	kept, again := map[string]bool{}, map[string]*leads.Lead{}
	for i := range made {
		again[made[i].LeadID] = &made[i]
	}
	for i := range published {
		l := &published[i]
		if m := again[l.LeadID]; m == nil || !leads.SameAssessment(l, m) {
			kept[l.LeadID] = true
		}
		delete(again, l.LeadID)
	}
	for id := range again {
		kept[id] = true
	}
	return kept
}

// under makes the night under a policy. The leads in kept stay as they were published, or unpublished.
func (t *policyTrial) under(p *policy.Policy, kept map[string]bool) *trial.Night {
	plan := *t.plan
	plan.Policy = p
	n := &trial.Night{Policy: p}
	sieve := &night{plan: &plan, caseload: t.caseload}
	a := &leads.Assessor{AsOf: plan.AsOf, Rules: p, Known: &t.caseload.knowledge, Violence: func(id string) bool { return t.caseload.violence[id] }}
	for _, of := range t.bySubject() {
		made := t.again(n, sieve, a, of)
		for i := range of {
			if kept[of[i].LeadID] {
				made = append(slices.DeleteFunc(made, func(l leads.Lead) bool { return l.LeadID == of[i].LeadID }), of[i])
			}
		}
		for _, l := range made {
			if !kept[l.LeadID] || slices.ContainsFunc(of, func(o leads.Lead) bool { return o.LeadID == l.LeadID }) {
				n.Leads = append(n.Leads, l)
			}
		}
	}
	t.withdraw(n, sieve, kept)
	n.NotAllowed = slices.DeleteFunc(n.NotAllowed, func(d trial.NotAllowed) bool { return kept[d.LeadID] })
	t.queue(n, p)
	return n
}

// bySubject gives the published leads person by person, in the order of their numbers.
func (t *policyTrial) bySubject() (all [][]leads.Lead) {
	list := slices.Clone(t.published)
	slices.SortStableFunc(list, func(a, b leads.Lead) int { return cmp.Compare(a.SubjectID, b.SubjectID) })
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].SubjectID == list[0].SubjectID {
			n++
		}
		all, list = append(all, list[:n:n]), list[n:]
	}
	return all
}

// again goes through one person's leads as a run does. Who is not on the caseload, or was protected since, has them as they were;
// so has what is withdrawn.
func (t *policyTrial) again(n *trial.Night, sieve *night, a *leads.Assessor, of []leads.Lead) (made []leads.Lead) {
	number, known := t.caseload.numbers[of[0].SubjectID]
	if !known || t.caseload.subjects[number].Protected {
		return slices.Clone(of)
	}
	var restored, asTheyWere []leads.Lead
	lawful := func(source string) bool { return sieve.lawful(source, number) }
	for _, l := range of {
		switch {
		case l.Status == leads.Withdrawn:
			asTheyWere = append(asTheyWere, l)
			continue
		case len(l.Evidence) == 0: // a liability: it is made anew
			continue
		}
		again, left := leads.Restore(l, lawful, func(e *leads.Evidence) leads.Record { return t.record(l.SubjectID, e) })
		if left {
			restored = append(restored, again)
		}
		if lost := lostSources(&l, lawful); len(lost) > 0 {
			n.NotAllowed = append(n.NotAllowed, trial.NotAllowed{LeadID: l.LeadID, Sources: lost, Whole: !left,
				Rule: sieve.purpose(lost[0], number, false), Was: t.allowed(lost[0], number)})
		}
	}
	return append(a.Reassess(&t.caseload.subjects[number], restored), asTheyWere...)
}

func lostSources(l *leads.Lead, lawful func(string) bool) (lost []string) {
	for _, source := range l.Sources {
		if !lawful(source) {
			lost = append(lost, source)
		}
	}
	return lost
}

// purpose is the rule by which a source may, or may not, be used about a person: that of the first case in which it is so.
func (n *night) purpose(source string, subject uint32, allowed bool) policy.Rule {
	for _, c := range n.caseload.knowledge.CasesOf(n.caseload.subjects[subject].ID) {
		if rule, may := n.plan.Policy.Purpose(policySource(source), c.Participant, c.Status, c); may == allowed {
			return rule
		}
	}
	return policy.Rule{}
}

// allowed is the rule by which the run's own policy let a source be used about a person.
func (t *policyTrial) allowed(source string, subject uint32) policy.Rule {
	if t.own == nil {
		return policy.Rule{}
	}
	plan := *t.plan
	plan.Policy = t.own
	return (&night{plan: &plan, caseload: t.caseload}).purpose(source, subject, true)
}

// record is what was published of a record beside its evidence. One that is in no links.parquet, such as that of an identity
// conflict, is taken to be well ahead of others.
func (t *policyTrial) record(subject string, e *leads.Evidence) leads.Record {
	pattern, _ := strconv.ParseUint(e.Pattern, 16, 64) // one that cannot be read agrees in nothing, and the lead comes out otherwise
	r := leads.Record{Agreement: agreement(t.agreement, matchers.Pattern(pattern)), Accept: true, Margin: 1 << 30}
	if link, there := t.records[spot{subject, e.Extract, e.File, e.Line}]; there {
		r.Accept, r.Margin = link.accept, link.margin
	}
	return r
}

// queue makes the night's queues as a run does, by what officers had said by then.
func (t *policyTrial) queue(n *trial.Night, p *policy.Policy) {
	known := &t.caseload.knowledge
	b := queue.NewBuilder(queue.Input{
		AsOf: t.plan.AsOf, Waiting: t.waited, Person: t.caseload.name, Cases: known.CasesOf, Levies: known.LeviesOf, Rules: p,
		PerOfficer: p.Caps().PerOfficer, Specialist: p.Specialist(),
	})
	j := &judged{taken: t.taken}
	j.out = judgement.NewBook(t.taken).Judge(slices.Clone(n.Leads), func(*leads.Lead) []uint64 { return nil })
	b.Add(n.Leads, j.out)
	q := b.Queues(j.outOfQueues(t.waited))
	n.Places, n.Waiting = q.Index, q.Waiting
	for _, o := range q.Offices {
		n.Rows = append(n.Rows, o.Rows...)
	}
}

// loadQueues reads what the run queued and left waiting, and what it took from the night before: of that, whatever then had a place
// or still waited. The rest the run had left out for reasons of its own, whatever the policy.
func (t *policyTrial) loadQueues() (err error) {
	w, m := t.plan.Workspace, t.manifest
	if t.places, err = queue.ReadIndex(filepath.Join(w.run(m.Run), queue.IndexFile)); errors.Is(err, fs.ErrNotExist) {
		t.note("The run is of a version without queues: there are none to compare.")
		return nil
	}
	if err != nil {
		return err
	}
	if t.rows, err = w.rowsOf(m.Run, t.places); err != nil {
		return err
	}
	if t.waits, err = w.readWaiting(m.Run); err != nil || m.Parent == "" {
		return err
	}
	before, err := w.readWaiting(m.Parent)
	if errors.Is(err, fs.ErrNotExist) {
		t.note("The state of the run before, %s, is put away: what waited for room from then is not compared.", m.Parent)
		return nil
	}
	queued := map[string]bool{}
	for i := range t.places {
		queued[t.places[i].LeadID] = true
	}
	for i := range t.waits {
		queued[t.waits[i].LeadID] = true
	}
	for i := range t.published {
		queued[t.published[i].LeadID] = queued[t.published[i].LeadID] || t.published[i].Suppressed != ""
	}
	t.waited = slices.DeleteFunc(before, func(l queue.Waiting) bool { return !queued[l.LeadID] })
	return err
}

// unmade leaves out of both nights the rows that did not come out as they were published, and says of how much nothing is told.
func (t *policyTrial) unmade(was, is *trial.Night, kept int) {
	if kept > 0 {
		t.note("%d leads could not be made again from what was published, not even under the run's own policy. They stand as they were in both.", kept)
	}
	type row struct{ lead, caseID string }
	of := func(p *queue.Place) row { return row{p.LeadID, p.CaseID} }
	made, other := map[row]queue.Place{}, map[row]bool{}
	for i := range was.Places {
		made[of(&was.Places[i])] = was.Places[i]
	}
	for i := range t.places {
		if p := &t.places[i]; made[of(p)] != *p {
			other[of(p)] = true
		}
		delete(made, of(&t.places[i]))
	}
	for r := range made {
		other[r] = true
	}
	if len(other) == 0 {
		return
	}
	t.note("%d rows of queues could not be made again as they were published. They are left out.", len(other))
	for _, n := range []*trial.Night{was, is} {
		n.Drop(func(p *queue.Place) bool { return other[of(p)] })
	}
}

// retold says of how many leads that earlier nights had told some sources are allowed no more, and others are. A night tells them
// again, on what is left; what that is, it published only of those that it told itself.
func (t *policyTrial) retold(is *trial.Night) {
	if n := len(is.Retold); n > 0 {
		t.note("%d leads of earlier nights rest on a source that would no longer be allowed, and on another that is. The night would tell them again, on fewer sources; what they say was not published, so that nothing more can be told of them.", n)
	}
}

// hide takes out what may no longer be shown, and counts ranks on without a gap.
func (t *policyTrial) hide(n *trial.Night) {
	if len(t.veil.people) == 0 {
		return
	}
	hidden := func(id, subject string) bool { return t.hidden[id] || t.veil.people[subject] }
	n.Leads = slices.DeleteFunc(slices.Clone(n.Leads), func(l leads.Lead) bool { return hidden(l.LeadID, l.SubjectID) })
	q := &QueueView{}
	q.cut(n.Places, n.Rows, Desk{}, func(p *queue.Place) bool { return hidden(p.LeadID, p.SubjectID) })
	n.Places, n.Rows = q.Places, q.Rows
}

// purposes says for how many people a source would newly be allowed: what it reported of them was dropped, and nobody can tell what
// leads it would have made.
func (t *policyTrial) purposes(tried *policy.Policy) {
	dropped := int64(0)
	for _, c := range t.manifest.Links.WithheldBy {
		if strings.HasPrefix(c.Name, noPurpose) {
			dropped += c.N
		}
	}
	if t.own == nil {
		t.note("Which sources would newly be allowed cannot be told without the run's policy; the run dropped %d links for want of a purpose.", dropped)
		return
	}
	before, after := *t.plan, *t.plan
	before.Policy, after.Policy = t.own, tried
	was, is := &night{plan: &before, caseload: t.caseload}, &night{plan: &after, caseload: t.caseload}
	for _, source := range sourcesOf(t.manifest.Extracts) {
		people := 0
		for number := range t.caseload.subjects {
			s := &t.caseload.subjects[number]
			if !s.Shield && !s.Protected && is.lawful(source, uint32(number)) && !was.lawful(source, uint32(number)) {
				people++
			}
		}
		if people > 0 {
			t.note("Newly allowed: %s data for %d people of the caseload. Links that no purpose allows are dropped and not published (%d that night), so that nobody can tell what leads there would be. Run the night into other folders to see.",
				source, people, dropped)
		}
	}
}

// limits says what else of the two policies a single night does not show.
func (t *policyTrial) limits(r *trial.Result) {
	groups := map[string]bool{}
	for _, d := range r.Rules {
		group, _, _ := strings.Cut(d.ID, ".")
		groups[group] = true
	}
	if groups["retention"] {
		t.note("Rules of retention differ. The night matched again the rows of earlier nights that the run's policy kept: what leads it would tell with fewer of them, or with more, cannot be told. What is kept from this night shows in later ones.")
	}
	if slices.ContainsFunc(r.Changes, func(c trial.Change) bool { return c.Kind == trial.FewerSources }) {
		t.note("A lead that rests on fewer sources keeps the sentence and the status that it was published with. A night that has no other news of it would not tell it anew.")
	}
	if groups["freshness"] || groups["suppress"] || groups["queue"] {
		t.note("One night is compared. A lead that the run's policy had kept back in earlier nights, and that was not reported anew, is no news in this one either.")
	}
	if t.manifest.Parent != "" && (groups["freshness"] || groups["suppress"] || groups["purpose"]) {
		t.note("Leads of earlier nights that this one did not tell anew are not here. Where one bears on another lead of its person, as a later address does, or a liability stands beside it, what this policy would make of that is not told.")
	}
}

// sourcesOf lists the sources of a run's extracts, each once, sorted.
func sourcesOf(extracts []report.Extract) (names []string) {
	for _, e := range extracts {
		names = append(names, e.Source)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
