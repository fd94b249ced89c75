package search

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sunshine/site/bureau"
)

func TestTmp(t *testing.T) {
	dir := os.Getenv("PUB")
	if dir == "" {
		t.Skip()
	}
	var pages []Page
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if strings.HasSuffix(p, ".html") {
			b, _ := os.ReadFile(p)
			rel, _ := filepath.Rel(dir, p)
			k := Other
			if strings.HasPrefix(rel, "guides/") {
				k = Guide
			}
			pages = append(pages, Page{File: bureau.File{Path: rel, Bytes: b}, Kind: k})
		}
		return nil
	})
	start := time.Now()
	x := Make(pages, nil, 2)
	fmt.Println(time.Since(start), x.Root, len(x.Files))
	total := 0
	for _, f := range x.Files {
		total += len(f.Bytes)
	}
	fmt.Println(total)
	by, n := map[string]int{}, map[string]int{}
	for _, f := range x.Files {
		s := string(f.Bytes)
		if !strings.HasPrefix(s, "sunshineSearch(0") {
			by["up"] += len(s)
			n["up"]++
			continue
		}
		for _, l := range strings.Split(s[17:], "\n") {
			if l == "" || l[0] == '`' {
				continue
			}
			k, v, _ := strings.Cut(l, "\t")
			_ = k
			kind := "e"
			switch {
			case strings.HasPrefix(v, "+"):
				kind = "big"
			case strings.HasPrefix(v, "="):
				kind = "ref"
			case strings.Count(v, "/") == 2 && len(v) > 20:
				kind = "list?"
			case strings.Contains(v, ".html"):
				kind = "page"
			case len(v) > 100:
				kind = "text"
			}
			by[kind] += len(l)
			n[kind]++
			by[kind+".key"] += len(k)
		}
	}
	for k := range by {
		fmt.Println(k, n[k], by[k])
	}
}

func init() {
	tmpStats = func(t *tree) {
		n, raw, packed := map[byte]int{}, map[byte]int{}, map[byte]int{}
		for _, s := range t.shards {
			if len(s.lines) < 3 {
				continue
			}
			k := s.lines[1]
			n[k]++
			raw[k] += len(s.lines)
			packed[k] += len(pack(s.lines))
		}
		for k := range n {
			fmt.Println(string(k), n[k], raw[k], packed[k], packed[k]/n[k])
		}
	}
}
