package synth

// Every rate of the generator. Nothing that matches reads this file: a rate is how the world is, not what a matcher
// may assume. Probabilities are of the thing named; weights are per mille or relative. The reason stands behind each.
// "judged" means that no published figure was found and that the value was set to be neither rare enough to be
// untested at 2,000 subjects nor common enough to be a caricature.

// Where people are.
const (
	rateHomeState = 0.78 // a state agency's parents mostly live in the state; a fifth of cases are interstate

	moveSameZip   = 20 // relative weights; most moves are short (American Community Survey: over half stay in the county)
	moveSameTown  = 42
	moveElsewhere = 38

	rateBox      = 0.055 // post office boxes among mailing addresses
	rateRural    = 0.012 // rural routes, mostly converted to street addresses by now
	rateHighway  = 0.004 // highway contract boxes
	rateUnit     = 0.30  // apartments, lots and units; renters are common among movers
	rateGeneral  = 0.002 // general delivery
	rateMilitary = 0.35  // of people on active duty: an APO or FPO address
)

// Who people are.
const (
	rateRareGiven   = 0.06 // given names outside the few hundred common ones
	rateOldGiven    = 0.50 // of people born before 1975: a name of that time
	rateNewGiven    = 0.45 // of people born after 1987: a name of that time
	rateMiddle      = 0.82 // have a middle name
	rateTwoSurnames = 0.38 // of Hispanic people: two surnames, of which records keep both, joined or not, or one (domain 8)
	rateHyphenated  = 0.12 // of married women: both surnames, with a hyphen
	rateTakesName   = 0.70 // of married women: the husband's surname
	rateNoSSN       = 0.05 // of Hispanic, Asian and Arabic people: an ITIN and no SSN (domain 7)
)

// Families. One family is one NP (or PF) subject and those around.
const (
	rateMother         = 0.14  // the absent parent is the mother
	ratePutative       = 0.06  // the subject is a putative father (PF), the family has no order yet
	rateMarried        = 0.42  // the parents were married
	rateKeepsName      = 0.50  // of mothers who took the father's name: still have it
	rateFathersName    = 0.78  // of children: the father's surname
	rateParentStays    = 0.62  // the other parent still lives at the old family home
	rateNewPartner     = 0.34  // the subject lives with a new partner, a stranger to the agency
	rateNamesakeKin    = 0.045 // a father or son of the same name: judged; Jr and Sr are some 3 to 5 % of men
	rateKinSon         = 0.35  // of those: the relative is the son
	rateSibling        = 0.30  // a brother or sister who turns up in extracts
	rateTwin           = 0.08  // of those: a twin. 3 % of births are twins; raised so that 2,000 subjects hold some fifty
	rateWithParents    = 0.22  // the subject lives, or lately lived, at his parents' address
	rateSharesHome     = 0.50  // of siblings: at that address too
	rateBorrower       = 0.012 // a stranger works under the subject's SSN: judged; NDNH name mismatches run at a few per cent
	rateNamesake       = 0.06  // a stranger elsewhere of the same common name, born within a few years
	rateChildNumber    = 0.012 // the subject or a relative uses a child's SSN (domain 7, shared numbers)
	rateBusiness       = 0.012 // a business whose EIN has the digits of the subject's SSN, seen at a bank (domain 2, P27)
	rateService        = 0.03  // the subject serves or served lately
	rateStaleOrder     = 0.012 // moved away and back; the old forwarding order still matches (domain 3.2)
	rateFamilyOrder    = 0.05  // the other parent's family order (type F) from the old home
	rateOrderByKin     = 0.018 // an order from our address filed by another member of the household
	rateProtected      = 0.008 // family violence indicator on an absent parent
	rateProtectedOther = 0.03  // on a custodial parent or child
	rateShieldParent   = 0.26  // the other parent is on the caseload, as a shield
	rateShieldChild    = 0.07  // a child is
	rateShieldKin      = 0.12  // a namesake relative is, as a known wrong person
	rateSubjectSibling = 0.05  // of siblings: on the caseload in their own right
)

