package matchers

// bound limits the sum of some levels' probabilities in the household class: at most, or at least.
type bound struct {
	levels []int
	limit  float64
	least  bool
}

// householdBounds are the caps of the three-class recipe, step 7, by comparison kind: what makes a household a household.
// Without them, on data that have none, the class took the matches (F1 .998 to .610); with them it took nothing. Levels
// count from 1. Our own key has none: an answer about a household member (a family's change of address) comes back under it
// too, and how often is for the data to say.
func householdBounds(id kindID) []bound {
	atMost := func(limit float64, levels ...int) bound { return bound{levels: levels, limit: limit} }
	switch id {
	case kindGiven:
		return []bound{atMost(.05, 1), atMost(.05, 2, 3, 4, 5)} // exact; nickname, initial, truncated, near
	case kindMiddle:
		return []bound{atMost(.2, 1, 2)}
	case kindDate:
		return []bound{atMost(.05, 1), atMost(.1, dateExchanged, dateOneDigit)}
	case kindSSN:
		return []bound{atMost(.05, 1), atMost(.02, ssnOneError)}
	case kindAddress:
		return []bound{{levels: []int{addressDoor, addressBuilding, addressStreet}, limit: .5, least: true}}
	}
	return nil
}

// keepWithin moves probabilities within the bounds, which share no level: those of a bound that is broken take its limit in
// their own proportions, and the free levels share the rest in theirs. Under independent multinomial counts that is the
// maximum within the bounds, so a round of EM still never lowers the likelihood.
func keepWithin(p []float64, bounds []bound) {
	var fixed [MaxLevels + 1]bool
	for range bounds { // moving the rest up can break one more bound each time
		again := false
		for _, b := range bounds {
			sum := 0.0
			for _, l := range b.levels {
				sum += p[l]
			}
			if fixed[b.levels[0]] || b.least && sum >= b.limit || !b.least && sum <= b.limit || sum == 0 {
				continue
			}
			again = true
			for _, l := range b.levels {
				p[l] *= b.limit / sum
				fixed[l] = true
			}
		}
		if !again {
			return
		}
		spread(p, fixed)
	}
}

// spread scales the levels that are not fixed so that all sum to 1.
func spread(p []float64, fixed [MaxLevels + 1]bool) {
	held, free := 0.0, 0.0
	for l := range p {
		if fixed[l] {
			held += p[l]
		} else {
			free += p[l]
		}
	}
	if free <= 0 {
		return
	}
	for l := range p {
		if !fixed[l] {
			p[l] *= (1 - held) / free
		}
	}
}
