package sources

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Role says whose knowledge a field is. The zero value is not a role; a field
// whose role is not written is the supplier's own.
type Role string

const (
	Own  Role = "own"  // the supplier's knowledge
	Echo Role = "echo" // ours, repeated by the supplier: never scores
	Key  Role = "key"  // our pass-back: proposes the pair
)

// Status says how far the positions of a layout can be trusted.
type Status string

const (
	Published   Status = "published"   // confirmed by a source that the layout names
	Unconfirmed Status = "unconfirmed" // in part from memory; run refuses it unless allowed
	Example     Status = "example"     // the product's own, named example-…
)

// TaxInformation labels fields that are return information (26 USC 6103): they never enter an ordinary lead.
const TaxInformation = "tax"

// The formats a file can have.
const (
	Fixed   = "fixed"
	CSV     = "csv"
	Parquet = "parquet"
)

// The encodings of text files.
const (
	UTF8       = "utf-8"
	ASCII      = "ascii"
	Strays     = "ascii-strays" // ASCII in which a conversion from EBCDIC left bytes behind that are none
	Windows    = "windows-1252"
	EBCDIC037  = "ebcdic-037"
	EBCDIC1047 = "ebcdic-1047"
)

// Layout is how the files of one supplier are written: data, not code. It is
// made by [Load] or [Parse], which check it, and is not changed afterwards, so
// that any number of goroutines may share one. FORMAT.md describes the YAML.
type Layout struct {
	Name    string `yaml:"name" json:"name"`
	Title   string `yaml:"title" json:"title"`
	Source  string `yaml:"source" json:"source"` // caseload postal employment military financial agency other
	Status  Status `yaml:"status" json:"status"`
	Edition string `yaml:"edition" json:"edition"`
	Origin  string `yaml:"origin" json:"origin"` // the source that the positions are taken from

	Format   string `yaml:"format" json:"format"`
	Encoding string `yaml:"encoding" json:"encoding"`
	Trim     string `yaml:"trim" json:"trim"` // blanks cut from values: both (default), right, none

	Length   int    `yaml:"length" json:"length"`       // fixed: bytes in a record, line end not counted
	LineEnds string `yaml:"line_ends" json:"line_ends"` // fixed: lines (LF or CRLF, default) or none (EBCDIC: always)
	Short    string `yaml:"short" json:"short"`         // fixed: reject (default) or pad
	Least    int    `yaml:"least" json:"least"`         // fixed, short: pad: bytes that a row must have

	Delimiter string `yaml:"delimiter" json:"delimiter"` // csv: one ASCII character, default comma
	Quote     string `yaml:"quote" json:"quote"`         // csv: double (default) or none
	Names     string `yaml:"names" json:"names"`         // csv: first-line (default) or none: then columns come in field order

	Records Records `yaml:"records" json:"records"`

	// Digest is the SHA-256, in hex, of what the layout says: comments, order
	// of keys and spelt-out defaults do not change it.
	Digest string `yaml:"-" json:"-"`

	columns []Column
	index   map[string]int // by Column.Key
	data    []Field        // columns[i] is data[i], then the context's
	carried []Field        // header fields that rows carry; last among the columns
	page    *page          // of the encoding; nil for UTF-8, ASCII and windows-1252
	coded   bool           // fixed: values are decoded one by one
}

// Records are the record types of a layout; only Data must be there.
type Records struct {
	Header  *Record `yaml:"header" json:"header"`   // first record of the file
	Section *Record `yaml:"section" json:"section"` // opens a section; its fields are the context of the section's rows
	Data    *Record `yaml:"data" json:"data"`
	Trailer *Record `yaml:"trailer" json:"trailer"` // closes the section, or the file where there are no sections
}

// Record is one record type.
type Record struct {
	Mark   *Mark   `yaml:"mark" json:"mark"`
	Title  string  `yaml:"title" json:"title"` // section: the field that names it
	Fields []Field `yaml:"fields" json:"fields"`
}

