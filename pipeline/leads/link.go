package leads

import (
	"locatematch/matchers/text"
	"locatematch/pipeline/leads/agency"
)

// Verdict is what one part of identity says of a pair.
type Verdict uint8

// The verdicts.
const (
	NoEvidence Verdict = iota // missing on a side, a placeholder, or echoed back
	Conflict
	Near // one digit, one transposition, a nickname, an initial
	Agree
)

// Part is a part of identity.
type Part uint8

// The parts, in the order reasons are given.
const (
	PartKey Part = iota
	PartSSN
	PartGiven
	PartFamily
	PartMiddle
	PartSuffix
	PartBorn
	PartSex
	PartAddress
	PartPhone
	PartEmail
	PartOther
	NumParts
)

// Parts is a set of parts of identity.
type Parts uint16

// With adds a part.
func (s Parts) With(p Part) Parts { return s | 1<<p }

// Has reports whether a part is in the set.
func (s Parts) Has(p Part) bool { return s>>p&1 == 1 }

// Bits beside the parts: what the number is where it is no SSN, and that number and names are what we sent ourselves.
const (
	itin Part = 13 + iota
	atin
	echo
)

// WithNumber says of what type a record's number is.
func (s Parts) WithNumber(t text.NumberType) Parts {
	switch t {
	case text.Taxpayer:
		return s.With(itin)
	case text.Adoption:
		return s.With(atin)
	}
	return s
}

// number is what an officer calls the record's number.
func (s Parts) number() string {
	switch {
	case s.Has(itin):
		return "taxpayer number (ITIN)"
	case s.Has(atin):
		return "taxpayer number (ATIN)"
	}
	return "SSN"
}

// isSSN reports that the record's number is not known to be of another type.
func (s Parts) isSSN() bool { return !s.Has(itin) && !s.Has(atin) }

// WithEcho says of a record that the number and names in it are those that we sent, given back.
func (s Parts) WithEcho() Parts { return s.With(echo) }

// Agreement says what each part of identity said of one pair; index by Part.
type Agreement [NumParts]Verdict

// Sighting is one extract record that linked. Facts holds the canonical fact columns, "" where the
// layout has none or the value is an echo of what we sent. Dates among them are written as ParseDate reads them; balances
// are in dollars.
type Sighting struct {
	Extract, Source, RecordID string
	File                      string // its name in the manifest: lines are counted within a file
	Line                      int64
	FileMark                  uint64 // of its digest, see FileMark; 0 where nobody asked
	Received                  int32  // business date, ccyymmdd
	Retained                  bool   // read by an earlier night and met again; false: read tonight
	Facts                     Facts
	Person                    string // the source's person in short: four letters of the family name and an initial; in no output
	SourcePerson              uint64 // keyed hash of whom the record names, 0 where it names nobody; see pipeline/sourceperson.go
	Reported                  Parts  // what the record has a valid value for: where nothing was compared, it is we who have none
}

// Link is one accepted or reviewable pair of a subject and a sighting.
type Link struct {
	Subject   uint32 // number in the frozen caseload
	Sighting  *Sighting
	Weight    int32 // 2^-16 bit
	Repeats   int32 // 2^-16 bit, <= 0, within Weight: what the subject's other records of the source take
	Margin    int32 // 2^-16 bit, to the next subject
	Rule      uint8
	Pattern   uint64
	Accept    bool     // false: in the review band, or held there; never more than "check first"
	Held      bool     // the SSN agrees under another name, below review or as the agency knows: an identity conflict, or nothing
	Invalid   bool     // the agency knows that the record's number is not this person's
	Dispute   *Dispute // the record came back under one person's key and fits another better; nil: it did not
	Agreement Agreement
}

// Subject is what leads need to know of a person on the caseload.
type Subject struct {
	ID                    string
	Former                []string  // numbers that were merged into this one, and under which leads are known
	Parted                []string  // numbers that this one was split from, and of which it has twins (split.go)
	Shield, Protected     bool      // either: no leads
	Closed                bool      // every case is closed: no leads either
	Name                  string    // display
	Family                string    // family name as written, a part of Name; "" where the caseload has whole names
	Sex                   uint8     // 1 male, 2 female, 0 not known
	Born                  int32     // ccyymmdd, 0 not known
	SSNStatus             string    // what the federal registry said of his one SSN; "" where that is not known, or he has several
	Addresses             []string  // keys (AddressKey) of the addresses the agency already has
	Holdings              []Holding // what the caseload says of each of Addresses; may be shorter
	Office, Officer, Case string
	Participant           agency.Participant // in the first row's case
}

// Holding is what the caseload itself says of an address: what became of it, and from when to when it held.
type Holding struct {
	Known        agency.Known
	Since, Until int32
}
