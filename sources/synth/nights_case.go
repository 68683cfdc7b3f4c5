package synth

// caseLife is what becomes of a family's case through the stretch.
type caseLife struct {
	opens     int // night; 1 for a case that was open before
	closes    int // night; 0 open to the end
	moves     int // night of the transfer; 0 none
	office    [2]int
	officer   [2]int // before and after the transfer
	protected int    // night from which the family is protected over and above its entry; 0 never
}

// caseOf draws it. A brother's or sister's case of their own is apart.
func (n *nights) caseOf(f *family, slot int) caseLife {
	which := uint64(0)
	if slot == theSibling {
		which = 1
	}
	held := streamOf(f.w.seed, ofID, uint64(f.number), 1)
	c := caseLife{opens: 1, office: [2]int{held.below(n.offices) + 1}}
	c.officer[0] = held.between(1, n.officers)
	s := streamOf(f.w.seed, ofCase, uint64(f.number), which)
	late, night, far := s.chance(rateLateCase), 2+s.below(max(1, n.count-1)), s.chance(0.4)
	c.office[1], c.officer[1] = c.office[0], c.officer[0]%n.officers+1
	if far {
		c.office[1], c.officer[1] = c.office[0]%n.offices+1, s.between(1, n.officers)
	}
	if late {
		c.opens = min(night, n.count)
	}
	for night := 2; night <= n.count; night++ {
		closes, moves := s.chance(rateClosed), s.chance(rateTransfer)
		if c.closes == 0 && closes && night > c.opens {
			c.closes = night
		}
		if c.moves == 0 && moves && night > c.opens {
			c.moves = night
		}
	}
	if f.number == n.flagged {
		c.protected, c.closes, c.opens = n.flagNight(), 0, 1
	}
	return c
}

// desk is who works the case on a night.
func (c *caseLife) desk(night int) (office, officer string) {
	now := 0
	if c.moves > 0 && night >= c.moves {
		now = 1
	}
	office = pad2(c.office[now])
	return "OFFICE " + office, "W" + office + pad2(c.officer[now])
}

// flagNight is the night in which one family is flagged that was not before.
func (n *nights) flagNight() int { return n.count/2 + 1 }
