package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"locatematch/pipeline/golden"
)

// TestGuide runs the console blocks of sources/LAYOUTS.md in order, on testdata/guide/releases.txt, and holds what stands below each
// command to what the command prints. -update writes it.
func TestGuide(t *testing.T) {
	const page = "../../sources/LAYOUTS.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile("testdata/guide/releases.txt")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "guide.txtar"), []byte("transcript\nnoSSN numbers.txt page.md\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := params(t, dir)
	p.Setup = func(e *testscript.Env) error {
		numbers := bytes.ReplaceAll(file, []byte("999-99-9999"), nil) // nobody's, and the shape of every SSN
		if err := os.WriteFile(filepath.Join(e.WorkDir, "numbers.txt"), numbers, 0o600); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(e.WorkDir, "releases.txt"), file, 0o600)
	}
	var printed string
	p.Cmds["transcript"] = func(ts *testscript.TestScript, _ bool, _ []string) {
		printed = transcript(ts, string(text))
		ts.Check(os.WriteFile(ts.MkAbs("page.md"), []byte(printed), 0o600))
	}
	if t.Run("script", func(t *testing.T) { testscript.Run(t, p) }) {
		golden.Check(t, page, printed)
	}
}

// transcript is a page with what its commands print below them.
func transcript(ts *testscript.TestScript, page string) string {
	var b strings.Builder
	inside := false
	for line := range strings.Lines(page) {
		switch {
		case !inside:
			b.WriteString(line)
			inside = line == "```console\n"
		case line == "```\n":
			b.WriteString(line)
			inside = false
		case strings.HasPrefix(line, "$ "):
			b.WriteString(line)
			b.WriteString(outcome(ts, strings.TrimSuffix(line[2:], "\n")))
		}
	}
	return b.String()
}

// outcome runs one command and gives what it prints, unless that goes to a file.
func outcome(ts *testscript.TestScript, command string) string {
	command, file, redirected := strings.Cut(command, " > ")
	words := shellWords(command)
	ts.Check(ts.Exec(words[0], words[1:]...))
	out := ts.ReadFile("stdout")
	if !redirected {
		return out
	}
	ts.Check(os.WriteFile(ts.MkAbs(file), []byte(out), 0o600))
	return ""
}

// shellWords parts a command at blanks outside double quotes.
func shellWords(command string) (words []string) {
	for i, part := range strings.Split(command, `"`) {
		if i%2 == 1 {
			words = append(words, part)
			continue
		}
		words = append(words, strings.Fields(part)...)
	}
	return words
}
