package leads

import (
	"cmp"
	"fmt"
	"slices"
)

// account tells what is news of an account. Its bank reports it every month or quarter, and the same again is a repetition; a balance is
// held against the one that was told last, so that many small changes are told in the end. Everything follows from the reports that are
// remembered, as a recall needs it.
func (n *Night) account(e *entered, known []Seen, g *group) {
	if g.kind != KindAccount {
		return
	}
	at := -1 // the latest of tonight's reports that are not known
	var now Seen
	for i, r := range g.reports {
		s := n.seen(r)
		if !slices.ContainsFunc(known, s.SameReport) && (at < 0 || compareReported(s, now) > 0) {
			at, now = i, s
		}
	}
	if at < 0 {
		return
	}
	told := n.lastTold(known)
	if told == nil || n.accountNews(*told, now) {
		e.news = append(e.news, g.reports[at])
	}
	if told != nil && len(e.news) > 0 {
		e.change = changeOfAccount(*told, now, g.reports[at].fact.account)
	}
}

// lastTold is the report that an officer was last told of an account, nil where none was, with the latest month that is known. Of a
// night's reports the latest is told, where it is news.
func (n *Night) lastTold(known []Seen) (told *Seen) {
	reports := slices.DeleteFunc(slices.Clone(known), func(s Seen) bool { return s.Gone })
	slices.SortStableFunc(reports, func(a, b Seen) int { return cmp.Or(cmp.Compare(a.Told, b.Told), compareReported(b, a)) })
	for i := range reports {
		if i > 0 && reports[i].Told == reports[i-1].Told {
			continue
		}
		latest := reports[i].Event
		if told != nil {
			latest = max(latest, told.Event)
		}
		if told == nil || n.accountNews(*told, reports[i]) {
			told = &reports[i]
		}
		told.Event = latest
	}
	return told
}

// compareReported orders reports of an account by the month that they are of, then by the day that they came.
func compareReported(a, b Seen) int {
	return cmp.Or(cmp.Compare(a.Event, b.Event), cmp.Compare(a.Received, b.Received), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Mark, b.Mark))
}

// accountNews reports that a report of an account is news to who was told another: it is of no earlier month, and the account is closed
// or held otherwise, or the balance is stated for the first time or has changed as policy says.
func (n *Night) accountNews(told, now Seen) bool {
	switch {
	case now.Event != 0 && now.Event < told.Event:
		return false
	case now.Mark != told.Mark:
		return true
	case now.Balance == NoBalance || now.Balance == told.Balance:
		return false
	case told.Balance == NoBalance || n.BalanceNews == nil:
		return true
	}
	return n.BalanceNews(100*told.Balance, 100*now.Balance)
}

// changeOfAccount is the news in words.
func changeOfAccount(told, now Seen, a *Account) string {
	switch {
	case now.Mark != told.Mark && a.Status == "closed":
		return "the bank says now that the account is closed"
	case now.Mark != told.Mark:
		return "the bank says now that it is " + heldAs(a)
	case told.Balance == NoBalance:
		return "the bank says now what it holds"
	}
	return fmt.Sprintf("it holds %s now; when it was told before, it held %s", money(now.Balance), money(told.Balance))
}

// heldAs is an account with whose it is, and whether it is open.
func heldAs(a *Account) string {
	words := "a " + a.noun() // joint
	if !a.Joint {
		words = "this person's own " + a.noun()
	}
	if a.Status == "open" {
		words += ", and open"
	}
	return words
}
