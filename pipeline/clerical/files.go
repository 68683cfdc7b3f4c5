package clerical

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Files name what is read: one or two filled sheets, the sample's key ("": where it was put when the first sheet was written)
// and, where two reviewers differ, a sheet that settles some of their differences ("" for none).
type Files struct {
	Sheets  []string
	Key     string
	Settled string
}

// SheetNames says where a sample's sheets go: review.csv for one reviewer, review-1.csv and review-2.csv for two.
func SheetNames(path string, reviewers int) (names []string) {
	if reviewers < 2 {
		return []string{path}
	}
	ending := filepath.Ext(path)
	for i := range reviewers {
		names = append(names, strings.TrimSuffix(path, ending)+"-"+strconv.Itoa(i+1)+ending)
	}
	return names
}

// KeyName says where a sample's key goes, by the name that SheetNames was given.
func KeyName(path string) string { return path + ".key.json" }

// findKey is where the key of a sheet was put: of review-1.csv it is review.csv.key.json, unless the sheet has one of its own.
func findKey(sheet string) string {
	own := KeyName(sheet)
	if _, err := os.Stat(own); err == nil {
		return own
	}
	ending := filepath.Ext(sheet)
	for _, number := range []string{"-1", "-2"} {
		if stem, ok := strings.CutSuffix(strings.TrimSuffix(sheet, ending), number); ok {
			return KeyName(stem + ending)
		}
	}
	return own
}
