package sources

import (
	"strings"

	"locatematch/sources/person"
)

// Doubt is a field of a layout that nothing in the product knows, and the canonical name that it nearly is.
type Doubt struct{ Name, Nearest string }

// Doubtful lists the fields whose names are probably slips: an agency may name fields of its own as it likes, but `snn` is
// hardly one of them. One letter off, or two exchanged, is a slip; a digit behind a known name (zip4) is not.
func (l *Layout) Doubtful() (list []Doubt) {
	for _, c := range l.columns {
		if person.Known(c.Name) {
			continue
		}
		if nearest := slipOf(c.Name); nearest != "" {
			list = append(list, Doubt{Name: c.Name, Nearest: nearest})
		}
	}
	return list
}

func slipOf(name string) string {
	for _, known := range person.Names() {
		numbered := strings.TrimRight(name, "0123456789") == known
		if !numbered && (edits(name, known) == 1 || exchanged(name, known)) {
			return known
		}
	}
	return ""
}

// exchanged reports that two neighbouring letters changed places.
func exchanged(a, b string) bool {
	if len(a) != len(b) || a == b {
		return false
	}
	i := 0
	for a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
