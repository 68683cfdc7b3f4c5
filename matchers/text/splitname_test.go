package text

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestSplitName(t *testing.T) {
	comma, last, first := LastCommaFirst, LastFirst, FirstLast
	for _, c := range []struct {
		form      NameForm
		raw, want string // given|middle|family|suffix
	}{
		{comma, "PUBLIC, JOHN Q", "JOHN|Q|PUBLIC|"}, {comma, "PUBLIC,JOHN", "JOHN||PUBLIC|"}, {comma, "Public Jr., John Q.", "John|Q.|Public|Jr."}, {comma, "PUBLIC, JOHN Q, III", "JOHN|Q|PUBLIC|III"},
		{comma, "DE LA CRUZ, MARIA", "MARIA||DE LA CRUZ|"}, {comma, "PUBLIC JOHN Q", "JOHN|Q|PUBLIC|"}, {comma, "MARTINEZ CRUZ, JOSE LUIS", "JOSE|LUIS|MARTINEZ CRUZ|"},
		{comma, "PUBLIC, JOHN AND PUBLIC, JANE", "JOHN||PUBLIC|"}, {comma, "PUBLIC, MR JOHN", "JOHN||PUBLIC|"},

		{last, "PUBLIC JOHN Q", "JOHN|Q|PUBLIC|"}, {last, "PUBLIC JR JOHN Q", "JOHN|Q|PUBLIC|JR"}, {last, "PUBLIC JOHN Q JR", "JOHN|Q|PUBLIC|JR"}, {last, "DE LA CRUZ MARIA", "MARIA||DE LA CRUZ|"},
		{last, "O BRIEN JOHN", "JOHN||O BRIEN|"}, {last, "MC DONALD RON A", "RON|A|MC DONALD|"}, {last, "VAN MORRISON", "MORRISON||VAN|"}, {last, "PUBLIC JOHN & JANE", "JOHN||PUBLIC|"}, {last, "SMITH JT", "JT||SMITH|"},

		{first, "JOHN Q PUBLIC", "JOHN|Q|PUBLIC|"}, {first, "MR. JOHN Q. PUBLIC, JR.", "JOHN|Q.|PUBLIC|JR."}, {first, "MARIA DE LA CRUZ", "MARIA||DE LA CRUZ|"}, {first, "JOHN O SMITH", "JOHN|O|SMITH|"},
		{first, "JOHN V SMITH V", "JOHN|V|SMITH|V"}, {first, "MARY V", "MARY||V|"}, {first, "DR MARY ANN SMITH MD", "MARY|ANN|SMITH|"}, {first, "CHER", "||CHER|"},
		{first, "JOHN Q PUBLIC OR JANE PUBLIC", "JOHN|Q|PUBLIC|"}, {first, "JOHN AND JANE PUBLIC", "JOHN||PUBLIC|"}, {first, "JOHN Q & JANE DE LA CRUZ", "JOHN|Q|DE LA CRUZ|"}, {first, "JOHN&JANE PUBLIC", "JOHN||PUBLIC|"},
		{first, "JOHN SMITH DBA SMITH PLUMBING", "JOHN||SMITH|"}, {first, "JOHN SMITH JT TEN", "JOHN||SMITH|"}, {first, "JANE ROE FBO BILLY ROE", "JANE||ROE|"}, {first, "PUBLIC, JOHN", "JOHN||PUBLIC|"},
		{first, "", "|||"}, {first, " , ", "|||"}, {comma, "PUBLIC,", "||PUBLIC|"}, {comma, ", JOHN", "||JOHN|"},
	} {
		g, m, f, s := SplitName(c.form, []byte(c.raw))
		if got := fmt.Sprintf("%s|%s|%s|%s", g, m, f, s); got != c.want {
			t.Errorf("%d %q: %s, want %s", c.form, c.raw, got, c.want)
		}
	}
	raw := []byte("MR JOHN Q PUBLIC JR OR JANE PUBLIC")
	if n := testing.AllocsPerRun(100, func() { SplitName(first, raw) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestParseNameForm(t *testing.T) {
	for s, want := range map[string]NameForm{"LAST, FIRST MI": LastCommaFirst, "LAST FIRST MI": LastFirst, "FIRST MI LAST": FirstLast} {
		if got, ok := ParseNameForm(s); !ok || got != want {
			t.Errorf("ParseNameForm(%q) = %v, %v", s, got, ok)
		}
	}
	if _, ok := ParseNameForm(""); ok {
		t.Error("a name needs its form")
	}
}

// checkSplit holds the laws of splitting: parts are pieces of the raw text that do not overlap, without blanks at their ends.
func checkSplit(t interface {
	Helper()
	Fatalf(string, ...any)
}, form NameForm, raw []byte) {
	t.Helper()
	given, middle, family, suffix := SplitName(form, raw)
	total := 0
	for _, part := range [][]byte{given, middle, family, suffix} {
		total += len(part)
		if len(part) == 0 {
			continue
		}
		if !inside(raw, part) || nameBlank(part[0]) || nameBlank(part[len(part)-1]) {
			t.Fatalf("%d %q: bad part %q", form, raw, part)
		}
	}
	if total > len(raw) {
		t.Fatalf("%d %q: parts overlap: %q %q %q %q", form, raw, given, middle, family, suffix)
	}
}

func TestSplitsOfAnyName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkSplit(t, NameForm(rapid.IntRange(0, 2).Draw(t, "form")), drawRaw(t))
	})
}

func FuzzSplitName(f *testing.F) {
	for i, s := range []string{"PUBLIC, JOHN Q", "DE LA CRUZ MARIA JR", "MR JOHN Q PUBLIC III OR JANE PUBLIC", "A & B C", "JT TEN", "&", ",,,", "X, JR", "\xff,\xfe"} {
		f.Add(uint8(i), []byte(s))
	}
	f.Fuzz(func(t *testing.T, form uint8, raw []byte) { checkSplit(t, NameForm(form%3), raw) })
}

func TestBusinessWords(t *testing.T) {
	for s, want := range map[string]bool{
		"ACME LLC": true, "Acme, L.L.C.": true, "JOHN SMITH D/B/A SMITH PLUMBING": true, "SMITH FAMILY TRUST": true, "SMITH & CO": true, "ESTATE OF J ROE": true, "FIRST BANK": true,
		"JOHN Q PUBLIC": false, "MARY CHURCH": false, "CO NGUYEN": false, "TYRA BANKS": false, "": false, "INCE": false,
	} {
		if got := BusinessWords([]byte(s)); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}
