// Package restricted is the queue that only named workers read: what was found about people who are themselves protected.
//
// A family violence flag on a parent who owes support keeps every word about him out of ordinary files. Support is owed all the
// same, and an employer who could withhold it must not be lost. Where the agency names recipients, a run writes the leads about
// protected people into one file, encrypted to them, and nowhere else.
//
// What comes in: the rows of a queue made of those leads, and the recipients' public keys. What goes out: the bytes of
// restricted.parquet.age, which is an age file (age-encryption.org/v1) with a Parquet table inside; and from it and a key, the rows
// again.
//
// What always holds:
//
//   - A row has what a withholding or a levy review needs: who, which case, how sure, what may be done and by when, and the
//     employer or the institution. Where somebody lives, and any telephone number, is not in it: of such a lead a row says only
//     that there is one.
//   - I11: an account is its last digits, an SSN is in no row.
//   - The size tells nothing: the table is filled up to a multiple of 16 KiB, and a night without such leads has a file too.
//   - Encryption draws random numbers, so the same rows have other bytes each time; see pipeline/DESIGN.md on I8.
//   - No key is ever in an error.
//
// A worked example:
//
//	to, err := restricted.Parse([]string{"age1…"})
//	sealed, err := to.Seal(rows)
//	rows, err = restricted.Open(sealed, "worker.key")
//
// It is the one place that encrypts what is published.
package restricted
