package matchers

import (
	"math/bits"
	"slices"

	"github.com/cespare/xxhash/v2"

	"locatematch/matchers/text"
)

// Prober asks, for one record after another, which blocking rules may know it, and lists its candidate subjects. It
// belongs to one worker. A stranger costs one hash a key part and one cache line a rule.
type Prober struct {
	c         *Caseload
	fields    []int
	hash      []uint64   // by part; 0 = none
	words     [][]uint64 // by part, for parts of several keys
	passed    []Key
	sounds    []cached // phonetic codes by value hash
	nicknames []cached
	seen      []uint32 // by subject: epoch of the record that last had it as candidate
	epoch     uint32
	place     placeTraits
	placed    *fieldPlan // the address that place is of; nil for none
	scratch   []byte
}

// Key is a key of a record that the filter of a rule knows. Whoever asks about a record first, and for its pairs later, keeps
// the keys in between: they hold for the same values and caseload alone.
type Key struct {
	key  uint64
	rule uint8
}

// cached is an entry of a direct-mapped cache: a pure function of a value, by the value's hash.
type cached struct {
	hash  uint64
	value uint32
}

// Entries of a prober's caches, 16 bytes each. Surnames follow a power law with a long tail: in a file of everybody 32,768
// hold about nine in ten (8,192 seven), and a code costs 600 ns. Given names are few, and a group is found in 40 ns.
const (
	soundCache    = 1 << 15
	nicknameCache = 1 << 12
)

// Candidate is a subject that a blocking rule proposes for the record.
type Candidate struct {
	Subject uint32
	Rule    uint8
}

// NewProber makes a worker's prober.
func NewProber(c *Caseload) *Prober {
	p := &Prober{
		c: c, hash: make([]uint64, len(c.plan.parts)), words: make([][]uint64, len(c.plan.parts)),
		sounds: make([]cached, soundCache), nicknames: make([]cached, nicknameCache), seen: make([]uint32, c.subjects),
	}
	for _, f := range c.plan.byField {
		p.fields = append(p.fields, f.field)
	}
	return p
}

// Fields lists the fields that Ask needs, ascending.
func (p *Prober) Fields() []int { return p.fields }

// Ask gives the rules, bit by bit, whose filter knows a key of the record. Values are indexed by field; those outside
// Fields are not looked at. No rule that would propose a pair is ever left out.
func (p *Prober) Ask(values []Value) (rules uint64) { return p.ask(values) }

// Keys gives the keys that passed at the last Ask. They are valid until the next one.
func (p *Prober) Keys() []Key { return p.passed }

// resume takes the keys of an earlier Ask about the record at hand, or asks now, and reports whether there are any.
func (p *Prober) resume(values []Value, keys []Key) bool {
	if keys == nil {
		return p.Ask(values) != 0
	}
	p.passed, p.placed = append(p.passed[:0], keys...), nil
	return len(keys) > 0
}

// ask asks every rule.
func (p *Prober) ask(values []Value) (passed uint64) {
	alive, uses := p.alive(values)
	p.hashParts(values, uses)
	p.passed = p.passed[:0]
	for ; alive != 0; alive &= alive - 1 {
		r := bits.TrailingZeros64(alive)
		rule := &p.c.plan.rules[r]
		if rule.several {
			p.askSeveral(r, rule, 0, keySeed)
			continue
		}
		if key, whole := p.key(rule); whole && p.c.rules[r].filter.has(key) {
			p.passed = append(p.passed, Key{key: key, rule: uint8(r)})
		}
	}
	for _, key := range p.passed {
		passed |= 1 << key.rule
	}
	return passed
}

// alive gives the rules whose fields all have a value, and the parts they use. A row without birth date needs no
// phonetic code where only rules with a birth date take one.
func (p *Prober) alive(values []Value) (alive, uses uint64) {
	plan := p.c.plan
	var present uint64
	for i := range plan.byField {
		f := plan.byField[i].field
		if values[f].Num != 0 || len(values[f].Std) != 0 {
			present |= 1 << i
		}
	}
	if present < uint64(len(plan.lives)) {
		of := &plan.lives[present]
		return of.rules, of.parts
	}
	return plan.alive(present)
}

// key is the record's key of a rule; false when a part is missing.
func (p *Prober) key(rule *rulePlan) (uint64, bool) {
	key := uint64(keySeed)
	for _, i := range rule.record {
		part := p.hash[i]
		if part == 0 {
			return 0, false
		}
		key = mix(key, part)
	}
	return max(key, 1), true
}

// askSeveral asks a rule once for each combination of its parts' keys.
func (p *Prober) askSeveral(r int, rule *rulePlan, i int, key uint64) {
	if i == len(rule.record) {
		if key = max(key, 1); p.c.rules[r].filter.has(key) {
			p.passed = append(p.passed, Key{key: key, rule: uint8(r)})
		}
		return
	}
	at := rule.record[i]
	if p.c.plan.parts[at].several() {
		for _, word := range p.words[at] {
			p.askSeveral(r, rule, i+1, mix(key, word))
		}
	} else if part := p.hash[at]; part != 0 {
		p.askSeveral(r, rule, i+1, mix(key, part))
	}
}

