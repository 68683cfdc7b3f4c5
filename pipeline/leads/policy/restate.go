package policy

import (
	"errors"
	"slices"
)

// restate makes a rule the layer's own, as far as the layer changed it. Whoever changes what a rule does says why in words of
// his own and names what he rests on: the words and the citation of another layer were written for another rule. A review of
// it was made of another rule too. Naming who has checked a rule changes nothing else.
func (r *rule) restate(given []string, old *rule, layer string) error {
	r.period(given)
	content := slices.DeleteFunc(slices.Clone(given), func(k string) bool { return k == "id" || k == "checked_by" || k == "checked_on" })
	if old != nil && len(content) == 0 {
		return nil
	}
	r.layer = layer
	if !slices.Contains(given, "checked_by") {
		r.checkedBy, r.checkedOn = "", ""
	}
	switched := !slices.ContainsFunc(content, func(k string) bool { return k != "off" && k != "words" && k != "citation" })
	wordless, uncited := !slices.Contains(given, "words"), !slices.Contains(given, "citation")
	switch {
	case old == nil && (wordless || uncited):
		return errors.New(r.id + ": a new rule needs words and a citation")
	case old == nil:
	case switched && r.off && wordless:
		return errors.New(r.id + ": who switches a rule off gives the reason in words")
	case !switched && (wordless || uncited):
		return errors.New(r.id + ": who changes what a rule does gives words and a citation for it")
	}
	return nil
}

// period lets a layer put days in the place of business days: the last one said counts, and two at once are found by check.
func (r *rule) period(given []string) {
	if !slices.ContainsFunc(given, func(k string) bool { return k == "days" || k == "business_days" || k == "months" }) {
		return
	}
	for name, field := range map[string]*int{"days": &r.days, "business_days": &r.businessDays, "months": &r.months} {
		if !slices.Contains(given, name) {
			*field = 0
		}
	}
}

// reviewed holds that a review has both a person and a day.
func (r *rule) reviewed() error {
	if (r.checkedBy == "") != (r.checkedOn == "") {
		return errors.New("checked_by and checked_on go together")
	}
	return nil
}
