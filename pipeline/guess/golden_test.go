package guess_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden pages")

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
			if *update {
				want.Data = []byte(text)
				if err := os.WriteFile(page, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if string(want.Data) != text {
				t.Errorf("the guess is now:\n%s", text)
			}
		})
	}
}
