package pipeline

import (
	"encoding/json"
	"time"
)

// clock times the stages of a run for timing.json, the only file with clocks in it, and tells the observer of each.
type clock struct {
	observer Observer
	began    time.Time
	stages   []stageTime
}

type stageTime struct {
	Stage   string  `json:"stage"`
	Seconds float64 `json:"seconds"`
	from    time.Time
}

func newClock(o Observer) *clock { return &clock{observer: o, began: time.Now()} }

func (c *clock) stage(name string) {
	c.observer.Stage(name)
	now := time.Now()
	c.end(now)
	c.stages = append(c.stages, stageTime{Stage: name, from: now})
}

func (c *clock) end(now time.Time) {
	if n := len(c.stages); n > 0 {
		c.stages[n-1].Seconds = now.Sub(c.stages[n-1].from).Seconds()
	}
}

// encode gives timing.json: when the run began, seconds by stage, and what it spilled, which depends on the memory that there
// was.
func (c *clock) encode(spilled int64) ([]byte, error) {
	c.end(time.Now())
	b, err := json.MarshalIndent(struct {
		Began   time.Time   `json:"began"`
		Seconds float64     `json:"seconds"`
		Stages  []stageTime `json:"stages"`
		Spilled int64       `json:"spilled_bytes"` // of links beyond the memory budget, written to disk and read back
	}{c.began.UTC(), time.Since(c.began).Seconds(), c.stages, spilled}, "", "  ")
	return append(b, '\n'), err
}
