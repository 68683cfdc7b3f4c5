package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"locatematch/pipeline/table"
	"locatematch/sources"
)

// year is a caseload that has been worked for a year: four quarters' extracts, all of whose rows are about subjects, and then two
// ordinary nights with their rows and strangers. The first of them is the first to match again what the last quarter brought; the second
// is as all others until the next quarter.
type year struct {
	*options
	subjects, rows int
	people         *population
}

// casesOfOfficer is how many cases one officer has, and officersOfOffice how many officers an office.
const (
	casesOfOfficer   = 300
	officersOfOffice = 40
	quarters         = 4
)

// The days of the quarters' nights, the first of them a baseline, and of the two that are measured.
// Quarters are more than 90 days apart, as long as bank data are kept; what the last of them brought is matched again.
var yearDays = []string{"2026-01-15", "2026-04-20", "2026-07-24", "2026-10-27", "2026-11-23", "2026-11-24"}

// runYear makes the year, runs its nights and measures those after it, and the last where nothing is remembered: what of it
// is matching alone.
func (o *options) runYear(c cell) error {
	y := &year{options: o, subjects: c.subjects, rows: c.rows, people: newPopulation(c, o.strangers)}
	if o.files {
		return y.makeFiles()
	}
	if err := y.makeApart(c); err != nil {
		return err
	}
	lines, err := y.age()
	if err != nil {
		return err
	}
	after, err := y.after()
	if err != nil {
		return err
	}
	bare, err := y.bare()
	if err != nil {
		return fmt.Errorf("matching alone: %w", err)
	}
	lines = append(append(lines, after...), bare)
	page := yearText(lines)
	fmt.Fprint(os.Stderr, "\n", page)
	page = fmt.Sprintf("# A night after a year, %s\n\n`make scale-year STRANGERS=%g CELLS=%v`, GOMEMLIMIT=%s; %s.\n\n%s", time.Now().Format(time.DateOnly), o.strangers, c, cmp.Or(os.Getenv("GOMEMLIMIT"), "none"), o.machine(), page)
	if o.results == "" {
		return nil
	}
	return errors.Join(os.MkdirAll(o.results, 0o755), os.WriteFile(filepath.Join(o.results, "year.md"), []byte(page), 0o644))
}

// age runs the nights of the year, unless they have been run before: what they took is kept beside what they left.
func (y *year) age() (lines []yearLine, err error) {
	home, record := y.file("aged"), y.file("aged.json")
	if page, err := os.ReadFile(record); err == nil {
		return lines, json.Unmarshal(page, &lines)
	}
	if err := os.RemoveAll(home); err != nil {
		return nil, err
	}
	for q := range quarters {
		more := []string{"--policy", y.file("policy.yaml"), "--policy", filepath.Join(y.layouts, "unlimited.yaml")}
		if q == 0 {
			more = append(more, "--baseline")
		}
		l, err := y.night(q, home, more...)
		if err != nil {
			return nil, fmt.Errorf("night of %s: %w", yearDays[q], err)
		}
		lines = append(lines, l)
	}
	page, err := json.Marshal(lines)
	return lines, errors.Join(err, os.WriteFile(record, page, 0o644))
}

