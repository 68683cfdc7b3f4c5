package synth

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// extractNames are the extracts' names in the config, in truth.csv and in traps.csv.
var extractNames = [extracts]string{postal: "ncoa", employment: "w4", military: "scra", financial: "fidm"}

// extractFiles are their file names; the percent sign is the business date.
var extractFiles = [extracts]string{postal: "in/ncoa-%.csv", employment: "in/w4-%.txt.gz", military: "in/scra-%.txt", financial: "in/fidm-%.txt"}

// night is one night being written.
type night struct {
	options  Options
	world    *world
	schedule *schedule
	writers  [extracts]*extractWriter
	caseload caseloadWriter
	agency   agencyWriter
	facts    int64
}

// Night writes the population's night to o.Out and says what is in it. The same options make the same bytes, on any
// machine. A file appears under its name when it is whole; of a night that fails or is cancelled, only some do.
func Night(ctx context.Context, o Options) (*Summary, error) {
	asOf, err := o.check()
	if err != nil {
		return nil, err
	}
	n := &night{options: o, world: build(o, asOf)}
	n.schedule = newSchedule(n.world, o)
	layouts, err := loadLayouts()
	if err != nil {
		return nil, fmt.Errorf("synth: %w", err)
	}
	for e := range extracts {
		n.writers[e] = newExtractWriter(n.world, e, n.schedule, layouts[e])
	}
	if err := n.write(ctx); err != nil {
		return nil, fmt.Errorf("synth: %w", err)
	}
	return n.summary(), nil
}

// write writes all files: caseload, facts and extracts side by side, then what only they know.
func (n *night) write(ctx context.Context) error {
	p := n.newProgress()
	n.caseload.w = n.world
	jobs := []func(context.Context) error{
		func(ctx context.Context) error {
			return n.file("caseload.csv", func(out io.Writer) error { return n.caseload.write(ctx, out, p.counter()) })
		},
		func(ctx context.Context) error {
			return n.file("facts.csv", func(out io.Writer) error { return n.writeFacts(ctx, out) })
		},
	}
	jobs = append(jobs, n.writeAgency)
	for _, x := range n.writers {
		jobs = append(jobs, func(ctx context.Context) error {
			return n.file(n.fileName(x.extract), func(out io.Writer) error { return x.write(ctx, out, p.counter()) })
		})
	}
	if err := together(ctx, jobs); err != nil {
		return err
	}
	p.finish()
	if err := n.file("truth.csv", n.writeTruth); err != nil {
		return err
	}
	if err := n.file("traps.csv", n.writeTraps); err != nil {
		return err
	}
	return n.file("night.yaml", n.writeConfig)
}

// file writes one file of the night and names it in errors.
func (n *night) file(name string, fill func(io.Writer) error) error {
	if err := writeFile(filepath.Join(n.options.Out, name), fill); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (n *night) fileName(e extract) string {
	return fill(extractFiles[e], strings.ReplaceAll(n.options.AsOf, "-", ""))
}

// byName lists the extracts in the order of their names.
func (n *night) byName() []*extractWriter {
	return slices.SortedFunc(slices.Values(n.writers[:]), func(a, b *extractWriter) int {
		return strings.Compare(extractNames[a.extract], extractNames[b.extract])
	})
}

func (n *night) summary() *Summary {
	s := &Summary{
		AsOf: n.options.AsOf, Config: filepath.Join(n.options.Out, "night.yaml"), Facts: n.facts,
		Subjects: int64(n.world.subjects), Shields: n.caseload.shields, Strangers: n.schedule.others,
		Files: []File{{"caseload.csv", int64(n.world.subjects)}},
	}
	for k := range knowledges {
		s.Agency = append(s.Agency, File{knowledgeFiles[k].file, n.agency.rows[k]})
	}
	counts := make([]int64, trapCount)
	for _, x := range n.byName() {
		s.Files = append(s.Files, File{n.fileName(x.extract), x.rows})
		s.TruthPairs += int64(len(x.truth))
		for _, b := range n.schedule.buckets[x.extract] {
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
