package sources

import "fmt"

// FileReport is what Cut found out about a file.
type FileReport struct {
	Path     string
	SHA256   string // of the bytes on disk, in hex
	Bytes    int64  // on disk
	Records  int64  // data records cut, in all sections
	Batch    string // a short digest of the header's sender, a slash and the batch number; "" where the header has no number
	Sections []Section
}

// Section is the verdict on one section. A file without section records is one
// section; data records that stand outside every section are gathered in
// faulted sections of their own.
type Section struct {
	Index int
	Name  string // such as the institution's; "" when the layout names none
	Line  int64  // where it begins: line, or record number where there are no lines
	Rows  int64  // data records cut, those of no known type included
	Want  int64  // as the trailer says, -1 when none does
	Fault string // "" = healthy
}

// FileError is a fault of a whole file: nothing read from it can be used.
type FileError struct {
	Path string
	Line int64 // 0 when the fault has no line
	Err  error
}

// Error is path, line and cause.
func (e *FileError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %v", e.Path, e.Line, e.Err)
	}
	return fmt.Sprintf("%s: %v", e.Path, e.Err)
}

// Unwrap is the cause.
func (e *FileError) Unwrap() error { return e.Err }

// Reject is one record that could not be read. It never holds a value of the
// record, so that it may be logged and published.
type Reject struct {
	Line   int64 // physical 1-based start line, or record number where there are no lines
	Record int64 // 1-based among the file's data records
	Reason string
	Detail string
}

// Invalid is a value that is not what its layout says, of a row that was
// accepted all the same. It never holds the value.
type Invalid struct {
	Line   int64
	Column int // index into Layout.Columns
	Reason string
}

// The reasons of invalid values.
const (
	NotNumber  = "not_a_number" // packed, zoned or overpunch: a half-byte or sign that is none, or too many digits; the value is missing
	StrayBytes = "stray_bytes"  // bytes that are no text of the encoding; they became blanks
)

// The reasons of rejects.
const (
	ShortRow       = "short_row"       // fixed: fewer bytes than the record has
	LongRow        = "long_row"        // fixed: more bytes than the record has
	BlankLine      = "blank_line"      // an empty line before the end of the file
	RecordType     = "record_type"     // its mark is none of the layout's
	OutsideSection = "outside_section" // before the first section or after a trailer
	Columns        = "columns"         // csv: not as many columns as the file has
	QuoteFault     = "quote"           // csv: a quoted value that is not closed, or goes on behind its quote
	NUL            = "nul"             // a NUL byte
	EncodingFault  = "encoding"        // bytes that the encoding does not have; EBCDIC: too many of them
	Shifted        = "shifted"         // several numbers, and none of them is one: bytes were lost or added before
)

// Reasons lists the reasons of rejects, in the order in which they are documented.
func Reasons() []string {
	return []string{ShortRow, LongRow, BlankLine, RecordType, OutsideSection, Columns, QuoteFault, NUL, EncodingFault}
}
