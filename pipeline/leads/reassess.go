package leads

import (
	"math"
	"slices"
	"strings"

	"locatematch/matchers/text"
	"locatematch/pipeline/leads/agency"
)

// Record is what is known of a record behind a published lead beside its evidence.
type Record struct {
	Agreement Agreement // as its pattern says
	Accept    bool
	Margin    int32 // 2^-16 bit
}

// judgedWrong stands for the source person of a lead that was held back as another person's.
const judgedWrong = "judged wrong"

// Restore gives a published lead back the records behind it, as far as assessment asks of them: source, dates, agreement and rung.
// Evidence of sources that are not lawful is left out, and the best of what is left says how sure the person is; false where nothing
// is left. The sentence of the lead stays: what the records say beyond this was not published. Whether a record stands under a number
// that the agency knows to be somebody else's is read from what was said of the lead; that cannot be told where one source reported
// the fact under such a number and under another, and the first was none of the agency's for the person either.
func Restore(l Lead, lawful func(source string) bool, of func(*Evidence) Record) (Lead, bool) {
	invalid := slices.Contains(l.IdentityReasons, numberInvalid) // of the best, and those stand last
	all := l.Evidence
	l.reports, l.Evidence, l.Sources = nil, nil, nil
	for i := range all {
		e := &all[i]
		if !lawful(e.Source) {
			continue
		}
		l.Evidence, l.Sources = append(l.Evidence, *e), append(l.Sources, e.Source)
		l.reports = append(l.reports, l.restored(e, of(e), invalid || !l.counted(e.Source)))
	}
	slices.Sort(l.Sources)
	l.Sources = slices.Compact(l.Sources)
	if len(l.reports) == 0 {
		return l, false
	}
	best := l.reports[0]
	if len(l.Evidence) < len(all) && all[0].Source != l.Evidence[0].Source {
		l.Identity, l.IdentityReasons = climb(best.link), reasons(best.link)
		l.IdentityWeight, l.Margin = l.Evidence[0].Weight, bits(best.link.Margin)
		l.IdentityProbability = 1 / (1 + math.Exp2(-l.IdentityWeight))
	}
	l.Conflicts = best.link.against()
	return l, true
}

// counted reports that a source is among the reasons of a published standing. One that is not has reported the fact under a number
// that the agency knows to be somebody else's, and under no other.
func (l *Lead) counted(source string) bool {
	return l.Kind == KindConflict || len(l.StandingReasons) == 0 ||
		slices.ContainsFunc(l.StandingReasons, func(r string) bool { return strings.HasPrefix(r, sourceName(source)+" reported it") })
}

// restored is one record. A number that the agency knows to be somebody else's counts against the person, whatever the pattern says:
// then it is missing among what confirms him.
func (l *Lead) restored(e *Evidence, r Record, invalid bool) reported {
	a := r.Agreement
	said := numberIn(e.Confirms)
	invalid = invalid || a[PartSSN] == Agree && list(a.agreeing(said)) != e.Confirms
	if invalid {
		a[PartSSN] = Conflict
	}
	s := &Sighting{Extract: e.Extract, Source: e.Source, RecordID: e.RecordID, File: e.File, Line: e.Line, Received: e.Received.Integer(), Reported: said}
	if l.Suppressed == SuppressedWrong {
		s.Person = judgedWrong
	}
	link := &Link{Sighting: s, Agreement: a, Weight: int32(e.Weight * (1 << 16)), Accept: r.Accept, Margin: r.Margin, Invalid: invalid}
	if e.Held != "" {
		link.Dispute = &Dispute{}
	}
	return reported{link: link, fact: &fact{kind: l.Kind, key: l.PlaceKey(), event: e.EventDate, answer: dayOfAnswer(l.Kind, e.Source)}, rung: rungs[climb(link)]}
}

// numberIn reads what type of number agreed, by what was said of it.
func numberIn(confirms string) Parts {
	for _, t := range []text.NumberType{text.Taxpayer, text.Adoption} {
		if said := Parts(0).WithNumber(t); strings.Contains(confirms, said.number()) {
			return said
		}
	}
	return 0
}

