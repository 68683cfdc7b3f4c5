package person

import "slices"

// The canonical names of what extracts and caseloads hold. A layout may use
// any other name for a field of the agency's own; matching knows these.
const (
	// Identity.
	RecordID  = "record_id"
	Key       = "key"
	SSN       = "ssn"
	SSNStatus = "ssn_status"
	Given     = "given"
	Middle    = "middle"
	Family    = "family"
	Suffix    = "suffix"
	FullName  = "full_name"
	Born      = "born"
	Sex       = "sex"
	Address1  = "address_1"
	Address2  = "address_2"
	Address3  = "address_3"
	City      = "city"
	State     = "state"
	Zip       = "zip"
	Zip4      = "zip4"
	Phone     = "phone"
	Email     = "email"

	// Caseload only.
	SubjectID       = "subject_id"
	Participant     = "participant"
	CaseID          = "case_id"
	Office          = "office"
	Officer         = "officer"
	Protected       = "protected"
	NameType        = "name_type"
	AddressFrom     = "address_from"
	AddressTo       = "address_to"
	AddressStanding = "address_standing"
	Role            = "role"

	// Postal.
	MoveType   = "move_type"
	MoveDate   = "move_date"
	ReturnCode = "return_code"
	MatchFlag  = "match_flag"
	ToAddress1 = "to_address_1"
	ToAddress2 = "to_address_2"
	ToCity     = "to_city"
	ToState    = "to_state"
	ToZip      = "to_zip"
	ToZip4     = "to_zip4"

	DPV          = "dpv"
	DPVFootnotes = "dpv_footnotes"
	AddressType  = "address_type"
	Reply        = "reply"

	// Employment.
	HireDate         = "hire_date"
	EIN              = "ein"
	Employer         = "employer"
	EmployerAddress1 = "employer_address_1"
	EmployerAddress2 = "employer_address_2"
	EmployerAddress3 = "employer_address_3"
	EmployerCity     = "employer_city"
	EmployerState    = "employer_state"
	EmployerZip      = "employer_zip"
	HireState        = "hire_state"
	Wage             = "wage"
	Quarter          = "quarter"
	DefenseCode      = "defense_code"
	EnteredOn        = "entered_on"

	// Military.
	StatusDate      = "status_date"
	ActiveDuty      = "active_duty"
	LeftWithin367   = "left_within_367"
	Notified        = "notified"
	DutyBegin       = "duty_begin"
	DutyEnd         = "duty_end"
	MatchResult     = "match_result"
	ErrorCode       = "error_code"
	MatchDate       = "match_date"
	NotifyBegin     = "notify_begin"
	NotifyEnd       = "notify_end"
	Component       = "component"
	NotifyComponent = "notify_component"
	Certificate     = "certificate"
	DutyStatus      = "duty_status"
	Service         = "service"
	PayGrade        = "pay_grade"
	Eligibility     = "eligibility"
	SponsorRelation = "sponsor_relation"
	LeftDate        = "left_date"

	// Financial.
	InstitutionTIN = "institution_tin"
	Institution    = "institution"
	Account        = "account"
	AccountType    = "account_type"
	Balance        = "balance"
	BalanceKind    = "balance_kind"
	Payee          = "payee"
	Trust          = "trust"
	NameMatch      = "name_match"
	AccountStatus  = "account_status"
	Title          = "title"
	TitleWords     = "title_words"
	SecondName     = "second_name"
	SecondSSN      = "second_ssn"
	PrimarySSN     = "primary_ssn"
	RunMonth       = "run_month"
	Foreign        = "foreign"

	// Of any source.
	DeathDate    = "death_date"
	Deceased     = "deceased"
	Incarcerated = "incarcerated"
	NumberType   = "number_type"

	// Of the federal locate service.
	LocateSource    = "locate_source"
	ResponseCode    = "response_code"
	MatchType       = "match_type"
	NameMatched     = "name_matched"
	SSNMatched      = "ssn_matched"
	AddressOf       = "address_of"
	AddressDate     = "address_date"
	AddressDateForm = "address_date_form"
	FreeAddress     = "free_address"

	// The agency's own knowledge.
	CaseStatus     = "case_status"
	Function       = "function"
	SupportOrder   = "order"
	Monthly        = "monthly"
	Arrears        = "arrears"
	PastDueSince   = "past_due_since"
	LastPaid       = "last_paid"
	LastPaidAmount = "last_paid_amount"
	LocateSince    = "locate_since"
	Opened         = "opened"
	Closed         = "closed"
	OtherState     = "other_state"
	Language       = "language"
	GoodCause      = "good_cause"
	Bankrupt       = "bankrupt"
	WithheldBy     = "withheld_by"
	KnownState     = "known"
	EndCode        = "end_code"
	Since          = "since"
	Until          = "until"
	RecheckOn      = "recheck_on"
	Token          = "token"
	LeviedOn       = "levied_on"
	Outcome        = "outcome"
	OldSubjectID   = "old_subject_id"
	NewSubjectID   = "new_subject_id"
	Change         = "change"
	ChangedOn      = "changed_on"
	LeadID         = "lead_id"
)

