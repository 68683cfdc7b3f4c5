package text

// careOf are the beginnings of a line that names whose mail it is beside: C/O JANE DOE, ATTN PAYROLL.
var careOf = [][]string{{"C", "O"}, {"CARE", "OF"}, {"IN", "CARE", "OF"}, {"ATTN"}, {"ATTENTION"}}

// dropCareOf takes the name of somebody else off the front of a line, where the line goes on with a place: a number, a box, a route. Whoever
// receives the mail says nothing of where.
func dropCareOf(in [][]byte) [][]byte {
	switch {
	case len(in) < 3:
		return in
	case in[0][0] != 'C' && in[0][0] != 'I' && in[0][0] != 'A':
		return in
	}
	for _, words := range careOf {
		if len(in) <= len(words) || !startsWith(in, words) {
			continue
		}
		for i := len(words); i < len(in); i++ {
			if _, box := matchPhrase(headPhrases, in[i:]); box > 0 || isDigit(in[i][0]) && i+1 < len(in) {
				return in[i:]
			}
		}
	}
	return in
}

// frontUrbanization moves the name of a development of Puerto Rico (Publication 28) from before the house number to the end,
// where others write it: streets of one name are told apart by it, as doors are by a unit.
func frontUrbanization(in [][]byte) (rest, name [][]byte) {
	if len(in) < 4 || string(units[string(in[0])]) != "URB" {
		return in, nil
	}
	for i := 2; i+1 < len(in); i++ {
		if isDigit(in[i][0]) {
			return in[i:], in[:i]
		}
	}
	return in, nil
}
