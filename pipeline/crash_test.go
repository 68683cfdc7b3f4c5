package pipeline

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var errPulled = errors.New("the plug was pulled")

// failing carries out a number of operations and then none any more, as when the process is killed or the plug is pulled.
// Torn, it does half of the one it fails in.
type failing struct {
	unsynced
	left int
	torn bool
	last string // the operation it failed in
}

func (f *failing) step(operation string, args ...string) error {
	if f.left > 0 {
		f.left--
		return nil
	}
	if f.last == "" {
		f.last = operation + " " + strings.Join(args, " ")
	} else {
		f.torn = false // what is dead does nothing, not even half
	}
	return errPulled
}

func (f *failing) MakeDir(path string) error {
	if err := f.step("make", path); err != nil {
		return err
	}
	return f.unsynced.MakeDir(path)
}

func (f *failing) WriteFile(path string, data []byte) error {
	if err := f.step("write", path); err != nil {
		if f.torn {
			return errors.Join(err, f.unsynced.WriteFile(path, data[:len(data)/2]))
		}
		return err
	}
	return f.unsynced.WriteFile(path, data)
}

func (f *failing) Sync(path string) error {
	if err := f.step("sync", path); err != nil {
		return err
	}
	return f.unsynced.Sync(path)
}

func (f *failing) Rename(from, to string) error {
	if err := f.step("rename", from, to); err != nil {
		return err
	}
	return f.unsynced.Rename(from, to)
}

func (f *failing) Replace(path string, data []byte) error {
	if err := f.step("replace", path); err != nil {
		if f.torn { // the temporary file is there, the rename was not reached
			i := strings.LastIndexByte(path, '/') + 1
			return errors.Join(err, f.unsynced.WriteFile(path[:i]+"."+path[i:]+"1234", data[:len(data)/2]))
		}
		return err
	}
	return f.unsynced.Replace(path, data)
}

func (f *failing) RemoveAll(path string) error {
	if err := f.step("remove", path); err != nil {
		if entries, listErr := os.ReadDir(path); f.torn && listErr == nil && len(entries) > 0 {
			return errors.Join(err, f.unsynced.RemoveAll(path+"/"+entries[0].Name()))
		}
		return err
	}
	return f.unsynced.RemoveAll(path)
}

// I9: whichever operation is the last that happens, readers see the old run or the new run, whole and with its state; the
// next Begin removes what is left over; and the night can be run again.
func TestCrashAtEveryOperation(t *testing.T) {
	for _, torn := range []bool{false, true} {
		for n := 0; ; n++ {
			if n > 200 {
				t.Fatal("publishing never ends")
			}
			w := shelf(t)
			mustPublish(t, w, "old", "")
			files := &failing{left: n, torn: torn}
			crashing := w
			crashing.files = files
			err := publishNight(crashing, "new", "old")
			t.Run(fmt.Sprintf("torn=%v/%d", torn, n), func(t *testing.T) { afterCrash(t, w, err, files.last) })
			if files.last == "" {
				if n < 20 {
					t.Errorf("only %d operations: the seam is not used", n)
				}
				break
			}
		}
	}
}

func afterCrash(t *testing.T, w Workspace, err error, operation string) {
	m, currentErr := w.Current()
	if currentErr != nil {
		t.Fatalf("after %s: %v", operation, currentErr)
	}
	switch {
	case m.Run != "old" && m.Run != "new":
		t.Fatalf("after %s: current is %s", operation, m.Run)
	case err == nil && m.Run != "new":
		t.Fatalf("after %s: Publish succeeded, and %s is current", operation, m.Run)
	case err != nil && m.Run == "new" && !strings.Contains(err.Error(), "it is live"):
		t.Fatalf("after %s: the new run is live, and Publish said %v", operation, err)
	}
	mustBeWhole(t, w, "current")
	mustBeWhole(t, w, "old")
	cleanAgain(t, w, m.Run)
	mustPublish(t, w, "new", "old")
	if m, err := w.Current(); err != nil || m.Run != "new" {
		t.Fatalf("after %s and once more: %v, %v", operation, m, err)
	}
	mustBeWhole(t, w, "old")
	mustBeWhole(t, w, "new")
}

// cleanAgain begins and gives up: what is there then is whole, and nothing else is.
func cleanAgain(t *testing.T, w Workspace, current string) {
	d, err := w.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Discard(); err != nil {
		t.Fatal(err)
	}
	runs, state := []string{"current", "old"}, []string{"lock", "old"}
	if current == "new" {
		runs, state = []string{"current", "new", "old"}, []string{"lock", "new", "old"}
	}
	if got := namesIn(t, w.Runs); !slices.Equal(got, runs) {
		t.Errorf("runs holds %s", got)
	}
	if got := namesIn(t, w.State); !slices.Equal(got, state) {
		t.Errorf("state holds %s", got)
	}
}

