package leads

import (
	"cmp"
	"slices"
	"strconv"

	"locatematch/pipeline/leads/agency"
)

// Standing says whether a fact is current, in an officer's words. Whether the record is the person is another question
// (Identity).
type Standing string

// The standings, the surest first.
const (
	Current       Standing = "current"
	LikelyCurrent Standing = "likely current"
	NotKnown      Standing = "not known"
	Ended         Standing = "past"
	Contradicted  Standing = "contradicted"
)

// Points of one independent source by the age of its report in half-lives (Rules.Freshness): 4 to a half, 3 to one, 2 to two,
// 1 beyond. A report without a date, or known to the year alone, has 1; one beyond the greatest age has none. Several extracts of
// one source count once, by the best of them: they have one origin.
const (
	pointsCurrent = 6 // two sources, one of them recent
	pointsLikely  = 3
	pointsRecent  = 4 // and so is one source that knows by itself
)

// knowsItself are the sources that a single recent report of is enough: an employer knows whom it hired, a bank whose account it
// keeps, the Defense Department who serves. Nobody but the person knows where the person lives.
var knowsItself = map[Kind]string{
	KindEmployer: sourceEmployment, KindIncome: sourceEmployment, KindAccount: sourceFinancial, KindMilitary: sourceMilitary,
}

// stand says of one lead whether its fact is current and why, from the points of its sources, from what ended it, from what
// contradicts it, and from what the agency knows.
func (a *Assessor) stand(s *Subject, l *Lead, all []Lead) {
	if l.Kind == KindConflict {
		l.Standing, l.StandingReasons = NotKnown, []string{"it is not known whose record it is"}
		return
	}
	by := a.points(l)
	sum, best := 0, 0
	for _, p := range by {
		sum, best = sum+p.points, max(best, p.points)
		l.StandingReasons = append(l.StandingReasons, p.words(l.Kind, DayOf(a.AsOf)))
	}
	if len(by) > 1 {
		l.StandingReasons = append(l.StandingReasons, strconv.Itoa(len(by))+" independent sources agree")
	}
	fact, known := a.known(s, l)
	if known {
		sum += a.knownPoints(l, fact)
	}
	switch {
	case sum >= pointsCurrent && !postalOnly(l), best >= pointsRecent && slices.Contains(l.Sources, knowsItself[l.Kind]):
		l.Standing = Current
	case sum >= pointsLikely:
		l.Standing = LikelyCurrent
	case sum > 0:
		l.Standing = NotKnown
	default:
		l.Standing = Ended
	}
	a.end(l, fact)
	a.contradict(s, l, all)
	a.hiredLater(s, l, all)
}

// knownPoints adds what the agency's own knowledge is worth: a fact that it verified and that has not ended.
func (a *Assessor) knownPoints(l *Lead, f agency.Fact) int {
	switch {
	case f.Known == agency.Verified && f.Until == 0:
		l.StandingReasons = append(l.StandingReasons, "the agency verified it"+onDay(f.Since, a.AsOf))
		return pointsLikely
	case f.Known == agency.Sent:
		l.StandingReasons = append(l.StandingReasons, "the agency has asked about it and waits for the answer")
	}
	return 0
}

// sourcePoints is what one independent source says of when.
type sourcePoints struct {
	source string
	points int
	event  *PartialDate
	old    bool // beyond the greatest age
}

// points gives each independent source its best report, by source.
func (a *Assessor) points(l *Lead) (by []sourcePoints) {
	for _, r := range l.reports {
		if r.link.Invalid {
			continue
		}
		p := a.pointsOf(l.Kind, r.link.Sighting.Source, r.fact.event)
		i := slices.IndexFunc(by, func(q sourcePoints) bool { return q.source == p.source })
		switch {
		case i < 0:
			by = append(by, p)
		case p.points > by[i].points || p.points == by[i].points && p.event.after(by[i].event) < 0:
			by[i] = p
		}
	}
	slices.SortFunc(by, func(p, q sourcePoints) int {
		return cmp.Or(cmp.Compare(q.points, p.points), cmp.Compare(p.source, q.source))
	})
	return by
}

func (a *Assessor) pointsOf(kind Kind, source string, event *PartialDate) sourcePoints {
	p := sourcePoints{source: source, points: 1, event: event}
	if event == nil {
		return p
	}
	halfLife, greatest := a.Rules.Freshness(string(kind), source)
	age := max(0, int(DayOf(a.AsOf)-event.last()))
	switch {
	case age > greatest:
		p.points, p.old = 0, true
	case event.Precision == ByYear:
	case 2*age <= halfLife:
		p.points = 4
	case age <= halfLife:
		p.points = 3
	case age <= 2*halfLife:
		p.points = 2
	}
	return p
}

func (p *sourcePoints) words(kind Kind, asOf Day) string {
	words := sourceName(p.source) + " reported it" + on(p.event, asOf)
	switch {
	case p.event == nil:
		return sourceName(p.source) + " reported it without a date"
	case p.old:
		return words + ", which is too long ago"
	case p.event.Precision == ByYear:
		return words + ", and no nearer date"
	case p.points < pointsLikely:
		return words + ", which is a while ago"
	}
	return words
}

