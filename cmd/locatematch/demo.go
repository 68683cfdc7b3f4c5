package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/report"
	"locatematch/sources/synth"
)

func newDemo() *cobra.Command {
	var f nightFlags
	var dir string
	o := synth.Options{Subjects: 2000, Strangers: 100_000}
	c := &cobra.Command{
		Use:   "demo",
		Short: "A synthetic night, run and reported: the first minute",
		Long: `demo makes a synthetic night of invented people, runs it, and shows the funnel,
the three best leads and where the files are. It begins anew each time: the
directory is replaced, if an earlier demo made it.`,
		Example: "  locatematch demo\n  locatematch demo --dir /tmp/night --subjects 5000",
		Args:    exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := clearDemo(dir); err != nil {
				return err
			}
			o.Out = dir
			out := c.OutOrStdout()
			fmt.Fprintf(out, "Making a night: %d people looked for, %d rows about strangers …\n", o.Subjects, o.Strangers)
			if _, err := synth.Night(c.Context(), o); err != nil {
				return err
			}
			f.config = filepath.Join(dir, "night.yaml")
			result, err := f.run(c.Context())
			if err != nil {
				return err
			}
			w, err := f.workspace()
			if err != nil {
				return err
			}
			return printDemo(out, dir, w, result)
		},
	}
	c.Flags().StringVar(&dir, "dir", "demo", "directory of the night")
	c.Flags().IntVar(&o.Subjects, "subjects", o.Subjects, "people looked for")
	c.Flags().IntVar(&o.Strangers, "strangers", o.Strangers, "rows about strangers")
	c.Flags().Uint64Var(&o.Seed, "seed", 1, "seed of the population")
	return c
}

// demoMark is a file that says a directory is a demo's, so that nothing else is ever cleared away.
const demoMark = ".locatematch-demo"

func clearDemo(dir string) error {
	mark := filepath.Join(dir, demoMark)
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		if _, err := os.Stat(mark); err != nil {
			return fmt.Errorf("%w: %s exists and no demo made it; name another with --dir", errUsage, dir)
		}
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(mark, []byte("made by locatematch demo; cleared by the next one\n"), 0o644)
}

func printDemo(out io.Writer, dir string, w pipeline.Workspace, result *pipeline.Result) error {
	fmt.Fprintln(out)
	fmt.Fprint(out, report.Text(result.Manifest, terminalWidth()))
	best, err := w.BestLeads(3)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "\nThe three best leads")
	for i, l := range best {
		printLead(out, i+1, l)
	}
	fmt.Fprintf(out, `
Files
  the night's config    %s/night.yaml
  leads, for analysts   %s/leads.parquet
  the morning report    %s/report.html
How good was it? Its truth is known:
  locatematch evaluate -c %s/night.yaml --truth %s/truth.csv \
    --traps %s/traps.csv
`, dir, result.Dir, result.Dir, dir, dir, dir)
	return nil
}

// printLead tells one lead in a few lines: what, for whom, how sure and why, and the rows it rests on.
func printLead(out io.Writer, n int, l leads.Lead) {
	fmt.Fprintf(out, "\n%d. %s for %s: %s\n", n, l.Kind, l.SubjectID, l.Display)
	printWrapped(out, l.Summary)
	printWrapped(out, fmt.Sprintf("How sure: %s (%s)", l.Identity, strings.Join(l.IdentityReasons, "; ")))
	var seen []string
	for _, e := range l.Evidence {
		seen = append(seen, fmt.Sprintf("%s line %d", e.Extract, e.Line))
	}
	printWrapped(out, "Seen in: "+strings.Join(seen, ", "))
}

// printWrapped prints a sentence with an indent, broken at the terminal's width.
func printWrapped(out io.Writer, sentence string) {
	const indent = "   "
	line := indent
	for _, word := range strings.Fields(sentence) {
		if len(line) > len(indent) && len(line)+1+len(word) > terminalWidth() {
			fmt.Fprintln(out, line)
			line = indent
		}
		if len(line) > len(indent) {
			line += " "
		}
		line += word
	}
	fmt.Fprintln(out, line)
}
