package matchers

import (
	"errors"
	"strings"
	"testing"
)

// The household class can be forced in where the data do not ask for it, and out where they do, and the report says against
// what. Where no comparison can tell a household, it cannot be forced in.
func TestForcedClasses(t *testing.T) {
	for _, c := range []struct {
		world  world
		forced int
	}{
		{people(2000, 20_000, .05, 0), 3},
		{people(2000, 20_000, .05, .1), 2},
	} {
		caseload, training := c.world.draw(t)
		training.Classes = c.forced
		model, report, err := Train(caseload, training)
		if err != nil {
			t.Fatal(err)
		}
		if model.Classes != c.forced || report.Classes != c.forced || !strings.Contains(report.Household.Reason, "were asked for, although") {
			t.Errorf("%d classes forced: model %d, report %d, %s", c.forced, model.Classes, report.Classes, report.Household.Reason)
		}
	}
	w := people(2000, 20_000, .05, 0)
	w.spec.Comparisons, w.spec.Blocking = w.spec.Comparisons[:4], w.spec.Blocking[:4]
	w.m, w.u, w.missing = w.m[:4], w.u[:4], w.missing[:4]
	caseload, training := w.draw(t)
	training.Classes = 3
	if _, _, err := Train(caseload, training); !errors.Is(err, ErrNoHousehold) {
		t.Errorf("three classes without an address: %v", err)
	}
}
