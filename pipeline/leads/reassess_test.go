package leads

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
)

// What was published, restored and held against the same rules, is what was published: nothing that assessment asks of a record
// is lost with it.
func TestLaw_ReassessingUnderTheSameRulesChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject, links := anySubject(t), anyLinks.Draw(t, "links")
		records := map[string]Record{}
		wrong := rapid.SampledFrom([]string{"", "employment", "postal"}).Draw(t, "source of invalid numbers") // in all its records
		for i := range links {
			l := &links[i]
			l.Pattern = uint64(i) // of two records with one pattern, both agree in the same parts
			records[fmt.Sprintf("%016x", i)] = Record{l.Agreement, l.Accept, l.Margin}
			if l.Sighting.Source == wrong || l.Agreement[PartSSN] == Agree && rapid.IntRange(0, 3).Draw(t, "known invalid") == 0 {
				l.Invalid, l.Held, l.Agreement[PartSSN] = true, l.Agreement.NumberUnderAnotherName(), Conflict
			}
		}
		a := anyAssessor(t, subject.ID)
		a.Wrong = func(string, string) bool { return false }
		if rapid.IntRange(0, 4).Draw(t, "wrong") == 0 {
			a.Wrong = func(string, string) bool { return true }
		}
		published := a.Assess(&subject, Consolidate(subject, links, nil, tonight))
		if l := a.Liability(&subject, published); l != nil {
			published = append(published, *l)
		}
		if len(published) == 0 {
			return
		}
		before := asJSON(t, published)
		var restored []Lead
		for _, l := range published {
			if again, ok := Restore(l.Alone(), anySource, func(e *Evidence) Record { return records[e.Pattern] }); ok {
				restored = append(restored, again)
			}
		}
		if after := asJSON(t, a.Reassess(&subject, restored)); after != before {
			t.Fatalf("published %s\nagain     %s", before, after)
		}
	})
}

func anySource(string) bool { return true }

// Without a source that is no longer lawful, a lead stands on what is left: its best record says how sure the person is. With
// none left there is no lead.
func TestRestore_LeavesOutWhatIsNotLawful(t *testing.T) {
	strong, likely := Record{Accept: true, Margin: 9 << 16}, Record{Accept: true, Margin: 9 << 16}
	strong.Agreement[PartSSN] = Agree
	for _, p := range []Part{PartGiven, PartFamily, PartBorn, PartAddress} {
		strong.Agreement[p], likely.Agreement[p] = Agree, Agree
	}
	l := Lead{Kind: KindAddress, Identity: Strong, Sources: []string{"employment", "postal"}, Evidence: []Evidence{
		{Source: "employment", Extract: "w4", Confirms: list(strong.Agreement.agreeing(0)), Weight: 30}, {Source: "postal", Extract: "ncoa", Confirms: list(likely.Agreement.agreeing(0)), Weight: 20}}}
	of := func(e *Evidence) Record {
		if e.Extract == "w4" {
			return strong
		}
		return likely
	}
	got, ok := Restore(l, func(source string) bool { return source != "employment" }, of)
	if !ok || got.Identity != Likely || !slices.Equal(got.Sources, []string{"postal"}) || len(got.Evidence) != 1 || got.IdentityWeight != 20 {
		t.Errorf("%+v", got)
	}
	if _, ok := Restore(l, func(string) bool { return false }, of); ok {
		t.Error("a lead on nothing")
	}
	if got, _ := Restore(l, anySource, of); got.Identity != Strong || len(got.Evidence) != 2 {
		t.Errorf("%+v", got)
	}
}

// A lead that another policy finds too small names the rule, and takes the words of the old one back.
func TestReassess_NamesTheRule(t *testing.T) {
	a := Assessor{AsOf: tonight, Rules: small{policy.BuiltIn()}}
	l := Lead{Kind: KindAccount, Account: &Account{}, StatusReason: "not reported before; not offered: it is older than policy lets a lead be; an officer had found it out of date on November 1, 2026",
		Suppressed: SuppressedOld, Sources: []string{"financial"}, Evidence: []Evidence{{Source: "financial"}}, SubjectID: "S-1"}
	a.Known = anyCase("S-1")
	restored, _ := Restore(l, anySource, func(*Evidence) Record { return Record{} })
	got := a.Reassess(&Subject{ID: "S-1"}, []Lead{restored})[0]
	want := "not reported before; not offered: the account is too small; an officer had found it out of date on November 1, 2026"
	if got.Suppressed != SuppressedSmall || got.TooSmallBy().ID != "suppress.test" || got.StatusReason != want {
		t.Errorf("%s by %+v: %s", got.Suppressed, got.TooSmallBy(), got.StatusReason)
	}
}

type small struct{ *policy.Policy }

func (small) Suppress(policy.Situation) (policy.Rule, bool) {
	return policy.Rule{ID: "suppress.test", Words: "The account is too small."}, true
}

func anyCase(subject string) *agency.Knowledge {
	return &agency.Knowledge{Cases: map[string][]agency.Case{subject: {{ID: "C1", Subject: subject, Participant: agency.Noncustodial}}}}
}
