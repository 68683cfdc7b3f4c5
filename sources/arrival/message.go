package arrival

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"math"
)

// Packets that end an OpenPGP message (RFC 9580, sections 5 and 10.3): encrypted or compressed data hold all that follows, a literal
// ends it where no signature was announced, and so does the last signature that was.
const (
	signature   = 2
	onePass     = 4
	compressed  = 8
	literalData = 11
)

var encryptedData = []byte{9, 18, 20}

// oneMessage gives the bytes of one message and ends there: of what stands behind it the library may read on, looking for
// signatures, and then nobody could tell that there was something.
type oneMessage struct {
	in        *bufio.Reader
	head      []byte // of the packet at hand, to be passed on
	left      int64  // of its body, or of a part of it
	parts     bool   // another part follows
	last      bool   // no packet of the message stands behind it
	announced int    // signatures
}

func (m *oneMessage) Read(p []byte) (n int, err error) {
	for len(m.head) == 0 && m.left == 0 {
		if err := m.next(); err != nil {
			return 0, err
		}
	}
	if len(m.head) > 0 {
		n = copy(p, m.head)
		m.head = m.head[n:]
		return n, nil
	}
	n, err = m.in.Read(p[:min(int64(len(p)), m.left)])
	m.left -= int64(n)
	return n, err
}

// next reads the head of the next part or packet.
func (m *oneMessage) next() error {
	if m.parts {
		return m.length(0)
	}
	if m.last {
		return io.EOF
	}
	first, err := m.in.Peek(1)
	if err != nil {
		return err
	}
	switch {
	case first[0] < 0x80: // no packet: the library says so
		m.left = math.MaxInt64
		return nil
	case first[0] < 0xC0:
		m.ends(first[0] >> 2 & 0x0F)
		return m.oldLength(first[0] & 3)
	}
	m.ends(first[0] & 0x3F)
	return m.length(1)
}

// ends notes what a packet says of the end of the message.
func (m *oneMessage) ends(tag byte) {
	switch tag {
	case onePass:
		m.announced++
	case signature:
		m.announced--
		m.last = m.announced == 0
	case literalData:
		m.last = m.announced <= 0
	default:
		m.last = tag == compressed || bytes.IndexByte(encryptedData, tag) >= 0
	}
}

// length reads a length behind so many bytes, in the form of which a part of a body may have one.
func (m *oneMessage) length(at int) error {
	head, err := m.in.Peek(at + 1)
	if err != nil {
		return io.ErrUnexpectedEOF
	}
	first, size := int64(head[at]), 1
	m.parts = false
	switch {
	case first < 192:
		m.left = first
	case first < 224:
		size = 2
	case first < 255:
		m.left, m.parts = 1<<(first&0x1F), true
	default:
		size = 5
	}
	if head, err = m.in.Peek(at + size); err != nil {
		return io.ErrUnexpectedEOF
	}
	switch size {
	case 2:
		m.left = (first-192)<<8 + int64(head[at+1]) + 192
	case 5:
		m.left = int64(binary.BigEndian.Uint32(head[at+1:]))
	}
	return m.pass(at + size)
}

// oldLength reads the length of a packet in the old form: one, two or four bytes, or all that is there.
func (m *oneMessage) oldLength(kind byte) error {
	size := 1 << kind & 7 // of the kind 3, none
	head, err := m.in.Peek(1 + size)
	if err != nil {
		return io.ErrUnexpectedEOF
	}
	m.left = 0
	for _, b := range head[1:] {
		m.left = m.left<<8 | int64(b)
	}
	if size == 0 {
		m.left = math.MaxInt64
	}
	return m.pass(1 + size)
}

// pass takes the head, which was looked at, and has it passed on.
func (m *oneMessage) pass(size int) error {
	m.head = make([]byte, size)
	_, err := io.ReadFull(m.in, m.head)
	return err
}
