package pipeline_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows says which of our own packages each package may import, and which modules beside the standard library. What is not
// written here is not allowed: a new arrow is argued in the commit that adds it.
var arrows = map[string]struct{ ours, modules []string }{
	"matchers/text": {modules: []string{"github.com/antzucaro/matchr"}}, // arithmetic should be testable on a train
	"matchers":      {ours: []string{"matchers/text"}, modules: []string{"github.com/antzucaro/matchr", "github.com/cespare/xxhash/v2"}},

	"sources/person": {modules: []string{"github.com/apache/arrow/go/v17"}},                             // the one home of Arrow on the reading side
	"sources/codes":  {ours: []string{"sources/person"}, modules: []string{"github.com/goccy/go-yaml"}}, // what codes mean, the same in every layout
	"sources/arrival": {modules: []string{ // the one home of inflating and decrypting
		"filippo.io/age", "github.com/ProtonMail/go-crypto", "github.com/klauspost/compress",
	}},
	"sources": {ours: []string{"sources/person", "sources/arrival"}, modules: []string{
		"github.com/goccy/go-yaml", "github.com/parquet-go/parquet-go", "github.com/pierrec/lz4/v4", "golang.org/x/text",
	}},
	"sources/sourcetest": {ours: []string{"sources", "sources/person", "sources/arrival"}, modules: []string{
		"filippo.io/age", "github.com/ProtonMail/go-crypto", "github.com/klauspost/compress", "go.uber.org/goleak",
	}},
	"sources/synth": {ours: []string{"sources", "sources/person"}, modules: []string{"github.com/klauspost/compress"}},

	"pipeline/table":           {modules: []string{"github.com/parquet-go/parquet-go", "github.com/cespare/xxhash/v2", "golang.org/x/sync"}},
	"pipeline/report":          {},
	"pipeline/report/charts":   {modules: []string{"github.com/go-analyze/charts"}}, // the one home of the charting library
	"pipeline/report/analysis": {ours: []string{"pipeline/report", "pipeline/report/charts"}},
	"pipeline/clerical":        {}, // statistics and sheets: the standard library serves
	"pipeline/profile":         {ours: []string{"matchers/text", "sources", "sources/person"}, modules: []string{"github.com/cespare/xxhash/v2"}},
	"pipeline/guess":           {ours: []string{"matchers/text", "pipeline/profile", "sources", "sources/person"}, modules: []string{"github.com/goccy/go-yaml"}},
	"pipeline/leads/agency":    {}, // nouns that every part shares
	"pipeline/leads/packed":    {}, // bytes: the standard library serves
	"pipeline/leads/policy": {ours: []string{"pipeline/leads/agency"}, modules: []string{
		"github.com/goccy/go-yaml", "github.com/rickar/cal/v2", // the one home of holidays
	}},
	"pipeline/leads":             {ours: []string{"matchers/text", "sources/codes", "sources/person", "pipeline/table", "pipeline/report", "pipeline/leads/agency", "pipeline/leads/packed", "pipeline/leads/policy"}, modules: []string{"github.com/cespare/xxhash/v2"}},
	"pipeline/golden":            {},                                                 // approved pages of tests
	"pipeline/leads/readability": {},                                                 // what tests measure officers' sentences by
	"pipeline/leads/sheet":       {modules: []string{"github.com/xuri/excelize/v2"}}, // the one home of the spreadsheet library
	"pipeline/leads/queue": {ours: []string{
		"pipeline/leads", "pipeline/leads/agency", "pipeline/leads/judgement", "pipeline/leads/policy", "pipeline/leads/sheet",
		"pipeline/report", "pipeline/table",
	}, modules: []string{"github.com/goccy/go-yaml"}},
	"pipeline/leads/judgement": {ours: []string{"pipeline/leads", "pipeline/leads/packed", "pipeline/leads/sheet", "pipeline/table"}},
	"pipeline/leads/restricted": {
		ours: []string{"pipeline/leads", "pipeline/leads/queue", "pipeline/leads/sheet", "pipeline/table"}, modules: []string{"filippo.io/age"}, // what is published encrypted
	},
	"pipeline/leads/trial":    {ours: []string{"pipeline/leads", "pipeline/leads/policy", "pipeline/leads/queue", "pipeline/report"}},
	"pipeline/leads/casefile": {ours: []string{"pipeline/leads", "pipeline/leads/agency", "pipeline/report"}},
	"pipeline": {
		ours: []string{"matchers", "matchers/text", "sources", "sources/arrival", "sources/codes", "sources/person", "pipeline/clerical", "pipeline/leads",
			"pipeline/leads/agency", "pipeline/leads/policy", "pipeline/leads/queue", "pipeline/leads/judgement", "pipeline/leads/casefile", "pipeline/leads/restricted", "pipeline/leads/trial",
			"pipeline/report", "pipeline/report/analysis", "pipeline/table"},
		modules: []string{
			"github.com/apache/arrow/go/v17", "github.com/goccy/go-yaml", "github.com/gofrs/flock",
			"github.com/google/renameio/v2", "golang.org/x/sync",
		},
	},

	"cmd/locatematch": {
		ours: []string{"pipeline", "pipeline/clerical", "pipeline/guess", "pipeline/leads", "pipeline/leads/casefile", "pipeline/leads/judgement", "pipeline/leads/policy",
			"pipeline/leads/queue", "pipeline/leads/restricted", "pipeline/leads/sheet", "pipeline/leads/trial", "pipeline/profile", "pipeline/report", "sources", "sources/synth"},
		modules: []string{"github.com/spf13/cobra", "github.com/vbauerster/mpb/v8", "golang.org/x/term"},
	},
}

type goPackage struct {
	ImportPath string
	Imports    []string
	Standard   bool
	Doc        string
}

// TestArchitecture_ArrowsPointDown reads the import graph and holds it against arrows.
func TestArchitecture_ArrowsPointDown(t *testing.T) {
	for _, p := range listPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, "locatematch/")
		allowed, known := arrows[name]
		if !known {
			t.Errorf("package %s is not in the picture: add it to arrows, and to the picture in README.md", name)
			continue
		}
		for _, imported := range p.Imports {
			if !permitted(imported, allowed.ours, allowed.modules) {
				t.Errorf("%s imports %s, which its arrows do not allow", name, imported)
			}
		}
	}
}

// TestArchitecture_EveryPackageTellsItsStory holds house rule 2.
func TestArchitecture_EveryPackageTellsItsStory(t *testing.T) {
	for _, p := range listPackages(t) {
		if len(p.Doc) < 40 {
			t.Errorf("%s: no package comment that says what comes in and what goes out", p.ImportPath)
		}
	}
}

func permitted(imported string, ours, modules []string) bool {
	if own, ok := strings.CutPrefix(imported, "locatematch/"); ok {
		return slices.Contains(ours, own)
	}
	if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
		return true // the standard library
	}
	return slices.ContainsFunc(modules, func(m string) bool { return imported == m || strings.HasPrefix(imported, m+"/") })
}

func listPackages(t *testing.T) (list []goPackage) {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,Standard,Doc", "locatematch/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}
