package leads

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strconv"
	"strings"

	"locatematch/sources/person"
)

// FactColumns are the canonical names of sources/person that leads are made of, in the order of Sighting.Facts.
var FactColumns = []string{
	person.Address1, person.Address2, person.Address3, person.City, person.State, person.Zip,
	person.Phone, person.Sex,
	person.MoveType, person.MoveDate, person.ReturnCode,
	person.ToAddress1, person.ToAddress2, person.ToCity, person.ToState, person.ToZip,
	person.HireDate, person.EIN, person.Employer,
	person.EmployerAddress1, person.EmployerAddress2, person.EmployerAddress3,
	person.EmployerCity, person.EmployerState, person.EmployerZip, person.HireState,
	person.StatusDate, person.ActiveDuty, person.Notified, person.MatchDate,
	person.DutyBegin, person.DutyEnd, person.NotifyBegin, person.NotifyEnd, person.Component, person.NotifyComponent,
	person.InstitutionTIN, person.Institution, person.Account, person.AccountType, person.Balance, person.BalanceKind,
	person.Payee, person.Trust, person.AccountStatus, person.RunMonth,
	person.TitleWords, person.Wage, person.Quarter, person.DeathDate, person.Incarcerated,
	person.NameMatch, person.Foreign, person.MatchFlag, person.DPV, person.DPVFootnotes, person.AddressType, person.Reply,
	person.DutyStatus, person.Service, person.PayGrade, person.Eligibility, person.DefenseCode,
	person.LocateSource, person.ResponseCode, person.MatchType, person.NameMatched, person.SSNMatched,
	person.AddressOf, person.AddressDate, person.AddressDateForm, person.FreeAddress, person.Deceased,
	person.EnteredOn, person.LeftDate,
}

var factColumn = func() map[string]int {
	at := make(map[string]int, len(FactColumns))
	for i, name := range FactColumns {
		at[name] = i
	}
	return at
}()

// The sources whose facts are known; any other source gives addresses and phones.
const (
	sourcePostal     = "postal"
	sourceEmployment = "employment"
	sourceMilitary   = "military"
	sourceFinancial  = "financial"
)

// fact is one fact that one link states about the subject.
type fact struct {
	kind    Kind
	key     string // standard form: the same fact, the same key, however it was written
	episode string // of a fact that begins again under the same key, when it began: a hiring; "" where that is not known
	display string
	event   *PartialDate // when the source says it happened
	answer  bool         // event is the day of an answer, not of what happened (dayOfAnswer): a later one is no news
	mark    string       // beside source and date, what would be news in another report of the same fact

	address  *Address
	phone    *Phone
	employer *Employer
	military *Military
	account  *Account
	wages    *IncomeQuarter

	clause func(pronouns, Day) string // "Acme Freight reported hiring him on November 9"
}

// factKinds give the facts of a link, kind by kind; each gives at most one (I7 counts on it).
var factKinds = []func(*Link) *fact{addressFact, employerFact, incomeFact, militaryFact, accountFact, phoneFact}

func factsOf(l *Link) (facts []*fact) {
	if l.isConflict() {
		return []*fact{conflictFact(l)}
	}
	if l.Held {
		return nil
	}
	for _, of := range factKinds {
		if f := of(l); f != nil {
			facts = append(facts, f)
		}
	}
	return facts
}

// value is one fact column of a sighting, trimmed.
func (s *Sighting) value(column string) string {
	return strings.TrimSpace(s.Facts.At(factColumn[column]))
}

// event is when, by its source, what a sighting reports happened.
func (s *Sighting) event() *PartialDate {
	switch s.Source {
	case sourcePostal:
		return ParseDate(s.value(person.MoveDate))
	case sourceEmployment:
		if d := ParseDate(s.value(person.HireDate)); d != nil {
			return d
		}
		return ParseDate(s.value(person.Quarter))
	case sourceFinancial:
		return ParseDate(s.value(person.RunMonth))
	case sourceMilitary:
		if d := ParseDate(s.value(person.StatusDate)); d != nil {
			return d
		}
		return ParseDate(s.value(person.MatchDate))
	}
	return addressDate(s.value(person.AddressDate), s.value(person.AddressDateForm))
}

// dayOfAnswer reports that the date on a source's report is that of its answer, and not of what it tells of. The military says who serves
// on a day. A bank says in each month's file which account, address and telephone it keeps, not since when: that it keeps an address still
// is no word of where the person went since.
func dayOfAnswer(kind Kind, source string) bool {
	switch kind {
	case KindMilitary, KindAccount:
		return true
	case KindAddress, KindPhone:
		return source == sourceFinancial
	}
	return false
}

// leadID names a lead for ever: the same subject, kind, fact and episode have the same name every night. A first day that is
// not known adds nothing.
func leadID(subject string, kind Kind, key, episode string) string {
	if episode != "" {
		key += "\x00" + episode
	}
	sum := sha256.Sum256([]byte(subject + "\x00" + string(kind) + "\x00" + key))
	return "L-" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:20]
}

// hash is the mark a report leaves in the history. A second report with the same mark is no news: spelling, line numbers
// and weights do not enter it.
func (f *fact) hash(source string) uint64 {
	event := ""
	if f.event != nil && !f.answer {
		event = strconv.Itoa(int(f.event.Date)) + f.event.Precision
	}
	sum := sha256.Sum256([]byte(source + "\x00" + event + "\x00" + f.mark))
	return binary.BigEndian.Uint64(sum[:])
}

// digits gives the digits of s.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
