package matchers

import (
	"locatematch/matchers/text"
)

// ruleIndex finds the subjects of a blocking key: an open-addressing table of keys, each with its run of postings in one
// flat list. Postings of a key are ascending. Keys above the rule's cap have no postings and are not in the filter.
type ruleIndex struct {
	filter   filter
	slots    []indexSlot
	mask     uint64
	postings []uint32
	stats    RuleStats
}

type indexSlot struct {
	key   uint64 // 0 = free
	start uint32
	count uint32
}

func (x *ruleIndex) bytes() int64 {
	return 8*int64(len(x.filter.words)) + 16*int64(len(x.slots)) + 4*int64(len(x.postings))
}

// find gives the subjects of a key.
func (x *ruleIndex) find(key uint64) []uint32 {
	start, count := x.place(key)
	return x.postings[start : start+count]
}

// place gives where the postings of a key lie; none where nobody has it, or too many.
func (x *ruleIndex) place(key uint64) (start, count uint32) {
	for i := key & x.mask; ; i = (i + 1) & x.mask {
		slot := &x.slots[i]
		if slot.key == key {
			return slot.start, slot.count
		}
		if slot.key == 0 {
			return 0, 0
		}
	}
}

// slot gives the index of a key's slot, taking a free one when the key is new.
func (x *ruleIndex) slot(key uint64) uint32 {
	for i := key & x.mask; ; i = (i + 1) & x.mask {
		if x.slots[i].key == key {
			return uint32(i)
		}
		if x.slots[i].key == 0 {
			x.slots[i].key = key
			return uint32(i)
		}
	}
}

// entry is one (key, subject) pair while the index is built, in the order of subjects.
type entry struct {
	key     uint64
	subject uint32
	slot    uint32
}

// keyMaker makes the subjects' keys. The byte parts are worked out once for each distinct value.
type keyMaker struct {
	c       *Caseload
	byCode  [][]uint64   // by part and code; nil for numeric parts
	words   [][][]uint64 // by part and code, for parts of several keys
	rule    *rulePlan
	chosen  []int // by group: the set being keyed, -1 none yet
	entries []entry
	subject uint32
	wanted  uint64 // a key whose value sets are asked for; 0 = none
	found   []int  // by group: the sets that made it
}

func newKeyMaker(c *Caseload) *keyMaker {
	k := &keyMaker{c: c, byCode: make([][]uint64, len(c.plan.parts)), words: make([][][]uint64, len(c.plan.parts))}
	k.chosen = make([]int, len(c.plan.groups))
	used := make([]bool, len(c.plan.parts))
	for r := range c.plan.rules {
		for _, i := range c.plan.rules[r].subject {
			used[i] = true
		}
	}
	sideBySide(len(c.plan.parts), func(i int) {
		if part := c.plan.parts[i]; used[i] && !c.plan.fields[part.field].numeric {
			k.hashValues(i, part)
		}
	})
	return k
}

// another makes a maker that shares the parts.
func (k *keyMaker) another() *keyMaker {
	return &keyMaker{c: k.c, byCode: k.byCode, words: k.words, chosen: make([]int, len(k.chosen))}
}

// hashValues works out a byte part for every value of its field.
func (k *keyMaker) hashValues(i int, part part) {
	column, kind := &k.c.columns[part.field], k.c.plan.fields[part.field].kind
	hashes := make([]uint64, column.distinct()+1)
	var scratch []byte
	for code := uint32(1); code < uint32(len(hashes)); code++ {
		std := column.value(code)
		hash := hashValue(std)
		switch part.id {
		case byNumber, byStreet:
			hashes[code] = placePart(part.Transform, &column.places[code])
		case byNickname:
			hashes[code] = nicknamePart(text.NicknameGroup(std), std, hash)
		case bySound:
			var sound uint32
			if soundsLike(kind) {
				sound = column.names[code].sound
			} else {
				sound, scratch = soundOf(scratch, std)
			}
			hashes[code] = soundPart(sound)
		case byToken:
			if k.words[i] == nil {
				k.words[i] = make([][]uint64, len(hashes))
			}
			k.words[i][code] = tokens(nil, std, hash)
		case bySlip:
			if k.words[i] == nil {
				k.words[i] = make([][]uint64, len(hashes))
			}
			k.words[i][code] = slips(nil, std)
		default:
			hashes[code] = bytePart(kind, part.Transform, std, hash)
		}
	}
	k.byCode[i] = hashes
}

