// Package each does one thing to every item of a list, several at a time.
//
// The caller keeps the results in a slice of its own, one place an item, so that
// their order is that of the items and not of the work.
package each

import (
	"sync"
	"sync/atomic"
)

// Do calls f for 0 to n-1, up to jobs at a time, and waits for all; fewer than 1
// jobs are 1. After the first error no further call begins. The error is that of
// the lowest i, however the work went: every lower one had begun before it.
func Do(jobs, n int, f func(i int) error) error {
	var (
		workers sync.WaitGroup
		next    atomic.Int64
		lock    sync.Mutex
		failed  = n
		first   error
	)
	for range min(max(jobs, 1), n) {
		workers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := f(i); err != nil {
					next.Store(int64(n))
					lock.Lock()
					if i < failed {
						failed, first = i, err
					}
					lock.Unlock()
				}
			}
		})
	}
	workers.Wait()
	return first
}
