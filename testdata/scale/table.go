package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

var columns = []string{"subjects", "rows", "file", "MB", "s", "rows/s", "us/row", "peak MB", "B/subj", "load", "match", "consol.", "write"}

const note = `s: the whole process, publishing included; us/row: processor microseconds, the caseload's load among them; peak MB:
resident memory; B/subj: of the frozen caseload. load, match, consolidate and write: seconds by stage.`

func (l *line) row() []string {
	_, ending, _ := strings.Cut(l.Cell, ".")
	words := []string{
		short(l.Subjects), short(l.Rows), ending, fmt.Sprintf("%.0f", l.FileMB), fmt.Sprintf("%.2f", l.Seconds),
		short(int64(l.RowsASecond)), fmt.Sprintf("%.2f", l.MicrosecondsRow), fmt.Sprintf("%.0f", l.MB), fmt.Sprintf("%.0f", l.BytesSubject),
	}
	for _, stage := range []string{"load", "match", "consolidate", "write"} {
		words = append(words, fmt.Sprintf("%.2f", l.Stages[stage]))
	}
	return words
}

// short writes a count to three places: 50k, 2M, 1.23M.
func short(n int64) string {
	switch {
	case n >= 1_000_000:
		return fmt.Sprintf("%.3gM", float64(n)/1e6)
	case n >= 1000:
		return fmt.Sprintf("%.3gk", float64(n)/1e3)
	}
	return fmt.Sprint(n)
}

func text(lines []line) string {
	rows := [][]string{columns}
	for i := range lines {
		rows = append(rows, lines[i].row())
	}
	var b strings.Builder
	for _, row := range rows {
		for c, word := range row {
			width := 0
			for _, other := range rows {
				width = max(width, len(other[c]))
			}
			fmt.Fprintf(&b, "%*s ", width, word)
		}
		b.WriteByte('\n')
	}
	return b.String() + note + "\n"
}

func markdown(lines []line) string {
	var b strings.Builder
	put := func(row []string) { b.WriteString("| " + strings.Join(row, " | ") + " |\n") }
	put(columns)
	b.WriteString(strings.Repeat("| ---: ", len(columns)) + "|\n")
	for i := range lines {
		put(lines[i].row())
	}
	return b.String() + "\n" + strings.ReplaceAll(note, "\n", " ") + "\n"
}

// machine is what was measured, and on what.
func (o *options) machine() string {
	return fmt.Sprintf("%d processors, %s/%s, %s; %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), versionOf(o.binary))
}

// keep writes the folder of results: what was run and where, raw numbers, the table.
func (o *options) keep(named []string, lines []line) error {
	if o.results == "" {
		return nil
	}
	var raw bytes.Buffer
	for _, l := range lines {
		if err := json.NewEncoder(&raw).Encode(l); err != nil {
			return err
		}
	}
	about := fmt.Sprintf("# Nights that grow, %s\n\n`make scale SCALE=%g SCALE_RUNS=%d STRANGERS=%g CELLS=\"%s\"`; %s.\n",
		time.Now().Format(time.DateOnly), o.scale, o.runs, o.strangers, strings.Join(named, " "), o.machine())
	if err := os.MkdirAll(o.results, 0o755); err != nil {
		return err
	}
	for name, page := range map[string]string{"README.md": about, "raw.jsonl": raw.String(), "table.md": markdown(lines)} {
		if err := os.WriteFile(filepath.Join(o.results, name), []byte(page), 0o644); err != nil {
			return err
		}
	}
	return nil
}
