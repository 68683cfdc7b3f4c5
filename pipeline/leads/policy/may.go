package policy

import "slices"

// May says what may be done with a lead for a case: the highest step that a rule allows and none holds, the rule that allows
// it, and, for the steps above it, the rules that held, each with its reason in words.
func (p *Policy) May(s Situation) May {
	open := p.opening(&s)
	for i, r := range open {
		if r.sends == "" && len(p.held(r, &s)) > 0 {
			continue
		}
		if r.sends != "" && len(p.holding(Specialist, &s)) > 0 {
			continue
		}
		return May{Step: r.step(), Words: r.may(), Rule: r.shown, HeldBy: p.above(r.step(), open[:i], &s)}
	}
	return p.nothing(open, &s)
}

// opening lists the rules that could open a step for this kind of lead, the highest step first. Where a rule sends the lead
// to a specialist, it is the only one.
func (p *Policy) opening(s *Situation) (open []*rule) {
	for _, r := range p.inForce["may_do"] {
		switch {
		case !r.about(s):
		case r.sends != "" && r.fits(s):
			return []*rule{r}
		case r.allows != "":
			open = append(open, r)
		}
	}
	// Of two rules for one step the one that asks for more comes first: it says more.
	slices.SortStableFunc(open, func(a, b *rule) int {
		if a.allows != b.allows {
			return b.allows.rank() - a.allows.rank()
		}
		return len(b.needs) + len(b.unless) - len(a.needs) - len(a.unless)
	})
	return open
}

// step is what a rule opens.
func (r *rule) step() Step {
	if r.sends != "" {
		return r.sends
	}
	return r.allows
}

func (r *rule) may() string {
	if r.youMay != "" {
		words, _ := r.quoted(r.youMay)
		return words
	}
	return mayWords[r.step()]
}

// held gives the reasons for which a rule does not open its step: its own conditions, then the rules that hold the step.
func (p *Policy) held(r *rule, s *Situation) []Rule {
	return append(r.lacking(s), p.holding(r.allows, s)...)
}

// lacking is a rule once for each of its conditions that does not hold, with the condition's words.
func (r *rule) lacking(s *Situation) (reasons []Rule) {
	for _, words := range r.missing(s) {
		reason := r.shown
		reason.Words = words
		reasons = append(reasons, reason)
	}
	if len(reasons) == 0 && !r.within(s) {
		reasons = append(reasons, r.shown)
	}
	return reasons
}

// holding lists the rules that keep a step away, in the order of the policy.
func (p *Policy) holding(step Step, s *Situation) (rules []Rule) {
	for _, r := range p.inForce["may_do"] {
		if r.holds != "" && r.holds.rank() <= step.rank() && r.about(s) && !r.fits(s) {
			rules = append(rules, r.shown)
		}
	}
	return rules
}

// above gives the reasons why the steps above one are not open, each once.
func (p *Policy) above(step Step, tried []*rule, s *Situation) (reasons []Rule) {
	for _, r := range tried {
		if r.allows.rank() <= step.rank() {
			continue
		}
		for _, reason := range p.held(r, s) {
			if !slices.Contains(reasons, reason) {
				reasons = append(reasons, reason)
			}
		}
	}
	return reasons
}

// nothing is the answer where no step is open.
func (p *Policy) nothing(tried []*rule, s *Situation) May {
	m := May{Words: mayWords[Nothing], HeldBy: p.above(Nothing, tried, s)}
	if always := p.holding(Specialist, s); len(always) > 0 {
		m.HeldBy = always
	}
	if len(m.HeldBy) > 0 {
		m.Rule = m.HeldBy[0]
	}
	return m
}
