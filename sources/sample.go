package sources

import (
	"bytes"
	"context"
	"io"
	"unicode/utf8"
)

const (
	sampleHead = 4 << 20  // bytes of text kept from the beginning: some ten thousand rows
	sampleTail = 64 << 10 // and from the end: the trailer, however wide
)

// Sample is what one pass over a file tells before anybody has described it:
// its beginning and its end, how much there is between them, and which
// encodings all of it fits. Memory is that of beginning and end.
type Sample struct {
	Path    string
	Foreign string // what the file is when it is no text: "a Parquet file"; then only Head and Bytes are meant
	Head    []byte // inflated, without byte order mark
	Tail    []byte // inflated; all of the file when Whole
	Whole   bool   // Head is all of the file
	Bytes   int64  // of text, inflated, without byte order mark
	Lines   int64  // line feeds, and one more where the last line lacks its end

	ASCII   bool // no byte above 0x7F
	UTF8    bool // valid UTF-8 from end to end
	Windows bool // none of the five bytes that windows-1252 leaves undefined
	EBCDIC  bool // its first bytes are those of an EBCDIC code page
	NULs    int64
	Firsts  [256]int64 // lines by their first byte: how often a record mark may occur
}

// SampleOptions are how a sample is taken. The zero value reads the whole file.
type SampleOptions struct {
	HeadOnly bool                              // stop when Head is full: Bytes, Lines and Tail are then those of the head
	Progress func(bytesRead, bytesTotal int64) // bytes on disk; may be nil
}

// TakeSample reads a file once, inflating it as [Cut] does. Its errors are
// those of Cut: a *FileError, or that of ctx.
func TakeSample(ctx context.Context, path string, o SampleOptions) (*Sample, error) {
	in, err := open(ctx, path, CutOptions{})
	if err != nil {
		return nil, err
	}
	defer in.Close()
	s := &sampler{Sample: Sample{Path: path, ASCII: true, UTF8: true, Windows: true}, last: '\n'}
	buf := make([]byte, 256<<10)
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, err := io.ReadFull(in, buf)
		s.take(buf[:n])
		if o.Progress != nil {
			o.Progress(in.file.OnDisk())
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF || o.HeadOnly && len(s.Head) == sampleHead {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return s.finish(), nil
}

// sampler is a Sample being taken.
type sampler struct {
	Sample
	begun bool
	last  byte   // of the block before; a line end before the first
	rest  []byte // the beginning of a character that the block cut
}

// take looks at the next block of the file.
func (s *sampler) take(block []byte) {
	if !s.begun && len(block) > 0 {
		s.begun = true
		s.Foreign, s.EBCDIC = notText(block), looksEBCDIC(block[:min(len(block), headBytes)])
		block = bytes.TrimPrefix(block, byteOrderMark)
	}
	if len(block) == 0 {
		return
	}
	s.Bytes += int64(len(block))
	s.firsts(block)
	s.last = block[len(block)-1]
	s.Head = append(s.Head, block[:min(len(block), sampleHead-len(s.Head))]...)
	s.keepTail(block)
	s.Lines += int64(bytes.Count(block, []byte{'\n'}))
	s.NULs += int64(bytes.Count(block, []byte{0}))
	s.encoding(block)
}

// firsts counts the bytes that lines begin with.
func (s *sampler) firsts(block []byte) {
	if s.last == '\n' {
		s.Firsts[block[0]]++
	}
	for i := bytes.IndexByte(block, '\n'); i >= 0 && i+1 < len(block); {
		s.Firsts[block[i+1]]++
		next := bytes.IndexByte(block[i+1:], '\n')
		if next < 0 {
			return
		}
		i += 1 + next
	}
}

func (s *sampler) keepTail(block []byte) {
	s.Tail = append(s.Tail, block...)
	if more := len(s.Tail) - sampleTail; more > 0 {
		s.Tail = s.Tail[:copy(s.Tail, s.Tail[more:])]
	}
}

// encoding asks which encodings still fit.
func (s *sampler) encoding(block []byte) {
	if asciiOnly(block) && len(s.rest) == 0 {
		return
	}
	s.ASCII = false
	for _, x := range block {
		if windowsRunes[x] == "" {
			s.Windows = false
		}
	}
	text := append(s.rest, block...)
	whole := len(text)
	for i := 1; i < utf8.UTFMax && i <= len(text); i++ {
		if x := text[len(text)-i]; utf8.RuneStart(x) {
			if !utf8.FullRune(text[len(text)-i:]) {
				whole = len(text) - i
			}
			break
		}
	}
	s.UTF8 = s.UTF8 && utf8.Valid(text[:whole])
	s.rest = bytes.Clone(text[whole:])
}

func (s *sampler) finish() *Sample {
	s.UTF8 = s.UTF8 && len(s.rest) == 0
	s.Whole = s.Bytes == int64(len(s.Head))
	if s.Bytes > 0 && s.last != '\n' {
		s.Lines++
	}
	return &s.Sample
}

// notText says what a file is that no layout of text reads, by its first bytes.
func notText(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("PAR1")):
		return "a Parquet file"
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return "UTF-16 text"
	}
	return ""
}

// ASCIIOf writes text of an encoding byte for byte as ASCII, for looking at
// places and classes of characters: a character that ASCII does not have
// becomes a byte above it, a stray a blank. Text of other encodings than EBCDIC
// is given as it is.
func ASCIIOf(encoding string, text []byte) []byte {
	p := pages[encoding]
	if p == nil || encoding == Strays {
		return text
	}
	out := make([]byte, len(text))
	for i, x := range text {
		switch c := p.ascii[x]; {
		case c < notASCII:
			out[i] = c
		case p.text[x] == "":
			out[i] = ' '
		default:
			out[i] = notASCII | 0x40
		}
	}
	return out
}
