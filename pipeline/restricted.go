package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/queue"
	"locatematch/pipeline/leads/restricted"
	"locatematch/pipeline/report"
)

// recipientsOf reads whom the restricted queue is encrypted to; nil where the config sets none up. Names of files are in errors,
// what stands in them is not: it may be a secret key.
func recipientsOf(c *RestrictedConfig, dir string) (*restricted.Recipients, error) {
	if c == nil {
		return nil, nil
	}
	texts := slices.Clone(c.Recipients)
	if c.RecipientsFile != "" {
		raw, err := os.ReadFile(beside(dir, c.RecipientsFile))
		if err != nil {
			return nil, fmt.Errorf("restricted.recipients_file: %w", err)
		}
		texts = append(texts, string(raw))
	}
	r, err := restricted.Parse(texts)
	if err != nil {
		return nil, fmt.Errorf("restricted.recipients: %w", err)
	}
	if r.None() {
		return nil, errors.New("restricted: name at least one recipient, or leave restricted out")
	}
	return r, nil
}

// mayRestrict reports that a link to a protected person is kept for the restricted queue: the person is sought, and nobody else
// who is protected, and no shield, has a claim to the record.
func (n *night) mayRestrict(scored []matchers.Scored, d *matchers.Dispute, subject uint32, shielded bool) bool {
	s := &n.caseload.subjects[subject]
	if !n.restricted || !s.Protected || s.Shield || shielded {
		return false
	}
	if slices.ContainsFunc(parties(d), func(other uint32) bool {
		o := &n.caseload.subjects[other]
		return other != subject && (o.Protected || o.Shield)
	}) {
		return false
	}
	return !slices.ContainsFunc(scored, func(other matchers.Scored) bool {
		o := &n.caseload.subjects[other.Subject]
		return other.Subject != subject && other.Weight >= n.bounds.review && (o.Protected || o.Shield)
	})
}

// notRestricted stands in the manifest where nobody is named who may read of protected people.
const notRestricted = "no restricted queue is set up"

// writeRestricted writes the leads about protected people, encrypted, and says how many there are. They have no history: nothing
// of them is in the state, and what a source reports again is there again. On the night that somebody becomes protected, what was
// retained of the person comes with them, and is retained no longer.
func (r *runner) writeRestricted(d *Draft, h *harvest) (words string, err error) {
	if r.plan.Restricted.None() {
		return notRestricted, nil
	}
	rows := r.restrictedRows(r.restrictedLinks(h))
	sealed, err := r.plan.Restricted.Seal(rows)
	if err != nil {
		return "", fmt.Errorf("the restricted queue: %w", err)
	}
	return report.GuardedCount(int64(restricted.Leads(rows))) + " in the restricted queue", os.WriteFile(d.Run(restricted.FileName), sealed, 0o600)
}

// restrictedLinks takes the links to protected people the way of all links: their sections' verdicts, competition among the
// subject's own records, purpose, and what officers told apart before.
func (r *runner) restrictedLinks(h *harvest) (links []leads.Link) {
	claims := slices.DeleteFunc(slices.Clone(h.kept), func(p provisional) bool { return !h.publishes(p.section) })
	bySource := map[string][]stake{}
	for i := range claims {
		source := claims[i].Sighting.Source
		bySource[source] = append(bySource[source], stake{subject: claims[i].Subject, weight: claims[i].Weight, place: i})
	}
	for source, stakes := range bySource {
		r.night.contest(source, stakes, func(place int, part int32) {
			l := &claims[place].Link
			l.Weight, l.Repeats, l.Accept = l.Weight+part, part, r.night.bounds.accepts(l.Weight+part, l.Dispute != nil)
		})
	}
	for i := range claims {
		if claims[i].Weight >= r.night.bounds.review {
			links = append(links, claims[i].Link)
		}
	}
	slices.SortFunc(links, compareLinks)
	links, _ = r.night.withoutPurpose(links)
	links, _ = r.judged.apart(r.caseload, links)
	return links
}

// restrictedRows makes leads of the links, holds them against policy as all leads are, and puts them in the order of a queue.
// Nothing is capped away: there is no memory in which it could wait.
func (r *runner) restrictedRows(links []leads.Link) []restricted.Row {
	a := r.assessor(&leads.Table{})
	a.Guard = &leads.Guard{} // it would hide the person's own places; of addresses and telephones nothing is written
	known := &r.caseload.knowledge
	desk := queue.NewBuilder(queue.Input{
		AsOf: r.plan.AsOf, Person: r.caseload.name, Cases: known.CasesOf, Levies: known.LeviesOf, Rules: r.plan.Policy,
	})
	night := &leads.Night{AsOf: r.plan.AsOf, Model: modelMark(r.plan)}
	var all []leads.Lead
	eachOwner(links, func(of []leads.Link) {
		subject := r.caseload.subjects[of[0].Subject]
		subject.Protected = false // in this one file
		for _, l := range a.Assess(&subject, night.Consolidate(subject, of)) {
			all = append(all, restricted.Guarded(l.Alone()))
		}
	})
	desk.Add(all, nil)
	return restricted.Rows(desk.Queues(nil), all)
}

// RestrictedView is what a run's restricted queue holds.
type RestrictedView struct {
	Run  string
	Rows []restricted.Row
}

// whyNotRestricted says why a run has no restricted queue.
func whyNotRestricted(m *report.Manifest) string {
	if m.Restricted == "" || m.Restricted == notRestricted {
		return "none was set up; the next run has one when the config names its readers, restricted: {recipients: [age1...]}"
	}
	return m.Restricted
}

// Restricted opens a run's restricted queue with the secret keys of a file, after its bytes have been held against the manifest.
// run is a run id or "current".
func (w Workspace) Restricted(run, keyFile string) (*RestrictedView, error) {
	id, err := w.publishedRun(run)
	if err != nil {
		return nil, err
	}
	m, err := w.manifest(id)
	if err != nil {
		return nil, err
	}
	sealed, err := os.ReadFile(filepath.Join(w.run(id), restricted.FileName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: run %s has no restricted queue: %s", ErrNotFound, id, whyNotRestricted(m))
	}
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(m.Outputs, func(f report.File) bool { return f.Name == restricted.FileName })
	if at < 0 || m.Outputs[at].SHA256 != hexDigest(sealed) {
		return nil, fmt.Errorf("run %s: %s: its bytes are not those that were published", id, restricted.FileName)
	}
	v := &RestrictedView{Run: id}
	if v.Rows, err = restricted.Open(sealed, keyFile); errors.Is(err, restricted.ErrKey) {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	return v, err
}

// LeadIDs are the leads in it, for the audit trail.
func (v *RestrictedView) LeadIDs() []string { return restricted.LeadIDs(v.Rows) }
