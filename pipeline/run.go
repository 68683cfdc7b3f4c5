package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/apache/arrow/go/v17/arrow/memory"

	"locatematch/matchers"
	"locatematch/pipeline/report"
)

// Result is what a run came to.
type Result struct {
	Manifest *report.Manifest
	Dir      string // of the published run
	Already  bool   // this very night had been published before; nothing was done
}

// ErrRequired marks a run that ended because a required extract did not come, was refused or was withheld: exit code 1,
// nothing published.
var ErrRequired = errors.New("a required extract cannot be used")

// Run carries out one night and publishes it, or publishes nothing. It returns an error only where nothing was published;
// a published run says in Manifest.Outcome whether an expected extract was missing (exit code 3).
func Run(ctx context.Context, p *Plan, opt Options) (*Result, error) {
	opt = opt.withDefaults()
	release, err := p.Workspace.Lock()
	if err != nil {
		return nil, err
	}
	defer release()
	r := &runner{plan: p, opt: opt, clock: newClock(opt.Observer)}
	result, err := r.run(ctx)
	if errors.Is(err, syscall.ENOSPC) {
		return nil, fmt.Errorf("%w; nothing was published, and the run before stays current: make room and run the night again", err)
	}
	return result, err
}

// runner carries one run from its parent to its publication.
type runner struct {
	plan     *Plan
	opt      Options
	clock    *clock
	parent   *report.Manifest
	memory   *remembered
	caseload *caseload
	night    *night
	links    *linkStore
	judged   *judged
	key      []byte // of the hashes of source persons
	guarded  *guarded

	recall       *recallOrder // in place of a night: files to be forgotten
	recalledRows int64        // that the shelf held of them
}

func (r *runner) run(ctx context.Context) (*Result, error) {
	if err := removeSpill(r.plan.Workspace.state(spillDir)); err != nil { // what a run that was killed may have left
		return nil, err
	}
	if err := r.load(ctx); err != nil {
		return nil, err
	}
	if r.already() {
		return r.standing()
	}
	if r.plan.Baseline && r.parent != nil {
		return nil, fmt.Errorf("%w: --baseline is for the first night; run %s has been published already", ErrConfig, r.parent.Run)
	}
	r.links = newLinkStore(memory.DefaultAllocator, r.plan.Workspace.state(spillDir), r.opt.Memory, len(r.caseload.subjects))
	defer r.links.close()
	h, err := r.match(ctx)
	if err != nil {
		return nil, err
	}
	if len(h.missing) > 0 {
		h.conclude()
		r.ended(h)
		return nil, fmt.Errorf("%w; nothing was published, and the run before stays current\n  %s", ErrRequired, strings.Join(h.missing, "\n  "))
	}
	return r.publish(ctx, h)
}

// load finds the parent run, loads the caseload and makes the night ready: after it, every prior is fixed.
func (r *runner) load(ctx context.Context) (err error) {
	r.clock.stage("load")
	if r.parent, err = r.plan.Workspace.toFollow(); err != nil {
		return err
	}
	if r.parent != nil && r.plan.Config.AsOf < r.parent.AsOf {
		return fmt.Errorf("%w: as_of %s is before %s, the business date of the live run %s; to try an earlier night, give it --out and --state of its own",
			ErrConfig, r.plan.Config.AsOf, r.parent.AsOf, r.parent.Run)
	}
	if err = r.loadMemory(); err != nil {
		return err
	}
	if r.recall != nil {
		r.forget()
	}
	if r.night, err = loadNight(ctx, r.plan); err != nil {
		return err
	}
	r.caseload = r.night.caseload
	if err := r.loadJudgements(); err != nil {
		return err
	}
	if r.key, err = r.sourceKey(); err != nil {
		return err
	}
	r.night.sourceKey, r.night.restricted = r.key, !r.plan.Restricted.None()
	r.night.lookAgain()
	if r.recall == nil {
		r.findConsumed()
	}
	return r.meet()
}

// findConsumed marks files that an earlier run has read to its end. Only a file whose size the ledger knows is hashed
// beforehand; all others are hashed as they are read.
func (r *runner) findConsumed() {
	for _, x := range r.night.extracts {
		x.lastRead = r.memory.ledger.LastRead(x.feed.Name)
		if !x.feed.AllowRepeatedBatch {
			x.batch = func(batch string) (LedgerEntry, bool) { return r.memory.ledger.FindBatch(x.feed.Name, batch) }
		}
		for f, path := range x.feed.Paths {
			info, err := os.Stat(path)
			if err != nil || !r.memory.ledger.Has(info.Size()) {
				continue // a file that cannot be opened is the reader's to report
			}
			sum, _, err := digestFile(path)
			if err != nil {
				continue
			}
			if past, found := r.memory.ledger.Find(sum); found {
				x.skip[f] = &past
			}
		}
	}
}

