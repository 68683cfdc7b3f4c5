package pipeline

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/table"
)

// guardedRow is a row of a run's guarded.parquet: a protected person, and one of the person's cases or places. A place is a hash
// under the key of the state (sourceperson.go): the file says who is protected, as the caseload does, and where nobody is.
type guardedRow struct {
	SubjectID string `parquet:"subject_id"`
	CaseID    string `parquet:"case_id"` // "" beside a place
	Place     int64  `parquet:"place"`   // 0 beside a case
}

func compareGuarded(a, b guardedRow) int {
	return cmp.Or(cmp.Compare(a.SubjectID, b.SubjectID), cmp.Compare(a.CaseID, b.CaseID), cmp.Compare(a.Place, b.Place))
}

// guarded is what a run knows of protected people's places: the caseload's and the agency's, tonight's records', and what earlier
// runs knew of those who are protected still. A record is read once; what it told has to be kept back on later nights too.
type guarded struct {
	guard *leads.Guard
	since *leads.Guard // of the places alone that the run before did not know
	rows  []guardedRow
}

// guardedPlace is a place on a record that a protected person claims.
type guardedPlace struct {
	subject uint32
	place   leads.Place
}

// placesOf are the places on a record, for each protected person whom it may be about.
func placesOf(claimants []uint32, s *leads.Sighting) (all []guardedPlace) {
	for _, subject := range claimants {
		for _, p := range leads.PlacesOf(s) {
			all = append(all, guardedPlace{subject, p})
		}
	}
	return all
}

// loadGuarded puts together where protected people are, once every record of the night has been read.
func (r *runner) loadGuarded(h *harvest) (*guarded, error) {
	g := &guarded{guard: leads.NewGuard(r.key)}
	before, err := r.guardedBefore()
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, row := range before {
		known[row.SubjectID] = true
		if number, there := r.caseload.numbers[row.SubjectID]; there && r.caseload.subjects[number].Protected {
			g.rows = append(g.rows, row)
		}
	}
	fresh := map[string]bool{}
	for number := range r.caseload.subjects {
		if s := &r.caseload.subjects[number]; s.Protected {
			fresh[s.ID] = !known[s.ID]
			g.add(s.ID, r.caseload.placesOf(uint32(number)))
			g.cases(s.ID, r.caseload.knowledge.CasesOf(s.ID))
		}
	}
	for _, p := range h.guarded {
		g.add(r.caseload.subjects[p.subject].ID, []leads.Place{p.place})
	}
	if err := r.guardPublished(g, fresh); err != nil {
		return nil, err
	}
	slices.SortFunc(g.rows, compareGuarded)
	g.rows = slices.Compact(g.rows)
	if err := r.guardOwn(g); err != nil {
		return nil, err
	}
	g.know(r.key, before, r.parent != nil && r.parent.Code == Version())
	return g, nil
}

// know makes the guards of the rows. A run of another version may have read other places on the same record.
func (g *guarded) know(key []byte, before []guardedRow, comparable bool) {
	knew := map[int64]bool{}
	if comparable {
		for _, row := range before {
			knew[row.Place] = true
		}
	}
	g.since = leads.NewGuard(key)
	for _, row := range g.rows {
		if row.Place == 0 {
			continue
		}
		g.guard.AddHashes([]uint64{uint64(row.Place)})
		if !knew[row.Place] {
			g.since.AddHashes([]uint64{uint64(row.Place)})
		}
	}
}

func (g *guarded) add(subject string, places []leads.Place) {
	for _, p := range places {
		for _, h := range g.guard.Hashes(p) {
			g.rows = append(g.rows, guardedRow{SubjectID: subject, Place: int64(h)})
		}
	}
}

func (g *guarded) cases(subject string, cases []agency.Case) {
	g.rows = append(g.rows, guardedRow{SubjectID: subject})
	for _, c := range cases {
		g.rows = append(g.rows, guardedRow{SubjectID: subject, CaseID: c.ID})
	}
}

// guardPublished adds what earlier nights published of people who were not protected then.
func (r *runner) guardPublished(g *guarded, fresh map[string]bool) error {
	if r.parent == nil || !hasTrue(fresh) {
		return nil
	}
	places, err := r.plan.Workspace.publishedPlaces(r.parent.Run, func(subject string) bool { return fresh[subject] })
	if err != nil {
		return err
	}
	for subject, of := range places {
		g.add(subject, of)
	}
	return nil
}

