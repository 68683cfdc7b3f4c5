// Command scale measures nights that grow: extracts of 1, 10 and 50 million rows against caseloads of 50 thousand, 500 thousand
// and 2 million subjects, nearly all rows strangers', in several kinds of files. It invents the files, runs the binary on each
// as a process of its own, prints one JSON line a cell and the table, and keeps both where -results says.
//
//	scale -binary bin/locatematch -work .cache/scale [-scale 10] [CELL...]
//
// With -year it runs the nights of a year on a caseload and measures the ordinary night after it, beside matching alone.
//
//	scale -binary bin/locatematch -work .cache/scale -year 2000000x1000000.csv
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

type options struct {
	binary, work, layouts, results string
	strangers, scale               float64
	runs                           int
	files                          bool // make the files of the cells and nothing else
	year                           bool // the one cell is a caseload with a year behind it
}

func main() {
	var o options
	flag.StringVar(&o.binary, "binary", "bin/locatematch", "the command that is measured")
	flag.StringVar(&o.work, "work", ".cache/scale", "where files are made and kept")
	flag.StringVar(&o.layouts, "layouts", "testdata/scale", "folder of the layouts")
	flag.StringVar(&o.results, "results", "", "folder that keeps README.md, raw.jsonl and table.md")
	flag.Float64Var(&o.strangers, "strangers", 0.99, "share of rows that are nobody's on the caseload")
	flag.Float64Var(&o.scale, "scale", 1, "most rows of an extract, in millions, where no cell is named: 1, 10 or 50")
	flag.IntVar(&o.runs, "runs", 3, "runs of each cell: the median in time is kept")
	flag.BoolVar(&o.files, "files-only", false, "make the files and measure nothing")
	flag.BoolVar(&o.year, "year", false, "measure an ordinary night after a year of them, on the one cell that is named")
	flag.Parse()
	if err := o.run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(1)
	}
}

func (o *options) run(words []string) error {
	list := cellsUpTo(o.scale)
	if len(words) > 0 {
		list = nil
	}
	for _, word := range words {
		c, err := parseCell(word)
		if err != nil {
			return err
		}
		list = append(list, c)
	}
	if o.year {
		if len(words) != 1 {
			return errors.New("-year: name one cell, as 2000000x1000000.csv")
		}
		return o.runYear(list[0])
	}
	if o.files {
		for _, c := range list {
			if err := makeFiles(c, o); err != nil {
				return err
			}
		}
		return nil
	}
	var lines []line
	for _, c := range list {
		l, err := o.measureCell(c)
		if err != nil {
			return fmt.Errorf("%v: %w", c, err)
		}
		lines = append(lines, l)
		if err := json.NewEncoder(os.Stdout).Encode(l); err != nil {
			return err
		}
	}
	fmt.Fprint(os.Stderr, "\n", text(lines))
	return o.keep(words, lines)
}

// measureCell runs a cell so many times and gives the run of median time.
func (o *options) measureCell(c cell) (line, error) {
	if err := o.makeApart(c); err != nil {
		return line{}, err
	}
	var all []line
	for range max(1, o.runs) {
		l, err := o.measure(c)
		if err != nil {
			return line{}, err
		}
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b line) int { return int(1e6 * (a.Seconds - b.Seconds)) })
	return all[(len(all)-1)/2], nil
}

// makeApart makes the files in a process of its own: a child's peak memory begins with that of the process that starts it.
func (o *options) makeApart(c cell) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%v\n", c)
	made := exec.Command(self, "-files-only", "-work", o.work, "-layouts", o.layouts, "-strangers", fmt.Sprint(o.strangers), fmt.Sprintf("-year=%v", o.year), c.String())
	made.Stderr = os.Stderr
	return made.Run()
}

// policy lets bank rows link on the caseload's word alone: what is measured is matching, and a cell has no file of cases.
const policy = `layer: state
purpose:
  - id: purpose.caseload-alone-accounts
    decide: allow
    words: Everybody on the list of a measurement is looked for.
    citation: product default
`

// config writes the cell's night.yaml, which names files by their full paths.
func (o *options) config(c cell) (path string, err error) {
	var full [4]string
	for i, p := range []string{o.caseloadOf(c), filepath.Join(o.layouts, "caseload.yaml"), o.extractOf(c), filepath.Join(o.layouts, c.layout())} {
		if full[i], err = filepath.Abs(p); err != nil {
			return "", err
		}
	}
	if err := os.WriteFile(filepath.Join(o.dirOf(c), "policy.yaml"), []byte(policy), 0o644); err != nil {
		return "", err
	}
	path = filepath.Join(o.dirOf(c), "night.yaml")
	return path, os.WriteFile(path, fmt.Appendf(nil, `as_of: 2026-11-21
caseload: {files: %q, layout: %q}
policy: policy.yaml
extracts:
  - {name: accounts, source: financial, files: %q, layout: %q, known_share: %g}
`, full[0], full[1], full[2], full[3], 1-o.strangers), 0o644)
}
