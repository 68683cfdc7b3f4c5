package leads

import "slices"

// minMargin is how far ahead of the next subject a link must be, in 2^-16 bit, to stand above "check first": 3 bits are
// odds of 8 to 1.
const minMargin = 3 << 16

// climb puts a link on the identity ladder (domain.md section 10), which mirrors federal practice:
//
//	strong       the SSN agrees and neither name conflicts
//	likely       the SSN is off by a slip, name and birth date agree;
//	             or name, birth date and address agree and no SSN speaks against it;
//	             or our own reference came back and nothing speaks against it
//	check first  everything else, whatever the weight; every link below the acceptance threshold; every link that
//	             another subject fits nearly as well; every link of a record whose returned key disagrees
func climb(l *Link) Identity {
	if !l.Accept || l.Margin < minMargin {
		return CheckFirst
	}
	a := &l.Agreement
	switch {
	case a[PartSSN] == Agree && a[PartFamily] != Conflict && a[PartGiven] != Conflict:
		return Strong
	case a[PartSSN] == Near && a.name() == Agree && a[PartBorn] == Agree:
		return Likely
	case a[PartSSN] != Conflict && a.name() == Agree && a[PartBorn] == Agree && a[PartAddress] == Agree && a[PartSuffix] != Conflict:
		return Likely
	case a[PartKey] == Agree && !a.conflicts():
		return Likely
	}
	return CheckFirst
}

// name is what given and family name say together: they agree when both were compared, neither conflicts and one of them
// agrees outright (the other may be a nickname or an initial).
func (a *Agreement) name() Verdict {
	given, family := a[PartGiven], a[PartFamily]
	switch {
	case given == Conflict || family == Conflict:
		return Conflict
	case given == NoEvidence || family == NoEvidence:
		return NoEvidence
	case given == Agree || family == Agree:
		return Agree
	}
	return Near
}

// conflicts reports that a part of the person, not of where he lives, speaks against the pair.
func (a *Agreement) conflicts() bool {
	for _, p := range []Part{PartKey, PartSSN, PartGiven, PartFamily, PartMiddle, PartSuffix, PartBorn, PartSex} {
		if a[p] == Conflict {
			return true
		}
	}
	return false
}

// silent reports that the source says nothing of its own about who the person is.
func (a *Agreement) silent() bool {
	for p := PartSSN; p < NumParts; p++ {
		if a[p] != NoEvidence {
			return false
		}
	}
	return true
}

// agreeing names the parts that agree, in the order an officer would.
func (a *Agreement) agreeing(reported Parts) (parts []string) {
	add := func(agrees bool, words string) {
		if agrees {
			parts = append(parts, words)
		}
	}
	add(a[PartSSN] == Agree, reported.number())
	switch {
	case a.name() == Agree:
		parts = append(parts, "name")
	case a[PartFamily] == Agree:
		parts = append(parts, "family name")
	case a[PartGiven] == Agree:
		parts = append(parts, "given name")
	}
	add(a[PartBorn] == Agree, "birth date")
	add(a[PartAddress] == Agree, "address")
	add(a[PartPhone] == Agree, "phone number")
	add(a[PartEmail] == Agree, "email")
	return parts
}

// What is said of our own key.
const (
	KeyCameBack  = "our own reference came back"
	SaysNothing  = "the source says nothing of its own about who the person is"
	keyOfAnother = "our reference belongs to another person"
)

// others says in words what does not plainly agree, the weightiest first. Of the two weightiest parts it says why nothing was
// compared: the record does not have them, or we do not.
func (a *Agreement) others(reported Parts) (reasons []string) {
	say := func(part Part, verdict Verdict, words string) {
		if a[part] == verdict {
			reasons = append(reasons, words)
		}
	}
	say(PartKey, Agree, KeyCameBack)
	say(PartKey, Conflict, keyOfAnother)
	gaveBack := reported.Has(echo)
	if gaveBack {
		reasons = append(reasons, "the source gives back the number and the name that we sent")
	}
	if a.silent() {
		return append(reasons, SaysNothing)
	}
	if reported.isSSN() {
		say(PartSSN, Conflict, ssnConflicts)
		say(PartSSN, Near, "the SSN is off by one slip")
	} else {
		say(PartSSN, Conflict, numberConflicts)
		say(PartSSN, Near, "the "+reported.number()+" is off by one slip")
	}
	if !gaveBack {
		reasons = append(reasons, a.nameReasons()...)
	}
	say(PartBorn, Conflict, "birth date differs")
	say(PartBorn, Near, "birth date is close")
	say(PartMiddle, Conflict, "middle name differs")
	say(PartSuffix, Conflict, "Junior or Senior in the name differs")
	say(PartSex, Conflict, "sex differs")
	if !gaveBack {
		say(PartSSN, NoEvidence, whoLacks(reported.Has(PartSSN), "no SSN was reported", "we have no SSN to compare"))
	}
	say(PartBorn, NoEvidence, whoLacks(reported.Has(PartBorn), "birth date was not reported", "we have no birth date to compare"))
	return reasons
}

func whoLacks(reported bool, theirs, ours string) string {
	if reported {
		return ours
	}
	return theirs
}

func (a *Agreement) nameReasons() []string {
	given, family := a[PartGiven], a[PartFamily]
	switch {
	case given == Conflict && family == Conflict:
		return []string{"the name differs"}
	case family == Conflict:
		return []string{"family name differs"}
	case given == Conflict:
		return []string{"given name differs"}
	case given == NoEvidence && family == NoEvidence:
		return []string{"no name was reported"}
	case given == NoEvidence:
		return []string{"given name was not reported"}
	case family == NoEvidence:
		return []string{"family name was not reported"}
	case a.name() == Near:
		return []string{"the name is close"}
	}
	return nil
}

// SpeaksAgainst reports that a reason, as IdentityReasons has them, speaks against its being the person.
func SpeaksAgainst(reason string) bool {
	return slices.Contains([]string{"our reference belongs to another person", "the SSN does not match", "the name differs", "family name differs",
		"given name differs", "birth date differs", "middle name differs", "Junior or Senior in the name differs", "sex differs",
		"another person fits nearly as well", LikelierAnother}, reason)
}

// reasons says why a link stands where it stands: what agrees, what does not, and what holds it down.
func reasons(l *Link) (words []string) {
	for _, part := range l.Agreement.agreeing(l.Sighting.Reported) {
		words = append(words, part+" agrees")
	}
	words = append(words, l.Agreement.others(l.Sighting.Reported)...)
	return append(words, heldDown(l)...)
}

// numberInvalid is said of a record under a number that the agency knows not to be the person's.
const numberInvalid = "this number is known to be somebody else's"

// What is said of a record below the acceptance threshold, and of one that is likelier of somebody else.
const (
	LittleToGoBy    = "there is little to go by"
	LikelierAnother = "it is likelier that this is another person"
)

func heldDown(l *Link) (words []string) {
	if l.Invalid {
		words = append(words, numberInvalid)
	}
	switch {
	case l.Dispute != nil:
		words = append(words, KeyDisagrees)
	case !l.Accept:
		words = append(words, LittleToGoBy)
	}
	if l.Margin < minMargin {
		words = append(words, "another person fits nearly as well")
	}
	if l.likelierAnother() {
		words = append(words, LikelierAnother)
	}
	return words
}
