package leads

import "locatematch/sources/person"

// Hear takes in what all links of one subject, those of earlier nights among them, report beside facts: a death, a prison term.
// Files of deaths and of prisoners have no address, no employer and no account, so no lead is made of them; they speak as cautions
// on every lead of the person. It is called before Assess, subject by subject.
func (a *Assessor) Hear(links []Link) {
	a.heard = a.heard[:0]
	dead := false
	var confined, released int32 // the last day on which either was reported
	for i := range links {
		l := &links[i]
		if l.Held || l.Invalid || l.isConflict() { // perhaps another person's record
			continue
		}
		dead = dead || l.Sighting.deceased()
		switch term := l.Sighting.value(person.Incarcerated); {
		case term == "":
		case says(term):
			confined = max(confined, l.Sighting.Received)
		case climb(l) != CheckFirst: // only who is surely or likely meant is released
			released = max(released, l.Sighting.Received)
		}
	}
	if dead {
		a.heard = append(a.heard, CautionDeceased)
	}
	if confined > 0 && confined >= released {
		a.heard = append(a.heard, CautionIncarcerated)
	}
}
