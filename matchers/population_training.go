package matchers

// population is what was counted, with the rows in it that are expected to be a subject's own. Of N rows a share lambda is one
// subject's, and of these a part m has the subject's value: taken out of the value's count, the rest is how often a stranger
// has it. This is u = (a - lambda m) / (1 - lambda) for one value; 1 - lambda is 1 as far as anybody can tell. It matters
// where a subject has several rows: each of them would make the subject's own name look commoner.
func (tr *trainer) population() *Population {
	rows, own := tr.ownRows()
	if tr.t.Population == nil || rows == 0 {
		return tr.t.Population
	}
	p := *tr.t.Population
	p.Own = map[string]float64{}
	for i, comparison := range tr.c.plan.spec.Comparisons {
		if holders := p.Holders[comparison.Name]; holders > 0 {
			filled := float64(holders) / float64(rows)
			p.Own[comparison.Name] = float64(own*filled) * figure(tr.em.p[classMatch][i][1])
		}
	}
	return &p
}

// ownRows gives the rows that were counted, and how many of them the average subject has.
func (tr *trainer) ownRows() (rows int64, own float64) {
	for source, counted := range tr.t.Counted {
		rows += counted
		own += tr.shares[source].match * float64(counted)
	}
	return rows, own
}
