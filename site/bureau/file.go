package bureau

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"
)

// File is one file of the built site. Path is slash-separated and relative to
// the site's folder: stats/cases-solved/index.html.
type File struct {
	Path  string
	Bytes []byte  // nil where they were set down: Read gives them
	Down  SetDown // where they were
}

// SetDown is where the bytes of a file are that are not in memory. The zero SetDown: nowhere.
type SetDown struct {
	SHA256 string // lower-case hexadecimal
	Size   int64  // in bytes
	Place  string // the file of this machine that holds them; empty where they were let go
}

// Store takes over the files of a site as they are made, so that memory follows the
// largest of them and not the site. Several goroutines may call it at a time.
type Store interface {
	// Empty forgets all that was kept: the site is made once more.
	Empty() error
	// Keep sets a file down, and gives it without its bytes, or as it is.
	Keep(File) (File, error)
	// Write sets down what write writes as the file at a path, so that not even that one
	// file is in memory whole.
	Write(path string, write func(io.Writer) error) (File, error)
}

// ErrLetGo says that a file was read whose bytes nobody kept.
var ErrLetGo = errors.New("the bytes of the file were not kept")

// Size gives the size of a file in bytes.
func (f File) Size() int64 {
	if f.Down.SHA256 != "" {
		return f.Down.Size
	}
	return int64(len(f.Bytes))
}

// SHA256 gives the SHA-256 of a file in lower-case hexadecimal.
func (f File) SHA256() string {
	if f.Down.SHA256 != "" {
		return f.Down.SHA256
	}
	return SHA256(f.Bytes)
}

// Read gives the bytes of a file, wherever they are. The error is that of the disk, or
// ErrLetGo.
func (f File) Read() ([]byte, error) {
	switch {
	case f.Down.SHA256 == "":
		return f.Bytes, nil
	case f.Down.Place == "":
		return nil, ErrLetGo
	}
	b, err := os.ReadFile(f.Down.Place)
	if err == nil && SHA256(b) != f.Down.SHA256 {
		err = fmt.Errorf("%s: %w", f.Down.Place, ErrChanged)
	}
	return b, err
}

// ErrChanged says that somebody changed a file after it was set down.
var ErrChanged = errors.New("the file was changed meanwhile")

// Forget is a Store that keeps nothing but sizes and sums, for who only checks.
type Forget struct{}

// Empty does nothing.
func (Forget) Empty() error { return nil }

// Keep gives a file without its bytes.
func (Forget) Keep(f File) (File, error) {
	f.Down = SetDown{SHA256: f.SHA256(), Size: f.Size()}
	f.Bytes = nil
	return f, nil
}

// Write counts what is written.
func (Forget) Write(path string, write func(io.Writer) error) (File, error) {
	d := NewDigester(io.Discard)
	err := write(d)
	return File{Path: path, Down: d.SetDown()}, err
}

// Digester passes on what is written to it, and knows its size and its sum.
type Digester struct {
	to   io.Writer
	sum  hash.Hash
	size int64
}

// NewDigester gives one that passes on to w.
func NewDigester(w io.Writer) *Digester { return &Digester{to: w, sum: sha256.New()} }

// Write is that of io.Writer.
func (d *Digester) Write(p []byte) (int, error) {
	n, err := d.to.Write(p)
	d.sum.Write(p[:n])
	d.size += int64(n)
	return n, err
}

// SetDown gives size and sum of what was written so far.
func (d *Digester) SetDown() SetDown {
	return SetDown{SHA256: hex.EncodeToString(d.sum.Sum(nil)), Size: d.size}
}

// Hold is a Store that keeps the bytes of all files in memory.
type Hold struct{}

// Empty does nothing.
func (Hold) Empty() error { return nil }

// Keep gives a file as it is.
func (Hold) Keep(f File) (File, error) { return f, nil }

// Write holds what is written.
func (Hold) Write(path string, write func(io.Writer) error) (File, error) {
	var b bytes.Buffer
	err := write(&b)
	return File{Path: path, Bytes: b.Bytes()}, err
}

// SHA256 gives the SHA-256 of bytes as manifests and records have it: lower-case
// hexadecimal.
func SHA256(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// IsSHA256 tells whether a text is one as SHA256 gives it, and so the name of a file.
func IsSHA256(text string) bool {
	return len(text) == 2*sha256.Size && strings.Trim(text, "0123456789abcdef") == ""
}
