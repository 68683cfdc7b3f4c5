package sources_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"locatematch/sources"
	"locatematch/sources/sourcetest"
)

// record47 is a row of testdata/ebcdic-1047.yaml whose family name is the bytes given.
func record47(family string) []byte {
	b := bytes.Repeat([]byte{0x40}, 60)
	copy(b, "\xF0\xF0\xF0\xF0\xF0\xF0\xF0\xF1")
	copy(b[8:], family)
	return b
}

// TestCodePages: the characters that the two pages disagree on, those that names need, and what is no character.
func TestCodePages(t *testing.T) {
	for _, x := range []struct{ layout, raw, want string }{
		{"ebcdic-1047", "\xD6\x7D\xC2\xD9\xC9\xC5\xD5", "O'BRIEN"},
		{"ebcdic-1047", "\xD4\xC1\xD9\xE3\xC9\xD5\xC5\xE9\x60\xC3\xD9\xE4\xE9", "MARTINEZ-CRUZ"},
		{"ebcdic-1047", "\xC4\xC5\x40\xD3\xC1\x40\xC3\xD9\xE4\xE9", "DE LA CRUZ"},
		{"ebcdic-1047", "\xAD\xBD\x5F\xB0", "[]^¬"},
		{"ebcdic-1047", "\x81\x82\x83", "abc"},
		{"ebcdic-1047", "\xD5\x69\xD6", "NÑO"},
		{"ebcdic-1047", "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", ""},
		{"ebcdic-1047", "\xC5\xD2\x00\x40", "EK"}, // a LOW-VALUE behind a name
		{"ebcdic-1047", "\xC5\x3F\xD2", "E K"},
	} {
		o := sourcetest.ReadBytes(t, "x", record47(x.raw), loadTest(t, x.layout), sources.CutOptions{})
		if o.Err != nil || len(o.Rows) != 1 || o.Rows[0][1] != x.want {
			t.Errorf("% X: %q %v %v, want %q", x.raw, o.Rows, o.Rejects, o.Err, x.want)
		}
	}
	for raw, want := range map[byte]string{0xBA: "[", 0xBB: "]", 0xB0: "^", 0x5F: "¬"} { // code page 037
		if got := string(charmap.CodePage037.DecodeByte(raw)); got != want {
			t.Errorf("037: %X is %s, want %s", raw, got, want)
		}
	}
}

// TestStrays: they become blanks, are noted with line, field and reason, and cost no row; unless they are most of it.
func TestStrays(t *testing.T) {
	l := loadTest(t, "strays")
	o := sourcetest.ReadBytes(t, "x", []byte(
		"00000001EK\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00ADA             19800101        \n"+
			"00000002O\x85BRIEN             \x1ADEE            19800102        \n"+
			"00000003BOX                 \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x0019800103        \n"), l, sources.CutOptions{})
	if o.Err != nil || len(o.Rows) != 3 || o.Rows[0][1] != "EK" || o.Rows[1][1] != "O BRIEN" || o.Rows[1][2] != "DEE" || o.Rows[2][2] != "" {
		t.Fatalf("%v %v %v", o.Rows, o.Rejects, o.Err)
	}
	want := []sources.Invalid{{1, 1, sources.StrayBytes}, {2, 1, sources.StrayBytes}, {2, 2, sources.StrayBytes}}
	if len(o.Invalid) != len(want) {
		t.Fatalf("noted %v, want %v", o.Invalid, want)
	}
	for i := range want {
		if o.Invalid[i] != want[i] {
			t.Errorf("noted %v, want %v", o.Invalid[i], want[i])
		}
	}
}

