// Package table writes rows of a Go struct to a Parquet file and reads them back, and trusts neither step.
//
// What comes in: rows of a struct with parquet tags, in the order the caller states. What goes out: a Parquet file of
// bounded row groups, the same bytes for the same rows (I8), with a fixed "created by".
//
// What always holds:
//
//   - A file that Write returned without error was closed, opened again and read to its end, and what was read has the
//     checksum of what was written. parquet-go has lost values silently in the past; a lead lost so would never be missed.
//   - Read refuses a file whose columns are not those of the struct: parquet-go itself fills missing columns with zeros.
//   - A damaged file is an error, never a panic.
//   - Values of the columns named in Options.Personal are kept out of page bounds and statistics, which lie open in the
//     footer and are copied by every tool that lists a file.
//
// A worked example:
//
//	type row struct {
//		Name string `parquet:"name"`
//		Seen int32  `parquet:"seen,date"`
//	}
//	n, err := table.Write("seen.parquet", rows, table.Options{Personal: []string{"name"}})
//	rows, err := table.Read[row]("seen.parquet")
package table
