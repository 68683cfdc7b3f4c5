package pipeline

import (
	"slices"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/pipeline/leads"
	"locatematch/sources/person"
)

// caseloadGuard tells commands that show values of records or of the caseload which of them are a protected person's (I10).
type caseloadGuard struct {
	frozen *matchers.Caseload
	guard  *leads.Guard
	line   int    // spec field of an address line, -1 where the spec has none
	town   [3]int // city, state, ZIP
}

// guardOf knows the places that caseload and agency have of protected people now, and those that the live run left.
func (p *Plan) guardOf(c *caseload) (*caseloadGuard, error) {
	live, err := p.Workspace.currentID()
	if err != nil {
		return nil, err
	}
	list, err := p.Workspace.loadProtected()
	if err != nil {
		return nil, err
	}
	v, err := p.Workspace.veilOf(live, list)
	if err != nil {
		return nil, err
	}
	for number := range c.subjects {
		if !c.subjects[number].Protected {
			continue
		}
		for _, place := range c.placesOf(uint32(number)) {
			v.guard.AddHashes(v.guard.Hashes(place))
		}
	}
	of := func(k text.Kind) int {
		return slices.IndexFunc(p.Spec.Fields, func(f matchers.Field) bool { return f.Kind == k })
	}
	return &caseloadGuard{frozen: c.frozen, guard: v.guard, line: of(text.Address),
		town: [3]int{p.Spec.Field(person.City), of(text.State), of(text.Zip)}}, nil
}

// placesOn are the places on a row as its supplier wrote it, line by line: in one line with the words "care of" an address would
// not be found.
func (e *extractPlan) placesOn(rows valuer, row int) []leads.Place {
	facts := make([]string, len(e.facts))
	for i := range e.facts {
		if column := e.facts[i].column; column >= 0 {
			facts[i] = string(rows.Value(row, column))
		}
	}
	if len(facts) == 0 {
		return nil
	}
	return leads.PlacesOf(&leads.Sighting{Source: e.feed.Source, Facts: leads.PackFacts(facts)})
}

// onRecord reports that a record shows a place of a protected person: on its row, or in the values that are compared.
func (g *caseloadGuard) onRecord(e *extractPlan, rows valuer, row int, values []matchers.Value) bool {
	if g.guard.Empty() {
		return false
	}
	if slices.ContainsFunc(e.placesOn(rows, row), g.guard.Knows) {
		return true
	}
	value := func(f int) matchers.Value { return values[f] }
	return g.address(value) || slices.ContainsFunc(g.contacts(), func(f int) bool { return g.contact(f, values[f]) })
}

// onSubject reports that one of the values which the caseload has of a subject is a place of a protected person.
func (g *caseloadGuard) onSubject(subject uint32) bool {
	if g.guard.Empty() {
		return false
	}
	all := append(g.contacts(), g.line)
	return slices.ContainsFunc(all, func(f int) bool {
		if f < 0 {
			return false
		}
		for set := range g.frozen.Sets(subject, f) {
			if g.held(subject, []int{f}, set) {
				return true
			}
		}
		return false
	})
}

// held reports that some fields of one of a subject's value sets tell a place of a protected person.
func (g *caseloadGuard) held(subject uint32, fields []int, set int) bool {
	if g.guard.Empty() {
		return false
	}
	value := func(f int) matchers.Value {
		if set >= g.frozen.Sets(subject, f) {
			return matchers.Value{}
		}
		return g.frozen.Value(subject, f, set)
	}
	of := func(f int) bool { return f >= 0 && slices.Contains(fields, f) }
	if (of(g.line) || slices.ContainsFunc(g.town[:], of)) && g.address(value) {
		return true
	}
	return slices.ContainsFunc(g.contacts(), func(f int) bool { return of(f) && g.contact(f, value(f)) })
}

// contacts are the spec's fields of telephones and e-mail addresses.
func (g *caseloadGuard) contacts() (fields []int) {
	spec := g.frozen.Spec()
	for f := range spec.Fields {
		if k := spec.Fields[f].Kind; k == text.Phone || k == text.Email {
			fields = append(fields, f)
		}
	}
	return fields
}

func (g *caseloadGuard) contact(field int, v matchers.Value) bool {
	place, is := contactPlace(g.frozen.Spec().Fields[field], v)
	return is && g.guard.Knows(place)
}

func (g *caseloadGuard) address(value func(f int) matchers.Value) bool {
	word := func(f int) string {
		if f < 0 {
			return ""
		}
		return string(value(f).Std)
	}
	zip := ""
	if f := g.town[2]; f >= 0 && value(f).Num != 0 {
		five := value(f)
		_, plus4 := text.SplitZip(five.Num)
		zip = string(text.AppendNumber(nil, text.Zip, five.Num-plus4))
	}
	key := leads.AddressKey(word(g.line), "", "", word(g.town[0]), word(g.town[1]), zip)
	return g.guard.Knows(leads.AddressPlace(key))
}