// Who turns up where, in one night with a quarterly bank file. Together about two thirds of the sought turn up.
const (
	rateHired       = 0.21 // new hires: unstable work, many short jobs
	rateSecondJob   = 0.10 // of the hired: two reports
	rateMoved       = 0.18 // a forwarding order within 18 months; movers are 9 % a year, more among this population
	rateMovedTwice  = 0.05 // of the movers: two answers, an individual's and a family's
	rateAsked       = 0.27 // of the subjects: asked about in this batch of the military's
	rateBanked      = 0.22 // an account at one of the night's institutions
	rateSecondBook  = 0.32 // of those: a second account
	rateCoOwner     = 0.30 // of those with a partner: the account is joint
	rateKinHired    = 0.30 // planted relatives and namesakes: in the new hires
	rateKinBanked   = 0.42 // in the bank file
	rateKinMoved    = 0.15 // in the forwarding orders
	rateOtherHired  = 0.10 // other parents and children of age
	rateOtherBanked = 0.16
	rateOtherMoved  = 0.10
	rateMinorBook   = 0.025 // of children: an account under a custodian, the subject in its title
)

// Strangers' rows by source, as shares of Options.Strangers; Method 1 bank files are the largest (domain 2).
const (
	strangersPostal     = 25
	strangersEmployment = 25
	strangersMilitary   = 8
	strangersFinancial  = 42
)

// How names are written. Rates of a record, not of a person.
const (
	rateNickname        = 0.13  // of those whose name has a short form, outside payroll
	rateNicknamePay     = 0.035 // the same in payroll records, which copy the Social Security card
	rateInitial         = 0.02  // the given name is an initial
	rateMiddleFirst     = 0.008 // goes by the middle name
	rateTypoGiven       = 0.018 // one keying error
	rateTypoFamily      = 0.022
	rateSwapped         = 0.006 // given and family name swapped
	rateMaiden          = 0.09  // of women whose name changed: the earlier one
	rateDress           = 0.30  // O'BRIEN, MC DONALD, DE LA CRUZ, where the file allows them
	rateNarrow          = 0.12  // the supplier's own system kept 11 letters of a surname and 9 of a given name; older payroll and core banking files are narrow (domain 8)
	rateStraySuffix     = 0.25  // of those with a suffix: JR behind the surname where the file has no place for it
	rateForbiddenSuffix = 0.08  // the same where the guide forbids it (domain 8)

	mixedCaseEvery = 6 // of so many institutions one writes Mixed Case: judged
	noBirthsEvery  = 9 // and one never reports birth dates

	writeBoth   = 38 // two surnames: GARCIA LOPEZ; relative weights
	writeHyphen = 14 // GARCIA-LOPEZ
	writeJoined = 12 // GARCIALOPEZ: the Utah Population Database lost links this way (domain 8, P85)
	writeFirst  = 28
	writeSecond = 8

	middleFull    = 26 // relative weights of how a middle name is written
	middleInitial = 44
	middleBlank   = 30
)

