package pipeline

import (
	"fmt"
	"time"
)

// businessDate reads CCYY-MM-DD as a date that exists, and gives it as an integer ccyymmdd.
func businessDate(s string) (int32, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("as_of %q: want a business date such as 2026-11-21", s)
	}
	y, m, d := t.Date()
	return int32(y*10000 + int(m)*100 + d), nil
}
