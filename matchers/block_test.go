package matchers

import (
	"slices"
	"testing"
)

// Law: a record that repeats the key of a rule's largest block is offered just that block by the rule.
func TestLargestBlockIsNamed(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(5)
	spec.Blocking = append(spec.Blocking, []string{"family.token", "born.year"}, []string{"ssn.slip", "sex"}, []string{"family", "max:40"})
	c := build(t, spec, town.caseload(3000))
	p := NewProber(c)
	for r, rule := range c.Stats().Rules {
		if len(rule.Kept.Key) == 0 {
			t.Errorf("rule %s: its largest block is not named", rule.Rule)
		}
		values := make([]Value, len(spec.Fields))
		for _, part := range rule.Kept.Key {
			element, err := ParseElement(part.Element)
			if err != nil {
				t.Fatal(err)
			}
			values[spec.Field(element.Record.Field)] = part.Value
		}
		p.Ask(values)
		p.passed = slices.DeleteFunc(p.passed, func(k Key) bool { return int(k.rule) != r })
		found := p.Candidates(nil)
		several := c.plan.rules[r].several // any word of the value may bring further subjects
		if len(found) < rule.Kept.Subjects || len(found) > rule.Kept.Subjects && !several {
			t.Errorf("rule %s: %d candidates, the block has %d", rule.Rule, len(found), rule.Kept.Subjects)
		}
	}
}

// A dropped key is named too, with the value set that made it: an alias, not the subject's first name.
func TestDroppedBlockIsNamed(t *testing.T) {
	spec := BuiltInSpec()
	spec.Blocking, spec.Cap = [][]string{{"family", "sex"}}, 3
	one := subject{{"given": "JOE", "family": "RIVERS", "sex": "M"}, {"given": "JOE", "family": "POOLE"}}
	other := subject{{"given": "JIM", "family": "POOLE", "sex": "M"}}
	c := build(t, spec, append([]subject{one}, slices.Repeat([]subject{other}, 4)...))
	rule := c.Stats().Rules[0]
	if rule.Capped.Subjects != 5 || len(rule.Capped.Key) != 2 || string(rule.Capped.Key[0].Value.Std) != "POOLE" || rule.Capped.Key[1].Element != "sex" {
		t.Errorf("dropped: %+v", rule.Capped)
	}
	if rule.Kept.Subjects != 1 || string(rule.Kept.Key[0].Value.Std) != "RIVERS" {
		t.Errorf("kept: %+v", rule.Kept)
	}
}
