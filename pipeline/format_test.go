package pipeline

import (
	"os"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"locatematch/pipeline/leads"
)

// TestFormat_NamesEveryColumn: an analyst finds every column of what a run publishes in FORMAT.md, those within a column too.
func TestFormat_NamesEveryColumn(t *testing.T) {
	page, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []any{leads.Lead{}, linkRow{}, rejectRow{}} {
		for _, path := range parquet.SchemaOf(table).Columns() {
			for _, name := range path {
				if name != "list" && name != "element" && !strings.Contains(string(page), "`"+name+"`") {
					t.Errorf("FORMAT.md does not name column %s", strings.Join(path, "."))
				}
			}
		}
	}
}
