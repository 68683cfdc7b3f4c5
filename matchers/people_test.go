package matchers

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"locatematch/matchers/text"
)

// row is one invented person or record: raw values by field name.
type row map[string]string

// standard turns raw values into what the engine is given.
func standard(spec *Spec, r row) []Value {
	values := make([]Value, len(spec.Fields))
	for i, f := range spec.Fields {
		std, num, validity := text.Standardise(f.Kind, 0, nil, []byte(r[f.Name]))
		values[i] = Value{Std: std, Num: num, Validity: validity}
	}
	return values
}

// subject is a caseload person: its own values, then aliases and earlier addresses as further value sets.
type subject []row

// failer is a test of either make, testing's or rapid's.
type failer interface {
	Helper()
	Fatal(args ...any)
}

// build freezes a caseload. Every row of a subject is one value set in each group that it has a field of.
func build(t failer, spec *Spec, subjects []subject) *Caseload {
	t.Helper()
	b := NewBuilder(spec)
	for _, s := range subjects {
		b.Subject()
		for _, r := range s {
			addRow(b, spec, r)
		}
	}
	c, err := b.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func addRow(b *Builder, spec *Spec, r row) {
	values := standard(spec, r)
	for _, group := range spec.Groups() {
		begun := false
		for _, f := range group.Fields {
			if _, has := r[spec.Fields[f].Name]; !has {
				continue
			}
			if !begun {
				b.Set(group.Name)
				begun = true
			}
			b.Add(f, values[f])
		}
	}
}

// town invents people. The same seed gives the same people.
type town struct {
	*rand.Rand
	givens, families, streets []string
}

func newTown(seed uint64) *town {
	t := &town{Rand: rand.New(rand.NewPCG(seed, 7))}
	t.givens = append(t.invent(300, 2), "JAMES", "MARY", "ROBERT", "BOB", "WILLIAM", "BILL", "LIZ", "ELIZABETH", "MARY ANN")
	t.families = append(t.invent(3000, 3), "SMITH", "JONES", "GARCIA LOPEZ", "GARCIA", "LOPEZ")
	t.streets = t.invent(400, 3)
	return t
}

// invent makes words of so many syllables.
func (t *town) invent(n, syllables int) []string {
	const onset, vowel, coda = "BCDFGHJKLMNPRSTVW", "AEIOU", "LNRST"
	words := make([]string, n)
	for i := range words {
		var w strings.Builder
		for range syllables {
			w.WriteByte(onset[t.IntN(len(onset))])
			w.WriteByte(vowel[t.IntN(len(vowel))])
		}
		w.WriteByte(coda[t.IntN(len(coda))])
		words[i] = w.String()
	}
	return words
}

// skew picks with the power-law shape of names: the first are common.
func (t *town) skew(words []string) string {
	x := t.Float64()
	return words[int(x*x*x*float64(len(words)))]
}

func (t *town) person(i int) row {
	return row{
		"key": fmt.Sprintf("P%07d", i), "ssn": fmt.Sprintf("%03d%02d%04d", 100+t.IntN(500), 1+t.IntN(99), 1+t.IntN(9999)),
		"born":  fmt.Sprintf("%04d-%02d-%02d", 1955+t.IntN(45), 1+t.IntN(12), 1+t.IntN(28)),
		"given": t.skew(t.givens), "middle": t.skew(t.givens)[:1], "family": t.skew(t.families), "suffix": []string{"", "", "", "JR"}[t.IntN(4)],
		"sex": []string{"M", "F"}[t.IntN(2)], "address": fmt.Sprintf("%d %s ST", 1+t.IntN(2000), t.skew(t.streets)),
		"city": "SPRINGFIELD", "state": "UT", "zip": fmt.Sprintf("84%03d", t.IntN(300)) + []string{"", "", fmt.Sprintf("-%04d", 1+i%3)}[i%3],
		"phone": fmt.Sprintf("801%03d%04d", 222+t.IntN(700), t.IntN(10000)), "email": fmt.Sprintf("u%d@example.org", i),
	}
}

// sighting is a person as some source has it: fields missing, misspelt, moved.
func (t *town) sighting(p row) row {
	r := row{}
	for _, name := range sortedKeys(p) {
		v := p[name]
		switch {
		case t.IntN(100) < 30:
			continue
		case t.IntN(100) < 15 && len(v) > 3:
			at := 1 + t.IntN(len(v)-2)
			v = v[:at] + v[at+1:at+2] + v[at:at+1] + v[min(len(v), at+2):]
		case name == "given" && t.IntN(100) < 10 && v != "":
			v = v[:1]
		}
		r[name] = v
	}
	if t.IntN(20) == 0 {
		r["given"], r["family"] = r["family"], r["given"]
	}
	return r
}

// caseload invents subjects, one in five with an alias, one in four with an earlier address, a third without SSN.
func (t *town) caseload(n int) []subject {
	subjects := make([]subject, n)
	for i := range subjects {
		p := t.person(i)
		if t.IntN(3) == 0 {
			p["ssn"] = ""
		}
		s := subject{p}
		if t.IntN(5) == 0 {
			s = append(s, row{"given": p["given"], "family": t.skew(t.families)})
		}
		if t.IntN(4) == 0 {
			s = append(s, row{"address": fmt.Sprintf("%d %s ST", 1+t.IntN(2000), t.skew(t.streets)), "zip": fmt.Sprintf("84%03d", t.IntN(300))})
		}
		subjects[i] = s
	}
	return subjects
}

// records invents an extract: sightings of the subjects, and strangers.
func (t *town) records(spec *Spec, subjects []subject, n int) [][]Value {
	records := make([][]Value, n)
	for i := range records {
		p := t.person(1000000 + i)
		if t.IntN(2) == 0 {
			s := subjects[t.IntN(len(subjects))]
			p = row{}
			for _, r := range s[:1+t.IntN(len(s))] {
				for k, v := range r {
					p[k] = v
				}
			}
		}
		records[i] = standard(spec, t.sighting(p))
	}
	return records
}
