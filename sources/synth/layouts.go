package synth

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
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
	layouts, faults := o.load()
	if err := errors.Join(append(faults, err)...); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOptions, err)
	}
	n := &night{options: o.Options, noAgency: true, rows: (*family).planAll, planting: true, config: (*night).everySupplier}
	n.world = buildFor(o.Options, asOf, true)
	for _, l := range layouts {
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
		n.addCaseload(wanted{"caseload", l})
	}
	n.sortWriters()
	n.plan()
	for _, x := range n.writers {
		x.file = n.dated("in/" + x.name + "-%" + ending(x.layout))
	}
	return n, nil
}

// wanted is a layout, and what the options call it.
type wanted struct {
	as     string
	layout *sources.Layout
}

// load finds the layouts; each fault is named.
func (o *LayoutsOptions) load() (all []wanted, faults []error) {
	seen, extracts := map[string]string{}, 0
	add := func(as string, l *sources.Layout) {
		switch first, twice := seen[extractOf(l)]; {
		case !twice:
			seen[extractOf(l)] = as
			all = append(all, wanted{as, l})
		case first != as:
			faults = append(faults, fmt.Errorf("layouts: %s and %s would both be called %s", first, as, extractOf(l)))
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
func (n *night) addCaseload(l wanted) {
	c := newCaseloadWriter(n.world, extractOf(l.layout)+ending(l.layout), l.layout)
	c.as, c.name = l.as, extractOf(l.layout)
	c.rejects = rejectsOf(l.layout, n.world.subjects/200)
	n.caseloads = append(n.caseloads, c)
}

// newLayoutWriter makes the writer of a supplier's file.
func newLayoutWriter(w *world, l wanted) *extractWriter {
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
