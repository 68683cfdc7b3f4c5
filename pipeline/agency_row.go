package pipeline

import (
	"strconv"
	"strings"

	"locatematch/matchers/text"
	"locatematch/sources"
	"locatematch/sources/person"
)

// agencyRow reads the values of one row of an agency's file. The first value that is not what its column holds makes the row
// bad: it is rejected under that column's name, for half a fact of the agency's is worse than none.
type agencyRow struct {
	layout *sources.Layout
	rows   person.Rows
	at     int
	bad    string // name of the column at fault, "" while all is well
	words  map[string]string
}

func (r *agencyRow) fault(column string) {
	if r.bad == "" {
		r.bad = column
	}
}

// raw is a column's value in this row, "" where the layout lacks the column.
func (r *agencyRow) raw(column string) []byte {
	if i := r.layout.Column(column); i >= 0 {
		return r.rows.Value(r.at, i)
	}
	return nil
}

func (r *agencyRow) text(column string) string { return string(r.raw(column)) }

// need is text that must be there.
func (r *agencyRow) need(column string) string {
	s := r.text(column)
	if s == "" {
		r.fault(column)
	}
	return s
}

// word is text of which there are few values: each is held once.
func (r *agencyRow) word(column string) string {
	raw := r.raw(column)
	if len(raw) == 0 {
		return ""
	}
	if w, ok := r.words[string(raw)]; ok {
		return w
	}
	w := string(raw)
	r.words[w] = w
	return w
}

// day is a date as ccyymmdd, 0 where there is none. A date that says only a month or a year is its first day.
func (r *agencyRow) day(column string) int32 {
	raw := r.raw(column)
	if len(raw) == 0 {
		return 0
	}
	form, _ := text.ParseDateForm(r.layout.Columns()[r.layout.Column(column)].Form)
	_, date, validity := text.Standardise(text.Date, form, nil, raw)
	if validity != text.Valid {
		r.fault(column)
		return 0
	}
	if date/100%100 == 0 {
		date += 100
	}
	if date%100 == 0 {
		date++
	}
	return int32(date)
}

// plainAmount takes out what people write into amounts.
var plainAmount = strings.NewReplacer("$", "", ",", "", " ", "")

// cents is an amount in cents, 0 where there is none; a column whose form is dollars may have a decimal point.
func (r *agencyRow) cents(column string) int64 {
	raw := plainAmount.Replace(r.text(column))
	if raw == "" {
		return 0
	}
	if r.layout.Columns()[r.layout.Column(column)].Form != "cents" {
		whole, part, _ := strings.Cut(raw, ".")
		if len(part) > 2 {
			r.fault(column)
			return 0
		}
		raw = whole + (part + "00")[:2]
	}
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil {
		r.fault(column)
		return 0
	}
	return n
}

// yes reads Y or N; nothing is no.
func (r *agencyRow) yes(column string) bool {
	switch strings.ToUpper(r.text(column)) {
	case "", "N", "NO", "0", "F", "FALSE":
		return false
	case "Y", "YES", "1", "T", "TRUE":
		return true
	}
	r.fault(column)
	return false
}

// oneOf reads one of the words that a column may hold, in any case; the first of them is meant where the column is empty.
func oneOf[T ~string](r *agencyRow, column string, words ...T) T {
	raw := r.text(column)
	if raw == "" {
		return words[0]
	}
	for _, w := range words {
		if strings.EqualFold(raw, string(w)) {
			return w
		}
	}
	r.fault(column)
	return words[0]
}

// number is a federal number of nine digits, with or without hyphens. It is in no message.
func (r *agencyRow) number(column string) uint32 {
	bare := strings.ReplaceAll(strings.ReplaceAll(r.text(column), "-", ""), " ", "")
	n, err := strconv.ParseUint(bare, 10, 32)
	if err != nil || len(bare) != 9 {
		r.fault(column)
		return 0
	}
	return uint32(n)
}
