package matchers

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// household builds a caseload in which most people are strangers, and one father and son of one name at one address.
func householdNight(t *testing.T, father, son row) (*Spec, *Caseload) {
	spec, town := BuiltInSpec(), newTown(30)
	subjects := town.caseload(4000)
	subjects[100], subjects[200] = subject{father}, subject{son}
	return spec, build(t, spec, subjects)
}

// Father and son of one name at one door: the son's record is not the father's, whatever the names and the address say.
// Two classes accept the father; the household class leaves him below acceptance, and a suffix settles it.
func TestFatherAndSon(t *testing.T) {
	father := row{"given": "LEOPOLD", "family": "WINTERBOTTOM", "suffix": "SR", "born": "1951-02-03", "ssn": "321-54-6789", "address": "77 JUNIPER LN", "zip": "84111", "sex": "M"}
	record := row{"given": "LEOPOLD", "family": "WINTERBOTTOM", "born": "1979-11-26", "address": "77 JUNIPER LN", "zip": "84111", "sex": "M"}
	stranger := newTown(31).person(1)
	spec, c := householdNight(t, father, stranger)
	weigh := func(classes int, r row) (int32, *Scorer) {
		model := BuiltInModel(spec)
		model.Classes = classes
		s := NewScorer(c, model, .05)
		e := NewMatcher(c, s).Explain(standard(spec, r), 100)
		if e.Rule < 0 {
			t.Fatal("the pair is not even proposed")
		}
		return e.Total, s
	}
	two, s := weigh(2, record)
	if two < s.accept {
		t.Errorf("two classes give %.1f bits: the case is no test of the third", Bits(two))
	}
	three, s := weigh(3, record)
	if three >= s.accept {
		t.Errorf("three classes accept the father for the son's record (%.1f bits)", Bits(three))
	}
	record["suffix"] = "JR"
	if suffixed, s := weigh(3, record); suffixed >= s.review {
		t.Errorf("with suffix JR against SR the pair is still at review (%.1f bits)", Bits(suffixed))
	}
	own := row{}
	for k, v := range father {
		own[k] = v
	}
	if self, s := weigh(3, own); self < s.accept {
		t.Errorf("the father's own record is not accepted (%.1f bits)", Bits(self))
	}
}

// A spouse's record shares surname and door. It is not the subject's, in three classes not even for review.
func TestSpouse(t *testing.T) {
	husband := row{"given": "LEOPOLD", "family": "WINTERBOTTOM", "born": "1979-11-26", "address": "77 JUNIPER LN", "zip": "84111", "sex": "M", "phone": "801-555-2368"}
	spec, c := householdNight(t, husband, newTown(31).person(1))
	s := NewScorer(c, BuiltInModel(spec), .05)
	wife := row{"given": "CATHERINE", "family": "WINTERBOTTOM", "born": "1981-05-06", "address": "77 JUNIPER LN", "zip": "84111", "sex": "F", "phone": "801-555-2368"}
	if e := NewMatcher(c, s).Explain(standard(spec, wife), 100); e.Total >= s.review || e.Prior+sumS(e) < s.review {
		t.Errorf("the wife's record: %.1f bits, against a stranger alone %.1f", Bits(e.Total), Bits(e.Prior+sumS(e)))
	}
}

func sumS(e Explanation) (sum int32) {
	for _, part := range e.Parts {
		sum += part.S + part.Frequency
	}
	return sum
}

// A shield subject (the child whose number and name it is) takes the record from the father, and the margin says so.
func TestShieldWinsItsOwnRecord(t *testing.T) {
	father := row{"given": "LEOPOLD", "family": "WINTERBOTTOM", "born": "1951-02-03", "address": "77 JUNIPER LN", "zip": "84111"}
	son := row{"given": "LEOPOLD", "family": "WINTERBOTTOM", "born": "1979-11-26", "ssn": "321-54-6789", "address": "77 JUNIPER LN", "zip": "84111"}
	spec, c := householdNight(t, father, son)
	s := NewScorer(c, BuiltInModel(spec), .05)
	m := NewMatcher(c, s)
	scored := m.Match(standard(spec, son), Options{})
	if len(scored) != 1 || scored[0].Subject != 200 || scored[0].Weight < s.accept {
		t.Fatalf("kept: %+v", scored)
	}
	e := m.Explain(standard(spec, son), 100)
	if e.Competition > -5*One || e.Total >= s.review || e.Margin >= 0 || len(e.Rivals) != 1 || e.Rivals[0].Subject != 200 {
		t.Errorf("the father's claim: competition %.1f, total %.1f, margin %.1f, rivals %v", Bits(e.Competition), Bits(e.Total), Bits(e.Margin), e.Rivals)
	}
	if m.Outcompeted() != 1 {
		t.Errorf("%d pairs were outcompeted, want the father's", m.Outcompeted())
	}
}

