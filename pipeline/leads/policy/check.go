package policy

import (
	"errors"
	"fmt"
	"slices"
)

// check holds a rule against what its group needs, and against what no layer may take away. All faults come together.
func (r *rule) check() (faults []error) {
	add := func(wrong bool, format string, args ...any) {
		if wrong {
			faults = append(faults, fmt.Errorf(format, args...))
		}
	}
	add(r.words == "", "words: say in plain words what the rule means")
	add(r.citation == "", "citation: name what it rests on, if only the agency's own choice")
	if err := r.reviewed(); err != nil {
		faults = append(faults, err)
	}
	for _, said := range [][2]string{{"words", r.words}, {"obliges", r.obliges}, {"you_may", r.youMay}} {
		_, unknown := r.quoted(said[1])
		add(unknown != "", "%s: {%s} is no number of this rule", said[0], unknown)
	}
	checkGroup[r.group](r, add)
	for _, f := range floors {
		if f.group == r.group && f.broken(r) {
			faults = append(faults, errors.New(f.words))
		}
	}
	return faults
}

// checkGroup says what a rule of each group needs.
var checkGroup = map[string]func(r *rule, add func(wrong bool, format string, args ...any)){
	"purpose": func(r *rule, add func(bool, string, ...any)) {
		add(r.decide == "", "decide: say allow or deny")
	},
	"may_do": func(r *rule, add func(bool, string, ...any)) {
		add(count(r.allows != "", r.holds != "", r.sends != "") != 1, "say one of allows, holds and sends")
		add(r.sends == "" && len(r.when) > 0, "when: goes with sends; a rule that allows or holds has needs and unless")
		add(r.sends != "" && len(r.needs)+len(r.unless)+len(r.atLeast)+len(r.notBelow) > 0, "sends: goes with when; it has no other conditions")
		add(r.sends != "" && len(r.when)+len(r.kinds) == 0, "sends: say when, or of which kinds")
		add(r.holds != "" && len(r.needs)+len(r.unless)+len(r.atLeast)+len(r.notBelow) == 0, "holds: say needs, unless, at_least or not_below")
		add(r.youMay != "" && r.allows == "", "you_may: goes with allows")
	},
	"clocks": func(r *rule, add func(bool, string, ...any)) {
		add(r.from == "", "from: say received, entered, event or locate_since")
		add(count(r.days > 0, r.businessDays > 0, r.months > 0) != 1, "say one of days, business_days and months")
		add(r.repeats && r.businessDays > 0, "repeats: a clock of business days does not repeat")
	},
	"cautions": func(r *rule, add func(bool, string, ...any)) {
		add(r.obliges == "", "obliges: say what an officer has to do because of it")
	},
	"freshness": func(r *rule, add func(bool, string, ...any)) {
		add(r.halfLife == 0, "half_life: say in how many days a report loses half its weight")
		add(r.greatestAge == 0, "greatest_age: say after how many days it is no lead")
	},
	"suppress": func(r *rule, add func(bool, string, ...any)) {
		add(len(r.below)+len(r.when) == 0, "say below or when: a rule without either would suppress all")
	},
	"news": func(r *rule, add func(bool, string, ...any)) {
		add(r.id != newsBalance, "there is %s", newsBalance)
		add(r.share == 0, "share: say how many of a hundred a balance has to change by")
	},
	"retention": func(r *rule, add func(bool, string, ...any)) {
		add(len(r.sources) == 0, "sources: name the sources whose data it is about")
		add(r.days == 0, "days: say for how long")
	},
	"queue": func(r *rule, add func(bool, string, ...any)) {
		if r.id == queueSpecialist {
			add(r.officer == "", "officer: say who, or specialist for a queue of each office's own")
			add(r.limit != 0, "limit: of what one officer gets a night, %s states it", queuePerOfficer)
			return
		}
		add(!slices.Contains([]string{queuePerOfficer, queueAlerts}, r.id), "there is %s, %s and %s", queuePerOfficer, queueAlerts, queueSpecialist)
		add(r.limit == 0, "limit: say how many")
		add(r.officer != "", "officer: goes with %s", queueSpecialist)
		add(r.off, "off: a night without a limit is no queue; set a high one")
	},
}

func count(all ...bool) (n int) {
	for _, b := range all {
		if b {
			n++
		}
	}
	return n
}
