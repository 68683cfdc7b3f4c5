package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/klauspost/compress/zip"
	"github.com/rogpeppe/go-internal/testscript"

	"locatematch/pipeline/leads"
	"locatematch/sources/sourcetest"
)

// sealing are the script commands that put files into layers, as suppliers do.
func sealing(t *testing.T) map[string]func(*testscript.TestScript, bool, []string) {
	keys := sync.OnceValue(func() [2]string { return [2]string{sourcetest.AgeKey(t), sourcetest.OpenPGPKey(t)} })
	return map[string]func(*testscript.TestScript, bool, []string){
		// keys DIR: writes age.txt and agency.asc.
		"keys": func(ts *testscript.TestScript, _ bool, args []string) {
			dir := ts.MkAbs(args[0])
			ts.Check(os.MkdirAll(dir, 0o700))
			ts.Check(os.WriteFile(filepath.Join(dir, "age.txt"), []byte(keys()[0]), 0o600))
			ts.Check(os.WriteFile(filepath.Join(dir, "agency.asc"), []byte(keys()[1]), 0o600))
		},
		// seal FILE LAYER…: puts the file into layers, as its name then says.
		"seal": func(ts *testscript.TestScript, _ bool, args []string) {
			path := ts.MkAbs(args[0])
			data, err := os.ReadFile(path)
			ts.Check(err)
			name, sealed := sourcetest.Wrap(t, filepath.Base(path), data, args[1:]...)
			ts.Check(os.Remove(path))
			ts.Check(os.WriteFile(filepath.Join(filepath.Dir(path), name), sealed, 0o600))
		},
		// noKeys PLACE…: none of them holds the age identity or a line of the OpenPGP key.
		"noKeys": func(ts *testscript.TestScript, _ bool, args []string) {
			secrets := []string{strings.Split(keys()[0], "\n")[1], strings.Split(keys()[1], "\n")[4]}
			for _, place := range args {
				for name, content := range placeOf(ts, place) {
					for _, secret := range secrets {
						if bytes.Contains(content, []byte(secret)) {
							ts.Fatalf("%s holds a key", name)
						}
					}
				}
			}
		},
		"zipTogether": zipTogether,
		"sameLeads":   sameLeads,
	}
}

// zipTogether ZIP FILE…: moves files into one zip.
func zipTogether(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range args[1:] {
		data, err := os.ReadFile(ts.MkAbs(name))
		ts.Check(err)
		member, err := w.Create(filepath.Base(name))
		ts.Check(err)
		_, err = member.Write(data)
		ts.Check(err)
		ts.Check(os.Remove(ts.MkAbs(name)))
	}
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}

// sameLeads RUNS RUNS: the live runs have the same leads, but for the names of the files in their evidence.
func sameLeads(ts *testscript.TestScript, _ bool, args []string) {
	var lists [2][]leads.Lead
	for i, runs := range args {
		run := strings.TrimSpace(ts.ReadFile(filepath.Join(runs, "current")))
		list, err := leads.ReadLeads(filepath.Join(ts.MkAbs(runs), run, "leads.parquet"))
		ts.Check(err)
		for l := range list {
			for e := range list[l].Evidence {
				list[l].Evidence[e].File = ""
			}
		}
		lists[i] = list
	}
	if len(lists[0]) == 0 || !reflect.DeepEqual(lists[0], lists[1]) {
		ts.Fatalf("%d and %d leads, and they differ", len(lists[0]), len(lists[1]))
	}
}
