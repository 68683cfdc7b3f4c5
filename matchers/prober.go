package matchers

import (
	"math/bits"
	"slices"
)

// Prober asks, for a block of records at a time, which blocking rules may know them, and lists the candidate subjects of one
// record after another. It belongs to one worker. Values go in field by field and rules are asked one by one, each about all
// records: no record waits for the one before it, so the misses of the filters overlap. A stranger costs one hash a key part
// and one cache line a rule.
type Prober struct {
	c         *Caseload
	fields    []int      // in the order in which they are put
	places    []int      // the same, as places in plan.byField
	asked     []bool     // by part: of a record, not of subjects alone
	later     []uint64   // by place in fields: those put behind it, as bits of plan.byField
	rows      int        // of the block
	present   []uint64   // by row: fields that have a value, as bits of plan.byField
	hash      [][]uint64 // by part and row; 0 = none
	words     [][][]uint64
	keys      []uint64 // of one rule, by row; 0 = none
	hits      []hit    // of the block, rule by rule
	sorted    []Key    // the same by row
	ends      []int32  // by row: where its keys end in sorted
	passed    []Key    // of the record at hand
	sounds    []cached // phonetic codes by value hash
	nicknames []cached
	seen      []uint32 // by subject: epoch of the record that last had it as candidate
	epoch     uint32
	hashes    []uint64 // of one field's values, by row; numbers as they are compared
	touched   uint32
	all       bool // work out every part, whether or not a rule can use it
	scratch   []byte
}

// Key is a blocking key of a record that some subject has, as the place of its postings. Whoever asks about a record first,
// and for its pairs later, keeps the keys in between: they hold for the same values and caseload alone.
type Key struct {
	start, count uint32
	rule         uint8
}

// hit is a key of a row of the block.
type hit struct {
	key uint64
	row int32
	Key // once its postings are found
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
	plan := c.plan
	p := &Prober{
		c: c, hash: make([][]uint64, len(plan.parts)), words: make([][][]uint64, len(plan.parts)),
		sounds: make([]cached, soundCache), nicknames: make([]cached, nicknameCache), seen: make([]uint32, c.subjects),
	}
	for _, numeric := range []bool{true, false} { // a name is dearer than a number, and may turn out not to be needed
		for place := range plan.byField {
			if f := plan.byField[place].field; plan.fields[f].numeric == numeric {
				p.fields, p.places = append(p.fields, f), append(p.places, place)
			}
		}
	}
	p.asked = make([]bool, len(plan.parts))
	for _, field := range plan.byField {
		for _, i := range field.parts {
			p.asked[i] = true
		}
	}
	p.later = make([]uint64, len(p.fields))
	for at := len(p.fields) - 2; at >= 0; at-- {
		p.later[at] = p.later[at+1] | 1<<p.places[at+1]
	}
	return p
}

// Fields lists the fields that rules ask for, in the order in which Put wants them.
func (p *Prober) Fields() []int { return p.fields }

// Begin begins a block of so many records.
func (p *Prober) Begin(rows int) {
	p.rows = rows
	p.present = room(p.present, rows)
	clear(p.present)
	for i := range p.hash {
		if !p.asked[i] {
			continue
		}
		if p.c.plan.parts[i].several() {
			p.words[i] = room(p.words[i], rows)
		} else {
			p.hash[i] = room(p.hash[i], rows)
		}
	}
	p.keys = room(p.keys, rows)
}

// room gives a slice of n elements, in the same memory where it is enough.
func room[T any](s []T, n int) []T {
	if cap(s) < n {
		return append(s[:cap(s)], make([]T, n-cap(s))...)
	}
	return s[:n]
}

// Touch has the rows of all subjects whom the block's keys propose in the cache before they are compared one by one: nothing
// waits for the sum, so that the misses overlap.
func (p *Prober) Touch() {
	for i := range p.sorted {
		p.touch(p.postings(p.sorted[i])[:min(p.sorted[i].count, fewCandidates)])
	}
}

func (p *Prober) touch(subjects []uint32) {
	rows, stride := p.c.table.rows, p.c.table.stride
	for _, subject := range subjects {
		for at := int(subject) * stride; at < (int(subject)+1)*stride; at += lineWords {
			p.touched += rows[at]
		}
	}
}

// AskBlock asks every rule about every record of the block. KeysOf then gives what passed.
func (p *Prober) AskBlock() {
	p.hits = p.hits[:0]
	for r := range p.c.plan.rules {
		from := len(p.hits)
		if rule := &p.c.plan.rules[r]; rule.several {
			for row := range p.rows {
				p.askSeveral(r, rule, 0, row, keySeed)
			}
		} else {
			p.makeKeys(rule)
			p.hits = p.c.rules[r].filter.sift(p.hits, p.keys)
		}
		for i := range p.hits[from:] {
			p.hits[from+i].rule = uint8(r)
		}
	}
	p.locate()
	p.byRow()
}

