package text

import "strings"

// Words that stand before, behind and between names. Standard forms never keep them, so that a name agrees with itself
// whichever field of whichever file it came from.
var (
	// titles stand before a given name.
	titles = newWordSet("MR", "MRS", "MS", "MISS", "DR", "REV", "PROF", "SIR", "SRA", "HON", "SGT", "CPL", "PVT", "CAPT", "LT", "COL")

	// generations stand behind a given or family name. V and VI stay behind a given name, where V is an initial.
	generations = newWordSet("JR", "SR", "JNR", "SNR", "II", "III", "IV")

	// familyEndings stand behind a family name: generations and degrees.
	familyEndings = newWordSet("JR", "SR", "JNR", "SNR", "JUNIOR", "SENIOR", "II", "III", "IV", "V", "VI", "ESQ", "PHD", "MD", "DDS", "RN")

	// particles are joined to the word behind them: federal files keep no blank inside a surname (DELACRUZ, MCDONALD).
	particles = newWordSet(strings.Fields(`DE DEL DELA DELLA DELLO DELOS DELAS DI DA DO DOS DAS DU LA LE LAS LOS
		VAN VON VANDE VANDER VANDEN DER DEN TER TEN ZU ZUR ZUM EL AL BIN BEN IBN ABU MC MAC FITZ O D ST SAN SANTA`)...)

	// connectives stand between two surnames and are dropped: ORTEGA Y GASSET, SMITH NEE JONES.
	connectives = newWordSet("Y", "NEE", "FKA", "AKA")

	// ordinals are generations written with a digit.
	ordinals = newWordSet("1ST", "2ND", "3RD", "4TH", "5TH", "6TH")
)

// standardGiven serves given and middle names: words of letters, titles and generations off.
func standardGiven(k Kind, dst, raw []byte) ([]byte, Validity) {
	start := len(dst)
	dst, alien := appendWords(dst, raw, Limit)
	words := trimLast(trimFirst(dropDigits(dst[start:]), titles), generations)
	return nameResult(k, dst, start, words, raw, alien)
}

// standardFamily serves surnames: particles joined (DE LA CRUZ is DELACRUZ), a double surname as two words, endings off.
func standardFamily(dst, raw []byte) ([]byte, Validity) {
	start := len(dst)
	dst, alien := appendWords(dst, raw, Limit)
	words := dropDigits(dst[start:])
	// Joining may make a new particle (D E GARCIA, DE GARCIA) or bring an ending to the end: repeat until nothing moves.
	// Each round shortens the name, so there is an end.
	for before := -1; len(words) != before; {
		before = len(words)
		words = joinParticles(trimLast(words, familyEndings))
	}
	return nameResult(Family, dst, start, words, raw, alien)
}

// nameResult puts the finished words in place (a name may have lost its beginning) and judges them. Nothing left is a
// placeholder when the raw text was marks or one digit over and over, else invalid.
func nameResult(k Kind, dst []byte, start int, words, raw []byte, alien bool) ([]byte, Validity) {
	if len(words) > 0 {
		dst = dst[:start+copy(dst[start:], words)] // words has moved with it
		return dst, namePlaceholder(k, dst[start:])
	}
	if alien || hasDigit(raw) && !allSame(raw) {
		return dst[:start], Invalid
	}
	return dst[:start], Placeholder
}

// dropDigits takes digits out of words in place, and ordinals (2ND) whole.
func dropDigits(words []byte) []byte {
	if !hasDigit(words) {
		return words
	}
	out := words[:0]
	for rest := words; len(rest) > 0; {
		var word []byte
		word, rest = firstWord(rest)
		if ordinals.has(word) {
			continue
		}
		at := len(out)
		for _, c := range word {
			if isLetter(c) {
				if len(out) == at && at > 0 {
					out = append(out, ' ')
				}
				out = append(out, c)
			}
		}
	}
	return out
}

// trimFirst takes words of the set off the front, but never the only word.
func trimFirst(words []byte, set wordSet) []byte {
	for {
		word, rest := firstWord(words)
		if len(rest) == 0 || !set.has(word) {
			return words
		}
		words = rest
	}
}

// trimLast takes words of the set off the end, but never the only word.
func trimLast(words []byte, set wordSet) []byte {
	for {
		rest, word := lastWord(words)
		if len(rest) == 0 || !set.has(word) {
			return words
		}
		words = rest
	}
}

// joinParticles joins each particle to the word behind it and drops connectives between words, in place.
func joinParticles(words []byte) []byte {
	out := words[:0]
	joined := true // nothing stands before the first word
	for rest := words; len(rest) > 0; {
		var word []byte
		word, rest = firstWord(rest)
		if len(out) > 0 && len(rest) > 0 && connectives.has(word) {
			continue
		}
		particle := len(rest) > 0 && particles.has(word)
		if !joined {
			out = append(out, ' ')
		}
		out = append(out, word...)
		joined = particle
	}
	return out
}

// suffixForms gives the standard form of each spelling of a generation.
var suffixForms = map[string]string{
	"JR": "JR", "JNR": "JR", "JUNIOR": "JR", "SR": "SR", "SNR": "SR", "SENIOR": "SR",
	"I": "I", "1": "I", "1ST": "I", "FIRST": "I",
	"II": "II", "2": "II", "2ND": "II", "SECOND": "II",
	"III": "III", "3": "III", "3RD": "III", "THIRD": "III",
	"IV": "IV", "4": "IV", "4TH": "IV", "FOURTH": "IV",
	"V": "V", "5": "V", "5TH": "V", "FIFTH": "V", "VI": "VI", "6": "VI", "6TH": "VI",
}

// standardSuffix serves the generation: JR SR I II III IV V VI; degrees and orders are invalid.
func standardSuffix(dst, raw []byte) ([]byte, Validity) {
	start := len(dst)
	dst, _ = appendWords(dst, raw, Limit)
	words := dst[start:]
	if form, ok := suffixForms[string(words)]; ok {
		return append(dst[:start], form...), Valid
	}
	return dst[:start], noValue(words)
}

// standardText serves names of any make and free text: words of letters and digits.
func standardText(k Kind, dst, raw []byte) ([]byte, Validity) {
	start := len(dst)
	dst, alien := appendWords(dst, raw, Limit)
	words := dst[start:]
	if len(words) == 0 && alien {
		return dst, Invalid
	}
	if k == Name {
		return dst, namePlaceholder(k, words)
	}
	return dst, textPlaceholder(words)
}
