package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers"
	"locatematch/matchers/text"
)

// drawnRecord is a record with the subjects that rules pair it with.
type drawnRecord struct {
	extract  int
	values   []matchers.Value
	subjects []uint32
}

func (r *drawnRecord) String() string { return fmt.Sprint(r.extract, r.values) }

var anyRecord = rapid.Custom(func(t *rapid.T) drawnRecord {
	r := drawnRecord{extract: rapid.IntRange(0, 2).Draw(t, "extract"), values: make([]matchers.Value, 2)}
	r.values[0] = matchers.Value{Num: rapid.Uint64().Draw(t, "number"), Validity: text.Valid}
	if word := rapid.StringN(0, 6, 12).Draw(t, "word"); word != "" {
		r.values[1] = matchers.Value{Std: []byte(word), Validity: text.Valid}
	}
	r.subjects = rapid.SliceOfN(rapid.Uint32Range(0, 4095), 1, 4).Draw(t, "subjects")
	return r
})

func unpacked(c *contenders) (all []string) {
	values := make([]matchers.Value, 2)
	c.each(0, len(c.rows), values, func(extract int) {
		r := drawnRecord{extract: extract, values: values}
		all = append(all, r.String())
	})
	slices.Sort(all)
	return all
}

// Law: what is kept depends on the records alone, not on the workers that saw them nor on their order: all of the records paired
// with a sampled subject, at the lowest level at which they have room (I8).
func TestContenders_DependOnTheRecordsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const subjects = 4096
		most := rapid.IntRange(0, 2000).Draw(t, "most")
		records := rapid.SliceOfN(anyRecord, 0, 60).Draw(t, "records")
		workers := make([]*contenders, rapid.IntRange(1, 3).Draw(t, "workers"))
		for w := range workers {
			workers[w] = newContenders(7, most, subjects)
		}
		for _, r := range rapid.Permutation(records).Draw(t, "order") {
			workers[rapid.IntRange(0, len(workers)-1).Draw(t, "worker")].take(r.extract, r.values, r.subjects)
		}
		got := workers[0]
		for _, w := range workers[1:] {
			got.add(w)
		}
		for level := uint(0); ; level++ {
			want, bytes := []string{}, 0
			for _, r := range records {
				if slices.ContainsFunc(r.subjects, func(s uint32) bool { return got.levelOf(s) >= level }) {
					want = append(want, r.String())
					bytes += contenderSize
					for i := range r.values {
						bytes += len(appendValue(nil, &r.values[i]))
					}
				}
			}
			if bytes > most && level < got.top {
				continue
			}
			slices.Sort(want)
			if kept := unpacked(got); got.level != level || !slices.Equal(kept, want) {
				t.Fatalf("level %d, want %d\nkept %q\nwant %q", got.level, level, kept, want)
			}
			return
		}
	})
}

// The records kept, met again, give the links that streaming the extracts once more gives.
func TestContenders_GiveTheLinksOfAnotherPass(t *testing.T) {
	p := contestNight(t, synthNight(t), 1)
	n, err := loadNight(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	opt := TrainOptions{Options: Options{Workers: 2}.withDefaults(), Frequencies: FrequenciesOfCaseload}
	if n.frequencies, err = newFrequencyCount(n, opt); err != nil {
		t.Fatal(err)
	}
	_, kept, err := n.countPatterns(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	second, err := n.again(p.Model, func(source string) bool { return source != "military" })
	if err != nil {
		t.Fatal(err)
	}
	streamed, err := second.links(context.Background(), opt.Options)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for e := range second.extracts {
		got, want := linksOfExtract(second.rivalry(n, kept, 2), e), linksOfExtract(streamed, e)
		if !slices.Equal(got, want) {
			t.Errorf("extract %d: %d links of what was kept, %d of another pass", e, len(got), len(want))
		}
		found += len(want)
	}
	if kept.level != 0 || found == 0 {
		t.Errorf("the test says nothing: %d links, level %d", found, kept.level)
	}
}

func linksOfExtract(judges []*linkJudge, e int) (links []stake) {
	for _, j := range judges {
		links = append(links, j.links[e]...)
	}
	slices.SortFunc(links, func(a, b stake) int {
		return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.weight, b.weight))
	})
	return links
}
