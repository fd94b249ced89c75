package chart

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// cache keeps what ECharts drew, a file for each option. A file holds the
// SHA-256 of its drawing, a line end, and the drawing: one that does not match
// counts as missing. What is done with a drawing afterwards is not cached, and
// so needs no version. The cache only saves time: an error of it is no error.
type cache struct {
	dir    string // empty: nothing is kept
	bundle [sha256.Size]byte
	used   sync.Map // file name -> true
}

const cacheSuffix = ".svg.cache"

// key names the drawing of an option by the bundle that draws it, which holds
// ECharts itself.
func (c *cache) key(option []byte, width, height int) string {
	h := sha256.New()
	h.Write(c.bundle[:])
	h.Write([]byte(strconv.Itoa(width) + "x" + strconv.Itoa(height) + "\n"))
	h.Write(option)
	return hex.EncodeToString(h.Sum(nil)) + cacheSuffix
}

func (c *cache) read(key string) ([]byte, bool) {
	if c.dir == "" {
		return nil, false
	}
	c.used.Store(key, true)
	data, err := os.ReadFile(filepath.Join(c.dir, key))
	if err != nil {
		return nil, false
	}
	sum, raw, ok := strings.Cut(string(data), "\n")
	if !ok || sum != checksum(raw) {
		return nil, false
	}
	return []byte(raw), true
}

func (c *cache) write(key string, raw []byte) {
	if c.dir == "" || os.MkdirAll(c.dir, 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(c.dir, "*.tmp")
	if err != nil {
		return
	}
	_, err = f.WriteString(checksum(string(raw)) + "\n" + string(raw))
	if errors.Join(err, f.Close()) != nil || os.Rename(f.Name(), filepath.Join(c.dir, key)) != nil {
		os.Remove(f.Name())
	}
}

// prune also removes what a killed build left half-written.
func (c *cache) prune() error {
	if c.dir == "" {
		return nil
	}
	entries, err := os.ReadDir(c.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	errs := []error{err}
	for _, e := range entries {
		_, used := c.used.Load(e.Name())
		ours := strings.HasSuffix(e.Name(), cacheSuffix) || strings.HasSuffix(e.Name(), ".tmp")
		if ours && !used {
			errs = append(errs, os.Remove(filepath.Join(c.dir, e.Name())))
		}
	}
	return errors.Join(errs...)
}

func checksum(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
