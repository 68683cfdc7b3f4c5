package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/table"
)

// item is one fact offered: by a lead, or by a row of today's practice.
type item struct {
	subject, kind, key string
	leadID, caseID     string
	officer            string // office and officer
	rank               int32
	night              int    // in whose queue it stands
	content            string // what the lead says beside its key, and beside the balance of an account
	balance            string
	ended              bool // it is told that the service has ended, or that the account is closed
	lead               *leads.Lead
}

// queueRow is what the harness needs of a row of queues/<office>.parquet.
type queueRow struct {
	Rank    int32  `parquet:"rank"`
	CaseID  string `parquet:"case_id"`
	Office  string `parquet:"office,dict"`
	Officer string `parquet:"officer,dict"`
	LeadID  string `parquet:"lead_id"`
}

// readQueue gives what officers are offered tonight, a row a lead and case, every officer's in the order of rank; published holds the
// latest form of every lead so far, as a lead may have waited since an earlier night. Where the run made no queues, the night's
// news stands in for them: made is false.
func readQueue(run string, all []leads.Lead, published map[string]*leads.Lead) (queue []item, made bool, err error) {
	if _, err := os.Stat(filepath.Join(run, "queues")); errors.Is(err, os.ErrNotExist) {
		return news(all), false, nil
	}
	files, err := filepath.Glob(filepath.Join(run, "queues", "*.parquet"))
	if err != nil {
		return nil, true, err
	}
	var rows []queueRow
	for _, file := range files {
		if filepath.Base(file) == "index.parquet" {
			continue
		}
		office, err := table.Read[queueRow](file)
		if err != nil {
			return nil, true, err
		}
		rows = append(rows, office...)
	}
	slices.SortStableFunc(rows, func(a, b queueRow) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), strings.Compare(a.Office, b.Office), strings.Compare(a.Officer, b.Officer))
	})
	for _, r := range rows {
		l := published[r.LeadID]
		if l == nil {
			return nil, true, fmt.Errorf("%s: a queue has lead %s, which no night published", run, r.LeadID)
		}
		q := itemOf(l)
		q.caseID, q.officer, q.rank = r.CaseID, r.Office+" "+r.Officer, r.Rank
		queue = append(queue, q)
	}
	return queue, true, nil
}

// news are a night's new and changed leads in the order clock, how sure, kind: the employer before the rest, as a withholding
// clock runs from it.
func news(all []leads.Lead) (queue []item) {
	for i := range all {
		switch all[i].Status {
		case "new", "changed", "strengthened":
			if all[i].Suppressed == "" {
				queue = append(queue, itemOf(&all[i]))
			}
		}
	}
	kinds := []leads.Kind{leads.KindEmployer, leads.KindAddress, leads.KindAccount, leads.KindMilitary}
	slices.SortStableFunc(queue, func(a, b item) int {
		return cmp.Or(cmp.Compare(a.sure(), b.sure()), cmp.Compare(a.gone(), b.gone()),
			cmp.Compare(slices.Index(kinds, a.lead.Kind), slices.Index(kinds, b.lead.Kind)),
			cmp.Compare(len(b.lead.Sources), len(a.lead.Sources)), cmp.Compare(b.lead.IdentityWeight, a.lead.IdentityWeight),
			strings.Compare(a.leadID, b.leadID))
	})
	for i := range queue {
		queue[i].rank = int32(i + 1)
	}
	return queue
}

// sure is the place of a lead on the ladder of identity, 0 best.
func (q *item) sure() int {
	return slices.Index([]leads.Identity{leads.Strong, leads.Likely, leads.CheckFirst}, q.lead.Identity)
}

// gone is 1 of a fact of which it is told that nobody knows whether it still holds, 2 of one that is told as past or contradicted.
func (q *item) gone() int {
	switch q.lead.Standing {
	case leads.NotKnown:
		return 1
	case leads.Ended, leads.Contradicted:
		return 2
	}
	return 0
}

// factual tells whether a lead states a fact of the kinds that facts.csv has: an identity conflict is a specialist's question, and
// what a caseload owes is the agency's own word.
func (q *item) factual() bool { return q.key != "" }

// itemOf finds the fact of a lead in the form of facts.csv (truth.go).
func itemOf(l *leads.Lead) item {
	q := item{subject: l.SubjectID, kind: string(l.Kind), leadID: l.LeadID, lead: l}
	switch {
	case l.Address != nil:
		q.key = leads.AddressKey(l.Address.Line, "", "", l.Address.City, l.Address.State, l.Address.Zip)
	case l.Employer != nil:
		q.key = l.Employer.EIN
	case l.Military != nil:
		q.key = l.Military.Component + "|"
		if b := l.Military.Begin; b != nil {
			q.key += strings.ReplaceAll(b.Date.String(), "-", "")
		}
		if l.Military.Active {
			q.content = "active"
		}
		q.ended = l.Military.Ended
	case l.Account != nil:
		q.key = l.Account.InstitutionTIN + "|" + l.Account.Token
		q.content, q.ended = l.Account.Status+l.Account.Trust, l.Account.Status == "closed"
		if l.Account.Balance != nil {
			q.balance = fmt.Sprint(*l.Account.Balance)
		}
	}
	return q
}

func itemsOf(all []leads.Lead) []item {
	items := make([]item, len(all))
	for i := range all {
		items[i] = itemOf(&all[i])
	}
	return items
}
