package guess

import (
	"fmt"
	"strconv"
	"strings"

	"locatematch/pipeline/profile"
	"locatematch/sources"
	"locatematch/sources/person"
)

// How sure a guess is.
const (
	sure    = "sure"
	likely  = "likely"
	perhaps = "perhaps"
)

// namer gives the columns of a draft their fields.
type namer struct {
	draft *draft
	taken map[string]bool
	found []finding
}

// nameFields names every column: by the words of its name where they are known, by its values and its place otherwise.
func (d *draft) nameFields() {
	n := &namer{draft: d, taken: map[string]bool{}}
	for i := range d.fields {
		n.found = append(n.found, d.fields[i].evidence.find())
	}
	settled := words.settle(d.fields)
	byWords := make([]string, len(d.fields))
	for i, f := range d.fields {
		if name := settled.column(f.column); f.column != "" && name != "" && !n.taken[name] && n.follows(name) {
			byWords[i] = name
			n.taken[name] = true
		}
	}
	for i := range d.fields {
		if byWords[i] != "" {
			n.confirm(i, byWords[i])
		}
	}
	for i := range d.fields {
		if byWords[i] == "" {
			n.byValues(i)
		}
	}
}

// follows tells whether a repeat (given.2) has what it repeats before it.
func (n *namer) follows(name string) bool {
	base, repeat, found := strings.Cut(name, ".")
	k, err := strconv.Atoi(repeat)
	return !found || err == nil && (k == 2 && n.taken[base] || n.taken[fmt.Sprintf("%s.%d", base, k-1)])
}

// confirm names a column by its words, and says whether its values agree.
func (n *namer) confirm(i int, name string) {
	f, found := &n.draft.fields[i], n.found[i]
	f.name = name
	base, _, _ := strings.Cut(name, ".")
	kind := profile.KindOf(sources.Column{Name: base})
	switch {
	case found.kind == "empty":
		f.why = likely + ": its name says so; no value was seen"
	case kind == "date" && found.form == "":
		f.why = perhaps + ": its name says so, but its values are in no form of date that is read: state the form, or ask for another"
	case kind == "date":
		f.form = found.form
		f.why = fmt.Sprintf("%s: its name, and %s", sure, found.why)
	case kind == profile.Plain && found.form != "" && found.kind != person.FullName:
		f.form = found.form // the product reads it by this form, whether or not it has a kind
		f.why = fmt.Sprintf("%s: its name, and %s", sure, found.why)
	case kind == profile.FullName:
		f.form = nameForm(found)
		f.why = fmt.Sprintf("%s: its name says so; the order of names is %s", likely, orderWhy(found))
	default:
		f.why = n.agreement(i, name, kind)
	}
}

func nameForm(found finding) string {
	if found.kind == person.FullName {
		return found.form
	}
	return "FIRST MI LAST"
}

func orderWhy(found finding) string {
	if found.kind == person.FullName {
		return "from the values"
	}
	return "not known: state it"
}

// agreement is why a column has the field that its name says: how many of its values are of that kind.
func (n *namer) agreement(i int, name string, kind profile.Kind) string {
	e := n.draft.fields[i].evidence
	if _, judged := kind.Text(); !judged || e.filled == 0 {
		return likely + ": its name says so"
	}
	good := e.validAs(kind)
	if good*10 < e.filled*8 {
		return fmt.Sprintf("%s: its name says so, but only %.0f %% of its values are valid (%s)", perhaps, 100*e.share(good), kind)
	}
	return fmt.Sprintf("%s: its name, and %.0f %% of its values are valid (%s)", sure, 100*e.share(good), kind)
}

// byValues names a column by what it holds. A field that another column has already is not given twice.
func (n *namer) byValues(i int) {
	f, found := &n.draft.fields[i], n.inContext(i)
	f.form = found.form
	f.why = found.sure + ": " + found.why
	canonical := person.Known(found.kind) || found.kind == person.Zip4
	switch {
	case found.kind == "empty":
		f.form = ""
	case canonical && f.column != "" && n.draft.strange(f.column):
		f.why = fmt.Sprintf("%s; it looks like %s, but its name speaks of another person or thing", f.why, found.kind)
		canonical = false
	case canonical && n.taken[found.kind]:
		f.why = fmt.Sprintf("%s; another %s", f.why, found.kind)
		if to := n.second(i, found.kind); to != "" {
			found.kind = to
			break
		}
		canonical = false
	}
	if canonical {
		f.name = found.kind
		n.taken[f.name] = true
		n.found[i].kind = found.kind
		return
	}
	f.name = n.own(i, found)
}

// strange tells whether a column's name has a word of another person.
func (d *draft) strange(name string) bool {
	for _, w := range words.words(name) {
		if words.another[w] {
			return true
		}
	}
	return false
}

// second is the field of a second address: the employer's, where an employer stands before it.
func (n *namer) second(i int, name string) string {
	full := "employer_" + name
	if person.Known(full) && !n.taken[full] {
		for k := range i {
			if n.draft.fields[k].name == person.Employer {
				return full
			}
		}
	}
	return ""
}

// inContext is the finding of a column, changed by what stands beside it.
func (n *namer) inContext(i int) finding {
	found, e := n.found[i], n.draft.fields[i].evidence
	before, after := n.kindAt(i-1), n.kindAt(i+1)
	switch {
	case found.kind == "number" && e.length() == 4 && before == person.Zip:
		return finding{person.Zip4, "", likely, "four digits behind a ZIP code"}
	case found.kind == person.SSN && e.hyphened == 0 && (after == person.Employer || before == person.Employer) && n.taken[person.SSN]:
		return finding{person.EIN, "", perhaps, "nine digits beside an employer"}
	case found.kind == person.SSN && e.hyphened == 0 && e.inRegions() && before == person.State:
		return finding{person.Zip, "", likely, "nine digits behind a state: a ZIP code and the four behind it"}
	case found.kind == "words" && (after == person.State || n.draft.fields[i].width > 0 && after == "empty" && n.kindAt(i+2) == person.State):
		return finding{person.City, "", likely, "words before a state"}
	case found.kind == "words" && (before == person.Given || after == person.Given || before == person.Middle) && !n.taken[person.Family]:
		return finding{person.Family, "", likely, "words beside a given name"}
	case found.kind == person.Given && n.taken[person.Given] && before == person.Given:
		return finding{person.Middle, "", likely, "given names behind given names"}
	case (found.kind == "text" || found.kind == "words") && before == person.Address1 && after != "empty":
		return finding{person.Address2, "", perhaps, "it stands behind a first address line"}
	}
	return found
}

// kindAt is what the column at i is known or found to be.
func (n *namer) kindAt(i int) string {
	if i < 0 || i >= len(n.found) {
		return ""
	}
	if name := n.draft.fields[i].name; person.Known(name) {
		return strings.TrimPrefix(name, "employer_")
	}
	return n.found[i].kind
}

// own is a name of the agency's own for a column: that of the file, or what it holds and where.
func (n *namer) own(i int, found finding) string {
	f := &n.draft.fields[i]
	base := slug(f.column)
	if base == "" {
		where := i + 1
		if f.at > 0 {
			where = f.at
		}
		base = fmt.Sprintf("%s_at_%d", slug(found.kind), where)
	}
	if person.Known(base) {
		base += "_as_named" // it is not what the product means by the word
	}
	name := base
	for k := 2; n.taken[name]; k++ {
		name = fmt.Sprintf("%s_%d", base, k)
	}
	n.taken[name] = true
	return name
}
