package synth

// Trap is a way in which a record is hard to link rightly, planted on purpose.
type Trap uint8

// The traps. The first group pairs a subject with another person's record (same=no), the second with the subject's own
// (same=yes).
const (
	FatherSon         Trap = iota // father and son of one name: the record is the relative's
	Twin                          // a twin's record: same birth date and surname, often a like given name
	SiblingHousehold              // of a brother or sister with whom the subject shared an address
	SpouseHousehold               // of the subject's present partner, at his address
	OtherParent                   // of the other parent, at an address that is known as the subject's
	FamilyMove                    // the other parent's family order (type F), sent back under the subject's key
	OrderByKin                    // an order filed by a housemate, sent back under the subject's key
	BorrowedSSN                   // a stranger's record with the subject's number
	SharedSSN                     // a child's number on the record of the subject or a relative; the subject here is the child
	Namesake                      // of a stranger of the same given and family name, born within three years
	WrongNumber                   // of the stranger whose number the agency holds as the subject's
	WrongAnswer                   // an answer about that stranger, under the subject's key
	BusinessEIN                   // a business account whose EIN has the digits of the subject's SSN
	CoOwner                       // the co-owner's row of an account of which the subject is the other owner
	MinorAccount                  // a child's account with the subject in its title, as custodian
	Nickname                      // from here on the record is the subject's
	InitialOnly                   // the given name is an initial
	MiddleAsGiven                 // goes by the middle name
	MisspeltName                  // one keying error in given or family name
	SwappedNames                  // given and family name swapped
	OtherSurname                  // the surname before or after marriage
	Hyphenated                    // both surnames of a married woman, with a hyphen
	TwoSurnames                   // a second surname written, or the first left out
	JoinedSurname                 // two surnames written as one
	CutName                       // a name cut at the width of its field, or before it came into the file
	DressedName                   // O'BRIEN, MC DONALD, DE LA CRUZ
	StraySuffix                   // JR or SR behind a name where the file has no place for it
	TransposedSSN                 // two neighbouring digits of the record's number
	MistypedSSN                   // one digit of it
	DummySSN                      // 123-45-6789 and the like
	BrokenSSN                     // a letter in it
	ShownITIN                     // an ITIN where an SSN is expected
	ShownEIN                      // the employer's EIN there
	UsesChildSSN                  // the subject's record with the child's number
	CaseTransposedSSN             // transposed, mistyped, dummy or another person's number on our side
	CaseMistypedSSN
	CaseDummySSN
	CaseWrongSSN
	TransposedDate // digits of the record's birth date
	MistypedDate   // one digit of it, or a date that does not exist
	SwappedDate    // day and month
	RoundedDate    // the first of the month or of January
	CaseWrongDate  // the birth date on our side is wrong
	NewAddress     // the record has an address that we do not hold
	BlankKey       // the answer came back without our key
	FamilyOrder    // the subject's own move filed for the family, by surname alone
	StaleOrder     // the subject moved A to B and back to A; the order A to B still matches
	JointAccount   // the subject's own row of a joint account
	SecondRecord   // the subject's second record in the extract
	trapCount
)

var trapNames = [trapCount]string{
	"father_son", "twin", "sibling_household", "spouse_household", "other_parent", "family_move", "order_by_kin",
	"borrowed_ssn", "shared_ssn", "namesake", "wrong_number", "wrong_answer", "business_ein", "co_owner", "minor_account",
	"nickname", "initial_only", "middle_as_given", "misspelt_name", "swapped_names", "other_surname", "hyphenated", "two_surnames",
	"joined_surname", "cut_name", "dressed_name", "stray_suffix", "transposed_ssn", "mistyped_ssn", "dummy_ssn", "broken_ssn",
	"shown_itin", "shown_ein", "uses_child_ssn", "case_transposed_ssn", "case_mistyped_ssn", "case_dummy_ssn", "case_wrong_ssn",
	"transposed_date", "mistyped_date", "swapped_date", "rounded_date", "case_wrong_date", "new_address", "blank_key",
	"family_order", "stale_order", "joint_account", "second_record",
}

// String is the trap's name in traps.csv.
func (t Trap) String() string { return trapNames[t] }

// Same tells whether the record of a pair is the subject's own.
func (t Trap) Same() bool { return t >= Nickname }

// Traps lists all of them.
func Traps() []Trap {
	all := make([]Trap, trapCount)
	for i := range all {
		all[i] = Trap(i)
	}
	return all
}

// trapSet is a set of traps.
type trapSet uint64

func (s *trapSet) add(t Trap) { *s |= 1 << t }
func (s *trapSet) addIf(condition bool, t Trap) {
	if condition {
		s.add(t)
	}
}
