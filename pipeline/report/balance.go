package report

import (
	"errors"
	"fmt"
	"strings"
)

// books collects the identities that do not hold.
type books struct{ faults []error }

// equal states that a total is the sum of its parts.
func (b *books) equal(where, total string, have int64, parts string, sum int64) {
	if have != sum {
		b.faults = append(b.faults, fmt.Errorf("%s: %s is %d, but %s is %d (off by %d)", where, total, have, parts, sum, have-sum))
	}
}

// atMost states that a part is no greater than its whole.
func (b *books) atMost(where, part string, have int64, whole string, limit int64) {
	if have > limit {
		b.faults = append(b.faults, fmt.Errorf("%s: %s is %d, more than %s, %d", where, part, have, whole, limit))
	}
}

// natural states that counts are not negative.
func (b *books) natural(where string, counts ...int64) {
	for _, n := range counts {
		if n < 0 {
			b.faults = append(b.faults, fmt.Errorf("%s: a count is negative: %d", where, n))
		}
	}
}

func sum(counts []Count) (n int64) {
	for _, c := range counts {
		n += c.N
	}
	return n
}

// Balance checks every identity that must hold between the counts (I1, I6) and gives all that do not, joined, each with its
// place and numbers; nil when the books balance. A run whose books do not balance is not published.
func (m *Manifest) Balance() error {
	b := &books{}
	m.Caseload.balance(b)
	for i := range m.Agency {
		m.Agency[i].balance(b)
	}
	for i := range m.Extracts {
		m.Extracts[i].balance(b)
	}
	m.balanceLinks(b)
	l := &m.Leads
	for _, by := range []struct {
		name   string
		counts []Count
	}{{"leads by kind", l.ByKind}, {"leads by status", l.ByStatus}, {"leads by identity", l.ByIdentity}} {
		b.equal("leads", "total", l.Total, by.name, sum(by.counts))
	}
	b.atMost("leads", "people with leads", l.Subjects, "leads", l.Total)
	if len(l.ByStanding) > 0 { // runs of before had none
		b.equal("leads", "total", l.Total, "leads by standing", sum(l.ByStanding))
	}
	b.atMost("leads", "suppressed", sum(l.SuppressedBy), "leads", l.Total)
	b.natural("leads", l.Total, l.Subjects, l.InvalidPairs, sum(l.WithheldBy), l.Vanished)
	b.equal("leads", "withdrawn", named(l.ByStatus, "withdrawn"), "withdrawn by reason", sum(l.WithdrawnBy))
	m.Retained.balance(b)
	m.Queues.balance(b)
	m.balanceOutputs(b)
	return errors.Join(b.faults...)
}

func named(counts []Count, name string) int64 {
	for _, c := range counts {
		if c.Name == name {
			return c.N
		}
	}
	return 0
}

func (r *Retained) balance(b *books) {
	const shelf = "retained sightings"
	b.equal(shelf, "rows before", r.Before, "expired + recalled + dropped + stayed", r.Expired+r.Recalled+r.Dropped+r.Stayed)
	b.equal(shelf, "rows after", r.After, "stayed + added", r.Stayed+r.Added)
	b.natural(shelf, r.Before, r.Expired, r.Recalled, r.Dropped, r.Stayed, r.Added, r.After, r.Links, r.Settled)
}

func (c *CaseloadFunnel) balance(b *books) {
	b.equal("caseload", "rows read", c.Read, "accepted + rejected", c.Accepted+c.Rejected)
	b.equal("caseload", "rejected", c.Rejected, "rejected by reason", sum(c.RejectedBy))
	b.atMost("caseload", "subjects", c.Subjects, "accepted rows", c.Accepted)
	b.atMost("caseload", "shields", c.Shields, "subjects", c.Subjects)
	b.atMost("caseload", "protected", c.Protected, "subjects", c.Subjects)
	b.natural("caseload", c.Read, c.Accepted, c.Rejected, c.Subjects, c.Shields, c.Protected)
}

func (a *AgencyFunnel) balance(b *books) {
	b.equal(a.Name, "rows read", a.Read, "accepted + rejected", a.Accepted+a.Rejected)
	b.equal(a.Name, "rejected", a.Rejected, "rejected by reason", sum(a.RejectedBy))
	b.atMost(a.Name, "strangers", a.Strangers, "accepted", a.Accepted)
	b.natural(a.Name, a.Read, a.Accepted, a.Rejected, a.Strangers)
}

