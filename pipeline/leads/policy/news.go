package policy

import (
	"math"
	"slices"
)

const newsBalance = "news.balance"

// BalanceNews reports that a further balance of an account, in cents, is news to who was told an earlier one: it has changed by the share
// that policy states and by no less than the least amount that a review for levy asks for, or it has passed an amount that a rule on levies
// or on small accounts names. With the rule switched off every other balance is news.
func (p *Policy) BalanceNews(told, now int64) bool {
	at := slices.IndexFunc(p.inForce["news"], func(r *rule) bool { return r.id == newsBalance })
	if at < 0 {
		return told != now
	}
	levies := p.balances("may_do")
	for _, amount := range slices.Concat(levies, p.balances("suppress")) {
		if (told < amount) != (now < amount) {
			return true
		}
	}
	least := int64(0)
	if len(levies) > 0 {
		least = slices.Min(levies)
	}
	change := max(told-now, now-told)
	return change > 0 && change >= least && float64(change)*100 >= float64(p.inForce["news"][at].share)*math.Abs(float64(told))
}

// balances are the amounts that a group's rules in force hold balances against, cents.
func (p *Policy) balances(group string) (amounts []int64) {
	for _, r := range p.inForce[group] {
		for _, l := range slices.Concat(r.atLeast, r.notBelow, r.below) {
			if l.of.name == "balance" {
				amounts = append(amounts, l.hundredths)
			}
		}
	}
	return amounts
}
