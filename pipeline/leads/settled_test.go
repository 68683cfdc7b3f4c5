package leads

import "testing"

// TestSettled_ANumberThatIsVerifiedSettlesNothing: what an answer found by a person's number says follows from whether the number was
// verified (suppress.number-unverified), so that nobody is passed over on the night on which it is.
func TestSettled_ANumberThatIsVerifiedSettlesNothing(t *testing.T) {
	night := Night{Settled: &Settled{Key: []byte("key"), Cases: func(string) bool { return false }}}
	mark := func(status string) SettledRow {
		row, may := night.Settler().Row(&Subject{ID: "s1", SSNStatus: status}, nil)
		if !may {
			t.Fatal("nothing of the subject was read tonight, and he has no mark")
		}
		return row
	}
	before, again, verified := mark(unverified), mark(unverified), mark("V")
	if before != again {
		t.Error("the same makes two marks")
	}
	if before == verified {
		t.Error("his number was verified, and the mark is the same")
	}
}
