package report

import (
	"cmp"
	"slices"
	"strings"
)

// fewest is the smallest count of protected people that is printed: below it a reader who knows one of them might learn
// that the rest are few, or none (I10).
const fewest = 5

// GuardedCount prints a count of protected people, or of what concerns them, for other pages.
func GuardedCount(n int64) string { return guardedCount(n) }

func guardedCount(n int64) string {
	if n < fewest {
		return "fewer than 5"
	}
	return number(n)
}

// guarded prints a breakdown with a line about protected people. Where that count is small it is joined to the line before
// it, for beside its neighbours and their total it could be worked out.
func guarded(counts []Count) (lines [][2]string) {
	var small *Count
	for _, c := range sorted(counts) {
		if strings.Contains(c.Name, "protected") && c.N < fewest {
			small = &c
			continue
		}
		lines = append(lines, [2]string{c.Name, number(c.N)})
	}
	if small == nil {
		return lines
	}
	if len(lines) == 0 {
		return [][2]string{{small.Name, guardedCount(small.N)}}
	}
	for _, c := range sorted(counts) {
		if c.Name != small.Name && c.Name == lines[len(lines)-1][0] {
			lines[len(lines)-1] = [2]string{c.Name + " or " + small.Name, number(c.N + small.N)}
			break
		}
	}
	return lines
}

// givesAway reports that a small count of protected people is all that was withheld, so that the links kept, taken from the
// links made, would be that count.
func givesAway(withheld []Count) bool {
	return len(withheld) == 1 && strings.Contains(withheld[0].Name, "protected") && withheld[0].N < fewest
}

func sorted(counts []Count) []Count {
	return slices.SortedFunc(slices.Values(counts), func(a, b Count) int { return cmp.Compare(a.Name, b.Name) })
}
