package pipeline

import (
	"fmt"
	"strings"

	"locatematch/matchers/text"
	"locatematch/pipeline/leads"
	"locatematch/sources"
	"locatematch/sources/person"
)

// fact is where a layout keeps one of the facts that leads are made of, and how it is written there. Only the supplier's own
// fields are facts.
type fact struct {
	column int // -1 when the layout has none
	date   text.DateForm
	dated  bool
	cents  bool
	form   string // CCYYQ or QCCYY of a quarter
	title  bool   // an account's title: its words about who owns it, and no names
}

// factsOf finds the facts in a layout; nil when it has none.
func factsOf(l *sources.Layout) []fact {
	facts := make([]fact, len(leads.FactColumns))
	found := false
	for i, name := range leads.FactColumns {
		column := name
		if name == person.TitleWords {
			column = person.Title
		}
		facts[i] = fact{column: ownColumn(l, column, sources.Own, 1)}
		if facts[i].column >= 0 && l.Columns()[facts[i].column].Label == sources.TaxInformation {
			facts[i].column = -1
		}
		if facts[i].column < 0 {
			continue
		}
		found = true
		form := l.Columns()[facts[i].column].Form
		facts[i].date, facts[i].dated = text.ParseDateForm(form)
		facts[i].dated = facts[i].dated && form != ""
		facts[i].cents, facts[i].title = form == "cents", name == person.TitleWords
		if form == "CCYYQ" || form == "QCCYY" {
			facts[i].form = form
		}
	}
	if !found {
		return nil
	}
	return facts
}

// read gives a fact's value: dates as CCYY-MM-DD, or shorter where the supplier says less, amounts in dollars, all else as
// written. A date that is none is no fact.
func (f *fact) read(rows valuer, row int) string {
	if f.column < 0 {
		return ""
	}
	raw := rows.Value(row, f.column)
	switch {
	case len(raw) == 0:
		return ""
	case f.dated:
		return partialDate(raw, f.date)
	case f.title:
		return leads.TitleWords(string(raw))
	case f.form != "":
		return quarter(string(raw), f.form)
	case f.cents:
		return dollars(string(raw))
	}
	return string(raw)
}

func partialDate(raw []byte, form text.DateForm) string {
	_, date, validity := text.Standardise(text.Date, form, nil, raw)
	if validity != text.Valid {
		return ""
	}
	year, month, day := date/10000, date/100%100, date%100
	switch {
	case month == 0:
		return fmt.Sprintf("%04d", year)
	case day == 0:
		return fmt.Sprintf("%04d-%02d", year, month)
	default:
		return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	}
}

// dollars moves the decimal point of an amount in cents.
func dollars(cents string) string {
	sign := ""
	if rest, negative := strings.CutPrefix(cents, "-"); negative {
		sign, cents = "-", rest
	}
	for len(cents) < 3 {
		cents = "0" + cents
	}
	return sign + cents[:len(cents)-2] + "." + cents[len(cents)-2:]
}

// quarter is CCYY-Q3, "" for what is no quarter.
func quarter(raw, form string) string {
	if len(raw) != 5 || strings.Trim(raw, "0123456789") != "" {
		return ""
	}
	year, q := raw[:4], raw[4:]
	if form == "QCCYY" {
		year, q = raw[1:], raw[:1]
	}
	if q < "1" || q > "4" {
		return ""
	}
	return year + "-Q" + q
}

// taxedColumns are a layout's columns of return information.
func taxedColumns(l *sources.Layout) (columns []int) {
	for i, c := range l.Columns() {
		if c.Label == sources.TaxInformation {
			columns = append(columns, i)
		}
	}
	return columns
}

// countTaxed counts the values of a linked record that are kept out of its leads.
func (e *extractPlan) countTaxed(batch *person.Batch, row int, t *tally) {
	for _, column := range e.taxed {
		if len(batch.Value(row, column)) > 0 {
			t.taxed++
		}
	}
}
