package synth

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/sources"
)

// extractNames are the extracts' names in the config, in truth.csv and in traps.csv.
var extractNames = [extracts]string{postal: "ncoa", employment: "w4", military: "scra", financial: "fidm"}

// extractFiles are their file names; the percent sign is the business date.
var extractFiles = [extracts]string{postal: "in/ncoa-%.csv", employment: "in/w4-%.txt.gz", military: "in/scra-%.txt", financial: "in/fidm-%.txt"}

// night is one night being written.
type night struct {
	options   Options
	world     *world
	writers   []*extractWriter
	caseloads []*caseloadWriter
	agency    agencyWriter
	rows      func(*family, []planned) []planned // a family's in all extracts
	planting  bool                               // rejects are planted
	noAgency  bool                               // the agency's own files are not wanted
	config    func(*night) []config              // the configs that name them all
	others    int64                              // planned rows of people who are not on the caseload
	facts     int64
}

// config is one night.yaml.
type config struct{ name, text string }

// Night writes the population's night to o.Out and says what is in it. The same options make the same bytes, on any
// machine. A file appears under its name when it is whole; of a night that fails or is cancelled, only some do.
func Night(ctx context.Context, o Options) (*Summary, error) {
	asOf, err := o.check()
	if err != nil {
		return nil, err
	}
	n := &night{options: o, world: build(o, asOf), rows: (*family).plan, config: (*night).fourSuppliers}
	people, err := sources.Load("caseload")
	if err != nil {
		return nil, fmt.Errorf("synth: %w", err)
	}
	n.caseloads = []*caseloadWriter{newCaseloadWriter(n.world, "caseload.csv", people)}
	schedule := newSchedule(n.world, o)
	n.others = schedule.others
	layouts, err := loadLayouts()
	if err != nil {
		return nil, fmt.Errorf("synth: %w", err)
	}
	for e := range extracts {
		x := newExtractWriter(n.world, e, schedule, layouts[e])
		x.file = n.dated(extractFiles[e])
		n.writers = append(n.writers, x)
	}
	n.sortWriters()
	if err := n.write(ctx); err != nil {
		return nil, fmt.Errorf("synth: %w", err)
	}
	return n.summary(), nil
}

// sortWriters puts the extracts in the order of their names: that of truth.csv and traps.csv.
func (n *night) sortWriters() {
	slices.SortFunc(n.writers, func(a, b *extractWriter) int { return strings.Compare(a.name, b.name) })
}

// write writes all files: caseload, facts and extracts side by side, then what only they know.
func (n *night) write(ctx context.Context) error {
	p := n.newProgress()
	jobs := []func(context.Context) error{
		func(ctx context.Context) error {
			return n.file("facts.csv", func(out io.Writer) error { return n.writeFacts(ctx, out) })
		},
	}
	for _, c := range n.caseloads {
		jobs = append(jobs, func(ctx context.Context) error {
			return n.file(c.file, func(out io.Writer) error { return c.write(ctx, out, p.counter()) })
		})
	}
	if !n.noAgency {
		jobs = append(jobs, n.writeAgency)
	}
	for _, x := range n.writers {
		jobs = append(jobs, func(ctx context.Context) error {
			return n.file(x.file, func(out io.Writer) error { return x.write(ctx, out, p.counter()) })
		})
	}
	if err := together(ctx, jobs); err != nil {
		return err
	}
	p.finish()
	return n.writeAnswers()
}

// writeAnswers writes the truth of the files that are written, and the configs that name them.
func (n *night) writeAnswers() error {
	err := n.file("truth.csv", n.writeTruth)
	if err == nil {
		err = n.file("traps.csv", n.writeTraps)
	}
	if err == nil && n.plants() {
		err = n.file("rejects.csv", n.writeRejects)
	}
	for _, c := range n.config(n) {
		if err == nil {
			err = n.file(c.name, func(out io.Writer) error { _, err := io.WriteString(out, c.text); return err })
		}
	}
	return err
}

// file writes one file of the night and names it in errors.
func (n *night) file(name string, fill func(io.Writer) error) error {
	if err := writeFile(filepath.Join(n.options.Out, name), fill); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// dated is a file's name with the business date at the percent sign.
func (n *night) dated(pattern string) string {
	return fill(pattern, strings.ReplaceAll(n.options.AsOf, "-", ""))
}

func (n *night) summary() *Summary {
	s := &Summary{
		AsOf: n.options.AsOf, Config: filepath.Join(n.options.Out, "night.yaml"), Facts: n.facts,
		Subjects: int64(n.world.subjects), Strangers: n.others,
	}
	for _, c := range n.caseloads {
		s.Shields = c.shields
		s.Files = append(s.Files, File{c.file, c.rows})
		s.Rejects += int64(len(c.rejects.planted))
	}
	for k := range knowledges {
		if !n.noAgency {
			s.Agency = append(s.Agency, File{"in/" + knowledgeFiles[k].file, n.agency.pages[k].rows})
			s.Rejects += int64(len(n.agency.pages[k].rejects.planted))
		}
	}
	s.Regulars = n.world.listRegulars()
	counts := make([]int64, trapCount)
	for _, x := range n.writers {
		s.Files = append(s.Files, File{x.file, x.rows})
		s.TruthPairs += int64(len(x.truth))
		s.Rejects += int64(len(x.rejects.planted))
		for _, b := range x.buckets {
			s.Strangers += b.strangers
		}
		for _, p := range x.traps {
			counts[p.trap]++
		}
	}
	for t, count := range counts {
		s.Traps = append(s.Traps, TrapCount{Trap(t), count})
	}
	return s
}
