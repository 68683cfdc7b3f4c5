package synth

import (
	"encoding/csv"
	"errors"
	"strconv"
)

// bookkeeper writes reports.csv as the files are written, and remembers which report of a fact was the first.
type bookkeeper struct {
	*nights
	file  *output
	out   *csv.Writer
	first map[uint64]firstReport // by subject and fact
}

// firstReport is the file that first reported a fact, and the night in which it came.
type firstReport struct {
	file, edition, night int32
}

func newBookkeeper(n *nights) *bookkeeper {
	return &bookkeeper{nights: n, first: map[uint64]firstReport{}}
}

func (b *bookkeeper) open(path string) (err error) {
	if b.file, err = create(path); err != nil {
		return err
	}
	b.out = csv.NewWriter(b.file.writer())
	return b.out.Write([]string{"night", "extract", "file", "line", "subject_id", "kind", "key"})
}

func (b *bookkeeper) close(err error) error {
	b.out.Flush()
	return b.file.finish(errors.Join(err, b.out.Error()))
}

// note enters the row just written, where it is about somebody on the caseload: a line a fact, or one line without any.
func (b *bookkeeper) note(w *nightWriter, said saying) error {
	if !said.about {
		return nil
	}
	f := &b.files[w.file]
	night := f.arrives
	if w.edition > 0 {
		night = f.corrected
	}
	row := []string{strconv.Itoa(night), extractNames[f.extract], baseName(b.fileName(f, w.edition)), strconv.FormatInt(w.x.line, 10),
		said.number, "", ""}
	for i, t := range said.facts {
		if t.key == "" && (i > 0 || said.facts[1].key != "") {
			continue
		}
		if t.key != "" {
			b.remember(uint64(said.subject)<<8|uint64(t.fact), firstReport{int32(w.file), int32(w.edition), int32(night)})
		}
		row[5], row[6] = t.kind, t.key
		b.summary.Reports++
		if err := b.out.Write(row); err != nil {
			return err
		}
	}
	return nil
}

func (b *bookkeeper) remember(key uint64, r firstReport) {
	if _, known := b.first[key]; !known {
		b.first[key] = r
	}
}

func (n *nights) subjectID(subject uint32) string {
	return n.world.subjectID(subject)
}

// baseName is a file's name without its folder.
func baseName(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' {
			return name[i+1:]
		}
	}
	return name
}