// after runs the ordinary nights on a copy of what the year left.
func (y *year) after() (lines []yearLine, err error) {
	home := y.file("after")
	if err := errors.Join(os.RemoveAll(home), os.CopyFS(home, os.DirFS(y.file("aged")))); err != nil {
		return nil, err
	}
	for q := quarters; q < len(yearDays); q++ {
		l, err := y.night(q, home)
		if err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// bare runs the last night with an empty state: its loading and matching are what matching alone takes.
func (y *year) bare() (yearLine, error) {
	home := y.file("bare")
	if err := os.RemoveAll(home); err != nil {
		return yearLine{}, err
	}
	return y.night(len(yearDays)-1, home, "--baseline")
}

func (y *year) dir() string {
	return filepath.Join(y.work, fmt.Sprintf("year-%dx%d", y.subjects, y.rows))
}

func (y *year) file(name string) string { return filepath.Join(y.dir(), name) }

// makeFiles writes the caseload and every extract, unless they are there.
func (y *year) makeFiles() error {
	err := makeFile(y.file("caseload.csv"), filepath.Join(y.layouts, "officers.yaml"), func(e *sources.Encoder) error {
		return eachRow(e, y.subjects, func(i int, v []string) []string {
			s, officer := y.people.person(i), i%(1+y.subjects/casesOfOfficer)
			if i%3 == 0 {
				s.ssn = ""
			}
			return append(v, "N"+strconv.Itoa(i), "C"+strconv.Itoa(i), "OFFICE "+strconv.Itoa(officer/officersOfOffice), "W"+strconv.Itoa(officer),
				s.ssn, s.given, s.middle, s.family, "", s.born, s.sex, s.street, s.city, oneState, s.zip, s.phone, "")
		})
	})
	if err != nil {
		return err
	}
	for q := range yearDays {
		err := makeFile(y.file(extractName(q)), filepath.Join(y.layouts, "example-accounts-csv.yaml"), func(e *sources.Encoder) error {
			return eachRow(e, y.rows, func(i int, v []string) []string {
				r := y.people.report(i, q, q >= quarters)
				return append(v, strconv.Itoa(i), r.ssn, r.given, r.middle, r.family, r.born, r.street, r.city, oneState, r.zip)
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func extractName(q int) string { return "accounts-" + yearDays[q] + ".csv" }

// night runs one night and says what it took.
func (y *year) night(q int, home string, more ...string) (yearLine, error) {
	args, err := y.config(q, home)
	if err != nil {
		return yearLine{}, err
	}
	l, err := y.timed("night of "+yearDays[q], append(args, more...), home)
	if err != nil {
		return l, err
	}
	return l, json.NewEncoder(os.Stdout).Encode(l)
}

// config writes a night's config and gives the arguments of its run.
func (y *year) config(q int, home string) ([]string, error) {
	var full [4]string
	for i, p := range []string{y.file("caseload.csv"), filepath.Join(y.layouts, "officers.yaml"), y.file(extractName(q)), filepath.Join(y.layouts, "example-accounts-csv.yaml")} {
		var err error
		if full[i], err = filepath.Abs(p); err != nil {
			return nil, err
		}
	}
	known := 1.0
	if q >= quarters {
		known = 1 - y.strangers
	}
	path := y.file("night-" + yearDays[q] + ".yaml")
	page := fmt.Sprintf("as_of: %s\ncaseload: {files: %q, layout: %q}\npolicy: policy.yaml\nextracts:\n  - {name: accounts, source: financial, files: %q, layout: %q, known_share: %g}\n",
		yearDays[q], full[0], full[1], full[2], full[3], min(known, 0.99))
	args := []string{"run", "-c", path, "--out", filepath.Join(home, "runs"), "--state", filepath.Join(home, "state"), "--json"}
	return args, errors.Join(os.WriteFile(y.file("policy.yaml"), []byte(policy), 0o644), os.WriteFile(path, []byte(page), 0o644))
}

// yearLine is one night of the year.
type yearLine struct {
	Night   string             `json:"night"`
	Seconds float64            `json:"s"`
	CPU     float64            `json:"cpu"`
	MB      float64            `json:"mb"`
	Links   int64              `json:"links"`
	Leads   int64              `json:"leads"`   // told
	History int64              `json:"history"` // leads remembered after it
	Kept    int64              `json:"kept"`    // rows retained after it
	StateMB float64            `json:"state_mb"`
	Stages  map[string]float64 `json:"stages"`
}

func (y *year) timed(name string, args []string, home string) (yearLine, error) {
	ran, err := y.timedRun(args)
	if err != nil {
		return yearLine{}, err
	}
	l := yearLine{Night: name, Seconds: ran.seconds, CPU: ran.cpu, MB: ran.mb}
	var m struct {
		Run      string
		Leads    struct{ Total int64 }
		Retained struct{ After, Links int64 }
		Links    struct{ Kept int64 }
	}
	if err := json.Unmarshal(ran.out, &m); err != nil {
		return l, fmt.Errorf("run --json: %w", err)
	}
	l.Leads, l.Kept, l.Links = m.Leads.Total, m.Retained.After, m.Links.Kept+m.Retained.Links
	if l.Stages, err = stagesOf(filepath.Join(home, "runs", m.Run, "timing.json")); err != nil {
		return l, err
	}
	state := filepath.Join(home, "state", m.Run)
	if l.History, err = table.Rows(filepath.Join(state, "history.parquet")); err != nil {
		return l, err
	}
	l.StateMB, err = sizeOf(state)
	return l, err
}

// sizeOf is the size of a folder's files in MB.
func sizeOf(dir string) (mb float64, err error) {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		info, statErr := e.Info()
		err = errors.Join(err, statErr)
		if statErr == nil {
			mb += float64(info.Size()) / 1e6
		}
	}
	return mb, err
}

var yearColumns = []string{"night", "s", "cpu", "peak MB", "links", "leads told", "remembered", "rows kept", "state MB", "load", "match", "consolidate", "write"}

// yearText is the table, and what the last ordinary night costs over matching alone.
func yearText(lines []yearLine) string {
	var b strings.Builder
	put := func(w io.Writer, row []string) { fmt.Fprintf(w, "| %s |\n", strings.Join(row, " | ")) }
	put(&b, yearColumns)
	b.WriteString(strings.Repeat("| ---: ", len(yearColumns)) + "|\n")
	for i := range lines {
		l := &lines[i]
		name := l.Night
		if i == len(lines)-1 {
			name = "the same with an empty state"
		}
		row := []string{name, fmt.Sprintf("%.1f", l.Seconds), fmt.Sprintf("%.1f", l.CPU), fmt.Sprintf("%.0f", l.MB), short(l.Links), short(l.Leads), short(l.History), short(l.Kept), fmt.Sprintf("%.0f", l.StateMB)}
		for _, stage := range []string{"load", "match", "consolidate", "write"} {
			row = append(row, fmt.Sprintf("%.1f", l.Stages[stage]))
		}
		put(&b, row)
	}
	last, bare := &lines[len(lines)-2], &lines[len(lines)-1]
	alone := bare.Stages["load"] + bare.Stages["match"]
	fmt.Fprintf(&b, "\nMatching alone (loading the caseload and matching, with an empty state): %.1f s. The whole night after a year: %.1f s, %.2f times that. Without a year behind it: %.1f s, %.2f times. In processor time the night after a year takes %.2f times what the same takes with an empty state, and %.2f times the memory.\n",
		alone, last.Seconds, last.Seconds/alone, bare.Seconds, bare.Seconds/alone, last.CPU/bare.CPU, last.MB/bare.MB)
	return b.String()
}
