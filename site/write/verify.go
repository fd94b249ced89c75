package write

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sunshine/site/each"
	"sunshine/site/problem"
)

// Bounds of what Verify reads, in bytes: a manifest has about 150 for a file.
const (
	maxManifest = 64 << 20
	maxVerified = 1 << 30
)

// verifyTimeout is how long a local server may take for one file.
const verifyTimeout = 30 * time.Second

// The reasons why there is nothing to verify at a place.
var (
	ErrNoManifest = errors.New("no manifest of sunshine")
	ErrNotLocal   = errors.New("not a local address")
)

// Verified is what a site was held against. Whoever can change a page can make a
// manifest that fits it, so the manifest's own sum is to be held against one that
// was kept elsewhere: that of Report.
type Verified struct {
	Files    int    // that the manifest names
	Manifest string // SHA-256 of manifest.json, lower-case hexadecimal
}

// Verify holds a built site against its manifest.json. The problems name every
// file that differs or is missing, and, in a folder, every one that the manifest
// does not name (.git and an empty .gitkeep apart). The place is a folder, or the
// address of a site on this machine: only loopback addresses are asked, and no
// redirection to another host is followed. It reports ErrNoManifest or
// ErrNotLocal where there is nothing to verify.
func Verify(ctx context.Context, place string, jobs int) (Verified, problem.List, error) {
	if strings.HasPrefix(place, "http://") || strings.HasPrefix(place, "https://") {
		s, err := servedAt(place)
		if err != nil {
			return Verified{}, nil, err
		}
		m, sum, err := readManifest(ctx, s.open)
		if err != nil {
			return Verified{}, nil, err
		}
		problems, err := verify(ctx, m, s.open, s.name, jobs)
		return Verified{len(m.Files), sum}, problems, err
	}
	root, err := os.OpenRoot(place)
	if err != nil {
		return Verified{}, nil, err
	}
	defer root.Close()
	open := func(_ context.Context, path string) (io.ReadCloser, error) {
		return root.Open(filepath.FromSlash(path))
	}
	name := func(path string) string { return filepath.ToSlash(filepath.Join(place, filepath.FromSlash(path))) }
	m, sum, err := readManifest(ctx, open)
	if err != nil {
		return Verified{}, nil, err
	}
	problems, err := verify(ctx, m, open, name, jobs)
	problems = append(problems, strangers(m, root.FS(), name)...)
	problems.Sort()
	return Verified{len(m.Files), sum}, problems, err
}

// opener opens a file of the site; fs.ErrNotExist means that there is none.
type opener func(ctx context.Context, path string) (io.ReadCloser, error)

// readManifest gives the manifest and its own SHA-256.
func readManifest(ctx context.Context, open opener) (Manifest, string, error) {
	f, err := open(ctx, ManifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, "", ErrNoManifest
	}
	if err != nil {
		return Manifest{}, "", err
	}
	defer f.Close()
	source, err := io.ReadAll(io.LimitReader(f, maxManifest))
	if err != nil {
		return Manifest{}, "", err
	}
	m, ok := ParseManifest(source)
	if !ok {
		return Manifest{}, "", ErrNoManifest
	}
	return m, sumOf(source), nil
}

