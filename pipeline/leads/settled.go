package leads

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/cespare/xxhash/v2"

	"locatematch/pipeline/leads/packed"
	"locatematch/pipeline/table"
)

// Settled knows of which subjects nothing can have changed since the night before, so that their leads need not be made again to find
// that out: every record that links to them was kept, says what it said, and is as surely theirs as it was, and what is known of them is
// the same. It holds a mark of all this for each subject of whom that night told nothing, changed nothing and left nothing out. What a
// night makes of a subject follows from what the mark is made of and from what is remembered of him, which that night left as it was:
// so the same again comes to the same, nothing (TestSettled_ChangesNothing). A nil Settled knows nothing of anybody.
type Settled struct {
	Key    []byte                      // of the state: nobody without it finds out by trial what a mark was made of
	Before []SettledRow                // by subject; what the night before left, none where policy, spec or model were others
	Apart  map[string]bool             // subjects that a crosswalk names: what is remembered of them may change of itself
	Since  *Guard                      // places of protected people that the night before did not know
	Cases  func(subjectID string) bool // somebody in a case of the subject's is protected
}

// SettledRow is a row of settled.parquet: the mark of one subject.
type SettledRow struct {
	Subject int64 `parquet:"subject"` // hash of the number
	Mark    int64 `parquet:"mark"`
}

// Settling is what a night finds of one subject.
type Settling struct {
	Number uint32 // of the subject
	Row    SettledRow
	Stood  bool // since the night before: the subject was passed over
}

// settler makes the marks of one goroutine.
type settler struct {
	*Settled
	night  *Night
	buffer []byte
}

// Settler begins to make marks.
func (n *Night) Settler() *settler { return &settler{Settled: n.Settled, night: n} }

// Row gives the mark of a subject by all links to him; false where a record was read tonight, or where nothing is settled by marks.
func (s *settler) Row(of *Subject, links []Link) (row SettledRow, may bool) {
	if s.Settled == nil || s.Apart[of.ID] || len(of.Former) > 0 || len(of.Parted) > 0 {
		return row, false
	}
	if slices.ContainsFunc(links, func(l Link) bool { return !l.Sighting.Retained }) {
		return row, false
	}
	b := append(s.buffer[:0], s.Key...)
	b = binary.LittleEndian.AppendUint64(b, s.night.Model)
	b = packed.AppendText(b, of.ID)
	b = appendFlags(b, of.Shield, of.Protected, of.Closed, s.Cases(of.ID))
	b = packed.AppendText(b, of.SSNStatus) // an answer under a number that is verified since is news
	for _, address := range of.Addresses {
		b = packed.AppendText(b, address)
	}
	for i := range links {
		b = links[i].appendMarked(b)
	}
	s.buffer = b
	return SettledRow{Subject: int64(xxhash.Sum64String(of.ID)), Mark: int64(xxhash.Sum64(b))}, true
}

// appendMarked appends everything of a link that leads follow from and words do not. Weights move with every subject who comes or goes;
// what counts of them is the rung.
func (l *Link) appendMarked(b []byte) []byte {
	s := l.Sighting
	b = append(b, byte(rungs[climb(l)]))
	b = appendFlags(b, l.Accept, l.Held, l.Invalid, l.Dispute != nil)
	for _, verdict := range l.Agreement {
		b = append(b, byte(verdict))
	}
	b = binary.LittleEndian.AppendUint16(b, uint16(s.Reported))
	for _, n := range []uint64{s.FileMark, uint64(s.Line), uint64(s.Received), s.SourcePerson} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	for _, text := range []string{s.Source, s.Extract, s.File, s.RecordID, s.Person, string(s.Facts)} {
		b = packed.AppendText(b, text)
	}
	return b
}

func appendFlags(b []byte, flags ...bool) []byte {
	set := byte(0)
	for i, flag := range flags {
		if flag {
			set |= 1 << i
		}
	}
	return append(b, set)
}

// Stands reports that a subject has the mark of the night before, and that nothing which is known only since then hides what his
// records tell.
func (s *settler) Stands(row SettledRow, links []Link) bool {
	at, known := slices.BinarySearchFunc(s.Before, row.Subject, func(r SettledRow, subject int64) int { return cmp.Compare(r.Subject, subject) })
	if !known || s.Before[at] != row {
		return false
	}
	return s.Since.Empty() || !slices.ContainsFunc(links, func(l Link) bool { return s.Since.touches(l.Sighting) })
}

// touches reports that any place on a record, the digits that are shown of an account too, may be a protected person's.
func (g *Guard) touches(s *Sighting) bool {
	if g.RevealedBy(s) {
		return true
	}
	f := accountFact(&Link{Sighting: s})
	return f != nil && g.shows(f.account.InstitutionTIN, f.account.Token, true)
}

// settledKey is where the table's metadata hold under which policy, spec and model it was made.
const settledKey = "locatematch.settled"

// WriteSettled writes settled.parquet: the marks of subjects, and under which conditions they hold.
func WriteSettled(path, conditions string, rows []SettledRow) error {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, func(a, b SettledRow) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Mark, b.Mark))
	})
	_, err := table.Write(path, rows, table.Options{Personal: []string{"subject", "mark"}, Note: func() (string, string) { return settledKey, conditions }})
	return err
}

// ReadSettled reads settled.parquet where it was made under the same conditions; of others it gives nothing.
func ReadSettled(path, conditions string) ([]SettledRow, error) {
	under, _, err := table.ReadNote(path, settledKey)
	if err != nil || under != conditions {
		return nil, err
	}
	return table.Read[SettledRow](path)
}
