package matchers

import "testing"

// A small night keeps its household: the figures of two dozen members are held by the stated ones, and not priced as if they were
// free (at 45 to 55, more than half of these worlds gain). Without the class the members become matches.
func TestSmallNightKeepsItsHousehold(t *testing.T) {
	for seed := range uint64(6) {
		w := people(100, 2000, .02, .012)
		w.seed = 20 + seed
		c, training := w.draw(t)
		two, three := newTrainer(c, training, 2), newTrainer(c, training, 3)
		two.solve()
		three.solve()
		v := keepHousehold(two, three)
		t.Logf("seed %d: gain %.0f, price %.0f", w.seed, v.Gain, v.Penalty)
		if !v.Kept {
			t.Errorf("seed %d: %s", w.seed, v.Reason)
		}
	}
}