// end lowers what has ended: a closed account, a service whose last day is past, a job or an address that the agency found
// ended or bad. What happened after such an end begins anew; that a bank still keeps an address is no such thing.
func (a *Assessor) end(l *Lead, f agency.Fact) {
	var why string
	switch {
	case l.Account != nil && l.Account.Status == "closed":
		why = "the bank reported that the account is closed"
	case l.Military != nil && l.Military.End != nil && l.Military.End.last() < DayOf(a.AsOf):
		why = "the service ended " + l.Military.End.words(DayOf(a.AsOf))
	}
	if why != "" {
		l.Standing, l.StandingReasons = Ended, append(l.StandingReasons, why)
		return
	}
	if f.Known != agency.Bad && (f.Until == 0 || f.Until > a.AsOf) {
		return
	}
	ended := max(f.Until, f.Since)
	if l.happened().afterDay(ended) && ended > 0 {
		l.StandingReasons = append(l.StandingReasons, "reported again after the agency found that it had ended"+onDay(ended, a.AsOf))
		return
	}
	words := "the agency found that it had ended"
	l.Standing = Ended
	if f.Known == agency.Bad {
		words, l.Standing = "the agency found it bad", Contradicted
	}
	words += onDay(ended, a.AsOf)
	if f.EndCode != "" {
		words += " (end code " + f.EndCode + ")"
	}
	l.StandingReasons = append(l.StandingReasons, words)
	l.Conflicts = append(l.Conflicts, words)
}

// addressRank is how well a source knows where somebody lives: what the person said, and when, stands above what a bank has kept
// since who knows when, for the day of a bank's report is that of the match.
var addressRank = map[string]int{sourceFinancial: 1}

func rankOf(source string) int {
	if r, ok := addressRank[source]; ok {
		return r
	}
	return 2
}

// contradict looks for a later, different address by a source that knows no less, about a person who is no less sure; the
// agency's own verified address is one. A person has one residence; a box is no residence; the same house with a slip in its number
// is no other. A report without a date may be of today, so that nothing is surely later than it.
func (a *Assessor) contradict(s *Subject, l *Lead, all []Lead) {
	latest := l.latest()
	if l.Address == nil || latest == nil || l.undated() || l.Address.Form == "po box" || l.Standing == Contradicted {
		return
	}
	say := func(words string) {
		l.Standing = Contradicted
		l.StandingReasons, l.Conflicts = append(l.StandingReasons, words), append(l.Conflicts, words)
	}
	for i := range all {
		o := &all[i]
		if o.Address == nil || o.Address.Form == "po box" || o.key() == l.key() || slipApart(o.key(), l.key()) || rungs[o.Identity] > rungs[l.Identity] {
			continue
		}
		if r := o.surest(); r != nil && r.fact.event.Date > latest.last() && rankOf(r.link.Sighting.Source) >= l.rank() && !a.bad(s, o) {
			say(sourceName(r.link.Sighting.Source) + " reported another address later" + on(r.fact.event, DayOf(a.AsOf)))
			return
		}
	}
	if day := a.verifiedElsewhere(s, l.key()); day > 0 && DayOf(day) > latest.last() {
		say("the agency verified another address later" + onDay(day, a.AsOf))
	}
}

func (l *Lead) undated() bool {
	return slices.ContainsFunc(l.reports, func(r reported) bool { return r.fact.event == nil && !r.link.Invalid })
}

// surest is the latest dated report by the best-ranked source, nil where no report has a date.
func (l *Lead) surest() (best *reported) {
	for i := range l.reports {
		r := &l.reports[i]
		if r.fact.event == nil || r.link.Invalid || r.rung > rungs[l.Identity] {
			continue
		}
		if best == nil || cmp.Or(rankOf(r.link.Sighting.Source)-rankOf(best.link.Sighting.Source), -r.fact.event.after(best.fact.event)) > 0 {
			best = r
		}
	}
	return best
}

// rank is that of the best source that reports an address.
func (l *Lead) rank() (rank int) {
	for _, source := range l.Sources {
		rank = max(rank, rankOf(source))
	}
	return rank
}

func (a *Assessor) bad(s *Subject, l *Lead) bool {
	f, known := a.known(s, l)
	return known && f.Known == agency.Bad
}

// verifiedElsewhere is the latest day since which the agency has verified another address of the subject, 0 for none.
func (a *Assessor) verifiedElsewhere(s *Subject, key string) (day int32) {
	for _, f := range a.Known.FactsOf(s.ID, agency.AddressFact) {
		if f.Key != key && f.Known == agency.Verified && f.Until == 0 {
			day = max(day, f.Since)
		}
	}
	for i, h := range s.Holdings {
		if s.Addresses[i] != key && h.Known == agency.Verified && h.Until == 0 {
			day = max(day, h.Since)
		}
	}
	return day
}

func postalOnly(l *Lead) bool { return len(l.Sources) == 1 && l.Sources[0] == sourcePostal }

// onDay is " on November 9, 2026" of a day written ccyymmdd, "" for 0.
func onDay(day, asOf int32) string {
	if day == 0 {
		return ""
	}
	return " " + (&PartialDate{DayOf(day), ByDay}).words(DayOf(asOf))
}
