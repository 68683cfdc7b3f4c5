package synth

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/sources"
)

// LayoutsOptions say in which layouts a night is written.
type LayoutsOptions struct {
	Options
	// Layouts are names of built-in layouts, paths of the agency's own, or the word all: every built-in one. The six of what the
	// agency itself knows are written together.
	Layouts []string
}

// Layouts writes one night in many layouts to o.Out: the people of [Night], in a file of each layout that is named, and a
// night.yaml that reads them all. Every file has rows of its kind about people on the caseload, rows of strangers, the errors
// of rates.go, its layout's header, sections and counts, and rows that its readers must refuse. The same options make the same bytes.
func Layouts(ctx context.Context, o LayoutsOptions) (*Summary, error) {
	n, err := newLayoutsNight(&o)
	if err != nil {
		return nil, err
	}
	if err := n.write(ctx); err != nil {
		return nil, fmt.Errorf("synth: %w", err)
	}
	return n.summary(), nil
}

// newLayoutsNight plans the night.
func newLayoutsNight(o *LayoutsOptions) (*night, error) {
	asOf, err := o.check()
	wanted, faults := o.load()
	if err := errors.Join(append(faults, err)...); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOptions, err)
	}
	n := &night{options: o.Options, noAgency: true, rows: (*family).planAll, planting: true, config: (*night).everySupplier}
	n.world = buildFor(o.Options, asOf, true)
	for _, l := range wanted {
		switch l.layout.Source {
		case "agency":
			n.noAgency = false
		case "caseload":
			n.addCaseload(l)
		default:
			n.writers = append(n.writers, newLayoutWriter(n.world, l))
		}
	}
	if len(n.caseloads) == 0 {
		l, err := sources.Load("caseload")
		if err != nil {
			return nil, err
		}
		n.addCaseload(named{"caseload", l})
	}
	n.sortWriters()
	n.plan()
	for _, x := range n.writers {
		x.file = n.dated("in/" + x.name + "-%" + ending(x.layout))
	}
	return n, nil
}

// named is a layout, and what the options call it.
type named struct {
	as     string
	layout *sources.Layout
}

// load finds the layouts; each fault is named.
func (o *LayoutsOptions) load() (all []named, faults []error) {
	seen, extracts := map[string]bool{}, 0
	add := func(as string, l *sources.Layout) {
		if !seen[l.Name] {
			seen[l.Name] = true
			all = append(all, named{as, l})
		}
		if l.Source != "agency" && l.Source != "caseload" {
			extracts++
		}
	}
	for _, name := range o.Layouts {
		if name == "all" {
			for _, l := range sources.BuiltIn() {
				add(l.Name, l)
			}
			continue
		}
		l, err := sources.Load(name)
		if err != nil {
			faults = append(faults, fmt.Errorf("layouts: %w", err))
			continue
		}
		add(name, l)
	}
	if extracts == 0 && len(faults) == 0 {
		faults = append(faults, errors.New("layouts: none of them is a supplier's; a night needs one extract at least"))
	}
	return all, faults
}

// extractOf is what the extract of a layout is called in the config.
func extractOf(l *sources.Layout) string { return strings.TrimPrefix(l.Name, "example-") }

// ending is how the names of a layout's files end.
func ending(l *sources.Layout) string {
	switch {
	case l.Format == sources.Parquet:
		return ".parquet"
	case l.Format == sources.CSV:
		return ".csv"
	case l.LineEnds == "none":
		return ".dat"
	}
	return ".txt"
}

// addCaseload adds a caseload file. More than one reject in two hundred rows would come near the limit beyond which nothing is run.
func (n *night) addCaseload(l named) {
	c := newCaseloadWriter(n.world, extractOf(l.layout)+ending(l.layout), l.layout)
	c.as, c.name = l.as, extractOf(l.layout)
	c.rejects = rejectsOf(l.layout, n.world.subjects/200)
	n.caseloads = append(n.caseloads, c)
}

