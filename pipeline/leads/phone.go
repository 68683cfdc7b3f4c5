package leads

import (
	"fmt"

	"locatematch/matchers/text"
	"locatematch/sources/person"
)

// phoneFact is the telephone number that a source has for the person.
func phoneFact(l *Link) *fact {
	s := l.Sighting
	_, number, validity := text.Standardise(text.Phone, 0, nil, []byte(s.value(person.Phone)))
	if validity != text.Valid {
		return nil
	}
	key := fmt.Sprintf("%010d", number)
	f := &fact{kind: KindPhone, key: key, display: key[:3] + "-" + key[3:6] + "-" + key[6:], event: s.event(), answer: dayOfAnswer(KindPhone, s.Source), phone: &Phone{key}}
	who := reporter(s)
	f.clause = func(p pronouns, asOf Day) string {
		return who + " gave " + f.display + " as " + p.possessive + " telephone number" + on(f.event, asOf)
	}
	return f
}