// How numbers and dates are written.
const (
	rateSSNTransposed = 0.008 // two neighbouring digits; SSA's routines correct transposed and single wrong digits (domain 1.4)
	rateSSNMistyped   = 0.009
	rateSSNDummy      = 0.005
	rateSSNLetters    = 0.005 // structurally wrong, as keyed: an O for a 0
	rateITINShown     = 0.014 // of bank and payroll records of subjects: an ITIN where we hold or expect an SSN
	rateEINShown      = 0.006 // the employer's or the business's EIN in the SSN field

	rateDateTransposed = 0.016 // tried; two neighbouring digits of the day or year, where another date comes of it, which is about half
	rateDateMistyped   = 0.011
	rateDaySwapped     = 0.018 // tried; day and month, where the day is 12 or less and not the month, which is a third
	rateDateFirst      = 0.012 // first of the month or of the year, where the day was not known
	rateDateInvalid    = 0.0015

	blankBornW4       = 0.40  // optional in the record, and often left out
	blankBornBank     = 0.24  // judged; old accounts were opened without one
	blankSSNBank      = 0.012 // judged
	blankKeyPostal    = 0.03  // the licensee dropped our key
	blankHireDate     = 0.06  // optional too
	rateAddressOld    = 0.14  // employers and banks hold the address before the last move
	rateNumberTypo    = 0.012
	rateUnitInLine    = 0.55 // APT 4 behind the street, not in a line of its own
	rateWordsSpelt    = 0.12 // STREET for ST, NORTH for N
	rateZip4          = 0.40
	rateNoForwarding  = 0.07 // answers without a new address: left none, box closed, abroad
	rateFamilyMove    = 0.22 // of movers with a partner of their name: the family's order (type F), a surname alone
	rateBusinessMove  = 0.02 // of strangers' orders
	rateActive        = 0.05 // of strangers asked about: on active duty; the other programmes ask about borrowers
	rateActiveSubject = 0.02 // of subjects asked about without planted service: false hope, left within 367 days
)

// What answers and reports of the other layouts are like. All judged: often enough that a night of 2,000 subjects shows each.
const (
	rateKeyLost     = 0.02 // our key did not come back
	rateStrangeCode = 0.01 // a code that no list has
	rateAbroad      = 0.01 // an address abroad, where the layout has fields for one
	rateNoData      = 0.12 // a source asked that knows nothing
	rateFreeForm    = 0.35 // of old answers: the address in one field
	rateLocated     = 0.27 // of the subjects: asked about at the federal locate service
	rateBenefits    = 0.10 // paid a benefit of Social Security
	rateDied        = 0.02 // reported to have died
	rateConfined    = 0.05 // confined, or released lately
	rateMet         = 0.20 // in a file of no known kind
)

// The caseload.
const (
	blankSSNCaseload   = 0.20 // no number held
	rateCaseTransposed = 0.010
	rateCaseMistyped   = 0.010
	rateCaseDummy      = 0.006
	rateWrongPerson    = 0.012 // the number held is another person's
	rateOtherNumber    = 0.04  // a second number held: an earlier one, an ITIN
	blankBornCaseload  = 0.06
	rateCaseBornWrong  = 0.025
	blankMiddleCase    = 0.34
	rateAlias          = 0.12 // a second name: the nickname or another surname
	rateMaidenHeld     = 0.55 // of women whose name changed: the earlier name is held
	rateCaseTypo       = 0.012
	rateCaseNickname   = 0.025
	rateSuffixHeld     = 0.60 // of those who have one
	rateCurrentKnown   = 0.38 // the present address is among those held
	rateVerified       = 0.45 // of addresses held
	rateBadAddress     = 0.18 // of earlier ones: mail came back
	ratePhone          = 0.55
	rateSecondPhone    = 0.18
	rateEmail          = 0.26
	rateNumberVerified = 0.90 // of right numbers: V or N at the federal registry
)

// What the agency itself knows. All of them judged: often enough that a night of 2,000 subjects shows each.
const (
	rateSecondCase   = 0.08  // of those looked for: a case with another parent
	rateOwes         = 0.75  // of orders: something is past due
	rateWithheld     = 0.10  // of orders: an employer withholds already
	rateBankrupt     = 0.02  // of those looked for
	rateOtherState   = 0.08  // of cases: another state's too; a fifth are interstate, most of those handled elsewhere
	rateSpanish      = 0.06  // of those looked for: written to in Spanish
	rateVerifiedNow  = 0.08  // where the person lives, or works, is verified already
	rateBadBefore    = 0.25  // of those who moved: where they lived before was found bad
	rateLeft         = 0.03  // left the employer once, and was hired again
	rateInvalidKnown = 0.50  // of wrong numbers and used children's numbers: the agency knows
	rateLevied       = 0.03  // a levy was tried within two years
	rateRenumbered   = 0.004 // another number was merged into this one
)