// verify reads every file that the manifest names.
func verify(ctx context.Context, m Manifest, open opener, name func(string) string, jobs int) (problem.List, error) {
	found := make([]problem.List, len(m.Files))
	err := each.Do(jobs, len(m.Files), func(i int) error {
		d := m.Files[i]
		at := problem.Position{File: name(d.Path)}
		if !fs.ValidPath(d.Path) {
			found[i].Error(problem.Position{File: name(ManifestName)}, problem.VerifyPath,
				problem.Say("清单里的“%s”不是网站里的路径", `the manifest names "%s", which is not a path in a site`, problem.Quote(d.Path)), rebuild)
			return nil
		}
		switch same, err := holds(ctx, open, d); {
		case errors.Is(err, fs.ErrNotExist):
			found[i].Error(at, problem.VerifyMissing, problem.Say("清单里有这个文件，网站里没有了", "the file is in the manifest but is missing"), rebuild)
		case err != nil:
			found[i].Error(at, problem.VerifyUnreadable, problem.Say("这个文件读不了：%s", "the file cannot be read: %s", problem.Quote(err.Error())), rebuild)
		case !same:
			found[i].Error(at, problem.VerifyDiffers, problem.Say("文件的内容与清单不符", "the file differs from what the manifest says"), rebuild)
		}
		return ctx.Err()
	})
	problems := slices.Concat(found...)
	problems.Sort()
	return problems, err
}

var rebuild = problem.Say("不是自己改的，先查明原因；重新运行 sunshine build 即可恢复", "if you did not change it, find out who did; sunshine build restores it")

// holds tells whether a file has the bytes that the manifest says.
func holds(ctx context.Context, open opener, d Digest) (bool, error) {
	f, err := open(ctx, d.Path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(f, min(d.Size, maxVerified)+1))
	return n == d.Size && hex.EncodeToString(sum.Sum(nil)) == d.SHA256, err
}

// strangers are the files of a folder that its manifest does not name.
func strangers(m Manifest, fsys fs.FS, name func(string) string) problem.List {
	known := map[string]bool{ManifestName: true}
	for _, d := range m.Files {
		known[d.Path] = true
	}
	var problems problem.List
	fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			problems.Error(problem.Position{File: name(path)}, problem.VerifyUnreadable, problem.Say("这个文件读不了：%s", "the file cannot be read: %s", problem.Quote(err.Error())), rebuild)
		case path == ".git" && d.IsDir():
			return fs.SkipDir
		case path == placeholder && isPlaceholder(d):
		case !d.IsDir() && !known[path]:
			problems.Error(problem.Position{File: name(path)}, problem.VerifyStranger, problem.Say("这个文件不在清单里，不是 sunshine 写的", "the file is not in the manifest: sunshine did not write it"),
				problem.Say("不需要就删去；要公开的文件放到 data/static/", "delete it, or put it in data/static/ to publish it"))
		}
		return nil
	})
	return problems
}

// served is a site on a local address.
type served struct {
	base   *url.URL
	client *http.Client
}

func servedAt(address string) (*served, error) {
	base, err := url.Parse(address)
	if err != nil {
		return nil, ErrNotLocal
	}
	if ip, err := netip.ParseAddr(base.Hostname()); base.Hostname() != "localhost" && (err != nil || !ip.Unmap().IsLoopback()) {
		return nil, ErrNotLocal
	}
	base.RawQuery, base.Fragment, base.RawPath = "", "", ""
	base.Path = strings.TrimSuffix(base.Path, "index.html")
	base.Path = strings.TrimSuffix(base.Path, "/") + "/"
	s := &served{base: base, client: &http.Client{
		Timeout: verifyTimeout,
		CheckRedirect: func(next *http.Request, before []*http.Request) error {
			if next.URL.Host != base.Host || len(before) > 3 {
				return fmt.Errorf("redirected to %s", next.URL.Host)
			}
			return nil
		},
		Transport: &http.Transport{DisableCompression: true}, // no proxy
	}}
	return s, nil
}

// name is how a message names a file, readable.
func (s *served) name(path string) string { return s.base.String() + path }

func (s *served) open(ctx context.Context, path string) (io.ReadCloser, error) {
	address := *s.base
	address.Path += path
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, err
	}
	response, err := s.client.Do(request)
	if err != nil {
		return nil, err
	}
	switch response.StatusCode {
	case http.StatusOK:
		return response.Body, nil
	case http.StatusNotFound, http.StatusGone:
		err = fs.ErrNotExist
	default:
		err = errors.New(response.Status)
	}
	response.Body.Close()
	return nil, err
}
