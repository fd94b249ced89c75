package site_test

import (
	"bytes"
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/period"
)

// day-of-build-on-every-page: a build on another day changes the files whose truth
// has changed, and no other.
func TestAnotherDay(t *testing.T) {
	changed := func(t *testing.T, dir string, first, second period.Date) []string {
		t.Helper()
		build := func(day period.Date) map[string][]byte {
			out := filepath.Join(t.TempDir(), "public")
			o := options(dir, out)
			o.AsOf = day
			if _, problems, err := site.Build(context.Background(), o); err != nil || problems.Errors() > 0 {
				t.Fatal(err, problemsError(problems))
			}
			return tree(t, out)
		}
		one, other := build(first), build(second)
		all := maps.Clone(one)
		maps.Copy(all, other)
		var names []string
		for name := range all {
			if !bytes.Equal(one[name], other[name]) && !bureau.IsIndex(name) { // it holds what pages say
				names = append(names, name)
			}
		}
		slices.Sort(names)
		return names
	}
	// The pages that tell for how many days a matter is open, YJ-2.
	const open = "suggestions/by-ledger/意见建议/index.html suggestions/by-state/open/index.html suggestions/by-state/overdue/index.html " +
		"suggestions/by-unit/dongsuo/index.html suggestions/index.html suggestions/yj-2/index.html"
	small := filepath.Join("testdata", "small")
	for name, c := range map[string]struct {
		first, second period.Date
		want          string
	}{
		"the next day": {asOf, asOf + 1, "manifest.json " + open},
		// The verification of the guide ran out, a statistic and the notices are
		// overdue: they, their lists, the home page and the pages of what is due say so.
		"half a year later": {asOf, asOf + 180, "en/index.html en/stats/windows/index.html freshness/index.html guides/hukou/card/index.html guides/hukou/index.html guides/index.html index.html manifest.json releases/index.html stats/windows/index.html " + open},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(changed(t, small, c.first, c.second), " "); got != c.want {
				t.Errorf("these files differ:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}
