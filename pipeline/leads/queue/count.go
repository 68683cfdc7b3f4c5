package queue

import (
	"maps"
	"slices"

	"locatematch/pipeline/report"
)

// Counts say what became of a night's news: Candidates = Rows + Capped.
type Counts struct {
	Candidates int64 // pieces of news and open cases
	Rows       int64
	Alerts     int64 // officers and people
	Capped     int64 // rows that wait for the next night
	Supervisor int64 // of Rows, in supervisors' queues
	Specialist int64 // of Rows, sent to specialists
	byOffice   map[string]int64
	notQueued  map[string]int64
}

func (c *Counts) count(r Row, special bool) {
	c.Rows++
	c.byOffice[r.Office]++
	if r.Officer == Supervisor {
		c.Supervisor++
	}
	if special {
		c.Specialist++
	}
}

// Funnel is the counts as the manifest has them.
func (c Counts) Funnel() report.QueueFunnel {
	return report.QueueFunnel{Candidates: c.Candidates, Rows: c.Rows, Alerts: c.Alerts, Capped: c.Capped, Supervisor: c.Supervisor, Specialist: c.Specialist,
		ByOffice: list(c.byOffice), NotQueued: list(c.notQueued)}
}

func list(by map[string]int64) (counts []report.Count) {
	for _, name := range slices.Sorted(maps.Keys(by)) {
		words := name
		if words == "" {
			words = NoOffice
		}
		counts = append(counts, report.Count{Name: words, N: by[name]})
	}
	return counts
}

// NoOffice names the queue of cases of which no office is known.
const NoOffice = "no office"
