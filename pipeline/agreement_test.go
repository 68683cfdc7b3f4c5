package pipeline

import (
	"testing"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
)

// TestAgreement_EveryBuiltInLevelHasAMeaning: a level renamed in matchers would otherwise fall silent on every lead.
func TestAgreement_EveryBuiltInLevelHasAMeaning(t *testing.T) {
	spec := matchers.BuiltInSpec()
	for c, comparison := range matchers.BuiltInModel(spec).Comparisons {
		for _, level := range comparison.Levels {
			if _, known := meanings[level.Name]; !known {
				t.Errorf("comparison %s, level %q means nothing to an officer", spec.Comparisons[c].Name, level.Name)
			}
		}
	}
}

// TestAgreement_CrossedNamesAgreeWithASlip: where given and family name stand exchanged, both parts are near.
func TestAgreement_CrossedNamesAgreeWithASlip(t *testing.T) {
	spec := matchers.BuiltInSpec()
	table := verdictTable(spec, matchers.BuiltInModel(spec))
	var p matchers.Pattern
	for c, comparison := range spec.Comparisons {
		if comparison.Kind == "crossed_names" || comparison.Name == "ssn" {
			p = p.With(c, 1)
		}
	}
	a := agreement(table, p)
	if a[leads.PartGiven] != leads.Near || a[leads.PartFamily] != leads.Near || a[leads.PartSSN] != leads.Agree {
		t.Errorf("agreement %v", a)
	}
	if a[leads.PartBorn] != leads.NoEvidence {
		t.Errorf("a birth date that was not compared says %v", a[leads.PartBorn])
	}
}
