package pipeline

import (
	"fmt"
	"path/filepath"

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
