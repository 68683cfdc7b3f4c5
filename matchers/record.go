package matchers

import (
	"locatematch/matchers/text"
)

// record is the record at hand, its values turned into numbers and codes. It belongs to a worker and is filled again for
// every record.
type record struct {
	c           *Caseload
	comparisons []comparisonPlan
	fields      []recordField
	used        []int   // fields that some comparison reads
	memos       []*memo // by comparison; nil for those that are cheaper than a memo
	prober      *Prober
	late        Late        // whom to ask for pending values
	present     uint64      // of used, bit by bit: those that have a value, as far as is known
	pending     uint64      // and those whose value, or its code, nobody wanted yet
	street      text.Needle // the street of the record's address
	streeted    bool
}

// recordField is one value of the record. Codes up to the dictionary's size are the caseload's; values that no
// subject has get private codes above them, or unseen where nothing is memoised.
type recordField struct {
	plan    *fieldPlan
	column  *column
	private *privateDictionary // nil where no comparison memoises the field
	early   bool               // a blocking rule asks for it: its value is there from the beginning
	pending bool               // something is written there, and nobody wanted it yet
	value   *Value             // the value that is there while its code is pending; nil: late has it
	patient bool               // its code can wait until a comparison wants it
	coded   bool               // some comparison wants the code; addresses are compared by their parts
	std     []byte
	num     uint64 // as it is compared
	plus4   uint64 // the four digits behind a ZIP; 0 none
	code    uint32
	name    *nameTraits
	place   *placeTraits
	names   nameTraits // of a value that has no code
	places  placeTraits
	needle  text.Needle
	needled bool
}

// unseen is the code of all values of a field that no subject has, where their comparisons are not memoised.
const unseen = 1<<32 - 1

func newRecord(c *Caseload, p *Prober) *record {
	r := &record{c: c, comparisons: c.plan.comparisons, prober: p, fields: make([]recordField, len(c.plan.fields)), memos: make([]*memo, len(c.plan.comparisons))}
	for f := range r.fields {
		v := &r.fields[f]
		v.plan, v.column = &c.plan.fields[f], &c.columns[f]
		v.patient = !v.plan.numeric && !c.plan.holds(v.plan.group)
	}
	for _, f := range p.Fields() {
		r.fields[f].early = true
	}
	used := make([]bool, len(r.fields))
	for i := range c.plan.comparisons {
		p := &c.plan.comparisons[i]
		used[p.a] = true
		if p.b >= 0 {
			used[p.b] = true
			r.fields[p.b].coded = true
		}
		r.fields[p.a].coded = r.fields[p.a].coded || p.id != kindAddress
		switch p.id {
		case kindGiven, kindFamily, kindMiddle, kindName:
			r.memos[i] = newMemo()
			if v := &r.fields[p.a]; v.private == nil {
				v.private = newPrivateDictionary(v.column)
			}
		}
	}
	for f := range used {
		if used[f] {
			r.used = append(r.used, f)
		}
	}
	return r
}

// fill takes a record's values in.
func (r *record) fill(values []Value) { r.fillEarly(values, nil, false) }

// fillEarly takes in the values that are there, and notes which others may come. Of a patient record codes are pending too, for they
// cost a look into the caseload's dictionaries, and most pairs are done with by their numbers alone.
func (r *record) fillEarly(values []Value, late Late, patient bool) {
	r.streeted, r.late, r.present, r.pending = false, late, 0, 0
	for n, f := range r.used {
		v := &r.fields[f]
		v.pending, v.value = false, nil
		switch {
		case late != nil && !v.early:
			if v.pending = late.Written(f); !v.pending {
				r.take(v, nil)
			}
		case patient && v.patient && len(values[f].Std) > 0:
			v.pending, v.value = true, &values[f]
		default:
			r.take(v, &values[f])
		}
		if v.pending {
			r.pending |= 1 << n
		}
		if v.present() {
			r.present |= 1 << n
		}
	}
}

// take takes one value in; nil is none.
func (r *record) take(v *recordField, value *Value) {
	v.needled = false
	switch {
	case value == nil:
		v.num, v.plus4, v.code, v.std = 0, 0, 0, nil
	case v.plan.numeric:
		v.num, v.plus4 = v.plan.split(value.Num)
	default:
		if v.std = value.Std; len(v.std) == 0 {
			v.code = 0
			return
		}
		r.encode(v)
	}
}

// want asks for the pending values of a group.
func (r *record) want(g *groupPlan) {
	for _, f := range g.fields {
		v := &r.fields[f]
		if !v.pending {
			continue
		}
		if v.pending = false; v.value != nil {
			r.take(v, v.value)
		} else {
			r.take(v, r.late.Value(f))
		}
	}
}

// encode gives a value its code and traits.
func (r *record) encode(v *recordField) {
	if !v.coded {
		v.code, v.place = unseen, &v.places
		*v.place = newPlaceTraits(v.std)
		return
	}
	hash := hashValue(v.std)
	if v.code = v.column.codeOf(hash, v.std); v.code != 0 {
		v.name, v.place = v.column.traits(v.code)
		return
	}
	if v.private == nil {
		v.code, v.name, v.place = unseen, &v.names, &v.places
		r.describe(v, hash)
		return
	}
	d := v.private
	local := d.find(hash, v.std)
	if local != 0 {
		v.name, v.place = d.traits(local)
	} else {
		local = r.learn(d, hash, v.std)
		v.name, v.place = d.traits(local)
		r.describe(v, hash)
	}
	v.code = d.base + local
}

// describe works out the traits of a value that the caseload does not have.
func (r *record) describe(v *recordField, hash uint64) {
	if v.place != nil && v.column.places != nil {
		*v.place = newPlaceTraits(v.std)
	}
	if v.name != nil && v.column.names != nil {
		var sound uint32
		if soundsLike(v.plan.kind) {
			sound = r.prober.sound(v.column, hash, v.std)
		}
		*v.name = newNameTraits(v.plan.kind, v.std, sound)
	}
}

// learn puts a value into a private dictionary, and starts the codes again long before they would run out.
func (r *record) learn(d *privateDictionary, hash uint64, std []byte) uint32 {
	if d.base > 1<<31 {
		d.base = d.first
		d.clear()
		for _, m := range r.memos {
			m.forget()
		}
	}
	return d.learn(hash, std)
}

// privateDictionary numbers values that the caseload does not have, so that they can be memoised like the others. It is
// bounded: when it is full it forgets everything and goes on counting, so that no code ever means two values.
type privateDictionary struct {
	column        // names and places only
	base   uint32 // code of the first private value less one
	first  uint32 // codes of the caseload
}

// privateValues and privateBytes bound a private dictionary. Most private values are seen once.
const (
	privateValues = 1 << 11
	privateBytes  = 1 << 15
)

func newPrivateDictionary(c *column) *privateDictionary {
	d := &privateDictionary{base: uint32(c.distinct()), first: uint32(c.distinct())}
	d.dictionary = newDictionary(privateValues)
	d.arena = make([]byte, 0, privateBytes)
	if c.names != nil {
		d.names = make([]nameTraits, privateValues+1)
	}
	if c.places != nil {
		d.places = make([]placeTraits, privateValues+1)
	}
	return d
}

func (d *privateDictionary) learn(hash uint64, value []byte) uint32 {
	if d.distinct() == privateValues || len(d.arena)+len(value) > privateBytes {
		d.base += uint32(d.distinct())
		d.clear()
	}
	return d.intern(hash, value)
}
