package codes

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestListsAreWhole: every list passes its checks, and its file is named for it.
func TestListsAreWhole(t *testing.T) {
	for _, l := range Lists() {
		raw, err := embedded.ReadFile("lists/" + l.Name + ".yaml")
		if err != nil {
			t.Errorf("%s: %v", l.Name, err)
			continue
		}
		for _, line := range strings.Split(string(raw), "\n") {
			if len(line) > 160 {
				t.Errorf("%s: a line of %d bytes", l.Name, len(line))
			}
		}
		for _, c := range l.Codes {
			if strings.HasSuffix(c.Words, ".") || strings.TrimSpace(c.Words) != c.Words {
				t.Errorf("%s %s: %q is to stand inside a sentence", l.Name, c.Code, c.Words)
			}
		}
	}
}

// TestMeanings reads codes as they come: with blanks, in small letters, several side by side, and such as nobody knows.
func TestMeanings(t *testing.T) {
	for _, c := range []struct{ field, value, want string }{
		{"account_type", "04", "checking account"},
		{"account_type", " 06 ", "collateral account"},
		{"account_type", "00", ""}, // known, and silent
		{"account_type", "07", ""},
		{"payee", "1", "somebody else is the first owner"},
		{"active_duty", "x", "on active duty"},
		{"component", "AR", "the Army"},
		{"dpv_footnotes", "AABB", "the ZIP+4 is in the postal file; every part of the address is in the postal file"},
		{"dpv_footnotes", "AAQQ", "the ZIP+4 is in the postal file"},
		{"pay_grade", "05", "pay grade E-5"},
		{"pay_grade", "23", "pay grade O-3"},
		{"given", "04", ""}, // no code
	} {
		if got := Words(c.field, c.value); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.field, c.value, got, c.want)
		}
	}
	known := func(field, value string) (all []bool) {
		for _, m := range Read(field, value) {
			all = append(all, m.Known)
		}
		return all
	}
	if k := known("account_type", "07"); len(k) != 1 || k[0] {
		t.Error("07 is no account type", k)
	}
	if k := known("dpv_footnotes", "AAQQBB"); len(k) != 3 || !k[0] || k[1] || !k[2] {
		t.Error("of three footnotes the middle one is not known", k)
	}
}

// TestFaults: a list that contradicts itself is refused with all that is wrong with it.
func TestFaults(t *testing.T) {
	_, err := parse([]byte(`name: x
title: X
fields: [nonsense]
codes:
  - {code: a, words: small}
  - {code: B, words: ""}
  - {code: B, words: twice, silent: true, tell: true}
`), "x.yaml")
	for _, want := range []string{"an origin", "nonsense is no canonical field", `code "a"`, "code B has no words", "code B stands twice", "silent or told"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no word of %s: %v", want, err)
		}
	}
	if _, err := parse([]byte("name: x\nmeaning: y\n"), "x.yaml"); err == nil {
		t.Error("an unknown key is a fault")
	}
}

// TestAnyValueIsRead: no value, however strange, is lost or makes reading fail: the codes are the value's own pieces.
func TestAnyValueIsRead(t *testing.T) {
	fields := Fields()
	rapid.Check(t, func(t *rapid.T) {
		field, value := rapid.SampledFrom(fields).Draw(t, "field"), rapid.String().Draw(t, "value")
		upper := strings.ToUpper(strings.TrimSpace(value))
		for _, m := range Read(field, value) {
			if m.Code == "" || !strings.Contains(upper, m.Code) {
				t.Fatalf("%s %q gave %q", field, value, m.Code)
			}
			if !m.Known && (m.Words != "" || m.Tell) {
				t.Fatalf("%s %q: words of a code that is not known", field, value)
			}
		}
	})
}

// TestTold: a known code is told by its words, a silent one by nothing, and an unknown one as it came; what could be a part of
// somebody's number in a shifted column is not shown.
func TestTold(t *testing.T) {
	for _, c := range []struct{ field, value, shown, told string }{
		{"account_type", "04", "04", "checking account"},
		{"account_type", "00", "00", ""},
		{"account_type", "07", "07", "code 07, not in the list account-type"},
		{"account_type", "2345", "(no code)", "a value that is no code, not in the list account-type"},
		{"payee", "-", "(no code)", "a value that is no code, not in the list payee"},
	} {
		m := Read(c.field, c.value)[0]
		if m.Shown() != c.shown || m.Told() != c.told {
			t.Errorf("%s %q: shown %q, told %q", c.field, c.value, m.Shown(), m.Told())
		}
	}
}
