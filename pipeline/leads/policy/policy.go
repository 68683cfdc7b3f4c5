package policy

import (
	"crypto/sha256"
	_ "embed" // of the federal layer
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"
)

//go:embed federal.yaml
var federalYAML []byte

// federalFile names the built-in layer where a message has to.
const federalFile = "federal.yaml (built in)"

// Policy is all layers as one. It does not change once it is made, and may be asked by several goroutines at a time.
type Policy struct {
	rules     []*rule           // by group, then in the order in which they came
	replaced  map[string][]Rule // by id: what later layers changed, the latest first
	calendars []*rule           // one for each layer that says something of days
	calendar  calendar
	layer     string             // the last
	inForce   map[string][]*rule // by group, without those switched off
	conflicts map[string]string  // by id, between layers
}

// builtIn reads the federal layer once. That it does not pass its own checks would be a fault of the program.
var builtIn = sync.OnceValue(func() *Policy {
	p := &Policy{replaced: map[string][]Rule{}}
	if err := p.read(federalFile, federalYAML); err != nil {
		panic(err)
	}
	p.settle()
	return p
})

// BuiltIn is the federal layer alone.
func BuiltIn() *Policy { return builtIn() }

// Load puts the agency's layers, in their order, over the built-in federal one. The error names every fault of the first
// file that has any, with its line.
func Load(paths []string) (*Policy, error) {
	p := BuiltIn().copy()
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("policy: %w", err)
		}
		if err := p.read(path, raw); err != nil {
			return nil, err
		}
	}
	p.settle()
	return p, nil
}

// Check reads layers as Load does, and goes on where one has faults: the error names every fault of every file. A rule with a fault
// is as if it did not stand there for the layers that follow.
func Check(paths []string) (*Policy, error) {
	p := BuiltIn().copy()
	var faults []error
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err == nil {
			err = p.read(path, raw)
		}
		if err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	p.settle()
	return p, nil
}

// copy is a policy that further layers can be read into. Rules are shared: reading replaces them and never edits them.
func (p *Policy) copy() *Policy {
	return &Policy{
		rules: slices.Clone(p.rules), replaced: maps.Clone(p.replaced), calendars: slices.Clone(p.calendars),
		calendar: p.calendar, layer: p.layer,
	}
}

// find is the rule of an id; nil where there is none.
func (p *Policy) find(id string) *rule {
	i := slices.IndexFunc(p.rules, func(r *rule) bool { return r.id == id })
	if i < 0 {
		return nil
	}
	return p.rules[i]
}

// put takes a rule in, in the place of the one that has its id. What another layer said stays to be shown.
func (p *Policy) put(r *rule) {
	r.show()
	i := slices.IndexFunc(p.rules, func(old *rule) bool { return old.id == r.id })
	if i < 0 {
		p.rules = append(p.rules, r)
		return
	}
	if old := p.rules[i].shown; !r.same(old) {
		old.OverriddenBy = r.layer
		p.replaced[r.id] = append([]Rule{old}, p.replaced[r.id]...)
	}
	p.rules[i] = r
}

// same reports that a rule is what another layer said already, whoever has reviewed it since.
func (r *rule) same(old Rule) bool {
	return old.Does == r.shown.Does && old.Words == r.shown.Words && old.Citation == r.citation && old.Off == r.off
}

// settle makes what is asked for often, once all layers are in.
func (p *Policy) settle() {
	place := func(r *rule) int { return slices.IndexFunc(groups, func(g group) bool { return g.name == r.group }) }
	slices.SortStableFunc(p.rules, func(a, b *rule) int { return place(a) - place(b) })
	p.inForce = map[string][]*rule{}
	for _, r := range p.rules {
		if !r.off {
			p.inForce[r.group] = append(p.inForce[r.group], r)
		}
	}
	p.conflicts = p.findConflicts()
}

// Rules lists every rule of every layer, by group: first as it counts, then what it replaced. Rules that are switched off
// are among them.
func (p *Policy) Rules() (all []Rule) {
	for _, r := range p.calendars {
		all = append(all, r.shown)
	}
	for _, r := range p.rules {
		shown := r.shown
		shown.Conflict = p.conflicts[r.id]
		all = append(append(all, shown), p.replaced[r.id]...)
	}
	return all
}

// Digest is the SHA-256, in hexadecimal, of the rules in force and the calendar: of all that a decision or its words can
// depend on. How the layers are cut, what is switched off and what was replaced are not in it.
func (p *Policy) Digest() string {
	var inForce []Rule
	for _, r := range p.rules {
		if !r.off {
			inForce = append(inForce, r.shown)
		}
	}
	text, err := json.Marshal(struct {
		Closed, Open []int32
		Rules        []Rule
	}{p.calendar.closed, p.calendar.open, inForce})
	if err != nil {
		panic(err) // strings and numbers only
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
