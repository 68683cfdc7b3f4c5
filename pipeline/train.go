package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/matchers"
	"locatematch/pipeline/clerical"
)

// TrainOptions are how a model is trained.
type TrainOptions struct {
	Options
	Seed      uint64 // of the sample of random pairs
	Classes   int    // 2 or 3 forces the household class out or in, to measure it; 0: the data decide
	PriorOnly bool   // keep the plan's model, estimate known shares and household ratios alone
	// Truth names a file of all true pairs, as evaluate takes it: where it stands, every other pair is one of two people. ""
	// trains without labels.
	Truth string
	// Labels are filled sheets of a clerical sample: pairs that people judged. Beside Truth they are not read.
	Labels clerical.Files
	// Judgements takes what officers said of people, as the live run has it, for labels.
	Judgements bool
	// Duplicates trains on the caseload linked with itself, for Duplicates, in the extracts' place.
	Duplicates bool
	// Frequencies says where value frequencies come from: "" or "extracts" counts the night's extracts, "caseload" keeps the
	// caseload's own, and any other word is the path of an agency's file (field,value,count).
	Frequencies string
}

// Training is what training a model came to.
type Training struct {
	Model       *matchers.Model
	Report      *matchers.TrainingReport
	Population  *PopulationReport // nil where known shares alone were estimated
	frequencies []frequencyRow    // the model's sidecar
}

// Train estimates a model from a plan's caseload and extracts, without labels or with what is known. It streams every extract as a run does, counts
// patterns instead of scoring pairs, and publishes nothing. Files that earlier runs consumed are read too.
func Train(ctx context.Context, p *Plan, opt TrainOptions) (*Training, error) {
	opt.Options = opt.Options.withDefaults()
	opt.Observer.Stage("load")
	n, err := opt.load(ctx, p)
	if err != nil {
		return nil, err
	}
	if opt.PriorOnly {
		return n.trainShares(ctx, opt)
	}
	if n.frequencies, err = newFrequencyCount(n, opt); err != nil {
		return nil, err
	}
	opt.Observer.Stage("match")
	counted, kept, err := n.countPatterns(ctx, opt)
	if err != nil {
		return nil, err
	}
	opt.Observer.Stage("train")
	serving := n.frequencies.settle(n.caseload.frozen)
	counted.Population = matchers.NewPopulation(n.frequencies.report.Counted, serving)
	out := &Training{Population: &n.frequencies.report, frequencies: frequencyRows(serving)}
	if out.Model, out.Report, err = matchers.Train(n.caseload.frozen, counted); err != nil {
		return nil, trainingFault(err)
	}
	if kept != nil {
		err = n.learnRepeats(kept, opt.Workers, out.Model, out.Report)
	}
	return out, err
}

// trainShares keeps the plan's model, its frequencies too.
func (n *night) trainShares(ctx context.Context, opt TrainOptions) (out *Training, err error) {
	out = &Training{}
	if n.plan.Model.Population != nil {
		if out.frequencies, err = readSidecar(filepath.Dir(n.plan.modelPath()), n.plan.Model.Population); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrConfig, err)
		}
	}
	opt.Observer.Stage("match")
	counted, _, err := n.countPatterns(ctx, opt)
	if err != nil {
		return nil, err
	}
	opt.Observer.Stage("train")
	out.Model, out.Report, err = matchers.TrainShares(n.caseload.frozen, n.plan.Model, counted)
	return out, err
}

// trainingFault marks what the writer of the flags can mend.
func trainingFault(err error) error {
	if errors.Is(err, matchers.ErrNoHousehold) {
		return fmt.Errorf("%w: %w", ErrConfig, err)
	}
	return err
}

func (opt TrainOptions) load(ctx context.Context, p *Plan) (*night, error) {
	if opt.Duplicates {
		return loadSelfNight(ctx, p, 0)
	}
	return loadNight(ctx, p)
}

// countPatterns streams the night with a learner at every worker and adds their counts up. kept are the records for the repeat
// ratios, nil where none is to be learnt.
func (n *night) countPatterns(ctx context.Context, opt TrainOptions) (counted *matchers.Training, kept *contenders, err error) {
	known, err := opt.labels(n)
	if err != nil {
		return nil, nil, err
	}
	counted, byExtract := n.sourcesOf()
	counted.Classes = opt.Classes
	var learners []*learner
	newJudge := func() judge {
		l := newLearner(n, opt.Seed, byExtract, known)
		if !n.self && !opt.PriorOnly {
			l.rivals = newContenders(opt.Seed, contenderBytes, len(n.caseload.subjects))
		}
		learners = append(learners, l)
		return l
	}
	var faults []string
	ended := func(f fileResult) {
		if err := n.damaged(f); err != nil {
			faults = append(faults, err.Error())
		}
	}
	if err := n.flow(ctx, opt.Options, newJudge, nil, ended); err != nil {
		return nil, nil, err
	}
	if len(faults) > 0 {
		slices.Sort(faults) // files end in any order
		return nil, nil, errors.New(strings.Join(faults, "\n"))
	}
	for _, l := range learners {
		for e, rows := range l.records {
			counted.Records[byExtract[e]] += rows
			if l.counts(e) {
				counted.Counted[byExtract[e]] += rows
			}
		}
	}
	if !opt.PriorOnly {
		if err := compareSample(learners, sampleOf(learners)); err != nil {
			return nil, nil, err
		}
	}
	sum := learners[0]
	for _, l := range learners[1:] {
		sum.add(l)
	}
	counted.Blocked, counted.Random = sum.counter.Blocked(), sum.counter.RandomPairs()
	return counted, sum.rivals, nil
}

// sourcesOf lists the night's sources, and the index of each extract's.
func (n *night) sourcesOf() (counted *matchers.Training, byExtract []int) {
	counted = &matchers.Training{}
	for _, x := range n.extracts {
		at := slices.Index(counted.Sources, x.feed.Source)
		if at < 0 {
			at = len(counted.Sources)
			counted.Sources, counted.Records = append(counted.Sources, x.feed.Source), append(counted.Records, 0)
		}
		byExtract = append(byExtract, at)
	}
	counted.Counted = make([]int64, len(counted.Sources))
	return counted, byExtract
}

// damaged gives the fault of a file that a run would withhold: a model of half a file would mislead every later night.
func (n *night) damaged(f fileResult) error {
	name := n.extracts[f.extract].feed.Name
	if f.err != nil {
		return fmt.Errorf("extract %s: %w", name, f.err)
	}
	for _, s := range f.report.Sections {
		if s.Fault != "" {
			return fmt.Errorf("extract %s: %s: %s; train on whole files, or leave the extract out of the config", name, f.report.Path, s.Fault)
		}
	}
	return nil
}
