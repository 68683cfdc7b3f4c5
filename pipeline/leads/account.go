package leads

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"locatematch/sources/person"
)

// accountFact is an account that a financial institution reported. Its number enters the key only through a hash, and
// nothing else but the token; of other owners it keeps that there are some.
func accountFact(l *Link) *fact {
	s := l.Sighting
	if s.Source != sourceFinancial {
		return nil
	}
	a := &Account{
		InstitutionTIN: institutionTIN(s), Institution: ProperName(s.value(person.Institution)),
		Type: s.words(person.AccountType), BalanceKind: s.words(person.BalanceKind),
		Trust: s.words(person.Trust), Status: s.words(person.AccountStatus),
		Balance: dollars(s.value(person.Balance)), Month: s.event(),
	}
	payee := s.value(person.Payee)
	title := strings.Fields(s.value(person.TitleWords))
	a.Joint = payee == "1" || payee == "2" || slices.Contains(title, TitleJoint)
	a.SecondaryOwner = payee == "1"
	if a.Trust == "" {
		a.Trust = titleTrust(title)
	}
	number := accountNumber(s)
	a.Token = token(number)
	if a.Institution == "" {
		a.Institution = "An institution not named"
	}
	if number == "" && a.InstitutionTIN == "" {
		return nil
	}
	// The key is what is shown of the account, and nothing else: a lead id made from the whole number could be turned back into
	// it by trying the few million numbers that end so (I11). Two accounts of one person at one institution that end alike,
	// once in ten thousand, are one lead.
	f := &fact{kind: KindAccount, key: a.InstitutionTIN + "|" + a.Token, event: a.Month, answer: true, account: a}
	f.display = a.display()
	f.mark = fmt.Sprint(a.Status, a.Joint, a.Trust)
	f.clause = a.clause
	return f
}

// institutionTIN is an institution's taxpayer number, "" where it is none: in a file whose columns have shifted, an account's number
// may stand there (I11).
func institutionTIN(s *Sighting) string {
	if tin := digits(s.value(person.InstitutionTIN)); len(tin) == 9 {
		return tin
	}
	return ""
}

func accountNumber(s *Sighting) string { return bareNumber(s.value(person.Account)) }

// bareNumber is a number without the blanks and hyphens that make it readable.
func bareNumber(s string) string {
	return strings.ToUpper(withoutMarks.Replace(s))
}

// token is the part of a number that is shown: the last 4 characters, and of short numbers never more than half.
func token(number string) string {
	return number[len(number)-min(4, len(number)/2):]
}

// Marks that people write into numbers and amounts. Made once: making one costs more than a lead.
var (
	withoutMarks = strings.NewReplacer(" ", "", "-", "")
	plainAmount  = strings.NewReplacer("$", "", ",", "")
)

func dollars(raw string) *int64 {
	if raw == "" {
		return nil
	}
	whole, _, _ := strings.Cut(plainAmount.Replace(raw), ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return nil
	}
	return &n
}

// noun is the account in words: "joint savings account held for a minor".
func (a *Account) noun() string {
	words := a.Type
	if words == "" {
		words = "account"
	}
	if a.Joint {
		words = "joint " + words
	}
	if a.Trust != "" {
		words += " (" + a.Trust + ")"
	}
	return words
}

func (a *Account) display() string {
	words := a.Institution + ", " + a.noun()
	if a.Token != "" {
		words += " ending " + a.Token
	}
	return words
}

func (a *Account) clause(p pronouns, asOf Day) string {
	if a.Status == "closed" {
		return a.Institution + " said" + on(a.Month, asOf) + " that " + p.possessive + " " + a.noun() + " is closed"
	}
	words := a.Institution + " reported " + p.possessive + " " + a.noun()
	if a.Balance != nil {
		words += " with " + money(*a.Balance) + " in it"
	}
	return words + on(a.Month, asOf)
}

// money writes whole dollars: $1,240.
func money(n int64) string {
	if n < 0 {
		return "-" + money(-n)
	}
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return "$" + s
}

// Money writes cents as officers read them: $4,200, $310.50.
func Money(cents int64) string {
	if cents < 0 {
		return "-" + Money(-cents)
	}
	words := money(cents / 100)
	if rest := cents % 100; rest != 0 {
		words += "." + strconv.FormatInt(100+rest, 10)[1:]
	}
	return words
}
