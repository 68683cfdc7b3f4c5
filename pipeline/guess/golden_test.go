package guess_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"locatematch/pipeline/golden"
)

// TestGolden reads each page of testdata: a file, and the layout that is guessed from it, without the words at its top, which are the
// same for all.
func TestGolden(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, page := range pages {
		t.Run(strings.TrimSuffix(filepath.Base(page), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(page)
			if err != nil {
				t.Fatal(err)
			}
			file, want := &archive.Files[0], &archive.Files[1]
			path := filepath.Join(t.TempDir(), file.Name)
			if err := os.WriteFile(path, file.Data, 0o600); err != nil {
				t.Fatal(err)
			}
			_, text, _ := strings.Cut(string(guessed(t, path).YAML), "\n#\nname: ")
			text = "name: " + text
			want.Data = []byte(text)
			golden.Check(t, page, txtar.Format(archive))
		})
	}
}