// descriptions say each canonical field in one sentence.
var descriptions = map[string]string{
	RecordID:  "The supplier's own identifier of the record.",
	Key:       "Our case, member or customer number that the supplier passes back; it proposes the pair and never scores.",
	SSN:       "Social Security number, nine digits, with or without hyphens; bank files also hold ITINs, ATINs and EINs here.",
	SSNStatus: "What the federal registry said of the SSN: V N C E P R S, or blank for unverified.",
	Given:     "First given name.",
	Middle:    "Middle name or initial.",
	Family:    "Family name, possibly two.",
	Suffix:    "Generation suffix such as JR, SR, III; federal name fields forbid it.",
	FullName:  "The whole name in one field, in the order that the layout's form states.",
	Born:      "Date of birth.",
	Sex:       "Sex as recorded: M, F or unknown.",
	Address1:  "First line of the residential or mailing address.",
	Address2:  "Second address line.",
	Address3:  "Third address line; in federal records a military designation or a Canadian province.",
	City:      "City of the address, APO, FPO or DPO for the military.",
	State:     "Two-letter postal code of the state or territory, AA, AE or AP for the military.",
	Zip:       "Postal ZIP code, five digits or ZIP+4.",
	Zip4:      "The four digits behind the ZIP code.",
	Phone:     "Telephone number.",
	Email:     "Electronic mail address.",

	SubjectID:       "The agency's identifier of the person on the caseload.",
	Participant:     "The person's part in the case: NP non-custodial parent, CP custodial parent, PF putative father, CH child.",
	CaseID:          "The agency's identifier of the case.",
	Office:          "The office that holds the case.",
	Officer:         "The officer responsible for the case.",
	Protected:       "FV where the person has a family violence indicator, else blank.",
	NameType:        "Whether the name is the primary one or an alias.",
	AddressFrom:     "First day on which the address is known to have held.",
	AddressTo:       "Last day on which the address held; blank when it has not ended.",
	AddressStanding: "What the agency knows of the address: verified, unverified or bad.",
	Role:            "subject for a person who is looked for, shield for one who only competes in matching.",

	MoveType:   "Scope of the forwarding order: I individual, F family, B business.",
	MoveDate:   "When the forwarding order takes effect.",
	ReturnCode: "The postal matcher's return code for the entry.",
	MatchFlag:  "The postal matcher's flag: M moved, F foreign, G box closed, K left no address, P or B probable.",
	ToAddress1: "First line of the new address.",
	ToAddress2: "Second line of the new address.",
	ToCity:     "City of the new address.",
	ToState:    "State of the new address.",
	ToZip:      "ZIP code of the new address.",
	ToZip4:     "The four digits behind the ZIP code of the new address.",

	DPV:          "Whether mail can be delivered: Y yes, S building without unit, D unit missing, N no, R no delivery.",
	DPVFootnotes: "Why an address was or was not found deliverable, two characters each.",
	AddressType:  "Kind of delivery address: G, H, P, R or S.",
	Reply:        "What a postmaster replied to a request for address information.",

	HireDate:         "First day of work.",
	EIN:              "Federal employer identification number, nine digits.",
	Employer:         "Name of the employer.",
	EmployerAddress1: "First line of the employer's address.",
	EmployerAddress2: "Second line of the employer's address.",
	EmployerAddress3: "Third line of the employer's address.",
	EmployerCity:     "City of the employer's address.",
	EmployerState:    "State of the employer's address.",
	EmployerZip:      "ZIP code of the employer's address.",
	HireState:        "State in which the person was hired.",
	Wage:             "Wages paid in the quarter.",
	Quarter:          "The calendar quarter that wages are reported for.",
	DefenseCode:      "Whose pay a new hire report of the Department of Defense is: A active duty, C civilian, R reserve.",
	EnteredOn:        "Day on which the state directory entered the report.",

	StatusDate:      "The day that we asked about.",
	ActiveDuty:      "On active duty on the status date: Y or X yes, N no, Z the input could not be used.",
	LeftWithin367:   "Left active duty within the 367 days before the status date.",
	Notified:        "Was notified of a future call to active duty.",
	DutyBegin:       "Day on which active duty began.",
	DutyEnd:         "Day on which active duty ended or will end.",
	MatchResult:     "How the supplier matched the person.",
	ErrorCode:       "Why the request could not be answered.",
	MatchDate:       "Day on which the supplier ran the match.",
	NotifyBegin:     "First day of the early identification (notification) period.",
	NotifyEnd:       "Last day of the early identification (notification) period.",
	Component:       "Service and component of the active duty period.",
	NotifyComponent: "Service and component of the notification.",
	Certificate:     "Identifier of the status report certificate.",
	DutyStatus:      "Military status, such as A active, R retired, V reservist on active duty.",
	Service:         "Branch of service.",
	PayGrade:        "Military or civil service pay grade.",
	Eligibility:     "Standing with the Department of Defense; 2: reported to have died.",
	LeftDate:        "Day on which the person died or left the service: which of the two, the eligibility says.",
	SponsorRelation: "What a child is to the sponsor of its military medical coverage.",

	InstitutionTIN: "Taxpayer identification number of the financial institution.",
	Institution:    "Name of the financial institution.",
	Account:        "Account number; full only in the restricted file.",
	AccountType:    "Kind of account: 01 savings, 04 checking, 05 term, 06 collateral payee, 11 money market, 12 IRA, 14 ERISA, 16, 17, 18 other.",
	Balance:        "Account balance.",
	BalanceKind:    "What the balance is: 0 not reported, 1 average, 2 current.",
	Payee:          "The matched person's place among the owners: 0 sole, 1 secondary, 2 primary of several.",
	Trust:          "Trust fund indicator: 0 none, 1 UTMA or UGMA, 2 IOLTA, 3 mortgage escrow, 4 security deposit, 5 other, 6 not available.",
	NameMatch:      "The institution's comparison of surnames: 0 not tried, 1 first four letters agree, 2 they do not.",
	AccountStatus:  "0 open, 1 closed, 2 or blank unknown.",
	Title:          "The account's full legal title.",
	TitleWords:     "What the title says of who owns the account, without names; made of the title, no layout has it.",
	SecondName:     "Name of the second owner, who owes nothing.",
	SecondSSN:      "SSN of the second owner, who owes nothing.",
	PrimarySSN:     "SSN of the primary owner.",
	RunMonth:       "Month of the match run.",
	Foreign:        "Y or 1 where the address is abroad.",

	DeathDate:    "Day on which the person is reported to have died.",
	Deceased:     "Y where the person is reported to have died.",
	Incarcerated: "Y, a date or a facility where the person is reported to be in jail or prison.",
	NumberType:   "What the number is: S an SSN, I an ITIN, A an ATIN, E an EIN; blank where the supplier does not say.",

	LocateSource:    "Who answered the federal locate service, such as A01 or H99.",
	ResponseCode:    "What that source answered; blank where it gave an address.",
	MatchType:       "Why the national directory sent a record: L our question, N its new data, P a person of ours.",
	NameMatched:     "Which of our names agreed with the source's, by the national directory's own rule.",
	SSNMatched:      "Which of our numbers the record was found by.",
	AddressOf:       "Whose address it is: 1 the employer's, 2 the employee's.",
	AddressDate:     "When the address held, as far as the source says.",
	AddressDateForm: "How much of the address date is known.",
	FreeAddress:     "A whole address in one field, its lines parted by a backslash.",

	CaseStatus:     "Whether the case is open or closed.",
	Function:       "What the case is being worked for: locate, paternity, establishment or enforcement.",
	SupportOrder:   "Y where a support order is in force.",
	Monthly:        "What is due a month under the order.",
	Arrears:        "What is past due.",
	PastDueSince:   "Day since which something has been past due.",
	LastPaid:       "Day of the last payment.",
	LastPaidAmount: "Amount of the last payment.",
	LocateSince:    "Day on which location was found to be needed; blank when it is not.",
	Opened:         "Day on which the case was opened.",
	Closed:         "Day on which the case was closed.",
	OtherState:     "Two-letter code of the other state whose case it is too.",
	Language:       "The language in which the person is written to.",
	GoodCause:      "Y where the custodial parent has claimed good cause not to cooperate.",
	Bankrupt:       "Y where the person is in bankruptcy.",
	WithheldBy:     "Federal number of the employer who withholds under the order already.",
	KnownState:     "What became of a fact that the agency has: verified, unverified, sent or bad.",
	EndCode:        "The agency's own code of why a fact ended or is bad.",
	Since:          "Day since which the agency has the fact.",
	Until:          "Day on which the fact ended; blank when it has not.",
	RecheckOn:      "Day from which an invalid pair may be tried again; blank: never.",
	Token:          "Last four characters of an account number.",
	LeviedOn:       "Day of the levy.",
	Outcome:        "How the levy ended, in the agency's words.",
	OldSubjectID:   "The person number that was merged into another, or from which one was split.",
	NewSubjectID:   "The person number that stands now.",
	Change:         "merged or split.",
	ChangedOn:      "Day on which the numbers were merged or split.",
	LeadID:         "The lead that goes to the new number of a split; blank: all that are not named.",
}

// Describe says what a canonical field is in one sentence; "" for a name that
// is not canonical.
func Describe(name string) string { return descriptions[name] }

// Known tells whether a name is canonical; any other name in a layout is an
// extra field of the agency's own.
func Known(name string) bool { return descriptions[name] != "" }

// Names lists the canonical names in alphabetical order.
func Names() []string {
	names := make([]string, 0, len(descriptions))
	for name := range descriptions {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
