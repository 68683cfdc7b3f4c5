package judgement

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/packed"
	"locatematch/pipeline/table"
)

// Kept is a published lead as published.parquet holds it. Its records stay packed until somebody asks for them: a night goes through
// every lead that was ever published, and asks about a few.
//
//	packed: kind, whether it is recalled, number of records, records
//	record: extract, file, line, mark, source person, rung, parts that agree
//
// Source persons and strength follow from the records.
type Kept struct {
	LeadID    string `parquet:"lead_id"`
	SubjectID string `parquet:"subject_id"`
	Packed    []byte `parquet:"packed"`
}

// keptNote marks a table whose rows are packed, with the number of the way in which. Before it, rows were columns and a list of records.
const (
	keptNote   = "locatematch.published"
	keptFormat = "1"
)

// Keep packs what is known of a lead.
func Keep(k *Known) Kept {
	b := packed.AppendText(nil, string(k.Kind))
	recalled := byte(0)
	if k.Recalled {
		recalled = 1
	}
	b = binary.AppendUvarint(append(b, recalled), uint64(len(k.Records)))
	for i := range k.Records {
		r := &k.Records[i]
		b = packed.AppendText(packed.AppendText(b, r.Extract), r.File)
		b = binary.AppendVarint(b, r.Line)
		b = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(b, r.Mark), r.Person)
		b = binary.AppendVarint(binary.AppendVarint(b, int64(r.Strength.Rung)), int64(r.Strength.Agrees))
	}
	return Kept{LeadID: k.LeadID, SubjectID: k.SubjectID, Packed: b}
}

// Known is what is known of a lead that is whole, as Keep makes it and EachKept gives it.
func (k *Kept) Known() Known {
	known := Known{LeadID: k.LeadID, SubjectID: k.SubjectID}
	_ = k.read(func(kind string, recalled bool, records int) {
		known.Kind, known.Recalled = leads.Kind(kind), recalled
		if records > 0 {
			known.Records = make([]Record, 0, records)
		}
	}, func(r Record) { known.Records = append(known.Records, r) })
	known.Persons, known.Strength = summary(known.Records)
	return known
}

// touches reports that one of a lead's records is of one of some files, by their marks.
func (k *Kept) touches(files map[uint64]bool) (touches bool) {
	_ = k.read(func(string, bool, int) {}, func(r Record) { touches = touches || files[r.Mark] })
	return touches
}

// check reports whether a packed lead is whole.
func (k *Kept) check() error { return k.read(func(string, bool, int) {}, func(Record) {}) }

// leastRecord is what a record takes at least: two lengths, three numbers and two times eight bytes.
const leastRecord = 2 + 3 + 16

// read goes through a packed lead: first what is said of it as a whole, then its records.
func (k *Kept) read(whole func(kind string, recalled bool, records int), each func(Record)) error {
	c := packed.On(string(k.Packed))
	kind, recalled, n := c.Text(), c.Byte() != 0, c.Count()
	whole(kind, recalled, min(n, len(c.Rest())/leastRecord))
	for range n {
		r := Record{Extract: c.Text(), File: c.Text(), Line: c.Signed(), Mark: c.Eight(), Person: c.Eight()}
		r.Strength = leads.Strength{Rung: int32(c.Signed()), Agrees: int32(c.Signed())}
		each(r)
	}
	if !c.Whole() {
		return fmt.Errorf("lead %s: %w", k.LeadID, errKept)
	}
	return nil
}

var errKept = errors.New("what is kept of a published lead is damaged")

// WriteMemory writes published.parquet: rows as After gives them.
func WriteMemory(path string, rows iter.Seq[Kept]) error {
	options := table.Options{Personal: []string{"lead_id", "subject_id", "packed"}, Note: func() (string, string) { return keptNote, keptFormat }}
	_, err := table.WriteSeq(path, rows, options)
	return err
}

// EachKept reads published.parquet lead by lead, by lead id, that of a version which did not pack its rows too. A lead holds until the
// function returns; an error of the function ends it.
func EachKept(path string, do func(*Kept) error) error {
	format, isPacked, err := table.ReadNote(path, keptNote)
	switch {
	case err != nil:
		return err
	case !isPacked:
		return table.ReadEach(path, func(k *Known) error {
			kept := Keep(k)
			return do(&kept)
		})
	case format != keptFormat:
		return fmt.Errorf("%s: rows are packed in format %s, this version reads %s", path, format, keptFormat)
	}
	return table.EachCells[Kept](path, func(row table.Cells) error {
		k := Kept{LeadID: string(row.Text(0)), SubjectID: string(row.Text(1)), Packed: row.Text(2)}
		if err := k.check(); err != nil {
			return err
		}
		return do(&k)
	})
}

// EachKnown is EachKept with what is known of every lead.
func EachKnown(path string, do func(*Known) error) error {
	return EachKept(path, func(kept *Kept) error {
		k := kept.Known()
		return do(&k)
	})
}
