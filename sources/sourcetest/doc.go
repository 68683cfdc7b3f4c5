// Package sourcetest is the contract of package sources as a test suite.
//
// In: a layout and the bytes of a well-formed file in it. Out: a failed test
// for every part of the contract that the reader does not keep. Each layout,
// built in or an agency's own, can be held to it with one line:
//
//	sourcetest.Check(t, layout, sourcetest.Sample(t, layout, 500))
//
// What is checked:
//
//   - I1: records read = rows + rejects, in all and section by section;
//   - the size of the chunks changes nothing but the chunks;
//   - line ends, a byte order mark, a missing last line end, empty lines at the
//     end, gzip and zstd change no row; the digest is that of the bytes on disk;
//   - what the Encoder writes is read back as it was;
//   - damage at any byte is a reject, a fault or an error, never a panic, and
//     no message holds a value of a record;
//   - cancellation and the receiver's errors end a cut at once, and no
//     goroutine is left behind;
//   - several workers that share a pool read what one reads.
//
// Read and Sample serve other packages' tests as well.
package sourcetest
