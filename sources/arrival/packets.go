package arrival

import (
	"bufio"
	"bytes"
	"io"
)

// The packets at the start of an OpenPGP message (RFC 9580, section 5).
const (
	keyToKey        = 1 // a session key, encrypted to a key
	keyToPassphrase = 3 // a session key, encrypted with a passphrase
)

// beforeData are the packets that may stand before the data: session keys,
// the marker, padding.
var beforeData = []byte{keyToKey, keyToPassphrase, 10, 21}

// packetHead is the start of a packet.
type packetHead struct {
	tag  byte // 0: none that can be read here
	body []byte
	size int // of head and body
}

// firstPacket reads the head of the packet at the start of b. Lengths that no
// session key has are not read.
func firstPacket(b []byte) (p packetHead) {
	if len(b) < 6 || b[0] < 0x80 {
		return p
	}
	tag, head, n := b[0]>>2&0x0F, 2, int(b[1])
	if b[0] >= 0xC0 {
		tag = b[0] & 0x3F
		switch {
		case n >= 224:
			return packetHead{tag: tag}
		case n >= 192:
			head, n = 3, (n-192)<<8+int(b[2])+192
		}
	} else {
		switch b[0] & 3 {
		case 1:
			head, n = 3, int(b[1])<<8+int(b[2])
		case 2, 3:
			return packetHead{tag: tag}
		}
	}
	return packetHead{tag: tag, body: b[head:min(head+n, len(b))], size: head + n}
}

// pgpMessage recognises a message that is not armoured by its first packet. Its
// version and algorithm must fit, for a single byte is a letter in many an
// encoding.
func pgpMessage(head []byte) bool {
	p := firstPacket(head)
	switch {
	case len(p.body) < 4 || p.size > 2048:
		return false
	case p.tag == keyToKey && p.body[0] == 3:
		return len(p.body) > 9 && bytes.IndexByte([]byte{1, 2, 16, 18, 25, 26}, p.body[9]) >= 0
	case p.tag == keyToPassphrase && p.body[0] == 4:
		return p.body[1] >= 1 && p.body[1] <= 13 && bytes.IndexByte([]byte{0, 1, 3, 4}, p.body[2]) >= 0
	}
	return (p.tag == keyToKey || p.tag == keyToPassphrase) && p.body[0] == 6
}

// affordable refuses a message that asks for more memory or time than a
// passphrase is worth: Argon2 may ask for two tebibytes, and the library would
// try. It looks at every packet before the encrypted data.
func affordable(in *bufio.Reader) error {
	b, err := in.Peek(mostSessionKeys)
	if err != nil && err != io.EOF {
		return err
	}
	for {
		p := firstPacket(b)
		if p.tag == keyToPassphrase && costly(p.body) {
			return refuse("opening it with a passphrase would take more than %d GiB of memory", 1<<(mostArgonMemory-20))
		}
		switch {
		case bytes.IndexByte(beforeData, p.tag) < 0 || p.size == 0:
			return nil
		case p.size < len(b):
			b = b[p.size:]
		case err == io.EOF: // truncated
			return nil
		default:
			return refuse("more recipients than a file for us has")
		}
	}
}

// costly tells whether a session key's passphrase goes through more of Argon2
// than is allowed. Its description stands at another place in each version.
func costly(body []byte) bool {
	if len(body) == 0 {
		return false
	}
	at, known := map[byte]int{4: 2, 5: 3, 6: 5}[body[0]]
	if !known || len(body) < at+20 || body[at] != 4 {
		return false
	}
	passes, memory := body[at+17], body[at+19]
	return passes > mostArgonPasses || memory > mostArgonMemory
}
