// Package golden holds pages that tests print against those that were read and approved, so that a test reads as a document.
//
// What comes in: what a test printed, and the path of the approved page. What goes out: a failure that shows what was printed, where the
// two differ. `go test -update` writes the pages anew; the diff is the review.
//
// Only tests import it.
package golden

import (
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden pages")

// Check holds a page against the file at path, or writes it there.
func Check[Page ~string | ~[]byte](t testing.TB, path string, got Page) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s differs; go test -update and read the diff\n%s", path, string(got))
	}
}
