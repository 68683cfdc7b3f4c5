package pipeline

import (
	"fmt"
	"strings"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/sources/person"
)

// How the values of a field stand on a blind sheet.
type showing uint8

const (
	inFull     showing = iota // as they were compared: names, dates, addresses
	maskedTold                // the last digits, and in words how the whole numbers agree
	toldOnly                  // in words alone: our own key, which says whose record it is, and account numbers (I11)
)

func showingOf(f matchers.Field) showing {
	switch {
	case f.Name == person.Key, neverShown[f.Name]:
		return toldOnly
	case f.Kind == text.SSN, f.Kind == text.Digits:
		return maskedTold
	}
	return inFull
}

// columnsOfSheet names the value columns of a sheet: both sides of every field that may be compared, side by side.
func columnsOfSheet(spec *matchers.Spec) (columns []string) {
	for _, f := range spec.Fields {
		if how := showingOf(f); how != toldOnly {
			columns = append(columns, f.Name+"_subject", f.Name+"_record")
			if how == inFull {
				continue
			}
		}
		columns = append(columns, f.Name+"_agreement")
	}
	return columns
}

// valuesOfSheet gives the value columns of one pair. A subject's further values (aliases, earlier addresses) stand behind the
// first, those of one set at the same place in every field of its group.
func valuesOfSheet(c *matchers.Caseload, record []matchers.Value, subject uint32) (cells []string) {
	for f, field := range c.Spec().Fields {
		var sets []matchers.Value
		for set := range c.Sets(subject, f) {
			sets = append(sets, c.Value(subject, f, set))
		}
		how := showingOf(field)
		if how != toldOnly {
			cells = append(cells, shownSets(field, sets), shownOrWhy(field, record[f]))
			if how == inFull {
				continue
			}
		}
		cells = append(cells, agreementInWords(field, sets, record[f]))
	}
	return cells
}

// shownSets joins what a subject has in each of its value sets; nothing, where none has anything.
func shownSets(f matchers.Field, sets []matchers.Value) string {
	words := make([]string, len(sets))
	any := false
	for i, v := range sets {
		words[i] = shownOrWhy(f, v)
		any = any || words[i] != ""
	}
	if !any {
		return ""
	}
	for i := range words {
		if words[i] == "" {
			words[i] = "(none)"
		}
	}
	return strings.Join(words, " / ")
}

// agreementInWords says how a number that is not shown whole agrees with the best of the subject's; nothing, where either side
// has none.
func agreementInWords(f matchers.Field, sets []matchers.Value, record matchers.Value) string {
	theirs := writtenWhole(f, record)
	if theirs == "" {
		return ""
	}
	best := -1
	for _, v := range sets {
		if ours := writtenWhole(f, v); ours != "" {
			best = max(best, closeness(ours, theirs))
		}
	}
	if best < 0 {
		return ""
	}
	if showingOf(f) == toldOnly {
		best = best / 3 * 3 // of a number of which nothing is shown, only whether it is the same
	}
	return [...]string{"different", "two digits exchanged", "one digit off", "same"}[best]
}

// writtenWhole is a value as it is compared, digit by digit. It never leaves this file.
func writtenWhole(f matchers.Field, v matchers.Value) string {
	switch {
	case v.Num == 0:
		return string(v.Std)
	case f.Kind == text.SSN:
		return fmt.Sprintf("%09d", v.Num)
	case f.Kind == text.Digits:
		return fmt.Sprintf("%0*d", int(v.Num>>57), v.Num&(1<<57-1))
	}
	return fmt.Sprint(v.Num)
}

// closeness ranks how two numbers agree: 3 the same, 2 one digit off (another, one more or one less), 1 two neighbours
// exchanged, 0 different.
func closeness(a, b string) int {
	switch {
	case a == b:
		return 3
	case text.OSA([]byte(a), []byte(b), 1) > 1:
		return 0
	case len(a) == len(b) && differing(a, b) == 2:
		return 1
	}
	return 2
}

func differing(a, b string) (n int) {
	for i := range len(a) {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}