// Mark tells a record type from the others.
type Mark struct {
	At     int    `yaml:"at" json:"at"`         // fixed: 1-based position
	Column string `yaml:"column" json:"column"` // csv: name of the first column, where the mark stands
	Text   string `yaml:"text" json:"text"`

	raw        []byte // Text in the layout's encoding
	word, mask uint64 // raw as the first bytes of a word, and which they are; no mask when raw is longer
}

// Field is one field of a record, as written in the layout.
type Field struct {
	Name    string `yaml:"name" json:"name"`             // canonical name; given.2 is the second of several
	At      int    `yaml:"at" json:"at"`                 // fixed: 1-based position
	Width   int    `yaml:"width" json:"width"`           // bytes; optional where columns are delimited
	Column  string `yaml:"column" json:"column"`         // csv, parquet: column name in the file, default the name
	Role    Role   `yaml:"role" json:"role"`             // data and section: own (default), echo, key
	Form    string `yaml:"form" json:"form"`             // how a date, name or amount is written
	Pad     string `yaml:"pad" json:"pad"`               // blanks (default) or zeros: right-justified digits
	Type    string `yaml:"type" json:"type"`             // parquet: type written, default string
	Literal string `yaml:"literal" json:"literal"`       // header, section, trailer: must be this
	Counts  string `yaml:"counts" json:"counts"`         // trailer: what the number counts: data or records
	Carry   bool   `yaml:"carry" json:"carry"`           // header: every row carries it as a column
	Label   string `yaml:"label" json:"label,omitempty"` // tax: return information, which no ordinary lead may hold

	// Left out of the digest where they are not used: layouts from before they were there keep theirs.
	Number   string `yaml:"number" json:"number,omitempty"`     // fixed: packed, zoned or overpunch; default: text
	Digits   int    `yaml:"digits" json:"digits,omitempty"`     // number: its digits, default all that fit the width
	Decimals int    `yaml:"decimals" json:"decimals,omitempty"` // number: how many of the digits stand behind an implied point
}

// Column is one column of the rows that a layout's data records become.
type Column struct {
	Name   string // without the repeat
	Role   Role
	Form   string
	Width  int    // bytes, 0 when not stated
	Label  string // tax, or ""
	Repeat int    // 1 for the first or only one, 2 for given.2, …

	Number   string // packed, zoned, overpunch, or "" for text
	Decimals int    // of a number
}

// Key is the column's name within its layout: given, given.2, address_1.3.
func (c Column) Key() string {
	if c.Repeat <= 1 {
		return c.Name
	}
	return c.Name + "." + strconv.Itoa(c.Repeat)
}

// Columns lists the columns of a row: the data record's own fields first, then
// those of the section it stands in, then header fields that rows carry.
// The slice is shared; do not change it.
func (l *Layout) Columns() []Column { return l.columns }

// Column is the index of a column by its key (given, given.2), -1 when absent.
func (l *Layout) Column(key string) int {
	if i, ok := l.index[key]; ok {
		return i
	}
	return -1
}

// Noting lists the columns whose values a Splitter may note as invalid.
func (l *Layout) Noting() (columns []int) {
	for i, f := range l.data {
		if f.Number != "" || l.page != nil {
			columns = append(columns, i)
		}
	}
	return columns
}

// String is the layout's name and status, as in "ndnh-w4 (unconfirmed)".
func (l *Layout) String() string { return fmt.Sprintf("%s (%s)", l.Name, l.Status) }

// splitRepeat takes "given.2" apart into "given" and 2; a name without a
// repeat is the first. ok is false for repeats below 2.
func splitRepeat(name string) (base string, repeat int, ok bool) {
	base, digits, found := strings.Cut(name, ".")
	if !found {
		return name, 1, true
	}
	repeat, err := strconv.Atoi(digits)
	return base, repeat, err == nil && repeat >= 2 && digits == strconv.Itoa(repeat)
}

