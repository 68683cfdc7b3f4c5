package synth

import (
	"bytes"
	"errors"
	"strings"

	"locatematch/sources"
)

// spoilt is a row in bytes, made wrong.
func spoilt(l *sources.Layout, values []string, reason string) ([]byte, error) {
	if reason == sources.BlankLine {
		return []byte("\n"), nil
	}
	if l.Format == sources.CSV {
		values = append([]string(nil), values...)
		values[len(values)-1] = "" // what is wrong stands in its place
	}
	raw, err := encodedRow(l, values)
	if err != nil {
		return nil, err
	}
	if l.Format == sources.CSV {
		return spoiltDelimited(l, raw, reason), nil
	}
	return spoiltFixed(l, raw, reason), nil
}

// encodedRow is one row in bytes, with its line end.
func encodedRow(l *sources.Layout, values []string) ([]byte, error) {
	var b bytes.Buffer
	enc, err := sources.NewEncoder(&b, l)
	if err != nil {
		return nil, err
	}
	err = errors.Join(enc.Row(values), enc.Close())
	raw := b.Bytes()
	if l.Format == sources.CSV && l.Names != "none" {
		raw = raw[bytes.IndexByte(raw, '\n')+1:]
	}
	return raw, err
}

func spoiltDelimited(l *sources.Layout, raw []byte, reason string) []byte {
	raw = bytes.TrimSuffix(bytes.TrimSuffix(raw, []byte("\n")), []byte(`""`))
	switch reason {
	case sources.Columns:
		raw = append(append(raw, l.Delimiter...), "X"...)
	case sources.QuoteFault:
		raw = append(raw, `"X"X`...)
	case sources.RecordType:
		mark := l.Records.Data.Mark.Text
		raw = append([]byte(strings.Repeat("?", len(mark))), raw[len(mark):]...)
	case sources.NUL:
		raw = append(raw, "X\x00X"...)
	case sources.EncodingFault:
		raw = append(raw, 0x81) // of none of the encodings: no ASCII, the inner byte of no letter in UTF-8, undefined in windows-1252
	}
	return append(raw, '\n')
}

func spoiltFixed(l *sources.Layout, raw []byte, reason string) []byte {
	at := bodyOf(l)
	switch reason {
	case sources.ShortRow:
		short := l.Length / 2
		if l.Short == "pad" {
			short = l.Least - 1
		}
		raw = append(raw[:max(short, 1)], '\n')
	case sources.LongRow:
		raw = append(bytes.TrimSuffix(raw, []byte("\n")), "X\n"...)
	case sources.RecordType:
		m := l.Records.Data.Mark
		copy(raw[m.At-1:], strings.Repeat("?", len(m.Text)))
	case sources.NUL:
		raw[at] = 0
	case sources.EncodingFault:
		if !strings.HasPrefix(l.Encoding, "ebcdic") {
			raw[at] = 0x81
			break
		}
		for i := at; i < len(raw); i++ {
			raw[i] = 0x04 // a control code: no character
		}
	case sources.Shifted:
		letter := byte('Z')
		if strings.HasPrefix(l.Encoding, "ebcdic") {
			letter = 0xE9
		}
		for _, f := range l.Records.Data.Fields { // as when bytes were lost before them: letters stand in every number's place
			if f.Number != "" {
				copy(raw[f.At-1:], bytes.Repeat([]byte{letter}, f.Width))
			}
		}
	}
	return raw
}

// bodyOf is where the first field that is text begins.
func bodyOf(l *sources.Layout) int {
	for _, f := range l.Records.Data.Fields {
		if f.Number == "" {
			return f.At - 1
		}
	}
	return 0
}
