package judgement

import (
	"cmp"
	"iter"
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/table"
)

// Taken is one row of state/<run>/judgements.parquet: a judgement that a run took in, with what it was about.
type Taken struct {
	LeadID    string         `parquet:"lead_id"`
	SubjectID string         `parquet:"subject_id"` // "" of a lead that no run published
	Kind      leads.Kind     `parquet:"kind,dict"`
	CaseID    string         `parquet:"case_id"`
	PersonIs  string         `parquet:"person_is,dict"`
	FactIs    string         `parquet:"fact_is,dict"`
	Used      string         `parquet:"used,dict"`
	Officer   string         `parquet:"officer,dict"`
	Reason    string         `parquet:"reason"`
	Date      leads.Day      `parquet:"date,date"`
	File      string         `parquet:"file,dict"`    // of the store
	Persons   []uint64       `parquet:"persons,list"` // source persons whose records had made the lead
	Strength  leads.Strength `parquet:"strength"`     // of the strongest of these records
	Records   []Record       `parquet:"records,list"` // these records, for training
	Recalled  bool           `parquet:"recalled"`     // every file that had reported the lead was recalled: it counts for nothing
}

// Known is what runs remember of a published lead for the judgements that may come.
type Known struct {
	LeadID    string         `parquet:"lead_id"`
	SubjectID string         `parquet:"subject_id"`
	Kind      leads.Kind     `parquet:"kind,dict"`
	Persons   []uint64       `parquet:"persons,list"` // sorted
	Strength  leads.Strength `parquet:"strength"`
	Records   []Record       `parquet:"records,list"` // of every night that reported it
	Recalled  bool           `parquet:"recalled"`     // every file that had reported it was recalled; who received it may still be asked
}

// Memory is some of the leads that were ever published, by lead id.
type Memory []Known

// Recollect puts together what is remembered of some leads.
func Recollect(kept iter.Seq[Kept]) (m Memory) {
	for k := range kept {
		m = append(m, k.Known())
	}
	return m
}

// Kept is a memory as it is kept.
func (m Memory) Kept() iter.Seq[Kept] {
	return func(yield func(Kept) bool) {
		for i := range m {
			if !yield(Keep(&m[i])) {
				return
			}
		}
	}
}

// Find gives what is known of a lead. One whose files were all recalled is not: it is as if it had never been.
func (m Memory) Find(leadID string) (*Known, bool) {
	i, there := slices.BinarySearchFunc(m, leadID, func(k Known, id string) int { return cmp.Compare(k.LeadID, id) })
	if !there || m[i].Recalled {
		return nil, false
	}
	return &m[i], true
}

// After is what is remembered after a night: tonight's leads over what was known before, which comes by lead id, source persons
// and records joined. Tonight's need no order.
func After(before iter.Seq[Kept], tonight []Known) iter.Seq[Kept] {
	tonight = slices.Clone(tonight)
	slices.SortFunc(tonight, func(a, b Known) int { return cmp.Compare(a.LeadID, b.LeadID) })
	return func(yield func(Kept) bool) {
		tonight := tonight
		for past := range before {
			for len(tonight) > 0 && tonight[0].LeadID < past.LeadID {
				if !yield(Keep(&tonight[0])) {
					return
				}
				tonight = tonight[1:]
			}
			if len(tonight) > 0 && tonight[0].LeadID == past.LeadID {
				was := past.Known()
				now := tonight[0].after(&was)
				past, tonight = Keep(&now), tonight[1:]
			}
			if !yield(past) {
				return
			}
		}
		for i := range tonight {
			if !yield(Keep(&tonight[i])) {
				return
			}
		}
	}
}

func (k Known) after(past *Known) Known {
	if past.Recalled {
		return k
	}
	k.Records = joinedRecords(past.Records, k.Records)
	k.Persons, k.Strength = summary(k.Records)
	return k
}

// Untaken are the leads of which the store has judgements that are not taken in yet.
func Untaken(files []File, already []Taken) map[string]bool {
	have, ids := taken(already), map[string]bool{}
	for _, f := range files {
		for i := range f.Judgements {
			if !have[f.Name] {
				ids[f.Judgements[i].LeadID] = true
			}
		}
	}
	return ids
}

// taken are the files of the store that were taken in.
func taken(already []Taken) map[string]bool {
	have := map[string]bool{}
	for i := range already {
		have[already[i].File] = true
	}
	return have
}

// Take gives the store's judgements that a run takes in beside those already taken, each with what it is about, in the stated
// order: date, file, lead, case.
func Take(files []File, already []Taken, memory Memory) []Taken {
	have, all := taken(already), slices.Clone(already)
	for _, f := range files {
		if have[f.Name] {
			continue
		}
		for _, j := range f.Judgements {
			t := Taken{LeadID: j.LeadID, CaseID: j.CaseID, PersonIs: j.PersonIs, FactIs: j.FactIs, Used: j.Used, Officer: j.Officer,
				Reason: j.Reason, Date: leads.DayOf(j.Date), File: f.Name}
			if k, known := memory.Find(j.LeadID); known {
				t.SubjectID, t.Kind, t.Persons, t.Strength, t.Records = k.SubjectID, k.Kind, k.Persons, k.Strength, k.Records
			}
			all = append(all, t)
		}
	}
	sortTaken(all)
	return all
}

// sortTaken puts judgements in their stated order.
func sortTaken(all []Taken) {
	slices.SortStableFunc(all, func(a, b Taken) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.File, b.File), cmp.Compare(a.LeadID, b.LeadID), cmp.Compare(a.CaseID, b.CaseID))
	})
}

// Judgement is what was said, without what it was about.
func (t *Taken) Judgement() Judgement {
	return Judgement{LeadID: t.LeadID, CaseID: t.CaseID, PersonIs: t.PersonIs, FactIs: t.FactIs, Used: t.Used, Officer: t.Officer,
		Reason: t.Reason, Date: t.Date.Integer()}
}

var personalTaken = table.Options{Personal: []string{"lead_id", "subject_id", "case_id", "reason", "persons", "records"}}

// WriteTaken writes judgements.parquet.
func WriteTaken(path string, rows []Taken) error {
	_, err := table.Write(path, rows, personalTaken)
	return err
}

// ReadTaken reads judgements.parquet.
func ReadTaken(path string) ([]Taken, error) { return table.Read[Taken](path) }
