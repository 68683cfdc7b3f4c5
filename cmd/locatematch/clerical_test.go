package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"locatematch/pipeline/clerical"
)

// label SHEET KEY TRUTH EVERY: fills a blind sheet in from the truth; each so-manieth pair (0: none) cannot be told.
func label(ts *testscript.TestScript, _ bool, args []string) {
	var key clerical.Key
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &key))
	every, err := strconv.Atoi(args[3])
	ts.Check(err)
	truth := map[string]bool{}
	for _, line := range strings.Fields(ts.ReadFile(args[2])) {
		truth[line] = true
	}
	labels := map[string]clerical.Verdict{}
	for _, p := range key.Pairs {
		labels[p.PairID] = clerical.Different
		if truth[p.SubjectID+","+p.Extract+","+p.RecordID] {
			labels[p.PairID] = clerical.Same
		}
	}
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(args[0]))).ReadAll()
	ts.Check(err)
	at := len(rows[0]) - 3 // label, fact, note
	for i, row := range rows[1:] {
		row[at] = string(labels[row[0]])
		if every > 0 && (i+1)%every == 0 {
			row[at] = string(clerical.CannotTell)
		}
	}
	var out bytes.Buffer
	ts.Check(csv.NewWriter(&out).WriteAll(rows))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out.Bytes(), 0o600))
}
