package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"locatematch/matchers"
	"locatematch/sources"
	"locatematch/sources/person"
)

// Duplicate is a pair of subject numbers that are probably one person. They are reported, never merged.
type Duplicate struct {
	SubjectID   string  `json:"subject_id"`
	SubjectID2  string  `json:"subject_id_2"`
	Weight      float64 `json:"weight"` // bits
	Probability float64 `json:"probability"`
	Band        string  `json:"band"` // accept or review
	Pattern     string  `json:"pattern"`
}

// DuplicateShare is the known share that duplicates assume when neither the caller nor the model gives one: one row in fifty
// is of somebody who has another number already, which is common in caseloads that were merged from counties.
const DuplicateShare = 0.02

// Duplicates links the caseload with itself: each row, by its first name, number and address, with every other subject and all
// of theirs. Subjects do not compete for a row, since it is already somebody's. Surest pairs come first. A share of 0 is the
// model's, else DuplicateShare.
func Duplicates(ctx context.Context, p *Plan, share float64, opt Options) ([]Duplicate, error) {
	opt = opt.withDefaults()
	opt.Observer.Stage("load")
	n, err := loadSelfNight(ctx, p, share)
	if err != nil {
		return nil, err
	}
	opt.Observer.Stage("match")
	twins := newCollector(n)
	var judges []*twinJudge
	newJudge := func() judge {
		judges = append(judges, &twinJudge{night: n, pairs: map[twoSubjects]matchers.Scored{}})
		return judges[len(judges)-1]
	}
	if err := n.flow(ctx, opt, newJudge, nil, twins.file); err != nil {
		return nil, err
	}
	if err := twins.firstFault(); err != nil {
		return nil, err
	}
	return n.duplicates(judges), nil
}

// loadSelfNight makes a night ready whose one extract is the caseload.
func loadSelfNight(ctx context.Context, p *Plan, share float64) (*night, error) {
	c, err := loadCaseload(ctx, p)
	if err != nil {
		return nil, err
	}
	feed := p.Caseload
	feed.Source, feed.KnownShare = matchers.SelfSource, share
	if feed.KnownShare == 0 {
		feed.KnownShare = duplicateShare(p.Model)
	}
	e, err := newExtractPlan(p, c, &feed)
	if err != nil {
		return nil, fmt.Errorf("%w: caseload: %w", ErrConfig, err)
	}
	e.binding.recordID = ownColumn(feed.Layout, person.SubjectID, sources.Own, 1)
	return &night{plan: p, caseload: c, extracts: []*extractPlan{e}, bounds: thresholdsOf(p.Model), keepAll: true, self: true}, nil
}

func duplicateShare(m *matchers.Model) float64 {
	if share, trained := m.KnownShare[matchers.SelfSource]; trained {
		return share
	}
	return DuplicateShare
}

// twinJudge keeps the pairs of two different subjects that reach review. A pair is seen from both sides, and its heavier
// sight counts: the alias that only one of the two rows has is found from the other's side.
type twinJudge struct {
	night *night
	pairs map[twoSubjects]matchers.Scored
}

func (*twinJudge) row(int, int, *person.Rows, int) {}

func (j *twinJudge) record(_ int, id []byte, scored []matchers.Scored) {
	own, known := j.night.caseload.numbers[string(id)]
	if !known {
		return
	}
	for _, s := range scored {
		if s.Weight >= j.night.bounds.review {
			j.keep(unordered(own, s.Subject), s)
		}
	}
}

func (j *twinJudge) keep(pair twoSubjects, s matchers.Scored) {
	if best, seen := j.pairs[pair]; !seen || cmp.Or(cmp.Compare(s.Weight, best.Weight), cmp.Compare(s.Pattern, best.Pattern)) > 0 {
		j.pairs[pair] = s
	}
}

// duplicates adds up what the judges found, surest first. A protected person is in none of it (I10).
func (n *night) duplicates(judges []*twinJudge) []Duplicate {
	all := &twinJudge{night: n, pairs: map[twoSubjects]matchers.Scored{}}
	for _, j := range judges {
		for pair, s := range j.pairs {
			all.keep(pair, s)
		}
	}
	list := []Duplicate{}
	for pair, s := range all.pairs {
		a, b := n.caseload.subjects[pair>>32], n.caseload.subjects[uint32(pair)]
		if a.Protected || b.Protected {
			continue
		}
		list = append(list, Duplicate{
			SubjectID: min(a.ID, b.ID), SubjectID2: max(a.ID, b.ID), Weight: matchers.Bits(s.Weight), Probability: s.Probability(),
			Band: band(s.Weight >= n.bounds.accept), Pattern: s.Pattern.String(),
		})
	}
	slices.SortFunc(list, func(a, b Duplicate) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.SubjectID, b.SubjectID), cmp.Compare(a.SubjectID2, b.SubjectID2))
	})
	return list
}
