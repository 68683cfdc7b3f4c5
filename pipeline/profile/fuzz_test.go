package profile_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/pipeline/profile"
	"locatematch/sources"
	"locatematch/sources/sourcetest"
)

// canary is a number that no output may show; it stands in fields of every kind.
const canary = "523456789"

// FuzzOf: of any bytes, read by any built-in layout, profile and trial give a page or an error, show no number whole, and keep the books:
// records = rows + rejects, and in each field filled = valid + placeholder + invalid.
func FuzzOf(f *testing.F) {
	for i, l := range sources.BuiltIn() {
		if l.Format != sources.Parquet {
			f.Add(sourcetest.Sample(f, l, 1), uint8(i)) // short: the fuzzer minimises what it finds
		}
	}
	f.Add([]byte("\n\n\x00"), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, which uint8) {
		l := sources.BuiltIn()[int(which)%len(sources.BuiltIn())]
		if strings.Contains(string(data), canary) {
			return
		}
		path := filepath.Join(t.TempDir(), "f.txt")
		rows := strings.Repeat(strings.Repeat(canary+",", 60)+"\n", 3)
		if l.Format == sources.Fixed {
			rows = strings.Repeat(strings.Repeat(canary+" ", 100)[:l.Length]+"\n", 3)
		}
		if err := os.WriteFile(path, append(append(data, '\n'), rows...), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := profile.Of(context.Background(), path, l, profile.Options{})
		if err != nil {
			if strings.Contains(err.Error(), canary) {
				t.Fatal("an error shows a number")
			}
			return
		}
		books(t, p)
		tried, err := profile.Try(context.Background(), path, l, profile.TrialOptions{Rows: 100, ShowNames: true})
		if err != nil {
			t.Fatal(err)
		}
		document, err := json.Marshal(tried)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(p.Text()+tried.Text()+string(document), canary) {
			t.Fatalf("layout %s: a number is shown whole", l.Name)
		}
	})
}

func books(t *testing.T, p *profile.Profile) {
	t.Helper()
	rejected := int64(0)
	for _, r := range p.Rejected {
		rejected += r.Rows
	}
	if p.Records != p.Rows+rejected {
		t.Fatalf("%d records, %d rows and %d rejects", p.Records, p.Rows, rejected)
	}
	for _, f := range p.Fields {
		if f.Filled > p.Rows || f.Filled < f.Valid+f.Placeholder+f.Invalid {
			t.Fatalf("%s: %d filled, %d valid, %d placeholders, %d invalid", f.Name, f.Filled, f.Valid, f.Placeholder, f.Invalid)
		}
	}
}
