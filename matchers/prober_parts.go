package matchers

import (
	"math/bits"

	"locatematch/matchers/text"
)

// Put puts the values of the block's records in, of the field at a place in Fields; the fields go in in that order. The values
// need not outlive the call.
func (p *Prober) Put(at int, values []Value) {
	plan := p.c.plan
	place := p.places[at]
	parts := plan.byField[place].parts
	f := &plan.fields[plan.byField[place].field]
	if f.numeric {
		p.putNumbers(f, place, parts, values)
		return
	}
	p.hashes = room(p.hashes, len(values))
	for row := range values {
		p.hashes[row] = 0
		if std := values[row].Std; len(std) > 0 {
			p.hashes[row] = hashValue(std)
			p.present[row] |= 1 << place
		}
	}
	for _, i := range parts {
		switch part := &plan.parts[i]; {
		case part.id == byNumber || part.id == byStreet: // an address is parsed once for all that is asked of it
		case part.dear():
			p.putDear(i, part, p.later[at], values)
		default:
			p.putBytes(i, part, f, values)
		}
	}
	if f.kind == text.Address {
		p.putPlaces(parts, p.later[at], values)
	}
}

// putPlaces works out the parts of addresses of which some rule can still use one.
func (p *Prober) putPlaces(parts []int, later uint64, values []Value) {
	var asked uint64
	for _, i := range parts {
		if id := p.c.plan.parts[i].id; id == byNumber || id == byStreet {
			asked |= 1 << i
		}
	}
	for row := range values {
		std, place := values[row].Std, placeTraits{}
		if len(std) > 0 && (p.all || p.c.plan.life(p.present[row]|later).parts&asked != 0) {
			place = newPlaceTraits(std)
		} else {
			std = nil
		}
		for rest := asked; rest != 0; rest &= rest - 1 {
			i := bits.TrailingZeros64(rest)
			if p.hash[i][row] = 0; len(std) > 0 {
				p.hash[i][row] = placePart(p.c.plan.parts[i].Transform, &place)
			}
		}
	}
}

func (p *Prober) putNumbers(f *fieldPlan, place int, parts []int, values []Value) {
	p.hashes = room(p.hashes, len(values))
	numbers := p.hashes // as they are compared
	for row := range values {
		n, there := values[row].Num, uint64(0)
		if n != 0 { // a conditional move: one row in two may lack a number
			there = 1
		}
		numbers[row] = n
		p.present[row] |= there << place
	}
	if f.kind == text.Zip {
		for row, n := range numbers {
			numbers[row] = f.compared(n)
		}
	}
	for _, i := range parts {
		part := &p.c.plan.parts[i]
		if part.several() {
			for row, n := range numbers {
				p.words[i][row] = slipsOfNumber(p.words[i][row][:0], f.kind, n)
			}
			continue
		}
		hash := p.hash[i][:len(numbers)]
		if part.id == whole {
			for row, n := range numbers {
				h := hashNumber(n)
				if values[row].Num == 0 {
					h = 0
				}
				hash[row] = h
			}
			continue
		}
		for row, n := range numbers {
			if hash[row] = 0; values[row].Num != 0 {
				hash[row] = numberPart(f.kind, part.Transform, n)
			}
		}
	}
}

// putBytes works out a part of values that costs little more than their hashes.
func (p *Prober) putBytes(i int, part *part, f *fieldPlan, values []Value) {
	for row := range values {
		std, hash := values[row].Std, p.hashes[row]
		switch {
		case len(std) == 0:
			p.hash[i][row] = 0
		case part.id == byNickname:
			p.hash[i][row] = nicknamePart(p.nickname(hash, std), std, hash)
		default:
			p.hash[i][row] = bytePart(f.kind, part.Transform, std, hash)
		}
	}
}

// putDear works out a dear part of those values for which some rule can still use it: a row without birth date needs no
// phonetic code where only rules with a birth date take one.
func (p *Prober) putDear(i int, part *part, later uint64, values []Value) {
	for row := range values {
		std := values[row].Std
		if len(std) > 0 && !p.all && p.c.plan.life(p.present[row]|later).parts>>i&1 == 0 {
			std = nil
		}
		p.putDearOne(i, part, row, std)
	}
}

func (p *Prober) putDearOne(i int, part *part, row int, std []byte) {
	switch {
	case part.several():
		words := p.words[i][row][:0]
		if len(std) > 0 && part.id == byToken {
			words = tokens(words, std, p.hashes[row])
		} else if len(std) > 0 {
			words = slips(words, std)
		}
		p.words[i][row] = words
	case len(std) == 0:
		p.hash[i][row] = 0
	default:
		p.hash[i][row] = soundPart(p.sound(p.sounding(part.field), p.hashes[row], std))
	}
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
		if code := column.codeOf(hash, std); code != 0 {
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
