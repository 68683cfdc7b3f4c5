// Command locatematch runs child support locate nights: extracts in, locate leads out.
//
// Each subcommand has a file of its own: flags in, pipeline called. Errors become exit codes here and nowhere else.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/sources/synth"
)

func main() { os.Exit(command(os.Args[1:])) }

// command runs one command line and gives its exit code.
func command(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return pipeline.ExitPublished
	}
	code := exitCode(ctx, err)
	if words := err.Error(); words != "" {
		if code == pipeline.ExitInterrupted {
			words = "interrupted: nothing was published"
		}
		fmt.Fprintln(os.Stderr, "locatematch:", words)
	}
	return code
}

// exitCode is the one place where errors become codes. Where several apply, the order is 130, 11, 2, 1, 3.
func exitCode(ctx context.Context, err error) int {
	var ended exitError
	switch {
	case errors.As(err, &ended): // it had published, or said what was wrong, before any signal
		return ended.code
	case ctx.Err() != nil || errors.Is(err, context.Canceled):
		return pipeline.ExitInterrupted
	case errors.Is(err, pipeline.ErrLocked):
		return pipeline.ExitLocked
	case errors.Is(err, pipeline.ErrConfig), errors.Is(err, pipeline.ErrNotFound), errors.Is(err, errUsage),
		errors.Is(err, synth.ErrOptions):
		return pipeline.ExitUsage
	default:
		return pipeline.ExitFailed
	}
}

// exitError ends a command that has said all it has to say with a code.
type exitError struct{ code int }

func (exitError) Error() string { return "" }

// errUsage marks faults of the command line.
var errUsage = errors.New("usage")

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "locatematch",
		Short: "Find absent parents in what the post office, employers, the military and banks report",
		Long: `locatematch reads the night's extracts, links their rows to the people on the
caseload, and publishes locate leads: who was seen, where, by whom, and how sure
we are.

A first look:      locatematch demo
A night:           locatematch run -c night.yaml
Its report:        runs/<run>/report.md (and report.html)
Officers' queues:  locatematch queue -c night.yaml --officer F
What they found:   locatematch judge -c night.yaml --file FILLED.xlsx
Why a lead is one: locatematch explain -c night.yaml LEAD

Exit codes: 0 published or done; 1 failed, nothing published; 2 usage or config;
3 published, but an expected extract is missing, refused or withheld; 11 another run
holds the lock; 130 interrupted.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       pipeline.Version(),
		Args:          noSuchCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetFlagErrorFunc(flagFault)
	root.AddCommand(newDemo(), newRun(), newRecall(), newCheck(), newExplain(), newEvaluate(), newBlocking(), newDuplicates(), newTrain(), newCompare(),
		newQueue(), newLeads(), newCase(), newJudge(), newTrace(), newProtect(), newRestricted(), newInquiry(), newPolicy(), newSynth(), newLayouts(), newProfile(), newVersion())
	root.CompletionOptions.HiddenDefaultCmd = true
	return root
}

// flagFault makes a fault of a flag a usage error, in words. Behind a misspelt subcommand no flag is known, and the subcommand is at fault.
func flagFault(c *cobra.Command, err error) error {
	if written := c.Flags().Args(); c.HasSubCommands() && len(written) > 0 {
		return noSuchCommand(c, written)
	}
	words, _, wrong := strings.Cut(err.Error(), ": strconv.")
	if wrong {
		words += ": want a number"
	}
	return fmt.Errorf("%w: %s (see `%s --help`)", errUsage, words, c.CommandPath())
}

// noSuchCommand makes a misspelt subcommand a usage error.
func noSuchCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := ""
	c.SuggestionsMinimumDistance = 2 // letters: "rnu"
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "; did you mean " + near[0] + "?"
	}
	return fmt.Errorf("%w: no command %q%s (see `%s --help`)", errUsage, args[0], hint, c.CommandPath())
}

// exactly is cobra.ExactArgs, but a wrong number is a usage error with a hint.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return fmt.Errorf("%w: %s takes %s (see `%s --help`)", errUsage, c.CommandPath(), what, c.CommandPath())
		}
		return nil
	}
}
