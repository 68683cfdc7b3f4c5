package matchers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// ModelFormat is the version of the model's JSON. A reader refuses any other.
const ModelFormat = "locatematch-model-1"

// Model is a Fellegi-Sunter model of two or three classes: match, stranger and (three) another person of the subject's
// household. Programs write it as JSON; `train` makes one, BuiltInModel states one.
type Model struct {
	Format string `json:"format"` // ModelFormat
	Name   string `json:"name"`
	Spec   string `json:"spec"` // digest of the spec it was made for
	// Classes is 2, or 3 when the household class is used; without an address comparison it cannot be told apart from
	// the stranger and only takes matches away.
	Classes int `json:"classes"`
	// KnownShare is the part of an extract's rows that are people of the caseload, by source; "default" for the others.
	// Of the caseload linked with itself (SelfSource) it is how many other numbers a row's person has, which may be above 1.
	KnownShare map[string]float64 `json:"known_share"`
	// HouseholdRatio is rows of subjects' household members for each row of a subject, by source; "default" for the others.
	HouseholdRatio map[string]float64 `json:"household_ratio,omitempty"`
	// UnnamedRatio is the same among pairs without evidence of one person: no given name, birth date or SSN compared. A
	// family's change of address may be any member's. Absent: as HouseholdRatio.
	UnnamedRatio map[string]float64 `json:"household_ratio_unnamed,omitempty"`
	// RepeatRatio is how many pairs of records of one person a source has, against what chance would give if records fell on
	// subjects at random: 1 (also where absent) where several records a person are normal, near 0 where a person has one. A
	// subject's records of the source compete as far as it is below 1 (Repeats).
	RepeatRatio map[string]float64 `json:"repeat_ratio,omitempty"`
	// PresentShare is what part of the subjects have a record in a source's files of a night; 0 (also where absent) says
	// nothing. Where a person has one record, a subject's records share that, and not its odds: see Absent.
	PresentShare map[string]float64 `json:"present_share,omitempty"`
	// StrangerShare is what part of a source's rows are strangers', where it was learnt; absent: 1, as if all were. The odds
	// of the subjects of a record stand against it.
	StrangerShare map[string]float64 `json:"stranger_share,omitempty"`
	Accept        float64            `json:"accept"` // bits: links at or above are accepted
	Review        float64            `json:"review"` // bits: links at or above are kept for review
	Comparisons   []ModelComparison  `json:"comparisons"`
	Dependences   []Dependence       `json:"dependences,omitempty"`
	Population    *Population        `json:"frequencies,omitempty"` // nil: the caseload's own value frequencies serve
	Provenance    []string           `json:"provenance,omitempty"`  // where the figures come from, for a reader
}

// ModelComparison holds the levels of one comparison of the spec, best first.
type ModelComparison struct {
	Name   string  `json:"name"`
	Levels []Level `json:"levels"`
}

// Level is one outcome of a comparison and its probabilities.
type Level struct {
	Name string  `json:"name"`
	M    float64 `json:"m"`           // in a match
	U    float64 `json:"u"`           // with a stranger; 0 = closed form from the value frequencies, see Caseload.Resolve
	H    float64 `json:"h,omitempty"` // with another person of the subject's household; 0 in models of two classes
}

// SelfSource is the source of a caseload that is linked with itself.
const SelfSource = "caseload"

// mostNumbers bounds the known share of SelfSource: no person has a thousand other numbers.
const mostNumbers = 1000

func mostShare(source string) float64 {
	if source == SelfSource {
		return mostNumbers
	}
	return 1
}

// DefaultSource is the entry of KnownShare and HouseholdRatio for sources without one of their own.
const DefaultSource = "default"

// Share is the known share of a source.
func (m *Model) Share(source string) float64 { return bySource(m.KnownShare, source, 0.05) }

// Household is the household ratio of a source.
func (m *Model) Household(source string) float64 { return bySource(m.HouseholdRatio, source, 1) }

