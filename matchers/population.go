package matchers

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"locatematch/matchers/text"
)

// ValueCount is how many rows of the population have a value.
type ValueCount struct {
	Value string
	Count uint32
}

// Population says how common names and places are among the people that records come from. A model carries it, so that the
// value frequencies are frozen with the model: a caseload is a selection, and a name that is common on it may be rare among
// strangers. The fields are the model's JSON; the values themselves are given by Give, for they lie in a file of their own.
type Population struct {
	Counted string           `json:"counted"` // CountedExtracts, or the name of the agency's own file
	Holders map[string]int64 `json:"holders"` // rows with a value, by comparison; comparisons not named take the caseload's
	// Own is how many rows with a subject's value are expected to be the subject's own, by comparison: they are no stranger's.
	Own    map[string]float64 `json:"own,omitempty"`
	File   string             `json:"file,omitempty"`
	SHA256 string             `json:"sha256,omitempty"` // of the file, in lower-case hex
	values map[string]*valueShares
}

// CountedExtracts is Population.Counted where the night's extracts were counted.
const CountedExtracts = "extracts"

// valueShares are the listed values of one comparison: their hashes, ascending, and the rows that have each. A name is known
// by its hash alone, twelve bytes a value; that two of a million names share 64 bits has a chance below one in 10^7.
type valueShares struct {
	holders int64
	hashes  []uint64
	counts  []uint32
}

// NewPopulation makes a population of what was counted. It is nil where there is nothing.
func NewPopulation(counted string, counts []FieldCount) *Population {
	if len(counts) == 0 {
		return nil
	}
	p := &Population{Counted: counted, Holders: map[string]int64{}}
	for _, n := range counts {
		for _, comparison := range n.Comparisons {
			p.Holders[comparison] = n.Holders
			p.Give(comparison, n.Listed)
		}
	}
	return p
}

// Give hands the values of a comparison over: Holders must state its rows. Values of fewer than five rows are left out, as
// they count as unlisted.
func (p *Population) Give(comparison string, counts []ValueCount) {
	type share struct {
		hash  uint64
		count uint32
	}
	listed := make([]share, 0, len(counts))
	for _, v := range counts {
		if v.Count >= fewest {
			listed = append(listed, share{hashOf(v.Value), v.Count})
		}
	}
	slices.SortFunc(listed, func(a, b share) int { return cmp.Compare(a.hash, b.hash) })
	shares := &valueShares{holders: p.Holders[comparison]}
	for _, v := range listed {
		shares.hashes, shares.counts = append(shares.hashes, v.hash), append(shares.counts, v.count)
	}
	if p.values == nil {
		p.values = map[string]*valueShares{}
	}
	p.values[comparison] = shares
}

func hashOf(value string) uint64 { return hashBytes([]byte(value)) }

// count gives the rows of a value by its hash, 0 when it is not listed.
func (s *valueShares) count(hash uint64) uint32 {
	if i, found := slices.BinarySearch(s.hashes, hash); found {
		return s.counts[i]
	}
	return 0
}

// own is Own in whole rows.
func (p *Population) own(comparison string) uint32 { return uint32(math.Round(p.Own[comparison])) }

// shares gives the population's values of a comparison, nil where the caseload's serve.
func (m *Model) shares(comparison string) *valueShares {
	if m.Population == nil {
		return nil
	}
	return m.Population.values[comparison]
}

// OfCaseload is the model with the caseload's own value frequencies: for linking a caseload with itself, where the stranger
// is another of its subjects.
func (m *Model) OfCaseload() *Model {
	own := *m
	own.Population = nil
	return &own
}

// validate gives the faults of what the model's JSON says of the population.
func (p *Population) validate(m *Model) (faults []error) {
	for _, name := range sortedKeys(p.Holders) {
		if p.Holders[name] < 1 {
			faults = append(faults, fmt.Errorf("model: frequencies: %d rows for comparison %s, must be 1 or more", p.Holders[name], name))
		}
		if !slices.ContainsFunc(m.Comparisons, func(c ModelComparison) bool { return c.Name == name }) {
			faults = append(faults, fmt.Errorf("model: frequencies of %s, which is no comparison of the model", name))
		}
	}
	if p.Counted == "" {
		faults = append(faults, errors.New("model: frequencies.counted does not say what was counted"))
	}
	return faults
}

// fits refuses frequencies that the spec does not ask for, and those whose values were not given.
func (p *Population) fits(spec *Spec) error {
	for _, name := range sortedKeys(p.Holders) {
		i := slices.IndexFunc(spec.Comparisons, func(c Comparison) bool { return c.Name == name })
		if i < 0 || !spec.Comparisons[i].Frequency {
			return fmt.Errorf("%w: it has frequencies of %s, which the spec does not weigh by frequency", ErrOtherSpec, name)
		}
		if p.values[name] == nil {
			return fmt.Errorf("the frequencies of %s are not loaded: their file must lie beside the model", name)
		}
	}
	return nil
}

// valueCounts gives, by code, how many subjects of the caseload or rows of the population have a value, and out of how many.
func (c *Caseload) valueCounts(m *Model, comparison int) (counts []uint32, holders int) {
	p := &c.plan.comparisons[comparison]
	column := &c.columns[p.a]
	shares := m.shares(c.plan.spec.Comparisons[comparison].Name)
	if shares == nil {
		return column.counts, column.holders
	}
	kind, own := c.plan.fields[p.a].kind, m.Population.own(c.plan.spec.Comparisons[comparison].Name)
	counts = make([]uint32, len(column.counts))
	for code := uint32(1); code < uint32(len(counts)); code++ {
		count := shares.count(valueHash(kind, column.value(code)))
		counts[code] = count - min(count, own)
	}
	return counts, int(shares.holders)
}

// valueHash is the hash by which a value is counted: names without their spaces, as they are compared.
func valueHash(kind text.Kind, std []byte) uint64 {
	if joins(kind) {
		return hashJoined(std)
	}
	return hashBytes(std)
}

// meeting is the chance that a stranger has a subject's value, averaged over the subjects' values; unlisted ones are one in N.
func (c *Caseload) meeting(comparison int, counts []uint32, holders int) float64 {
	p := &c.plan.comparisons[comparison]
	column := &c.columns[p.a]
	var sum float64
	for code, leader := range column.leaders(c.plan.fields[p.a].kind) {
		if code == 0 || uint32(code) != leader {
			continue // spellings of one joined form are counted together
		}
		sum += float64(float64(column.counts[code]) * unsmoothed(counts[code], holders))
	}
	return min(1, sum/float64(max(column.holders, 1)))
}

// unsmoothed is a value's share as it was counted.
func unsmoothed(count uint32, holders int) float64 {
	if count < fewest {
		return 1 / float64(max(holders, smallest))
	}
	return float64(count) / float64(holders)
}
