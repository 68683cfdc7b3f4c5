package pipeline

import (
	"context"
	"time"
)

// Evaluation is the accuracy of one extract against known truth, in the form of DESIGN section 8.
type Evaluation struct {
	Set              string      `json:"set"`
	Extract          string      `json:"extract"`
	Source           string      `json:"source"`
	TruePairs        int64       `json:"true_pairs"`
	Pairs            int64       `json:"pairs"` // blocked and compared
	PairCompleteness float64     `json:"pair_completeness"`
	Best             Threshold   `json:"best"`   // the weight with the best F1, chosen with the truth
	Accept           Rates       `json:"accept"` // at the model's accept threshold
	P50              Rates       `json:"p50"`    // at probability one half
	At               []Threshold `json:"at"`
	Top1             Top1        `json:"top1"` // only each record's best subject
	Calibration      Calibration `json:"calibration"`
	Seconds          float64     `json:"seconds"`
	Practice         *Rates      `json:"practice,omitempty"` // today's practice: exact SSN and four letters of the surname
	Traps            []TrapCount `json:"traps,omitempty"`
}

// Rates are precision, recall and F1 of the links at or above some weight. Recall is over all truth rows.
type Rates struct {
	Links     int64   `json:"links"`
	True      int64   `json:"true"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Threshold is Rates at a weight, in bits.
type Threshold struct {
	Weight float64 `json:"weight"`
	Rates
}

// Top1 judges each record's best subject alone.
type Top1 struct {
	Best   Threshold `json:"best"`
	Accept Rates     `json:"accept"`
	P50    Rates     `json:"p50"`
}

// Calibration says how far stated probabilities are from observed frequencies: ECEMid is the expected calibration error over
// 0.01 < p < 0.99 in 20 equal-count bins, LogLoss the mean negative log-likelihood in nats over all blocked pairs.
type Calibration struct {
	ECEMid  float64 `json:"ece_mid"`
	LogLoss float64 `json:"log_loss"`
}

// TrapCount says how one planted trap came out at the accept threshold, beside today's practice.
type TrapCount struct {
	Trap          string `json:"trap"`
	Same          bool   `json:"same"`  // the pairs are one person, to be linked; else they must not be
	Pairs         int64  `json:"pairs"` // planted
	Wrong         int64  `json:"wrong"` // linked though different, or missed though the same
	PracticeWrong int64  `json:"practice_wrong"`
}

// EvaluateOptions name what is known: truth, and the traps planted in a synthetic night.
type EvaluateOptions struct {
	Options
	Set   string // name of the set, for the JSON line
	Truth string // CSV subject_id,extract,record_id
	Traps string // CSV trap,subject_id,extract,record_id,same; "" for none
}

// Evaluate measures accuracy against truth without publishing anything: every blocked pair is kept and none is stopped
// early, so that thresholds below review can be judged. The result has one entry per extract and, where there are several,
// one named "all".
func Evaluate(ctx context.Context, p *Plan, opt EvaluateOptions) ([]Evaluation, error) {
	opt.Options = opt.Options.withDefaults()
	began := time.Now()
	n, err := loadNight(ctx, p)
	if err != nil {
		return nil, err
	}
	n.keepAll = true
	key, err := loadTruth(n, opt.Truth, opt.Traps)
	if err != nil {
		return nil, err
	}
	today, err := loadPractice(ctx, n)
	if err != nil {
		return nil, err
	}
	jury, err := tryNight(ctx, n, opt.Options, key, today)
	if err != nil {
		return nil, err
	}
	return jury.evaluations(opt.Set, time.Since(began).Seconds(), today != nil), nil
}

// tryNight runs the flow with a judge at every worker and adds their findings up.
func tryNight(ctx context.Context, n *night, opt Options, key *answerKey, today *practice) (*jury, error) {
	var judges []*judgeOfWorker
	newJudge := func() judge {
		j := newJudgeOfWorker(n, key, today)
		judges = append(judges, j)
		return j
	}
	files := newCollector(n)
	ended := files.file
	if err := n.flow(ctx, opt, newJudge, func(*shardResult) {}, ended); err != nil {
		return nil, err
	}
	if err := files.firstFault(); err != nil {
		return nil, err // accuracy over half a file would mislead
	}
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
