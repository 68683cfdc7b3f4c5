package pipeline

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/sources/person"
)

// notShown stands in the place of what the agency has of a subject and is a protected person's too: the home that the parents
// shared (I10).
const notShown = "(a person under protection has it too)"

// neverShown are fields whose values stand in no explanation, masked or not (I11).
var neverShown = map[string]bool{person.Account: true, person.SecondSSN: true, person.SecondName: true, person.PrimarySSN: true}

// numberLikeSSN is what could be an SSN inside any other value: a key that is one, a name field that holds one. numbers finds
// the candidates; a longer number, or a ZIP code with its four further digits, is none.
var (
	numbers       = regexp.MustCompile(`[0-9]+(-[0-9]+)*`)
	numberLikeSSN = regexp.MustCompile(`^([0-9]{9}|[0-9]{3}-[0-9]{2}-[0-9]{4})$`)
)

// shown is a standard value as an explanation shows it: names, dates, addresses and telephone numbers as they are, for a
// pair cannot be judged without them; SSNs masked (I11).
func shown(f matchers.Field, v matchers.Value) string {
	switch {
	case neverShown[f.Name]:
		return "(never shown)"
	case f.Kind.Numeric() && v.Num == 0, !f.Kind.Numeric() && len(v.Std) == 0:
		return ""
	case !f.Kind.Numeric():
		return masked(string(v.Std))
	}
	return shownNumber(f.Kind, v.Num)
}

func shownNumber(kind text.Kind, n uint64) string {
	switch kind {
	case text.Date:
		return shownDate(n)
	case text.SSN:
		if t := text.NumberTypeOf(n); t != text.SocialSecurity {
			return t.String() + " " + text.MaskSSN(n)
		}
		return text.MaskSSN(n)
	case text.Phone:
		return fmt.Sprintf("%03d-%03d-%04d", n/10000000, n/10000%1000, n%10000)
	case text.Zip:
		return string(text.AppendNumber(nil, kind, n))
	case text.Sex:
		return map[uint64]string{1: "M", 2: "F"}[n]
	case text.Digits:
		return lastDigits(int(n>>57), n&(1<<57-1))
	}
	return fmt.Sprintf("%g", float64(int64(n)-1<<62)/1000)
}

func shownDate(n uint64) string {
	switch year, month, day := n/10000, n/100%100, n%100; {
	case month == 0 && day == 0:
		return fmt.Sprintf("%04d", year)
	case day == 0:
		return fmt.Sprintf("%04d-%02d", year, month)
	default:
		return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	}
}

// lastDigits shows of an agency's own number the last four digits, and never more than half: it may be an account's.
func lastDigits(digits int, n uint64) string {
	written := fmt.Sprintf("%0*d", digits, n)
	hidden := max(digits-4, (digits+1)/2)
	return strings.Repeat("*", hidden) + written[hidden:]
}

// masked hides every number in a text that could be an SSN.
func masked(s string) string {
	return numbers.ReplaceAllStringFunc(printable(s), func(number string) string {
		if numberLikeSSN.MatchString(number) {
			return "***-**-" + number[len(number)-4:]
		}
		return number
	})
}

// printable takes out what a terminal would obey: values are a supplier's.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, s)
}

// subjectValue shows a comparison's fields on the subject's side, in the chosen value set.
func (x *explainer) subjectValue(fields []int, set int) string {
	if x.guard.held(x.subject, fields, set) {
		return notShown
	}
	return x.joined(fields, func(f int) matchers.Value { return x.caseload.frozen.Value(x.subject, f, set) })
}

func (x *explainer) recordValue(fields []int) string {
	return x.joined(fields, func(f int) matchers.Value { return x.values[f] })
}

// asCompared leaves off what a comparison does not look at: the four digits behind a ZIP that is compared alone. Beside an
// address they are compared, and shown.
func asCompared(kind text.Kind, v matchers.Value, alone bool) matchers.Value {
	if kind == text.Zip && alone {
		_, plus4 := text.SplitZip(v.Num)
		v.Num -= plus4
	}
	return v
}

func (x *explainer) joined(fields []int, value func(f int) matchers.Value) string {
	var parts []string
	for _, f := range fields {
		v := asCompared(x.plan.Spec.Fields[f].Kind, value(f), len(fields) == 1)
		if word := shownOrWhy(x.plan.Spec.Fields[f], v); word != "" {
			parts = append(parts, word)
		}
	}
	return strings.Join(parts, ", ")
}

// shownOrWhy is shown, and says of a value that was there and could not be used what is wrong with it.
func shownOrWhy(f matchers.Field, v matchers.Value) string {
	word := shown(f, v)
	switch {
	case word == "" && v.Validity != text.Missing:
		return "(" + v.Validity.String() + ")"
	case word != "" && v.Validity == text.Invalid:
		return word + " (invalid)"
	}
	return word
}
