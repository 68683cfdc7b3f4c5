package clerical

import (
	"errors"
	"fmt"
	"slices"
)

// judged is a sample with its labels, one a pair.
type judged struct {
	key       *Key
	verdicts  map[string]Verdict // by pair id
	facts     map[string]string  // by pair id: good, stale, "" for no answer, disputed
	agreement *Agreement         // of two reviewers
	settled   int
}

const factDisputed = "disputed"

// judge reads the filled sheets and settles on one label a pair: what both reviewers say, else what the settling sheet says,
// else "cannot tell".
func judge(files Files) (*judged, error) {
	if n := len(files.Sheets); n < 1 || n > 2 {
		return nil, fmt.Errorf("%d filled sheets: want one or two", n)
	}
	if len(files.Sheets) == 2 && files.Sheets[0] == files.Sheets[1] {
		return nil, fmt.Errorf("%s: named twice; two reviewers have a sheet each", files.Sheets[0])
	}
	if files.Key == "" {
		files.Key = findKey(files.Sheets[0])
	}
	k, err := ReadKey(files.Key)
	if err != nil {
		return nil, err
	}
	var sheets []*filled
	var faults []error
	for _, path := range files.Sheets {
		sheet, err := readFilled(path, k, true)
		sheets, faults = append(sheets, sheet), append(faults, err)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	j := &judged{key: k, verdicts: map[string]Verdict{}, facts: map[string]string{}}
	if len(sheets) == 2 {
		j.agreement = compare(k, sheets[0], sheets[1])
	}
	for _, p := range k.Pairs {
		j.take(p.PairID, sheets)
	}
	if files.Settled != "" {
		return j, j.settle(files.Settled)
	}
	return j, nil
}

// take gives a pair what its reviewers agree on.
func (j *judged) take(id string, sheets []*filled) {
	first, last := sheets[0].answers[id], sheets[len(sheets)-1].answers[id]
	j.verdicts[id], j.facts[id] = first.verdict, first.fact
	if first.verdict != last.verdict {
		j.verdicts[id] = CannotTell
	}
	switch {
	case first.fact == "":
		j.facts[id] = last.fact
	case last.fact != "" && last.fact != first.fact:
		j.facts[id] = factDisputed
	}
}

// settle takes the labels of a sheet on pairs that two reviewers told differently.
func (j *judged) settle(path string) error {
	if j.agreement == nil {
		return fmt.Errorf("%s: there is nothing to settle between one reviewer; name both sheets with --labels", path)
	}
	sheet, err := readFilled(path, j.key, false)
	if err != nil {
		return err
	}
	for _, p := range j.key.Pairs {
		a, told := sheet.answers[p.PairID]
		if !told {
			continue
		}
		at := slices.IndexFunc(j.agreement.Disagreements, func(d Disagreement) bool { return d.PairID == p.PairID })
		if at < 0 {
			return fmt.Errorf("%s: pair %s: both reviewers say %q; only what they tell differently can be settled", path, p.PairID, j.verdicts[p.PairID])
		}
		j.verdicts[p.PairID] = a.verdict
		j.agreement.Disagreements[at].Settled = a.verdict
		j.settled++
	}
	return nil
}

// Agreement says how far two reviewers told the sample's pairs alike. It is of the sample as it was drawn, not weighted.
type Agreement struct {
	Pairs  int     `json:"pairs"`
	Agreed int     `json:"agreed"`
	Share  float64 `json:"share"`
	// Kappa is Cohen's ("A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, 1960),
	// over the three labels: 1 is full agreement, 0 what chance would give. Absent where both gave all pairs one label.
	Kappa         *float64       `json:"kappa,omitempty"`
	Disagreements []Disagreement `json:"disagreements"` // by pair id
}

// Disagreement is one pair that two reviewers told differently. Unless it is settled it counts as "cannot tell".
type Disagreement struct {
	PairID  string  `json:"pair_id"`
	First   Verdict `json:"first"`
	Second  Verdict `json:"second"`
	Settled Verdict `json:"settled,omitempty"`
}

func compare(k *Key, a, b *filled) *Agreement {
	g := &Agreement{Pairs: len(k.Pairs), Disagreements: []Disagreement{}}
	first, second := map[Verdict]float64{}, map[Verdict]float64{}
	for _, p := range k.Pairs {
		x, y := a.answers[p.PairID].verdict, b.answers[p.PairID].verdict
		first[x]++
		second[y]++
		if x == y {
			g.Agreed++
			continue
		}
		g.Disagreements = append(g.Disagreements, Disagreement{PairID: p.PairID, First: x, Second: y})
	}
	if g.Pairs == 0 {
		return g
	}
	n := float64(g.Pairs)
	g.Share = float64(g.Agreed) / n
	var chance float64
	for _, v := range []Verdict{Same, Different, CannotTell} {
		chance += first[v] / n * second[v] / n
	}
	if chance < 1 {
		kappa := (g.Share - chance) / (1 - chance)
		g.Kappa = &kappa
	}
	return g
}
