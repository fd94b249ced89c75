package site

import (
	"io"
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
	drawings privacy.Sketches // of statistics and units
	jobs     int
	watch    Watch
	pages    int          // how many there will be; 0 before they are made
	kept     atomic.Int64 // of them

	mu   sync.Mutex
	seen map[string]privacy.Sight // by path; of most files there is none
}

func newSetting(o Options, guard *privacy.Guard) (*setting, error) {
	s := &setting{store: o.store, guard: guard, jobs: o.Jobs, watch: o.Watch, seen: map[string]privacy.Sight{}}
	if s.store == nil {
		s.store = bureau.Hold{}
	}
	return s, s.store.Empty() // of the pass before
}

// keep takes one file, with the drawings of texts that it holds.
func (s *setting) keep(f bureau.File, drawings [][]byte) (bureau.File, error) {
	if s.watch != nil && s.pages > 0 {
		if done := int(s.kept.Add(1)); done <= s.pages {
			s.watch(Printing, done, s.pages)
		}
	}
	s.saw(f.Path, s.guard.Look(f, s.drawings.With(drawings)))
	return s.store.Keep(f)
}

// write takes one file as it is written; it holds no drawings.
func (s *setting) write(path string, write func(io.Writer) error) (bureau.File, error) {
	l := s.guard.Looker(path)
	f, err := s.store.Write(path, func(w io.Writer) error { return write(io.MultiWriter(w, l)) })
	s.saw(path, l.Sight())
	return f, err
}

// saw remembers what was seen in a file.
func (s *setting) saw(path string, seen privacy.Sight) {
	if len(seen) == 0 {
		return
	}
	s.mu.Lock()
	s.seen[path] = append(s.seen[path], seen...)
	s.mu.Unlock()
}

// all takes files that hold no drawings of texts.
func (s *setting) all(files []bureau.File) ([]bureau.File, error) {
	err := each.Do(s.jobs, len(files), func(i int) (err error) {
		files[i], err = s.keep(files[i], nil)
		return err
	})
	return files, err
}

// found tells what personal data the files hold that no input had.
func (s *setting) found(files []bureau.File) problem.List {
	var all []privacy.Sight
	for _, f := range files {
		all = append(all, s.seen[f.Path])
	}
	return s.guard.Output(all)
}
