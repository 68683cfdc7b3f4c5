package policy

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// layers from the widest to the narrowest.
var layers = []string{"federal", "state", "county"}

// reader takes one layer's file into a policy, and gathers all that is wrong with it.
type reader struct {
	policy *Policy
	layer  string
	seen   map[string]bool // ids that this file has named
	faults []*fault
}

// read takes a layer in. Where it has faults the policy is of no use.
func (p *Policy) read(path string, raw []byte) error {
	r := &reader{policy: p, seen: map[string]bool{}}
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		return fmt.Errorf("%s: %s", path, strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	r.file(file)
	if len(r.faults) == 0 {
		p.layer = r.layer
		return nil
	}
	lines := make([]string, len(r.faults))
	for i, f := range r.faults {
		lines[i] = f.place(path)
	}
	return errors.New(strings.Join(lines, "\n"))
}

func (r *reader) fault(f *fault) { r.faults = append(r.faults, f) }

// file reads the one document of a file.
func (r *reader) file(file *ast.File) {
	docs := slices.DeleteFunc(slices.Clone(file.Docs), func(d *ast.DocumentNode) bool { return d == nil || d.Body == nil })
	if len(docs) != 1 {
		r.fault(&fault{text: "want one document that begins with its layer, such as layer: state"})
		return
	}
	top, err := entries(docs[0].Body, "keys, the first of them layer: state or layer: county")
	if err != nil {
		r.fault(at(docs[0].Body, err))
		return
	}
	if !r.named(docs[0].Body, top) {
		return
	}
	for _, e := range top {
		switch i := slices.IndexFunc(groups, func(g group) bool { return g.name == e.key }); {
		case e.key == "layer":
		case e.key == calendarGroup:
			r.calendar(e.value)
		case i >= 0:
			r.rules(&groups[i], e.value)
		default:
			r.fault(faultAt(e.at, "unknown key %q; there is layer, calendar, %s", e.key, groupNames()))
		}
	}
}

func groupNames() string {
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = g.name
	}
	return strings.Join(names, ", ")
}

// named reads the layer's name and holds it against the layers that came before: a county speaks after its state.
func (r *reader) named(body ast.Node, top []entry) bool {
	i := slices.IndexFunc(top, func(e entry) bool { return e.key == "layer" })
	if i < 0 {
		r.fault(faultAt(body, "layer: say which this is, state or county"))
		return false
	}
	known := layers[1:]
	if r.policy.layer == "" {
		known = layers[:1]
	}
	name, err := word(top[i].value, known)
	if err != nil {
		r.fault(faultAt(top[i].value, "layer: %v", err))
		return false
	}
	if slices.Index(layers, name) < slices.Index(layers, r.policy.layer) {
		r.fault(faultAt(top[i].value, "layer: a %s layer comes after a %s layer; name the files from wide to narrow", name, r.policy.layer))
		return false
	}
	r.layer = name
	return true
}

func (r *reader) rules(g *group, n ast.Node) {
	err := each(n, func(n ast.Node) error {
		r.rule(g, n)
		return nil
	})
	if err != nil {
		r.fault(faultAt(n, "%s: want a list of rules, each with its id", g.name))
	}
}

var idForm = regexp.MustCompile(`^[a-z]+\.[a-z0-9][a-z0-9_.-]*$`)

// rule reads one rule over the one that has its id already, and puts it in where nothing is wrong with it.
func (r *reader) rule(g *group, n ast.Node) {
	said, err := entries(n, "a rule with its id")
	if err != nil {
		r.fault(at(n, err))
		return
	}
	id, err := r.id(g, n, said)
	if err != nil {
		r.fault(at(n, err))
		return
	}
	old := r.policy.find(id)
	changed := &rule{id: id, group: g.name}
	if old != nil {
		*changed = *old
	}
	before := len(r.faults)
	given := r.keys(changed, said)
	if len(r.faults) > before {
		return
	}
	if err := changed.restate(given, old, r.layer); err != nil {
		r.fault(at(n, err))
		return
	}
	for _, err := range changed.check() {
		r.fault(at(n, fmt.Errorf("%s: %w", id, err)))
	}
	if len(r.faults) == before {
		r.policy.put(changed)
	}
}

// id finds the rule's id among its keys.
func (r *reader) id(g *group, n ast.Node, said []entry) (string, error) {
	i := slices.IndexFunc(said, func(e entry) bool { return e.key == "id" })
	if i < 0 {
		return "", faultAt(n, "a rule of %s needs an id, such as %sour-own", g.name, g.prefix)
	}
	id, err := scalar(said[i].value)
	switch {
	case err != nil:
		return "", at(said[i].value, fmt.Errorf("id: %w", err))
	case !strings.HasPrefix(id, g.prefix) || !idForm.MatchString(id):
		return "", faultAt(said[i].value, "id: %q: ids of %s are %s and small letters, digits, - _ and . behind it", id, g.name, g.prefix)
	case r.seen[id]:
		return "", faultAt(said[i].value, "id: %s stands twice in this file", id)
	}
	r.seen[id] = true
	return id, nil
}

// keys reads what is said of a rule into it.
func (r *reader) keys(into *rule, said []entry) (given []string) {
	for _, e := range said {
		k := keyNamed(e.key, into.group)
		if k == nil {
			r.fault(faultAt(e.at, "unknown key %q; %s has %s", e.key, into.group, strings.Join(keyNames(into.group), ", ")))
			continue
		}
		if err := k.read(into, e.value); err != nil {
			f := at(e.value, err)
			f.text = e.key + ": " + f.text
			r.fault(f)
		}
		given = append(given, e.key)
	}
	return given
}

// calendar reads a layer's own days.
func (r *reader) calendar(n ast.Node) {
	said, err := entries(n, "closed and open, each a list of dates")
	if err != nil {
		r.fault(at(n, err))
		return
	}
	days := &rule{id: "calendar", group: calendarGroup, layer: r.layer}
	if len(r.policy.calendars) > 0 {
		days.words, days.citation = "Your agency's own days: closed, or open after all.", r.policy.calendars[0].citation
	}
	before := len(r.faults)
	r.keys(days, said)
	for _, d := range days.closed {
		if slices.Contains(days.open, d) {
			r.fault(faultAt(n, "%s is both closed and open", dayText(d)))
		}
	}
	if len(r.faults) > before || len(said) == 0 {
		return
	}
	if err := days.reviewed(); err != nil {
		r.fault(at(n, err))
		return
	}
	days.show()
	r.policy.calendars = append(r.policy.calendars, days)
	r.policy.calendar.add(days.closed, days.open)
}
