package leads

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"math"
	"slices"
)

// Seen is one report of a lead's fact, remembered: which record of which file said it, and what it said, as a hash. Nothing in
// it says where anybody is.
type Seen struct {
	Mark     uint64 `parquet:"mark"`          // hash of what was said and by which source
	Source   string `parquet:"source,dict"`   //
	File     uint64 `parquet:"file"`          // FileMark of the file that it came in
	Line     int64  `parquet:"line"`          // of the file
	Received Day    `parquet:"received,date"` // business date of the night that read the file
	Told     Day    `parquet:"told,date"`     // business date of the night that made it evidence of the lead
	Rung     int32  `parquet:"rung"`          // of the identity it gave when it was last matched, 0 best
	Model    uint64 `parquet:"model"`         // Night.Model at that time
	Gone     bool   `parquet:"gone"`          // matched again and no longer taken to be about the subject
	Event    Day    `parquet:"event,date"`    // of an account, the month that it is reported of; 0 where that is not known
	Balance  int64  `parquet:"balance"`       // of an account, whole dollars; NoBalance where none is stated
}

// NoBalance stands where a report states none.
const NoBalance = math.MinInt64

// Row is one row of history.parquet, state/<run>'s memory of one lead. Everything in it but Withdrawn and what a
// crosswalk says of numbers follows from Seen, so that
// a file can be taken out of it as if it had never come.
type Row struct {
	LeadID         string   `parquet:"lead_id"`
	SubjectID      string   `parquet:"subject_id"`
	Numbered       string   `parquet:"numbered"`       // the former number that the lead id was made from; "" where it is SubjectID
	SplitFrom      string   `parquet:"split_from"`     // of a twin (split.go): the number that SubjectID was split from
	SplitOn        Day      `parquet:"split_on,date"`  // of a twin: the day of the split
	PartedTo       []string `parquet:"parted_to,list"` // numbers that have a twin of it
	TwinOf         string   `parquet:"twin_of"`        // of a twin: the lead that was told of SplitFrom
	Undecided      string   `parquet:"undecided"`      // the other number that it may be about, until an officer is told so; "" elsewhere
	Kind           Kind     `parquet:"kind,dict"`
	FirstSeen      Day      `parquet:"first_seen,date"`      // earliest receipt
	LastSeen       Day      `parquet:"last_seen,date"`       // latest receipt
	FirstPublished Day      `parquet:"first_published,date"` // earliest night that told it
	Sources        []string `parquet:"sources,list"`         // sorted
	Seen           []Seen   `parquet:"seen,list"`            // by day told, file, line and mark
	Withdrawn      Day      `parquet:"withdrawn,date"`       // 0: it stands
	Reason         string   `parquet:"reason"`               // why it was withdrawn
}

// FileMark stands for a file in the history: the first eight bytes of its SHA-256, which is given in hexadecimal.
func FileMark(sha256 string) uint64 {
	b, err := hex.DecodeString(sha256)
	if err != nil || len(b) < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

func compareSeen(a, b Seen) int {
	return cmp.Or(cmp.Compare(a.Told, b.Told), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Mark, b.Mark),
		cmp.Compare(a.Source, b.Source))
}

// SameReport tells whether two are one report of one record.
func (s Seen) SameReport(o Seen) bool {
	return s.Mark == o.Mark && s.File == o.File && s.Line == o.Line && s.Source == o.Source
}

// settle sorts what was seen and derives what follows from it.
func (r *Row) settle() {
	r.Seen = slices.Clone(r.Seen)
	slices.SortFunc(r.Seen, compareSeen)
	r.Sources = nil
	for i, s := range r.Seen {
		if i == 0 {
			r.FirstSeen, r.LastSeen, r.FirstPublished = s.Received, s.Received, s.Told
		}
		r.FirstSeen, r.LastSeen = min(r.FirstSeen, s.Received), max(r.LastSeen, s.Received)
		r.Sources = append(r.Sources, s.Source)
	}
	slices.Sort(r.Sources)
	r.Sources = slices.Compact(r.Sources)
}

// clone is a row of its own.
func (r *Row) clone() *Row {
	own := *r
	own.Sources, own.Seen, own.PartedTo = slices.Clone(r.Sources), slices.Clone(r.Seen), slices.Clone(r.PartedTo)
	return &own
}

// rung is the best that any report gave.
func (r *Row) rung() int32 {
	best := int32(len(rungs) - 1)
	for _, s := range r.Seen {
		best = min(best, s.Rung)
	}
	return best
}

// knows reports whether something was said before, by any record.
func (r *Row) knows(mark uint64) bool {
	return slices.ContainsFunc(r.Seen, func(s Seen) bool { return s.Mark == mark })
}

// History is what earlier nights published, by lead id.
type History interface {
	Find(leadID string) (Row, bool)
}
