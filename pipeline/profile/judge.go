package profile

import (
	"locatematch/matchers/text"
	"locatematch/sources"
)

// Judge says what values of one field are worth: the same judgement that a run makes. One goroutine owns it.
type Judge struct {
	Kind Kind

	kind     text.Kind
	standard bool
	form     text.DateForm
	nameForm text.NameForm
	unknown  bool // a date form that nothing reads: no judgement
	room     [text.AddressLimit]byte
}

// NewJudge makes the judge of one kind under a form as layouts write it.
func NewJudge(k Kind, form string) *Judge {
	j := &Judge{Kind: k}
	j.kind, j.standard = k.Text()
	if j.kind == text.Date {
		var known bool
		j.form, known = text.ParseDateForm(form)
		j.unknown = !known
	}
	if k == FullName {
		j.nameForm, _ = text.ParseNameForm(form)
	}
	return j
}

// judgeOf makes the judge of a layout's column.
func judgeOf(c sources.Column) *Judge { return NewJudge(KindOf(c), c.Form) }

// Value judges one value; num is the standard number of a numeric kind.
func (j *Judge) Value(raw []byte) (text.Validity, uint64) {
	if len(raw) == 0 {
		return text.Missing, 0
	}
	if j.unknown {
		return text.Valid, 0
	}
	if j.standard {
		_, num, v := text.Standardise(j.kind, j.form, j.room[:0], raw)
		return v, num
	}
	return j.other(raw), 0
}

// other judges what package text has no kind for.
func (j *Judge) other(raw []byte) text.Validity {
	switch j.Kind {
	case EIN:
		return digitsOf(raw, 9)
	case Zip4:
		return digitsOf(raw, 4)
	case Account:
		if _, _, v := text.Standardise(text.Digits, 0, nil, raw); v == text.Placeholder {
			return v
		}
	case FullName:
		return j.name(raw)
	}
	return text.Valid
}

// digitsOf accepts so many digits, hyphens aside, and calls their placeholders by name.
func digitsOf(raw []byte, want uint64) text.Validity {
	_, num, v := text.Standardise(text.Digits, 0, nil, raw)
	if v == text.Valid && num>>57 != want { // Digits carry their count above bit 57
		return text.Invalid
	}
	return v
}

// name accepts a line in which there is a family name.
func (j *Judge) name(raw []byte) text.Validity {
	_, _, family, _ := text.SplitName(j.nameForm, raw)
	_, _, v := text.Standardise(text.Family, 0, j.room[:0], family)
	if v == text.Missing {
		return text.Invalid
	}
	return v
}
