package render

import (
	"net/url"
	"strconv"
	"strings"
	"sync"

	"rsc.io/qr/coding"
)

// Paper is what paper.html shows: the foot of each sheet that a page is printed on,
// which says where and of what day it is.
type Paper struct {
	Title   string
	Address string // empty for the home page of a site whose address is not known
	AsOf    *Date
}

// QR is the public address of a page as a telephone reads it: a square of Size modules
// with its margin, whose dark ones are horizontal runs of a path.
type QR struct {
	Size int
	Runs string
}

// plans are the layouts of codes by their version. To make one costs more than the code.
var plans = func() (all [coding.MaxVersion + 1]func() (*coding.Plan, error)) {
	for v := range all {
		all[v] = sync.OnceValues(func() (*coding.Plan, error) { return coding.NewPlan(coding.Version(v), coding.M, 0) })
	}
	return all
}()

func (s *site) paper(p page) Paper {
	return Paper{Title: p.head.Title, Address: s.typed(p.path), AsOf: s.updated(p.language)}
}

// typed is the address of a page as a person types it; the path alone where the address of
// the site is not known.
func (s *site) typed(path string) string { return s.BaseURL + strings.TrimSuffix(path, "index.html") }

// own is the address that a person types for a file of the site which staff link to, or
// empty: of another site it is the link itself.
func (s *site) own(link string) string {
	if link == "" {
		return ""
	}
	if u, err := url.Parse(link); err != nil || u.IsAbs() {
		return ""
	}
	return s.typed(strings.TrimPrefix(link, "/"))
}

// qr gives the code of a page, or nil where the address of the site is not known or is
// too long for one.
func (s *site) qr(path string) *QR {
	const margin = 4 // modules, on each side
	number := func(b []byte, n int) []byte {
		if n < 10 { // as most are
			return append(b, '0'+byte(n))
		}
		return strconv.AppendInt(b, int64(n), 10)
	}
	if s.BaseURL == "" {
		return nil
	}
	address := coding.String(s.absolute(path))
	version := coding.Version(coding.MinVersion)
	for address.Bits(version) > version.DataBytes(coding.M)*8 {
		if version++; version > coding.MaxVersion {
			return nil
		}
	}
	plan, err := plans[version]()
	if err != nil {
		return nil
	}
	var coded coding.Bits
	address.Encode(&coded, version)
	coded.AddCheckBytes(version, coding.M)
	bits := coded.Bytes()
	runs := make([]byte, 0, 4096)
	for y, row := range plan.Pixel {
		from, end := -1, -1 // of the run at hand, and of the one before in this row
		for x := range len(row) + 1 {
			if x < len(row) && dark(row[x], bits) {
				if from < 0 {
					from = x
				}
				continue
			}
			switch {
			case from < 0:
				continue
			case end < 0:
				runs = number(append(number(append(runs, 'M'), from), ' '), y)
			default:
				runs = append(number(append(runs, 'm'), from-end), " 0"...)
			}
			runs, from, end = number(append(runs, 'h'), x-from), -1, x
		}
	}
	return &QR{Size: len(plan.Pixel) + 2*margin, Runs: string(runs)}
}

// dark tells of what colour a module of a code is: its own, or turned by the bit that it shows.
func dark(module coding.Pixel, bits []byte) bool {
	is := module&coding.Black != 0
	if role := module.Role(); role == coding.Data || role == coding.Check {
		at := module.Offset()
		is = is != (bits[at/8]>>(7-at%8)&1 == 1)
	}
	return is
}
