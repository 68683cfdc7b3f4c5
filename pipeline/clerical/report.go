package clerical

import (
	"cmp"
	"fmt"
	"slices"
)

// ReportFormat is the version of a report's JSON.
const ReportFormat = "locatematch-clerical-1"

// Report is what a labelled sample says of all pairs that some blocking rule proposes. Intervals are of 95 %.
type Report struct {
	Format         string          `json:"format"`
	AsOf           string          `json:"as_of"`
	Seed           uint64          `json:"seed"`
	Digests        Digests         `json:"digests"` // of what the sample was drawn with
	Pairs          int64           `json:"pairs"`   // that the sample speaks for
	Sampled        int             `json:"sampled"`
	ProtectedPairs int64           `json:"protected_pairs"` // that it does not speak for
	Labels         LabelCounts     `json:"labels"`
	Precision      *Estimate       `json:"precision,omitempty"`   // of pairs at or above accept; absent where there are none
	Recall         *Estimate       `json:"recall,omitempty"`      // accepted, of the true pairs that some rule proposes
	RecallNear     *Estimate       `json:"recall_near,omitempty"` // the same, without the far below
	TruePairs      Interval        `json:"true_pairs"`            // estimated number
	StatedPairs    float64         `json:"stated_pairs"`          // number by the model's own probabilities
	Strata         []StratumReport `json:"strata"`
	Extracts       []ExtractReport `json:"extracts"`
	Agreement      *Agreement      `json:"agreement,omitempty"` // of two reviewers
	Settled        int             `json:"settled"`             // of their differences
	Facts          FactCounts      `json:"facts"`
	WrongLinks     []Surprise      `json:"wrong_links"` // accepted, and labelled different; the heaviest first
	Missed         []Surprise      `json:"missed"`      // below review, and labelled same; the lightest first
	Notes          []string        `json:"notes"`
}

// Estimate is a rate with its interval, and what the pairs that could not be told would change.
type Estimate struct {
	Interval
	Unclear *Bounds `json:"unclear,omitempty"` // absent where every pair could be told
}

// Bounds are an estimate under other readings of the pairs that could not be told: all the same person, all different, and the
// lowest and highest that any reading gives.
type Bounds struct {
	AllSame      float64 `json:"all_same"`
	AllDifferent float64 `json:"all_different"`
	Lowest       float64 `json:"lowest"`
	Highest      float64 `json:"highest"`
}

// LabelCounts counts pairs by label.
type LabelCounts struct {
	Same       int `json:"same"`
	Different  int `json:"different"`
	CannotTell int `json:"cannot_tell"`
}

func (c *LabelCounts) count(v Verdict) {
	switch v {
	case Same:
		c.Same++
	case Different:
		c.Different++
	default:
		c.CannotTell++
	}
}

// FactCounts counts what was said of the reported facts. It enters no estimate.
type FactCounts struct {
	Good     int `json:"good"`
	Stale    int `json:"stale"`
	Disputed int `json:"disputed"` // two reviewers differ
	Untold   int `json:"untold"`
}

// StratumReport is one stratum: its labels, and how its share of true pairs is with what the model states.
type StratumReport struct {
	Stratum
	Pairs    int64       `json:"pairs"`
	Sampled  int         `json:"sampled"`
	Sampling float64     `json:"sampling_probability"`
	Labels   LabelCounts `json:"labels"`
	Stated   float64     `json:"stated"`             // mean probability by the model, over all pairs
	Observed *Interval   `json:"observed,omitempty"` // share labelled same; absent where nothing could be told
}

// ExtractReport is one extract's part of the sample. Few labels make wide intervals.
type ExtractReport struct {
	Extract   string      `json:"extract"`
	Pairs     int64       `json:"pairs"`
	Labels    LabelCounts `json:"labels"`
	Precision *Estimate   `json:"precision,omitempty"`
	Recall    *Estimate   `json:"recall,omitempty"`
}

// Surprise is a pair whose label and weight contradict each other; explain takes it apart.
type Surprise struct {
	PairID    string  `json:"pair_id"`
	SubjectID string  `json:"subject_id"`
	Extract   string  `json:"extract"`
	File      string  `json:"file"`
	Line      int64   `json:"line"`
	RecordID  string  `json:"record_id"`
	Weight    float64 `json:"weight"` // bits
}

// Evaluate reads filled sheets and says what they tell of the night. Everything wrong with a sheet comes back as one error
// that names file and line.
func Evaluate(files Files) (*Report, error) {
	j, err := judge(files)
	if err != nil {
		return nil, err
	}
	return j.report(), nil
}

