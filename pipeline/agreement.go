package pipeline

import (
	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/pipeline/leads"
)

// verdicts says, for one comparison of the spec, which part of identity it speaks of and what each of its levels means.
type verdicts struct {
	part    leads.Part
	crossed bool // given and family exchanged: speaks of both
	byLevel [16]leads.Verdict
}

// partOf maps a comparison's name to the part of identity that an officer is told about.
var partOf = map[string]leads.Part{
	"key": leads.PartKey, "ssn": leads.PartSSN, "given": leads.PartGiven, "family": leads.PartFamily,
	"middle": leads.PartMiddle, "suffix": leads.PartSuffix, "born": leads.PartBorn, "sex": leads.PartSex,
	"address": leads.PartAddress, "phone": leads.PartPhone, "email": leads.PartEmail,
}

// meanings says, for every level of the built-in comparisons, what an officer would say of it. A level that stands here under
// no name speaks of an agency's own field, of which officers are told nothing.
var meanings = map[string]leads.Verdict{
	"exact": leads.Agree, "same": leads.Agree, "nickname": leads.Agree, "truncated": leads.Agree, "both exact": leads.Agree,
	"same door": leads.Agree, "same building": leads.Agree, "same street and number": leads.Agree,

	"initial": leads.Near, "initial agrees": leads.Near, "part": leads.Near, "near": leads.Near, "close": leads.Near,
	"sound": leads.Near, "one exact, one near": leads.Near, "one error": leads.Near, "last four": leads.Near,
	"day and month exchanged": leads.Near, "one digit": leads.Near, "month or day of year": leads.Near,
	"middle name": leads.Near, "last seven": leads.Near, "same user": leads.Near, "same street and ZIP": leads.Near, "same ZIP": leads.Near,
	"same ZIP+4": leads.Near,

	"same ZIP area":            leads.NoEvidence, // worth a bit, but nobody would call it the same address
	"one in the other's place": leads.NoEvidence, // perhaps a mere surname in the wrong column, and the household's
	"year within one":          leads.Conflict,   // rarer among matches than among strangers
	"different":                leads.Conflict,
}

// verdictTable reads the levels of every comparison of a spec as verdicts.
func verdictTable(spec *matchers.Spec, model *matchers.Model) []verdicts {
	table := make([]verdicts, len(spec.Comparisons))
	for c, comparison := range spec.Comparisons {
		v := &table[c]
		v.part, v.crossed = leads.PartOther, comparison.Kind == "crossed_names"
		if part, ok := partOf[comparison.Name]; ok {
			v.part = part
		}
		for i, level := range model.Comparisons[c].Levels {
			v.byLevel[i+1] = meanings[level.Name]
		}
	}
	return table
}

// agreement reads a pattern: the best verdict on each part. Names that agree crossed over agree, with a slip.
func agreement(table []verdicts, p matchers.Pattern) leads.Agreement {
	var a leads.Agreement
	for c := range table {
		v := table[c].byLevel[p.Level(c)]
		if table[c].crossed {
			if v == leads.Agree {
				a[leads.PartGiven], a[leads.PartFamily] = leads.Near, leads.Near
			}
			continue
		}
		a[table[c].part] = max(a[table[c].part], v)
	}
	return a
}

// reported says which parts of identity a record has a valid value for.
func reported(spec *matchers.Spec, values []matchers.Value) (parts leads.Parts) {
	for f, v := range values {
		if part, ok := partOf[spec.Fields[f].Name]; ok && v.Validity == text.Valid {
			parts = parts.With(part)
			if spec.Fields[f].Kind == text.SSN {
				parts = parts.WithNumber(text.NumberTypeOf(v.Num))
			}
		}
	}
	return parts
}
