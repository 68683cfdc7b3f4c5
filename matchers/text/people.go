package text

// joiners stand between two people, or before somebody who is not the holder of the name line.
var joiners = newWordSet("AND", "OR", "ANDOR", "WITH", "DBA", "FBO", "POD", "TOD", "ITF", "ATF", "CUST", "CUSTODIAN", "UTMA", "UGMA", "JTWROS",
	"TTEE", "TRUSTEE", "GDN", "GUARDIAN", "PAYEE", "CO", "FOR")

// business holds words that people are not called. CHURCH, BANKS, KING and the like are surnames and stay out.
var business = newWordSet("LLC", "LLP", "PLLC", "LP", "INC", "INCORPORATED", "CORP", "CORPORATION", "COMPANY", "CO", "LTD", "LIMITED", "DBA",
	"TRUST", "ESTATE", "FOUNDATION", "ASSOCIATION", "ASSOCIATES", "ASSN", "PARTNERS", "PARTNERSHIP", "ENTERPRISE", "ENTERPRISES",
	"HOLDINGS", "GROUP", "SERVICE", "SERVICES", "SVCS", "PROPERTIES", "INVESTMENTS", "CONSTRUCTION", "CONTRACTORS", "CONTRACTING", "CONSULTING",
	"PLUMBING", "ELECTRIC", "TRUCKING", "TRANSPORT", "LOGISTICS", "LANDSCAPING", "ROOFING", "CLEANING", "RESTAURANT", "CAFE", "SALON",
	"REALTY", "RENTALS", "SALES", "STORE", "SHOP", "BANK", "CLUB", "SCHOOL", "UNIVERSITY", "COLLEGE", "HOSPITAL", "CLINIC", "MINISTRIES",
	"COUNTY", "DEPARTMENT", "DEPT", "AUTHORITY", "DISTRICT", "INDUSTRIES", "SOLUTIONS", "SYSTEMS", "TECHNOLOGIES", "MANAGEMENT", "IRREVOCABLE",
	"REVOCABLE")

// BusinessWords reports whether a title or name line has a word of a business or trust in it: LLC, INC, DBA, TRUST. Points and
// slashes inside a word do not hide it (L.L.C., D/B/A). CO alone is a business only at the end.
func BusinessWords(raw []byte) bool {
	for rest := trimName(raw); len(rest) > 0; {
		var word []byte
		var room [wordRoom]byte
		word, rest = cutWord(rest)
		key := wordKey(word, &room)
		if string(key) == "CO" && len(rest) > 0 {
			continue
		}
		if business.has(key) {
			return true
		}
	}
	return false
}

// firstPerson parts a name line at the first joiner behind a name, and gives what stands behind it too.
func firstPerson(raw []byte) (first, other []byte) {
	raw = trimName(raw)
	for i := 0; i < len(raw); {
		if nameBlank(raw[i]) {
			i++
			continue
		}
		at := i
		for i < len(raw) && !nameBlank(raw[i]) {
			i++
		}
		var room [wordRoom]byte
		if at == 0 {
			continue
		}
		if key := wordKey(raw[at:i], &room); joins(raw[at:i], key, raw[i:]) {
			return trimName(raw[:at]), trimName(raw[i:])
		}
	}
	return cutAmpersand(raw)
}

// joins reports whether a word, spelled key in the tables, stands between people. JT does before TEN (joint tenants); alone it
// is somebody's initials.
func joins(word, key, next []byte) bool {
	if string(key) == "JT" {
		word, _ := cutWord(trimName(next))
		return string(word) == "TEN"
	}
	return string(word) == "&" || string(word) == "/" || joiners.has(key)
}

// cutAmpersand parts JOHN&JANE PUBLIC and JOHN PUBLIC;JANE PUBLIC, where no blank helps.
func cutAmpersand(raw []byte) (first, other []byte) {
	for i, c := range raw {
		if (c == '&' || c == ';') && i > 0 {
			return trimName(raw[:i]), trimName(raw[i+1:])
		}
	}
	return raw, nil
}

// wordRoom bounds the words that tables know.
const wordRoom = 24

// wordKey spells a raw word as the tables do: upper-case ASCII letters and digits, marks left out. A word longer than
// wordRoom is in no table, and cut.
func wordKey(word []byte, room *[wordRoom]byte) []byte {
	key := room[:0]
	for _, c := range word {
		if c < 0x80 && asciiRole[c] >= '0' {
			key = append(key, asciiRole[c])
		} else if c >= 0x80 {
			key = append(key, '?') // a letter the tables do not have
		}
		if len(key) == wordRoom {
			break
		}
	}
	return key
}

func nameBlank(c byte) bool { return c <= ' ' || c == ',' }

// trimName takes blanks and commas off both ends.
func trimName(raw []byte) []byte {
	for len(raw) > 0 && nameBlank(raw[0]) {
		raw = raw[1:]
	}
	for len(raw) > 0 && nameBlank(raw[len(raw)-1]) {
		raw = raw[:len(raw)-1]
	}
	return raw
}

// cutWord gives the first word and what follows it.
func cutWord(raw []byte) (word, rest []byte) {
	i := 0
	for i < len(raw) && !nameBlank(raw[i]) {
		i++
	}
	return raw[:i], trimName(raw[i:])
}
