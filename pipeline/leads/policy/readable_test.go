package policy

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// greatestGrade is the school grade, by Flesch and Kincaid, up to which a sentence for an officer may go.
const greatestGrade = 9.0

// Every sentence that an officer reads is plain: of every rule, switched off or not, of every condition and of every step.
func TestReadable_EveryOfficerSentence(t *testing.T) {
	for where, text := range officerTexts(t) {
		for _, s := range sentences(text) {
			if g := grade(s); g > greatestGrade {
				t.Errorf("%s: grade %.1f: %s", where, g, s)
			}
			if regexp.MustCompile(`(?i)\bmust\b|\bshall\b`).MatchString(s) {
				t.Errorf("%s: an officer reads what may be done: %s", where, s)
			}
		}
	}
}

func officerTexts(t *testing.T) map[string]string {
	texts := map[string]string{}
	for i, p := range policies(t) {
		for _, r := range p.rules {
			texts[fmt.Sprint(r.id, " ", i)] = r.shown.Words
			texts[fmt.Sprint(r.id, " obliges ", i)] = r.obliges
			texts[fmt.Sprint(r.id, " you_may ", i)] = r.youMay
		}
		for _, r := range p.calendars {
			texts[fmt.Sprint("calendar ", r.layer, i)] = r.words
		}
	}
	for _, c := range conditions {
		texts[c.name+" yes"], texts[c.name+" no"] = c.yes, c.no
	}
	for step, w := range mayWords {
		texts["step "+string(step)] = w
	}
	return texts
}

// The measure itself, on sentences whose grade is known by hand count: 0.39 words a sentence + 11.8 syllables a word - 15.59.
func TestReadable_TheMeasure(t *testing.T) {
	for _, c := range []struct {
		text                string
		syllables           int
		simple, complicated bool
	}{
		{"The cat sat on the mat.", 6, true, false},
		{"There is no support order.", 7, true, false},
		{"Verification of institutional beneficiaries necessitates administrative authorisation.", 31, false, true},
	} {
		n := 0
		for _, w := range wordsOf(c.text) {
			n += syllables(w)
		}
		if d := n - c.syllables; d*10 > c.syllables || -d*10 > c.syllables { // one in ten may be off
			t.Errorf("%q: %d syllables, by hand %d", c.text, n, c.syllables)
		}
		if g := grade(c.text); c.simple && g > 6 || c.complicated && g < 20 {
			t.Errorf("%q: grade %.1f", c.text, g)
		}
	}
}

// sentences cuts a text behind full stops, question marks and colons, and nowhere inside a number.
func sentences(text string) []string {
	return strings.FieldsFunc(regexp.MustCompile(`[.?!:](\s|$)`).ReplaceAllString(text, "\n"), func(r rune) bool { return r == '\n' })
}

// grade is the Flesch-Kincaid grade of one sentence. Sentences of less than five words are left out: the formula was made on
// running text, and one long word makes a short sentence look hard.
func grade(sentence string) float64 {
	words := wordsOf(sentence)
	if len(words) < 5 {
		return 0
	}
	n := 0
	for _, w := range words {
		n += syllables(w)
	}
	return 0.39*float64(len(words)) + 11.8*float64(n)/float64(len(words)) - 15.59
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '$' && r != '.'
	})
}

// syllables counts groups of vowels, without a silent e at the end. A number or a name in capitals is read as it is spoken by
// its length: SSN has three.
func syllables(word string) int {
	if word == strings.ToUpper(word) && len(word) > 1 {
		return min(len(word), 3)
	}
	w := strings.ToLower(strings.Trim(word, "'."))
	w = strings.TrimSuffix(w, "'s")
	n, vowel := 0, false
	for _, r := range w {
		is := strings.ContainsRune("aeiouy", r)
		if is && !vowel {
			n++
		}
		vowel = is
	}
	if strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") || strings.HasSuffix(w, "es") || strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "ted") && !strings.HasSuffix(w, "ded") {
		n--
	}
	return max(n, 1)
}
