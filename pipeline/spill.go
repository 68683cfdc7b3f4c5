package pipeline

import (
	"errors"
	"fmt"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// linkStore holds a night's provisional links until every verdict has fallen: as Arrow record batches, by partitions of
// the caseload, each a range of subject numbers, so that all claims on a subject are in one and the partitions in turn give
// the subjects in order. Beyond the budget all links go to one Arrow IPC file a partition, and the store begins anew in
// memory. Whoever takes a partition gets the same links from either, in no stated order.
//
// The files are read by nobody else, and never again by another process: no foreign bytes reach the decoder.
type linkStore struct {
	mem      memory.Allocator
	dir      string // of the spill files
	budget   int64  // bytes of links in memory
	subjects int
	parts    []partition
	origins  []linkOrigin
	numbers  map[linkOrigin]uint32
	last     uint32 // number of the last link's origin
	held     int64  // bytes of links in memory now
	spilled  int64  // bytes written to spill files
	files    []*spillFile
}

// partition is the links of one range of subjects: those in the spill file, those in full batches, those in the builder.
type partition struct {
	builder *linkBuilder
	batches []arrow.Record
}

const (
	// partitions bounds what is read back at once: a sixty-fourth of a night's links, where subjects are seen alike. More
	// would be more open files and smaller batches.
	partitions = 64
	// batchRows is how many links make a batch in memory: enough that a batch's own cost, some kilobytes, is lost among
	// them.
	batchRows = 1024
)

// newLinkStore begins a store for links to so many subjects. Nothing is at dir until the budget of bytes is passed.
func newLinkStore(mem memory.Allocator, dir string, budget int64, subjects int) *linkStore {
	return &linkStore{mem: mem, dir: dir, budget: budget, subjects: subjects, parts: make([]partition, partitions), numbers: map[linkOrigin]uint32{}}
}

// add takes in the links and shields' claims of one shard, whose section has the given number.
func (s *linkStore) add(section uint32, r *shardResult) error {
	for i := range r.links {
		s.put(&provisional{Link: r.links[i], section: section})
	}
	for i := range r.held {
		s.put(&provisional{Link: r.held[i], section: section})
	}
	for _, claim := range r.shields {
		s.put(&provisional{Link: claim.link(), section: section})
	}
	if s.held > s.budget {
		return s.spill()
	}
	return nil
}

func (s *linkStore) put(p *provisional) {
	part := &s.parts[s.partitionOf(p.Subject)]
	if part.builder == nil {
		part.builder = newLinkBuilder(s.mem)
	}
	s.held += part.builder.add(p, s.originOf(p))
	if part.builder.rows == batchRows {
		part.flush()
	}
}

func (s *linkStore) partitionOf(subject uint32) int {
	return int(uint64(subject) * partitions / uint64(s.subjects))
}

func (s *linkStore) originOf(p *provisional) uint32 {
	if p.Sighting == nil {
		return 0
	}
	o := linkOrigin{p.Sighting.Extract, p.Sighting.Source, p.Sighting.File, p.Sighting.Received}
	if len(s.origins) > 0 && s.origins[s.last] == o { // nearly always: a shard is of one file
		return s.last
	}
	number, known := s.numbers[o]
	if !known {
		number = uint32(len(s.origins))
		s.numbers[o], s.origins = number, append(s.origins, o)
	}
	s.last = number
	return number
}

// flush makes the builder's links a batch.
func (p *partition) flush() {
	if p.builder != nil && p.builder.rows > 0 {
		p.batches = append(p.batches, p.builder.finish())
	}
}

// spill writes all links in memory to the partitions' files.
func (s *linkStore) spill() (err error) {
	if s.files == nil {
		if s.files, err = openSpillFiles(s.dir, s.mem, partitions); err != nil {
			return spillError(err)
		}
	}
	for i := range s.parts {
		part := &s.parts[i]
		part.flush()
		for _, batch := range part.batches {
			n, err := s.files[i].write(batch)
			if err != nil {
				return spillError(err)
			}
			s.spilled += n
		}
		part.release()
	}
	s.held = 0
	return nil
}

// take gives the links of one partition whose section is wanted, and lets go of all of them.
func (s *linkStore) take(i int, wanted func(section uint32) bool) (links []provisional, err error) {
	part := &s.parts[i]
	part.flush()
	if s.files != nil {
		links, err = s.files[i].read(func(to []provisional, batch arrow.Record) []provisional {
			return appendLinks(to, batch, s.origins, wanted)
		})
		if err := errors.Join(err, s.files[i].close()); err != nil {
			return nil, spillError(err)
		}
	}
	for _, batch := range part.batches {
		links = appendLinks(links, batch, s.origins, wanted)
	}
	part.release()
	return links, nil
}

// close lets go of every link and removes what is left of the spill files. A second call does nothing.
func (s *linkStore) close() error {
	var faults []error
	for i := range s.parts {
		s.parts[i].release()
	}
	for _, f := range s.files {
		faults = append(faults, f.close())
	}
	if s.files != nil {
		faults = append(faults, removeSpill(s.dir))
	}
	s.files = nil
	return errors.Join(faults...)
}

func (p *partition) release() {
	for _, batch := range p.batches {
		batch.Release()
	}
	if p.builder != nil {
		p.builder.release()
	}
	*p = partition{}
}

func spillError(err error) error {
	return fmt.Errorf("spilling links beyond the memory budget: %w", err)
}
