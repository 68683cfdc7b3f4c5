package synth

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"locatematch/sources"
)

// NightsOptions say what stretch of nights to make.
type NightsOptions struct {
	Options       // Out holds one folder a night; AsOf is the first night's business date, Strangers are rows over all nights
	Nights   int  // business nights, 1 to 250
	NoAgency bool // leave the agency's own files out of every night.yaml; they are written all the same
}

// mostNights keeps a stretch within a year: a life holds so many moves and accounts and no more.
const mostNights = 250

// Few people have few officers, so that an officer's queue is long enough to need an order.
const (
	peopleAnOffice  = 500
	peopleAnOfficer = 125
)

// nights is a stretch being written.
type nights struct {
	*stretch
	options      NightsOptions
	world        *world
	layouts      [extracts]*sources.Layout
	institutions int
	offices      int
	officers     int     // of each office
	flagged      uint32  // family that is protected from the middle on
	plans        [][]lot // by file and bucket
	keeper       *bookkeeper
	summary      *NightsSummary
}

// NightsSummary says what was made.
type NightsSummary struct {
	First, Last string // business dates
	Nights      int
	Files       int64 // extracts' files, corrected copies among them
	Rows        int64 // of extracts
	Subjects    int64
	Reports     int64 // rows of reports.csv
	Facts       int64
	Flagged     string // the subject who is protected from FlaggedNight on, "" none
	FlagNight   int
}

// String is the summary as a page.
func (s *NightsSummary) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d nights from %s to %s: %d subjects, %d files of %d rows, %d facts, %d reports of them\n", s.Nights, s.First, s.Last,
		s.Subjects, s.Files, s.Rows, s.Facts, s.Reports)
	if s.Flagged != "" {
		fmt.Fprintf(&b, "subject %s is protected from night %d on\n", s.Flagged, s.FlagNight)
	}
	return b.String()
}

// Nights writes a stretch of nights to o.Out. The same options make the same bytes. Everything is written by one goroutine,
// night after night; of a stretch that fails or is cancelled, only some nights are there.
func Nights(ctx context.Context, o NightsOptions) (*NightsSummary, error) {
	asOf, err := o.check()
	if err == nil && (o.Nights < 1 || o.Nights > mostNights) {
		err = fmt.Errorf("%w: nights (%d) must be 1 to %d", ErrOptions, o.Nights, mostNights)
	}
	if err != nil {
		return nil, err
	}
	n := &nights{stretch: newStretch(asOf, o.Nights), options: o, institutions: max(batches, institutions(o.Options))}
	n.offices = min(max(1, o.Subjects/peopleAnOffice), officeCount)
	n.officers = min(max(1, o.Subjects/n.offices/peopleAnOfficer), officersEach)
	n.world = build(o.Options, n.first)
	if n.layouts, err = loadLayouts(); err != nil {
		return nil, fmt.Errorf("synth: %w", err)
	}
	n.schedule()
	n.summary = &NightsSummary{
		First: n.day(1).date().String(), Last: n.day(n.count).date().String(), Nights: n.count, Subjects: int64(n.world.subjects),
	}
	if err := n.write(ctx); err != nil {
		return nil, fmt.Errorf("synth: %w", err)
	}
	return n.summary, nil
}

// write writes every night, then what is true of all of them.
func (n *nights) write(ctx context.Context) error {
	n.keeper = newBookkeeper(n)
	if err := n.keeper.open(filepath.Join(n.options.Out, "reports.csv")); err != nil {
		return err
	}
	for night := 1; night <= n.count; night++ {
		if err := n.writeNight(ctx, night); err != nil {
			return n.keeper.close(fmt.Errorf("night %d: %w", night, err))
		}
		if n.options.Progress != nil {
			n.options.Progress(int64(night), int64(n.count))
		}
	}
	if err := n.keeper.close(nil); err != nil {
		return err
	}
	return n.writeTruths(ctx)
}

func (n *nights) writeNight(ctx context.Context, night int) error {
	dir := filepath.Join(n.options.Out, nightDir(night))
	if err := n.writeCaseload(ctx, dir, night); err != nil {
		return err
	}
	if err := n.writeAgency(ctx, dir, night); err != nil {
		return err
	}
	for i, f := range n.files {
		for edition, arrives := range []int{f.arrives, f.corrected} {
			if arrives != night {
				continue
			}
			if err := n.writeFile(ctx, dir, i, edition); err != nil {
				return fmt.Errorf("%s: %w", n.fileName(&f, edition), err)
			}
		}
	}
	return n.writeConfig(dir, night)
}

// nightDir is the folder of a night.
func nightDir(night int) string { return fmt.Sprintf("night-%02d", night) }

// fileName is named after the day on which the file was due.
func (n *nights) fileName(f *nightFile, edition int) string {
	day := string(appendDate(nil, "CCYYMMDD", n.day(f.due).date()))
	if edition > 0 {
		day += "-corrected"
	}
	return fill(extractFiles[f.extract], day)
}
