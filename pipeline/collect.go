package pipeline

import (
	"fmt"
	"os"
)

// progress adds up the bytes read of an extract's files for the observer.
func (e *extractPlan) progress(o Observer) func(read, total int64) {
	var last int64
	return func(read, _ int64) {
		o.Advance(e.feed.Name, e.read.Add(read-last))
		last = read
	}
}

// collector gathers results by section until the section's verdict is known. One goroutine adds shards, readers end files;
// the two meet only after the flow has ended.
type collector struct {
	night    *night
	links    *linkStore // nil where nobody asks for links
	sections map[sectionKey]*sectionResult
	numbered []*sectionResult
	files    [][]fileResult // by extract, by file
	kept     []provisional  // links to protected people, for the restricted queue; in memory alone
	guarded  []guardedPlace // on records that may be about protected people, of refused sections too
}

type sectionKey struct{ extract, file, section int }

// sectionResult is what a section gave; its links are in the store, under its number.
type sectionResult struct {
	number  uint32
	tally   *tally
	links   int64     // shields' claims apart
	kept    []keptRow // for later nights
	mark    uint64    // of its file, see leads.FileMark
	shelved bool      // of a file that an earlier night read
	verdict *verdict  // of its extract, once its links may be published
}

func newCollector(n *night) *collector {
	c := &collector{night: n, sections: map[sectionKey]*sectionResult{}, files: make([][]fileResult, len(n.extracts))}
	for e := range n.extracts {
		c.files[e] = make([]fileResult, len(n.extracts[e].feed.Paths))
	}
	return c
}

func (c *collector) shard(r *shardResult) error {
	key := sectionKey{r.extract, r.file, r.section}
	s := c.sections[key]
	if s == nil {
		s = &sectionResult{number: uint32(len(c.numbered)), tally: c.newTally(c.night.extractAt(r.extract))}
		c.sections[key], c.numbered = s, append(c.numbered, s)
	}
	s.tally.add(r.tally)
	s.links += int64(len(r.links))
	s.kept = append(s.kept, r.kept...)
	c.guarded = append(c.guarded, r.guarded...)
	for _, link := range r.restricted {
		c.kept = append(c.kept, provisional{Link: link, section: s.number})
	}
	return c.links.add(s.number, r)
}

// publishes reports whether the links of a section may be published.
func (c *collector) publishes(section uint32) bool { return c.numbered[section].verdict != nil }

func (c *collector) newTally(x *extractPlan) *tally {
	return newTally(x.feed.Name, c.night.plan.Spec, x.binding)
}

func (c *collector) file(f fileResult) { c.files[f.extract][f.file] = f }

// firstFault is the first fault of a file or section, in the order of the config. A file that is not ready is one: what is measured
// without it is another night.
func (c *collector) firstFault() error {
	for e, files := range c.files {
		if feed := c.night.extracts[e].feed; feed.waiting() != nil {
			return fmt.Errorf("extract %s: %w", feed.Name, feed.waiting())
		}
		for _, f := range files {
			if f.err != nil {
				return f.err
			}
			if f.report == nil {
				continue
			}
			for _, s := range f.report.Sections {
				if s.Fault != "" {
					return fmt.Errorf("extract %s: %s: %s", c.night.extracts[e].feed.Name, f.report.Path, s.Fault)
				}
			}
		}
	}
	return nil
}

// bytesOf is the size on disk of the files an extract still has to read.
func (x *extractPlan) bytesOf() (n int64) {
	for f, path := range x.feed.Paths {
		if info, err := os.Stat(path); err == nil && !x.leftAlone(f) {
			n += info.Size()
		}
	}
	return n
}
