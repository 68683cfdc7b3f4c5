package pipeline

import (
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/judgement"
	"locatematch/pipeline/leads/queue"
)

// Names of what judgements leave in the state.
const (
	judgementStore = "judgements"         // of the state as a whole: one file a call of judge
	takenFile      = "judgements.parquet" // of a run: all that were taken in
	publishedFile  = "published.parquet"  // of a run: every lead ever published, for the judgements that may come
)

func (w Workspace) judgementStore() string { return filepath.Join(w.State, judgementStore) }

// judged is what officers have said by the time of a run.
type judged struct {
	digest  string // of all files of the store
	taken   []judgement.Taken
	before  string            // path of what the parent remembers of leads, "" for none
	gone    map[uint64]bool   // marks of files that are recalled tonight
	numbers judgement.Numbers // that a crosswalk has changed
	parted  []judgement.Known // twins that leads have since tonight
	book    *judgement.Book
	known   []judgement.Known // tonight's leads
	out     map[string]string // leads that judgements keep out of queues
}

// loadJudgements reads the store and takes in what the parent had not. It is read once, so that one run sees one store.
func (r *runner) loadJudgements() (err error) {
	j := &judged{}
	files, err := judgement.ReadStore(r.plan.Workspace.judgementStore())
	if err != nil {
		return err
	}
	var digests []string
	for _, f := range files {
		digests = append(digests, f.Digest)
	}
	if len(digests) > 0 {
		j.digest = hexDigest([]byte(strings.Join(digests, "\n")))
	}
	var before []judgement.Taken
	var memory judgement.Memory
	if r.parent != nil {
		w, run := r.plan.Workspace, r.parent.Run
		j.before = filepath.Join(w.state(run), publishedFile)
		if before, err = w.takenBy(run); err != nil {
			return err
		}
		if memory, err = w.recollect(run, judgement.Untaken(files, before)); err != nil {
			return err
		}
	}
	j.taken = judgement.Take(files, before, memory)
	j.book = judgement.NewBook(j.taken)
	if r.recall != nil {
		j.forget(r.recall.marks())
	}
	r.judged = j
	return nil
}

// takenBy reads which judgements a run took in. A run of a version that kept none took none.
func (w Workspace) takenBy(run string) ([]judgement.Taken, error) {
	taken, err := judgement.ReadTaken(filepath.Join(w.state(run), takenFile))
	return taken, ofThisVersion(err)
}

// ofThisVersion says what to do of a state that cannot be read. A table that is not there is none to read.
func ofThisVersion(err error) error {
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fmt.Errorf("%w; judgements of another version cannot be read: begin anew with another --state and --baseline", err)
}

// eachPublished goes through the leads that were ever published, by lead id, as a run remembers them. A run of a version that kept
// none remembers nothing.
func (w Workspace) eachPublished(run string, do func(*judgement.Known)) error {
	return ofThisVersion(judgement.EachKnown(filepath.Join(w.state(run), publishedFile), func(k *judgement.Known) error { do(k); return nil }))
}

// recollect is what a run remembers of some leads.
func (w Workspace) recollect(run string, ids map[string]bool) (memory judgement.Memory, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	err = judgement.EachKept(filepath.Join(w.state(run), publishedFile), func(k *judgement.Kept) error {
		if ids[k.LeadID] {
			memory = append(memory, k.Known())
		}
		return nil
	})
	return memory, ofThisVersion(err)
}

// follow gives judgements, and what later ones could be about, to the number that their lead is now of. What was said of the fact of a
// lead that a split left undecided is said of its twin too; whose record it is was said of the number that stood for both, and stays with
// it: of the twin that is to be found out.
func (r *runner) follow() error {
	j, list := r.judged, r.caseload.knowledge.Renumbered
	if len(list) == 0 || r.parent == nil {
		return nil
	}
	stays := map[string]bool{}
	for _, n := range list {
		stays[n.New] = true
	}
	j.numbers = judgement.Numbers{Of: map[string]string{}, Twins: map[string][]leads.Row{}}
	ids := map[string]bool{} // of twins that may be new, and of the leads that they are of
	var twins []leads.Row
	for row := range r.memory.history.Rows() {
		if stays[row.SubjectID] {
			j.numbers.Of[row.LeadID] = row.SubjectID
		}
		if row.TwinOf != "" && row.Undecided != "" {
			twins = append(twins, row)
			ids[row.LeadID], ids[row.TwinOf] = true, true
		}
	}
	memory, err := r.plan.Workspace.recollect(r.parent.Run, ids)
	if err != nil {
		return err
	}
	for _, twin := range twins {
		if _, known := memory.Find(twin.LeadID); !known {
			j.numbers.Twins[twin.TwinOf] = append(j.numbers.Twins[twin.TwinOf], twin)
		}
	}
	j.parted = j.numbers.Parted(judgement.Recollect(judgement.Without(memory.Kept(), j.gone)))
	j.taken = j.numbers.FollowTaken(j.taken)
	j.book = judgement.NewBook(j.taken)
	return nil
}

// recalledJudgements are those that the live run has taken in and that count no more, since their leads' files were recalled.
func (w Workspace) recalledJudgements() (map[judgement.Judgement]bool, error) {
	live, err := w.currentID()
	if err != nil || live == "" {
		return nil, err
	}
	taken, err := w.takenBy(live)
	recalled := map[judgement.Judgement]bool{}
	for i := range taken {
		if taken[i].Recalled {
			recalled[taken[i].Judgement()] = true
		}
	}
	return recalled, err
}

