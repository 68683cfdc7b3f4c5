package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"locatematch/matchers"
	"locatematch/pipeline/clerical"
)

// SampleOptions are how a clerical sample is drawn.
type SampleOptions struct {
	Options
	Sheet     string // file of the blind sheet; with two reviewers -1 and -2 go before its ending
	Size      int    // pairs, at most clerical.MaxSample
	Reviewers int    // 1 or 2
	Seed      uint64
}

// Sample is a clerical sample that was drawn and written.
type Sample struct {
	Sheets []string      `json:"sheets"`
	KeyAt  string        `json:"key"`
	Key    *clerical.Key `json:"-"`
}

// DrawSample draws a stratified sample of all blocked pairs and writes a blind sheet a reviewer, and the key that says what
// their rows are. It streams the night as Evaluate does and publishes nothing. A file that is there already is never written
// over: it may be a sheet that somebody has filled in. The same night, seed and size give the same bytes (I8).
func DrawSample(ctx context.Context, p *Plan, opt SampleOptions) (*Sample, error) {
	opt.Options = opt.Options.withDefaults()
	out := &Sample{Sheets: clerical.SheetNames(opt.Sheet, opt.Reviewers), KeyAt: clerical.KeyName(opt.Sheet)}
	for _, path := range append([]string{out.KeyAt}, out.Sheets...) {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%w: %s is there already, and may be filled in; move it away, or name another file", ErrConfig, path)
		}
	}
	opt.Observer.Stage("load")
	n, err := loadNight(ctx, p)
	if err != nil {
		return nil, err
	}
	n.keepAll = true
	opt.Observer.Stage("match")
	sampler, err := n.sample(ctx, opt)
	if err != nil {
		return nil, err
	}
	drawn := sampler.Draw(n.about(opt.Seed))
	out.Key = drawn.Key
	return out, out.write(drawn, columnsOfSheet(p.Spec))
}

// sample streams the night with a surveyor at every worker and adds up what they kept.
func (n *night) sample(ctx context.Context, opt SampleOptions) (*clerical.Sampler, error) {
	claims, err := n.claimsOfSubjects(ctx, opt.Options)
	if err != nil {
		return nil, err
	}
	guard, err := n.plan.guardOf(n.caseload)
	if err != nil {
		return nil, err
	}
	strata := clerical.Strata(matchers.Bits(n.bounds.review), matchers.Bits(n.bounds.accept))
	var surveyors []*surveyor
	newJudge := func() judge {
		surveyors = append(surveyors, &surveyor{
			night: n, seed: opt.Seed, sampler: clerical.NewSampler(strata, opt.Size, len(n.extracts)), claims: claims, guard: guard,
		})
		return surveyors[len(surveyors)-1]
	}
	files := newCollector(n)
	if err := n.flow(ctx, opt.Options, newJudge, nil, files.file); err != nil {
		return nil, err
	}
	if err := files.firstFault(); err != nil {
		return nil, err // a sample of half a file speaks for half a night
	}
	for _, c := range surveyors[1:] {
		surveyors[0].sampler.Add(c.sampler)
	}
	return surveyors[0].sampler, nil
}

func (n *night) about(seed uint64) clerical.About {
	d := n.plan.Digests
	a := clerical.About{
		AsOf: n.plan.Config.AsOf, Seed: seed, Review: matchers.Bits(n.bounds.review), Accept: matchers.Bits(n.bounds.accept),
		Digests: clerical.Digests{
			Config: d.Config, Spec: d.Spec, Model: d.Model, Caseload: hexDigest([]byte(strings.Join(n.caseload.digests, " "))),
		},
	}
	for _, x := range n.extracts {
		a.Extracts = append(a.Extracts, x.feed.Name)
	}
	return a
}

// write puts sheets and key on disk, all or none. They hold names and addresses: for the owner alone.
func (s *Sample) write(drawn *clerical.Drawn, columns []string) (err error) {
	pages := make([][]byte, 1+len(s.Sheets))
	if pages[0], err = drawn.Key.Encode(); err != nil {
		return err
	}
	for i := range s.Sheets {
		if pages[i+1], err = drawn.Sheet(columns, i+1); err != nil {
			return err
		}
	}
	var written []string
	for i, path := range append([]string{s.KeyAt}, s.Sheets...) {
		if err := writeNew(path, pages[i]); err != nil {
			for _, path := range written {
				err = errors.Join(err, os.Remove(path))
			}
			return fmt.Errorf("clerical sample: %w", err)
		}
		written = append(written, path)
	}
	return nil
}

// writeNew writes a file that must not be there yet, and leaves none behind where it fails.
func writeNew(path string, page []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(page)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// EvaluateLabels says what filled sheets tell of the night. It reads no extract: the figures are of the night and the model
// that the sample was drawn with, and where the plan's are others a note says so.
func EvaluateLabels(p *Plan, files clerical.Files) (*clerical.Report, error) {
	r, err := clerical.Evaluate(files)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	for _, d := range []struct{ what, now, then string }{
		{"config", p.Digests.Config, r.Digests.Config}, {"spec", p.Digests.Spec, r.Digests.Spec}, {"model", p.Digests.Model, r.Digests.Model},
	} {
		if d.now != d.then {
			r.Notes = append(r.Notes, fmt.Sprintf("the %s is another than the sample was drawn with; every figure is of the one then", d.what))
		}
	}
	return r, nil
}
