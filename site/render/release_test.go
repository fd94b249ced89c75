package render

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
)

// An announced release is overdue on the page of releases where the page of freshness
// says so: after the days of grace. A closed series announces none.
func TestComingIsOverdueAfterGrace(t *testing.T) {
	for name, c := range map[string]struct {
		grace       int
		historical  bool
		shown, late bool
	}{
		"no grace": {0, false, true, true}, "in grace": {60, false, true, false}, "closed": {0, true, false, false},
	} {
		in := fixture(t)
		s := in.Bureau.Statistics[0]
		in.Bureau.Statistics = in.Bureau.Statistics[:1]
		s.Descriptor.NextRelease = bureau.Date{V: in.AsOf - 30, At: s.Descriptor.Released.At}
		s.Descriptor.Historical = bureau.Bool{V: c.historical}
		in.Bureau.Site.Freshness.Statistics = num(c.grace)
		page := string(build(t, in)["releases/index.html"])
		_, coming, _ := strings.Cut(page, `id="section-coming"`)
		coming, _, _ = strings.Cut(coming, "</section>")
		if got := strings.Contains(coming, s.Title()); got != c.shown {
			t.Errorf("%s: announced: %v", name, got)
		}
		if got := strings.Contains(coming, "<strong>"); got != c.late {
			t.Errorf("%s: overdue: %v", name, got)
		}
	}
}