// Twin subjects (one person on two cases) share the record evenly: each is about one half likely, and neither has a margin.
func TestEqualClaimsShareTheRecord(t *testing.T) {
	p := row{"given": "LEOPOLD", "family": "WINTERBOTTOM", "born": "1979-11-26", "ssn": "321-54-6789"}
	spec, c := householdNight(t, p, p)
	m := NewMatcher(c, NewScorer(c, BuiltInModel(spec), .05))
	scored := m.Match(standard(spec, p), Options{})
	if len(scored) != 2 || scored[0].Subject != 100 || scored[1].Subject != 200 {
		t.Fatalf("kept: %+v", scored)
	}
	for _, s := range scored {
		if s.Margin != 0 || s.Probability() < .49 || s.Probability() > .5 {
			t.Errorf("subject %d: margin %d, probability %f", s.Subject, s.Margin, s.Probability())
		}
	}
}

// Competition is log2(1 + sum of the others' odds), for any claims.
func TestCompetitionIsTheSumOfOdds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Int32Range(-4*One, 25*One), 1, 12).Draw(t, "weights")
		var c claims
		for i, w := range weights {
			c.strong = append(c.strong, Rival{Subject: uint32(i), Weight: w})
		}
		c.settle()
		for i, w := range weights {
			odds, best := 0.0, math.Inf(-1)
			for j, other := range weights {
				if j != i {
					odds += math.Exp2(Bits(other))
					best = max(best, Bits(other))
				}
			}
			others, rival := c.against(uint32(i), w)
			if got, want := Bits(LogSum(0, others)), math.Log2(1+odds); math.Abs(got-want) > 20./One {
				t.Fatalf("%v: claim %d loses %f, want %f", weights, i, got, want)
			}
			if len(weights) > 1 && Bits(rival) != best {
				t.Fatalf("%v: the rival of claim %d has %f, want %f", weights, i, Bits(rival), best)
			}
		}
	})
}

// An SSN that agrees under another person's name is held: kept though it weighs below review, and marked.
func TestSSNUnderAnotherNameIsHeld(t *testing.T) {
	p := row{"given": "LEOPOLD", "family": "WINTERBOTTOM", "born": "1979-11-26", "ssn": "321-54-6789"}
	spec, c := householdNight(t, p, newTown(31).person(1))
	s := NewScorer(c, BuiltInModel(spec), .05)
	m := NewMatcher(c, s)
	scored := m.Match(standard(spec, row{"given": "OTIS", "family": "GRANGER", "born": "1990-05-06", "ssn": "321-54-6789"}), Options{})
	if len(scored) != 1 || scored[0].Subject != 100 || !scored[0].Held || scored[0].Weight >= s.review {
		t.Errorf("kept: %+v", scored)
	}
}

// One equal SSN does not decide: alone it stays below review, with the family name it comes to review, with the given name
// too it is accepted.
func TestLadderOfTheSSN(t *testing.T) {
	p := row{"given": "LEOPOLD", "family": "WINTERBOTTOM", "born": "1979-11-26", "ssn": "321-54-6789"}
	spec, town := BuiltInSpec(), newTown(32)
	subjects := town.caseload(50000)
	subjects[100] = subject{p}
	c := build(t, spec, subjects)
	s := NewScorer(c, BuiltInModel(spec), .05)
	m := NewMatcher(c, s)
	for _, rung := range []struct {
		r    row
		band string
	}{
		{row{"ssn": p["ssn"]}, "below"},
		{row{"ssn": p["ssn"], "family": p["family"]}, "review"},
		{row{"ssn": p["ssn"], "family": p["family"], "given": p["given"]}, "accept"},
		{row{"ssn": p["ssn"], "family": p["family"], "given": "L", "born": p["born"]}, "accept"},
		{row{"given": p["given"], "family": p["family"], "born": p["born"]}, "accept"},
		{row{"given": p["given"], "family": p["family"]}, "review"}, // both names seen nowhere else
	} {
		e := m.Explain(standard(spec, rung.r), 100)
		band := "below"
		if e.Total >= s.accept {
			band = "accept"
		} else if e.Total >= s.review {
			band = "review"
		}
		if band != rung.band {
			t.Errorf("%v: %.1f bits, %s; want %s", rung.r, Bits(e.Total), band, rung.band)
		}
	}
}
