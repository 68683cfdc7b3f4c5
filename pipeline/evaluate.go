package pipeline

import (
	"cmp"
	"context"
	"time"
)

// EvaluateOptions name what is known: truth, and the traps planted in a synthetic night.
type EvaluateOptions struct {
	Options
	Set   string // name of the set, for the JSON line
	Truth string // CSV subject_id,extract,record_id; of duplicates subject_id,subject_id_2
	Traps string // CSV trap,subject_id,extract,record_id,same; "" for none

	Detail      bool        // also Curve, Reliability, Groups and Unlinkable
	Worst       int         // so many of the worst false links and misses of each extract
	Competition Competition // "": both, as a run
}

// Evaluate measures accuracy against truth without publishing anything: every blocked pair is kept and none is stopped
// early, so that thresholds below review can be judged. The result has one entry per extract and, where there are several,
// one named "all".
func Evaluate(ctx context.Context, p *Plan, opt EvaluateOptions) ([]Evaluation, error) {
	opt.Options = opt.Options.withDefaults()
	began := time.Now()
	if self, err := truthOfDuplicates(opt.Truth); err != nil {
		return nil, err
	} else if self {
		return evaluateDuplicates(ctx, p, opt)
	}
	competition := cmp.Or(opt.Competition, CompetitionBoth)
	if competition != CompetitionBoth {
		p = p.withoutRepeats()
	}
	n, err := loadNight(ctx, p)
	if err != nil {
		return nil, err
	}
	n.keepAll, n.competition = true, competition
	key, err := loadTruth(n, opt.Truth, opt.Traps)
	if err != nil {
		return nil, err
	}
	today, err := loadPractice(ctx, n)
	if err != nil {
		return nil, err
	}
	study := newStudy(n, key, opt)
	jury, err := tryNight(ctx, n, opt.Options, key, today, study)
	if err != nil {
		return nil, err
	}
	list := jury.evaluations(opt.Set, time.Since(began).Seconds(), today != nil)
	return list, study.report(ctx, jury, list)
}

// tryNight runs the flow with a judge at every worker and adds their findings up.
func tryNight(ctx context.Context, n *night, opt Options, key *answerKey, today *practice, study *study) (*jury, error) {
	var judges []*judgeOfWorker
	var patient []*patientJudge
	newJudge := func() judge {
		j := newJudgeOfWorker(n, key, today)
		judges, patient = append(judges, j), append(patient, &patientJudge{judge: study.beside(j), night: n})
		return patient[len(patient)-1]
	}
	files := newCollector(n)
	ended := files.file
	if err := n.flow(ctx, opt, newJudge, nil, ended); err != nil {
		return nil, err
	}
	if err := files.firstFault(); err != nil {
		return nil, err // accuracy over half a file would mislead
	}
	n.release(patient)
	sum := newJury(n, key)
	for _, j := range judges {
		sum.add(j)
	}
	return sum, nil
}

// thresholdsShown are the weights at which every evaluation is listed: 0, 4.25 and 6.63 bits are probabilities .5, .95, .99.
var thresholdsShown = []float64{-10, -5, -2, 0, 2, 4.25, 6.63, 10, 15}

func rates(links, hits, truth int64) Rates {
	r := Rates{Links: links, True: hits}
	if links > 0 {
		r.Precision = float64(hits) / float64(links)
	}
	if truth > 0 {
		r.Recall = float64(hits) / float64(truth)
	}
	if s := r.Precision + r.Recall; s > 0 {
		r.F1 = 2 * r.Precision * r.Recall / s
	}
	return r
}
