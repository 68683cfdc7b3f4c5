package matchers

import "locatematch/matchers/text"

// Levels of an address, best first.
const (
	addressDoor = iota + 1
	addressBuilding
	addressStreet
	addressStreetZip
	addressPlus4
	addressZip
	addressArea
	addressDifferent
)

// nearStreet is the Jaro-Winkler similarity from which two street names at one number and ZIP are one street misspelt.
const nearStreet = .9

// address compares address line and ZIP together. Without a ZIP field in the spec the ZIP counts as agreeing.
func (r *record) address(p *comparisonPlan, row []uint32) uint8 {
	v := &r.fields[p.a]
	code := row[v.plan.word]
	lines := v.code != 0 && code != 0
	zips := noZips
	if p.b >= 0 {
		zips = r.fields[p.b].zips(row)
	}
	near := p.b < 0 || zips >= sameZip
	if lines && (near || row[v.plan.word+1] == uint32(v.place.door)) { // else they share no level of door
		if level := r.door(v, code, near); level != 0 {
			return level
		}
	}
	switch {
	case zips == samePlus4:
		return addressPlus4
	case zips == sameZip:
		return addressZip
	case zips == sameArea:
		return addressArea
	case zips == otherZips || lines:
		return addressDifferent
	}
	return 0
}

// door gives the levels that two address lines decide, 0 when they share nothing. near: the ZIPs agree. What a line asks
// for decides what an equal one says: a box, a house or a named building is a door; general delivery is a counter, where
// strangers queue; a route without its box, or a street without its number, is no more than the way there.
func (r *record) door(v *recordField, code uint32, near bool) uint8 {
	ours, theirs := v.place, &v.column.places[code]
	same := ours.door != 0 && ours.door == theirs.door
	switch {
	case !near && same && ours.number != 0 && (ours.form == text.StreetForm || ours.form == text.MilitaryForm):
		return addressStreet // a box or a rural route says nothing without its ZIP
	case !near:
		return 0
	case ours.sharesBox(theirs):
		return addressDoor
	case same && ours.form == text.GeneralForm:
		return addressBuilding
	case same && (ours.number != 0 || ours.form == text.UnparsedForm):
		if ours.unit == theirs.unit {
			return addressDoor
		}
		return addressBuilding
	case ours.street == 0 || theirs.street == 0:
		return 0
	case ours.street == theirs.street:
		return addressStreetZip
	case ours.number != 0 && ours.number == theirs.number && r.nearStreet(v, code, theirs):
		return addressBuilding
	}
	return 0
}

// sharesBox reports whether a line that names a street and a box shares the box with the other line, which may name it alone.
func (p *placeTraits) sharesBox(other *placeTraits) bool {
	return p.box != 0 && (p.box == other.box || p.box == other.door) || other.box != 0 && other.box == p.door
}

// nearStreet reports a misspelt street: 12 MIAN ST for 12 MAIN ST at the same ZIP.
func (r *record) nearStreet(v *recordField, code uint32, theirs *placeTraits) bool {
	if v.place.to == 0 || theirs.to == 0 {
		return false
	}
	if !r.streeted {
		r.street.Set(v.std[v.place.from:v.place.to])
		r.streeted = true
	}
	return r.street.JaroWinkler(v.column.value(code)[theirs.from:theirs.to]) >= nearStreet
}
