package text

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
)

func TestNicknames(t *testing.T) {
	for _, c := range []struct {
		a, b    string
		related bool
	}{
		{"BOB", "ROBERT", true}, {"BOB", "ROB", true}, {"PEPE", "JOSE", true}, {"PACO", "PANCHO", true}, {"LUPE", "GUADALUPE", true}, {"CHUY", "JESUS", true},
		{"ALEX", "ALEXANDER", true}, {"ALEX", "ALEXANDRA", true}, {"ALEX", "ALEJANDRO", true}, {"SAM", "SAMUEL", true}, {"SAM", "SAMANTHA", true}, {"PAT", "PATRICK", true}, {"PAT", "PATRICIA", true},
		{"CHRIS", "CHRISTINE", true}, {"CHRIS", "CHRISTOPHER", true}, {"BILL", "WILLIAM A", true}, {"WILLIAM A", "BILL", true}, {"MARGARET", "PEGGY", true},
		{"SAMUEL", "SAMANTHA", false}, {"PATRICK", "PATRICIA", false}, {"ALEXANDER", "ALEXANDRA", false}, {"BOB", "WILLIAM", false}, {"AARON", "ERIN", false}, {"QXZ", "QXZ", false},
		{"WILLIAM A", "BILL B", false}, {"", "", false}, {"", "BOB", false},
	} {
		if got := Nicknames([]byte(c.a), []byte(c.b)); got != c.related {
			t.Errorf("Nicknames(%s, %s) = %v", c.a, c.b, got)
		}
		if got := Nicknames([]byte(c.b), []byte(c.a)); got != c.related {
			t.Errorf("Nicknames(%s, %s) = %v", c.b, c.a, got)
		}
	}
}

func TestNicknameGroup(t *testing.T) {
	same := [][]string{{"ROBERT", "BOB", "ROB"}, {"WILLIAM", "BILL", "WILL", "WILLIAM A"}, {"ELIZABETH", "LIZ", "BETTY"}, {"JOSE", "PEPE"}, {"MARY", "MARIE", "MOLLY"},
		{"CATHERINE", "KATHERINE", "KATE", "KATIE"}, {"RICHARD", "RICK", "DICK"}, {"JOHN", "JACK", "JON"}, {"JOSEPH", "JOE"}, {"SAMUEL", "SAM"}, {"PATRICK", "PAT"}}
	groups := map[uint32]string{}
	for _, names := range same {
		g := NicknameGroup([]byte(names[0]))
		for _, name := range names {
			if got := NicknameGroup([]byte(name)); got != g || g == 0 {
				t.Errorf("%s is in group %d, %s in %d", name, got, names[0], g)
			}
		}
		if other, taken := groups[g]; taken {
			t.Errorf("%s and %s share a group", names[0], other)
		}
		groups[g] = names[0]
	}
	if NicknameGroup([]byte("QXZ")) != 0 || NicknameGroup(nil) != 0 {
		t.Error("an unlisted name must have no group")
	}
}

// A group is a block: the greatest must stay small, or a common short form has joined half the country (see homes).
func TestNicknameGroupsStaySmall(t *testing.T) {
	size := map[uint32]int{}
	for _, g := range homes {
		if size[g]++; size[g] > 25 {
			t.Fatalf("group %d has more than 25 names", g)
		}
	}
}

// The file is data that people edit: capitals only, as standard given names are, and no name twice in a line.
func TestNicknamesFile(t *testing.T) {
	ok := regexp.MustCompile(`^[A-Z]+( [A-Z]+)+$`)
	n := 0
	for line := range strings.Lines(nicknamesText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		n++
		seen := map[string]bool{}
		for _, name := range strings.Fields(line) {
			if std, _, _ := Standardise(Given, 0, nil, []byte(name)); seen[name] || !bytes.Equal(std, []byte(name)) {
				t.Errorf("%s: %s twice, or not in standard form", line, name)
			}
			seen[name] = true
		}
		if !ok.MatchString(line) {
			t.Errorf("malformed line %q", line)
		}
	}
	if n < 150 {
		t.Errorf("%d families, want at least 150", n)
	}
}

func TestSound(t *testing.T) {
	for std, want := range map[string]string{
		"SMITH": "SM0", "SCHMIDT": "XMT", "MARTINEZ CRUZ": "MRTN", "MARTINEZCRUZ": "MRTN", "": "", "123": "", "KJ": "KJ", "OBRIEN": "APRN",
	} {
		if got := string(Sound([]byte("x"), []byte(std))); got != "x"+want {
			t.Errorf("Sound(%q) = %q, want %q", std, got[1:], want)
		}
	}
}
