package matchers

// proposed lists a record's pairs with every rule that proposes each, where a Prober's candidates name the first alone.
type proposed struct {
	rules    []uint64 // by subject: the rules that propose it for the record at hand; 0 again once taken
	subjects []uint32
}

func newProposed(c *Caseload) proposed { return proposed{rules: make([]uint64, c.subjects)} }

// list gives the subjects that the keys of the record at hand propose, but for its own (as in Options), in no order. The slice is
// valid until the next call, before which take must have been asked about each of them.
func (p *proposed) list(m *Matcher, own uint32) []uint32 {
	p.subjects = p.subjects[:0]
	for _, passed := range m.prober.passed {
		for _, subject := range m.prober.postings(passed) {
			if subject+1 == own {
				continue
			}
			if p.rules[subject] == 0 {
				p.subjects = append(p.subjects, subject)
			}
			p.rules[subject] |= 1 << passed.rule
		}
	}
	return p.subjects
}

// take gives the rules that propose a listed subject, and forgets them.
func (p *proposed) take(subject uint32) uint64 {
	rules := p.rules[subject]
	p.rules[subject] = 0
	return rules
}
