package pipeline

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/judgement"
	"locatematch/pipeline/leads/queue"
)

// Protected is what protecting a person came to: who has received what before.
type Protected struct {
	SubjectID  string      `json:"subject_id"`
	Already    bool        `json:"already"` // the person was on the list
	Recipients []Recipient `json:"recipients"`
}

// Recipient is somebody who received leads on the person before.
type Recipient struct {
	Who   string `json:"who"` // an officer's queue, or a user who read or exported
	What  string `json:"what"`
	Run   string `json:"run,omitempty"`
	On    string `json:"on"` // CCYY-MM-DD
	Leads int    `json:"leads"`
}

// Protect puts a person on the list of those protected between nights. From then on no command shows a lead on the person, nor
// one on somebody else that would tell the person's address, account or telephone; the next run makes none. Files that were
// taken away earlier are named by their recipients.
func Protect(ctx context.Context, p *Plan, subject, reason string) (*Protected, error) {
	if strings.TrimSpace(reason) == "" {
		return nil, fmt.Errorf("%w: --reason says why the person is protected", ErrConfig)
	}
	w := p.Workspace
	list, err := w.loadProtected()
	if err != nil {
		return nil, err
	}
	out := &Protected{SubjectID: subject, Already: list.has(subject), Recipients: []Recipient{}}
	c, err := p.mustBeKnown(ctx, subject, out.Already)
	if err != nil {
		return nil, err
	}
	entry := protection{SubjectID: subject, Reason: strings.Join(strings.Fields(reason), " ")}
	traces := p.traces(c, &entry)
	if !out.Already || !list.hasLine(entry) {
		line, err := json.Marshal(entry)
		if err != nil {
			return nil, err
		}
		if err := appendLine(filepath.Join(w.State, protectedFile), line); err != nil {
			return nil, err
		}
	}
	if traces != nil {
		return nil, fmt.Errorf("subject %s is protected, but leads on other people may still tell where: %w", subject, traces)
	}
	if err := w.recipients(out); err != nil {
		return nil, fmt.Errorf("subject %s is protected, but who received what could not be listed: %w", subject, err)
	}
	return out, w.Audit(AuditEntry{Command: "protect", About: subject})
}

// traces adds to a line of the list what leads on other people must not tell from now on: the addresses, telephones and e-mail that
// caseload and agency have of the person, those that published leads told, and the person's cases. A custodial parent has no lead
// of her own, and the leads on the other parent are what would tell.
func (p *Plan) traces(c *caseload, entry *protection) error {
	w := p.Workspace
	live, err := w.currentID()
	if err != nil || live == "" { // nothing has been published that could tell
		return err
	}
	key, err := w.keyOf(live)
	if err != nil {
		return err
	}
	published, err := w.publishedPlaces(live, func(s string) bool { return s == entry.SubjectID })
	places := published[entry.SubjectID]
	if number, known := c.numbers[entry.SubjectID]; known {
		places = append(places, c.placesOf(number)...)
		for _, of := range c.knowledge.CasesOf(entry.SubjectID) {
			entry.Cases = append(entry.Cases, of.ID)
		}
	}
	g := leads.NewGuard(key)
	for _, place := range places {
		for _, h := range g.Hashes(place) {
			entry.Places = append(entry.Places, fmt.Sprintf("%016x", h))
		}
	}
	slices.Sort(entry.Places)
	entry.Places = slices.Compact(entry.Places)
	return err
}

// mustBeKnown refuses a number that nobody has: a slip of the pen would protect nobody. It gives the caseload.
func (p *Plan) mustBeKnown(ctx context.Context, subject string, already bool) (*caseload, error) {
	c, err := loadCaseload(ctx, p)
	if err != nil {
		return nil, err
	}
	if _, known := c.numbers[subject]; known || already {
		return c, nil
	}
	if live, err := p.Workspace.currentID(); err == nil && live != "" { // a closed case is on the caseload no longer
		known := false
		err := p.Workspace.eachPublished(live, func(k *judgement.Known) { known = known || k.SubjectID == subject })
		if known || err != nil {
			return c, err
		}
	}
	return nil, fmt.Errorf("%w: no subject %q on the caseload, nor any lead on one; nobody was protected", ErrNotFound, subject)
}

// recipients lists who was sent leads on the person, by run, and who read or exported them since.
func (w Workspace) recipients(out *Protected) error {
	live, err := w.currentID()
	if err != nil {
		return err
	}
	if live == "" { // no run yet; an inquiry may have been sent
		return w.readers(out, nil)
	}
	runs, err := w.chain(live)
	if err != nil {
		return err
	}
	theirs := map[string]bool{}
	for _, m := range runs {
		places, err := queue.ReadIndex(filepath.Join(w.run(m.Run), filepath.FromSlash(queue.IndexFile)))
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			return err
		}
		by := map[string]int{}
		for i := range places {
			if p := &places[i]; p.SubjectID == out.SubjectID {
				theirs[p.LeadID] = true
				by[deskWords(p)]++
			}
		}
		for who, n := range by {
			out.Recipients = append(out.Recipients, Recipient{Who: who, What: "queue", Run: m.Run, On: m.AsOf, Leads: n})
		}
	}
	err = w.eachPublished(live, func(k *judgement.Known) {
		if k.SubjectID == out.SubjectID {
			theirs[k.LeadID] = true
		}
	})
	if err != nil {
		return err
	}
	if err := w.readers(out, theirs); err != nil {
		return err
	}
	slices.SortFunc(out.Recipients, func(a, b Recipient) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.What, b.What), cmp.Compare(a.Who, b.Who), cmp.Compare(a.Run, b.Run), cmp.Compare(a.Leads, b.Leads))
	})
	out.Recipients = slices.Compact(out.Recipients) // who read the same twice a day is called once
	return nil
}

func (w Workspace) readers(out *Protected, theirs map[string]bool) error {
	trail, err := w.auditTrail()
	if err != nil {
		return err
	}
	for _, a := range trail {
		n := 0
		for _, id := range a.Leads {
			if theirs[id] {
				n++
			}
		}
		if slices.Contains(a.Subjects, out.SubjectID) {
			out.Recipients = append(out.Recipients, Recipient{Who: a.Who, What: strings.TrimSpace(a.Command + " " + a.Format), On: a.At.Format("2006-01-02")})
		}
		if n > 0 {
			out.Recipients = append(out.Recipients, Recipient{Who: a.Who, What: strings.TrimSpace(a.Command + " " + a.Format), Run: a.Run, On: a.At.Format("2006-01-02"), Leads: n})
		}
	}
	return nil
}

// Text lists who received what, for a terminal.
func (p *Protected) Text() string {
	var b strings.Builder
	if p.Already {
		fmt.Fprintf(&b, "Subject %s was protected already.\n", p.SubjectID)
	} else {
		fmt.Fprintf(&b, "Subject %s is protected from now on: no command shows a lead on this person, and no run makes one.\n", p.SubjectID)
	}
	if len(p.Recipients) == 0 {
		b.WriteString("Nobody has received a lead on this person.\n")
		return b.String()
	}
	b.WriteString("Received before, and to be called back:\n")
	for _, r := range p.Recipients {
		fmt.Fprintf(&b, "  %s  %s: %s", r.On, r.Who, r.What)
		if r.Leads > 0 {
			fmt.Fprintf(&b, ", leads: %d", r.Leads)
		}
		b.WriteString("\n")
	}
	return b.String()
}