// Unnamed is the household ratio of a source among pairs that name nobody.
func (m *Model) Unnamed(source string) float64 {
	return bySource(m.UnnamedRatio, source, m.Household(source))
}

// Repeat is the repeat ratio of a source.
func (m *Model) Repeat(source string) float64 { return bySource(m.RepeatRatio, source, 1) }

// Absent is what a subject's records in a source have to outweigh: 1 - present share * (1 - repeat ratio). The prior of a pair
// counts on subjects by the average, as if each record fell on any of them. Where a person has one record, the odds of a
// subject's records stand against the chance that it has none, 1 - present share; where several are normal, against 1.
func (m *Model) Absent(source string) float64 {
	return 1 - bySource(m.PresentShare, source, 0)*(1-m.Repeat(source))
}

// Stranger is what the subjects of a record have to outweigh in a source: a record is one subject's or a stranger's, so
// their odds stand against the stranger share. Near 1 in a file of everybody; in a file of our people alone the record is
// somebody's, and the question is whose.
func (m *Model) Stranger(source string) float64 { return bySource(m.StrangerShare, source, 1) }

// Contest is the repeat ratio among weights that Absent has raised.
func (m *Model) Contest(source string) float64 { return m.Repeat(source) * m.Absent(source) }

// ForSource is the model with the source's own entries made the default ones. NewScorer takes the default household ratios.
func (m *Model) ForSource(source string) *Model {
	own := *m
	own.KnownShare = map[string]float64{DefaultSource: m.Share(source)}
	own.HouseholdRatio = map[string]float64{DefaultSource: m.Household(source)}
	own.UnnamedRatio = map[string]float64{DefaultSource: m.Unnamed(source)}
	own.RepeatRatio = map[string]float64{DefaultSource: m.Repeat(source)}
	own.PresentShare = map[string]float64{DefaultSource: bySource(m.PresentShare, source, 0)}
	own.StrangerShare = map[string]float64{DefaultSource: m.Stranger(source)}
	return &own
}

func bySource(by map[string]float64, source string, fallback float64) float64 {
	if v, ok := by[source]; ok {
		return v
	}
	if v, ok := by[DefaultSource]; ok {
		return v
	}
	return fallback
}

// Encode writes the model as indented JSON with a final newline; equal models give equal bytes.
func (m *Model) Encode() ([]byte, error) {
	page, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("model %s: %w", m.Name, err)
	}
	return append(page, '\n'), nil
}

// DecodeModel reads what Encode wrote. It refuses another format, unknown keys and what Validate refuses.
func DecodeModel(page []byte) (*Model, error) {
	var version struct {
		Format string `json:"format"`
	}
	if err := json.Unmarshal(page, &version); err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	if version.Format != ModelFormat {
		return nil, fmt.Errorf("model: format %q, this program reads %q", version.Format, ModelFormat)
	}
	decoder := json.NewDecoder(bytes.NewReader(page))
	decoder.DisallowUnknownFields()
	m := &Model{}
	if err := decoder.Decode(m); err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	if decoder.More() {
		return nil, errors.New("model: something follows the JSON document")
	}
	return m, m.Validate()
}

