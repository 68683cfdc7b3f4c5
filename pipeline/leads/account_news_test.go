package leads

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads/policy"
)

// Whatever a bank reports month by month, an officer is told of an account first when it is first reported, and then only of what policy
// calls news of what was told last: of the months told, each balance is news after the one before, and nothing that was passed over is news
// after the month told before it.
func TestAccountNews_AgainstWhatWasToldLast(t *testing.T) {
	rules := policy.BuiltIn()
	rapid.Check(t, func(t *rapid.T) {
		n := &Night{BalanceNews: rules.BalanceNews}
		var known []Seen
		told := int64(-1)
		for month := range rapid.IntRange(1, 12).Draw(t, "months") {
			balance := rapid.Int64Range(0, 400).Draw(t, "balance")
			now := Seen{Mark: 1, File: uint64(month), Event: Day(30*month + 60), Told: Day(30*month + 67), Balance: balance}
			last := n.lastTold(known)
			if (last == nil) != (told < 0) || last != nil && last.Balance != told {
				t.Fatalf("told last %+v, want %d", last, told)
			}
			news := last == nil || n.accountNews(*last, now)
			if want := told < 0 || rules.BalanceNews(100*told, 100*balance); news != want {
				t.Fatalf("%d after %d is news: %v", balance, told, news)
			}
			if news {
				told = balance
			}
			known = append(known, now)
			if rapid.Bool().Draw(t, "read twice") { // the same from a file that came again, or an earlier month that comes late
				late := now
				late.Event, late.Told, late.File, late.Balance = now.Event-30, now.Told+1, uint64(100+month), 0
				known = append(known, late)
			}
		}
	})
}

// A quarter's reports of one account, with the balances that make each of them news or none.
func TestAccountNews_Words(t *testing.T) {
	n := &Night{BalanceNews: policy.BuiltIn().BalanceNews}
	for _, c := range []struct {
		told, now int64
		words     string // "" where it is no news
	}{
		{3100, 3100, ""}, {3100, 4600, ""}, {3100, 4700, "it holds $4,700 now; when it was told before, it held $3,100"},
		{3100, 1500, "it holds $1,500 now; when it was told before, it held $3,100"}, {110, 170, ""}, {99, 100, "it holds $100 now; when it was told before, it held $99"},
		{30, 20, "it holds $20 now; when it was told before, it held $30"}, {NoBalance, 5, "the bank says now what it holds"}, {3100, NoBalance, ""},
	} {
		told, now := Seen{Balance: c.told, Event: 1}, Seen{Balance: c.now, Event: 2}
		words := ""
		if n.accountNews(told, now) {
			words = changeOfAccount(told, now, &Account{})
		}
		if words != c.words {
			t.Errorf("%s after %s: %q, want %q", fmt.Sprint(c.now), fmt.Sprint(c.told), words, c.words)
		}
	}
}
