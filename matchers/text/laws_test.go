package text

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// pieces are fragments that the standardisers know something about; raw values are drawn from them and from plain noise, so
// that rules meet one another.
var pieces = []string{
	"O'", "O", "D", "DE", "LA", "CRUZ", "MC", "DONALD", "VAN", "DER", "JR", "SR.", "III", "V", "2ND", "MR", "MRS", "SMITH", "NEE", "Y", "&", "AND",
	"UNKNOWN", "NA", "N/A", "XXX", "BABY", "BOY", "É", "ñ", "Ł", "ß", "’", "\x92", "\xe9", "Ж", "a", "b", "-", "--", ",", ".", "/", "#", "'", "(", ")", "@", ":",
	"0", "1", "2", "4", "9", "12", "007", "123", "19800105", "1980", "13", "45", "2024", "1/2", "4B", "B", "N", "S", "E", "W", "NW", "NORTH", "EAST", "NO",
	"ST", "STREET", "AVE", "AVENUE", "ROAD", "RD", "CT", "PARK", "FIRST", "1ST", "3RD", "FLOOR", "FL", "APT", "APARTMENT", "APT4", "STE", "UNIT", "LOT", "REAR",
	"FRONT", "SIDE", "PH", "PO", "P", "BOX", "POB", "P.O.", "POBOX12", "DRAWER", "RR", "RR4", "RURAL", "ROUTE", "RT", "HC", "STAR", "HIGHWAY", "CONTRACT", "HWY", "US",
	"STATE", "COUNTY", "CO", "CR", "I", "PSC", "CMR", "GENERAL", "DELIVERY", "GEN", "DEL", "ONE", "KEY", "OAK", "BX", "NUMBER", "EXT", "X45", "+1", "555", "0123",
	"T00:00:00", "$", "+", "TX", "TEXAS", "NEW YORK", "M", "FEMALE", ".COM", "MAILTO:", "78-05-1120", "AN UNUSUALLY LONG WORD TO REACH THE LIMIT",
}

// drawRaw draws a raw value of up to some 200 bytes.
func drawRaw(t *rapid.T) []byte {
	if rapid.IntRange(0, 9).Draw(t, "noise") == 0 {
		return rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "bytes")
	}
	words := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 14).Draw(t, "words")
	seps := rapid.SampledFrom([]string{" ", "", "  ", "-", ", "}).Draw(t, "separator")
	return []byte(strings.Join(words, seps))
}

// checkStandard holds every law that one standardisation must keep.
func checkStandard(t interface {
	Helper()
	Fatalf(string, ...any)
}, k Kind, form DateForm, raw []byte) {
	t.Helper()
	before := bytes.Clone(raw)
	prefix := []byte("before|")
	dst, num, v := Standardise(k, form, bytes.Clone(prefix), raw)
	if !bytes.Equal(raw, before) {
		t.Fatalf("%v %q: raw value changed to %q", k, before, raw)
	}
	if !bytes.HasPrefix(dst, prefix) {
		t.Fatalf("%v %q: dst lost its beginning: %q", k, raw, dst)
	}
	std := dst[len(prefix):]
	if (v == Missing || v == Placeholder) && (len(std) > 0 || num != 0) {
		t.Fatalf("%v %q: %v with value %q %d", k, raw, v, std, num)
	}
	if k.Numeric() {
		checkNumber(t, k, raw, std, num, v)
		return
	}
	if num != 0 || v == Valid && len(std) == 0 {
		t.Fatalf("%v %q: num %d, %v %q", k, raw, num, v, std)
	}
	if limit := limitOf(k); len(std) > limit || k != Exact && k != Email && !plain(std) {
		t.Fatalf("%v %q: %q is not a standard form", k, raw, std)
	}
	if len(std) == 0 {
		return
	}
	again, _, w := Standardise(k, form, nil, std)
	if !bytes.Equal(again, std) || v != w {
		t.Fatalf("I2: %v %q: %q (%v) became %q (%v)", k, raw, std, v, again, w)
	}
}

func checkNumber(t interface {
	Helper()
	Fatalf(string, ...any)
}, k Kind, raw, std []byte, num uint64, v Validity) {
	t.Helper()
	if len(std) > 0 || v == Valid && num == 0 {
		t.Fatalf("%v %q: %v with %q %d", k, raw, v, std, num)
	}
	if v < Invalid || num == 0 {
		return
	}
	spelled := AppendNumber(nil, k, num)
	_, again, w := Standardise(k, CCYYMMDD, nil, spelled)
	if again != num || w != v {
		t.Fatalf("I2: %v %q: %d (%v), spelled %q, became %d (%v)", k, raw, num, v, spelled, again, w)
	}
}

