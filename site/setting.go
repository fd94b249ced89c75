package site

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/privacy"
	"sunshine/site/problem"
)

// setting takes each file of the site as it is made: it is looked through for personal
// data, and then set down.
type setting struct {
	store    bureau.Store
	guard    *privacy.Guard
	jobs     int
	watch    Watch
	pages    int // how many there will be
	kept     atomic.Int64
	drawings [][]byte
	mu       sync.Mutex
	files    []bureau.File
}

func newSetting(o Options, guard *privacy.Guard, drawings [][]byte) (*setting, error) {
	s := &setting{store: o.store, guard: guard, jobs: o.Jobs, watch: o.Watch, drawings: drawings}
	if s.store == nil {
		s.store = bureau.Hold{}
	}
	return s, s.store.Empty() // of the pass before
}

// keep takes one file, with the drawings of texts that it holds.
func (s *setting) keep(f bureau.File, drawings [][]byte) (bureau.File, error) {
	if done := int(s.kept.Add(1)); s.watch != nil && done <= s.pages {
		s.watch(Printing, done, s.pages)
	}
	s.mu.Lock()
	s.files = append(s.files, f)
	s.drawings = append(s.drawings, drawings...)
	s.mu.Unlock()
	return s.store.Keep(f)
}

// all takes files that hold no drawings.
func (s *setting) all(files []bureau.File) ([]bureau.File, error) {
	err := each.Do(s.jobs, len(files), func(i int) (err error) {
		files[i], err = s.keep(files[i], nil)
		return err
	})
	return files, err
}

// found tells what personal data the files hold that no input had.
func (s *setting) found() problem.List {
	slices.SortFunc(s.files, func(a, b bureau.File) int { return strings.Compare(a.Path, b.Path) })
	return s.guard.Output(s.files, s.drawings, s.jobs)
}
