package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/parquet-go/parquet-go"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"locatematch": func() { os.Exit(command(os.Args[1:])) }})
}

// TestScripts runs each page of testdata/script: one user's story, with the real command.
func TestScripts(t *testing.T) {
	testscript.Run(t, params(t, "testdata/script"))
}

// TestReadme runs the worked night of README.md, so that the page cannot go stale: every line of its console blocks that
// begins with "$ locatematch".
func TestReadme(t *testing.T) {
	page, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	for _, line := range regexp.MustCompile(`(?m)^\$ (locatematch .*)$`).FindAllStringSubmatch(string(page), -1) {
		script.WriteString("exec " + line[1] + "\n")
	}
	if strings.Count(script.String(), "\n") < 4 {
		t.Fatalf("README.md's worked night has too few commands:\n%s", script.String())
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "readme.txtar"), []byte(script.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, params(t, dir))
}

// TestReadme_NamesEveryCommand: the table of commands is whole.
func TestReadme_NamesEveryCommand(t *testing.T) {
	page, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range newRoot().Commands() {
		if c.Name() != "version" && !strings.Contains(string(page), "| `"+c.Name()+"` |") {
			t.Errorf("README.md's table does not name %s", c.Name())
		}
	}
}

func params(t *testing.T, dir string) testscript.Params {
	p := testscript.Params{
		Dir:                 dir,
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"same":      same,
			"damage":    damage,
			"truncate":  truncate,
			"replace":   replace,
			"noSSN":     noSSN,
			"manifest":  manifest,
			"label":     label,
			"fill":      fill,
			"noWords":   noWords,
			"keypair":   keypair,
			"ownerOnly": ownerOnly,
		},
	}
	maps.Copy(p.Cmds, sealing(t))
	return p
}

// exits CODE COMMAND…: the command ends with exactly this code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	code := 0
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		code = ended.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

// ownerOnly FILE: nobody but its owner may read or write the file.
func ownerOnly(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if info.Mode().Perm() != 0o600 {
		ts.Fatalf("%s has mode %o", args[0], info.Mode().Perm())
	}
}

// same DIR DIR: both hold the same files with the same bytes; timing.json, the only file with clocks in it, apart.
func same(ts *testscript.TestScript, neg bool, args []string) {
	a, b := filesOf(ts, args[0]), filesOf(ts, args[1])
	var differ []string
	for name, content := range a {
		if other, there := b[name]; !there || !bytes.Equal(content, other) {
			differ = append(differ, name)
		}
	}
	if len(b) != len(a) {
		differ = append(differ, "the number of files")
	}
	if len(a) == 0 {
		ts.Fatalf("no file in %s", args[0])
	}
	if neg != (len(differ) > 0) {
		ts.Fatalf("%s and %s differ in %v", args[0], args[1], differ)
	}
}

func filesOf(ts *testscript.TestScript, dir string) map[string][]byte {
	files := map[string][]byte{}
	root := ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "timing.json" || d.Name() == "lock" {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err == nil {
			files[name], err = os.ReadFile(path)
		}
		return err
	}))
	return files
}

// damage FILE: flips a byte in the middle.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	rewrite(ts, args[0], func(b []byte) []byte {
		b[len(b)/2] ^= 0x55
		return b
	})
}

// truncate FILE PERCENT: keeps the first part of it.
func truncate(ts *testscript.TestScript, _ bool, args []string) {
	percent, err := strconv.Atoi(args[1])
	ts.Check(err)
	rewrite(ts, args[0], func(b []byte) []byte { return b[:len(b)*percent/100] })
}

// replace FILE REGEXP TEXT [EVERY]: replaces matches; with EVERY only each so-manieth. A .gz file is inflated and deflated.
func replace(ts *testscript.TestScript, _ bool, args []string) {
	pattern := regexp.MustCompile("(?m)" + args[1])
	every := 1
	if len(args) > 3 {
		every, _ = strconv.Atoi(args[3])
	}
	n := 0
	change := func(b []byte) []byte {
		return pattern.ReplaceAllFunc(b, func(match []byte) []byte {
			if n++; n%every != 0 {
				return match
			}
			return pattern.ReplaceAll(match, []byte(args[2]))
		})
	}
	if strings.HasSuffix(args[0], ".gz") {
		plain := change
		change = func(b []byte) []byte { return deflate(ts, plain(inflate(ts, b))) }
	}
	rewrite(ts, args[0], change)
	if n == 0 {
		ts.Fatalf("%s: nothing matches %s", args[0], args[1])
	}
}

func inflate(ts *testscript.TestScript, b []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(b))
	ts.Check(err)
	var out bytes.Buffer
	_, err = out.ReadFrom(r)
	ts.Check(err)
	return out.Bytes()
}

func deflate(ts *testscript.TestScript, b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(b)
	ts.Check(err)
	ts.Check(w.Close())
	return out.Bytes()
}

func rewrite(ts *testscript.TestScript, pattern string, change func([]byte) []byte) {
	found, err := filepath.Glob(ts.MkAbs(pattern))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%s: %d files", pattern, len(found))
	}
	b, err := os.ReadFile(found[0])
	ts.Check(err)
	ts.Check(os.WriteFile(found[0], change(b), 0o600))
}

var (
	nineDigits  = regexp.MustCompile(`[0-9]{3}-?[0-9]{2}-?[0-9]{4}`)
	wholeNumber = regexp.MustCompile(`\b([0-9]{9}|[0-9]{3}-[0-9]{2}-[0-9]{4})\b`) // 12345-6789 is a ZIP
)

