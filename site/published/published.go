// Package published reads a site as it stands in public, in a folder or at an
// address, and holds it against what it says of itself: the manifest, its signature,
// the log of releases and what was kept of it.
//
// Nothing of a site is trusted. Every file has a bound in size that its manifest
// gives, and a bound in time; the whole site has a bound in both, and so has what is
// kept in memory of it. What is no regular file is not opened; no redirection leads to
// another host, or away from https; what comes encoded in a way that nobody asked for
// is not decoded. What cannot be read is said (Reason).
package published

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/folder"
	"sunshine/site/write"
)

// maxFile bounds what is read of one file, in bytes.
const maxFile = 1 << 30

// Bounds of the whole run, in bytes; variables for the tests.
var (
	maxSite int64 = 64 << 30 // what is read of the files of a site
	maxKept int64 = 1 << 30  // what is kept in memory of them
)

// A server may take this long to answer, and has to send this many bytes a second. One
// that failed to so often is not asked again. Variables for the tests.
var (
	maxWait  = 30 * time.Second
	minSpeed = int64(16 << 10)
	maxSlow  = int64(3)
)

// The reasons why there is nothing to read at a place.
var (
	ErrNoManifest = errors.New("no manifest of sunshine")
	ErrNoSite     = fmt.Errorf("%w: nothing is there", ErrNoManifest)
	ErrAddress    = errors.New("no address of a site")
)

// Site is a published site.
type Site struct {
	Manifest write.Manifest
	Sum      string // SHA-256 of manifest.json, lower-case hexadecimal

	place    Place
	manifest []byte
	digests  map[string]write.Digest
	kept     atomic.Int64 // bytes of what File gave
}

// Place is where a site stands.
type Place interface {
	Open(ctx context.Context, path string) (io.ReadCloser, error) // fs.ErrNotExist where there is none
	Name(path string) string                                      // for a message
	io.Closer
}

// IsAddress tells whether a place is an address and no folder.
func IsAddress(place string) bool {
	return strings.HasPrefix(place, "http://") || strings.HasPrefix(place, "https://")
}

// Open reads the manifest of the site at a place, a folder or an address. It reports
// ErrNoManifest where there is none of ours, ErrNoSite, which is one, where there is no manifest at all, and ErrAddress for what is no address.
func Open(ctx context.Context, at string) (*Site, error) {
	var place Place
	var err error
	if IsAddress(at) {
		place, err = served(at)
	} else {
		place, err = standing(at)
	}
	if err != nil {
		return nil, err
	}
	s, err := Read(ctx, place)
	if err != nil {
		place.Close()
	}
	return s, err
}

// Read does what Open does, at a place that is open already.
func Read(ctx context.Context, place Place) (*Site, error) {
	s := &Site{place: place}
	var err error
	if s.manifest, err = s.read(ctx, write.ManifestName, write.MaxManifest); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = ErrNoSite
		}
		return nil, err
	}
	m, ours := write.ParseManifest(s.manifest)
	if !ours {
		return nil, ErrNoManifest
	}
	s.Manifest, s.Sum, s.digests = m, bureau.SHA256(s.manifest), make(map[string]write.Digest, len(m.Files))
	for _, d := range m.Files {
		s.digests[d.Path] = d
	}
	return s, nil
}

// Close lets the place go.
func (s *Site) Close() error { return s.place.Close() }

// Signed tells whether the site has a signature of its manifest, whosever it is.
func (s *Site) Signed(ctx context.Context) bool {
	f, err := s.place.Open(ctx, write.SignatureName)
	if err != nil {
		return false
	}
	f.Close()
	return true
}

// Names are the paths of the files that the manifest names, below a folder of the site.
func (s *Site) Names(below string) []string {
	var names []string
	for _, d := range s.Manifest.Files {
		if strings.HasPrefix(d.Path, below) && fs.ValidPath(d.Path) {
			names = append(names, d.Path)
		}
	}
	return names
}

// Digest is what the manifest says of a file.
func (s *Site) Digest(path string) (write.Digest, bool) {
	d, named := s.digests[path]
	return d, named
}

// File gives the bytes of a file as the manifest has them; any others are an error.
func (s *Site) File(ctx context.Context, path string) ([]byte, error) {
	d, named := s.digests[path]
	switch {
	case !named || !fs.ValidPath(path):
		return nil, &fs.PathError{Op: "read", Path: path, Err: fs.ErrNotExist}
	case d.Size < 0 || d.Size > maxFile || s.kept.Add(d.Size) > maxKept:
		return nil, &fs.PathError{Op: "read", Path: path, Err: folder.ErrTooLarge}
	}
	data, err := s.read(ctx, path, d.Size)
	if errors.Is(err, folder.ErrTooLarge) || err == nil && bureau.SHA256(data) != d.SHA256 {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errDiffers}
	}
	return data, err
}

