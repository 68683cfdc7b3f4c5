package matchers

// Block is the subjects who share one blocking key of a rule. Key is that of one of them, for a reader who wants to know what
// so many people have in common.
type Block struct {
	Subjects int
	Capped   bool      // more than the rule's cap: the key is in neither index nor filter
	Key      []KeyPart // in the rule's order; nil for no block at all
}

// KeyPart is a subject's value behind one element of a key. The value is whole where the element takes a part of it.
type KeyPart struct {
	Element string // as the spec writes it: "family.sound", "given=family"
	Field   int
	Value   Value
}

// worst remembers the slot of the largest block seen; of several, the first.
type worst struct {
	slot  uint32
	count uint32
}

func (w *worst) see(slot int, count uint32) {
	if count > w.count {
		w.slot, w.count = uint32(slot), count
	}
}

// block describes the block of a slot, by the first of its subjects.
func (k *keyMaker) block(w worst) Block {
	if w.count == 0 {
		return Block{}
	}
	b := Block{Subjects: int(w.count)}
	for _, e := range k.entries {
		if e.slot == w.slot {
			b.Key = k.describe(e)
			break
		}
	}
	return b
}

// describe finds the value sets that made a key, by making the subject's keys once more.
func (k *keyMaker) describe(e entry) (key []KeyPart) {
	kept := k.entries
	k.entries = nil
	k.subject, k.wanted, k.found = e.subject, e.key, k.found[:0]
	k.emit(0, keySeed)
	k.entries, k.wanted = kept, 0
	i := 0
	for _, word := range k.c.plan.spec.Blocking[k.rule.at] {
		if element, _ := ParseElement(word); element.Max > 0 {
			continue // a cap is no part of the key
		}
		field := k.c.plan.parts[k.rule.subject[i]].field
		set := k.found[k.c.plan.fields[field].group]
		key = append(key, KeyPart{Element: word, Field: field, Value: k.c.Value(e.subject, field, set)})
		i++
	}
	return key
}
