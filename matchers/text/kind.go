package text

// Kind names how a field's values are brought to standard form and compared.
type Kind uint8

// The kinds. Numeric kinds standardise to an integer, the others to bytes.
const (
	Exact   Kind = iota + 1 // bytes as they are, trimmed of blanks
	Given                   // first name
	Middle                  // middle name or initial
	Family                  // surname
	Suffix                  // generation: JR SR II III IV V VI
	Name                    // a name of any make: the agency's own fields, employers, institutions
	Text                    // upper case, folded, single spaces
	Date                    // calendar date, perhaps without day or month
	SSN                     // Social Security number, ITIN or ATIN
	Digits                  // digit string of up to 17 digits, its length kept
	Number                  // decimal number in thousandths
	Address                 // delivery address line
	Phone                   // ten-digit North American number
	Email                   // mail address
	Sex                     // M or F
	State                   // two-letter postal code
	Zip                     // ZIP code, with the four digits behind it where there are any
)

var kindNames = [...]string{
	Exact: "exact", Given: "given", Middle: "middle", Family: "family", Suffix: "suffix",
	Name: "name", Text: "text", Date: "date", SSN: "ssn", Digits: "digits", Number: "number",
	Address: "address", Phone: "phone", Email: "email", Sex: "sex", State: "state", Zip: "zip",
}

// ParseKind reads a kind as a spec writes it, in lower case.
func ParseKind(s string) (Kind, bool) {
	for k := Exact; int(k) < len(kindNames); k++ {
		if kindNames[k] == s {
			return k, true
		}
	}
	return 0, false
}

// String gives the kind as a spec writes it.
func (k Kind) String() string {
	if k == 0 || int(k) >= len(kindNames) {
		return "unknown"
	}
	return kindNames[k]
}

// Kinds lists every kind in order.
func Kinds() []Kind {
	all := make([]Kind, 0, len(kindNames)-1)
	for k := Exact; int(k) < len(kindNames); k++ {
		all = append(all, k)
	}
	return all
}

// Numeric reports whether the standard value is an integer.
func (k Kind) Numeric() bool {
	switch k {
	case Date, SSN, Digits, Number, Phone, Sex, Zip:
		return true
	}
	return false
}

// words reports whether the standard value is made of words: names and texts.
func (k Kind) words() bool {
	switch k {
	case Given, Middle, Family, Name, Text:
		return true
	}
	return false
}

// Validity says what a raw value is worth as evidence.
type Validity uint8

// The validities. Missing and Placeholder carry no value; Invalid may carry one that still compares.
const (
	Missing     Validity = iota // nothing was written
	Placeholder                 // something was written that stands for nothing: UNKNOWN, 999999999, 1900-01-01
	Invalid                     // not a value of its kind
	Valid
)

var validityNames = [...]string{"missing", "placeholder", "invalid", "valid"}

// String names the validity for explanations and funnels.
func (v Validity) String() string {
	if int(v) >= len(validityNames) {
		return "unknown"
	}
	return validityNames[v]
}
