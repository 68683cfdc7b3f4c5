package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strconv"

	"locatematch/matchers"
	"locatematch/pipeline"
)

// writePairs writes every compared pair: extract, record, subject, weight in bits, whether it is true, and its pattern.
func writePairs(ctx context.Context, plan *pipeline.Plan, truth, path string) error {
	pairs, err := pipeline.ComparedPairs(ctx, plan, truth, pipeline.Options{})
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, "extract,record_id,subject_id,weight,same,pattern")
	for _, p := range pairs {
		same := 0
		if p.Same {
			same = 1
		}
		weight := strconv.FormatFloat(matchers.Bits(p.Weight), 'f', -1, 64) // exact: bins of a histogram are as fine
		fmt.Fprintf(w, "%s,%s,%s,%s,%d,%s\n", p.Extract, p.RecordID, p.SubjectID, weight, same, p.Pattern)
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
