package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/memory"
	"pgregory.net/rapid"

	"locatematch/pipeline/leads"
)

var anyText = rapid.StringN(0, 12, 40)

// drawShard draws what a shard may give: links with every column filled at random, record ids that are no UTF-8 among them,
// and claims of shields.
func drawShard(t *rapid.T, subjects int) *shardResult {
	r := &shardResult{}
	number := func(name string, to int) int { return rapid.IntRange(0, to).Draw(t, name) }
	for range number("links", 5) {
		l := leads.Link{
			Subject: uint32(number("subject", subjects-1)), Weight: rapid.Int32().Draw(t, "weight"), Margin: rapid.Int32().Draw(t, "margin"),
			Rule: rapid.Uint8().Draw(t, "rule"), Pattern: rapid.Uint64().Draw(t, "pattern"), Accept: rapid.Bool().Draw(t, "accept"),
			Held: rapid.Bool().Draw(t, "held"), Invalid: rapid.Bool().Draw(t, "invalid"),
			Sighting: &leads.Sighting{
				Extract: rapid.SampledFrom([]string{"w4", "scra"}).Draw(t, "extract"), File: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "file"),
				Source: "employment", Line: rapid.Int64().Draw(t, "line"), Received: 20261121, RecordID: anyText.Draw(t, "id") + "\xff",
				Reported: leads.Parts(rapid.Uint16().Draw(t, "reported")), Facts: leads.PackFacts([]string{anyText.Draw(t, "fact"), "", anyText.Draw(t, "fact")}),
				Person: anyText.Draw(t, "person"), SourcePerson: rapid.Uint64().Draw(t, "source person"),
			},
		}
		for part := range l.Agreement {
			l.Agreement[part] = leads.Verdict(number("verdict", 3))
		}
		r.links = append(r.links, l)
	}
	for range number("shields", 2) {
		r.shields = append(r.shields, stake{subject: uint32(number("subject", subjects-1)), weight: rapid.Int32().Draw(t, "weight")})
	}
	return r
}

// inWords is everything that a provisional link holds, in words.
func inWords(p provisional) string {
	s := p.Sighting
	p.Sighting = nil
	return fmt.Sprintf("%d %+v %+v", p.section, p.Link, s)
}

// TestLinkStore_GivesWhatItTook: whatever the budget, the partitions hold, in order of subjects, exactly the links and claims
// of the wanted sections; nothing is left on disk or in memory.
func TestLinkStore_GivesWhatItTook(t *testing.T) {
	parent := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
		defer mem.AssertSize(t, 0)
		subjects, dir := rapid.IntRange(1, 300).Draw(t, "subjects"), filepath.Join(parent, "spill")
		budget := rapid.SampledFrom([]int64{1, 500, 3000, 1 << 40}).Draw(t, "budget")
		s := newLinkStore(mem, dir, budget, subjects)
		defer s.close()
		wanted := func(section uint32) bool { return section%3 != 2 }
		var want, got []string
		for section := range uint32(rapid.IntRange(0, 12).Draw(t, "shards")) {
			r := drawShard(t, subjects)
			if err := s.add(section, r); err != nil {
				t.Fatal(err)
			}
			for _, l := range r.links {
				want = append(want, inWords(provisional{l, section}))
			}
			for _, c := range r.shields {
				want = append(want, inWords(provisional{c.link(), section}))
			}
			if !wanted(section) {
				want = want[:len(want)-len(r.links)-len(r.shields)]
			}
		}
		if budget == 1 && len(want) > 0 && s.spilled == 0 || budget == 1<<40 && s.spilled > 0 {
			t.Fatalf("a budget of %d bytes, and %d were spilled", budget, s.spilled)
		}
		last := uint32(0)
		for i := range partitions {
			links, err := s.take(i, wanted)
			if err != nil {
				t.Fatal(err)
			}
			slices.SortFunc(links, func(a, b provisional) int { return cmp.Compare(a.Subject, b.Subject) })
			for _, l := range links {
				if l.Subject < last {
					t.Fatalf("subject %d after %d", l.Subject, last)
				}
				last, got = l.Subject, append(got, inWords(l))
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("got\n%q\nwant\n%q", got, want)
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		mustBeGone(t, dir)
	})
}

func mustBeGone(t interface {
	Errorf(string, ...any)
	Helper()
}, dir string) {
	t.Helper()
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s is left: %v", dir, err)
	}
	if open := openSpill(); len(open) > 0 {
		t.Errorf("files are open still: %v", open)
	}
}

// openSpill names the spill files that this process has open, where the system tells.
func openSpill() (open []string) {
	fds, _ := filepath.Glob("/proc/self/fd/*")
	for _, fd := range fds {
		if name, err := os.Readlink(fd); err == nil && filepath.Base(filepath.Dir(name)) == filepath.Base(spillDir) {
			open = append(open, name)
		}
	}
	return open
}

func fullShard(links int) *shardResult {
	r := &shardResult{}
	for i := range links {
		r.links = append(r.links, leads.Link{Subject: uint32(i), Sighting: &leads.Sighting{Line: int64(i), RecordID: "r"}})
	}
	return r
}

// TestLinkStore_FilesAreNobodyElses: while links wait on disk there is nothing to find, and what an earlier run has left is
// gone.
func TestLinkStore_FilesAreNobodyElses(t *testing.T) {
	dir := filepath.Join(t.TempDir(), spillDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "links-07.arrow"), []byte("of a run that was killed"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newLinkStore(memory.DefaultAllocator, dir, 1, 100)
	if err := s.add(0, fullShard(100)); err != nil {
		t.Fatal(err)
	}
	if s.spilled == 0 {
		t.Fatal("nothing was spilled")
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the spill files can be found: %v", err)
	}
	for _, f := range s.files {
		info, err := f.file.file.Stat()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("mode %v, %v; want 0600", info.Mode(), err)
		}
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
	mustBeGone(t, dir)
}

// TestLinkStore_Fails: a folder that cannot be made and a file that cannot be written or read are errors that say what was
// being done, and leave nothing.
func TestLinkStore_Fails(t *testing.T) {
	t.Run("folder", func(t *testing.T) {
		s := newLinkStore(memory.DefaultAllocator, filepath.Join(t.TempDir(), "none", spillDir), 1, 100)
		mustFail(t, s, s.add(0, fullShard(100)))
	})
	t.Run("write", func(t *testing.T) {
		s := newLinkStore(memory.DefaultAllocator, filepath.Join(t.TempDir(), spillDir), 1, 100)
		if err := s.add(0, fullShard(100)); err != nil {
			t.Fatal(err)
		}
		s.files[partitions/2].file.Close()
		mustFail(t, s, s.add(0, fullShard(100)))
	})
	t.Run("read", func(t *testing.T) {
		s := newLinkStore(memory.DefaultAllocator, filepath.Join(t.TempDir(), spillDir), 1, 100)
		if err := s.add(0, fullShard(100)); err != nil {
			t.Fatal(err)
		}
		if err := s.files[0].writer.Close(); err != nil {
			t.Fatal(err)
		}
		if err := s.files[0].file.file.Truncate(900); err != nil {
			t.Fatal(err)
		}
		_, err := s.take(0, func(uint32) bool { return true })
		mustFail(t, s, err)
	})
}

func mustFail(t *testing.T, s *linkStore, err error) {
	t.Helper()
	if err == nil || !strings.HasPrefix(err.Error(), "spilling links beyond the memory budget: ") {
		t.Errorf("error %v does not say what was being done", err)
	}
	s.close() // says once more that a file is closed already
	mustBeGone(t, s.dir)
}
