package text

import (
	_ "embed"
	"strings"
)

//go:embed nicknames.txt
var nicknamesText string

// families gives for each name the families it belongs to, in the order of nicknames.txt, counted from 1.
//
// homes gives for each name its one family for blocking. ALEX, CHRIS, PAT and SAM are short for several names; were they to
// join their families, half the names of the country would be one block. So a name is at home in the first family that
// lists it, and two families share a group only when the formal name of one is at home in the other (BETTY under
// ELIZABETH). Nicknames sees every family all the same: ALEX and ALEXANDRA compare as related but may need another rule to
// meet.
var families, homes = readFamilies(nicknamesText)

func readFamilies(text string) (families map[string][]uint32, homes map[string]uint32) {
	families, homes = make(map[string][]uint32), make(map[string]uint32)
	group := []uint32{0}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		names := strings.Fields(line)
		if len(names) == 0 {
			continue
		}
		id := uint32(len(group))
		group = append(group, id)
		if home, known := homes[names[0]]; known {
			group[id] = group[home]
		}
		for _, name := range names {
			families[name] = append(families[name], id)
			if _, known := homes[name]; !known {
				homes[name] = id
			}
		}
	}
	for name, id := range homes {
		homes[name] = group[id]
	}
	return families, homes
}

// NicknameGroup gives the number of the group of nicknames that a standard given name belongs to, for blocking: ROBERT, BOB and
// ROB have the same. 0 is none. Of several words the first counts when the whole is not listed: WILLIAM A.
func NicknameGroup(std []byte) uint32 {
	if g := homes[string(std)]; g != 0 {
		return g
	}
	word, _ := firstWord(std)
	return homes[string(word)]
}

// Nicknames reports whether two standard given names are of one family: one short for the other, or both for the same name.
// One of them may have a further word (WILLIAM A and BILL); if both do, only the whole names count.
func Nicknames(a, b []byte) bool {
	fa, fb := families[string(a)], families[string(b)]
	first, more := firstWord(a)
	second, evenMore := firstWord(b)
	if len(more) == 0 || len(evenMore) == 0 {
		if fa == nil {
			fa = families[string(first)]
		}
		if fb == nil {
			fb = families[string(second)]
		}
	}
	for _, x := range fa {
		for _, y := range fb {
			if x == y {
				return true
			}
		}
	}
	return false
}