// locate finds the postings of the hits, and drops those that the filter let through for nothing. All slots are looked at before any
// is compared, so that their misses overlap: a comparison that goes the other way than was guessed makes the next ones wait.
func (p *Prober) locate() {
	for i := range p.hits {
		x := &p.c.rules[p.hits[i].rule]
		p.touched += x.slots[p.hits[i].key&x.mask].count
	}
	kept := p.hits[:0]
	for _, h := range p.hits {
		if start, count := p.c.rules[h.rule].place(h.key); count > 0 {
			h.start, h.count = start, count
			kept = append(kept, h)
		}
	}
	p.hits = kept
}

// makeKeys makes every record's key of a rule.
func (p *Prober) makeKeys(rule *rulePlan) {
	keys := p.keys
	for n, i := range rule.record {
		parts := p.hash[i][:len(keys)]
		if n == 0 {
			for row, part := range parts {
				keys[row] = mix(keySeed, part)
				if part == 0 {
					keys[row] = 0
				}
			}
			continue
		}
		for row, part := range parts {
			key := mix(keys[row], part)
			if part == 0 { // two conditional moves; of one condition the compiler makes a jump
				key = 0
			}
			if keys[row] == 0 {
				key = 0
			}
			keys[row] = key
		}
	}
}

// askSeveral asks a rule once for each combination of its parts' keys.
func (p *Prober) askSeveral(r int, rule *rulePlan, i, row int, key uint64) {
	if i == len(rule.record) {
		if key = max(key, 1); p.c.rules[r].filter.has(key) {
			p.hits = append(p.hits, hit{key: key, row: int32(row)})
		}
		return
	}
	at := rule.record[i]
	if p.c.plan.parts[at].several() {
		for _, word := range p.words[at][row] {
			p.askSeveral(r, rule, i+1, row, mix(key, word))
		}
	} else if part := p.hash[at][row]; part != 0 {
		p.askSeveral(r, rule, i+1, row, mix(key, part))
	}
}

// byRow sorts the hits by record; within a record they stay in the order of the rules.
func (p *Prober) byRow() {
	p.ends = room(p.ends, p.rows+1)
	clear(p.ends)
	for i := range p.hits {
		p.ends[p.hits[i].row+1]++
	}
	for row := range p.rows {
		p.ends[row+1] += p.ends[row]
	}
	p.sorted = room(p.sorted, len(p.hits))
	for i := range p.hits {
		h := &p.hits[i]
		p.sorted[p.ends[h.row]] = h.Key
		p.ends[h.row]++ // where the row's keys begin becomes where they end
	}
}

// KeysOf gives the keys of one record of the block that some subject has, in the order of the rules. They are valid until the next block.
func (p *Prober) KeysOf(row int) []Key {
	from := int32(0)
	if row > 0 {
		from = p.ends[row-1]
	}
	return p.sorted[from:p.ends[row]]
}

// Ask asks about one record, and gives the rules, bit by bit, that propose a pair with it. Values are indexed by field;
// those outside Fields are not looked at.
func (p *Prober) Ask(values []Value) (rules uint64) {
	p.Begin(1)
	for at, f := range p.fields {
		p.Put(at, values[f:f+1])
	}
	p.AskBlock()
	p.passed = append(p.passed[:0], p.KeysOf(0)...)
	for _, key := range p.passed {
		rules |= 1 << key.rule
	}
	return rules
}

// Keys gives the keys that passed at the last Ask. They are valid until the next one.
func (p *Prober) Keys() []Key { return p.passed }

// resume takes the keys of an earlier block about the record at hand, or asks now, and reports whether there are any.
func (p *Prober) resume(values []Value, keys []Key) bool {
	if keys == nil {
		return p.Ask(values) != 0
	}
	p.passed = append(p.passed[:0], keys...)
	return len(keys) > 0
}

// postings are the subjects who have a key, ascending.
func (p *Prober) postings(k Key) []uint32 {
	return p.c.rules[k.rule].postings[k.start : k.start+k.count]
}

// Candidates appends the subjects that the last Ask's rules propose: each once, credited to the first of the rules that
// propose it (I3), rule by rule and ascending within a rule.
func (p *Prober) Candidates(dst []Candidate) []Candidate {
	from := len(dst)
	for n, passed := range p.passed {
		subjects := p.postings(passed)
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
		if slices.Contains(p.postings(passed), subject) {
			rules |= 1 << passed.rule
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
