package matchers

import "locatematch/matchers/text"

// level compares the record with one value set of a subject and gives the comparison's level, 0 for no evidence. It
// depends on the two values alone (I4). Numbers and codes are compared first; bytes only where codes differ.
func (r *record) level(i int, row []uint32) uint8 {
	p := &r.comparisons[i]
	v := &r.fields[p.a]
	if p.id == kindAddress {
		return r.address(p, row)
	}
	if v.plan.numeric {
		if theirs := v.plan.number(row); v.num != 0 && theirs != 0 {
			return numberLevel(p, v.plan.kind, v.num, theirs)
		}
		return 0
	}
	code := row[v.plan.word]
	if v.code == 0 || code == 0 {
		return 0
	}
	switch p.id {
	case kindGiven:
		level := v.given(p, r.memos[i], code)
		if level == p.last && p.b >= 0 && r.byMiddle(p, row) {
			return givenMiddle
		}
		return level
	case kindFamily:
		return v.family(r.memos[i], code)
	case kindMiddle:
		return v.middle(r.memos[i], code)
	case kindName:
		return v.text(p, r.memos[i], code)
	case kindEmail:
		return v.email(code, row[v.plan.word+1])
	}
	if v.code == code {
		return 1
	}
	return p.last
}

// numberLevel compares two integers.
func numberLevel(p *comparisonPlan, kind text.Kind, a, b uint64) uint8 {
	if a == b {
		return 1
	}
	switch p.id {
	case kindDate:
		return dateLevel(a, b)
	case kindSSN:
		return ssnLevel(a, b)
	case kindPhone:
		if a%1e7 == b%1e7 {
			return 2
		}
	case kindDigits:
		return digitsLevel(p, kind, a, b)
	case kindNumber:
		return nearLevel(p, float64(max(a, b)-min(a, b))/1000)
	}
	return p.last
}

// nearLevel is the first threshold that the distance does not exceed.
func nearLevel(p *comparisonPlan, distance float64) uint8 {
	for i, t := range p.thresholds {
		if distance <= t {
			return uint8(i + 2)
		}
	}
	return p.last
}

func digitsLevel(p *comparisonPlan, kind text.Kind, a, b uint64) uint8 {
	digitsA, valueA := digitsOf(kind, a)
	digitsB, valueB := digitsOf(kind, b)
	if digitsA != digitsB {
		return p.last
	}
	return nearLevel(p, float64(text.DigitDistance(valueA, valueB, digitsA)))
}

// Levels of an SSN below exact.
const (
	ssnOneError = iota + 2
	ssnLastFour
	ssnDifferent
)

// ssnLevel compares two numbers that differ. Numbers of two types (SSN, ITIN, ATIN) may be one person's, and being near each other
// says nothing of either: no evidence.
func ssnLevel(a, b uint64) uint8 {
	switch {
	case text.NumberTypeOf(a) != text.NumberTypeOf(b):
		return 0
	case text.DigitDistance(a, b, 9) == 1:
		return ssnOneError
	case a%10000 == b%10000:
		return ssnLastFour
	}
	return ssnDifferent
}

// Levels of a date below exact.
const (
	dateExchanged = iota + 2
	dateOneDigit
	datePart
	dateYear
	dateDifferent
)

// dateLevel compares two dates yyyymmdd that differ; 00 stands for an unknown part. A value that is no date (month 13)
// takes part by its digits: 19741312 is 19741213 with day and month exchanged.
func dateLevel(a, b uint64) uint8 {
	yearA, monthA, dayA := a/10000, a/100%100, a%100
	yearB, monthB, dayB := b/10000, b/100%100, b%100
	known := monthA != 0 && monthB != 0 && dayA != 0 && dayB != 0
	switch {
	case known && yearA == yearB && monthA == dayB && dayA == monthB:
		return dateExchanged
	case known && yearA != 0 && yearB != 0 && text.DigitDistance(a, b, 8) == 1:
		return dateOneDigit
	case yearA == yearB && monthA == monthB && monthA != 0:
		return datePart
	case known && monthA == monthB && dayA == dayB:
		return datePart
	case yearA != 0 && yearB != 0 && max(yearA, yearB)-min(yearA, yearB) <= 1:
		return dateYear
	}
	return dateDifferent
}

// email compares mail addresses: equal, the same user at another provider, or different.
func (v *recordField) email(code, hint uint32) uint8 {
	switch {
	case v.code == code:
		return 1
	case hint == uint32(v.name.joined) && v.name.joined == v.column.names[code].joined:
		return 2
	}
	return 3
}

// text compares by Jaro-Winkler against the comparison's thresholds.
func (v *recordField) text(p *comparisonPlan, known *memo, code uint32) uint8 {
	if v.code == code {
		return 1
	}
	theirs := &v.column.names[code]
	lowest := p.thresholds[len(p.thresholds)-1]
	if v.bound(theirs) < lowest {
		return p.last
	}
	if level, ok := known.get(v.code, code); ok {
		return level
	}
	level := p.last
	similarity := v.jaroWinkler(code)
	for i, t := range p.thresholds {
		if similarity >= t {
			level = uint8(i + 2)
			break
		}
	}
	known.put(v.code, code, level)
	return level
}

// bound is at least the Jaro-Winkler similarity of the two values: most pairs of names leave here, after five nanoseconds.
func (v *recordField) bound(theirs *nameTraits) float64 {
	prefix := 4
	if v.name.letter != theirs.letter {
		prefix = 0
	}
	return text.JaroWinklerBound(v.name.sketch, theirs.sketch, int(v.name.size), int(theirs.size), prefix)
}

func (v *recordField) jaroWinkler(code uint32) float64 {
	if !v.needled {
		v.needle.Set(v.std)
		v.needled = true
	}
	return v.needle.JaroWinkler(v.column.value(code))
}
