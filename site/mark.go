package site

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sunshine/site/folder"
	"sunshine/site/send"
	"sunshine/site/write"
)

// marksFile notes what was published where. It stands in the bureau's folder outside of
// data/, so that no build depends on it; what is public is told by the log at the
// target, not by it.
const marksFile = ".sunshine/published.txt"

const maxMarks = 16 << 20 // bytes

// State is how far a publication came.
type State string

const (
	Pending State = "pending" // recorded, and not known to stand at its target
	WasSent State = "sent"
)

// mark is a line of marksFile.
type mark struct {
	State    State
	At       time.Time
	Label    string
	To       string
	Manifest string // SHA-256
}

type marks []mark

// readMarks reads the notes. A line that is none of ours is passed over.
func readMarks(root *os.Root) (marks, error) {
	data, err := folder.Read(root.FS(), marksFile, maxMarks)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: marksFile, Err: err}
	}
	var all marks
	for line := range strings.Lines(string(data)) {
		fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(fields) != 5 {
			continue
		}
		at, err := time.Parse(time.RFC3339, fields[1])
		if err != nil {
			continue
		}
		all = append(all, mark{State(fields[0]), at, fields[2], fields[4], fields[3]})
	}
	return all, nil
}

// add writes one more note.
func (all *marks) add(root *os.Root, m mark) error {
	if n := len(*all); n > 0 && m.State == WasSent {
		last := (*all)[n-1]
		if last.State == m.State && last.Label == m.Label && last.To == m.To && last.Manifest == m.Manifest {
			return nil
		}
	}
	*all = append(*all, m)
	var b strings.Builder
	for _, m := range *all {
		b.WriteString(strings.Join([]string{string(m.State), m.At.Format(time.RFC3339), m.Label, m.Manifest, m.To}, "\t") + "\n")
	}
	return write.File(root, marksFile, []byte(b.String()))
}

// sent tells whether a publication came to its end at a place.
func (all marks) sent(to string) bool {
	for _, m := range all {
		if m.State == WasSent && m.To == to {
			return true
		}
	}
	return false
}

// unsent gives the label of the release that was noted last, where that was recorded for
// a place, and never came to this one or was on its way to another; empty for any other.
func (all marks) unsent(to string) string {
	if len(all) == 0 {
		return ""
	}
	label := all[len(all)-1].Label
	for _, m := range all {
		if m.Label == label && (m.State != Pending || m.To != to) {
			return ""
		}
	}
	return label
}

// place is how the notes name a target.
func place(to string) string {
	if send.IsFolder(to) || send.IsArchive(to) {
		if absolute, err := filepath.Abs(to); err == nil {
			return filepath.ToSlash(absolute)
		}
	}
	return strings.TrimSuffix(to, "/")
}
