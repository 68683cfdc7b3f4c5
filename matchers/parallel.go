package matchers

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// mostBuilders bounds how many parts of a caseload are built side by side: each has its own list of keys meanwhile.
const mostBuilders = 4

// sideBySide calls build for 0 to n-1, each once, on as many cores as there are. Every call must keep to what is its own: the
// result is the same in any order.
func sideBySide(n int, build func(i int)) {
	var next atomic.Int64
	var g sync.WaitGroup
	for range min(n, mostBuilders, runtime.GOMAXPROCS(0)) {
		g.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				build(int(i))
			}
		})
	}
	g.Wait()
}
