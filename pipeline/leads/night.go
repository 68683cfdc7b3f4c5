package leads

import (
	"cmp"
	"slices"
)

// Night is what a night's leads are told against.
type Night struct {
	History  History // what earlier nights published; nil on a first night
	AsOf     int32   // business date, ccyymmdd
	Model    uint64  // stands for spec and model: rungs found under another are not compared
	Baseline bool    // the first night of an agency: nothing is news
	// Shelf reports that a record, by its file (FileMark) and line, was retained and is matched again tonight; nil: none is.
	Shelf    func(file uint64, line int64) bool
	Recalled map[string]bool // leads, by id, that a recalled file had reported: told as they are without it
	ToldOnly bool            // of leads that are not told, leave out the words and the evidence: nobody reads them
	// BalanceNews reports that another balance of an account, in cents, is news to who was told an earlier one; nil: every other is.
	BalanceNews func(told, now int64) bool
	Settled     *Settled // whose leads need not be made again; nil: everybody's are
}

func (n *Night) onShelf(s Seen) bool { return n.Shelf != nil && n.Shelf(s.File, s.Line) }

// remember fills what the lead owes to earlier nights: its id, its status and its dates.
func (l *Lead) remember(g *group, s Subject, n *Night) {
	past, twins := n.find(s, g)
	row := Row{LeadID: past.LeadID, SubjectID: s.ID, Numbered: past.Numbered, SplitFrom: past.SplitFrom, SplitOn: past.SplitOn, TwinOf: past.TwinOf, PartedTo: past.PartedTo, Kind: l.Kind, Seen: slices.Clone(past.Seen)}
	e := n.enter(&row, g)
	row.settle()
	l.Status, l.StatusReason = n.status(l, s, g, past, e)
	if past.Undecided != "" && !n.Baseline {
		l.decide(&past)
	}
	l.told = n.Recalled[row.LeadID] || past.Withdrawn != 0 || l.Status != Repeated || e.fresh || e.turned || n.standing(past) != int32(g.reports[0].rung)
	l.row, l.LeadID, l.twins = row, row.LeadID, twins
	l.same = len(twins) == 0 && past.Withdrawn == 0 && past.Undecided == "" && slices.Equal(row.Seen, past.Seen)
	l.FirstSeen, l.LastSeen, l.FirstPublished = row.FirstSeen, row.LastSeen, row.FirstPublished
}

// find gives what is remembered of a fact under the subject's number, or under one that was merged into it: a lead keeps the id
// it was told by. Where both numbers had it, the others are twins.
func (n *Night) find(s Subject, g *group) (past Row, twins []twin) {
	known := n.known(s, g, g.episode)
	if len(known) == 0 {
		return Row{LeadID: leadID(s.ID, g.kind, g.key, g.episode)}, nil
	}
	at := max(0, slices.IndexFunc(known, func(r Row) bool { return r.Withdrawn == 0 }))
	past = known[at]
	for _, r := range slices.Delete(known, at, at+1) {
		if r.Withdrawn == 0 {
			past.Seen = slices.Concat(past.Seen, r.Seen)
			twins = append(twins, twin{r, "two person numbers were merged, and lead " + past.LeadID + " says the same"})
		}
	}
	past.settle()
	return past, twins
}

// known gives what is remembered of an episode of a fact under any number of the subject, its own first.
func (n *Night) known(s Subject, g *group, episode string) (rows []Row) {
	if n.History == nil {
		return nil
	}
	numbers := append([]string{s.ID}, s.Former...)
	find := func(id string) {
		if r, ok := n.History.Find(id); ok && r.SubjectID == s.ID {
			rows = append(rows, r)
		}
	}
	for _, number := range numbers {
		find(leadID(number, g.kind, g.key, episode))
	}
	for _, from := range s.Parted {
		for _, number := range numbers {
			find(twinID(number, leadID(from, g.kind, g.key, episode)))
		}
	}
	return rows
}

// entered is what a night's reports changed in what is remembered of a lead.
type entered struct {
	news   []reported // what they say was not said before
	change string     // what is otherwise in an account; "" of other kinds
	fresh  bool       // one was read tonight
	turned bool       // evidence came, or went
}

// enter takes tonight's reports into what is remembered. What was on the shelf and was not found again is gone.
func (n *Night) enter(row *Row, g *group) (e entered) {
	before, found := len(row.Seen), make([]bool, len(row.Seen))
	known := Row{Seen: row.Seen[:before:before]}
	for _, r := range g.reports {
		s := n.seen(r)
		e.fresh = e.fresh || !r.link.Sighting.Retained
		if r.fact.account == nil && !known.knows(s.Mark) && !r.fact.vague(&known, s.Source) {
			e.news = append(e.news, r)
		}
		at := slices.IndexFunc(row.Seen, func(old Seen) bool { return old.SameReport(s) })
		if at < 0 {
			row.Seen, e.turned = append(row.Seen, s), true
			continue
		}
		e.turned = e.turned || row.Seen[at].Gone
		if at >= before || found[at] { // a record may be linked twice: reports come best first, and the best stands
			continue
		}
		found[at] = true
		s.Told, s.Received = row.Seen[at].Told, row.Seen[at].Received
		row.Seen[at] = s
	}
	n.account(&e, known.Seen, g)
	for i, was := range found {
		if !was && !row.Seen[i].Gone && n.onShelf(row.Seen[i]) {
			row.Seen[i].Gone, e.turned = true, true
		}
	}
	return e
}

