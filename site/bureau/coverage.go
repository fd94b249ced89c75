package bureau

import "strings"

// Coverage says where the figures of a statistic were counted, and by which
// organisation. What is not said is the bureau's own.
type Coverage struct {
	Place        String `yaml:"place,地区"`
	Organisation String `yaml:"organisation,organization,机构"`
	Part         Bool   `yaml:"part,只是一部分"` // of each unit only a part is counted, so no rate by its population
}

// OwnPlace is the place that the bureau polices: as site.yaml says, else what
// stands before 公安局 or 公安厅 at the end of its name; empty where neither tells.
func (s Site) OwnPlace() string {
	if s.Place.V != "" {
		return s.Place.V
	}
	for _, office := range []string{"公安局", "公安厅"} {
		if place, is := strings.CutSuffix(s.Organization.V, office); is {
			return place
		}
	}
	return ""
}

// Covers fills in what a coverage leaves to the bureau itself.
func (s Site) Covers(c Coverage) Coverage {
	if c.Place.V == "" && c.Organisation.V == "" {
		c.Place.V, c.Organisation.V = s.OwnPlace(), s.Organization.V
	}
	return c
}

// Elsewhere names the place of a coverage, else its organisation, where it is not
// the bureau's own; empty where it is. A part of the bureau, named as such
// (示范市公安局交警支队), is the bureau.
func (s Site) Elsewhere(c Coverage) string {
	switch {
	case c.Place.V == "" && !s.partOf(c.Organisation.V):
		return c.Organisation.V
	case c.Place.V == "" || c.Place.V == s.OwnPlace():
		return ""
	}
	return c.Place.V
}

func (s Site) partOf(organisation string) bool {
	return organisation == "" || s.Organization.V != "" && strings.HasPrefix(organisation, s.Organization.V)
}

// Counts tells whether the figures of a statistic are those of a place, which may
// be named by its organisation. No name is the bureau itself.
func (s Site) Counts(of *Statistic, place string) bool {
	if place == "" || place == s.OwnPlace() || place == s.Organization.V {
		return of.Elsewhere == ""
	}
	c := of.Descriptor.Coverage
	return place == c.Place.V || place == c.Organisation.V
}
