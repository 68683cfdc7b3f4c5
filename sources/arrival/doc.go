// Package arrival opens files as suppliers send them: inflated, unpacked from a
// zip and decrypted, one inside the other, with the digest of what arrived.
//
// In: a path and the [Keys] to decrypt with. Out: the innermost bytes, and the
// SHA-256 and size of the file on disk. What the bytes mean is not known here.
//
//	w4.txt.gz.age ─ hash ─ age ─ gzip ─▶ text
//
// What a file is, its first bytes say; where they say nothing, its name. So a
// gzip file without a suffix is inflated, and x.csv.gz.pgp is decrypted, then
// inflated. A layer is one of
//
//	gzip     .gz                any number of members
//	zstd     .zst               windows up to 128 MiB
//	zip      .zip               exactly one member, without a password
//	age      .age               X25519, hybrid and passphrase, armoured or not
//	OpenPGP  .pgp .gpg .asc     to a key or a passphrase, armoured or not
//
// What always holds:
//
//   - the digest is that of the bytes on disk, all of them;
//   - io.EOF comes only when every layer has ended in order: checksums and
//     authentication codes are right and nothing follows. Until then what was
//     read is provisional, and after an error none of it may be used;
//   - a file that inflates beyond reason is given up (see limits.go), and a file
//     that changes while it is read is [ErrChanging];
//   - no message holds a key, a passphrase or a byte of the contents.
package arrival