// hashParts works out the wanted parts of the record's values, which are there.
func (p *Prober) hashParts(values []Value, uses uint64) {
	plan := p.c.plan
	p.placed = nil
	for i := range plan.byField {
		field := &plan.byField[i]
		v, f := &values[field.field], &plan.fields[field.field]
		var hash uint64
		for _, at := range field.parts {
			if uses>>at&1 == 0 {
				continue
			}
			if f.numeric && plan.parts[at].id == bySlip {
				p.words[at] = slipsOfNumber(p.words[at][:0], f.kind, f.compared(v.Num))
				continue
			}
			if f.numeric {
				p.hash[at] = numberPart(f.kind, plan.parts[at].Transform, f.compared(v.Num))
				continue
			}
			if hash == 0 {
				hash = xxhash.Sum64(v.Std)
			}
			p.hashByte(at, f, v.Std, hash)
		}
	}
}

func (p *Prober) hashByte(i int, f *fieldPlan, std []byte, hash uint64) {
	part := &p.c.plan.parts[i]
	switch part.id {
	case bySound:
		p.hash[i] = soundPart(p.sound(p.sounding(part.field), hash, std))
	case byNickname:
		p.hash[i] = nicknamePart(p.nickname(hash, std), std, hash)
	case byToken:
		p.words[i] = tokens(p.words[i][:0], std, hash)
	case bySlip:
		p.words[i] = slips(p.words[i][:0], std)
	case byNumber, byStreet:
		if p.placed != f {
			p.place, p.placed = newPlaceTraits(std), f
		}
		p.hash[i] = placePart(part.Transform, &p.place)
	default:
		p.hash[i] = bytePart(f.kind, part.Transform, std, hash)
	}
}

// parsed gives the traits of the record's address where the last question needed them.
func (p *Prober) parsed(f *fieldPlan, place *placeTraits) bool {
	if p.placed == f {
		*place = p.place
	}
	return p.placed == f
}

// sound is the value's phonetic code, of which a fresh one costs several times a whole Ask. column holds those of the
// caseload's names; it has none where the field's kind is not one that sounds.
func (p *Prober) sound(column *column, hash uint64, std []byte) uint32 {
	entry := &p.sounds[hash%soundCache]
	if entry.hash == hash {
		return entry.value
	}
	entry.hash = hash
	if column.names != nil {
		if code := column.find(hash, std); code != 0 {
			entry.value = column.names[code].sound
			return entry.value
		}
	}
	entry.value, p.scratch = soundOf(p.scratch, std)
	return entry.value
}

// silent is a column without phonetic codes.
var silent column

func (p *Prober) sounding(field int) *column {
	if soundsLike(p.c.plan.fields[field].kind) {
		return &p.c.columns[field]
	}
	return &silent
}

func (p *Prober) nickname(hash uint64, std []byte) uint32 {
	entry := &p.nicknames[hash%nicknameCache]
	if entry.hash != hash {
		entry.hash, entry.value = hash, text.NicknameGroup(std)
	}
	return entry.value
}

// Candidates appends the subjects that the last Ask's rules propose: each once, credited to the first of the rules that
// propose it (I3), rule by rule and ascending within a rule.
func (p *Prober) Candidates(dst []Candidate) []Candidate {
	from := len(dst)
	for n, passed := range p.passed {
		subjects := p.c.rules[passed.rule].find(passed.key)
		switch {
		case n == 0: // the postings of one key do not repeat
			for _, subject := range subjects {
				dst = append(dst, Candidate{Subject: subject, Rule: passed.rule})
			}
		case len(dst)-from+len(subjects) <= fewCandidates:
			dst = appendNew(dst, from, subjects, passed.rule)
		default:
			dst = p.appendUnseen(dst, from, subjects, passed.rule)
		}
	}
	return dst
}

// fewCandidates are told apart by looking through them: they are in the first-level cache, marks by subject are not.
const fewCandidates = 24

func appendNew(dst []Candidate, from int, subjects []uint32, rule uint8) []Candidate {
	for _, subject := range subjects {
		if !slices.ContainsFunc(dst[from:], func(c Candidate) bool { return c.Subject == subject }) {
			dst = append(dst, Candidate{Subject: subject, Rule: rule})
		}
	}
	return dst
}

func (p *Prober) appendUnseen(dst []Candidate, from int, subjects []uint32, rule uint8) []Candidate {
	if p.epoch++; p.epoch == 0 {
		clear(p.seen)
		p.epoch = 1
	}
	for _, c := range dst[from:] {
		p.seen[c.Subject] = p.epoch
	}
	for _, subject := range subjects {
		if p.seen[subject] != p.epoch {
			dst = append(dst, Candidate{Subject: subject, Rule: rule})
		}
	}
	return dst
}

// proposes gives every rule that proposes the subject for the last record asked.
func (p *Prober) proposes(subject uint32) (rules uint64) {
	for _, passed := range p.passed {
		for _, s := range p.c.rules[passed.rule].find(passed.key) {
			if s == subject {
				rules |= 1 << passed.rule
			}
		}
	}
	return rules
}

// firstRule is the lowest rule of a bitset, -1 for none.
func firstRule(rules uint64) int {
	if rules == 0 {
		return -1
	}
	return bits.TrailingZeros64(rules)
}
