package casefile

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"locatematch/pipeline/leads"
)

func dayOf(ccyymmdd int32) string { return leads.DayOf(ccyymmdd).Long() }

// eventWords is when a source says that a fact came about, as precisely as it says.
func eventWords(l *leads.Lead) string {
	if len(l.Evidence) == 0 || l.Evidence[0].EventDate == nil {
		return "received " + l.LastSeen.Long()
	}
	return l.Evidence[0].EventDate.Long()
}

// factOf is the fact of a lead, of an account with what is in it.
func factOf(l *leads.Lead) string {
	if l.Account == nil || l.Account.Balance == nil {
		return l.Display
	}
	return l.Display + ", " + joined(" ", balances[l.Account.BalanceKind], leads.Money(*l.Account.Balance*100))
}

// balances name an account's balance by its kind.
var balances = map[string]string{"": "balance", "current": "current balance", "average": "average balance"}

// codeWords are what the codes of the best report say, those that say the same once, and none that the fact says already.
func codeWords(l *leads.Lead) string {
	var told []string
	fact := " " + strings.ReplaceAll(factOf(l), ",", "") + " "
	for _, c := range l.Codes {
		if words := c.Told(); words != "" && !slices.Contains(told, words) && !strings.Contains(fact, " "+words+" ") {
			told = append(told, words)
		}
	}
	return strings.Join(told, "; ")
}

// languages are the commonest of their codes in ISO 639-1 and 639-2; what an agency writes otherwise stands as it is.
var languages = map[string]string{
	"es": "Spanish", "spa": "Spanish", "zh": "Chinese", "chi": "Chinese", "vi": "Vietnamese", "vie": "Vietnamese", "ar": "Arabic", "ara": "Arabic",
	"ru": "Russian", "rus": "Russian", "ko": "Korean", "kor": "Korean", "fr": "French", "fre": "French", "ht": "Haitian Creole", "hat": "Haitian Creole",
	"pt": "Portuguese", "por": "Portuguese", "so": "Somali", "som": "Somali", "tl": "Tagalog", "tgl": "Tagalog", "pl": "Polish", "pol": "Polish",
}

// languageWords name a language that is not English, as the caution of it goes.
func languageWords(language string) string {
	code := strings.ToLower(language)
	if strings.HasPrefix(code, "en") {
		return ""
	}
	return cmp.Or(languages[code], language)
}

// dollars are cents as officers read them, "" for none.
func dollars(cents int64) string {
	if cents <= 0 {
		return ""
	}
	return leads.Money(cents)
}

func count(n int) string {
	if words := []string{"No", "One", "Two", "Three", "Four", "Five"}; n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}

// behind is a value behind the words that go before it, "" where there is none; before has the words after it.
func behind(words, value string) string {
	if value == "" {
		return ""
	}
	return words + value
}

func before(value, words string) string {
	if value == "" {
		return ""
	}
	return value + words
}

func ifSo(holds bool, words string) string {
	if holds {
		return words
	}
	return ""
}

// joined joins what there is; without its first value there is nothing.
func joined(separator string, values ...string) string {
	if values[0] == "" {
		return ""
	}
	return strings.Join(filled(values...), separator)
}

// ended is words with a full stop.
func ended(words string) string { return before(words, ".") }

func filled(values ...string) []string {
	return slices.DeleteFunc(values, func(s string) bool { return s == "" })
}
