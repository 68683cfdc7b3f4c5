package text

import "github.com/antzucaro/matchr"

// Sound appends the primary code of Double Metaphone (Philips 2000; at most four letters, by matchr) of a standard name, or
// nothing when the name has no letters or no sound. Only A to Z are heard, blanks not: MARTINEZ CRUZ sounds as MARTINEZCRUZ,
// which is how files without blanks write it. It allocates; callers keep the code per distinct name.
func Sound(dst, std []byte) []byte {
	var room [Limit]byte
	letters := room[:0]
	for _, c := range std {
		if isLetter(c) && len(letters) < Limit {
			letters = append(letters, c)
		}
	}
	if len(letters) == 0 {
		return dst
	}
	primary, _ := matchr.DoubleMetaphone(string(letters))
	for i := 0; i < len(primary); i++ {
		if primary[i] > ' ' { // the original algorithm may leave a blank in a code
			dst = append(dst, primary[i])
		}
	}
	return dst
}