func (x *Extract) balance(b *books) {
	b.equal(x.Name, "rows read", x.Read, "accepted + rejected", x.Accepted+x.Rejected) // I1
	b.equal(x.Name, "rejected", x.Rejected, "rejected by reason", sum(x.RejectedBy))
	b.atMost(x.Name, "passed", x.Passed, "accepted", x.Accepted)
	b.atMost(x.Name, "withheld", x.Withheld, "accepted", x.Accepted)
	b.equal(x.Name, "pairs", x.Pairs, "below + review + accepted", x.Below+x.Review+x.AcceptedPairs) // I6
	b.atMost(x.Name, "most pairs of a row", x.MostPairs, "pairs", x.Pairs)
	b.atMost(x.Name, "pairs", x.Pairs, "rows passed x most pairs of a row", x.Passed*x.MostPairs)
	b.equal(x.Name, "links", x.Links, "review + accepted", x.Review+x.AcceptedPairs)
	b.equal(x.Name, "refused sections named", int64(len(x.Sections)), "sections refused", int64(x.SectionsRefused))
	b.atMost(x.Name, "sections refused", int64(x.SectionsRefused), "sections read", int64(x.SectionsRead))
	b.natural(x.Name, x.Read, x.Accepted, x.Rejected, x.Withheld, x.Passed, x.Pairs, x.Below, x.Review, x.AcceptedPairs)
	x.balanceFiles(b)
}

// balanceFiles compares rows with records on disk. Of a refused file it is not known how far it was read.
func (x *Extract) balanceFiles(b *books) {
	var records int64
	for _, f := range x.Files {
		switch f.State {
		case StateRead:
			records += f.Records
		case StateRefused, StateNotReady:
			return
		}
	}
	b.equal(x.Name, "rows read", x.Read, "records in its files", records)
}

func (q *QueueFunnel) balance(b *books) {
	b.equal("queues", "candidates", q.Candidates, "rows + capped", q.Rows+q.Capped)
	b.equal("queues", "rows", q.Rows, "rows by office", sum(q.ByOffice))
	b.atMost("queues", "alerts", q.Alerts, "rows", q.Rows)
	b.atMost("queues", "supervisors' rows", q.Supervisor, "rows", q.Rows)
	b.atMost("queues", "specialists' rows", q.Specialist, "rows", q.Rows)
	b.natural("queues", q.Candidates, q.Rows, q.Alerts, q.Capped, q.Supervisor, q.Specialist)
}

// balanceOutputs compares the funnel with the rows that were written, once they are.
func (m *Manifest) balanceOutputs(b *books) {
	var queued int64
	for _, f := range m.Outputs {
		if strings.HasPrefix(f.Name, "queues/") && f.Name != queueIndex {
			queued += f.Rows
		}
		switch f.Name {
		case queueIndex:
			b.equal(f.Name, "rows", f.Rows, "rows queued", m.Queues.Rows)
		case "links.parquet":
			b.equal(f.Name, "rows", f.Rows, "links kept", m.Links.Kept)
		case "leads.parquet":
			b.equal(f.Name, "rows", f.Rows, "leads", m.Leads.Total)
		case "state/sightings.parquet":
			b.equal(f.Name, "rows", f.Rows, "rows retained", m.Retained.After)
		}
	}
	if len(m.Outputs) > 0 {
		b.equal("queues/*.parquet", "rows", queued, "rows queued", m.Queues.Rows)
	}
}

// queueIndex is the one file of queues/ that is no queue.
const queueIndex = "queues/index.parquet"

func (m *Manifest) balanceLinks(b *books) {
	l := &m.Links
	var of LinkFunnel
	for _, x := range m.Extracts {
		of.Pairs += x.Pairs
		of.Below += x.Below
		of.Review += x.Review
		of.Accepted += x.AcceptedPairs
		of.Links += x.Links
	}
	b.equal("links", "pairs", l.Pairs, "below + review + accepted", l.Below+l.Review+l.Accepted) // I6
	b.equal("links", "links", l.Links, "review + accepted", l.Review+l.Accepted)
	b.equal("links", "kept", l.Kept, "links - withheld", l.Links-sum(l.WithheldBy))
	b.equal("links", "pairs", l.Pairs, "the extracts' pairs", of.Pairs)
	b.equal("links", "below", l.Below, "the extracts' below", of.Below)
	b.equal("links", "review", l.Review, "the extracts' review", of.Review)
	b.equal("links", "accepted", l.Accepted, "the extracts' accepted", of.Accepted)
	b.equal("links", "links", l.Links, "the extracts' links", of.Links)
	b.atMost("links", "outcompeted", l.Outcompeted, "below", l.Below)
	b.natural("links", l.Pairs, l.Below, l.Review, l.Accepted, l.Links, l.Kept, l.Outcompeted)
}