// TestNotThisEncoding: a file in the other encoding is refused at its first bytes, and where only records are, they are
// rejected.
func TestNotThisEncoding(t *testing.T) {
	ebcdic, ascii := loadTest(t, "ebcdic-1047"), loadTest(t, "stride")
	for _, x := range []struct {
		layout *sources.Layout
		data   []byte
		want   string
	}{
		{ebcdic, sourcetest.Sample(t, ascii, 20), "this is ASCII text, and the layout is EBCDIC"},
		{ascii, sourcetest.Sample(t, ebcdic, 20), "this is EBCDIC text (encoding: ebcdic-037 or ebcdic-1047), and the layout's is ascii"},
	} {
		o := sourcetest.ReadBytes(t, "x", x.data, x.layout, sources.CutOptions{})
		if o.Err == nil || !strings.HasSuffix(o.Err.Error(), x.want) {
			t.Errorf("error %v, want %q", o.Err, x.want)
		}
	}
	mixed := append(record47("\xC5\xD2"), sourcetest.Sample(t, ascii, 3)...)
	o := sourcetest.ReadBytes(t, "x", mixed, ebcdic, sources.CutOptions{})
	if len(o.Rows) != 1 || len(o.Rejects) != 3 || o.Rejects[0].Reason != sources.EncodingFault {
		t.Errorf("%d rows, rejects %v, error %v", len(o.Rows), o.Rejects, o.Err)
	}
}

// TestShortLastRecord: where there are no line ends, a record cut short is a reject, and its section with it.
func TestShortLastRecord(t *testing.T) {
	for _, name := range []string{"stride", "ebcdic-1047", "packed"} {
		l := loadTest(t, name)
		sample := sourcetest.Sample(t, l, 5)
		for _, size := range []int{64, 1 << 20} {
			o := sourcetest.ReadBytes(t, "x", sample[:len(sample)-9], l, sources.CutOptions{ChunkBytes: size})
			if o.Err != nil || len(o.Rows) != 4 || len(o.Rejects) != 1 || o.Rejects[0].Reason != sources.ShortRow {
				t.Fatalf("%s: %d rows, %v, %v", name, len(o.Rows), o.Rejects, o.Err)
			}
			if fault := o.Report.Sections[0].Fault; !strings.HasPrefix(fault, "the last record has ") {
				t.Errorf("%s: fault %q", name, fault)
			}
		}
	}
}

// TestLostByte: from a lost byte on records are none, and most are rejected rather than read as somebody else; those that hold
// but one number are not told apart from a bad one. The end of the file tells of the loss in any case.
func TestLostByte(t *testing.T) {
	l := loadTest(t, "packed")
	sample := sourcetest.Sample(t, l, 40)
	o := sourcetest.ReadBytes(t, "x", append(sample[:103:103], sample[104:]...), l, sources.CutOptions{})
	if o.Err != nil || len(o.Rows)+len(o.Rejects) != 40 || len(o.Rows) > 12 {
		t.Errorf("%d rows, %d rejects, %v", len(o.Rows), len(o.Rejects), o.Err)
	}
	if o.Report.Sections[0].Fault == "" {
		t.Error("the section is healthy")
	}
}

// twin is a layout in another encoding, with the same fields.
func twin(tb testing.TB, l *sources.Layout, text []byte, encoding string) *sources.Layout {
	tb.Helper()
	text = bytes.Replace(text, []byte("encoding: "+l.Encoding), []byte("encoding: "+encoding), 1)
	text = bytes.Replace(text, []byte("line_ends: lines"), nil, 1)
	other, err := sources.Parse(text, l.Name)
	if err != nil {
		tb.Fatal(err)
	}
	return other
}

// hexBytes reads the input of a golden page that is no text: hexadecimal digits, blanks and line ends aside; what follows a #
// is a remark.
func hexBytes(t *testing.T, page []byte) []byte {
	t.Helper()
	var digits strings.Builder
	for line := range strings.Lines(string(page)) {
		line, _, _ = strings.Cut(line, "#")
		digits.WriteString(strings.Join(strings.Fields(line), ""))
	}
	data, err := hex.DecodeString(digits.String())
	if err != nil {
		t.Fatal(err)
	}
	return data
}
