package profile

import (
	"strings"

	"locatematch/matchers/text"
	"locatematch/sources"
	"locatematch/sources/person"
)

// Kind is what a field is expected to hold: a kind of package text, or one of what suppliers send beside.
type Kind string

// The kinds that package text does not judge.
const (
	Plain    Kind = "text"      // nothing is expected: an agency's own field
	Code     Kind = "code"      // a few short values of the supplier's
	FullName Kind = "full name" // a one-field name
	Account  Kind = "account"   // an account number, of any make
	EIN      Kind = "ein"       // an employer's number
	Zip4     Kind = "zip4"
	Key      Kind = "key" // a number that names a person or case
)

// kinds are the canonical fields whose kind is not plain text.
var kinds = map[string]Kind{
	person.SSN: word(text.SSN), person.SecondSSN: word(text.SSN), person.PrimarySSN: word(text.SSN),
	person.Given: word(text.Given), person.Middle: word(text.Middle), person.Family: word(text.Family), person.Suffix: word(text.Suffix),
	person.FullName: FullName, person.SecondName: FullName, "sent_name": FullName,
	person.Sex: word(text.Sex), person.Phone: word(text.Phone), person.Email: word(text.Email),
	person.Address1: word(text.Address), person.Address2: word(text.Address), person.Address3: word(text.Address),
	person.ToAddress1: word(text.Address), person.ToAddress2: word(text.Address),
	person.EmployerAddress1: word(text.Address), person.EmployerAddress2: word(text.Address), person.EmployerAddress3: word(text.Address),
	"sent_address_1": word(text.Address), "sent_address_2": word(text.Address), "address": word(text.Address),
	person.City: word(text.Name), person.ToCity: word(text.Name), person.EmployerCity: word(text.Name), "sent_city": word(text.Name),
	person.State: word(text.State), person.ToState: word(text.State), person.EmployerState: word(text.State), person.HireState: word(text.State),
	"sent_state": word(text.State),
	person.Zip:   word(text.Zip), person.ToZip: word(text.Zip), person.EmployerZip: word(text.Zip), "sent_zip": word(text.Zip),
	person.Zip4: Zip4, person.ToZip4: Zip4, "employer_zip4": Zip4,
	person.EIN: EIN, person.InstitutionTIN: EIN,
	person.Employer: word(text.Name), person.Institution: word(text.Name), person.Title: word(text.Name),
	person.Account: Account, person.Balance: word(text.Number), "wage": word(text.Number),
	person.RecordID: Key, person.Key: Key, person.SubjectID: Key, person.CaseID: Key, person.Certificate: Key,
	person.SSNStatus: Code, person.Participant: Code, person.Protected: Code, person.NameType: Code, person.Role: Code,
	person.AddressStanding: Code, person.MoveType: Code, person.ReturnCode: Code, person.MatchFlag: Code, person.ActiveDuty: Code,
	person.LeftWithin367: Code, person.Notified: Code, person.MatchResult: Code, person.ErrorCode: Code, person.Component: Code,
	person.NotifyComponent: Code, person.AccountType: Code, person.BalanceKind: Code, person.Payee: Code, person.Trust: Code,
	person.NameMatch: Code, person.AccountStatus: Code,
	person.Born: word(text.Date), person.HireDate: word(text.Date), person.MoveDate: word(text.Date), person.StatusDate: word(text.Date),
	person.DutyBegin: word(text.Date), person.DutyEnd: word(text.Date), person.MatchDate: word(text.Date), person.NotifyBegin: word(text.Date),
	person.NotifyEnd: word(text.Date), person.AddressFrom: word(text.Date), person.AddressTo: word(text.Date), person.RunMonth: word(text.Date),
}

func word(k text.Kind) Kind { return Kind(k.String()) }

// KindOf is what a column of a layout is expected to hold, by its canonical name, else by its form. A name that package guess made of
// what a column holds and where it stands (ssn_at_363) counts as well.
func KindOf(c sources.Column) Kind {
	name, _, _ := strings.Cut(c.Name, "_at_")
	if k, known := kinds[name]; known {
		return k
	}
	if name == string(Code) {
		return Code
	}
	if _, name := text.ParseNameForm(c.Form); name {
		return FullName
	}
	switch c.Form {
	case "":
		return Plain
	case "dollars", "cents":
		return word(text.Number)
	}
	return word(text.Date)
}

// Text is the kind by which package text judges, false for the others.
func (k Kind) Text() (text.Kind, bool) {
	switch k {
	case Plain:
		return 0, false // the same word, another thing: nothing is expected of the value
	case Account, EIN, Key, Code, FullName, Zip4:
		return 0, false
	}
	return text.ParseKind(string(k))
}
