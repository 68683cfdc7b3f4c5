// Package person is the shape in which records of people leave the readers of
// package sources and enter matching.
//
// In: the bytes of one chunk of an extract, and where each value of each row
// lies in them. Out: [Rows], the same bytes with a [Span] per value; and, for
// the rows that survive the filter, a [Batch], an Arrow record batch whose
// string-view columns point into the chunk. Neither copies a value: a view is
// sixteen bytes, and values of up to twelve bytes lie inside it.
//
// What always holds:
//
//   - len(Spans) == Len()*Width and len(Lines) == Len();
//   - a span lies inside Data, and an empty span is a missing value: the text
//     formats cannot tell an empty value from an absent one, so neither do we;
//   - Rows and Batch are views: they are valid until the chunk they point into
//     is released, and not a moment longer;
//   - one owner: who receives a Batch releases it.
//
// A worked example. The chunk "123456789SMITH     \n" with two columns, ssn and
// family, is
//
//	Rows{Data: chunk, Width: 2, Spans: {{0, 9}, {9, 14}}, Lines: {1}}
//
// and NewBatch(mem, []string{"ssn", "family"}, &rows, nil) is one Arrow record
// of one row and two string-view columns.
//
// fields.go is the vocabulary: the canonical names that layouts give to what
// the extracts hold. This package holds all Arrow imports of the reading side,
// so that a change of Arrow's major version is a change of one package.
package person