func limitOf(k Kind) int {
	if k == Address {
		return AddressLimit
	}
	return Limit
}

// plain reports whether std is words of printable ASCII in upper case parted by one blank.
func plain(std []byte) bool {
	for i, c := range std {
		if c >= 0x80 || c < ' ' || c >= 'a' && c <= 'z' || c == ' ' && (i == 0 || i == len(std)-1 || std[i-1] == ' ') {
			return false
		}
	}
	return true
}

// I2, and all that doc.go promises, for every kind.
func TestLawsOfStandardForm(t *testing.T) {
	for _, k := range Kinds() {
		t.Run(k.String(), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				form := DateForm(rapid.IntRange(0, int(CCYY)).Draw(t, "form"))
				checkStandard(t, k, form, drawRaw(t))
			})
		})
	}
}

// The same value padded, or in the other case, has the same standard form.
func TestPaddingAndCaseDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(Kinds()).Draw(t, "kind")
		raw := drawRaw(t)
		a, n, v := Standardise(k, GuessDate, nil, raw)
		b, m, w := Standardise(k, GuessDate, nil, append(append([]byte("  "), raw...), " \x00 "...))
		if !bytes.Equal(a, b) || n != m || v != w {
			t.Fatalf("%v %q: %q %d %v, padded %q %d %v", k, raw, a, n, v, b, m, w)
		}
		if k == Exact || k == Date || k == Email && !ascii(raw) || !utf8.Valid(raw) {
			return
		}
		upper := bytes.ToUpper(raw)
		if !bytes.Equal(bytes.ToLower(upper), bytes.ToLower(raw)) || len(upper) != len(raw) {
			return // letters without a partner in the other case
		}
		c, o, x := Standardise(k, GuessDate, nil, upper)
		if !bytes.Equal(a, c) || n != o || v != x {
			t.Fatalf("%v %q: %q %d %v, in capitals %q %d %v", k, raw, a, n, v, c, o, x)
		}
	})
}

// Any value of any kind: no panic, and every law.
func FuzzStandardise(f *testing.F) {
	for i, p := range pieces {
		f.Add(uint8(i), uint8(0), []byte(p+" "+pieces[(i*7)%len(pieces)]+" "+pieces[(i*13)%len(pieces)]))
	}
	f.Fuzz(func(t *testing.T, kind, form uint8, raw []byte) {
		checkStandard(t, Exact+Kind(kind)%Zip, DateForm(form%uint8(CCYY+1)), raw)
	})
}

// What arrives in standard form, and most of what does not, costs no allocation.
func TestStandardiseDoesNotAllocate(t *testing.T) {
	values := map[Kind][]string{
		Given: {"ROBERT", "José Luis", "MARY-ANN"}, Middle: {"Q"}, Family: {"SMITH", "de la Cruz-O'Brien Jr.", "DOE"}, Suffix: {"Jr."},
		Name: {"ACME TOOL CO"}, Text: {"ST. LOUIS"}, Date: {"19800105", "1980-01-05", "1/5/1980", "unknown"},
		SSN: {"219-09-9998", "219099998", "078051120", "none"}, Digits: {"0012-345"}, Number: {"1,234.50"},
		Address: {"12 N OAK ST APT 4B", "12 north oak street #4b", "P.O. BOX 12", "RR 4 BOX 87", "homeless"}, Phone: {"(212) 555-0123 x4"},
		Email: {"Jane.Roe@Example.org"}, Sex: {"male"}, State: {"TX", "Texas", "N.Y."}, Zip: {"12345-6789"}, Exact: {"a b"},
	}
	dst := make([]byte, 0, 256)
	for k, list := range values {
		for _, s := range list {
			raw := []byte(s)
			if n := testing.AllocsPerRun(100, func() { Standardise(k, GuessDate, dst, raw) }); n != 0 {
				t.Errorf("%v %q: %v allocations", k, s, n)
			}
		}
	}
}

func TestKindsHaveNames(t *testing.T) {
	for _, k := range Kinds() {
		if got, ok := ParseKind(k.String()); !ok || got != k {
			t.Errorf("ParseKind(%q) = %v, %v", k.String(), got, ok)
		}
	}
	for _, s := range []string{"", "unknown", "GIVEN", "given "} {
		if k, ok := ParseKind(s); ok {
			t.Errorf("ParseKind(%q) = %v, want none", s, k)
		}
	}
	if Kind(0).String() != "unknown" || Kind(99).String() != "unknown" || Validity(9).String() != "unknown" || AddressForm(9).String() != "unknown" {
		t.Error("numbers out of range must be called unknown")
	}
	if Placeholder.String() != "placeholder" || BoxForm.String() != "box" {
		t.Error("names are wrong")
	}
}
