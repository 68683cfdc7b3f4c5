package guess_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/pipeline/guess"
	"locatematch/pipeline/profile"
	"locatematch/sources"
)

// canary is a row that is put behind whatever the fuzzer makes: its values must come out nowhere.
const canary = "523456789,QUIXVANDER,ZYLPHORIAN,4417123456789113,8814 WOLLSTONEKRAFT ST\n"

var secrets = []string{"523456789", "523-45-6789", "QUIXVANDER", "ZYLPHORIAN", "4417123456789113", "WOLLSTONEKRAFT", "12345678"}

// FuzzFile: of any bytes, guess gives a layout that loads or an error; profile and trial by it never panic; and none of them shows
// a value of the file's rows.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{
		"", "\n", "ssn,first,last,acct,address\n", "ssn|dob\n523-45-6789|1980-02-29\n", "H412345\nW4523456789A\nW4523456780B\nT000000002\n",
		"523456789 19800229 TX\n523456780 19800301 OK\n", "a;\"b\n;c\"\n", "\x00\x01\xFF", "\xEF\xBB\xBFid,name\n1,é\n", strings.Repeat("B523456789SMITH     TX78701", 30),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, secret := range secrets {
			if strings.Contains(string(data), secret) {
				return // then it may stand among the names of columns
			}
		}
		if len(data) > 0 && data[len(data)-1] != '\n' {
			data = append(data, '\n')
		}
		data = append(data, strings.Repeat(canary, 3)...)
		path := filepath.Join(t.TempDir(), "f.txt")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		silent(t, said(t, path))
	})
}

// said is all that guess, profile and trial print about a file.
func said(t *testing.T, path string) string {
	ctx := context.Background()
	g, err := guess.File(ctx, path, guess.Options{})
	if err != nil {
		return err.Error()
	}
	if _, err := sources.Parse(g.YAML, "guess"); err != nil {
		t.Fatalf("the guess does not load: %v", err)
	}
	p, err := profile.Of(ctx, path, g.Layout, profile.Options{})
	if err != nil {
		t.Fatalf("the guess does not read its own file: %v", err)
	}
	tried, err := profile.Try(ctx, path, g.Layout, profile.TrialOptions{Rows: 20})
	if err != nil {
		t.Fatal(err)
	}
	if p.Records < p.Rows {
		t.Fatalf("%d rows of %d records", p.Rows, p.Records)
	}
	return string(g.YAML) + p.Text() + tried.Text()
}

func silent(t *testing.T, text string) {
	t.Helper()
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			t.Fatalf("a value of the file is shown, %d bytes long", len(secret))
		}
	}
}

// TestHeaderlessFilesAreSilent: where the first line is a person and not names, nothing of it is shown, whatever the form.
func TestHeaderlessFilesAreSilent(t *testing.T) {
	for name, text := range map[string]string{
		"csv":      strings.Repeat(canary, 10),
		"pipes":    strings.Repeat(strings.ReplaceAll(canary, ",", "|"), 10),
		"fixed":    strings.Repeat("523456789 QUIXVANDER          ZYLPHORIAN     4417123456789113 8814 WOLLSTONEKRAFT ST\n", 10),
		"one row":  canary,
		"stripped": "523456789 QUIXVANDER          ZYLPHORIAN\n523456789 QUIXVANDER          ZY\n523456789 QUIXVANDER\n",
		"words":    "FIRST QUIXVANDER,LAST ZYLPHORIAN\n" + strings.Repeat("QUIXVANDER,ZYLPHORIAN\n", 5),
		"names":    "QUIXVANDER,ZYLPHORIAN,TX\nANNA,SMITH,OK\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "people.txt")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			silent(t, said(t, path))
		})
	}
}
