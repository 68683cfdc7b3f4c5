package main

import (
	"fmt"
	"os"
	"path/filepath"

	"locatematch/pipeline/leads"
)

// result is a whole stretch: a line a night, what it all came to, and what should not have been.
type result struct {
	Nights      int              `json:"nights"`
	Subjects    int              `json:"subjects"`
	Strangers   int              `json:"strangers"`
	Seed        uint64           `json:"seed"`
	Worked      int              `json:"worked"` // by each officer a night
	Wrong       float64          `json:"wrong"`
	Unsure      float64          `json:"unsure"`
	Judged      bool             `json:"judged"` // the command took the officers' judgements in
	Queued      bool             `json:"queued"` // it made queues; otherwise new and changed leads, surest first, stood in for them
	Lines       []line           `json:"lines"`
	Ours        share            `json:"ours"`
	BySure      map[string]share `json:"by_sure"` // ours, by how sure the officers were told it is
	Practice    share            `json:"practice"`
	Dump        share            `json:"dump"`     // practice, everything
	Findable    int              `json:"findable"` // facts that the extracts reported, of people looked for, unknown to the agency
	EventToLead waits            `json:"event_to_lead"`
	ToOfficer   waits            `json:"report_to_officer"`
	Faults      faults           `json:"faults"`
}

// line is one night.
type line struct {
	Night       int            `json:"night"`
	AsOf        string         `json:"as_of"`
	Exit        int            `json:"exit"`
	Leads       map[string]int `json:"leads"` // by status
	Queue       int            `json:"queue"`
	Worked      int            `json:"worked"`
	Left        int            `json:"left"` // on the officers' desks
	EventToLead waits          `json:"event_to_lead"`
	Ours        share          `json:"ours"`
	Dumped      int            `json:"dumped"`
	Practice    share          `json:"practice"`
	Findable    int            `json:"findable"` // so far
	OursSoFar   int            `json:"ours_so_far"`
	PractSoFar  int            `json:"practice_so_far"`
}

// stretch is a run through the nights under way.
type stretch struct {
	*options
	truth    *truth
	result   *result
	officers *officers
	checks   *checks
	ours     *tally
	practice *tally
	dump     *tally
	tray     *tray
	pile     *pile
	detail   *detail
	latest   map[string]*leads.Lead
	led      map[string]bool // facts that a lead was published of
	waits    []int
	reaching []int
}

func run(o *options) (*result, error) {
	if err := o.make(); err != nil {
		return nil, err
	}
	t, err := loadTruth(o.work)
	if err != nil {
		return nil, err
	}
	if !o.noAgency {
		if t.may, err = loadPermits(o.work, o.nights); err != nil {
			return nil, err
		}
	}
	s := &stretch{
		options: o, truth: t, officers: newOfficers(o, t), checks: newChecks(t), ours: newTally(t), practice: newTally(t), dump: newTally(t),
		tray: newTray(t), pile: &pile{truth: t}, detail: &detail{truth: t}, latest: map[string]*leads.Lead{}, led: map[string]bool{},
		result: &result{Nights: o.nights, Subjects: o.subjects, Strangers: o.strangers, Seed: o.seed, Worked: o.worked, Wrong: o.wrong,
			Unsure: o.unsure, Judged: o.judges()},
	}
	for night := 1; night <= o.nights; night++ {
		l, err := s.night(night)
		if err != nil {
			return nil, fmt.Errorf("night %d: %w", night, err)
		}
		s.result.Lines = append(s.result.Lines, l)
		fmt.Fprintf(o.progress, "night %d of %d: %d in the queue\n", night, o.nights, l.Queue)
	}
	if o.facts != "" {
		s.detail.add("left", o.nights, s.tray.rest(), func(q item) string { return s.ours.verdict(o.nights, q) })
		if err := s.detail.write(o.facts); err != nil {
			return nil, err
		}
	}
	r := s.result
	r.Ours, r.BySure, r.Practice, r.Dump = s.ours.share, s.ours.sure, s.practice.share, s.dump.share
	r.EventToLead, r.ToOfficer = waitsOf(s.waits), waitsOf(s.reaching)
	r.Findable, r.Faults = len(t.findable(o.nights)), s.checks.faults
	return r, nil
}

// make makes the stretch anew.
func (o *options) make() error {
	if err := os.RemoveAll(o.work); err != nil {
		return err
	}
	args := []string{"synth", "--nights", fmt.Sprint(o.nights), "--out", o.work, "--subjects", fmt.Sprint(o.subjects),
		"--strangers", fmt.Sprint(o.strangers), "--seed", fmt.Sprint(o.seed)}
	if o.noAgency {
		args = append(args, "--no-agency")
	}
	_, _, err := o.command(args...)
	return err
}

func (s *stretch) night(night int) (line, error) {
	config := filepath.Join(s.work, fmt.Sprintf("night-%02d", night), "night.yaml")
	run, exit, err := s.runNight(config)
	if err != nil {
		return line{}, err
	}
	l := line{Night: night, AsOf: s.truth.days[night-1], Exit: exit, Leads: map[string]int{}}
	all, err := leads.ReadLeads(filepath.Join(run, "leads.parquet"))
	if err != nil {
		return l, err
	}
	for i := range all {
		l.Leads[string(all[i].Status)]++
		s.latest[all[i].LeadID] = &all[i]
	}
	queue, made, err := readQueue(run, all, s.latest)
	if err != nil {
		return l, err
	}
	s.result.Queued = s.result.Queued || made
	dumped, err := s.dumped(night)
	if err != nil {
		return l, err
	}
	s.checks.night(night, all, queue)
	l.EventToLead = s.published(night, queue)
	s.tray.put(night, itemsOf(all), queue)
	work := s.tray.take(s.worked)
	l.Queue, l.Worked, l.Left, l.Dumped = len(queue), len(work), len(s.tray.items), len(dumped)
	if err := s.officers.judge(night, config, work, s.result.Judged); err != nil {
		return l, err
	}
	for _, q := range work {
		s.checks.judged[q.leadID] = s.result.Judged
	}
	practice := s.pile.take(night, dumped, len(work))
	s.detail.add("locatematch", night, work, func(q item) string { return s.ours.verdict(night, q) })
	s.detail.add("practice", night, practice, func(q item) string { return s.practice.verdict(night, q) })
	l.Ours = s.ours.add(night, work)
	s.reached(night, work)
	s.dump.add(night, dumped)
	l.Practice = s.practice.add(night, practice)
	l.Findable, l.OursSoFar, l.PractSoFar = len(s.truth.findable(night)), s.ours.found(night), s.practice.found(night)
	return l, nil
}

// published notes the waits of facts of the stretch that stand in a queue for the first time: business nights from the event.
func (s *stretch) published(night int, queue []item) waits {
	var tonight []int
	for _, q := range queue {
		f := s.truth.about(q.subject, q.kind, q.key, night)
		if f == nil || s.led[f.id] {
			continue
		}
		s.led[f.id] = true
		if began := s.truth.nightOf(f.began); began > -nightsBefore {
			tonight = append(tonight, night-began)
		}
	}
	s.waits = append(s.waits, tonight...)
	return waitsOf(tonight)
}

// nightsBefore is how far before the first night an event may lie to be timed: older ones say nothing of the night.
const nightsBefore = 20

// reached notes the nights from a fact's first report to the officer who looks at it.
func (s *stretch) reached(night int, work []item) {
	for _, q := range work {
		if f := s.truth.about(q.subject, q.kind, q.key, night); f != nil && f.night > 0 && s.ours.seen[f.id] == night {
			s.reaching = append(s.reaching, night-f.night)
		}
	}
}
