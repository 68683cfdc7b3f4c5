package policy

// Freshness says in how many days a fact of a kind from a source loses half its weight, and from which age it is no lead.
// The rule that says most counts: kind and source before kind, kind before source, any of them before neither; of two that
// say as much, the later layer's.
func (p *Policy) Freshness(kind, source string) (halfLifeDays, greatestAgeDays int) {
	r := p.freshness(kind, source)
	if r == nil {
		return 0, 0
	}
	return r.halfLife, r.greatestAge
}

func (p *Policy) freshness(kind, source string) (best *rule) {
	for _, r := range p.inForce["freshness"] {
		if among(r.kinds, kind) && among(r.sources, source) && (best == nil || r.detail() >= best.detail()) {
			best = r
		}
	}
	return best
}

// detail ranks how much a freshness rule says of what it is about.
func (r *rule) detail() int {
	d := 0
	if len(r.kinds) > 0 {
		d += 2
	}
	if len(r.sources) > 0 {
		d++
	}
	return d
}

// TooOld reports that an event lies further back than the policy's greatest age for its kind and source, and by which rule.
// An event without a day is of no known age, and not too old.
func (p *Policy) TooOld(kind, source string, event, asOf int32) (Rule, bool) {
	r := p.freshness(kind, source)
	if r == nil || event == 0 || asOf == 0 || daysBetween(event, asOf) <= int64(r.greatestAge) {
		return Rule{}, false
	}
	return r.shown, true
}

// FreshnessRule is the rule that Freshness goes by; false where there is none.
func (p *Policy) FreshnessRule(kind, source string) (Rule, bool) {
	r := p.freshness(kind, source)
	if r == nil {
		return Rule{}, false
	}
	return r.shown, true
}
