package pipeline

import (
	"fmt"
	"math"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/judgement"
)

// JudgedAccuracy is what officers' judgements say of how sure leads were told to be. It is of leads that officers looked at,
// not of a sample: what they judge first, and what they leave, is their choice.
type JudgedAccuracy struct {
	Format string       `json:"format"`
	Run    string       `json:"run"` // that took the judgements in
	Rungs  []JudgedRung `json:"rungs"`
}

// JudgedRung is one rung of the identity ladder: leads judged, by the latest word on each.
type JudgedRung struct {
	Identity   leads.Identity `json:"identity"`
	Same       int            `json:"same"`
	Different  int            `json:"different"`
	CannotTell int            `json:"cannot_tell"`
	Precision  *float64       `json:"precision"` // same of same and different; null where there is none
	Low        float64        `json:"low"`       // 95 % interval by Wilson
	High       float64        `json:"high"`
}

// EvaluateJudgements counts the judgements that the live run took in, by how sure the leads were.
func EvaluateJudgements(w Workspace) (*JudgedAccuracy, error) {
	live, err := w.publishedRun(currentFile)
	if err != nil {
		return nil, err
	}
	taken, err := w.takenBy(live)
	if err != nil {
		return nil, err
	}
	latest := map[string]*judgement.Taken{}
	taken = judgement.Standing(taken)
	for i := range taken {
		if taken[i].PersonIs != "" {
			latest[taken[i].LeadID] = &taken[i]
		}
	}
	a := &JudgedAccuracy{Format: "locatematch-judged-1", Run: live}
	for _, identity := range []leads.Identity{leads.Strong, leads.Likely, leads.CheckFirst} {
		a.Rungs = append(a.Rungs, JudgedRung{Identity: identity})
	}
	for _, t := range latest {
		if int(t.Strength.Rung) >= len(a.Rungs) {
			continue
		}
		switch r := &a.Rungs[t.Strength.Rung]; t.PersonIs {
		case judgement.SamePerson:
			r.Same++
		case judgement.DifferentPerson:
			r.Different++
		default:
			r.CannotTell++
		}
	}
	for i := range a.Rungs {
		a.Rungs[i].settle()
	}
	return a, nil
}

func (r *JudgedRung) settle() {
	n := float64(r.Same + r.Different)
	if n == 0 {
		r.High = 1
		return
	}
	const z = 1.96
	p := float64(r.Same) / n
	r.Precision = &p
	middle, spread := (p+z*z/(2*n))/(1+z*z/n), z/(1+z*z/n)*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	r.Low, r.High = max(0, middle-spread), min(1, middle+spread)
}

// Text is the table for a terminal.
func (a *JudgedAccuracy) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "What officers said of leads, as run %s took it in\n\n%-12s %6s %10s %12s  %s\n", a.Run, "how sure", "same", "different", "cannot tell", "precision (95 %)")
	for _, r := range a.Rungs {
		precision := "-"
		if r.Precision != nil {
			precision = fmt.Sprintf("%.4f (%.4f to %.4f)", *r.Precision, r.Low, r.High)
		}
		fmt.Fprintf(&b, "%-12s %6d %10d %12d  %s\n", r.Identity, r.Same, r.Different, r.CannotTell, precision)
	}
	b.WriteString("\nNote: of leads that officers judged, which is no sample; evaluate --sample draws one.\n")
	return b.String()
}
