package sourcetest

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"locatematch/sources"
)

// perSection is the number of data records in a sample's section.
const perSection = 100

// Sample is a well-formed file of n data records of invented people in the
// layout, the same for every run.
func Sample(tb testing.TB, l *sources.Layout, n int) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := WriteSample(&b, l, n); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// WriteSample writes what Sample returns.
func WriteSample(w io.Writer, l *sources.Layout, n int) error {
	e, err := sources.NewEncoder(w, l)
	if err != nil {
		return err
	}
	if l.Records.Header != nil {
		if err := e.Write("header", nil); err != nil {
			return err
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	row := make([]string, len(l.Records.Data.Fields))
	for i := 0; i < n; i++ {
		if l.Records.Section != nil && i%perSection == 0 {
			title := map[string]string{l.Records.Section.Title: fmt.Sprintf("BANK %d OF DOVER", i/perSection+1)}
			if err := e.Write("section", title); err != nil {
				return err
			}
		}
		fillRow(rng, l, i, row)
		if err := e.Row(row); err != nil {
			return err
		}
		if l.Records.Section != nil && (i%perSection == perSection-1 || i == n-1) {
			if err := trailer(e, l, i%perSection+1); err != nil {
				return err
			}
		}
	}
	if l.Records.Section == nil {
		if err := trailer(e, l, n); err != nil {
			return err
		}
	}
	return e.Close()
}

// trailer writes the trailer record over so many data records, if the layout
// has one.
func trailer(e *sources.Encoder, l *sources.Layout, rows int) error {
	t := l.Records.Trailer
	if t == nil {
		return nil
	}
	values := map[string]string{}
	for _, f := range t.Fields {
		switch f.Counts {
		case "data":
			values[f.Name] = strconv.Itoa(rows)
		case "records":
			values[f.Name] = strconv.Itoa(rows + others(l))
		}
	}
	return e.Write("trailer", values)
}

// others are the records of a sample's section (or file) that are not data.
func others(l *sources.Layout) int {
	n := 1
	if l.Records.Section != nil {
		n++
	}
	return n
}

var (
	givenNames  = []string{"ADA", "BENEDICT", "CHRISTOPHER", "DEE", "EVANGELINE", "FLO", "GUS", "HENRIETTA"}
	familyNames = []string{"ABERNATHY", "BOX", "CARRUTHERS", "DE LA CRUZ", "EK", "FEATHERSTONEHAUGH", "GREY-WOLFE", "O BRIEN"}
	streets     = []string{"12 ELM ST", "4508 NORTH GRAND AVENUE", "PO BOX 17", "77 OLD COUNTY ROAD"}
	cities      = []string{"DOVER", "NEW HARMONY", "TWO RIVERS", "ST CLAIR"}
)

// fillRow fills a row with one invented person.
func fillRow(rng *rand.Rand, l *sources.Layout, i int, row []string) {
	for f, c := range l.Columns()[:len(row)] {
		if v := value(rng, c, i); c.Number == "" {
			row[f] = fit(v, c.Width)
		} else {
			row[f] = numeral(rng, v, &l.Records.Data.Fields[f])
		}
	}
}

// numeral is a number as it is read from the field: a value that is one, filled
// up with zeros, or an amount; now and then a negative one, or none.
func numeral(rng *rand.Rand, v string, f *sources.Field) string {
	digits := f.Room() - 2
	switch {
	case f.Decimals > 0 && rng.IntN(10) == 0:
		return ""
	case f.Decimals > 0:
		amount := rng.IntN(90000) - 30000
		unit := int(math.Pow10(f.Decimals))
		sign := ""
		if amount < 0 {
			sign, amount = "-", -amount
		}
		return fmt.Sprintf("%s%d.%0*d", sign, amount/unit, f.Decimals, amount%unit)
	}
	return strings.Repeat("0", max(0, digits-len(v))) + fit(v, digits)
}

// fit cuts a value to the column's width, as the Encoder would.
func fit(v string, width int) string {
	if width > 0 && len(v) > width {
		return v[:width]
	}
	return v
}

func value(rng *rand.Rand, c sources.Column, i int) string {
	pick := func(words []string) string { return words[rng.IntN(len(words))] }
	switch c.Name {
	case "record_id", "key", "subject_id", "account", "certificate", "case_id":
		return strconv.Itoa(100000 + i)
	case "ssn", "ein", "phone":
		return fmt.Sprintf("9%08d", rng.IntN(1e8)) // never issued as an SSN
	case "given", "middle":
		return pick(givenNames)
	case "family":
		return pick(familyNames)
	case "full_name":
		return pick(familyNames) + ", " + pick(givenNames)
	case "sent_name", "title":
		return pick(givenNames) + " " + pick(familyNames)
	case "address_1", "sent_address_1", "to_address_1", "employer_address_1":
		return pick(streets)
	case "city", "sent_city", "to_city", "employer_city":
		return pick(cities)
	case "state", "sent_state", "to_state":
		return "KS"
	case "zip", "sent_zip", "to_zip":
		return fmt.Sprintf("%05d", 10000+rng.IntN(89999))
	case "sex":
		return "M"
	case "balance":
		return fmt.Sprintf("%07d", rng.IntN(90000))
	}
	return date(rng, c.Form)
}

// date is a date in one of the forms that samples need; "" for other forms.
func date(rng *rand.Rand, form string) string {
	y, m, d := 1950+rng.IntN(50), 1+rng.IntN(12), 1+rng.IntN(28)
	switch form {
	case "CCYYMMDD":
		return fmt.Sprintf("%d%02d%02d", y, m, d)
	case "CCYY-MM-DD":
		return fmt.Sprintf("%d-%02d-%02d", y, m, d)
	case "MM/DD/CCYY":
		return fmt.Sprintf("%02d/%02d/%d", m, d, y)
	case "CCYYMM":
		return fmt.Sprintf("%d%02d", y, m)
	}
	return ""
}
