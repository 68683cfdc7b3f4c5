package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/casefile"
)

// Traced is everything that one record fed, over every published run.
type Traced struct {
	Record string       `json:"record"`
	Leads  []TracedLead `json:"leads"`
	Files  []string     `json:"files"` // in which the line was found to feed a lead
}

// TracedLead is one lead that the record is evidence of, and what happened to it.
type TracedLead struct {
	LeadID    string        `json:"lead_id"`
	SubjectID string        `json:"subject_id"`
	Kind      leads.Kind    `json:"kind"`
	Display   string        `json:"display"`
	Status    leads.Status  `json:"status"`
	Others    int           `json:"other_records"` // that report the fact too
	History   []TracedEvent `json:"history"`
}

// TracedEvent is one thing that happened to a lead.
type TracedEvent struct {
	On   string `json:"on"` // CCYY-MM-DD
	What string `json:"what"`
}

// Trace answers a complaint: which leads a record fed, for whom they were queued, who read them and what officers said. A record
// that fed a lead on a protected person is not traced (I10).
func Trace(ctx context.Context, p *Plan, record string) (*Traced, error) {
	ref, err := parseRecordRef(record)
	if err != nil {
		return nil, err
	}
	c, err := loadCaseload(ctx, p)
	if err != nil {
		return nil, err
	}
	feeds := func(e *leads.Evidence) bool {
		return e.Extract == ref.extract && e.Line == ref.line && (ref.file == "" || ref.file == e.File)
	}
	t := &Traced{Record: record, Leads: []TracedLead{}, Files: []string{}}
	d, err := p.Workspace.newDossier("", func(l *leads.Lead) bool {
		for i := range l.Evidence {
			if e := &l.Evidence[i]; feeds(e) {
				t.Files = append(t.Files, e.File)
				return true
			}
		}
		return false
	})
	if err != nil {
		return nil, err
	}
	for _, e := range d.entries {
		if number, known := c.numbers[e.Lead.SubjectID]; d.protected || known && c.subjects[number].Protected {
			return nil, fmt.Errorf("%w: record %s, or what it says, is about a person under protection", ErrProtected, record)
		}
		t.Leads = append(t.Leads, traced(e.Lead, e.History))
	}
	if d.protected {
		return nil, fmt.Errorf("%w: record %s, or what it says, is about a person under protection", ErrProtected, record)
	}
	slices.SortFunc(t.Leads, func(a, b TracedLead) int { return cmp.Compare(a.LeadID, b.LeadID) })
	slices.Sort(t.Files)
	t.Files = slices.Compact(t.Files)
	return t, p.Workspace.Audit(AuditEntry{Command: "trace", Run: d.run, About: record, Leads: d.leadIDs()})
}

func traced(l leads.Lead, history []casefile.Event) TracedLead {
	t := TracedLead{LeadID: l.LeadID, SubjectID: l.SubjectID, Kind: l.Kind, Display: l.Display, Status: l.Status, Others: max(0, len(l.Evidence)-1), History: []TracedEvent{}}
	slices.SortStableFunc(history, func(a, b casefile.Event) int { return cmp.Compare(a.On, b.On) })
	for _, e := range history {
		t.History = append(t.History, TracedEvent{On: e.On.String(), What: e.What})
	}
	return t
}

// Text is the answer for a terminal.
func (t *Traced) Text() string {
	var b strings.Builder
	if len(t.Leads) == 0 {
		fmt.Fprintf(&b, "Record %s fed no lead in any published run.\n", t.Record)
		return b.String()
	}
	fmt.Fprintf(&b, "Record %s (%s) fed %d leads.\n", t.Record, strings.Join(t.Files, ", "), len(t.Leads))
	if len(t.Files) > 1 {
		b.WriteString("Several files have such a line; write EXTRACT/FILE:LINE for one of them.\n")
	}
	for _, l := range t.Leads {
		fmt.Fprintf(&b, "\n%s  %s on %s: %s\n", l.LeadID, l.Kind, l.SubjectID, l.Display)
		if l.Others > 0 {
			fmt.Fprintf(&b, "  other records that say so: %d\n", l.Others)
		}
		for _, e := range l.History {
			fmt.Fprintf(&b, "  %s  %s\n", e.On, e.What)
		}
	}
	return b.String()
}
