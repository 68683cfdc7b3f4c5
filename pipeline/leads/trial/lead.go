package trial

import (
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/policy"
)

// lead compares one lead. What is no longer told, or told anew, has nothing else to compare.
func (c *comparison) lead(id string) {
	was, is := c.from.leads[id], c.to.leads[id]
	switch {
	case is == nil:
		c.gone(was)
	case is.Status == leads.Withdrawn:
		c.withdrawn(was, is)
	case was == nil: // a liability beside leads that are offered again
		c.add(change(Offered, is, "", "not told", "told"))
	default:
		c.sources(is)
		c.suppressed(was, is)
		c.standing(was, is)
		c.may(was, is)
		c.cautions(was, is)
	}
}

func change(kind Kind, l *leads.Lead, caseID, from, to string) Change {
	return Change{Kind: kind, LeadID: l.LeadID, SubjectID: l.SubjectID, About: l.Kind, CaseID: caseID, From: from, To: to}
}

func (c *comparison) gone(was *leads.Lead) {
	n := c.to.notAllowed[was.LeadID]
	if n == nil { // a liability beside leads of which none is offered
		c.add(change(NotOffered, was, "", "told", "not told: no other lead on this person is offered"))
		return
	}
	d := change(NoPurpose, was, "", "allowed", "not allowed from "+strings.Join(n.Sources, ", "))
	d.FromRule, d.ToRule = ruleOf(n.Was), ruleOf(n.Rule)
	c.add(d)
}

// withdrawn compares a lead that stands no longer. Both sides withdraw what a night withdraws under any policy; one that is withdrawn
// on this side alone stood by what an earlier night had told, or is told on the other.
func (c *comparison) withdrawn(was, is *leads.Lead) {
	n := c.to.notAllowed[is.LeadID]
	switch {
	case was == nil && n != nil && n.Withdrawn:
		d := change(NoPurpose, is, "", "stands since an earlier night", "withdrawn: not allowed from "+strings.Join(n.Sources, ", "))
		d.FromRule, d.ToRule = ruleOf(n.Was), ruleOf(n.Rule)
		c.add(d)
	case was != nil && was.Status != leads.Withdrawn:
		c.gone(was)
	}
}

func (c *comparison) sources(is *leads.Lead) {
	if n := c.to.notAllowed[is.LeadID]; n != nil && c.from.notAllowed[is.LeadID] == nil {
		d := change(FewerSources, is, "", "allowed", "not allowed from "+strings.Join(n.Sources, ", ")+"; "+string(is.Identity)+" on what is left")
		d.FromRule, d.ToRule = ruleOf(n.Was), ruleOf(n.Rule)
		c.add(d)
	}
}

func offered(l *leads.Lead) string {
	if l.Suppressed == "" {
		return "offered"
	}
	_, why, _ := strings.Cut(l.StatusReason, "; not offered: ")
	if why == "" || l.Suppressed != leads.SuppressedSmall && l.Suppressed != leads.SuppressedDoubtful {
		return "not offered: " + l.Suppressed
	}
	return "not offered: " + l.Suppressed + " (" + why + ")"
}

func (c *comparison) suppressed(was, is *leads.Lead) {
	kind := OtherReason
	switch {
	case offered(was) == offered(is):
		return
	case was.Suppressed == "":
		kind = NotOffered
	case is.Suppressed == "":
		kind = Offered
	}
	d := change(kind, is, "", offered(was), offered(is))
	d.FromRule, d.ToRule = c.both(c.from.heldBack(was, c.to), c.to.heldBack(is, c.from))
	c.add(d)
}

// both gives each side's rule, and where a side has none the one that has the other's id there.
func (c *comparison) both(was, is Rule) (Rule, Rule) {
	return was.or(c.from.same(is.ID)), is.or(c.to.same(was.ID))
}

// heldBack is the rule by which a lead is not offered; of what policy has no say in, and of what is offered, none.
func (s *side) heldBack(l *leads.Lead, other *side) Rule {
	switch l.Suppressed {
	case leads.SuppressedOld:
		r, _ := s.freshness(l, other)
		return r
	case leads.SuppressedSmall, leads.SuppressedDoubtful:
		return ruleOf(l.TooSmallBy())
	}
	return Rule{}
}

// freshness is the rule by which a lead's sources grow old: of the first source for which the two sides have other rules, else of
// the first.
func (s *side) freshness(l *leads.Lead, other *side) (mine, theirs Rule) {
	for i, source := range l.Sources {
		a, b := s.freshnessOf(l.Kind, source), other.freshnessOf(l.Kind, source)
		if i == 0 || a != b {
			mine, theirs = a, b
		}
		if a != b {
			break
		}
	}
	return mine, theirs
}

