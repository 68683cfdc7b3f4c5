package leads

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// report is one link's word for one fact.
type reported struct {
	link *Link
	fact *fact
	rung int // place on the ladder, 0 best
}

// group is every report of one fact about one subject, best first.
type group struct {
	kind    Kind
	key     string
	episode string
	again   bool     // an earlier episode of the same fact is among the groups
	near    []string // other episodes that are days from it
	dated   bool     // of a hiring without its day: the same employer reports one with it
	reports []reported
}

// Consolidate makes the leads of one subject from all its links of a night that changes nothing else; see Night.
func Consolidate(subject Subject, links []Link, history History, asOf int32) []Lead {
	return (&Night{History: history, AsOf: asOf}).Consolidate(subject, links)
}

// Consolidate makes the leads of one subject from all its links of a night, those of retained sightings among them. The links
// may come in any order and more than once: exact duplicates count once, and the result is the same. Every fact of every link
// becomes evidence of exactly one lead (I7); shields, protected people (I10) and people whose cases are closed get none. Leads
// come by kind, then by fact.
func (n *Night) Consolidate(subject Subject, links []Link) []Lead {
	if subject.Shield || subject.Protected || subject.Closed {
		return nil
	}
	groups := groupFacts(distinct(links))
	findEpisodes(groups)
	leads := make([]Lead, len(groups))
	for i := range groups {
		leads[i] = groups[i].lead(subject, n)
	}
	return n.withTwins(leads)
}

// distinct sorts links in a stated order, by everything they hold, and drops exact duplicates.
func distinct(links []Link) []*Link {
	sorted := make([]*Link, len(links))
	for i := range links {
		sorted[i] = &links[i]
	}
	slices.SortFunc(sorted, compareLinks)
	return slices.CompactFunc(sorted, func(a, b *Link) bool { return compareLinks(a, b) == 0 })
}

func compareLinks(a, b *Link) int {
	s, t := a.Sighting, b.Sighting
	return cmp.Or(cmp.Compare(s.Extract, t.Extract), cmp.Compare(s.File, t.File), cmp.Compare(s.Line, t.Line),
		cmp.Compare(s.FileMark, t.FileMark), compareBool(s.Retained, t.Retained), cmp.Compare(s.RecordID, t.RecordID), cmp.Compare(s.Source, t.Source), cmp.Compare(s.Received, t.Received),
		cmp.Compare(a.Weight, b.Weight), cmp.Compare(a.Margin, b.Margin), cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Pattern, b.Pattern), compareBool(a.Accept, b.Accept), compareBool(a.Held, b.Held), compareBool(a.Invalid, b.Invalid),
		slices.Compare(a.Agreement[:], b.Agreement[:]), cmp.Compare(s.Facts, t.Facts))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// groupFacts gathers reports of the same fact. Groups are sorted by kind and key, reports best first.
func groupFacts(links []*Link) []group {
	var groups []group
	at := map[[3]string]int{}
	for _, l := range links {
		for _, f := range factsOf(l) {
			id := [3]string{string(f.kind), f.key, f.episode}
			i, ok := at[id]
			if !ok {
				i = len(groups)
				at[id] = i
				groups = append(groups, group{kind: f.kind, key: f.key, episode: f.episode})
			}
			groups[i].reports = append(groups[i].reports, reported{link: l, fact: f, rung: rungs[climb(l)]})
		}
	}
	for _, g := range groups {
		slices.SortStableFunc(g.reports, compareReports)
	}
	slices.SortFunc(groups, func(a, b group) int {
		return cmp.Or(cmp.Compare(kindOrder[a.kind], kindOrder[b.kind]), cmp.Compare(a.key, b.key), cmp.Compare(a.episode, b.episode))
	})
	return groups
}

var (
	// Kinds in the order of Kinds.
	kindOrder = func() map[Kind]int {
		order := map[Kind]int{}
		for i, k := range Kinds() {
			order[k] = i
		}
		return order
	}()
	rungs = map[Identity]int{Strong: 0, Likely: 1, CheckFirst: 2}
)

