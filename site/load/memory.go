package load

import (
	"io/fs"
	"sync"
	"time"

	"sunshine/site/bureau"
)

// Memory keeps what was read of a folder, so that of a large bureau only what changed is
// read again. It keeps documents of words, of which there are many; tables, lists and
// attachments are read every time. Now is the clock by which the disk tells when a file was
// written.
type Memory struct {
	Now func() time.Time

	mu     sync.Mutex
	read   map[string]remembered
	guides []bureau.Guide // room for copies
}

// remembered is a document as it was read from a file that stood as stamp tells.
type remembered struct {
	entry entry
	stamp stamp
}

// stamp tells whether a file was written to.
type stamp struct {
	size     int64
	modified time.Time
	system   systemStamp
}

// settled is how old a file must be before its stamp is trusted: what is written to it
// within the same tick of the disk's clock leaves the stamp as it is. Some disks tell
// whole seconds, or every second one; those that tell parts of one tick every few
// milliseconds.
func settled(modified time.Time) time.Duration {
	if modified.Nanosecond() == 0 {
		return 2 * time.Second
	}
	return 100 * time.Millisecond
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{info.Size(), info.ModTime(), systemStampOf(info)}
}

// entry reads a file, or recalls what was read of it.
func (m *Memory) entry(r *reader, e *entry) {
	if m == nil || !e.kind.IsDocument() { // whose decoder asks for nothing but the bytes
		r.read(e)
		return
	}
	info, err := e.listed.Info()
	if err != nil {
		r.read(e)
		return
	}
	before := stampOf(info)
	m.mu.Lock()
	known, is := m.read[e.path]
	if is && known.stamp == before {
		*e = known.entry
		e.value = m.own(e.value)
		m.mu.Unlock()
		return
	}
	m.mu.Unlock()
	r.read(e)
	after, err := fs.Lstat(r.fsys, e.path)
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.read, e.path)
	if err == nil && stampOf(after) == before && m.Now().Sub(before.modified) > settled(before.modified) {
		if m.read == nil {
			m.read = map[string]remembered{}
		}
		m.read[e.path] = remembered{*e, before}
		e.value = m.own(e.value)
	}
}

// forget drops the files that are not there any more.
func (m *Memory) forget(entries []*entry) {
	if m == nil {
		return
	}
	there := make(map[string]bool, len(entries))
	for _, e := range entries {
		there[e.path] = true
	}
	for file := range m.read {
		if !there[file] {
			delete(m.read, file)
		}
	}
}

// own gives a document that may be changed, as the rest of the way does with its body and
// its language. Guides, which are many and large, are given room together. The lock is held.
func (m *Memory) own(value any) any {
	switch v := value.(type) {
	case *bureau.Guide:
		if len(m.guides) == cap(m.guides) {
			m.guides = make([]bureau.Guide, 0, 256)
		}
		m.guides = append(m.guides, *v)
		return &m.guides[len(m.guides)-1]
	case *bureau.Notice:
		c := *v
		return &c
	case *bureau.Page:
		c := *v
		return &c
	case *bureau.Policy:
		c := *v
		return &c
	}
	return value
}