// compile fills defaults and derives columns, index and digest from a layout
// that passed its checks.
func (l *Layout) compile() {
	l.defaults()
	l.data = l.Records.Data.Fields
	all := l.data
	if s := l.Records.Section; s != nil {
		all = append(all[:len(all):len(all)], s.Fields...)
	}
	if h := l.Records.Header; h != nil {
		for _, f := range h.Fields {
			if f.Carry {
				l.carried = append(l.carried, f)
			}
		}
		all = append(all[:len(all):len(all)], l.carried...)
	}
	l.index = make(map[string]int, len(all))
	for i, f := range all {
		base, repeat, _ := splitRepeat(f.Name)
		l.columns = append(l.columns, Column{Name: base, Role: f.Role, Form: f.Form, Width: f.Width, Label: f.Label, Repeat: repeat, Number: f.Number, Decimals: f.Decimals})
		l.index[f.Name] = i
	}
	l.encodeMarks()
	l.Digest = l.digest()
}

// encodeMarks makes marks comparable with a record's bytes, and notes whether
// values must be decoded one by one.
func (l *Layout) encodeMarks() {
	l.page = pages[l.Encoding]
	l.coded = l.Format == Fixed && l.page != nil
	for _, r := range l.types() {
		if r.Mark != nil {
			r.Mark.raw = []byte(r.Mark.Text)
			if l.page != nil {
				r.Mark.raw, _ = l.page.appendBytes(nil, r.Mark.Text) // printable ASCII, which every page has
			}
			r.Mark.compile()
		}
		for i := range r.Fields {
			l.coded = l.coded || r.Fields[i].Number != ""
		}
	}
}

// compile makes a short mark comparable in one step.
func (m *Mark) compile() {
	if n := len(m.raw); n > 0 && n <= 8 {
		var word [8]byte
		copy(word[:], m.raw)
		m.word, m.mask = binary.LittleEndian.Uint64(word[:]), ^uint64(0)>>(64-8*n)
	}
}

// defaults spells out what the layout leaves unsaid, so that a default written
// out and a default left out have one digest.
func (l *Layout) defaults() {
	setDefault(&l.Trim, "both")
	switch l.Format {
	case Fixed:
		if l.ebcdic() {
			setDefault(&l.LineEnds, "none")
		}
		setDefault(&l.LineEnds, "lines")
		setDefault(&l.Short, "reject")
	case CSV:
		setDefault(&l.Delimiter, ",")
		setDefault(&l.Quote, "double")
		setDefault(&l.Names, "first-line")
	case Parquet:
		setDefault(&l.Encoding, UTF8)
	}
	for _, r := range l.types() {
		for i := range r.Fields {
			f := &r.Fields[i]
			setDefault((*string)(&f.Role), string(Own))
			setDefault(&f.Pad, "blanks")
			if l.Format != Fixed {
				setDefault(&f.Column, f.Name)
			}
			if l.Format == Parquet {
				setDefault(&f.Type, "string")
			}
		}
	}
}

func setDefault(s *string, value string) {
	if *s == "" {
		*s = value
	}
}

// types lists the record types that the layout has.
func (l *Layout) types() []*Record {
	var all []*Record
	for _, r := range []*Record{l.Records.Header, l.Records.Section, l.Records.Data, l.Records.Trailer} {
		if r != nil {
			all = append(all, r)
		}
	}
	return all
}

// record is a record type by its word, nil when the layout has none.
func (l *Layout) record(word string) *Record {
	switch word {
	case "header":
		return l.Records.Header
	case "section":
		return l.Records.Section
	case "data":
		return l.Records.Data
	case "trailer":
		return l.Records.Trailer
	}
	return nil
}

// marked tells whether records must be told apart one by one.
func (l *Layout) marked() bool { return l.Records.Data.Mark != nil || len(l.types()) > 1 }

// digest hashes the layout's JSON, in which the order of keys is the order of
// the Go fields.
func (l *Layout) digest() string {
	canonical, err := json.Marshal(l)
	if err != nil {
		panic(err) // strings and numbers only: cannot happen
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}
