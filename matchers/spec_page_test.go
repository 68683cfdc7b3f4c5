package matchers

import (
	"os"
	"strings"
	"testing"
)

// TestSpecPage_NamesEveryKind: SPEC.md is where a user looks a comparison kind or a transform up.
func TestSpecPage_NamesEveryKind(t *testing.T) {
	page, err := os.ReadFile("SPEC.md")
	if err != nil {
		t.Fatal(err)
	}
	for kind := range comparisonKinds {
		if !strings.Contains(string(page), kind) {
			t.Errorf("SPEC.md does not name the comparison kind %s", kind)
		}
	}
	for transform := range transformNames {
		if !strings.Contains(string(page), "`"+transform+"`") {
			t.Errorf("SPEC.md does not name the transform %s", transform)
		}
	}
	for _, kind := range fieldKindNames() {
		if !strings.Contains(string(page), kind) {
			t.Errorf("SPEC.md does not name the field kind %s", kind)
		}
	}
}
