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
	if u, err := url.Parse(link); link == "" || err != nil || u.IsAbs() {
		return ""
	}
	return s.typed(strings.TrimPrefix(link, "/"))
}

// qr gives the code of a page, or nil where the address of the site is not known or is
// too long for one.
func (s *site) qr(path string) *QR {
	const margin = 4 // modules, on each side
	number := func(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }
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
	code, err := plan.Encode(address)
	if err != nil {
		return nil
	}
	runs := make([]byte, 0, 2048)
	for y := range code.Size {
		end := -1 // of the run before, in this row
		for x := 0; x < code.Size; x++ {
			from := x
			for code.Black(x, y) {
				x++
			}
			switch {
			case x == from:
				continue
			case end < 0:
				runs = number(append(number(append(runs, 'M'), from), ' '), y)
			default:
				runs = append(number(append(runs, 'm'), from-end), " 0"...)
			}
			runs, end = number(append(runs, 'h'), x-from), x
		}
	}
	return &QR{Size: code.Size + 2*margin, Runs: string(runs)}
}