// index builds one rule's index and filter.
func (k *keyMaker) index(rule *rulePlan) ruleIndex {
	k.begin(rule)
	for k.subject = 0; k.subject < uint32(k.c.subjects); k.subject++ {
		k.emit(0, keySeed)
	}
	x := ruleIndex{stats: RuleStats{Rule: rule.name}}
	size := uint64(16)
	for size < uint64(len(k.entries))*5/4+1 {
		size *= 2
	}
	x.slots, x.mask = make([]indexSlot, size), size-1
	k.countKeys(&x)
	k.layOut(&x, rule.cap)
	return x
}

func (k *keyMaker) begin(rule *rulePlan) {
	k.rule, k.entries = rule, k.entries[:0]
	for g := range k.chosen {
		k.chosen[g] = -1
	}
}

// keysOf gives one subject's keys of a rule, whatever its cap. They are valid until the next call.
func (k *keyMaker) keysOf(rule *rulePlan, subject uint32) []entry {
	k.begin(rule)
	k.subject = subject
	k.emit(0, keySeed)
	return k.entries
}

// emit adds the keys of the current subject from element i on: every combination of the value sets of the rule's groups,
// the elements of one group always of one set.
func (k *keyMaker) emit(i int, key uint64) {
	if i == len(k.rule.subject) {
		k.entries = append(k.entries, entry{key: max(key, 1), subject: k.subject})
		if k.wanted == max(key, 1) {
			k.found = append(k.found[:0], k.chosen...)
		}
		return
	}
	part := k.rule.subject[i]
	field := &k.c.plan.fields[k.c.plan.parts[part].field]
	if set := k.chosen[field.group]; set >= 0 {
		k.emitPart(i, key, part, field, k.c.table.row(field.group, k.subject, set))
		return
	}
	for set := range k.c.table.sets(field.group, k.subject) {
		k.chosen[field.group] = set
		k.emitPart(i, key, part, field, k.c.table.row(field.group, k.subject, set))
	}
	k.chosen[field.group] = -1
}

func (k *keyMaker) emitPart(i int, key uint64, at int, field *fieldPlan, row []uint32) {
	part := k.c.plan.parts[at]
	if field.numeric {
		n := field.number(row)
		if n == 0 {
			return
		}
		if part.id == bySlip {
			for _, slip := range slipsOfNumber(nil, field.kind, n) {
				k.emit(i+1, mix(key, slip))
			}
			return
		}
		if hash := numberPart(field.kind, part.Transform, n); hash != 0 {
			k.emit(i+1, mix(key, hash))
		}
		return
	}
	code := row[field.word]
	if code == 0 {
		return
	}
	if part.several() {
		for _, word := range k.words[at][code] {
			k.emit(i+1, mix(key, word))
		}
		return
	}
	if hash := k.byCode[at][code]; hash != 0 {
		k.emit(i+1, mix(key, hash))
	}
}

// countKeys gives every entry its slot and counts the subjects of each key once. While counting, a slot's start holds
// the last subject counted plus one.
func (k *keyMaker) countKeys(x *ruleIndex) {
	kept := k.entries[:0]
	for _, e := range k.entries {
		e.slot = x.slot(e.key)
		slot := &x.slots[e.slot]
		if slot.start == e.subject+1 {
			continue // another value set of the subject made the same key
		}
		slot.start = e.subject + 1
		slot.count++
		kept = append(kept, e)
	}
	k.entries = kept
}

// layOut gives each key within the cap its run of postings, fills the runs in subject order, and fills the filter.
func (k *keyMaker) layOut(x *ruleIndex, limit int) {
	var total uint32
	var kept, capped worst
	for i := range x.slots {
		slot := &x.slots[i]
		if slot.key == 0 {
			continue
		}
		slot.start = total
		if int(slot.count) > limit {
			capped.see(i, slot.count)
			x.stats.CappedKeys++
			x.stats.CappedPostings += int(slot.count)
			slot.count = 0
			slot.start = cappedStart
			continue
		}
		kept.see(i, slot.count)
		x.stats.Keys++
		total += slot.count
		slot.count = 0
	}
	x.postings = make([]uint32, total)
	x.stats.Postings = int(total)
	x.stats.Kept, x.stats.Capped = k.block(kept), k.block(capped)
	x.filter = newFilter(x.stats.Keys)
	for _, e := range k.entries {
		slot := &x.slots[e.slot]
		if slot.start == cappedStart {
			continue
		}
		if slot.count == 0 {
			x.filter.add(e.key)
		}
		x.postings[slot.start+slot.count] = e.subject
		slot.count++
	}
	for i := range x.slots {
		if x.slots[i].start == cappedStart {
			x.slots[i].start = 0
		}
	}
}

// cappedStart marks a key above the cap while the index is laid out.
const cappedStart = 1<<32 - 1
