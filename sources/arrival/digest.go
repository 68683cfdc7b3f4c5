package arrival

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

// digest is the SHA-256 of all that is written to it. The sum is a chain, so
// no two bytes of a file can be hashed at a time, and of wide records it takes
// longer than reading, cutting and splitting them. Of a large file it is
// therefore taken beside the reading, by a goroutine that is at most a few
// blocks behind and ends with sum or stop.
type digest struct {
	hash   hash.Hash
	beside bool          // a goroutine is worth it
	block  []byte        // being filled
	full   chan []byte   // blocks to be hashed, in order; nil while there is no goroutine
	empty  chan []byte   // blocks to be filled
	ended  chan struct{} // closed by the goroutine
}

const (
	digestBlock  = 512 << 10 // bytes; each block wakes the goroutine, so that few large ones are cheaper than many
	digestBlocks = 3         // one is hashed, one waits, one is filled
)

// newDigest is the digest of a file of so many bytes, as far as that is known.
func newDigest(size int64) *digest {
	return &digest{hash: sha256.New(), beside: size > digestBlock}
}

// write adds p, which it copies.
func (d *digest) write(p []byte) {
	if !d.beside {
		d.hash.Write(p)
		return
	}
	d.start()
	for len(p) > 0 {
		n := min(len(p), digestBlock-len(d.block))
		d.block = append(d.block, p[:n]...)
		p = p[n:]
		if len(d.block) == digestBlock {
			d.full <- d.block
			d.block = <-d.empty
		}
	}
}

// start begins the goroutine, unless it is there.
func (d *digest) start() {
	if d.full != nil {
		return
	}
	d.full, d.empty, d.ended = make(chan []byte, digestBlocks), make(chan []byte, digestBlocks), make(chan struct{})
	for range digestBlocks {
		d.empty <- make([]byte, 0, digestBlock)
	}
	d.block = <-d.empty
	go func() {
		defer close(d.ended)
		for block := range d.full {
			d.hash.Write(block)
			d.empty <- block[:0]
		}
	}()
}

// stop ends the goroutine, once all that was written is hashed.
func (d *digest) stop() {
	if d.full == nil {
		return
	}
	d.full <- d.block
	close(d.full)
	<-d.ended
	d.full, d.block = nil, nil
}

// reset forgets what was written.
func (d *digest) reset() {
	d.stop()
	d.hash.Reset()
}

// sum is the digest of what was written, in hex.
func (d *digest) sum() string {
	d.stop()
	return hex.EncodeToString(d.hash.Sum(nil))
}