// Validate gives every fault of the model at once, whatever its spec.
func (m *Model) Validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf("model: "+format, args...)) }
	if m.Classes != 2 && m.Classes != 3 {
		fault("classes is %d, must be 2 or 3", m.Classes)
	}
	if !(m.Review < m.Accept) {
		fault("review (%g bits) must be below accept (%g bits)", m.Review, m.Accept)
	}
	for _, source := range sortedKeys(m.KnownShare) {
		if v := m.KnownShare[source]; !(v > 0 && v < mostShare(source)) {
			fault("known_share.%s is %g, must be between 0 and %g", source, v, mostShare(source))
		}
	}
	for _, ratios := range []struct {
		name     string
		bySource map[string]float64
	}{{"household_ratio", m.HouseholdRatio}, {"household_ratio_unnamed", m.UnnamedRatio}} {
		for _, source := range sortedKeys(ratios.bySource) {
			if v := ratios.bySource[source]; !(v > 0 && v <= 100) {
				fault("%s.%s is %g, must be above 0 and at most 100", ratios.name, source, v)
			}
		}
	}
	for _, source := range sortedKeys(m.RepeatRatio) {
		if v := m.RepeatRatio[source]; !(v >= 0 && v <= 1) {
			fault("repeat_ratio.%s is %g, must be from 0 (one record a person) to 1 (several are normal)", source, v)
		}
	}
	for _, source := range sortedKeys(m.PresentShare) {
		if v := m.PresentShare[source]; !(v >= 0 && v < 1) {
			fault("present_share.%s is %g, must be from 0 to below 1", source, v)
		}
	}
	for _, source := range sortedKeys(m.StrangerShare) {
		if v := m.StrangerShare[source]; !(v > 0 && v <= 1) {
			fault("stranger_share.%s is %g, must be above 0 and at most 1", source, v)
		}
	}
	for i := range m.Comparisons {
		faults = append(faults, m.Comparisons[i].validate(m.Classes)...)
	}
	faults = append(faults, m.validateDependences()...)
	if m.Population != nil {
		faults = append(faults, m.Population.validate(m)...)
	}
	return errors.Join(faults...)
}

// sumSlack allows for figures rounded by hand or by JSON.
const sumSlack = 1e-3

func (c *ModelComparison) validate(classes int) (faults []error) {
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("model: comparison %s: "+format, append([]any{c.Name}, args...)...))
	}
	var m, u, h float64
	for _, level := range c.Levels {
		m, u, h = m+level.M, u+level.U, h+level.H
		if !(level.M > 0 && level.M <= 1) {
			fault("level %s: m is %g, must be above 0 and at most 1", level.Name, level.M)
		}
		if !(level.U >= 0 && level.U <= 1) {
			fault("level %s: u is %g, must be from 0 (closed form) to 1", level.Name, level.U)
		}
		if classes == 3 && !(level.H > 0 && level.H <= 1) {
			fault("level %s: h is %g, must be above 0 and at most 1 in a model of three classes", level.Name, level.H)
		}
	}
	for i, sum := range [...]float64{m, u, h} {
		if sum > 1+sumSlack || math.IsNaN(sum) {
			fault("the levels' %c sum to %g, more than 1", "muh"[i], sum)
		}
	}
	return faults
}

// ErrOtherSpec is returned by Check for a model that was made for another spec.
var ErrOtherSpec = errors.New("the model was made for another spec")

// Check refuses a model whose spec differs: by digest, and by the names and levels of its comparisons.
func (m *Model) Check(spec *Spec) error {
	if digest := spec.Digest(); m.Spec != digest {
		return fmt.Errorf("model %s: %w: it was made for %.12s, the spec %s is %.12s; train again", m.Name, ErrOtherSpec, m.Spec, spec.Name, digest)
	}
	if err := m.Validate(); err != nil {
		return err
	}
	return m.fits(spec)
}

func (m *Model) fits(spec *Spec) error {
	if len(m.Comparisons) != len(spec.Comparisons) {
		return fmt.Errorf("model %s: %w: %d comparisons, the spec has %d", m.Name, ErrOtherSpec, len(m.Comparisons), len(spec.Comparisons))
	}
	for i := range spec.Comparisons {
		want, have := spec.Comparisons[i], m.Comparisons[i]
		if want.Name != have.Name {
			return fmt.Errorf("model %s: %w: comparison %d is %s, in the spec %s", m.Name, ErrOtherSpec, i+1, have.Name, want.Name)
		}
		if n := len(want.levels()); n != len(have.Levels) {
			return fmt.Errorf("model %s: %w: comparison %s has %d levels, %s comparisons have %d", m.Name, ErrOtherSpec, have.Name, len(have.Levels), want.Kind, n)
		}
	}
	if m.Population != nil {
		if err := m.Population.fits(spec); err != nil {
			return fmt.Errorf("model %s: %w", m.Name, err)
		}
	}
	return nil
}