// vague reports that a report adds nothing to what its source has said before: it does not say when, or says no more than that it still
// says so.
func (f *fact) vague(known *Row, source string) bool {
	return (f.event == nil || f.answer && f.kind != KindMilitary) && f.mark == "" && slices.ContainsFunc(known.Seen, func(s Seen) bool { return s.Source == source })
}

func (n *Night) seen(r reported) Seen {
	s := r.link.Sighting
	seen := Seen{Mark: r.fact.hash(s.Source), Source: s.Source, File: s.FileMark, Line: s.Line,
		Received: DayOf(cmp.Or(s.Received, n.AsOf)), Told: DayOf(n.AsOf), Rung: int32(r.rung), Model: n.Model, Balance: NoBalance}
	if a := r.fact.account; a != nil {
		if a.Month != nil {
			seen.Event = a.Month.Date
		}
		if a.Balance != nil {
			seen.Balance = *a.Balance
		}
	}
	return seen
}

// standing is the best rung of the retained evidence that a lead was last told with.
func (n *Night) standing(past Row) int32 {
	best := int32(len(rungs))
	for _, s := range past.Seen {
		if !s.Gone && n.onShelf(s) {
			best = min(best, s.Rung)
		}
	}
	return best
}

// status says what is new. Only what was not reported before is news, or a report read tonight that is surer of the person: a
// better score for an old report never is, whether the model changed or the caseload.
func (n *Night) status(l *Lead, s Subject, g *group, past Row, e entered) (Status, string) {
	known := len(past.Seen) > 0
	switch {
	case n.Baseline:
		return Repeated, "baseline: the first night seeds the history and offers nothing"
	case known && past.Withdrawn != 0 && past.Reason != fitsNobody:
		return New, "stands again; it was withdrawn " + (&PartialDate{past.Withdrawn, ByDay}).words(DayOf(n.AsOf)) + ", because " + past.Reason
	case !known && l.Address != nil && l.Address.Known:
		return Repeated, "the agency has this address already"
	case !known && g.dated:
		return Repeated, "the same employer reports a hiring with its date"
	case !known && n.corrects(s, g):
		return Repeated, "the same employer reports a hiring a few days from it"
	case !known && g.again:
		return New, "hired again by an employer that had reported a hiring before"
	case !known:
		return New, "not reported before"
	}
	for _, r := range e.news {
		if source := r.link.Sighting.Source; !slices.Contains(past.Sources, source) {
			return Strengthened, "now reported by " + sourceName(source) + " too"
		}
	}
	if n.surer(g, past) {
		return Strengthened, "a new report leaves less doubt that it is the same person"
	}
	if e.change != "" {
		return Changed, e.change
	}
	if len(e.news) > 0 {
		if e.news[0].nowVerified(&past) {
			return Changed, "answered again; the SSN that it was found by had not been verified before"
		}
		return Changed, change(e.news[0].fact)
	}
	if past.Withdrawn != 0 {
		return Repeated, "stands again, and nothing new was reported"
	}
	if n.Recalled[past.LeadID] {
		return Repeated, "stands, but a file that had reported it too was recalled"
	}
	return Repeated, "nothing new since it was first published " + (&PartialDate{past.FirstPublished, ByDay}).words(0)
}

// surer reports whether a report that is new tonight stands higher on the ladder than all that were known, then and now. Where
// nothing is known under tonight's model that cannot be told, and a changed model is no news.
func (n *Night) surer(g *group, past Row) bool {
	comparable := slices.ContainsFunc(past.Seen, func(s Seen) bool { return s.Model == n.Model })
	before, now := past.rung(), int32(len(rungs))
	for _, r := range g.reports {
		if r.link.Sighting.Retained {
			before = min(before, int32(r.rung))
		} else {
			now = min(now, int32(r.rung))
		}
	}
	return comparable && now < before
}

// change says what a further report from a source that had reported before brings.
func change(f *fact) string {
	switch {
	case f.military != nil && f.military.Ended:
		return "the service ended" + on(f.military.End, 0)
	case f.military != nil && f.military.End != nil:
		return "an end of the service was reported: " + f.military.End.Long()
	case f.military != nil:
		return "another answer about the same service"
	case f.account != nil:
		return "a report of the account stands again"
	}
	return "reported again with another date"
}

// Heard is what the history is told of a night's leads.
type Heard struct {
	Rows []*Row   // those that are new to it, or of which more is known now
	Same []string // ids of those of which it holds all already

	Settled []Settling // subjects of whom nothing was told or changed, by number
}

// Add takes up what was heard of other leads.
func (h *Heard) Add(o Heard) {
	h.Rows, h.Same, h.Settled = append(h.Rows, o.Rows...), append(h.Same, o.Same...), append(h.Settled, o.Settled...)
}

// Has tells which leads were heard of, by id.
func (h *Heard) Has() map[string]bool {
	has := make(map[string]bool, len(h.Rows)+len(h.Same))
	for _, r := range h.Rows {
		has[r.LeadID] = true
	}
	for _, id := range h.Same {
		has[id] = true
	}
	return has
}

// Tell parts a subject's leads: those that belong into tonight's leads.parquet, and what the history will hold of all. Told are
// leads with a report read tonight or with news, and those whose evidence or identity is not what it was when they were last
// told; whatever else stands by retained sightings alone was told before.
func (n *Night) Tell(leads []Lead) (told []Lead, heard Heard) {
	for i := range leads {
		if l := &leads[i]; l.same && !l.told {
			heard.Same = append(heard.Same, l.LeadID)
		} else {
			row := l.row // without the lead itself, of which a night may have too many
			heard.Rows = append(heard.Rows, &row)
		}
		if leads[i].told {
			told = append(told, leads[i])
		}
	}
	return told, heard
}
