package pipeline

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
)

// Comparison is what tells two published runs apart, lead by lead: looked at before a model, spec or policy is adopted.
type Comparison struct {
	From     string   `json:"from"`
	To       string   `json:"to"`
	Same     int      `json:"same"`    // in both, with one identity
	Appear   []Change `json:"appear"`  // only in To
	Vanish   []Change `json:"vanish"`  // only in From
	Changed  []Change `json:"changed"` // in both, another identity
	Warnings []string `json:"warnings"`
}

// Change is one lead that differs. An identity is "" in the run that does not have the lead.
type Change struct {
	LeadID    string         `json:"lead_id"`
	SubjectID string         `json:"subject_id"`
	Kind      leads.Kind     `json:"kind"`
	Display   string         `json:"display"`
	From      leads.Identity `json:"from"`
	To        leads.Identity `json:"to"`
	Bits      float64        `json:"bits"` // identity weight in To less that in From; the weight itself where only one has it
}

// Compare compares two published runs; each is a run id, "current", or the path of a run's directory. Runs that read other files are compared all the same,
// with a warning: then a difference need not come from how they matched.
func (w Workspace) Compare(from, to string) (*Comparison, error) {
	a, err := w.readRun(from)
	if err != nil {
		return nil, err
	}
	b, err := w.readRun(to)
	if err != nil {
		return nil, err
	}
	c := &Comparison{From: a.id, To: b.id, Warnings: a.otherInputs(b)}
	for id, l := range b.leads {
		if past, both := a.leads[id]; !both {
			c.Appear = append(c.Appear, change(l, "", l.Identity, l.IdentityWeight))
		} else if past.Identity != l.Identity {
			c.Changed = append(c.Changed, change(l, past.Identity, l.Identity, l.IdentityWeight-past.IdentityWeight))
		} else {
			c.Same++
		}
	}
	for id, l := range a.leads {
		if _, both := b.leads[id]; !both {
			c.Vanish = append(c.Vanish, change(l, l.Identity, "", l.IdentityWeight))
		}
	}
	for _, list := range [][]Change{c.Appear, c.Vanish, c.Changed} {
		slices.SortFunc(list, surestFirst)
	}
	return c, nil
}

func change(l leads.Lead, from, to leads.Identity, bits float64) Change {
	return Change{LeadID: l.LeadID, SubjectID: l.SubjectID, Kind: l.Kind, Display: l.Display, From: from, To: to, Bits: bits}
}

// surestFirst puts the changes that matter most at the top: those that touch the surest identity, then the greatest step.
func surestFirst(a, b Change) int {
	return cmp.Or(cmp.Compare(surest(a), surest(b)), cmp.Compare(max(b.Bits, -b.Bits), max(a.Bits, -a.Bits)), cmp.Compare(a.LeadID, b.LeadID))
}

func surest(c Change) int {
	rank := func(i leads.Identity) int {
		if i == "" {
			return rankOf(leads.CheckFirst) + 1
		}
		return rankOf(i)
	}
	return min(rank(c.From), rank(c.To))
}

// comparedRun is what Compare needs of a run.
type comparedRun struct {
	id     string
	inputs []string // extract and digest of every file read
	leads  map[string]leads.Lead
}

// readRun reads a run by its id, as "current", or by the path of its directory: a trial with another model is published
// elsewhere.
func (w Workspace) readRun(run string) (*comparedRun, error) {
	configured := w
	if strings.ContainsRune(run, filepath.Separator) {
		w, run = Workspace{Runs: filepath.Dir(filepath.Clean(run)), State: w.State}, filepath.Base(run)
		if w.State == "" { // two paths need no config: the state lies beside the runs
			w.State = filepath.Join(filepath.Dir(w.Runs), "state")
		}
	}
	id, err := w.resolve(run)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	m, err := w.manifest(id)
	if err != nil {
		return nil, err
	}
	v, err := w.newVeil(id)
	if err != nil {
		return nil, err
	}
	list, err := w.readLeads(id, v)
	if err != nil {
		return nil, err
	}
	if configured.Runs != "" && configured.Runs != w.Runs { // a trial published elsewhere knows nobody who was protected since
		if v, err = configured.newVeil(currentFile); err != nil {
			return nil, err
		}
		list = slices.DeleteFunc(list, func(l leads.Lead) bool { return v.hides(&l) })
	}
	r := &comparedRun{id: m.Run, leads: make(map[string]leads.Lead, len(list))}
	for _, l := range list {
		if l.Status != leads.Withdrawn {
			r.leads[l.LeadID] = l
		}
	}
	for _, e := range m.Extracts {
		for _, f := range e.Files {
			r.inputs = append(r.inputs, fmt.Sprintf("%s %s %s", e.Name, f.State, f.SHA256))
		}
	}
	slices.Sort(r.inputs)
	return r, nil
}

func (a *comparedRun) otherInputs(b *comparedRun) []string {
	if slices.Equal(a.inputs, b.inputs) {
		return nil
	}
	return []string{"the two runs read different files: differences need not come from how they matched"}
}