// A crash while the leftovers of a crash are removed leaves no less to go by.
func TestCrashWhileCleaning(t *testing.T) {
	for first := range 60 {
		for second := 0; second < 12; second++ {
			w := shelf(t)
			mustPublish(t, w, "old", "")
			crashing := w
			crashing.files = &failing{left: first}
			firstErr := publishNight(crashing, "new", "old")
			crashing.files = &failing{left: second, torn: true}
			_, secondErr := crashing.Begin()
			mustBeWhole(t, w, "current")
			mustPublish(t, w, "new", "old")
			mustBeWhole(t, w, "current")
			if firstErr == nil && secondErr == nil {
				return
			}
			if secondErr == nil {
				break
			}
		}
	}
}

// An ordinary error, of a disk that is full for a while: Discard still works and puts everything back at once.
func TestFailureOfOneOperation(t *testing.T) {
	for n := 0; n < 200; n++ {
		w := shelf(t)
		mustPublish(t, w, "old", "")
		files := &hiccup{at: n}
		failingOnce := w
		failingOnce.files = files
		err := publishNight(failingOnce, "new", "old")
		if files.at >= 0 {
			return // more operations than publishing has
		}
		m, currentErr := w.Current()
		if currentErr != nil {
			t.Fatal(currentErr)
		}
		if live := m.Run == "new"; live != (err == nil) && !(live && strings.Contains(err.Error(), "it is live")) {
			t.Fatalf("operation %d: %s is current, and Publish said %v", n, m.Run, err)
		}
		if err != nil && m.Run == "old" && !slices.Equal(namesIn(t, w.Runs), []string{"current", "old"}) && !files.cleaning {
			t.Fatalf("operation %d: Discard left %s", n, namesIn(t, w.Runs))
		}
		mustBeWhole(t, w, "current")
	}
	t.Fatal("publishing never ends")
}

// hiccup fails in one operation alone.
type hiccup struct {
	unsynced
	at       int
	cleaning bool // it failed in a removal
}

func (h *hiccup) step(removal bool) error {
	h.at--
	if h.at == -1 {
		h.cleaning = removal
		return errPulled
	}
	return nil
}

func (h *hiccup) MakeDir(path string) error {
	return errors.Join(h.step(false), h.unsynced.MakeDir(path))
}

func (h *hiccup) WriteFile(path string, data []byte) error {
	if err := h.step(false); err != nil {
		return err
	}
	return h.unsynced.WriteFile(path, data)
}

func (h *hiccup) Sync(path string) error { return errors.Join(h.step(false), h.unsynced.Sync(path)) }

func (h *hiccup) Rename(from, to string) error {
	if err := h.step(false); err != nil {
		return err
	}
	return h.unsynced.Rename(from, to)
}

func (h *hiccup) Replace(path string, data []byte) error {
	if err := h.step(false); err != nil {
		return err
	}
	return h.unsynced.Replace(path, data)
}

func (h *hiccup) RemoveAll(path string) error {
	if err := h.step(true); err != nil {
		return err
	}
	return h.unsynced.RemoveAll(path)
}

// recording writes down every operation.
type recording struct {
	unsynced
	root string
	log  []string
}

func (r *recording) note(operation string, paths ...string) {
	for _, p := range paths {
		operation += " " + strings.TrimPrefix(p, r.root)
	}
	r.log = append(r.log, operation)
}

func (r *recording) WriteFile(path string, data []byte) error {
	r.note("write", path)
	return r.unsynced.WriteFile(path, data)
}

func (r *recording) Sync(path string) error {
	r.note("sync", path)
	return r.unsynced.Sync(path)
}

func (r *recording) Rename(from, to string) error {
	r.note("rename", from, to)
	return r.unsynced.Rename(from, to)
}

func (r *recording) Replace(path string, data []byte) error {
	r.note("replace", path)
	return r.unsynced.Replace(path, data)
}

// A power failure keeps only what was synced, which no crash of a process shows: so the order is written down. Every file and
// directory is durable before anything points to it, and each rename before the next.
func TestPublishingStepByStep(t *testing.T) {
	w := shelf(t)
	files := &recording{root: strings.TrimSuffix(w.Runs, "runs")}
	w.files = files
	mustPublish(t, w, "night", "")
	want := `write runs/.draft-run/report.md
write runs/.draft-run/report.html
write runs/.draft-run/manifest.json
sync runs/.draft-run
sync runs/.draft-run/leads.parquet
sync runs/.draft-run/manifest.json
sync runs/.draft-run/queues
sync runs/.draft-run/queues/north.parquet
sync runs/.draft-run/report.html
sync runs/.draft-run/report.md
sync runs/.draft-run/timing.json
sync state/.draft-state
sync state/.draft-state/history.parquet
sync state/.draft-state/ledger.json
replace runs/.publishing
sync runs
rename state/.draft-state state/night
sync state
rename runs/.draft-run runs/night
sync runs
replace runs/current
sync runs`
	if got := strings.Join(files.log, "\n"); got != want {
		t.Errorf("publishing went\n%s", got)
	}
}
