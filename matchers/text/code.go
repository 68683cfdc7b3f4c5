package text

// standardSex reads M and F, their words, and 1 and 2 of ISO 5218; 0, 9 and U are unknown.
func standardSex(raw []byte) (uint64, Validity) {
	var room [Limit]byte
	words, _ := appendWords(room[:0], raw, Limit)
	switch string(words) {
	case "M", "MALE", "1":
		return 1, Valid
	case "F", "FEMALE", "2":
		return 2, Valid
	case "U", "0", "9", "X", "N":
		return 0, Placeholder
	}
	return 0, noValue(words)
}

// states gives the postal code of each state, territory and armed forces area by its name and by the older abbreviations.
var states = map[string]string{
	"ALABAMA": "AL", "ALA": "AL", "ALASKA": "AK", "ARIZONA": "AZ", "ARIZ": "AZ", "ARKANSAS": "AR", "ARK": "AR",
	"CALIFORNIA": "CA", "CALIF": "CA", "CAL": "CA", "COLORADO": "CO", "COLO": "CO", "CONNECTICUT": "CT", "CONN": "CT",
	"DELAWARE": "DE", "DEL": "DE", "DISTRICT OF COLUMBIA": "DC", "WASHINGTON DC": "DC", "FLORIDA": "FL", "FLA": "FL",
	"GEORGIA": "GA", "HAWAII": "HI", "IDAHO": "ID", "ILLINOIS": "IL", "ILL": "IL", "INDIANA": "IN", "IND": "IN", "IOWA": "IA",
	"KANSAS": "KS", "KANS": "KS", "KENTUCKY": "KY", "LOUISIANA": "LA", "MAINE": "ME", "MARYLAND": "MD",
	"MASSACHUSETTS": "MA", "MASS": "MA", "MICHIGAN": "MI", "MICH": "MI", "MINNESOTA": "MN", "MINN": "MN",
	"MISSISSIPPI": "MS", "MISS": "MS", "MISSOURI": "MO", "MONTANA": "MT", "MONT": "MT", "NEBRASKA": "NE", "NEBR": "NE", "NEB": "NE",
	"NEVADA": "NV", "NEV": "NV", "NEW HAMPSHIRE": "NH", "NEW JERSEY": "NJ", "NEW MEXICO": "NM", "NEW YORK": "NY",
	"NORTH CAROLINA": "NC", "N CAROLINA": "NC", "NORTH DAKOTA": "ND", "N DAKOTA": "ND", "OHIO": "OH", "OKLAHOMA": "OK", "OKLA": "OK",
	"OREGON": "OR", "ORE": "OR", "PENNSYLVANIA": "PA", "PENNA": "PA", "PENN": "PA", "RHODE ISLAND": "RI",
	"SOUTH CAROLINA": "SC", "S CAROLINA": "SC", "SOUTH DAKOTA": "SD", "S DAKOTA": "SD", "TENNESSEE": "TN", "TENN": "TN",
	"TEXAS": "TX", "TEX": "TX", "UTAH": "UT", "VERMONT": "VT", "VIRGINIA": "VA", "WASHINGTON": "WA", "WASH": "WA",
	"WEST VIRGINIA": "WV", "W VIRGINIA": "WV", "WISCONSIN": "WI", "WISC": "WI", "WIS": "WI", "WYOMING": "WY", "WYO": "WY",
	"PUERTO RICO": "PR", "GUAM": "GU", "AMERICAN SAMOA": "AS", "VIRGIN ISLANDS": "VI", "US VIRGIN ISLANDS": "VI",
	"NORTHERN MARIANA ISLANDS": "MP", "MICRONESIA": "FM", "MARSHALL ISLANDS": "MH", "PALAU": "PW",
	"ARMED FORCES AMERICAS": "AA", "ARMED FORCES EUROPE": "AE", "ARMED FORCES PACIFIC": "AP",
}

// stateCodes is the set of the codes.
var stateCodes = buildStateCodes()

func buildStateCodes() wordSet {
	codes := make(wordSet)
	for _, code := range states {
		codes[code] = struct{}{}
	}
	return codes
}

// standardState gives the two-letter code. What is no state of the union (a province, a slip) is Invalid and kept.
func standardState(dst, raw []byte) ([]byte, Validity) {
	start := len(dst)
	dst, _ = appendWords(dst, raw, Limit)
	words := dst[start:]
	if stateCodes.has(words) {
		return dst, Valid
	}
	if code, ok := states[string(words)]; ok {
		return append(dst[:start], code...), Valid
	}
	if len(words) == 3 && words[1] == ' ' && stateCodes.has([]byte{words[0], words[2]}) { // N Y
		dst[start+1] = words[2]
		return dst[:start+2], Valid
	}
	return dst, noValue(words)
}
