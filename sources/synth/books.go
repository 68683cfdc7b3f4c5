package synth

import (
	"errors"
	"path/filepath"

	"locatematch/sources"
)

// knowledge is one of the files of what the agency itself knows.
type knowledge uint8

const (
	ofCases knowledge = iota
	ofAddresses
	ofEmployers
	ofInvalidPairs
	ofLevies
	ofRenumbered
	knowledges
)

// knowledgeFiles are their names, the layouts that they are written in, and the keys under which night.yaml names them.
var knowledgeFiles = [knowledges]struct{ file, layout, key string }{
	{"cases.csv", "agency-cases", "cases"}, {"addresses.csv", "agency-addresses", "addresses"}, {"employers.csv", "agency-employers", "employers"},
	{"invalid-pairs.csv", "agency-invalid-pairs", "invalid_pairs"}, {"levies.csv", "agency-levies", "levies"},
	{"renumbered.csv", "agency-renumbered", "renumbered"},
}

// books are these files, open side by side: one pass over the people fills all of them.
type books struct {
	outs   [knowledges]*output
	encs   [knowledges]*sources.Encoder
	pages  [knowledges]page
	sheets [knowledges]*sheet
}

// openBooks makes all files in a folder.
func openBooks(dir string) (b *books, err error) {
	b = &books{}
	for k, file := range knowledgeFiles {
		layout, err := sources.Load(file.layout)
		if err == nil {
			b.outs[k], err = create(filepath.Join(dir, file.file))
		}
		if err == nil {
			b.encs[k], err = sources.NewEncoder(b.outs[k].writer(), layout)
		}
		if err != nil {
			return nil, b.close(err)
		}
		b.in(knowledge(k), layout, b.encs[k])
	}
	return b, nil
}

// in makes a book that is written into a sink.
func (b *books) in(k knowledge, l *sources.Layout, out sink) {
	b.sheets[k] = newSheet(l)
	b.pages[k] = page{layout: l, out: out, line: 1} // the column names
}

// close ends all files; when nothing failed, they get their names.
func (b *books) close(err error) error {
	for _, enc := range b.encs {
		if enc != nil {
			err = errors.Join(err, enc.Close())
		}
	}
	failed := err
	for _, out := range b.outs {
		if out != nil {
			err = errors.Join(err, out.finish(failed))
		}
	}
	return err
}

// row begins a row about a subject; done writes it.
func (b *books) row(k knowledge, id string) *sheet {
	b.sheets[k].start()
	b.sheets[k].set("subject_id", id)
	return b.sheets[k]
}

func (b *books) done(k knowledge) error {
	return b.pages[k].add(b.sheets[k].row())
}

// merger begins the row of a number that became another.
func (b *books) merger(old, id string, changed day) {
	sheet := b.row(ofRenumbered, "")
	sheet.set("old_subject_id", old)
	sheet.set("new_subject_id", id)
	sheet.set("change", "merged")
	sheet.date("changed_on", changed.date())
}
