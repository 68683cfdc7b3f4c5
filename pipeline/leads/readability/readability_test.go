package readability

import "testing"

// Syllables of words that officers read, by hand count.
func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{
		"hired": 1, "reported": 3, "name": 1, "address": 2, "employer": 3, "November": 3, "SSN": 1, "78701": 1, "the": 1, "joint": 1,
		"agree": 2, "withholding": 3, "telephone": 3, "table": 2, "needed": 2, "he": 1,
	} {
		if got := Syllables(word); got != want {
			t.Errorf("%s: %d syllables, want %d", word, got, want)
		}
	}
}

func TestGrade(t *testing.T) {
	if g := Grade("The cat sat on the mat"); g > 2 {
		t.Errorf("easy: %.1f", g)
	}
	if g := Grade("Verification of institutional beneficiaries necessitates administrative authorisation"); g < 20 {
		t.Errorf("hard: %.1f", g)
	}
	if thought, g := Hardest("Acme Freight reported hiring him on November 9; SSN and name agree; birth date was not reported."); g < 3 || g > 9 || thought == "" {
		t.Errorf("%s: %.1f", thought, g)
	}
}
