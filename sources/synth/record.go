package synth

import (
	"strings"

	"locatematch/sources"
)

// record is one row on its way out: its values, its own stream of errors, and what there is to know about it.
type record struct {
	*sheet
	stream
	w       *world
	today   day     // of the file that the row stands in
	dressed bool    // the layout keeps apostrophes and blanks in surnames; of those written person by person
	at      home    // whose address the row has; of a move the old one
	traps   trapSet // of the person whom the record is about
	others  []otherTrap
}

// otherTrap is a trap for a member of whom the record is not.
type otherTrap struct {
	trap Trap
	slot int
}

func (r *record) begin(w *world, e extract, row uint64) {
	r.start()
	r.stream = streamOf(w.seed, ofRow, uint64(e), row)
	r.w, r.today, r.at, r.traps, r.others = w, w.asOf, home{}, 0, r.others[:0]
}

// against notes that the record looks like a member's and is not.
func (r *record) against(t Trap, slot int) { r.others = append(r.others, otherTrap{t, slot}) }

// name writes a name into fields of their own and returns it as written.
func (r *record) name(p *person, m manner) written {
	n := p.write(&r.stream, m)
	cut := r.set("given", n.given)
	cut = r.set("middle", n.middle) || cut
	cut = r.set("family", n.family) || cut
	r.set("suffix", n.suffix)
	cut = r.fullName("full_name", n) || cut
	r.traps |= n.traps
	r.traps.addIf(cut, CutName)
	return n
}

// surname writes a name that is a surname or a firm's alone.
func (r *record) surname(text string) (cut bool) {
	cut = r.set("family", text)
	return r.set("full_name", text) || cut
}

// phone writes a telephone number, in digits alone where the field is narrow.
func (s *sheet) phone(field, number string) {
	if s.set(field, number) {
		s.set(field, digitsOf(number))
	}
}

func digitsOf(text string) string {
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, text)
}

// appendName appends a whole name in a layout's form; FIRST MI LAST where it states none.
func appendName(dst []byte, form string, n written) []byte {
	parts := [4]string{n.given, n.middle, n.family, n.suffix}
	if strings.HasPrefix(form, "LAST") {
		parts = [4]string{n.family, n.given, n.middle, n.suffix}
	}
	at := len(dst)
	for i, part := range parts {
		if part == "" {
			continue
		}
		if len(dst) > at {
			dst = append(dst, ' ')
		}
		dst = append(dst, part...)
		if i == 0 && strings.HasPrefix(form, "LAST,") {
			dst = append(dst, ',')
		}
	}
	return dst
}

// form is a field's form.
func (s *sheet) form(field string) string {
	if i, ok := s.index[field]; ok {
		return s.fields[i].Form
	}
	return ""
}

// fullName writes a whole name into one field.
func (r *record) fullName(field string, n written) (cut bool) {
	if !r.has(field) {
		return false
	}
	start := len(r.buf)
	r.buf = appendName(r.buf, r.form(field), n)
	return r.take(field, start)
}

// lives writes the address that a supplier holds of a person: mostly the present one.
func (r *record) lives(to addressFields, p *person, knows func(home) bool) {
	old, how := r.chance(rateAddressOld), drawWriting(&r.stream)
	at := p.now().home
	if old {
		at = p.before().home
	}
	r.at = at
	a := r.w.addressOf(at)
	r.address(to, &a, how)
	r.traps.addIf(!knows(at), NewAddress)
}

// residence is where every layout keeps the person's own address.
var residence = addressFields{"address_1", "address_2", "city", "state", "zip", "zip4"}

// relate notes which members a record of another member looks like, once the record is filled in.
func (r *record) relate(f *family, slot int) {
	switch slot {
	case theSubject:
		r.relateBack(f)
	case theKin:
		r.against(FatherSon, theSubject)
	case theSibling:
		r.relateHousehold(f, siblingTrap(f), theSubject)
	case thePartner:
		r.relateHousehold(f, SpouseHousehold, theSubject)
	case theParent:
		r.relateHousehold(f, OtherParent, theSubject)
	case theNamesake:
		r.against(Namesake, theSubject)
	case theOther:
		r.against(WrongNumber, theSubject)
	}
}

func siblingTrap(f *family) Trap {
	if f.twin {
		return Twin
	}
	return SiblingHousehold
}

// relateHousehold notes a trap for a member who lived where the record says; a twin's record is one anywhere.
func (r *record) relateHousehold(f *family, t Trap, slot int) {
	if t == Twin || f.person(slot).livedAt(r.at) {
		r.against(t, slot)
	}
}

// relateBack notes the traps that a subject's record sets for relatives who are on the caseload too.
func (r *record) relateBack(f *family) {
	if f.held(theKin) {
		r.against(FatherSon, theKin)
	}
	if f.held(theSibling) {
		r.relateHousehold(f, siblingTrap(f), theSibling)
	}
	if f.held(theParent) {
		r.relateHousehold(f, OtherParent, theParent)
	}
}

// layouts are the built-in layouts of the extracts.
var layoutOf = [extracts]string{postal: "example-ncoalink", employment: "ndnh-w4", military: "scra-result", financial: "example-fidm"}

func loadLayouts() (layouts [extracts]*sources.Layout, err error) {
	for e, name := range layoutOf {
		if layouts[e], err = sources.Load(name); err != nil {
			return layouts, err
		}
	}
	return layouts, nil
}
