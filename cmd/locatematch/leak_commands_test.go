package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/spf13/cobra"
)

// notScanned are the commands that the leak test does not run, each with its reason. A command that is neither here nor run makes
// the test fail: whoever adds one decides.
var notScanned = map[string]string{
	"locatematch demo":  "it reads no file: it makes a night of invented people, then runs and shows it as run, queue and leads do",
	"locatematch synth": "it reads no file, and writes invented people alone, as extracts are: the planted night itself is made by it",
}

// mustRunEveryCommand holds what was run against what the product offers.
func (a *agencyUnderTest) mustRunEveryCommand() {
	a.t.Helper()
	for _, fault := range unscanned(everyCommand(), a.ran, notScanned) {
		a.t.Error(fault)
	}
}

// unscanned are the faults of a leak test that has run some commands and excuses others, in words.
func unscanned(every []string, ran map[string]bool, excused map[string]string) (faults []string) {
	for _, c := range every {
		switch reason, is := excused[c]; {
		case !ran[c] && reason == "":
			faults = append(faults, fmt.Sprintf("`%s` is not scanned: run it in the leak test, or say in notScanned why it need not be", c))
		case ran[c] && is:
			faults = append(faults, fmt.Sprintf("`%s` is scanned, and needs no reason not to be", c))
		}
	}
	for c := range excused {
		if !slices.Contains(every, c) {
			faults = append(faults, fmt.Sprintf("there is no command `%s` to be excused", c))
		}
	}
	return faults
}

// everyCommand is the path of each command that `locatematch --help` lists, and of those below them.
func everyCommand() (paths []string) {
	root := newRoot()
	root.InitDefaultHelpCmd()
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			if !sub.Hidden {
				paths = append(paths, sub.CommandPath())
				walk(sub)
			}
		}
	}
	walk(root)
	return paths
}

// note remembers which command a command line runs.
func (a *agencyUnderTest) note(args []string) {
	root := newRoot()
	root.InitDefaultHelpCmd()
	c, _, err := root.Find(args)
	a.check(err)
	a.ran[c.CommandPath()] = true
}

// TestLeaks_NameACommandThatIsNotScanned: a command that somebody adds is missed, one that is gone or run is not excused.
func TestLeaks_NameACommandThatIsNotScanned(t *testing.T) {
	if faults := unscanned([]string{"locatematch run"}, map[string]bool{"locatematch run": true}, nil); len(faults) > 0 {
		t.Errorf("what was run is missed: %v", faults)
	}
	for name, faults := range map[string][]string{
		"neither run nor excused": unscanned([]string{"locatematch export"}, nil, nil),
		"excused without reason":  unscanned([]string{"locatematch export"}, nil, map[string]string{"locatematch export": ""}),
		"excused and run":         unscanned([]string{"locatematch export"}, map[string]bool{"locatematch export": true}, map[string]string{"locatematch export": "reads nothing"}),
		"excused and gone":        unscanned(nil, nil, map[string]string{"locatematch export": "reads nothing"}),
	} {
		if len(faults) != 1 {
			t.Errorf("%s: faults %v, want one", name, faults)
		}
	}
	if every := everyCommand(); !slices.Contains(every, "locatematch policy test") || !slices.Contains(every, "locatematch inquiry") {
		t.Errorf("commands found: %v", every)
	}
}

// askPolicy shows the rules, and tries others on the published night: more and less than its own.
func (a *agencyUnderTest) askPolicy(night int) {
	a.t.Helper()
	ask := a.asker(night)
	ask("policy")
	ask("policy", "show")
	strict := filepath.Join(a.dir, "strict.yaml")
	a.file(strict, `layer: county
purpose:
  - id: purpose.no-posts
    sources: [postal]
    decide: deny
    words: Here no change of address is looked at.
    citation: product default
suppress:
  - id: suppress.large
    kinds: [account]
    below: {balance: 100000.00}
    words: The account holds less than {balance}.
    citation: product default
`)
	a.exec("policy", "check", strict)
	for _, args := range [][]string{{}, {"--policy", "built-in"}, {"--policy", strict}, {"--policy", strict, "--json"}} {
		if _, says, code := ask(append([]string{"policy", "test", "--limit", "100"}, args...)...); code != 0 {
			a.t.Fatalf("policy test %v: code %d: %s", args, code, says)
		}
	}
	ask("policy", "test", "--policy", strict, "--run", a.first()) // refused where the caseload is no longer the run's
}

// askSuppliers writes the inquiries that are sent out: they name whom we look for, with their SSNs, and nobody who is protected.
func (a *agencyUnderTest) askSuppliers(night int) {
	a.t.Helper()
	ask := a.asker(night)
	for kind, name := range map[string]string{"fidm": "inquiry.txt", "scra": "request.txt"} {
		for _, form := range [][]string{nil, {"--json"}} {
			if _, says, code := ask(append([]string{"inquiry", "--kind", kind, "--allow-unconfirmed", "--fips", "20000", "--out", name}, form...)...); code != 0 {
				a.t.Fatalf("inquiry --kind %s: code %d: %s", kind, code, says)
			}
		}
		asked, err := os.ReadFile(filepath.Join(a.dir, "taken", name))
		a.check(err)
		if !bytes.Contains(asked, []byte(a.people["free"].ssn)) {
			a.t.Errorf("inquiry --kind %s does not ask about %q, who is sought", kind, "free")
		}
	}
}

// askOfProduct asks what the product says of itself.
func (a *agencyUnderTest) askOfProduct() {
	a.t.Helper()
	for _, args := range [][]string{{"help"}, {"version"}, {"layouts"}, {"layouts", filepath.Join(a.dir, "jobs.yaml")}} {
		a.exec(args...)
	}
}