func (j *judged) report() *Report {
	k := j.key
	r := &Report{
		Format: ReportFormat, AsOf: k.AsOf, Seed: k.Seed, Digests: k.Digests, Sampled: len(k.Pairs), ProtectedPairs: k.ProtectedPairs,
		Agreement: j.agreement, Settled: j.settled, WrongLinks: []Surprise{}, Missed: []Surprise{}, Notes: []string{},
	}
	for _, p := range k.Pairs {
		r.Labels.count(j.verdicts[p.PairID])
		r.Facts.count(j.facts[p.PairID])
	}
	for h := range k.Strata {
		s := j.stratum(h)
		r.Pairs += s.Pairs
		r.StatedPairs += s.Stated * float64(s.Pairs)
		r.Strata = append(r.Strata, s)
	}
	r.Precision, r.Recall, r.RecallNear = j.estimates("")
	r.TruePairs = j.truePairs()
	r.Extracts = j.extracts()
	j.surprises(r)
	r.note()
	return r
}

func (c *FactCounts) count(fact string) {
	switch fact {
	case factGood:
		c.Good++
	case factStale:
		c.Stale++
	case factDisputed:
		c.Disputed++
	default:
		c.Untold++
	}
}

func (j *judged) stratum(h int) StratumReport {
	s := &j.key.Strata[h]
	r := StratumReport{Stratum: s.Stratum, Pairs: s.Pairs, Sampled: s.Sampled, Sampling: s.Sampling, Stated: s.Stated}
	for _, p := range j.key.Pairs {
		if p.Stratum == s.Name {
			r.Labels.count(j.verdicts[p.PairID])
		}
	}
	if c := j.cell(h, "", asTold); c.labelled > 0 {
		p, low, high := c.share()
		r.Observed = &Interval{Estimate: p, Low: low, High: high}
	}
	return r
}

func (j *judged) truePairs() Interval {
	p := j.parts("", asTold)
	t := totalOf(slices.Concat(p.accepted, p.near, p.far))
	return Interval{Estimate: t.same, Low: max(0, t.same-t.down), High: min(t.pairs, t.same+t.up)}
}

func (j *judged) extracts() (list []ExtractReport) {
	if len(j.key.Strata) == 0 {
		return nil
	}
	for _, x := range j.key.Strata[0].ByExtract {
		r := ExtractReport{Extract: x.Extract}
		for h := range j.key.Strata {
			r.Pairs += j.key.Strata[h].pairsOf(x.Extract)
		}
		for _, p := range j.key.Pairs {
			if p.Extract == x.Extract {
				r.Labels.count(j.verdicts[p.PairID])
			}
		}
		r.Precision, r.Recall, _ = j.estimates(x.Extract)
		list = append(list, r)
	}
	return list
}

// surprises lists the sampled pairs that the model and the reviewers see in opposite ways.
func (j *judged) surprises(r *Report) {
	accepted, below := map[string]bool{}, map[string]bool{}
	for _, s := range j.key.Strata {
		accepted[s.Name], below[s.Name] = s.Accepted, s.To != nil && *s.To <= j.key.Review
	}
	for _, p := range j.key.Pairs {
		s := Surprise{
			PairID: p.PairID, SubjectID: p.SubjectID, Extract: p.Extract, File: p.File, Line: p.Line, RecordID: p.RecordID, Weight: p.Weight,
		}
		switch v := j.verdicts[p.PairID]; {
		case v == Different && accepted[p.Stratum]:
			r.WrongLinks = append(r.WrongLinks, s)
		case v == Same && below[p.Stratum]:
			r.Missed = append(r.Missed, s)
		}
	}
	slices.SortFunc(r.WrongLinks, func(a, b Surprise) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.PairID, b.PairID))
	})
	slices.SortFunc(r.Missed, func(a, b Surprise) int {
		return cmp.Or(cmp.Compare(a.Weight, b.Weight), cmp.Compare(a.PairID, b.PairID))
	})
}

// note says what a reader of the figures must know beside them.
func (r *Report) note() {
	note := func(format string, args ...any) { r.Notes = append(r.Notes, fmt.Sprintf(format, args...)) }
	note("recall is over pairs that some blocking rule proposes; what no rule proposes is in no sample (blocking estimates it)")
	if r.ProtectedPairs > 0 {
		note("pairs of protected persons, and of records that one claims, are in no sample and in no figure")
	}
	for _, s := range r.Strata {
		switch {
		case s.Pairs == 0:
		case s.Observed == nil:
			note("%s: no label to go by; the model's own probability stands for its %d pairs, with an interval from 0 to 1", s.Name, s.Pairs)
		case s.Stated < s.Observed.Low:
			note("%s: the model states %.4f, below the observed interval: its pairs are truer than it says", s.Name, s.Stated)
		case s.Stated > s.Observed.High:
			note("%s: the model states %.4f, above the observed interval: its pairs are less true than it says", s.Name, s.Stated)
		}
	}
}
