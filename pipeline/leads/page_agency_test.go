package leads

import (
	"strconv"
	"strings"
	"testing"

	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
)

// knows reads one line of what the agency knows:
//
//	case C1 NP order arrears 1200 monthly 300 …
//	address bad 2026-01-02 2026-03-01 RTS | 12 OAK ST, AUSTIN, TX, 78701
//	employer verified 2026-10-01 - | 741234567
//	guard 12 OAK ST, AUSTIN, TX, 78701       a protected person's address
//	neighbour S-2 Pinter | 12 OAK ST, AUSTIN, TX, 78701
//	violence C1                              somebody in the case is protected
//	wrong PINT|R                             an officer judged that this source person is not the subject
//	levy 2026-05-01
func (n *pageNight) knows(t *testing.T, value string, asOf int32) {
	t.Helper()
	if n.assessor == nil {
		n.assessor = &Assessor{AsOf: asOf, Rules: policy.BuiltIn(), Guard: &Guard{},
			Known: &agency.Knowledge{Cases: map[string][]agency.Case{}, Facts: map[string][]agency.Fact{}, Levies: map[string][]agency.Levy{}}}
	}
	a, id := n.assessor, n.subject.ID
	before, behind, _ := strings.Cut(value, " | ")
	words := strings.Fields(before)
	switch words[0] {
	case "case":
		a.Known.Cases[id] = append(a.Known.Cases[id], caseIn(t, id, words[1:]))
	case "address":
		f := factIn(t, id, words)
		f.Key = keyIn(behind)
		a.Known.Facts[id] = append(a.Known.Facts[id], f)
	case "employer":
		f := factIn(t, id, words)
		f.Key = behind
		a.Known.Facts[id] = append(a.Known.Facts[id], f)
	case "guard":
		a.Guard.Add(keyIn(strings.TrimPrefix(value, "guard ")))
	case "neighbour":
		a.Neighbours = func(key string) []Neighbour {
			if key != keyIn(behind) {
				return nil
			}
			return []Neighbour{{words[1], words[2]}}
		}
	case "violence":
		a.Violence = func(caseID string) bool { return caseID == words[1] }
	case "wrong":
		a.Wrong = func(_, person string) bool { return person == words[1] }
	case "levy":
		a.Known.Levies[id] = append(a.Known.Levies[id], agency.Levy{Subject: id, On: dayIn(t, words[1])})
	case "nothing":
	default:
		t.Fatalf("agency %q", value)
	}
}

func caseIn(t *testing.T, subject string, words []string) agency.Case {
	t.Helper()
	c := agency.Case{ID: words[0], Subject: subject, Participant: agency.Participant(words[1]), Status: agency.Open, Function: agency.Enforcement}
	for i := 2; i < len(words); i++ {
		next := func() string { i++; return words[i] }
		switch words[i] {
		case "order":
			c.Order = true
		case "arrears":
			c.Arrears = dollarsIn(t, next())
		case "monthly":
			c.Monthly = dollarsIn(t, next())
		case "pastdue":
			c.PastDueSince = dayIn(t, next())
		case "bankrupt":
			c.Bankrupt = true
		case "goodcause":
			c.GoodCause = true
		case "withheld":
			c.WithheldBy = next()
		case "state":
			c.OtherState = next()
		case "language":
			c.Language = next()
		case "closed":
			c.Status = agency.Closed
		default:
			t.Fatalf("case: %q", words[i])
		}
	}
	return c
}

func factIn(t *testing.T, subject string, words []string) agency.Fact {
	t.Helper()
	f := agency.Fact{Subject: subject, Kind: words[0], Known: agency.Known(words[1])}
	if len(words) > 2 {
		f.Since = dayIn(t, words[2])
	}
	if len(words) > 3 {
		f.Until = dayIn(t, words[3])
	}
	if len(words) > 4 {
		f.EndCode = words[4]
	}
	return f
}

func keyIn(text string) string {
	p := strings.Split(text, ",")
	for i := range p {
		p[i] = strings.TrimSpace(p[i])
	}
	return AddressKey(p[0], "", "", p[1], p[2], p[3])
}

// dayIn reads CCYY-MM-DD, and - for none.
func dayIn(t *testing.T, text string) int32 {
	t.Helper()
	if text == "-" {
		return 0
	}
	d := ParseDate(text)
	if d == nil {
		t.Fatalf("no day: %q", text)
	}
	return d.Date.Integer()
}

func dollarsIn(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n * 100
}
