// Command nights shows what officers get from thirty nights in a row. It makes a stretch with known truth (locatematch synth
// --nights), runs the binary on each night with one state, lets officers judge the first leads of the queue with stated error
// rates, and holds what they were offered against facts.csv, beside today's practice at the same number of facts a night.
//
//	nights -binary bin/locatematch -work .cache/nights [-nights 30] [-subjects 2000] [-worked 2] [-json]
//
// It prints one Markdown table a stretch, and fails where a fact was offered twice without new evidence, a new one was withheld,
// or a protected person's lead was published.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
)

type options struct {
	binary, work        string
	nights              int
	subjects, strangers int
	seed                uint64
	worked              int     // leads that each officer looks at in one night
	wrong, unsure       float64 // of their verdicts: wrong, and "cannot tell"
	noAgency, asJSON    bool
	facts               string // where every fact looked at is written, "" nowhere
	progress            io.Writer
}

func main() {
	o := options{progress: os.Stderr}
	flag.StringVar(&o.binary, "binary", "bin/locatematch", "the command that is run each night")
	flag.StringVar(&o.work, "work", ".cache/nights", "where the stretch is made and kept; what is there is removed")
	flag.IntVar(&o.nights, "nights", 30, "business nights")
	flag.IntVar(&o.subjects, "subjects", 2000, "people on the caseload")
	flag.IntVar(&o.strangers, "strangers", 200_000, "rows about strangers, over all nights and extracts")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of the population and of the officers")
	flag.IntVar(&o.worked, "worked", 2, "leads that each officer looks at in one night")
	flag.Float64Var(&o.wrong, "wrong", 0.03, "share of the officers' verdicts that are wrong")
	flag.Float64Var(&o.unsure, "unsure", 0.10, "share of their verdicts that are \"cannot tell\"")
	flag.BoolVar(&o.noAgency, "no-agency", false, "leave the agency's own files out")
	flag.StringVar(&o.facts, "facts", "", "write every fact looked at, and every one of today's practice beside it, as a CSV here")
	flag.BoolVar(&o.asJSON, "json", false, "print one JSON document instead of the table")
	flag.Parse()
	result, err := run(&o)
	if err == nil {
		err = show(os.Stdout, &o, result)
	}
	if err == nil {
		err = result.Faults.err()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "nights:", err)
		os.Exit(1)
	}
}

func show(out io.Writer, o *options, r *result) error {
	if !o.asJSON {
		_, err := io.WriteString(out, r.markdown())
		return err
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}
