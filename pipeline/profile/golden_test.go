package profile_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"locatematch/pipeline/golden"
	"locatematch/pipeline/profile"
	"locatematch/sources"
)

// TestGolden reads each page of testdata: a layout, a file, and what profile and a trial of two rows say of them.
func TestGolden(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, page := range pages {
		t.Run(strings.TrimSuffix(filepath.Base(page), ".txtar"), func(t *testing.T) { checkPage(t, page) })
	}
}

func checkPage(t *testing.T, page string) {
	archive, err := txtar.ParseFile(page)
	if err != nil {
		t.Fatal(err)
	}
	part := func(name string) *txtar.File {
		for i := range archive.Files {
			if archive.Files[i].Name == name {
				return &archive.Files[i]
			}
		}
		t.Fatalf("no %s", name)
		return nil
	}
	path := filepath.Join(t.TempDir(), "file.txt")
	if err := os.WriteFile(path, part("file.txt").Data, 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := sources.Parse(part("layout.yaml").Data, "layout.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := profile.Of(context.Background(), path, l, profile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tried, err := profile.Try(context.Background(), path, l, profile.TrialOptions{Rows: 2})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"profile.txt": p.Text(), "test.txt": tried.Text()} {
		if wholeNumber.MatchString(text) {
			t.Errorf("%s holds a whole number of a person", name)
		}
		part(name).Data = []byte(text)
	}
	golden.Check(t, page, txtar.Format(archive))
}

// wholeNumber is an SSN, or as many digits as an account has, but for the nines of patterns.
var wholeNumber = regexp.MustCompile(`\b([0-8][0-9]{8,}|[0-8][0-9]{2}-[0-9]{2}-[0-9]{4})\b`)
