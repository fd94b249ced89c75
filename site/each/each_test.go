package each

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"
)

func TestDo(t *testing.T) {
	for _, jobs := range []int{-1, 0, 1, 3, 100} {
		for _, n := range []int{0, 1, 2, 50} {
			var at, most, calls atomic.Int64
			done := make([]int, n)
			err := Do(jobs, n, func(i int) error {
				now := at.Add(1)
				for {
					m := most.Load()
					if now <= m || most.CompareAndSwap(m, now) {
						break
					}
				}
				time.Sleep(10 * time.Microsecond)
				done[i]++
				calls.Add(1)
				at.Add(-1)
				return nil
			})
			if err != nil || int(calls.Load()) != n || int(most.Load()) > max(jobs, 1) {
				t.Errorf("jobs %d, n %d: %v, %d calls, %d at a time", jobs, n, err, calls.Load(), most.Load())
			}
			for i, times := range done {
				if times != 1 {
					t.Errorf("jobs %d, n %d: %d was done %d times", jobs, n, i, times)
				}
			}
		}
	}
}

// Which error is told does not depend on which came first.
func TestLowestError(t *testing.T) {
	for range 50 {
		var calls atomic.Int64
		err := Do(4, 1000, func(i int) error {
			calls.Add(1)
			switch i {
			case 20: // slower than those after it
				time.Sleep(time.Millisecond)
				return fmt.Errorf("%d", i)
			case 21, 22, 23, 24:
				return fmt.Errorf("%d", i)
			}
			return nil
		})
		if err == nil || err.Error() != "20" {
			t.Fatalf("got %v, want that of 20", err)
		}
		if calls.Load() > 100 {
			t.Fatalf("%d calls, though the 20th failed", calls.Load())
		}
	}
}
