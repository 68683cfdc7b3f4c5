package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/leads/restricted"
)

func newRestricted() *cobra.Command {
	var config, key, format, out string
	c := &cobra.Command{
		Use:   "restricted [RUN] -c night.yaml --identity KEYFILE",
		Short: "For named workers: leads about people who are themselves protected",
		Long: `restricted opens restricted.parquet.age of a run: leads about people who owe support and are
themselves protected. Without it their employers would be lost, for no other file may speak of
them. A row says who, which case, how sure, what may be done and by when, and the employer or
institution. Where the person lives, and any telephone number, is not written: of such a lead
the row says only that there is one. What a source reports again is there again.

The file is made where the config names public keys of named workers:

  restricted: {recipients: [age1...], recipients_file: workers.txt}

KEYFILE holds a worker's secret key, as age-keygen writes it; only its path is given. Every
reading is noted in state/audit.jsonl. Keep what you write with --out as you keep the key.`,
		Example: `  age-keygen -o worker.key
  locatematch restricted -c night.yaml --identity worker.key
  locatematch restricted 2026-11-21-3f9c2a71d0 -c night.yaml --identity worker.key --format csv --out restricted.csv`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return exactly(1, "one run id, or none for the current run")(c, args)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case key == "":
				return fmt.Errorf("%w: --identity names the file of your secret key", errUsage)
			case strings.HasPrefix(strings.ToUpper(key), "AGE-SECRET-KEY-"):
				return fmt.Errorf("%w: --identity takes the path of a key file, never a key; others may have seen this one", errUsage)
			case !slices.Contains(restricted.Formats, format):
				return fmt.Errorf("%w: --format: want one of %s", errUsage, strings.Join(restricted.Formats, ", "))
			case format == "xlsx" && out == "":
				return fmt.Errorf("%w: a workbook needs a file: --out restricted.xlsx", errUsage)
			}
			return showRestricted(c, config, append(args, "current")[0], key, format, out)
		},
	}
	c.Flags().StringVarP(&config, "config", "c", "night.yaml", "the night's config")
	c.Flags().StringVar(&key, "identity", "", "path of the file with your secret key")
	c.Flags().StringVar(&format, "format", "table", strings.Join(restricted.Formats, ", "))
	c.Flags().StringVar(&out, "out", "", "write to this file instead of the terminal")
	return c
}

func showRestricted(c *cobra.Command, config, run, key, format, out string) error {
	w, err := pipeline.LoadWorkspace(config, pipeline.Overrides{})
	if err != nil {
		return err
	}
	v, err := w.Restricted(run, key)
	if err != nil {
		return err
	}
	var data bytes.Buffer
	if err := restricted.Export(&data, format, v.Run, v.Rows, terminalWidth()); err != nil {
		return err
	}
	if err := w.Audit(pipeline.AuditEntry{Command: "restricted", Format: format, Run: v.Run, Leads: v.LeadIDs()}); err != nil {
		return err
	}
	return give(c, data.Bytes(), out)
}