// newLayoutWriter makes the writer of a supplier's file.
func newLayoutWriter(w *world, l named) *extractWriter {
	way := wayOf(l.layout)
	x := &extractWriter{page: page{name: extractOf(l.layout), as: l.as, layout: l.layout}, w: w, extract: way.kind, plan: way.plan}
	x.fill = forgetful{way.fill()}
	x.record.sheet = newSheet(l.layout)
	// Federal records take letters and hyphens alone; files of text, and those with the whole name in one field, take names as they are.
	x.record.dressed = l.layout.Format != sources.Fixed || x.record.has("full_name")
	x.rejects = rejectsOf(l.layout, 1<<20)
	h := fnv.New64a()
	h.Write([]byte(l.layout.Name))
	x.salt = (h.Sum64() | 1<<63) &^ (1<<52 - 1)
	x.buckets = make([]bucket, 1)
	if l.layout.Records.Section != nil {
		x.buckets = make([]bucket, w.institutions)
	}
	return x
}

// plan draws every family's rows once, and shares the strangers out evenly over the files.
func (n *night) plan() {
	var f family
	var buffer [64]planned
	for number := range len(n.world.first) - 1 {
		n.world.familyInto(&f, uint32(number))
		for _, x := range n.writers {
			for _, row := range x.plan(&f, buffer[:0]) {
				if row.extract != x.extract {
					continue
				}
				b := &x.buckets[f.bucketOf(row, len(x.buckets))]
				b.families = append(b.families, uint32(number))
				if owner := row.owner(); owner < 0 || !f.held(owner) {
					n.others++
				}
			}
		}
	}
	left := max(0, int64(n.options.Strangers)-n.others)
	for i, x := range n.writers {
		share := left / int64(len(n.writers)-i)
		left -= share
		addToBuckets(x.buckets, share)
	}
}

// way is how the files of some layouts are filled: those of a source that have a field which tells.
type way struct {
	source, tells string
	kind          extract
	plan          func(*family, []planned) []planned
	fill          func() filler
}

// ways are tried in turn; a layout whose fields tell nothing is filled with what any source may have of a person.
var ways = []way{
	{"employment", "locate_source", employment, (*family).planAll, one(directoryAnswer)},
	{"employment", "benefit", employment, (*family).planAll, one(unemploymentClaim)},
	{"employment", "wage", employment, (*family).planAll, one(quarterlyWage)},
	{"employment", "ein", employment, (*family).planAll, one(directoryHire)},
	{"postal", "reply", postal, noOrdersOfOthers, func() filler { return postmasters{} }},
	{"postal", "return_code", postal, (*family).planAll, func() filler { return deliverable{} }},
	{"military", "duty_status", military, (*family).planAll, one(defense)},
	{"military", "sponsor_relation", military, (*family).planAll, one(coverage)},
	{"military", "active_duty", military, (*family).planAll, func() filler { return militaryFile{} }},
	{"military", "key", military, ourAsking, one(asking)},
	{"financial", "pass_back", military, ourAsking, one(asking)}, // and no account: see wayOf
	{"financial", "", financial, (*family).planAll, func() filler { return accounts{&financialFile{}} }},
	{"other", "payment_status", benefits, (*family).planAll, one(benefit)},
	{"other", "incarcerated", prisons, (*family).planAll, one(prisoner)},
	{"other", "free_address", locates, (*family).planAll, one(locateAnswer)},
	{"other", "death_date", deaths, (*family).planAll, one(deathReport)},
}

// one makes fillers that tell of people one by one.
func one(write func(*record, *about)) func() filler {
	return func() filler { return people{write} }
}

// wayOf chooses by the layout's source and fields, so that an agency's own layout is written as well.
func wayOf(l *sources.Layout) way {
	has := func(name string) bool {
		return slices.ContainsFunc(l.Records.Data.Fields, func(f sources.Field) bool { return f.Name == name })
	}
	for _, w := range ways {
		switch {
		case w.source != l.Source, w.tells != "" && !has(w.tells):
		case w.tells == "pass_back" && has("account"):
		default:
			return w
		}
	}
	return way{l.Source, "", meetings, (*family).planAll, one(anybody)}
}

// pathFrom is what a config in a folder calls a layout: a built-in one by its name, another by its path from there.
func pathFrom(dir, as string) string {
	if !strings.ContainsAny(as, "/.") {
		return as
	}
	from, err := filepath.Abs(dir)
	to, bad := filepath.Abs(as)
	if err != nil || bad != nil {
		return as
	}
	rel, err := filepath.Rel(from, to)
	switch {
	case err != nil:
		return to
	case strings.HasPrefix(rel, ".."):
		return rel
	}
	return "./" + rel
}
