// Command quality makes a night readable for other record-linkage programs, and our own pairs of it, so that both can be put side
// by side.
//
//	quality flat -config night.yaml -truth truth.csv -out DIR    caseload.csv, and of each extract NAME.csv and NAME-truth.csv
//	quality pairs -config night.yaml -truth truth.csv -model model.json -out pairs.csv    every pair that we compare, with its weight
//
// Both write SSNs or ids of people as they are, for a night whose people are invented.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"locatematch/pipeline"
)

func main() {
	if err := command(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "quality:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("usage: quality flat|pairs -config NIGHT -truth CSV -out PLACE [-model JSON]")

func command(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errUsage
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	config := flags.String("config", "", "the night")
	truth := flags.String("truth", "", "true pairs: subject_id,extract,record_id")
	model := flags.String("model", "", "pairs: the model; default the config's")
	out := flags.String("out", "", "flat: a folder; pairs: a file")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	plan, err := pipeline.Load(*config, pipeline.Overrides{Model: *model})
	if err != nil {
		return err
	}
	switch args[0] {
	case "flat":
		return writeFlat(ctx, plan, *truth, *out)
	case "pairs":
		return writePairs(ctx, plan, *truth, *out)
	}
	return errUsage
}
