package text

// What people and programs write when they have nothing to write. A placeholder must never become a key: half a caseload
// called UNKNOWN, born 1900-01-01, is one block of millions of pairs.

// where says in which fields a word is a placeholder, one bit each.
type where uint8

const (
	anywhere where = 1 << iota
	inPerson
	inGiven
	inMiddle
	inFamily
	inAddress
)

// placeholders gives for each placeholder the fields where it is one, so that one look-up judges a value.
var placeholders = indexPlaceholders()

func indexPlaceholders() map[string]where {
	index := make(map[string]where)
	for field, words := range map[where][]string{
		anywhere: anyPlaceholders, inPerson: personPlaceholders, inGiven: givenPlaceholders, inMiddle: middlePlaceholders,
		inFamily: familyPlaceholders, inAddress: addressPlaceholders,
	} {
		for _, w := range words {
			index[w] |= field
		}
	}
	return index
}

// anyPlaceholders stand for nothing in every field. A value with UNKNOWN among its words is one too (UNKNOWN FATHER). NAN is
// what pandas writes for none.
var anyPlaceholders = []string{
	"UNKNOWN", "UNK", "UNKN", "UNKNWN", "UNKOWN", "UKN", "NONE", "NA", "N A", "NULL", "NIL", "NAN", "TBD", "TBA",
	"NOT AVAILABLE", "NOT APPLICABLE", "NOT PROVIDED", "NOT GIVEN", "NOT KNOWN", "NOT REPORTED", "NOT STATED", "NOT LISTED",
	"NO DATA", "NO VALUE", "NO INFO", "NO INFORMATION", "MISSING", "BLANK", "EMPTY", "REFUSED", "DECLINED", "WITHHELD",
	"UNAVAILABLE", "UNDISCLOSED", "UNSPECIFIED", "TEST", "TESTING", "DUMMY", "SAMPLE", "XX", "ZZ", "DO NOT USE",
	"DESCONOCIDO", "DESCONOCIDA", "NINGUNO",
}

// personPlaceholders stand for nobody in any name field.
var personPlaceholders = []string{
	"NO NAME", "NONAME", "NAME", "RESPONDENT", "PETITIONER", "DEFENDANT", "PLAINTIFF", "OBLIGOR", "OBLIGEE", "PATERNITY",
	"FATHER", "MOTHER", "ALLEGED FATHER", "PUTATIVE FATHER", "ABSENT PARENT", "NCP", "CURRENT RESIDENT", "RESIDENT", "OCCUPANT",
	"JOHN DOE", "JANE DOE", "JUAN DOE", "JR", "SR", "II", "III", "IV", "AKA", "FKA",
}

// givenPlaceholders: the unborn, the unnamed, a title instead of a name. FNU is "first name unknown".
var givenPlaceholders = []string{
	"BABY", "BABY BOY", "BABY GIRL", "BABYBOY", "BABYGIRL", "INFANT", "INFANT BOY", "INFANT GIRL", "INFANT MALE", "INFANT FEMALE",
	"NEWBORN", "UNBORN", "UNBORN CHILD", "BOY", "GIRL", "MALE", "FEMALE", "TWIN A", "TWIN B", "BABY A", "BABY B",
	"FNU", "NFN", "FIRST NAME", "FIRSTNAME", "NO FIRST NAME",
	"MR", "MRS", "MS", "MISS", "DR",
}

// middlePlaceholders: "no middle name" and "no middle initial".
var middlePlaceholders = []string{"NMN", "NMI", "NO MIDDLE NAME", "NO MIDDLE", "NO MIDDLE INITIAL", "MIDDLE NAME", "MIDDLE"}

// familyPlaceholders: LNU is "last name unknown". DOE is here because an unnamed father is entered as John Doe; the few
// people really called Doe lose one field of evidence and keep the others.
var familyPlaceholders = []string{"DOE", "LNU", "NLN", "LAST NAME", "LASTNAME", "NO LAST NAME", "SURNAME"}

// addressPlaceholders: nobody gets mail there. GENERAL DELIVERY is not one: mail arrives.
var addressPlaceholders = []string{
	"HOMELESS", "TRANSIENT", "NO ADDRESS", "NO FIXED ADDRESS", "NO KNOWN ADDRESS", "ADDRESS", "BAD ADDRESS", "CONFIDENTIAL",
	"SAME", "SAME AS ABOVE", "MOVED", "MOVED LEFT NO ADDRESS", "RETURN TO SENDER", "UNDELIVERABLE", "INVALID ADDRESS",
	"NO MAIL", "DECEASED", "0",
}

// emailPlaceholders, in lower case.
var emailPlaceholders = newWordSet(
	"none", "na", "n/a", "no", "unknown", "null", "noemail", "none@none.com", "no@no.com", "na@na.com", "n@a.com",
	"unknown@unknown.com", "noemail@noemail.com", "no@email.com", "noemail@email.com", "test@test.com", "none@gmail.com",
	"noemail@gmail.com", "email@email.com", "a@a.com", "x@x.com", "abc@abc.com", "123@123.com", "test@example.com",
)

