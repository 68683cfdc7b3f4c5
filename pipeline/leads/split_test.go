package leads

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads/agency"
)

// Whatever numbers are merged and split, the same crosswalk again changes nothing: it is read every night. No lead is lost, none has two
// rows, and an id is never made anew for a lead that was told.
func TestRenumber_TheSameListAgainChangesNothing(t *testing.T) {
	number := rapid.SampledFrom([]string{"A", "B", "C", "D"})
	rapid.Check(t, func(t *rapid.T) {
		var rows []Row
		for i := range rapid.IntRange(0, 5).Draw(t, "leads") {
			r := Row{LeadID: fmt.Sprintf("L-%d", i), SubjectID: number.Draw(t, "subject"), FirstPublished: Day(rapid.IntRange(1, 9).Draw(t, "told"))}
			rows = append(rows, r)
		}
		before := tableOf(rows)
		var list []agency.Renumbering
		gone := map[string]bool{} // a number that was merged into another is nobody's any more
		for day := range rapid.IntRange(0, 4).Draw(t, "changes") {
			n := agency.Renumbering{Old: number.Draw(t, "old"), New: number.Draw(t, "new"), Split: rapid.Bool().Draw(t, "split"), On: DayOf(19700102).Integer() + int32(2*day)}
			if gone[n.Old] || gone[n.New] || n.Old == n.New {
				continue
			}
			gone[n.Old] = !n.Split
			if n.Split && rapid.Bool().Draw(t, "named") {
				n.LeadID = fmt.Sprintf("L-%d", rapid.IntRange(0, 4).Draw(t, "lead"))
			}
			list = append(list, n)
		}
		once := before.Renumber(list)
		if again := once.Renumber(list); !reflect.DeepEqual(slices.Collect(again.Rows()), slices.Collect(once.Rows())) {
			t.Fatalf("%+v\nonce  %+v\nagain %+v", list, slices.Collect(once.Rows()), slices.Collect(again.Rows()))
		}
		for r := range before.Rows() {
			if _, known := once.Find(r.LeadID); !known {
				t.Fatalf("lead %s is lost", r.LeadID)
			}
		}
		ids := []string{}
		for r := range once.Rows() {
			ids = append(ids, r.LeadID)
		}
		if !slices.IsSorted(ids) || len(slices.Compact(ids)) < once.Len() {
			t.Fatal("a lead has two rows, or they are out of order")
		}
		for r := range once.Rows() {
			if of, known := once.Find(r.TwinOf); r.TwinOf != "" && (!known || r.LeadID == of.LeadID) {
				t.Fatalf("%s is the twin of %q", r.LeadID, r.TwinOf)
			}
		}
	})
}
