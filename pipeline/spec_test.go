package pipeline_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/pipeline"
)

// TestLoadSpec_ThePagesExample: the spec that SPEC.md shows loads as it stands there.
func TestLoadSpec_ThePagesExample(t *testing.T) {
	page, err := os.ReadFile("../matchers/SPEC.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```yaml\n")
	example, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("SPEC.md shows no example")
	}
	spec, err := pipeline.LoadSpec(writeSpec(t, example))
	if err != nil {
		t.Fatal(err)
	}
	if len(spec.Fields) != 4 || len(spec.Comparisons) != 5 || len(spec.Blocking) != 4 || spec.Cap != 5000 {
		t.Errorf("loaded %+v", spec)
	}
}

// TestLoadSpec_UnknownKey: YAML is read strictly, inside a comparison too.
func TestLoadSpec_UnknownKey(t *testing.T) {
	_, err := pipeline.LoadSpec(writeSpec(t, "fields: {born: date}\ncomparisons:\n  - {name: born, fields: [born], kind: date, treshold: 1}\nblocking: [[born]]\n"))
	if !errors.Is(err, pipeline.ErrConfig) || !strings.Contains(err.Error(), "treshold") {
		t.Errorf("error %v", err)
	}
}

func writeSpec(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "spec.yaml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
