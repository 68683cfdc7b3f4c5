package pipeline

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"locatematch/matchers"
	"locatematch/pipeline/table"
	"locatematch/sources/person"
	"locatematch/sources/synth"
)

// contestNight is a synthetic night with a model whose every source has the same repeat ratio; results go to a folder of
// their own.
func contestNight(t *testing.T, night string, ratio float64) *Plan {
	t.Helper()
	dir := t.TempDir()
	m := matchers.BuiltInModel(matchers.BuiltInSpec())
	m.RepeatRatio = map[string]float64{matchers.DefaultSource: ratio}
	over := Overrides{Model: filepath.Join(dir, "model.json"), Out: filepath.Join(dir, "runs"), State: filepath.Join(dir, "state")}
	if err := WriteModel(over.Model, &Training{Model: m}); err != nil {
		t.Fatal(err)
	}
	p, err := Load(filepath.Join(night, "night.yaml"), over)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func synthNight(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := synth.Night(context.Background(), synth.Options{Out: dir, Seed: 1, Subjects: 700, Strangers: 6000}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func linksOf(t *testing.T, p *Plan) (*Result, []linkRow) {
	t.Helper()
	r, err := Run(context.Background(), p, Options{})
	if err != nil {
		t.Fatal(err) // the books are among what would fail (I6)
	}
	rows, err := table.Read[linkRow](filepath.Join(r.Dir, linksFile))
	if err != nil {
		t.Fatal(err)
	}
	return r, rows
}

// linkPlace is a link without its weight.
type linkPlace struct {
	subject, extract, file string
	line                   int64
}

// TestContest_OnlyTakes: no link gains, each says what it lost to the last unit, and that of a subject with one record in the
// source stays as it is. What falls below review is counted there.
func TestContest_OnlyTakes(t *testing.T) {
	night := synthNight(t)
	freeRun, free := linksOf(t, contestNight(t, night, 1))
	run, links := linksOf(t, contestNight(t, night, .05))
	before, records := map[linkPlace]linkRow{}, map[[2]string]int{}
	for _, l := range free {
		if before[linkPlace{l.SubjectID, l.Extract, l.File, l.Line}] = l; l.Repeats != 0 {
			t.Fatalf("at ratio 1 a link lost %v bits", l.Repeats)
		}
		records[[2]string{l.SubjectID, l.Source}]++
	}
	lost := 0
	for _, l := range links {
		was := before[linkPlace{l.SubjectID, l.Extract, l.File, l.Line}]
		if was.Line == 0 || l.Repeats > 0 || l.Weight != was.Weight+l.Repeats {
			t.Fatalf("%v bits and lost %v, before %v", l.Weight, l.Repeats, was.Weight)
		}
		if records[[2]string{l.SubjectID, l.Source}] == 1 && l.Repeats != 0 {
			t.Fatalf("the only link of %s in %s lost %v bits", l.SubjectID, l.Source, l.Repeats)
		}
		if l.Repeats != 0 {
			lost++
		}
	}
	was, is := freeRun.Manifest.Links, run.Manifest.Links
	if lost == 0 || is.Outcompeted == was.Outcompeted {
		t.Fatalf("%d links lost something, %d were outcompeted: the night is no test", lost, is.Outcompeted-was.Outcompeted)
	}
	if is.Pairs != was.Pairs || is.Below-was.Below != is.Outcompeted-was.Outcompeted || is.Outcompeted-was.Outcompeted < int64(len(free)-len(links)) {
		t.Errorf("before %+v\nafter %+v", was, is)
	}
}

// listener keeps the links that a run would publish.
type listener struct {
	night *night
	lock  *sync.Mutex
	links *[]heardLink
}

type heardLink struct {
	subject, extract string
	weight           float64
}

func (*listener) row(int, int, *person.Rows, int) {}

func (l *listener) record(e int, _ []byte, scored []matchers.Scored) {
	l.lock.Lock()
	defer l.lock.Unlock()
	if len(l.night.protectedClaimants(scored, nil)) > 0 {
		return
	}
	x := l.night.extracts[e]
	for _, s := range scored {
		number := agreement(x.parts, s.Pattern)
		if number.NumberUnderAnotherName() && l.night.shieldHas(scored) || !l.night.lawful(x.feed.Source, s.Subject) {
			continue
		}
		if subject := &l.night.caseload.subjects[s.Subject]; s.Weight >= l.night.bounds.review && !subject.Shield {
			*l.links = append(*l.links, heardLink{subject.ID, l.night.extracts[e].feed.Name, matchers.Bits(s.Weight)})
		}
	}
}

// TestContest_RunAndEvaluateAgree: what evaluate judges is what a run publishes, link by link and to the last unit, in whatever
// order the records came.
func TestContest_RunAndEvaluateAgree(t *testing.T) {
	night := synthNight(t)
	p := contestNight(t, night, .05)
	_, rows := linksOf(t, p)
	var published []heardLink
	for _, l := range rows {
		published = append(published, heardLink{l.SubjectID, l.Extract, l.Weight})
	}
	n, err := loadNight(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	n.keepAll = true
	var heard []heardLink
	var lock sync.Mutex
	var judges []*patientJudge
	newJudge := func() judge {
		judges = append(judges, &patientJudge{judge: &listener{night: n, lock: &lock, links: &heard}, night: n})
		return judges[len(judges)-1]
	}
	opt := Options{Workers: 5, ChunkBytes: 4 << 10}.withDefaults()
	if err := n.flow(context.Background(), opt, newJudge, nil, func(fileResult) {}); err != nil {
		t.Fatal(err)
	}
	n.release(judges)
	for _, list := range [][]heardLink{published, heard} {
		slices.SortFunc(list, func(a, b heardLink) int {
			return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.extract, b.extract), cmp.Compare(a.weight, b.weight))
		})
	}
	if !slices.Equal(published, heard) {
		t.Errorf("the run published %d links, evaluate judged %d, and they are not the same", len(published), len(heard))
	}
}

// TestContest_EvaluateLeavesOut: without any competition there are at least as many links at review as with one, and with one
// as many as with both; only both asks for the repeat ratio.
func TestContest_EvaluateLeavesOut(t *testing.T) {
	night := synthNight(t)
	count := func(ratio float64, c Competition) int64 {
		list, err := Evaluate(context.Background(), contestNight(t, night, ratio), EvaluateOptions{Truth: filepath.Join(night, "truth.csv"), Competition: c})
		if err != nil {
			t.Fatal(err)
		}
		return list[len(list)-1].P50.Links
	}
	none, record, both := count(0, CompetitionNone), count(0, CompetitionRecord), count(0, CompetitionBoth)
	if none <= record || record <= both {
		t.Errorf("links at p = .5: none %d, record %d, both %d; each should take some", none, record, both)
	}
	if free := count(1, CompetitionBoth); free != record {
		t.Errorf("at ratio 1 there are %d links, without the subjects' competition %d", free, record)
	}
}
