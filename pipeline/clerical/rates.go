package clerical

import "slices"

// reading says how a label is counted in a stratum: pairs that could not be told are left out, or taken for one or the other.
type reading func(accepted bool, v Verdict) Verdict

func asTold(_ bool, v Verdict) Verdict { return v }

// unclearAs reads what could not be told as one thing among accepted pairs and as one thing among others.
func unclearAs(inAccepted, elsewhere Verdict) reading {
	return func(accepted bool, v Verdict) Verdict {
		switch {
		case v != CannotTell:
			return v
		case accepted:
			return inAccepted
		}
		return elsewhere
	}
}

// cell counts the labels of one stratum, of one extract or ("") of all.
func (j *judged) cell(h int, extract string, read reading) cell {
	s := &j.key.Strata[h]
	c := cell{pairs: s.Pairs, guess: s.Stated}
	if extract != "" {
		c.pairs = s.pairsOf(extract)
		c.guess, _, _ = j.cell(h, "", read).share() // of an extract without a label the stratum speaks
	}
	for _, p := range j.key.Pairs {
		if p.Stratum != s.Name || extract != "" && p.Extract != extract {
			continue
		}
		switch read(s.Accepted, j.verdicts[p.PairID]) {
		case Same:
			c.same++
			c.labelled++
		case Different:
			c.labelled++
		}
	}
	return c
}

func (s *KeyStratum) pairsOf(extract string) int64 {
	for _, x := range s.ByExtract {
		if x.Extract == extract {
			return x.Pairs
		}
	}
	return 0
}

// parts are the cells of a sample by what becomes of their pairs.
type parts struct{ accepted, near, far []cell }

// parts of one extract or, for "", of all. Strata without pairs are left out.
func (j *judged) parts(extract string, read reading) (p parts) {
	for h := range j.key.Strata {
		c := j.cell(h, extract, read)
		switch s := &j.key.Strata[h]; {
		case c.pairs == 0:
		case s.Accepted:
			p.accepted = append(p.accepted, c)
		case s.Far:
			p.far = append(p.far, c)
		default:
			p.near = append(p.near, c)
		}
	}
	return p
}

// estimates gives precision, recall, and recall without the far below; nil where there is nothing to take a share of.
func (j *judged) estimates(extract string) (precision, recall, near *Estimate) {
	precision = j.estimate(extract, func(p parts) (Interval, bool) { return precisionOf(p.accepted) })
	recall = j.estimate(extract, func(p parts) (Interval, bool) { return recallOf(p.accepted, slices.Concat(p.near, p.far)) })
	near = j.estimate(extract, func(p parts) (Interval, bool) { return recallOf(p.accepted, p.near) })
	return precision, recall, near
}

// estimate takes a rate as the labels tell it, and under the four extreme readings of what could not be told. Precision and
// recall rise with every accepted pair that is the same, and recall falls with every other: no reading gives more or less.
func (j *judged) estimate(extract string, rate func(parts) (Interval, bool)) *Estimate {
	told, ok := rate(j.parts(extract, asTold))
	if !ok {
		return nil
	}
	e := &Estimate{Interval: told}
	if !j.unclear(extract) {
		return e
	}
	under := func(inAccepted, elsewhere Verdict) float64 {
		r, _ := rate(j.parts(extract, unclearAs(inAccepted, elsewhere)))
		return r.Estimate
	}
	e.Unclear = &Bounds{
		AllSame: under(Same, Same), AllDifferent: under(Different, Different), Lowest: under(Different, Same), Highest: under(Same, Different),
	}
	return e
}

// unclear reports whether some pair could not be told.
func (j *judged) unclear(extract string) bool {
	return slices.ContainsFunc(j.key.Pairs, func(p KeyPair) bool {
		return (extract == "" || p.Extract == extract) && j.verdicts[p.PairID] == CannotTell
	})
}
