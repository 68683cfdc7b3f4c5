package main

import "testing"

func TestSize(t *testing.T) {
	for text, want := range map[string]size{
		"1": 1, "4096": 4096, "1B": 1, "1k": 1024, "1kB": 1000, "64KiB": 64 << 10, "500MB": 500e6, "500mb": 500e6, "2GiB": 2 << 30, "2 GiB": 2 << 30,
		"1.5g": 3 << 29, "1TiB": 1 << 40,
	} {
		var s size
		if err := s.Set(text); err != nil || s != want {
			t.Errorf("%q is %d, want %d; %v", text, s, want, err)
		}
	}
	for _, text := range []string{"", "0", "-1", "GiB", "0.5", "2GiBs", "1e400", "NaN", "Inf", "9999999TB", "2G iB", "0x10"} {
		var s size
		if err := s.Set(text); err == nil {
			t.Errorf("%q is %d, want an error", text, s)
		}
	}
}

// FuzzSize: whatever is typed is an error or a size that prints as what reads back the same.
func FuzzSize(f *testing.F) {
	for _, text := range []string{"2GiB", "500 MB", "1.5g", "-1", "1e9", "9223372036854775807"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s, again size
		if s.Set(text) != nil {
			return
		}
		if s < 1 {
			t.Fatalf("%q is %d bytes", text, s)
		}
		if err := again.Set(s.String()); err != nil || s < 1<<53 && again != s {
			t.Fatalf("%q is %d, which reads back as %d; %v", text, s, again, err)
		}
	})
}