// sieve takes the links to people whom an officer told apart out of a part of the night's, and counts them away. What is held is
// below review, and in no count of links.
func (j *judged) sieve(c *caseload, h *harvest, links, held []leads.Link) (told, heldToo []leads.Link) {
	told, blocked := j.apart(c, links)
	h.withhold("told apart by an officer", blocked)
	heldToo, _ = j.apart(c, held)
	return told, heldToo
}

func (j *judged) apart(c *caseload, links []leads.Link) (kept []leads.Link, blocked int64) {
	kept = links[:0]
	eachOwner(links, func(of []leads.Link) {
		before := countTonight(of)
		left, _ := j.book.Sieve(c.subjects[of[0].Subject].ID, of)
		blocked += before - countTonight(left) // before left is moved: both are the same array
		kept = append(kept, left...)
	})
	return kept, blocked
}

// countTonight counts links to records read tonight: retained ones were counted by the night that read them.
func countTonight(links []leads.Link) (n int64) {
	for i := range links {
		if !links[i].Sighting.Retained {
			n++
		}
	}
	return n
}

// eachOwner gives each subject's links, which stand together.
func eachOwner(links []leads.Link, do func([]leads.Link)) {
	for len(links) > 0 {
		n := 1
		for n < len(links) && links[n].Subject == links[0].Subject {
			n++
		}
		do(links[:n])
		links = links[n:]
	}
}

// spot is a record of one subject's evidence.
type spot struct {
	subject, extract, file string
	line                   int64
}

// judge lets what was said of facts count in a part of the night's leads, and notes what later judgements will need to know of
// them. links are those that made the leads.
func (j *judged) judge(c *caseload, links []leads.Link, list []leads.Lead) {
	at := map[spot]*leads.Link{}
	for i := range links {
		l := &links[i]
		at[spot{c.subjects[l.Subject].ID, l.Sighting.Extract, l.Sighting.File, l.Sighting.Line}] = l
	}
	persons := map[string][]uint64{}
	for i := range list {
		if len(list[i].Evidence) > 0 {
			k := knownOf(&list[i], at)
			j.known, persons[k.LeadID] = append(j.known, k), k.Persons
		}
	}
	if j.out == nil {
		j.out = map[string]string{}
	}
	maps.Copy(j.out, j.book.Judge(list, func(l *leads.Lead) []uint64 { return persons[l.LeadID] }))
}

// knownOf is what is remembered of a lead: which records made it, whom their sources meant, and how much spoke for each.
func knownOf(l *leads.Lead, at map[spot]*leads.Link) judgement.Known {
	var records []judgement.Record
	for _, e := range l.Evidence {
		r := judgement.Record{Extract: e.Extract, File: e.File, Line: e.Line, Strength: leads.Strength{Rung: 2}}
		if link := at[spot{l.SubjectID, e.Extract, e.File, e.Line}]; link != nil {
			r.Mark, r.Person, r.Strength = link.Sighting.FileMark, link.Sighting.SourcePerson, link.Strength()
		}
		records = append(records, r)
	}
	return judgement.KnownOf(l.LeadID, l.SubjectID, l.Kind, records)
}

// forget takes recalled files, by their marks, out of what judgements are about, and of what later ones could be.
func (j *judged) forget(files map[uint64]bool) {
	j.gone, j.taken = files, judgement.WithoutFiles(j.taken, files)
	j.book = judgement.NewBook(j.taken)
}

// outOfQueues are the leads that judgements keep out of queues: for what was said of the fact, and of those that wait for room
// all of which anything was said.
func (j *judged) outOfQueues(waiting []queue.Waiting) map[string]string {
	out := map[string]string{}
	maps.Copy(out, j.out)
	settled := judgement.Settled(j.taken)
	for i := range waiting {
		if why := settled[waiting[i].LeadID]; why != "" && out[waiting[i].LeadID] == "" {
			out[waiting[i].LeadID] = why
		}
	}
	return out
}

func (j *judged) write(d *Draft, key []byte) error {
	return cmp.Or(
		judgement.WriteTaken(d.State(takenFile), j.taken),
		j.writeMemory(d.State(publishedFile)),
		os.WriteFile(d.State(keyFile), []byte(hex.EncodeToString(key)+"\n"), 0o600),
	)
}

// writeMemory copies what the parent remembers, without what is recalled and under the numbers of now, tonight's leads over it: no
// more of it is in memory than a batch.
func (j *judged) writeMemory(path string) error {
	var fault error
	before := func(yield func(judgement.Kept) bool) {
		if j.before == "" {
			return
		}
		stopped := errors.New("the writer has stopped")
		fault = judgement.EachKept(j.before, func(k *judgement.Kept) error {
			if !yield(*k) {
				return stopped
			}
			return nil
		})
		if !errors.Is(fault, stopped) {
			fault = ofThisVersion(fault)
		}
	}
	left := j.numbers.Follow(judgement.Without(before, j.gone))
	return cmp.Or(judgement.WriteMemory(path, judgement.After(judgement.After(left, j.parted), j.known)), fault)
}
