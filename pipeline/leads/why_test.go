package leads

import "testing"

// A record is spoken of as an officer would: how sure, what agrees, what does not, and who lacks what.
func TestWhy(t *testing.T) {
	subject := Subject{ID: "S-1001", Name: "ROBERT PINTER"}
	link := func(accept bool, verdicts map[Part]Verdict) Link {
		l := Link{Sighting: &Sighting{Source: sourceEmployment}, Accept: accept, Margin: 10 << 16}
		for part, verdict := range verdicts {
			l.Agreement[part] = verdict
		}
		return l
	}
	names := map[Part]Verdict{PartGiven: Agree, PartFamily: Agree}
	for want, p := range map[string]*Pair{
		"A record from an employer is about Robert Pinter: SSN and name agree; birth date was not reported.": {
			Reached: true, Link: link(true, map[Part]Verdict{PartSSN: Agree, PartGiven: Agree, PartFamily: Agree})},
		"A record from an employer may be about Robert Pinter: name agrees; we have no SSN to compare; birth date was not reported; check first.": {
			Reached: true, Link: reporting(link(true, names), PartSSN)},
		"A record from an employer is not taken to be about Robert Pinter: the name differs; no SSN was reported; birth date was not reported; another person fits better.": {
			Link: link(false, map[Part]Verdict{PartGiven: Conflict, PartFamily: Conflict}), Further: []string{"another person fits better"}},
	} {
		if got := Why(subject, p); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func reporting(l Link, parts ...Part) Link {
	s := *l.Sighting
	for _, p := range parts {
		s.Reported = s.Reported.With(p)
	}
	l.Sighting = &s
	return l
}
