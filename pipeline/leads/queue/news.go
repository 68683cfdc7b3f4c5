package queue

import (
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/policy"
)

// News is what a queue must know of a lead to place it, to say it and to keep it back: the lead without its records, its fact and
// what policy says of it for each case. A night may have many.
type News struct {
	LeadID          string          `parquet:"lead_id"`
	SubjectID       string          `parquet:"subject_id"`
	Kind            leads.Kind      `parquet:"kind,dict"`
	Status          leads.Status    `parquet:"status,dict"`
	StatusReason    string          `parquet:"status_reason,dict"`
	Identity        leads.Identity  `parquet:"identity,dict"`
	IdentityReasons []string        `parquet:"identity_reasons,list"`
	Standing        leads.Standing  `parquet:"standing,dict"`
	Sources         []string        `parquet:"sources,list"` // sorted
	FirstSeen       leads.Day       `parquet:"first_seen,date"`
	Event           leads.Day       `parquet:"event,date,optional"`   // of the best evidence; null where it says no day
	Entered         leads.Day       `parquet:"entered,date,optional"` // of a hiring: when the state directory entered the report
	Account         *Account        `parquet:"account,optional"`
	Cautions        []leads.Caution `parquet:"cautions,list"`
	Summary         string          `parquet:"summary"`
	Trace           leads.Trace     `parquet:"trace"`      // by which it is kept back
	Named           []string        `parquet:"named,list"` // others whom the lead names

	granted []grant  // what the night found may be done, for each case; nothing of what was read from a file
	queued  []string // cases in whose queue it has been
	waits   bool     // a queue has no room for it
}

// Account is what policy asks of an account.
type Account struct {
	Balance        *int64 `parquet:"balance,optional"` // cents
	Joint          bool   `parquet:"joint"`
	SecondaryOwner bool   `parquet:"secondary_owner"`
	Trust          bool   `parquet:"trust"`
	Closed         bool   `parquet:"closed"`
}

// grant is what may be done for one case.
type grant struct {
	caseID string
	may    *policy.May
}

// newsroom makes news of leads. What many leads say alike, they share.
type newsroom struct {
	texts    map[string][]string
	cautions map[string][]leads.Caution
	mays     map[string]*policy.May
	key      []byte
}

func newNewsroom() *newsroom {
	return &newsroom{texts: map[string][]string{}, cautions: map[string][]leads.Caution{}, mays: map[string]*policy.May{}}
}

func (r *newsroom) news(l *leads.Lead) *News {
	n := &News{
		LeadID: l.LeadID, SubjectID: l.SubjectID, Kind: l.Kind, Status: l.Status, StatusReason: l.StatusReason, Identity: l.Identity,
		IdentityReasons: r.list(l.IdentityReasons), Standing: l.Standing, Sources: r.list(l.Sources), FirstSeen: l.FirstSeen,
		Account: accountOf(l), Cautions: r.watch(l.Cautions), Summary: l.Summary, Trace: l.Trace(), Named: l.Named,
	}
	if len(l.Evidence) > 0 && l.Evidence[0].EventDate != nil {
		n.Event = l.Evidence[0].EventDate.Date
	}
	if l.Employer != nil {
		n.Entered = l.Employer.Entered
	}
	for i := range l.MayDo {
		n.granted = append(n.granted, grant{l.MayDo[i].CaseID, r.may(&l.MayDo[i])})
	}
	return n
}

func accountOf(l *leads.Lead) *Account {
	if l.Account == nil {
		return nil
	}
	a := &Account{Joint: l.Account.Joint, SecondaryOwner: l.Account.SecondaryOwner, Trust: l.Account.Trust != "", Closed: l.Account.Status == "closed"}
	if l.Account.Balance != nil {
		cents := *l.Account.Balance * 100 // leads have whole dollars
		a.Balance = &cents
	}
	return a
}

// under is the key of some texts in a map: nothing is allocated to look it up.
func (r *newsroom) under(texts ...string) []byte {
	r.key = r.key[:0]
	for _, text := range texts {
		r.key = append(append(r.key, text...), 0)
	}
	return r.key
}

func (r *newsroom) list(texts []string) []string {
	key := r.under(texts...)
	same, known := r.texts[string(key)]
	if !known {
		same = slices.Clone(texts)
		r.texts[string(key)] = same
	}
	return same
}

func (r *newsroom) watch(cautions []leads.Caution) []leads.Caution {
	if len(cautions) == 0 {
		return nil
	}
	r.key = r.key[:0]
	for _, c := range cautions {
		for _, text := range []string{c.Code, c.Words, c.Citation, c.CheckedOn} {
			r.key = append(append(r.key, text...), 0)
		}
	}
	same, known := r.cautions[string(r.key)]
	if !known {
		same = slices.Clone(cautions)
		r.cautions[string(r.key)] = same
	}
	return same
}

func (r *newsroom) may(m *leads.MayDo) *policy.May {
	r.under(m.Step, m.Words, m.Reason, m.Rule, m.Citation, m.CheckedOn)
	for _, words := range m.HeldBy {
		r.key = append(append(r.key, words...), 0)
	}
	same, known := r.mays[string(r.key)]
	if !known {
		same = &policy.May{Step: policy.Step(m.Step), Words: m.Words, Rule: policy.Rule{ID: m.Rule, Words: m.Reason, Citation: m.Citation, CheckedOn: m.CheckedOn}}
		for _, words := range m.HeldBy {
			same.HeldBy = append(same.HeldBy, policy.Rule{Words: words, CheckedOn: "-"})
		}
		r.mays[string(r.key)] = same
	}
	return same
}
