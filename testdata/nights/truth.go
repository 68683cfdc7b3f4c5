package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"locatematch/pipeline/leads"
)

// fact is one row of facts.csv.
type fact struct {
	id           string // subject, kind, key, and which of several spells
	subject      string
	kind, key    string // the key in the form of leads
	began, ended string // CCYY-MM-DD; ended "" never
	known        string // what the agency has of it, "" nothing
	night        int    // first reported; 0 never
	extract      string // that reported it first
}

// someone is one row of people.csv.
type someone struct {
	shield                      bool
	caseID                      string
	opens, closes, protectsFrom int
}

// truth is what is true of everybody, all along.
type truth struct {
	dir    string
	days   []string // business date by night
	facts  []fact
	byKey  map[[3]string][]*fact
	people map[string]someone
	later  map[string]string // the number that a former one was merged into
	former map[string]string // and the other way
	may    *permits          // nil: nothing is known of cases, and everything may be used
	desks  map[string]string // office and officer of each subject, as of the latest caseload read
}

// protected tells whether somebody's whereabouts are to be kept on a night.
func (t *truth) protected(subject string, night int) bool {
	from := t.person(subject).protectsFrom
	return from > 0 && from <= night
}

func loadTruth(dir string) (*truth, error) {
	t := &truth{dir: dir, byKey: map[[3]string][]*fact{}, people: map[string]someone{}, later: map[string]string{}, former: map[string]string{}, desks: map[string]string{}}
	if err := t.loadDays(); err != nil {
		return nil, err
	}
	err := eachRow(filepath.Join(dir, "facts.csv"), func(v map[string]string) {
		f := fact{subject: v["subject_id"], kind: v["kind"], key: v["key"], began: v["began"], ended: v["ended"], known: v["known"], extract: v["extract"]}
		f.night, _ = strconv.Atoi(v["night"])
		if parts := strings.Split(f.key, "|"); f.kind == "address" && len(parts) == 4 {
			f.key = leads.AddressKey(parts[0], "", "", parts[1], parts[2], parts[3])
		}
		f.id = fmt.Sprint(f.subject, f.kind, f.key, f.began)
		t.facts = append(t.facts, f)
	})
	if err != nil {
		return nil, err
	}
	for i := range t.facts {
		f := &t.facts[i]
		key := [3]string{f.subject, f.kind, f.key}
		t.byKey[key] = append(t.byKey[key], f)
	}
	return t, eachRow(filepath.Join(dir, "people.csv"), func(v map[string]string) {
		p := someone{shield: v["role"] == "shield", caseID: v["case_id"]}
		p.opens, _ = strconv.Atoi(v["opens"])
		p.closes, _ = strconv.Atoi(v["closes"])
		p.protectsFrom, _ = strconv.Atoi(v["protected_from"])
		t.people[v["subject_id"]] = p
		if v["former"] != "" {
			t.later[v["former"]], t.former[v["subject_id"]] = v["subject_id"], v["former"]
		}
	})
}

// loadDays reads each night's business date from its config.
func (t *truth) loadDays() error {
	for night := 1; ; night++ {
		text, err := os.ReadFile(filepath.Join(t.dir, fmt.Sprintf("night-%02d", night), "night.yaml"))
		if err != nil {
			if night == 1 {
				return err
			}
			return nil
		}
		for line := range strings.Lines(string(text)) {
			if date, ok := strings.CutPrefix(line, "as_of: "); ok {
				t.days = append(t.days, strings.TrimSpace(date))
			}
		}
	}
}

// eachRow gives each row of a CSV by its columns' names.
func eachRow(path string, visit func(map[string]string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, row := range rows[1:] {
		v := map[string]string{}
		for i, name := range rows[0] {
			v[name] = row[i]
		}
		visit(v)
	}
	return nil
}

// number is the person's number as the last night has it.
func (t *truth) number(subject string) string {
	if later := t.later[subject]; later != "" {
		return later
	}
	return subject
}

// onNight is the number that a person had on a night, of the two that a merged one has had.
func (t *truth) onNight(subject string, night int) string {
	if former := t.former[subject]; former != "" && night < len(t.days)/2+1 {
		return former
	}
	return subject
}

func (t *truth) person(subject string) someone { return t.people[t.number(subject)] }

// holds tells whether a fact is true on a night: an employer who still employs, an address still lived at.
func (t *truth) holds(f *fact, night int) bool {
	today := t.days[night-1]
	return f.began <= today && (f.ended == "" || f.ended > today)
}

// about is the subject's fact of a kind and key: the spell that holds, else the latest that has begun; nil where it is somebody
// else's, or nobody's.
func (t *truth) about(subject, kind, key string, night int) (best *fact) {
	for _, f := range t.byKey[[3]string{t.number(subject), kind, key}] {
		if f.began <= t.days[night-1] && (best == nil || t.holds(f, night) || !t.holds(best, night) && f.began > best.began) {
			best = f
		}
	}
	return best
}

// findable are the facts that officers should have by a night: reported by an extract, true when they were, of somebody who is
// looked for and about whom that source may be used, and unknown to the agency before.
func (t *truth) findable(night int) map[string]bool {
	all := map[string]bool{}
	for i := range t.facts {
		f := &t.facts[i]
		if f.night == 0 || f.night > night || f.known != "" || !t.holds(f, f.night) {
			continue
		}
		p := t.people[f.subject]
		from := max(f.night, p.opens)
		if p.shield || from > night || p.protectsFrom > 0 && p.protectsFrom <= from || p.closes > 0 && p.closes <= from {
			continue
		}
		if !t.may.allow(t.onNight(f.subject, from), sourceOf[f.extract], from) {
			continue
		}
		all[f.id] = true
	}
	return all
}

// nightOf is the night of a date, counted on before the first one.
func (t *truth) nightOf(date string) int {
	first, err1 := time.Parse(time.DateOnly, t.days[0])
	day, err2 := time.Parse(time.DateOnly, date)
	if err1 != nil || err2 != nil {
		return -nightsBefore
	}
	night := 1
	for d := first; d.Before(day); d = d.AddDate(0, 0, 1) {
		if weekday(d.AddDate(0, 0, 1)) {
			night++
		}
	}
	for d := first; d.After(day) && night > -nightsBefore; d = d.AddDate(0, 0, -1) {
		if weekday(d.AddDate(0, 0, -1)) {
			night--
		}
	}
	return night
}

func weekday(d time.Time) bool { return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday }
