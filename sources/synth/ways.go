package synth

import (
	"slices"

	"locatematch/sources"
)

// way is how the files of some layouts are filled: those of a source that have a field which tells.
type way struct {
	source, tells string
	kind          extract
	plan          func(*family, []planned) []planned
	fill          func() filler
}

// ways are tried in turn; a layout whose fields tell nothing is filled with what any source may have of a person.
var ways = []way{
	{"employment", "locate_source", employment, (*family).planAll, one(directoryAnswer)},
	{"employment", "benefit", employment, (*family).planAll, one(unemploymentClaim)},
	{"employment", "wage", employment, (*family).planAll, one(quarterlyWage)},
	{"employment", "ein", employment, (*family).planAll, one(directoryHire)},
	{"postal", "reply", postal, noOrdersOfOthers, func() filler { return postmasters{} }},
	{"postal", "return_code", postal, (*family).planAll, func() filler { return deliverable{} }},
	{"military", "duty_status", military, (*family).planAll, one(defense)},
	{"military", "ssn_verified", military, (*family).planAll, one(coverage)},
	{"military", "active_duty", military, (*family).planAll, func() filler { return militaryFile{} }},
	{"military", "key", military, ourAsking, one(asking)},
	{"financial", "pass_back", military, ourAsking, one(asking)}, // and no account: see wayOf
	{"financial", "", financial, (*family).planAll, func() filler { return accounts{&financialFile{}} }},
	{"other", "payment_status", benefits, (*family).planAll, one(benefit)},
	{"other", "incarcerated", prisons, (*family).planAll, one(prisoner)},
	{"other", "free_address", locates, (*family).planAll, one(locateAnswer)},
	{"other", "death_date", deaths, (*family).planAll, one(deathReport)},
}

// one makes fillers that tell of people one by one.
func one(write func(*record, *about)) func() filler {
	return func() filler { return people{write} }
}

// wayOf chooses by the layout's source and fields, so that an agency's own layout is written as well.
func wayOf(l *sources.Layout) way {
	has := func(name string) bool {
		return slices.ContainsFunc(l.Records.Data.Fields, func(f sources.Field) bool { return f.Name == name })
	}
	for _, w := range ways {
		switch {
		case w.source != l.Source, w.tells != "" && !has(w.tells):
		case w.tells == "pass_back" && has("account"):
		default:
			return w
		}
	}
	return way{l.Source, "", meetings, (*family).planAll, one(anybody)}
}
