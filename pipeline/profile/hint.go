package profile

import (
	"fmt"
	"strings"

	"locatematch/matchers/text"
	"locatematch/sources"
	"locatematch/sources/person"
)

// Hint points at a field that looks as if something were wrong with its place or form, and says what to try.
type Hint struct {
	Field string `json:"field"`
	Words string `json:"words"`
}

const (
	hintRows  = 20_000 // rows looked at for hints
	leastRows = 5      // filled rows without which nothing is said
	mostlyBad = 0.6    // a field is suspect below this share of valid values
	mostly    = 0.9    // and something else explains it from this share on
)

// suspect is one explanation of a field's invalid values: read from another column, or under another date form, they are valid.
type suspect struct {
	field, column int
	judge         *Judge
	words         string
	filled, valid int64
	broken, moved int64 // rows in which the field's own value is invalid, and those of them in which this column's is a value of the field's
	beside        int64 // of the broken, those in which this column has any value
}

// neighbours asks of each field that has a sharp kind whether its values stand in the column beside it, and of each date whether
// another form reads it.
type neighbours struct {
	names    []string
	suspects []suspect // of each field the first is the field itself
	n        int64
}

// sharp kinds are those that hardly any other value passes for.
func sharp(k Kind) bool {
	switch k {
	case word(text.SSN), word(text.Date), word(text.State), word(text.Zip), word(text.Phone), word(text.Email), word(text.Sex):
		return true
	}
	return false
}

func newNeighbours(l *sources.Layout) *neighbours {
	n := &neighbours{}
	columns := l.Columns()
	own := len(l.Records.Data.Fields)
	for i, c := range columns {
		n.names = append(n.names, c.Key())
		if i >= own || !sharp(KindOf(c)) {
			continue
		}
		n.suspects = append(n.suspects, suspect{field: i, column: i, judge: judgeOf(c)})
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < own && KindOf(columns[j]) != KindOf(c) {
				n.suspects = append(n.suspects, suspect{field: i, column: j, judge: judgeOf(c), words: fmt.Sprintf(
					"its values stand in %s, the field beside it: the fields from here on look shifted by one", columns[j].Key())})
			}
		}
		n.forms(i, c)
	}
	return n
}

// forms adds the other forms of a full date.
func (n *neighbours) forms(i int, c sources.Column) {
	if KindOf(c) != word(text.Date) {
		return
	}
	for _, form := range []string{"CCYYMMDD", "MMDDCCYY", "DDMMCCYY", "CCYYMM"} {
		mine, _ := text.ParseDateForm(c.Form)
		if other, _ := text.ParseDateForm(form); other != mine {
			n.suspects = append(n.suspects, suspect{field: i, column: i, judge: NewJudge(word(text.Date), form),
				words: fmt.Sprintf("under the form %s its values are valid: write form: %s", form, form)})
		}
	}
}

func (n *neighbours) row(rows *person.Rows, r int) {
	if n.n++; n.n > hintRows {
		return
	}
	broken := false
	for i := range n.suspects {
		s := &n.suspects[i]
		raw, valid := rows.Value(r, s.column), false
		if len(raw) > 0 {
			s.filled++
			if v, _ := s.judge.Value(raw); v != text.Invalid {
				s.valid++
				valid = true
			}
		}
		switch {
		case s.words == "":
			broken = len(raw) > 0 && !valid
		case broken && s.column != s.field:
			s.broken++
			if len(raw) > 0 {
				s.beside++
			}
			if valid {
				s.moved++
			}
		}
	}
}

// someRows says of a column beside a field that in some rows the field's values stand there.
func (n *neighbours) someRows(s *suspect) (words string, found bool) {
	rows := min(n.n, hintRows)
	if s.moved < leastRows || s.moved*100 < rows || s.moved*2 < s.broken || float64(s.moved) < mostly*float64(s.beside) {
		return "", false
	}
	return fmt.Sprintf("in %s of the rows its values stand in %s, the field beside it: from here on those rows look shifted by one; is a value left out, or a delimiter one too many?",
		percent(s.moved, rows), n.names[s.column]), true
}

// hints are the explanations that hold, the first of each field, but for fields about which something has been said already.
func (n *neighbours) hints(before []Hint) (list []Hint) {
	said := map[string]bool{}
	for _, h := range before {
		said[h.Field] = true
	}
	var self suspect
	for _, s := range n.suspects {
		if s.words == "" {
			self = s
			continue
		}
		bad := self.filled >= leastRows && float64(self.valid) < mostlyBad*float64(self.filled)
		explains := s.filled*2 >= self.filled && float64(s.valid) >= mostly*float64(s.filled)
		if name := n.names[s.field]; bad && explains && !said[name] {
			said[name] = true
			list = append(list, Hint{name, s.words})
		} else if words, some := n.someRows(&s); some && !said[name] {
			said[name] = true
			list = append(list, Hint{name, words})
		}
	}
	return list
}

// fieldHints says what the counts alone tell, of fields about which nothing has been said.
func fieldHints(p *Profile) (list []Hint) {
	said := map[string]bool{}
	for _, h := range p.Hints {
		said[h.Field] = true
	}
	if p.Rows < leastRows {
		return nil
	}
	var empty []string
	for _, f := range p.Fields {
		judged := f.Filled - f.Placeholder
		switch {
		case said[f.Name]:
		case f.Filled == 0:
			empty = append(empty, f.Name)
		case judged >= leastRows && float64(f.Valid) < mostlyBad*float64(judged):
			list = append(list, Hint{f.Name, fmt.Sprintf("%s of its values are no %s: compare its patterns with the supplier's description", percent(f.Invalid, f.Filled), f.Kind)})
		case f.Filled >= 10*leastRows && float64(f.Placeholder) > mostly*float64(f.Filled):
			list = append(list, Hint{f.Name, "nearly all its values are placeholders: it is worth nothing as evidence"})
		case f.Kind == word(text.SSN) && f.Filled >= 20 && f.Distinct*10 < f.Filled:
			list = append(list, Hint{f.Name, fmt.Sprintf("only %d different numbers in %d rows: this is hardly the number of a person", f.Distinct, f.Filled)})
		}
	}
	if len(empty) > 0 {
		list = append(list, Hint{strings.Join(empty, ", "), "no row fills this: is the supplier silent about it, or does it stand elsewhere?"})
	}
	return list
}

func percent(part, whole int64) string {
	if whole == 0 {
		return "0 %"
	}
	x := 100 * float64(part) / float64(whole)
	switch {
	case part > 0 && x < 1:
		return "under 1 %"
	case part < whole && x > 99:
		return "over 99 %"
	}
	return fmt.Sprintf("%.0f %%", x)
}
