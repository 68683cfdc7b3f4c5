package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"locatematch/matchers"
	"locatematch/pipeline"
	"locatematch/pipeline/report"
)

// crowdedNight is a night in which every reason to hold a link back occurs: shields and a protected person among 300 people,
// two extracts of one source whose links compete, a file whose trailer disagrees, a copy of another file, and an extract
// beyond its reject limit.
func crowdedNight(t *testing.T, seed uint64) string {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	var caseload strings.Builder
	caseload.WriteString(smallNight["caseload.csv"])
	people := make([]hotLife, 300)
	for i := range people {
		p := hotPerson(1 + 2*random.IntN(5_000))
		people[i] = p
		role := "subject,"
		switch i % 9 {
		case 1:
			role = "shield,"
		case 5:
			role = "subject,FV"
		}
		fmt.Fprintf(&caseload, "N%d,%s,%s,%s,,%s,,,,%s,,%s,Springfield,IL,%s,,\n", i, role, ssnOf(i), p.given, p.family, p.born, p.street, p.zip)
	}
	rows := func(n int) (lines []string) {
		for i := range n {
			who := random.IntN(len(people))
			p, ssn := people[who], strings.ReplaceAll(ssnOf(who), "-", "")
			if random.IntN(3) == 0 {
				ssn = ""
			}
			if random.IntN(4) == 0 {
				p.given = p.given[:1]
			}
			lines = append(lines, fmt.Sprintf("q%d,%s,%s,%s,%s/%s/%s,%s,%s,Acme %d,123456789,202611%02d", i, ssn, p.given, p.family,
				p.born[5:7], p.born[8:], p.born[:4], p.street, p.zip, random.IntN(3), 1+random.IntN(20)))
		}
		return lines
	}
	head := strings.SplitN(smallNight["in/jobs.csv"], "\n", 2)[0]
	plain := func(n int) string { return head + "\n" + strings.Join(rows(n), "\n") + "\n" }
	marked := func(n, trailer int) string {
		return fmt.Sprintf("mark,%s\nD,%s\nT,%d\n", head, strings.Join(rows(n), "\nD,"), trailer)
	}
	once := plain(150)
	dir := smallNight.with(files{
		"caseload.csv": caseload.String(),
		"marked.yaml": strings.Replace(strings.Replace(smallNight["jobs.yaml"], "small-jobs", "marked-jobs", 1), "records:\n  data:\n",
			"records:\n  trailer:\n    mark: {column: mark, text: T}\n    fields: [{name: count, counts: data}]\n  data:\n    mark: {column: mark, text: D}\n", 1),
		"in/jobs.csv": plain(200), "in/jobs2.csv": once, "in/jobs3.csv": once,
		"in/marked1.csv": marked(120, 120), "in/marked2.csv": marked(90, 91),
		"in/bad.csv": plain(60) + "too,few\ntoo,few\n",
		"night.yaml": smallNight["night.yaml"] +
			"  - {name: marked, source: employment, files: \"in/marked*.csv\", layout: ./marked.yaml, known_share: 0.3}\n" +
			"  - {name: bad, source: employment, files: in/bad.csv, layout: ./jobs.yaml, known_share: 0.3}\n" +
			"model: ./model.json\n",
	}).in(t)
	m := matchers.BuiltInModel(matchers.BuiltInSpec())
	m.RepeatRatio = map[string]float64{matchers.DefaultSource: .05}
	if err := pipeline.WriteModel(filepath.Join(dir, "model.json"), &pipeline.Training{Model: m}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func ssnOf(i int) string { return fmt.Sprintf("%03d-%02d-%04d", 200+i, 11+i%80, 1000+i*7) }

// published is every byte of runs and state under its name, but for the clock's, and what the run spilled.
func published(t *testing.T, dir string) (all map[string]string, spilled int64) {
	t.Helper()
	all = map[string]string{}
	for _, part := range []string{"runs", "state"} {
		err := filepath.WalkDir(filepath.Join(dir, part), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || d.Name() == "lock" {
				return err
			}
			b, err := os.ReadFile(path)
			if d.Name() != "timing.json" {
				all[strings.TrimPrefix(path, dir)] = string(b)
				return err
			}
			var timing struct {
				Spilled *int64 `json:"spilled_bytes"`
			}
			if err := json.Unmarshal(b, &timing); err != nil || timing.Spilled == nil {
				t.Errorf("%s: %s, %v", path, b, err)
				return err
			}
			spilled += *timing.Spilled
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all, spilled
}

// TestI8_SpilledNight: however little memory the links have, for any number of workers and chunk size, the night comes out the
// same to the last byte: manifest, leads, links, rejects, pages and state.
func TestI8_SpilledNight(t *testing.T) {
	for seed := range uint64(3) {
		night := crowdedNight(t, seed)
		var want map[string]string
		for _, opt := range []pipeline.Options{
			{Workers: 2, Memory: 1 << 40},
			{Workers: 1, Memory: 1},
			{Workers: 4, Memory: 1, ChunkBytes: 1 << 10},
			{Workers: 3, Memory: 10_000, ChunkBytes: 2 << 10},
		} {
			out := t.TempDir()
			plan := load(t, night, pipeline.Overrides{Out: filepath.Join(out, "runs"), State: filepath.Join(out, "state")})
			r, err := pipeline.Run(context.Background(), plan, opt)
			if err != nil {
				t.Fatal(err)
			}
			got, spilled := published(t, out)
			if spilled > 0 != (opt.Memory < 1<<40) {
				t.Errorf("within %d bytes %d were spilled", opt.Memory, spilled)
			}
			if want == nil {
				want = got
				mustBeCrowded(t, r.Manifest)
			}
			for name := range want {
				if got[name] != want[name] {
					t.Errorf("night %d, %+v: %s differs", seed, opt, name)
				}
			}
			if len(got) != len(want) {
				t.Errorf("night %d, %+v: %d files, want %d", seed, opt, len(got), len(want))
			}
		}
	}
}

// mustBeCrowded holds that the night tests what it is there for.
func mustBeCrowded(t *testing.T, m *report.Manifest) {
	t.Helper()
	for _, reason := range []string{"section refused", "reject limit", "shield subject", "protected person"} {
		if countNamed(m.Links.WithheldBy, reason) == 0 {
			t.Errorf("no link is withheld for %s: %+v", reason, m.Links)
		}
	}
	if m.Links.Outcompeted == 0 || m.Leads.Total == 0 {
		t.Errorf("%d outcompeted, %d leads: the night is no test", m.Links.Outcompeted, m.Leads.Total)
	}
}

// TestSpill_NothingIsLeft: an interrupt at any stage, or while rows are read, a required extract that does not come, and a
// run that was killed: no file of links is left, open or by name.
func TestSpill_NothingIsLeft(t *testing.T) {
	night := smallNight.with(files{"night.yaml": smallNight["night.yaml"] +
		"  - {name: more, source: employment, files: \"in/more*.csv\", layout: ./jobs.yaml, required: true, known_share: 0.3}\n",
		"in/more.csv": smallNight["in/jobs.csv"]})
	for _, stage := range []string{"load", "match", "consolidate", "write", "publish"} {
		t.Run(stage, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			dir := night.in(t)
			leave(t, dir)
			_, err := pipeline.Run(ctx, load(t, dir, pipeline.Overrides{}), pipeline.Options{Memory: 1, Observer: cancelAt{stage, cancel}})
			if err == nil != (stage == "publish") {
				t.Errorf("error %v", err)
			}
			nothingSpilled(t, dir)
		})
	}
	t.Run("while rows are read", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		dir := crowdedNight(t, 0)
		opt := pipeline.Options{Workers: 1, Memory: 1, ChunkBytes: 1 << 10, Observer: cancelAtSpill{cancelAt{}, cancel}}
		_, err := pipeline.Run(ctx, load(t, dir, pipeline.Overrides{}), opt)
		if !errors.Is(err, context.Canceled) && (err != nil || runtime.GOOS == "linux") { // elsewhere nobody sees the files
			t.Errorf("error %v, want canceled", err)
		}
		nothingSpilled(t, dir)
	})
	t.Run("required", func(t *testing.T) {
		dir := night.with(files{"in/more.csv": "not,these,columns\n1,2,3\n"}).in(t)
		_, err := pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.Options{Memory: 1})
		if !errors.Is(err, pipeline.ErrRequired) {
			t.Errorf("error %v", err)
		}
		nothingSpilled(t, dir)
	})
}

// cancelAtSpill cancels once links are on disk.
type cancelAtSpill struct {
	cancelAt
	stop context.CancelFunc
}

func (c cancelAtSpill) Advance(string, int64) {
	if len(spillFiles()) > 0 {
		c.stop()
	}
}

// leave puts there what a run that was killed may have left.
func leave(t *testing.T, dir string) {
	t.Helper()
	spill := filepath.Join(dir, "state", ".spill")
	if err := os.MkdirAll(spill, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(spill, "links-00.arrow"), []byte("left"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func nothingSpilled(t *testing.T, dir string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, "state", ".spill")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("state/.spill is left: %v", err)
	}
	if open := spillFiles(); len(open) > 0 {
		t.Errorf("files are open still: %v", open)
	}
}

// spillFiles names the spill files that this process has open, where the system tells.
func spillFiles() (open []string) {
	fds, _ := filepath.Glob("/proc/self/fd/*")
	for _, fd := range fds {
		if name, err := os.Readlink(fd); err == nil && strings.Contains(name, "/.spill/") {
			open = append(open, name)
		}
	}
	return open
}
