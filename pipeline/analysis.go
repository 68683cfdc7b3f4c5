package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"locatematch/matchers"
	"locatematch/pipeline/report/analysis"
)

// Analysis is what one page for analysts shows: whatever of these is there.
type Analysis struct {
	Plan        *Plan
	Evaluations []Evaluation
	Blocking    *BlockingReport
	Training    *matchers.TrainingReport
}

// worstShown is how many of the worst pairs of each extract a page lists where no number is asked for.
const worstShown = 10

// Analyse evaluates in every detail, and measures the blocking rules too. Of a caseload linked with itself there are neither
// details nor extracts to block.
func Analyse(ctx context.Context, p *Plan, opt EvaluateOptions) (*Analysis, error) {
	self, err := truthOfDuplicates(opt.Truth)
	if err != nil {
		return nil, err
	}
	if !self {
		opt.Detail = true
		if opt.Worst == 0 {
			opt.Worst = worstShown
		}
	}
	a := &Analysis{Plan: p}
	if a.Evaluations, err = Evaluate(ctx, p, opt); err != nil || self {
		return a, err
	}
	a.Blocking, err = Blocking(ctx, p, BlockingOptions{Options: opt.Options})
	return a, err
}

// AsAsked leaves out of evaluations what the options do not ask for.
func AsAsked(list []Evaluation, opt EvaluateOptions) []Evaluation {
	list = slices.Clone(list)
	for i := range list {
		v := &list[i]
		if !opt.Detail {
			v.Curve, v.Reliability, v.Groups, v.Unlinkable = nil, nil, nil, nil
		}
		if opt.Worst == 0 {
			v.FalseLinks, v.Misses, v.LeftOut, v.Unread = nil, nil, 0, 0
		}
	}
	return list
}

// HTML is the page: charts with the tables they are drawn from, in one file that needs no network.
func (a *Analysis) HTML() ([]byte, error) {
	p := analysis.Page{Title: "Analysis of the night of " + a.Plan.Config.AsOf, Facts: [][2]string{
		{"Config", filepath.Base(a.Plan.ConfigPath)}, {"Model", a.Plan.Model.Name}, {"Spec", a.Plan.Digests.Spec[:12]}, {"Version", Version()},
	}}
	p.Sections = append(p.Sections, evaluationSections(a.Evaluations, a.Plan.Model.Accept)...)
	if a.Blocking != nil {
		p.Sections = append(p.Sections, blockingSection(a.Blocking))
	}
	if a.Training != nil {
		p.Sections = append(p.Sections, trainingSections(a.Training)...)
	}
	return p.HTML()
}

// Write puts the page in a file, whole or not at all.
func (a *Analysis) Write(path string) error {
	page, err := a.HTML()
	if err != nil {
		return fmt.Errorf("analysis: %w", err)
	}
	if err := (osFiles{}).Replace(path, page); err != nil {
		return fmt.Errorf("analysis: %w", err)
	}
	return nil
}

// Columns of words and of numbers.
func column(name string) analysis.Column { return analysis.Column{Name: name} }
func counts(name string) analysis.Column { return analysis.Column{Name: name, Format: analysis.Counts} }
func shares(name string) analysis.Column { return analysis.Column{Name: name, Format: analysis.Shares} }
func inBits(name string) analysis.Column { return analysis.Column{Name: name, Format: analysis.Bits} }
func few(name string) analysis.Column    { return analysis.Column{Name: name, Format: analysis.Few} }

var unit = []float64{0, 0.2, 0.4, 0.6, 0.8, 1} // the axis of a share
