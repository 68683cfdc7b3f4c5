// Package sources reads the files of a night: the caseload and what the post
// office, employers, the military and banks send.
//
// In: a file and its [Layout], which says how the supplier writes. Out: rows of
// values, each a view into the file's bytes, with the line that it came from;
// a [Reject] for each record that cannot be read; and a [FileReport] with the
// digest of the file and a verdict on each of its sections. What the values
// mean is not known here, and whether a birth date has a thirteenth month is
// not asked: a bad value is data for the next stage.
//
// A file goes through two functions. [Cut] runs once for a file: it opens what
// is compressed, zipped or encrypted (package arrival), takes the SHA-256 of the
// bytes on disk in the same pass, finds record boundaries, checks header and
// trailers, and hands out chunks of whole data records, each with what it
// depends on: its section's record and the file's column names. A [Splitter]
// then turns a chunk into [person.Rows]; each worker has its own, so a chunk
// stays on one core from here to its links.
//
//	file ─ open, hash ─ boundaries ─▶ Chunk ─ split ─▶ person.Rows + rejects
//	                          │
//	                          └─ header, sections, trailers ─▶ FileReport
//
// What always holds:
//
//   - I1: records read = rows + rejects, in each section and in the file;
//   - the size of a chunk changes nothing but the chunks: rows, lines, rejects,
//     verdicts and errors are the same for any;
//   - no chunk splits a record or spans two sections;
//   - a row is rejected for its structure only (the reasons are constants), and
//     a reject holds no value of the record (I11);
//   - a fault of a section stays with the section; a fault of the file is a
//     [FileError], and then nothing read from the file may be used;
//   - no input makes the reader panic.
//
// A worked example, a file of two institutions in the layout example-fidm (its
// blanks left out):
//
//	A…FIRST BANK…          opens section 0
//	B…911223333…SMITH, J…  ┐ chunk 1: FirstLine 2, with the A record's values;
//	B…922334444…DOE, A…    ┘ its rows have the B record's columns, then the A's
//	T000000002             says 2, has 2: healthy
//	A…SECOND BANK…         opens section 1
//	B…933445555…ROE, R…    chunk 2
//	                       "the file ends inside section 2 (SECOND BANK): no trailer record"
//
// The rows of chunk 2 were emitted before that was known: what comes of a
// section is provisional until its verdict.
//
// How to read on: layout.go (the types) and FORMAT.md (the YAML); cut.go,
// boundary.go and quotes.go (where records end); tally.go (sections); split.go,
// split_csv.go and split_fixed.go; split_block.go and slot.go (fixed records a
// column at a time); split_coded.go, codepage.go and numeral.go (EBCDIC, numbers
// of COBOL); parquet.go, parquet_open.go, parquet_pages.go and parquet_packed.go (what a damaged
// file may not ask for), parquet_column.go and parquet_run.go; encode.go, which
// writes what the others read. Package sourcetest holds any layout to all of this.
package sources