func hasTrue(set map[string]bool) bool {
	for _, in := range set {
		if in {
			return true
		}
	}
	return false
}

// publishedPlaces are the places that the leads of some people told, in a run and all before it.
func (w Workspace) publishedPlaces(run string, of func(subject string) bool) (map[string][]leads.Place, error) {
	runs, err := w.chain(run)
	if err != nil {
		return nil, err
	}
	places := map[string][]leads.Place{}
	for _, m := range runs {
		published, err := leads.ReadLeads(filepath.Join(w.run(m.Run), leadsFile))
		if err != nil {
			return nil, err
		}
		for i := range published {
			if l := &published[i]; of(l.SubjectID) {
				places[l.SubjectID] = append(places[l.SubjectID], leads.PlacesOfLead(l)...)
			}
		}
	}
	return places, nil
}

// guardedBefore is what earlier runs knew.
func (r *runner) guardedBefore() ([]guardedRow, error) {
	if r.parent == nil {
		return nil, nil
	}
	return r.plan.Workspace.readGuarded(r.parent.Run)
}

// guardOwn adds what a trial would not know, and the config's own live run does, as far as its hashes are under the same key. It
// decides the trial's bytes, and so stands in its digests; a trial of the same night learns nothing by it.
func (r *runner) guardOwn(g *guarded) error {
	key, own, err := r.plan.Workspace.ownGuarded()
	if err != nil || !bytes.Equal(key, r.key) {
		return err
	}
	own = slices.DeleteFunc(own, func(row guardedRow) bool {
		_, known := slices.BinarySearchFunc(g.rows, row, compareGuarded)
		number, there := r.caseload.numbers[row.SubjectID]
		return known || !there || !r.caseload.subjects[number].Protected
	})
	if len(own) == 0 {
		return nil
	}
	r.caseload.protectedDigest = hexDigest(fmt.Appendf(nil, "%s %v", r.caseload.protectedDigest, own))
	g.rows = append(g.rows, own...)
	slices.SortFunc(g.rows, compareGuarded)
	return nil
}

// ownGuarded is the key and the rows of the config's own live run, where this is the workspace of a trial; nothing else.
func (w Workspace) ownGuarded() (key []byte, rows []guardedRow, err error) {
	if w.protected == "" || w.protected == w.State {
		return nil, nil, nil
	}
	own := Workspace{Runs: w.protectedRuns, State: w.protected}
	live, err := own.currentID()
	if err != nil || live == "" {
		return nil, nil, err
	}
	if key, err = own.keyOf(live); err != nil {
		return nil, nil, err
	}
	rows, err = own.readGuarded(live)
	return key, rows, err
}

// readGuarded reads what a run left. A run of a version that left nothing knew nobody.
func (w Workspace) readGuarded(run string) ([]guardedRow, error) {
	rows, err := table.Read[guardedRow](filepath.Join(w.state(run), guardedFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return rows, err
}

func (g *guarded) write(d *Draft) error {
	_, err := table.Write(d.State(guardedFile), g.rows, table.Options{Personal: []string{"subject_id", "case_id", "place"}})
	return err
}

// placesOf are the places that caseload and agency have of a person.
func (c *caseload) placesOf(number uint32) (places []leads.Place) {
	s := &c.subjects[number]
	for _, key := range s.Addresses {
		places = append(places, leads.AddressPlace(key))
	}
	for _, f := range c.knowledge.FactsOf(s.ID, agency.AddressFact) {
		places = append(places, leads.AddressPlace(f.Key))
	}
	spec := c.frozen.Spec()
	for f := range spec.Fields {
		for set := range c.frozen.Sets(number, f) {
			if p, is := contactPlace(spec.Fields[f], c.frozen.Value(number, f, set)); is {
				places = append(places, p)
			}
		}
	}
	return places
}

// contactPlace is the place that a value of a telephone or e-mail field is.
func contactPlace(f matchers.Field, v matchers.Value) (leads.Place, bool) {
	switch {
	case v.Validity != text.Valid:
	case f.Kind == text.Phone && v.Num != 0:
		return leads.PhonePlace(fmt.Sprintf("%010d", v.Num)), true
	case f.Kind == text.Email && len(v.Std) > 0:
		return leads.EmailPlace(string(v.Std)), true
	}
	return leads.Place{}, false
}
