package policy

import "slices"

const cautionPrefix = "caution."

// Caution gives a caution's words, what it obliges to and its rule. ok is false for a code that the policy does not have, or
// has switched off.
func (p *Policy) Caution(code string) (c Caution, ok bool) {
	for _, r := range p.inForce["cautions"] {
		if r.id == cautionPrefix+code {
			return r.caution(), true
		}
	}
	return Caution{}, false
}

// Cautions gives all cautions of a lead for a case: those whose codes it carries, and those that the policy finds in the
// situation by itself, in the order of the policy.
func (p *Policy) Cautions(s Situation) (all []Caution) {
	for _, r := range p.inForce["cautions"] {
		if slices.Contains(s.Cautions, r.code()) || len(r.when) > 0 && r.fits(&s) {
			all = append(all, r.caution())
		}
	}
	return all
}

func (r *rule) code() string { return r.id[len(cautionPrefix):] }

func (r *rule) caution() Caution {
	return Caution{Code: r.code(), Words: r.shown.Words, Obliges: r.obliges, Rule: r.shown}
}
