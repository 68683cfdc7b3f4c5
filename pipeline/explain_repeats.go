package pipeline

import (
	"cmp"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"locatematch/matchers"
	"locatematch/pipeline/report"
	"locatematch/pipeline/table"
)

// repeats is what the subject's other records of the source take from the explained pair, as the live run has them: who else
// is linked can only be told once a night's files have been read to their end.
type repeats struct {
	compete bool // in a source of several records a person nothing is taken, and no step shown
	part    int32
	words   string
}

// findRepeats looks the subject's other records up among the live run's links. The part of a link is the one it was published
// with; that of another pair is made from the links.
func (x *explainer) findRepeats(weight int32) (r repeats, err error) {
	source := x.extract.feed.Source
	ratio := x.plan.Model.Contest(source)
	if ratio >= 1 {
		return r, nil
	}
	r.compete = true
	rows, why, err := x.linkedRecords()
	if err != nil || why != "" {
		r.words = "the subject's other records are not looked at: " + why
		return r, err
	}
	own := slices.IndexFunc(rows, x.isAsked)
	others := slices.DeleteFunc(slices.Clone(rows), x.isAsked)
	if own >= 0 {
		r.part = weightOf(rows[own].Repeats)
	} else {
		r.part = partAmong(ratio, thresholdsOf(x.plan.Model).review, weight, others)
	}
	r.words = repeatWords(source, ratio, others)
	return r, nil
}

// linkedRecords gives the subject's links in the source, or the reason why they cannot be told.
func (x *explainer) linkedRecords() (rows []linkRow, why string, err error) {
	run, err := x.plan.Workspace.Current()
	if err != nil || run == nil {
		return nil, "this night has not been run yet", err
	}
	if run.Digests != digestsOf(x.plan, x.caseload) || !x.hasRead(run) {
		return nil, "the live run is of another night, model or caseload", nil
	}
	all, err := table.Read[linkRow](filepath.Join(x.plan.Workspace.run(run.Run), linksFile))
	id := x.caseload.subjects[x.subject].ID
	return slices.DeleteFunc(all, func(l linkRow) bool { return l.SubjectID != id || l.Source != x.extract.feed.Source }), "", err
}

// hasRead reports whether a run read the file of the record that is asked about.
func (x *explainer) hasRead(run *report.Manifest) bool {
	feed := x.extract.feed
	return slices.ContainsFunc(run.Extracts, func(e report.Extract) bool {
		return e.Name == feed.Name && slices.ContainsFunc(e.Files, func(f report.InputFile) bool {
			return f.Name == feed.fileName(x.record.path) && f.State == report.StateRead
		})
	})
}

func (x *explainer) isAsked(l linkRow) bool {
	feed := x.extract.feed
	return l.Extract == feed.Name && l.File == feed.fileName(x.record.path) && l.Line == x.record.Line(x.record.row)
}

// partAmong makes the part of a pair that is no link of the run, from the weights that its links had before they competed.
func partAmong(ratio float64, review, weight int32, links []linkRow) int32 {
	weights := []int32{weight}
	for _, l := range links {
		weights = append(weights, l.alone())
	}
	r := matchers.NewRepeats(ratio, review)
	r.Among(weights)
	return r.Part(weight)
}

// alone is a link's weight before its subject's records competed.
func (l *linkRow) alone() int32 { return weightOf(l.Weight) - weightOf(l.Repeats) }

// weightOf is the weight that was written as bits; exact, for bits of 2^-16 lose nothing as float64.
func weightOf(bits float64) int32 { return int32(math.Round(bits * matchers.One)) }

// repeatWords says which other records compete.
func repeatWords(source string, ratio float64, others []linkRow) string {
	if len(others) == 0 {
		return fmt.Sprintf("no other %s record is linked to the subject", source)
	}
	best := slices.MaxFunc(others, func(a, b linkRow) int { return cmp.Compare(a.alone(), b.alone()) })
	words := fmt.Sprintf("%s/%s:%d claims the subject too, at %+.2f bits", best.Extract, best.File, best.Line, matchers.Bits(best.alone()))
	if n := len(others) - 1; n > 0 {
		words += fmt.Sprintf(", and %d more", n)
	}
	return words + fmt.Sprintf("; repeat ratio %.2g", ratio)
}