// compareReports puts a number known not to be the person's last, the surest identity first, then the latest event, the latest receipt and the greater weight. What is
// left is settled by the order of the links.
func compareReports(a, b reported) int {
	return cmp.Or(compareBool(a.link.Invalid, b.link.Invalid), cmp.Compare(a.rung, b.rung), a.fact.event.after(b.fact.event),
		cmp.Compare(b.link.Sighting.Received, a.link.Sighting.Received), cmp.Compare(b.link.Weight, a.link.Weight))
}

func (g *group) lead(subject Subject, night *Night) Lead {
	g.foundBy(subject)
	best := g.reports[0]
	weight := bits(best.link.Weight)
	lead := Lead{
		SubjectID: subject.ID, Kind: g.kind, Display: best.fact.display,
		Identity: climb(best.link), IdentityReasons: reasons(best.link), IdentityWeight: weight,
		IdentityProbability: 1 / (1 + math.Exp2(-weight)), Margin: bits(best.link.Margin),
		Sources: g.sources(),
	}
	g.setFact(&lead, subject)
	lead.reports = g.reports
	if words, _ := subject.ssnWords(best.link); words != "" {
		lead.IdentityReasons = append(lead.IdentityReasons, words)
	}
	lead.Conflicts = best.link.against()
	lead.remember(g, subject, night)
	if lead.told || !night.ToldOnly {
		lead.describe(g, subject, night)
	}
	return lead
}

// describe adds the words and the evidence.
func (l *Lead) describe(g *group, subject Subject, night *Night) {
	l.Summary = summary(g, subject, DayOf(night.AsOf))
	if g.kind != KindConflict { // of whoever's record it is, nothing is told
		best := g.reports[0].link
		l.Codes, l.Named = codeWords(best.Sighting), best.Dispute.others(subject.ID)
	}
	for _, r := range g.reports {
		l.Evidence = append(l.Evidence, r.evidence())
	}
}

// setFact takes the fact as the best evidence has it. What only another report says of an address is added.
func (g *group) setFact(lead *Lead, subject Subject) {
	f := g.reports[0].fact
	lead.Phone, lead.Employer, lead.Military, lead.Account = f.phone, f.employer, f.military, f.account
	if g.kind == KindIncome {
		lead.Income = g.income()
		lead.Display = lead.Income.display()
	}
	if f.address == nil {
		return
	}
	a := *f.address
	a.Known = slices.Contains(subject.Addresses, g.key)
	a.CareOf = g.careOf()
	for _, r := range g.reports {
		if a.MoveDate == nil {
			a.MoveDate = r.fact.address.MoveDate
		}
	}
	lead.Address = &a
}

func (g *group) careOf() bool {
	return slices.ContainsFunc(g.reports, func(r reported) bool { return r.fact.address != nil && r.fact.address.CareOf })
}

func (g *group) sources() (names []string) {
	for _, r := range g.reports {
		names = append(names, r.link.Sighting.Source)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (r reported) evidence() Evidence {
	s := r.link.Sighting
	return Evidence{
		Extract: s.Extract, File: s.File, Line: s.Line, Source: s.Source, RecordID: safeRecordID(s), EventDate: r.fact.event,
		Received: DayOf(s.Received), Confirms: list(r.link.Agreement.agreeing(s.Reported)), Weight: bits(r.link.Weight),
		Pattern: fmt.Sprintf("%016x", r.link.Pattern), Held: r.link.Dispute.Short(),
	}
}

// safeRecordID keeps an account number out of the evidence where a supplier uses it to number its records (I11).
func safeRecordID(s *Sighting) string {
	if number := accountNumber(s); number != "" && strings.Contains(bareNumber(s.RecordID), number) {
		return fmt.Sprint(s.Line)
	}
	return s.RecordID
}

// bits converts a weight in 2^-16 bit.
func bits(weight int32) float64 { return float64(weight) / (1 << 16) }