// datePlaceholders are dates that systems write for "none": the zero of a calendar or a spreadsheet, the end of time.
var datePlaceholders = map[uint64]struct{}{
	0: {}, 1_01_01: {}, 1111_11_11: {}, 1753_01_01: {}, 1899_12_30: {}, 1899_12_31: {}, 1900_01_01: {},
	2999_12_31: {}, 8888_88_88: {}, 9999_00_00: {}, 9999_01_01: {}, 9999_12_31: {}, 9999_99_99: {},
}

// No placeholder lies between these dates, where nearly all dates do.
const lastOldPlaceholder, firstNewPlaceholder = 1900_01_01, 2999_12_31

// ssnPlaceholders: numbers written for want of one, and numbers that were printed. 078-05-1120 came with wallets and
// 219-09-9999 was on a poster; 987-65-4320 to 4329 are kept for advertising (and lie in an ITIN range, so they must be
// listed). The second group are further numbers from sample cards, remembered and not confirmed; SSA has voided them.
// Nine equal digits are caught without a table.
var ssnPlaceholders = map[uint64]struct{}{
	78_05_1120: {}, 219_09_9999: {}, 123_45_6789: {}, 12_34_5678: {}, 987_65_4321: {}, 457_55_5462: {}, 111_22_3333: {},
	987_65_4320: {}, 987_65_4322: {}, 987_65_4323: {}, 987_65_4324: {}, 987_65_4325: {}, 987_65_4326: {}, 987_65_4327: {},
	987_65_4328: {}, 987_65_4329: {},

	22_28_1852: {}, 42_10_3580: {}, 62_36_0749: {}, 95_07_3645: {}, 128_03_6045: {}, 135_01_6629: {}, 141_18_6941: {},
	165_16_7999: {}, 165_18_7999: {}, 165_20_7999: {}, 165_22_7999: {}, 165_24_7999: {}, 189_09_2294: {}, 212_09_7694: {},
	212_09_9999: {}, 306_30_2348: {}, 308_12_5070: {}, 468_28_8779: {}, 549_24_1889: {},
}

// phonePlaceholders are the last seven digits of numbers nobody has: 555-1212 is directory assistance. The fictional
// 555-0100 to 0199 are not here; test data uses them.
var phonePlaceholders = map[uint64]struct{}{
	0: {}, 111_1111: {}, 222_2222: {}, 333_3333: {}, 444_4444: {}, 555_5555: {}, 666_6666: {}, 777_7777: {}, 888_8888: {}, 999_9999: {},
	555_1212: {}, 123_4567: {},
}

// namePlaceholder judges the standard form of a name of kind Given, Middle, Family or Name.
func namePlaceholder(k Kind, words []byte) Validity {
	if repeatedLetter(words) {
		return Placeholder
	}
	return placeholderIn(nameFields(k), words)
}

// nameFields are the fields whose placeholders a name may be.
func nameFields(k Kind) where {
	fields := anywhere | inPerson
	switch k {
	case Given:
		fields |= inGiven
	case Middle:
		fields |= inMiddle
	case Family:
		fields |= inFamily
	}
	return fields
}

// textPlaceholder judges words of any kind; no words at all are a placeholder (a dash, a dot).
func textPlaceholder(words []byte) Validity {
	return placeholderIn(anywhere, words)
}

func placeholderIn(fields where, words []byte) Validity {
	if len(words) == 0 || mayBePlaceholder(words) && placeholders[string(words)]&fields != 0 || longRepeat(words) {
		return Placeholder
	}
	const unknown = "UNKNOWN"
	if len(words) <= len(unknown) {
		return Valid
	}
	for rest := words; len(rest) > 0; {
		var word []byte
		if word, rest = firstWord(rest); string(word) == unknown {
			return Placeholder
		}
	}
	return Valid
}

// placeholderShapes has, by first and last byte, the lengths of the placeholders that begin and end so, longer ones as one.
// Nearly every name of a file ends at it: a look-up in the table cost a tenth of the time that a row of strangers takes.
var placeholderShapes = shapesOf(placeholders)

func shapesOf(words map[string]where) (shapes [1 << 10]uint64) {
	for word := range words {
		if len(word) > 0 {
			shapes[ends(word[0], word[len(word)-1])] |= 1 << min(len(word), 63)
		}
	}
	return shapes
}

// ends folds a first and a last byte into ten bits; letters keep apart.
func ends(first, last byte) uint { return uint(first&31)<<5 | uint(last&31) }

func mayBePlaceholder(words []byte) bool {
	return placeholderShapes[ends(words[0], words[len(words)-1])]>>min(len(words), 63)&1 != 0
}

// noValue judges words in a field that wanted something else: a placeholder or simply invalid.
func noValue(words []byte) Validity {
	if textPlaceholder(words) == Placeholder {
		return Placeholder
	}
	return Invalid
}

// repeatedLetter finds XXX and AAA. Two letters may be initials or a Burmese name.
func repeatedLetter(words []byte) bool {
	return len(words) >= 3 && allSame(words)
}

// longRepeat finds XXXXX and 99999 in free text: five and more of one character.
func longRepeat(words []byte) bool {
	return len(words) >= 5 && allSame(words)
}