// fill WORKBOOK LEAD COLUMN=VALUE…: writes into the row of a lead, as an officer would.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	tab := f.GetSheetName(0)
	rows, err := f.GetRows(tab)
	ts.Check(err)
	headings := rows[0] // in words
	for i := range headings {
		headings[i] = strings.ToLower(strings.ReplaceAll(headings[i], " ", "_"))
	}
	at := slices.Index(headings, "lead_id")
	row := slices.IndexFunc(rows, func(r []string) bool { return len(r) > at && r[at] == args[1] })
	if row < 0 {
		ts.Fatalf("%s: no lead %s", args[0], args[1])
	}
	for _, assignment := range args[2:] {
		column, value, _ := strings.Cut(assignment, "=")
		cell, err := excelize.CoordinatesToCellName(slices.Index(headings, column)+1, row+1)
		ts.Check(err)
		ts.Check(f.SetCellStr(tab, cell, value))
	}
	ts.Check(f.Save())
}

// keypair SECRET PUBLIC: a worker's pair of keys, each in a file of its own.
func keypair(ts *testscript.TestScript, _ bool, args []string) {
	key, err := age.GenerateX25519Identity()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("# a test's own\n"+key.String()+"\n"), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte("# a test's own\n"+key.Recipient().String()+"\n"), 0o600))
}

// noWords FILE|DIR WORD…: none of the words stands in the file or folder, in Parquet's values and a workbook's parts too.
func noWords(ts *testscript.TestScript, _ bool, args []string) {
	found, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%s: %d files", args[0], len(found))
	}
	for name, content := range placeOf(ts, found[0]) {
		content = append(content, valuesOf(ts, name, content)...)
		if z, err := zip.NewReader(bytes.NewReader(content), int64(len(content))); err == nil {
			for _, part := range z.File {
				r, err := part.Open()
				ts.Check(err)
				text, err := io.ReadAll(r)
				ts.Check(err)
				content = append(content, text...)
			}
		}
		for _, word := range args[1:] {
			if bytes.Contains(bytes.ToUpper(content), []byte(strings.ToUpper(word))) {
				ts.Fatalf("%s holds %q", name, word)
			}
		}
	}
}

// noSSN CASELOAD DIR|FILE…: no SSN of the caseload stands in any of these files, as nine digits or with hyphens (I11).
func noSSN(ts *testscript.TestScript, _ bool, args []string) {
	secret := map[string]bool{}
	for _, number := range wholeNumber.FindAllString(ts.ReadFile(args[0]), -1) {
		secret[strings.ReplaceAll(number, "-", "")] = true
	}
	if len(secret) < 10 {
		ts.Fatalf("%s holds only %d numbers: this test would pass on anything", args[0], len(secret))
	}
	for _, place := range args[1:] {
		for name, content := range placeOf(ts, place) {
			if strings.HasSuffix(name, "sightings.parquet") {
				continue // rows as their supplier wrote them: mode 0600, as secret as an extract
			}
			content = append(content, valuesOf(ts, name, content)...)
			for i := range content {
				if n := ninth(content[i:]); n != "" && secret[n] {
					ts.Fatalf("%s: a full SSN of the caseload, at byte %d", name, i)
				}
			}
		}
	}
}

// valuesOf is every value of a Parquet file as text: its pages are compressed, and a scan of the bytes would see nothing.
func valuesOf(ts *testscript.TestScript, name string, content []byte) []byte {
	if !strings.HasSuffix(name, ".parquet") {
		return nil
	}
	f, err := parquet.OpenFile(bytes.NewReader(content), int64(len(content)))
	ts.Check(err)
	var all []byte
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		buffer := make([]parquet.Row, 64)
		for {
			n, err := rows.ReadRows(buffer)
			for _, row := range buffer[:n] {
				for _, v := range row {
					all = append(append(all, v.String()...), '\n')
				}
			}
			if err != nil {
				break
			}
		}
		ts.Check(rows.Close())
	}
	return all
}

// placeOf is a folder's files, or the script's own stdout and stderr, or one file.
func placeOf(ts *testscript.TestScript, place string) map[string][]byte {
	if place == "stdout" || place == "stderr" {
		return map[string][]byte{place: []byte(ts.ReadFile(place))}
	}
	if info, err := os.Stat(ts.MkAbs(place)); err == nil && info.IsDir() {
		return filesOf(ts, place)
	}
	return map[string][]byte{place: []byte(ts.ReadFile(place))}
}

// ninth gives the nine digits that b begins with, hyphens left out, or "".
func ninth(b []byte) string {
	if len(b) < 9 || b[0] < '0' || b[0] > '9' {
		return ""
	}
	if match := nineDigits.FindIndex(b[:min(11, len(b))]); match != nil && match[0] == 0 {
		return strings.ReplaceAll(string(b[:match[1]]), "-", "")
	}
	return ""
}

// manifest RUNS EXPRESSION: the live run's manifest holds, at a dotted path, a value: `extracts.w4.state=refused`.
func manifest(ts *testscript.TestScript, neg bool, args []string) {
	run := strings.TrimSpace(ts.ReadFile(filepath.Join(args[0], "current")))
	var doc map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(filepath.Join(args[0], run, "manifest.json"))), &doc))
	for _, expression := range args[1:] {
		path, want, _ := strings.Cut(expression, "=")
		got := lookUp(doc, strings.Split(path, "."))
		text, err := json.Marshal(got)
		ts.Check(err)
		if neg == (strings.Trim(string(text), `"`) == want) {
			ts.Fatalf("manifest: %s is %s", expression, text)
		}
	}
}

func lookUp(v any, path []string) any {
	if len(path) == 0 {
		return v
	}
	switch v := v.(type) {
	case map[string]any:
		return lookUp(v[path[0]], path[1:])
	case []any:
		for _, item := range v {
			if m, ok := item.(map[string]any); ok && m["name"] == path[0] {
				return lookUp(m, path[1:])
			}
		}
	}
	return nil
}
