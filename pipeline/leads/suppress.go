package leads

import (
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
)

// Why a lead is not offered, as leads.parquet and the manifest have it.
const (
	SuppressedWrong    = "wrong person"
	SuppressedInvalid  = "invalid pair"
	SuppressedBad      = "known bad"
	SuppressedVerified = "already verified"
	SuppressedOld      = "too old"
	SuppressedSmall    = "too small"
	SuppressedDoubtful = "too doubtful"
	SuppressedMisspelt = "misspelt"
)

// suppress finds the first reason not to offer a lead. It stays in leads.parquet, says why, and goes to no queue.
func (a *Assessor) suppress(s *Subject, l *Lead, cases []agency.Case, all []Lead) {
	fact, known := a.known(s, l)
	hold := func(reason, words string) {
		l.Suppressed, l.StatusReason = reason, l.StatusReason+notOffered+words
	}
	switch {
	case a.wrong(s, l):
		hold(SuppressedWrong, "an officer judged that this is another person")
	case l.reports[0].link.Invalid: // the surest report stands first, and one under an invalid number last
		hold(SuppressedInvalid, "the number is known to be somebody else's")
	case known && fact.Known == agency.Bad && !l.happened().afterDay(max(fact.Since, fact.Until, 1)):
		hold(SuppressedBad, "the agency found it bad, and nothing newer was reported")
	case known && fact.Known == agency.Verified && fact.Until == 0 && !a.rehired(l, fact):
		hold(SuppressedVerified, "the agency has verified it already")
	case a.tooOld(l):
		hold(SuppressedOld, "it is older than policy lets a lead be")
	default:
		if rule, small := a.tooSmall(s, l, cases); small {
			reason := SuppressedSmall
			if rule.Doubts() {
				reason = SuppressedDoubtful
			}
			hold(reason, sentenceless(rule.Words))
			l.smallBy = rule
		} else if words := a.misspelt(s, l, all); words != "" {
			hold(SuppressedMisspelt, words)
		}
	}
}

// wrong reports that every record of a lead is of a source person whom an officer judged to be somebody else.
func (a *Assessor) wrong(s *Subject, l *Lead) bool {
	if a.Wrong == nil {
		return false
	}
	for _, r := range l.reports {
		if !a.Wrong(s.ID, r.link.Sighting.Person) {
			return false
		}
	}
	return true
}

// rehired reports a hiring after the day since which the agency has the employer verified: that is another job.
func (a *Assessor) rehired(l *Lead, f agency.Fact) bool {
	return l.Employer != nil && f.Since > 0 && l.Employer.HireDate.afterDay(f.Since)
}

// tooOld reports that every report has a date and each is beyond its greatest age.
func (a *Assessor) tooOld(l *Lead) bool {
	if l.Kind == KindConflict {
		return false
	}
	by := a.points(l)
	for _, p := range by {
		if !p.old {
			return false
		}
	}
	return len(by) > 0
}

// tooSmall asks policy, case by case: a lead is held back only where it is too small for every case.
func (a *Assessor) tooSmall(s *Subject, l *Lead, cases []agency.Case) (rule policy.Rule, small bool) {
	for _, c := range cases {
		if rule, small = a.Rules.Suppress(a.situation(s, l, c)); !small {
			return policy.Rule{}, false
		}
	}
	return rule, small
}

// TooSmallBy is the rule by which a lead that was assessed here is too small; the zero Rule of any other.
func (l *Lead) TooSmallBy() policy.Rule { return l.smallBy }
