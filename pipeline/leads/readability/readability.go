// Package readability measures how hard a text is to read, for the tests of what officers read.
//
// What comes in: text. What goes out: the school grade by Flesch and Kincaid of each thought in it: .39 words a sentence +
// 11.8 syllables a word - 15.59. A semicolon or colon ends a thought as a full stop does, for what stands behind it stands for
// itself: "Acme Freight reported hiring him on November 9; SSN and name agree" are two.
//
//	readability.Hardest("SSN and name agree; birth date was not reported.")  // "birth date was not reported", 3.0
package readability

import (
	"regexp"
	"strings"
	"unicode"
)

// fewest words of a thought that has a grade: the formula was made on running text, and one long word makes a short sentence
// look hard.
const fewest = 5

// glides are where y begins a syllable: em-ploy-er.
var glides = strings.NewReplacer("ya", "ja", "ye", "je", "yi", "ji", "yo", "jo")

var (
	ends   = regexp.MustCompile(`[.?!:;]+(\s|$)`)
	groups = regexp.MustCompile(`[aeiouy]+`)
)

// Hardest gives the thought of a text that is the hardest to read, with its grade; "" and 0 where none has a grade.
func Hardest(text string) (thought string, grade float64) {
	for _, t := range ends.Split(text, -1) {
		if g := Grade(t); g > grade {
			thought, grade = strings.TrimSpace(t), g
		}
	}
	return thought, grade
}

// Grade is the grade of one thought, 0 of a very short one.
func Grade(thought string) float64 {
	words := strings.FieldsFunc(thought, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
	if len(words) < fewest {
		return 0
	}
	n := 0
	for _, w := range words {
		n += Syllables(w)
	}
	return .39*float64(len(words)) + 11.8*float64(n)/float64(len(words)) - 15.59
}

// Syllables counts a word's groups of vowels, without a silent e at its end; a number and an abbreviation count once.
func Syllables(word string) int {
	if strings.IndexFunc(word, unicode.IsLower) < 0 {
		return 1
	}
	w := glides.Replace(strings.ToLower(word))
	n := len(groups.FindAllString(w, -1))
	switch {
	case strings.HasSuffix(w, "le") && len(w) > 2 && !strings.ContainsRune("aeiouy", rune(w[len(w)-3])):
	case strings.HasSuffix(w, "ted"), strings.HasSuffix(w, "ded"), strings.HasSuffix(w, "ee"):
	case strings.HasSuffix(w, "e"), strings.HasSuffix(w, "ed"):
		n--
	}
	return max(1, n)
}
