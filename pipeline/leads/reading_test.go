package leads

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"locatematch/pipeline/leads/readability"
)

// greatestGrade is the school grade, by Flesch and Kincaid, up to which a sentence for an officer may go.
const greatestGrade = 9.0

// Names of firms and of places: how hard they are is nobody's choice.
var (
	place = regexp.MustCompile(`\d+ [A-Z][\w ]*(, [A-Z][\w ]*)*, [A-Z]{2} \d{5}`)
	firm  = regexp.MustCompile(`^ *[A-Z0-9].*? (reported|gave|had|said) `)
)

// Every sentence that the golden pages show, and so every template of every kind with typical values, is plain enough for an
// officer who is new. An address counts as one
// word, for it is looked at, not read, and a firm is Acme Freight.
func TestReading_EverySentenceOfThePages(t *testing.T) {
	pages, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, path := range pages {
		page, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range page.Files {
			if !strings.HasPrefix(f.Name, "leads ") {
				continue
			}
			for _, line := range strings.Split(string(f.Data), "\n") {
				if !strings.HasPrefix(line, "    ") || !strings.HasSuffix(line, ".") {
					continue
				}
				read++
				said := line
				if !strings.Contains(said, "Department") && !strings.HasPrefix(strings.TrimSpace(said), "The post office") {
					said = firm.ReplaceAllString(said, "Acme Freight $1 ")
				}
				if thought, grade := readability.Hardest(place.ReplaceAllString(said, "Home")); grade > greatestGrade {
					t.Errorf("%s: grade %.1f: %s", filepath.Base(path), grade, thought)
				}
				if strings.Contains(line, " must ") {
					t.Errorf("an officer may, and never must: %s", line)
				}
			}
		}
	}
	if read < 30 {
		t.Fatalf("only %d sentences were read", read)
	}
}