// Reassess holds restored leads of one subject against rules that may be others than those they were published under, by the very
// steps of Assess. What rests on the records alone stays as it was published: which cautions a lead has (their words are the
// rules'), and what was withheld for a protected person's sake. Beside the leads comes the person's liability, where there is one.
func (a *Assessor) Reassess(s *Subject, restored []Lead) []Lead {
	if len(restored) == 0 {
		return nil
	}
	again := *a
	again.Wrong = func(_, person string) bool { return person == judgedWrong }
	cases := a.Known.CasesOf(s.ID)
	var shared []string
	for i := range restored {
		l := &restored[i]
		codes := codesOf(l)
		shared = ofPersonAlone(codes)
		said := l.unsay()
		again.stand(s, l, restored)
		for _, code := range l.stillFound(codes) {
			l.Cautions = append(l.Cautions, again.words(code))
		}
		l.DisclosureClass = disclosureClass(l)
		again.suppress(s, l, cases, restored)
		again.may(s, l, cases)
		l.StatusReason = said.with(l.StatusReason)
	}
	liability := again.liability(s, restored, func([]agency.Case) []string { return shared })
	if liability != nil {
		restored = append(restored, *liability)
	}
	return restored
}

// stillFound is what cautions a lead has by the evidence that is left. Those of the person, and of what only its records say, stay.
func (l *Lead) stillFound(codes []string) (left []string) {
	found := map[string]bool{
		CautionPostalOnly: l.Address != nil && postalOnly(l),
		CautionNumber:     l.reports[0].link.Agreement[PartSSN] == Conflict,
	}
	for code, holds := range found {
		if holds {
			left = append(left, code)
		}
	}
	for _, code := range codes {
		if _, again := found[code]; !again {
			left = append(left, code)
		}
	}
	slices.Sort(left)
	return left
}

// statusWords are the words of a status as they were published, taken apart.
type statusWords struct {
	final string // an officer's judgement put these in the place of all others
	tail  string // or these behind them
}

// How the words begin that suppression puts behind a status, and those of package judgement behind it or in its place.
const (
	notOffered  = "; not offered: "
	foundOld    = "; an officer had found it out of date on "
	officerSaid = "an officer "
)

// unsay takes from a lead what assessment said of it.
func (l *Lead) unsay() (said statusWords) {
	words := l.StatusReason
	if strings.HasPrefix(words, officerSaid) {
		said.final = words
	}
	if before, after, found := strings.Cut(words, foundOld); found {
		words, said.tail = before, foundOld+after
	}
	l.StatusReason, _, _ = strings.Cut(words, notOffered)
	l.Standing, l.StandingReasons, l.Cautions, l.MayDo, l.Suppressed = "", nil, nil, nil, ""
	return said
}

func (w statusWords) with(words string) string {
	if w.final != "" {
		return w.final
	}
	return words + w.tail
}

// personalCodes are the codes of cautions that every lead of a person carries.
var personalCodes = []string{CautionDeceased, CautionIncarcerated, CautionMilitary, CautionMinor, CautionViolence, CautionBankruptcy,
	CautionOtherState, CautionLanguage}

func ofPersonAlone(codes []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return !slices.Contains(personalCodes, code) })
}

// SameAssessment reports that two assessments of a lead say the same: standing, cautions, what may be done, and whether it is offered.
func SameAssessment(a, b *Lead) bool {
	return a.Identity == b.Identity && a.Standing == b.Standing && a.Suppressed == b.Suppressed && a.StatusReason == b.StatusReason &&
		slices.Equal(a.StandingReasons, b.StandingReasons) && slices.Equal(a.Conflicts, b.Conflicts) && slices.Equal(a.Sources, b.Sources) &&
		slices.Equal(a.Cautions, b.Cautions) && slices.EqualFunc(a.MayDo, b.MayDo, sameMay)
}

func sameMay(a, b MayDo) bool {
	return a.CaseID == b.CaseID && a.Step == b.Step && a.Words == b.Words && a.Reason == b.Reason && a.Rule == b.Rule &&
		a.Citation == b.Citation && a.CheckedOn == b.CheckedOn && slices.Equal(a.HeldBy, b.HeldBy)
}
