package matchers

import (
	"cmp"
	"fmt"
	"strings"

	"locatematch/matchers/text"
)

func compareStrings(a, b string) int { return cmp.Compare(a, b) }

// suggest names the nearest of the known names, as `; did you mean "born"?`, or lists them when none is near.
func suggest(name string, known []string) string {
	best, bestDistance := "", 3
	for _, k := range known {
		if d := text.OSA([]byte(strings.ToLower(name)), []byte(k), bestDistance); d < bestDistance {
			best, bestDistance = k, d
		}
	}
	switch {
	case best != "":
		return fmt.Sprintf("; did you mean %q?", best)
	case len(known) == 0:
		return ""
	}
	return "; known are " + strings.Join(known, ", ")
}
