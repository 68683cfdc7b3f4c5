package pipeline

import (
	"context"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/judgement"
	"locatematch/pipeline/leads/policy"
	"locatematch/pipeline/leads/queue"
	"locatematch/pipeline/leads/trial"
	"locatematch/pipeline/report"
	"locatematch/pipeline/table"
)

// TryPolicy tells what other layers than the run's would change in a published night; no layers are those of the config. It holds the
// published leads against both policies by the steps of a run, and publishes nothing. The caseload and the agency's own files must be
// those that the run read: the error is ErrConfig where they are not.
func TryPolicy(ctx context.Context, config string, over Overrides, run string, layers []string) (*trial.Result, error) {
	w, err := LoadWorkspace(config, over)
	if err != nil {
		return nil, err
	}
	id, err := w.publishedRun(run)
	if err != nil {
		return nil, err
	}
	m, err := w.manifest(id)
	if err != nil {
		return nil, err
	}
	over.AsOf, over.Policy = m.AsOf, nil
	p, err := Load(config, over)
	if err != nil {
		return nil, err
	}
	tried := p.Policy
	if len(layers) > 0 {
		if tried, err = LoadPolicy(layers); err != nil {
			return nil, err
		}
	}
	t := &policyTrial{plan: p, manifest: m}
	if err := t.load(ctx, tried); err != nil {
		return nil, err
	}
	return t.compare(tried)
}

// policyTrial is a published night made ready to be held against policies.
type policyTrial struct {
	plan      *Plan
	manifest  *report.Manifest
	own       *policy.Policy // of the run; nil where it is not at hand
	caseload  *caseload
	veil      *veil
	hidden    map[string]bool // leads that may no longer be shown
	published []leads.Lead
	memory    *trialMemory // nil: nothing is remembered
	records   map[spot]ahead
	agreement []verdicts
	places    []queue.Place
	rows      []queue.Row
	waits     []queue.Waiting // what the run left waiting
	waited    []queue.Waiting // what it took from the night before
	taken     []judgement.Taken
	untold    []string
}

func (t *policyTrial) note(format string, args ...any) {
	t.untold = append(t.untold, fmt.Sprintf(format, args...))
}

// load reads what the run published and what it was made from.
func (t *policyTrial) load(ctx context.Context, tried *policy.Policy) (err error) {
	if err := t.sameSpec(tried); err != nil {
		return err
	}
	if err := t.sameInputs(); err != nil {
		return err
	}
	if t.caseload, err = loadCaseload(ctx, t.plan); err != nil {
		return err
	}
	w, id := t.plan.Workspace, t.manifest.Run
	if t.veil, err = w.newVeil(id); err != nil {
		return err
	}
	if len(t.veil.people) > 0 {
		if t.hidden, err = w.hiddenLeads(id, t.veil); err != nil {
			return err
		}
	}
	if t.published, err = leads.ReadLeads(filepath.Join(w.run(id), leadsFile)); err != nil {
		return err
	}
	if err := t.loadRecords(); err != nil {
		return err
	}
	if err := t.loadMemory(); err != nil {
		return err
	}
	if t.taken, err = w.takenBy(id); err != nil {
		return err
	}
	return t.loadQueues()
}

// sameSpec finds the run's own policy, and refuses a spec by which its patterns would be misread.
func (t *policyTrial) sameSpec(tried *policy.Policy) error {
	d := t.manifest.Digests
	if d.Policy == "" {
		return fmt.Errorf("%w: run %s is of a version without policy; run the night again", ErrConfig, t.manifest.Run)
	}
	if d.Spec != t.plan.Digests.Spec {
		return fmt.Errorf("%w: run %s was made with another spec than %s names; its evidence cannot be read with this one", ErrConfig, t.manifest.Run, t.plan.ConfigPath)
	}
	for _, p := range []*policy.Policy{t.plan.Policy, policy.BuiltIn(), tried} {
		if p.Digest() == d.Policy {
			t.own = p
			break
		}
	}
	if t.own == nil {
		t.note("The policy of the run is not at hand: %s names another now. What was is told as it was published, mostly without the ids of its rules. Put the run's policy back into the config and give the new one with --policy.", t.plan.ConfigPath)
	}
	if d.Config != t.plan.Digests.Config {
		t.note("%s, or a layout that it names, was changed since the run.", t.plan.ConfigPath)
	}
	if code := t.manifest.Code; code != Version() {
		t.note("The run is of version %s, this is %s.", code, Version())
	}
	return nil
}

// sameInputs holds the files of caseload and agency against those of the run, before any of them is read.
func (t *policyTrial) sameInputs() error {
	was := map[string][]report.InputFile{"caseload": t.manifest.Caseload.Files}
	now := map[string]*Feed{"caseload": &t.plan.Caseload}
	for _, a := range t.manifest.Agency {
		was[a.Name] = a.Files
	}
	for i := range t.plan.Agency {
		now[t.plan.Agency[i].Name] = &t.plan.Agency[i].Feed
	}
	var other []string
	for _, name := range slices.Sorted(maps.Keys(was)) {
		words, err := otherFiles(name, was[name], now[name])
		if err != nil {
			return err
		}
		other = append(other, words...)
	}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if _, there := was[name]; !there {
			other = append(other, name+": the run had none")
		}
	}
	if len(other) == 0 {
		return nil
	}
	return fmt.Errorf("%w: run %s cannot be tried with these files; put back those of that night:\n  %s", ErrConfig, t.manifest.Run, strings.Join(other, "\n  "))
}

// otherFiles names what is not as it was among the files of one kind.
func otherFiles(kind string, was []report.InputFile, now *Feed) (words []string, err error) {
	if now == nil {
		return []string{kind + ": the config names none any more"}, nil
	}
	for i, f := range was {
		if i >= len(now.Paths) || now.Names[i] != f.Name {
			return append(words, kind+": "+f.Name+" is not there"), nil
		}
		sum, _, err := digestFile(now.Paths[i])
		if err != nil {
			return nil, err
		}
		if sum != f.SHA256 {
			words = append(words, kind+": "+f.Name+" is not what the run read")
		}
	}
	if len(now.Paths) > len(was) {
		words = append(words, kind+": "+now.Names[len(was)]+" is no file of the run")
	}
	return words, nil
}

// ahead is what links.parquet says of a record beside its pattern.
type ahead struct {
	accept bool
	margin int32 // 2^-16 bit
}

// loadRecords reads the links by their place: leads keep of a record its pattern, links how far it was ahead.
func (t *policyTrial) loadRecords() error {
	t.records, t.agreement = map[spot]ahead{}, verdictTable(t.plan.Spec, t.plan.Model)
	links, err := table.Read[linkRow](filepath.Join(t.plan.Workspace.run(t.manifest.Run), linksFile))
	for i := range links {
		r := &links[i]
		t.records[spot{r.SubjectID, r.Extract, r.File, r.Line}] = ahead{accept: r.Band == band(true), margin: int32(math.Round(r.Margin * (1 << 16)))}
	}
	return err
}
