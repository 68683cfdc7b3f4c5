package matchers

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Where a person has one record in a source, and a stated part of the subjects has one, a subject's records share that part as
// Bayes' rule says: odds of a record over the chance of none and the odds of all. The prior raised by Absent and the contest
// by Contest come to just that.
func TestAbsent_IsBayesWhereAPersonHasOneRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		present := rapid.Float64Range(0, mostPresent).Draw(t, "present")
		m := &Model{RepeatRatio: map[string]float64{"census": 0}, PresentShare: map[string]float64{"census": present}}
		bits := rapid.SliceOfN(rapid.Float64Range(-3, 12), 1, 6).Draw(t, "bits")
		raise := -math.Log2(m.Absent("census"))
		weights, all := make([]int32, len(bits)), 1-present
		for i, b := range bits {
			weights[i] = fromBits(b + raise)
			all += math.Exp2(b)
		}
		const none = -20 // every claim counts
		r := NewRepeats(m.Contest("census"), fromBits(none))
		r.Among(weights)
		for i, w := range weights {
			got, want := Probability(w+r.Part(w)), math.Exp2(bits[i])/all
			if math.Abs(got-want) > 1e-3 {
				t.Fatalf("record %d of %v, %g of the subjects present: probability %.4f, by Bayes' rule %.4f", i, bits, present, got, want)
			}
		}
	})
}

// Where several records a person are normal nothing is raised and nothing competes, whoever is present.
func TestAbsent_SaysNothingWhereRepeatsAreNormal(t *testing.T) {
	m := &Model{PresentShare: map[string]float64{"wages": .9}}
	if m.Absent("wages") != 1 || m.Contest("wages") != 1 {
		t.Errorf("absent %g, contest %g; want 1 and 1", m.Absent("wages"), m.Contest("wages"))
	}
}

// A record is one subject's or a stranger's. Where train has learnt what part of the records are strangers', the subjects of a
// record share the rest as Bayes' rule says: the prior raised by Stranger and the competition for the record come to that.
func TestStranger_IsBayesForARecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		strangers := rapid.Float64Range(fewestStrangers, 1).Draw(t, "strangers")
		m := &Model{StrangerShare: map[string]float64{"answers": strangers}}
		bits := rapid.SliceOfN(rapid.Float64Range(-3, 12), 1, 6).Draw(t, "bits")
		raise := -math.Log2(m.Stranger("answers"))
		var c claims
		all := strangers
		for i, b := range bits {
			c.strong = append(c.strong, Rival{Subject: uint32(i), Weight: fromBits(b + raise)})
			all += math.Exp2(b)
		}
		c.settle()
		for i, b := range bits {
			weight := fromBits(b + raise)
			others, _ := c.against(uint32(i), weight)
			got, want := Probability(weight-LogSum(0, others)), math.Exp2(b)/all
			if math.Abs(got-want) > 1e-3 {
				t.Fatalf("subject %d of %v, %g of the records strangers': probability %.4f, by Bayes' rule %.4f", i, bits, strangers, got, want)
			}
		}
	})
}
