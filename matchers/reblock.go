package matchers

import "sync"

// WithBlocking is the same caseload under other blocking rules: values, dictionaries and frequencies are shared, index and
// filters are made anew. A scorer of the one scores pairs of the other, for rules change no pattern and no weight. The
// error is the spec's, when the rules are not valid for its fields.
func (c *Caseload) WithBlocking(rules [][]string) (*Caseload, error) {
	spec := *c.plan.spec
	spec.Blocking = rules
	if err := spec.Validate(); err != nil {
		return nil, err
	}
	other := &Caseload{plan: newPlan(&spec), table: c.table, columns: c.columns, subjects: c.subjects}
	other.buildIndex()
	return other, nil
}

func (c *Caseload) buildIndex() {
	parts := newKeyMaker(c)
	c.rules = make([]ruleIndex, len(c.plan.rules))
	makers := sync.Pool{New: func() any { return parts.another() }}
	sideBySide(len(c.rules), func(r int) {
		keys := makers.Get().(*keyMaker)
		c.rules[r] = keys.index(&c.plan.rules[r])
		makers.Put(keys)
	})
}
