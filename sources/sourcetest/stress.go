package sourcetest

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"locatematch/sources"
	"locatematch/sources/person"
)

func itoa(n int) string { return strconv.Itoa(n) }

// workers: four goroutines that share a pool and work in any order read what
// one reads, chunk by chunk.
func (c *checker) workers(t *testing.T) {
	path := WriteFile(t, "sample.txt", c.sample)
	const workers = 4
	pool := new(sources.Pool)
	chunks := make(chan *sources.Chunk, workers)
	var mu sync.Mutex
	parts := map[int64]*Outcome{} // by first record
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			s := c.layout.NewSplitter()
			var rows person.Rows
			for chunk := range chunks {
				part := new(Outcome)
				rejects, err := s.Split(chunk, &rows)
				part.Err = err
				part.add(chunk.Section, &rows, rejects)
				part.Invalid = append(part.Invalid, s.Invalid()...)
				first := chunk.FirstRecord
				chunk.Release()
				mu.Lock()
				parts[first] = part
				mu.Unlock()
			}
		})
	}
	report, err := sources.Cut(context.Background(), path, c.layout, sources.CutOptions{ChunkBytes: 500, Pool: pool}, func(chunk *sources.Chunk) error {
		chunks <- chunk
		return nil
	})
	close(chunks)
	wg.Wait()
	c.same(t, "workers", joined(parts, report, err))
}

// joined puts parts together in the order of their records.
func joined(parts map[int64]*Outcome, report *sources.FileReport, err error) *Outcome {
	all := &Outcome{Report: report, Err: err}
	if err != nil {
		return all
	}
	for next := int64(1); next <= report.Records; {
		part := parts[next]
		if part == nil || part.Err != nil || len(part.Rows)+len(part.Rejects) == 0 {
			all.Err = errors.New("records " + itoa(int(next)) + " and on are in no chunk")
			return all
		}
		all.Rows = append(all.Rows, part.Rows...)
		all.Lines = append(all.Lines, part.Lines...)
		all.Sections = append(all.Sections, part.Sections...)
		all.Rejects = append(all.Rejects, part.Rejects...)
		all.Invalid = append(all.Invalid, part.Invalid...)
		next += int64(len(part.Rows) + len(part.Rejects))
	}
	return all
}

// cancel: an ended context ends the cut; so does the receiver's error.
func (c *checker) cancel(t *testing.T) {
	path := WriteFile(t, "sample.txt", c.sample)
	opt := sources.CutOptions{ChunkBytes: 64}
	ctx, stop := context.WithCancel(context.Background())
	seen := 0
	_, err := sources.Cut(ctx, path, c.layout, opt, func(chunk *sources.Chunk) error {
		chunk.Release()
		seen++
		stop()
		return nil
	})
	stop()
	if c.want.Chunks > 0 && len(c.want.Rows) > perSection && (!errors.Is(err, context.Canceled) || seen > 2) {
		t.Errorf("cancelled in the first chunk: %d chunks, error %v", seen, err)
	}
	own := errors.New("the receiver's own")
	_, err = sources.Cut(context.Background(), path, c.layout, opt, func(chunk *sources.Chunk) error {
		chunk.Release()
		return own
	})
	if c.want.Chunks > 0 && err != own {
		t.Errorf("the receiver's error came back as %v", err)
	}
}

// number9 finds what might be an SSN or an account number in a message.
var number9 = regexp.MustCompile(`\d{9}`)

// damage: a changed byte, a cut file, a lost stretch anywhere is a reject, a
// fault, an error or another value, never a panic; the books balance; chunk
// sizes agree; and no message holds a number of a person.
func (c *checker) damage(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	const trials = 300
	path := WriteFile(t, "damaged.txt", nil)
	begun := time.Now()
	for trial := range trials {
		if trial > 50 && time.Since(begun) > 3*time.Second {
			break // a slow machine: the seeds are the same, there are just fewer
		}
		data := damaged(rng, c.sample)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		big := Read(t, path, c.layout, sources.CutOptions{})
		small := Read(t, path, c.layout, sources.CutOptions{ChunkBytes: 64 + rng.IntN(2000)})
		c.alike(t, trial, big, small)
	}
}

// alike compares two readings of one damaged file.
func (c *checker) alike(t *testing.T, trial int, a, b *Outcome) {
	t.Helper()
	for _, o := range []*Outcome{a, b} {
		if err := o.books(); err != nil {
			t.Errorf("damage %d: %v", trial, err)
		}
		var fault *sources.FileError
		if o.Err != nil && !errors.As(o.Err, &fault) {
			t.Errorf("damage %d: not a *FileError: %v", trial, o.Err)
		}
		for _, m := range o.messages() {
			if number9.MatchString(m) {
				t.Errorf("damage %d: a message holds a number of nine digits or more", trial)
			}
		}
	}
	if a.Err == nil && b.Err == nil {
		other := &checker{layout: c.layout, want: a}
		other.same(t, "damage "+itoa(trial), b)
	} else if (a.Err == nil) != (b.Err == nil) || a.Err.Error() != b.Err.Error() {
		t.Errorf("damage %d: chunk sizes disagree: %v, %v", trial, a.Err, b.Err)
	}
}

// damaged is a copy of data with one to three wounds.
func damaged(rng *rand.Rand, data []byte) []byte {
	d := append([]byte(nil), data...)
	for range 1 + rng.IntN(3) {
		if len(d) == 0 {
			break
		}
		at := rng.IntN(len(d))
		switch rng.IntN(6) {
		case 0:
			d[at] = byte(rng.IntN(256))
		case 1:
			d[at] = "\"\n\r,\x00\xFFT"[rng.IntN(7)]
		case 2:
			d = d[:at]
		case 3:
			end := min(at+1+rng.IntN(300), len(d))
			d = append(d[:at], d[end:]...)
		case 4:
			d = append(d[:at], append([]byte("\"x\n"), d[at:]...)...)
		case 5:
			d = append(d, d[at:min(at+500, len(d))]...)
		}
	}
	return d
}

// truncated: a compressed file that was cut short, damaged or followed by
// something else is an error of the file, whatever was read before.
func (c *checker) truncated(t *testing.T) {
	for name, whole := range map[string][]byte{"x.gz": zipped(c.sample), "x.zst": squeezed(t, c.sample)} {
		flipped := append([]byte(nil), whole...)
		flipped[len(flipped)/2] ^= 0x10
		for what, disk := range map[string][]byte{
			"cut at the end":    whole[:len(whole)-3],
			"cut in the middle": whole[:len(whole)/2],
			"cut at the start":  whole[:3],
			"empty":             {},
			"damaged":           flipped,
			"with garbage":      append(append([]byte(nil), whole...), "garbage"...),
		} {
			o := ReadBytes(t, name, disk, c.layout, sources.CutOptions{})
			var fault *sources.FileError
			if !errors.As(o.Err, &fault) {
				t.Errorf("%s %s: %v", name, what, o.Err)
			}
		}
	}
}