func (s *side) freshnessOf(kind leads.Kind, source string) Rule {
	if s.Policy == nil {
		return Rule{}
	}
	r, _ := s.Policy.FreshnessRule(string(kind), source)
	return ruleOf(r)
}

// standingRank is the order of standings, the surest first.
var standingRank = map[leads.Standing]int{leads.Current: 0, leads.LikelyCurrent: 1, leads.NotKnown: 2, leads.Ended: 3, leads.Contradicted: 4}

func (c *comparison) standing(was, is *leads.Lead) {
	if was.Standing == is.Standing {
		return
	}
	kind := StandingUp
	if standingRank[is.Standing] > standingRank[was.Standing] {
		kind = StandingDown
	}
	d := change(kind, is, "", string(was.Standing), string(is.Standing))
	d.FromRule, d.ToRule = c.from.freshness(was, c.to)
	if n := c.to.notAllowed[is.LeadID]; n != nil && d.FromRule == d.ToRule { // it is the fewer sources
		d.FromRule, d.ToRule = ruleOf(n.Was), ruleOf(n.Rule)
	}
	c.add(d)
}

// may compares what may be done, case by case, of leads that both policies offer.
func (c *comparison) may(was, is *leads.Lead) {
	if was.Suppressed != "" || is.Suppressed != "" {
		return
	}
	for i := range is.MayDo {
		m := &is.MayDo[i]
		if at := slices.IndexFunc(was.MayDo, func(o leads.MayDo) bool { return o.CaseID == m.CaseID }); at >= 0 {
			c.step(is, &was.MayDo[at], m)
		}
	}
}

// stepRank is the ladder of what may be done, the least first.
var stepRank = map[policy.Step]int{policy.Nothing: 0, policy.Specialist: 1, policy.ContactOnly: 2, policy.VerifyFirst: 3,
	policy.ReviewForWithholding: 4, policy.ReviewForLevy: 5}

// StepWords is a step as a page names it.
func StepWords(step string) string {
	if step == "" {
		return "nothing"
	}
	return strings.ReplaceAll(step, "_", " ")
}

func (c *comparison) step(l *leads.Lead, was, is *leads.MayDo) {
	from, to := stepRank[policy.Step(was.Step)], stepRank[policy.Step(is.Step)]
	d := change(OtherWords, l, is.CaseID, StepWords(was.Step), StepWords(is.Step))
	switch {
	case to > from:
		d.Kind = StepUp
		d.FromRule, d.ToRule = c.both(further(was, is).or(ruleBehind(c.from, was)), Rule{})
		d.ToRule = d.ToRule.or(ruleBehind(c.to, is))
	case to < from:
		d.Kind = StepDown
		d.FromRule, d.ToRule = c.both(Rule{}, further(is, was).or(ruleBehind(c.to, is)))
		d.FromRule = d.FromRule.or(ruleBehind(c.from, was))
	case sameWords(was, is):
		return
	default:
		d.FromRule, d.ToRule = ruleBehind(c.from, was), ruleBehind(c.to, is)
		if d.FromRule == d.ToRule {
			d.FromRule, d.ToRule = c.both(further(was, is), further(is, was))
		}
	}
	c.add(d)
}

// further is the first rule that holds a step on one side and not on the other.
func further(here, there *leads.MayDo) Rule {
	other := there.Holding()
	for _, r := range here.Holding() {
		if !slices.ContainsFunc(other, func(o policy.Rule) bool {
			return o.Words == r.Words && o.Citation == r.Citation && o.CheckedOn == r.CheckedOn
		}) {
			return ruleOf(r)
		}
	}
	return Rule{}
}

// ruleBehind is the rule that a step rests on.
func ruleBehind(s *side, m *leads.MayDo) Rule {
	if r := s.same(m.Rule); r.ID != "" && r.Words == m.Reason {
		return r
	}
	return Rule{ID: m.Rule, Words: m.Reason, Citation: m.Citation, Reviewed: m.CheckedOn != ""}
}

func sameWords(a, b *leads.MayDo) bool {
	return a.Words == b.Words && a.Rule == b.Rule && a.Reason == b.Reason && a.Citation == b.Citation && a.CheckedOn == b.CheckedOn &&
		slices.Equal(a.HeldBy, b.HeldBy)
}

func (c *comparison) cautions(was, is *leads.Lead) {
	for _, caution := range is.Cautions {
		at := slices.IndexFunc(was.Cautions, func(o leads.Caution) bool { return o.Code == caution.Code })
		if at < 0 || was.Cautions[at] == caution {
			continue
		}
		old := was.Cautions[at]
		d := change(CautionWords, is, "", old.Words, caution.Words)
		id := "caution." + caution.Code
		d.FromRule, d.ToRule = c.from.same(id).or(Rule{Words: old.Words, Citation: old.Citation, Reviewed: old.CheckedOn != ""}), c.to.same(id)
		c.add(d)
	}
}
