package leads

import "strings"

// Dispute is a record that came back under one person's key and, by what its source itself says, fits another person better: our
// inquiry was answered about somebody else, or our number is not this person's. All links of the record are held for review, and
// both people are named, so that an officer can tell whose record it is (domain.md section 10).
type Dispute struct {
	KeyOf, Fits Party
}

// Party is one of the two, as an officer may be told of them; the zero Party of somebody who is not sought, and is not named.
type Party struct{ ID, Name string }

// KeyDisagrees is the reason in short, wherever nobody else may be named.
const KeyDisagrees = "returned key disagrees"

// Short is what a table says of a link that is held for this; "" for no dispute.
func (d *Dispute) Short() string {
	if d == nil {
		return ""
	}
	return KeyDisagrees
}

// Words name both; "" for no dispute.
//
//	returned key disagrees: our reference is that of Robert Okonkwo (S1), and what the source itself says fits Maria Delgado (S2) better
func (d *Dispute) Words() string {
	if d == nil {
		return ""
	}
	return KeyDisagrees + ": our reference is that of " + d.KeyOf.words() + ", and what the source itself says fits " + d.Fits.words() + " better"
}

func (p Party) words() string {
	switch {
	case p.ID == "":
		return "somebody who is not sought"
	case p.Name == "":
		return p.ID
	}
	return ProperName(p.Name) + " (" + p.ID + ")"
}

// others are the ids of those named beside the subject.
func (d *Dispute) others(subject string) (ids []string) {
	if d == nil {
		return nil
	}
	for _, p := range []Party{d.KeyOf, d.Fits} {
		if p.ID != "" && p.ID != subject {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// Pack writes a dispute as one string, "" for none. Unpack reads it.
func (d *Dispute) Pack() string {
	if d == nil {
		return ""
	}
	return strings.Join([]string{d.KeyOf.ID, d.KeyOf.Name, d.Fits.ID, d.Fits.Name}, "\x00")
}

// UnpackDispute reads what Pack wrote; nil of anything else.
func UnpackDispute(packed string) *Dispute {
	parts := strings.Split(packed, "\x00")
	if len(parts) != 4 {
		return nil
	}
	return &Dispute{KeyOf: Party{parts[0], parts[1]}, Fits: Party{parts[2], parts[3]}}
}
