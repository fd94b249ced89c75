package preview

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	quiet   = 10 * time.Millisecond // changes that come closer together are one
	longest = time.Second           // a folder that is never quiet is built this often
)

// watched are the folders of a bureau that a site is made from.
var watched = []string{"data", "templates"}

// watcher tells when something under data/ or templates/ has changed.
type watcher struct {
	dir   string
	fs    *fsnotify.Watcher
	grown bool // there may be folders that are not watched
}

func newWatcher(dir string) (*watcher, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &watcher{filepath.Clean(dir), notify, true}, nil
}

func (w *watcher) close() { w.fs.Close() }

// watchTree watches every folder that is there now. Called before each build, it
// finds new folders, and the build then reads what came into them before.
func (w *watcher) watchTree() error {
	if !w.grown {
		return nil
	}
	err := w.fs.Add(w.dir) // for data/ and templates/ themselves
	for _, name := range watched {
		top := filepath.Join(w.dir, name)
		if resolved, err := filepath.EvalSymlinks(top); err == nil {
			top = resolved
		}
		walked := filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				err = w.fs.Add(name)
			}
			if errors.Is(err, fs.ErrNotExist) {
				return nil // gone meanwhile, which is a change itself
			}
			return err
		})
		err = errors.Join(err, walked)
	}
	w.grown = err != nil // what could not be watched is tried again
	return err
}

// wait returns when something has changed and it is quiet again. It gives false
// when ctx is done first.
func (w *watcher) wait(ctx context.Context) bool {
	var settled, late <-chan time.Time // nil: nothing has changed yet
	for {
		changed := false
		select {
		case <-ctx.Done():
			return false
		case event := <-w.fs.Events:
			changed = w.counts(event)
			w.grown = w.grown || changed && mayBeFolder(event)
		case <-w.fs.Errors:
			changed, w.grown = true, true // events were lost: build to be sure
		case <-settled:
			return true
		case <-late:
			return true
		}
		if changed {
			settled = time.After(quiet)
			if late == nil {
				late = time.After(longest)
			}
		}
	}
}

// counts tells whether an event can change the site.
func (w *watcher) counts(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod {
		return false // of backup and search programs
	}
	dir, name := filepath.Split(filepath.Clean(event.Name))
	return filepath.Clean(dir) != w.dir || slices.Contains(watched, name)
}

// mayBeFolder tells whether a folder may have come with an event. What is gone again
// meanwhile may have been one.
func mayBeFolder(event fsnotify.Event) bool {
	if !event.Has(fsnotify.Create) && !event.Has(fsnotify.Rename) {
		return false
	}
	info, err := os.Lstat(event.Name)
	return err != nil || !info.Mode().IsRegular()
}
