package bureau

import "testing"

func text(s string) String { return String{V: s} }

// A place is the bureau's own as site.yaml says, or as its name does; a part of the
// bureau is the bureau.
func TestElsewhere(t *testing.T) {
	for _, c := range []struct{ organization, site, place, organisation, want string }{
		{"示范市公安局", "", "", "", ""},
		{"示范市公安局", "", "示范市", "", ""},
		{"示范市公安局", "", "示范市", "示范市公安局", ""},
		{"示范市公安局", "", "", "示范市公安局交警支队", ""},
		{"示范市公安局", "", "江津", "", "江津"},
		{"示范市公安局", "", "江津", "江津市公安局", "江津"},
		{"示范市公安局", "", "江津", "示范市公安局", "江津"}, // counted there, whoever did
		{"示范市公安局", "", "", "江津市公安局", "江津市公安局"},
		{"示范市公安局", "", "示范县", "", "示范县"},
		{"示范市公安局朝阳分局", "", "朝阳区", "", "朝阳区"}, // its name does not tell
		{"示范市公安局朝阳分局", "朝阳区", "朝阳区", "", ""},
		{"示范市公安局", "示范地区", "示范市", "", "示范市"},
		{"", "", "江津", "", "江津"},
		{"", "", "", "江津市公安局", "江津市公安局"},
	} {
		s := Site{Organization: text(c.organization), Place: text(c.site)}
		if got := s.Elsewhere(Coverage{Place: text(c.place), Organisation: text(c.organisation)}); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestCounts(t *testing.T) {
	site := Site{Organization: text("示范市公安局")}
	of := func(place, organisation string) *Statistic {
		s := &Statistic{}
		s.Descriptor.Coverage = Coverage{Place: text(place), Organisation: text(organisation)}
		s.Elsewhere = site.Elsewhere(s.Descriptor.Coverage)
		return s
	}
	for _, c := range []struct {
		of   *Statistic
		say  string
		want bool
	}{
		{of("", ""), "", true}, {of("", ""), "示范市", true}, {of("", ""), "示范市公安局", true}, {of("", ""), "江津", false},
		{of("江津", "江津市公安局"), "", false}, {of("江津", "江津市公安局"), "示范市", false}, {of("江津", "江津市公安局"), "西安", false},
		{of("江津", "江津市公安局"), "江津", true}, {of("江津", "江津市公安局"), "江津市公安局", true},
	} {
		if got := site.Counts(c.of, c.say); got != c.want {
			t.Errorf("%+v of %q: %t", c.of.Descriptor.Coverage, c.say, got)
		}
	}
}

func TestPlaced(t *testing.T) {
	for _, c := range []struct{ place, title, want string }{
		{"", "破获刑事案件", "破获刑事案件"}, {"江津", "破获刑事案件", "破获刑事案件（江津）"}, {"江津", "江津破获刑事案件", "江津破获刑事案件"}, {"Jiangjin", "Cases", "Cases (Jiangjin)"},
	} {
		if got := (&Statistic{Elsewhere: c.place}).Placed(c.title); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}