// already reports whether the live run is this very night: same business date, plan and caseload, and no file that it has not
// seen. What it refused, withheld or skipped it has seen too: another run would find nothing new, and put a run without leads
// in the place of one with them.
func (r *runner) already() bool {
	p := r.parent
	if p == nil || r.recall != nil || p.Baseline != r.plan.Baseline || p.AsOf != r.plan.Config.AsOf || !sameNight(p.Digests, r.digests()) || len(p.Extracts) != len(r.night.extracts) {
		return false
	}
	seen, files := 0, 0
	for e, x := range r.night.extracts {
		for _, f := range p.Extracts[e].Files {
			if f.State != report.StateNotReady {
				seen++
			}
		}
		for f := range x.feed.Paths {
			if x.unready[f] != "" {
				continue
			}
			if !x.isAmong(f, p.Extracts[e].Files) {
				return false
			}
			files++
		}
	}
	return files > 0 || seen == 0
}

// sameNight compares what decided two runs, but for judgements and protection: those are for the next night to honour, and every
// reader honours protection at once. Without a file that is new, a run for their sake alone would publish no lead.
func sameNight(a, b report.Digests) bool {
	a.Judgements, a.Protected, b.Judgements, b.Protected = "", "", "", ""
	return a == b
}

// isAmong reports whether a file is one of those that a run saw, by size and digest.
func (x *extractPlan) isAmong(f int, seen []report.InputFile) bool {
	info, err := os.Stat(x.feed.Paths[f])
	if err != nil {
		return false
	}
	sum := ""
	return slices.ContainsFunc(seen, func(s report.InputFile) bool {
		if s.Bytes != info.Size() || s.SHA256 == "" {
			return false
		}
		if sum == "" {
			sum, _, _ = digestFile(x.feed.Paths[f])
		}
		return s.SHA256 == sum
	})
}

// standing gives the live run, which is this very night, once it has been verified anew.
func (r *runner) standing() (*Result, error) {
	check, err := r.plan.Workspace.Check(r.parent.Run)
	if err != nil {
		return nil, err
	}
	if len(check.Faults) > 0 {
		return nil, fmt.Errorf("run %s is this very night, but it is damaged: %s; restore it, or give the night --out and --state of its own",
			r.parent.Run, check.Faults[0])
	}
	return &Result{Manifest: r.parent, Dir: filepath.Join(r.plan.Workspace.Runs, r.parent.Run), Already: true}, nil
}

func (r *runner) digests() report.Digests {
	d := digestsOf(r.plan, r.caseload)
	d.Judgements, d.Protected = r.judged.digest, r.caseload.protectedDigest
	return d
}

func digestsOf(p *Plan, c *caseload) report.Digests {
	d := p.Digests
	return report.Digests{Config: d.Config, Spec: d.Spec, Model: d.Model, Policy: d.Policy, Caseload: hexDigest([]byte(strings.Join(c.digests, " "))),
		Agency: agencyDigest(c.agency)}
}

// match streams the extracts past the caseload and gives every verdict.
func (r *runner) match(ctx context.Context) (*harvest, error) {
	r.clock.stage("match")
	for _, x := range r.night.extracts {
		r.opt.Observer.Begin(x.feed.Name, x.bytesOf())
	}
	c := newCollector(r.night)
	c.links = r.links
	if err := r.night.flowTwice(ctx, r.opt, c); err != nil {
		return nil, err
	}
	return c.verdicts(), nil
}

// ended tells the observer what became of every extract.
func (r *runner) ended(h *harvest) {
	for _, e := range h.extracts {
		r.opt.Observer.End(e.Name, e.State, e.Read, e.Links)
	}
}

// runID is the business date and a short digest of plan, inputs and parent: of everything that a byte of the run depends on,
// the names of the inputs and the product's version among it. Where two runs could differ under one id, the second could
// never be published.
func (r *runner) runID(h *harvest) string {
	d := r.digests()
	parts := []string{Version(), r.parentID(), d.Config, d.Spec, d.Model, d.Policy, d.Caseload, d.Agency, d.Judgements, d.Protected}
	for _, f := range r.caseload.funnel.Files {
		parts = append(parts, f.Name)
	}
	if r.plan.Baseline {
		parts = append(parts, "baseline")
	}
	if r.recall != nil {
		parts = append(parts, r.recall.words()...)
	}
	for _, e := range h.extracts {
		for _, f := range e.Files {
			parts = append(parts, e.Name, f.Name, f.SHA256)
		}
	}
	return r.plan.Config.AsOf + "-" + hexDigest([]byte(strings.Join(parts, "\n")))[:10]
}

func (r *runner) parentID() string {
	if r.parent == nil {
		return ""
	}
	return r.parent.Run
}

// priors lists the plan's known shares, fixed before the first chunk.
func (r *runner) priors() []report.Prior {
	var list []report.Prior
	for _, x := range r.night.extracts {
		list = append(list, report.Prior{
			Extract: x.feed.Name, Source: x.feed.Source, KnownShare: x.feed.KnownShare, PriorBits: matchers.Bits(x.scorer.Prior()),
		})
	}
	return list
}