// read gives the bytes of a file of at most limit bytes.
func (s *Site) read(ctx context.Context, path string, limit int64) ([]byte, error) {
	f, err := s.place.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := folder.AtMost(f, limit)
	if errors.Is(err, folder.ErrTooLarge) {
		err = &fs.PathError{Op: "read", Path: path, Err: err}
	}
	return data, err
}

// standingAt is a site in a folder.
type standingAt struct {
	root *os.Root
	dir  string
}

func standing(dir string) (Place, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return standingAt{root, dir}, nil
}

func (s standingAt) Close() error { return s.root.Close() }

func (s standingAt) Name(path string) string {
	return filepath.ToSlash(filepath.Join(s.dir, filepath.FromSlash(path)))
}

// open opens regular files alone: a FIFO would hold the run up for ever.
func (s standingAt) Open(_ context.Context, path string) (io.ReadCloser, error) {
	name := filepath.FromSlash(path)
	info, err := s.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if err := folder.Regular(info.Mode()); err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return s.root.Open(name)
}

// servedAt is a site at an address.
type servedAt struct {
	base   *url.URL
	client *http.Client
	slow   atomic.Int64 // how often it was too slow
}

func served(address string) (Place, error) {
	base, err := url.Parse(address)
	if err != nil || base.Hostname() == "" || base.User != nil {
		return nil, ErrAddress
	}
	base.RawQuery, base.Fragment, base.RawPath = "", "", ""
	base.Path = strings.TrimSuffix(base.Path, "index.html")
	base.Path = strings.TrimSuffix(base.Path, "/") + "/"
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableCompression = true // the bytes as they are
	transport.ResponseHeaderTimeout = maxWait
	return &servedAt{base: base, client: &http.Client{
		Transport: transport,
		CheckRedirect: func(next *http.Request, before []*http.Request) error {
			if next.URL.Host != base.Host || next.URL.Scheme != base.Scheme || len(before) > 3 {
				return errRedirected(next.URL.Scheme + "://" + next.URL.Host)
			}
			return nil
		},
	}}, nil
}

func (s *servedAt) Close() error {
	s.client.CloseIdleConnections()
	return nil
}

// name is how a message names a file, readable.
func (s *servedAt) Name(path string) string { return s.base.String() + path }

func (s *servedAt) Open(ctx context.Context, path string) (io.ReadCloser, error) {
	if s.slow.Load() >= maxSlow {
		return nil, errSlow
	}
	address := *s.base
	address.Path += path
	ctx, cancel := context.WithCancelCause(ctx)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		cancel(err)
		return nil, err
	}
	request.Header.Set("Accept-Encoding", "identity")
	response, err := s.client.Do(request)
	if err != nil {
		if late := net.Error(nil); errors.As(err, &late) && late.Timeout() {
			s.slow.Add(1)
		}
		cancel(err)
		return nil, err
	}
	encoding := response.Header.Get("Content-Encoding")
	switch {
	case response.StatusCode == http.StatusNotFound, response.StatusCode == http.StatusGone:
		err = fs.ErrNotExist
	case response.StatusCode != http.StatusOK:
		err = errors.New(response.Status)
	case encoding != "" && encoding != "identity":
		err = errEncoded(encoding)
	default:
		body := &body{ReadCloser: response.Body, ctx: ctx, cancel: cancel}
		body.watch = time.AfterFunc(maxWait, func() {
			s.slow.Add(1)
			cancel(errSlow)
		})
		return body, nil
	}
	response.Body.Close()
	cancel(err)
	return nil, err
}

// body is what a server sends; one that dribbles is given up.
type body struct {
	io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	watch  *time.Timer
	got    int64 // bytes since the watch was set
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.got += int64(n); b.got > int64(float64(minSpeed)*maxWait.Seconds()) {
		b.got = 0
		b.watch.Reset(maxWait)
	}
	if err != nil && err != io.EOF && context.Cause(b.ctx) == errSlow {
		err = errSlow
	}
	return n, err
}

func (b *body) Close() error {
	b.watch.Stop()
	err := b.ReadCloser.Close()
	b.cancel(nil)
	return err
}
