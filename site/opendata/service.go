package opendata

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"sunshine/site/bureau"
)

// linkedService is a schema.org GovernmentService.
type linkedService struct {
	Context  string           `json:"@context"`
	Type     string           `json:"@type"`
	Name     string           `json:"name"`
	URL      string           `json:"url,omitempty"`
	Kind     string           `json:"serviceType,omitempty"`
	Provider *organization    `json:"provider,omitempty"`
	Audience []linkedAudience `json:"audience,omitempty"`
	Channels []serviceChannel `json:"availableChannel,omitempty"`
	Output   *thing           `json:"serviceOutput,omitempty"`
	Offers   *offer           `json:"offers,omitempty"`
}

type linkedAudience struct {
	Type string `json:"@type"`
	Kind string `json:"audienceType"`
}

type serviceChannel struct {
	Type     string        `json:"@type"`
	URL      string        `json:"serviceUrl,omitempty"`
	Phone    *contactPoint `json:"servicePhone,omitempty"`
	Location *place        `json:"serviceLocation,omitempty"`
}

type contactPoint struct {
	Type  string `json:"@type"`
	Phone string `json:"telephone"`
}

type place struct {
	Type    string `json:"@type"`
	Name    string `json:"name,omitempty"`
	Address string `json:"address,omitempty"`
}

type thing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type offer struct {
	Type     string `json:"@type"`
	Price    string `json:"price"`
	Currency string `json:"priceCurrency"`
}

const servicePlaces = 3 // so many windows are described; the page has them all

// ServiceLD is the JSON-LD of a guide that is in force, for its page; path is the
// page's and kind the name of its area. It may stand in a script element as it
// is: <, > and & are escaped.
func (p Publisher) ServiceLD(g *bureau.Guide, path, kind string) ([]byte, error) {
	l := linkedService{Context: schemaOrg, Type: "GovernmentService", Name: g.Title.V, Kind: kind}
	if p.BaseURL != "" {
		l.URL = p.address(path, path)
	}
	if name := cmp.Or(g.Authority.V, p.Site.Organization.V); name != "" {
		l.Provider = &organization{"GovernmentOrganization", name, ""}
	}
	for _, a := range g.Audience {
		l.Audience = append(l.Audience, linkedAudience{"Audience", a.V})
	}
	if online := g.Online.V; online != "" {
		if !strings.Contains(online, ":") { // a page or a file of the site
			online = p.address(path, strings.TrimPrefix(online, "/"))
		}
		l.Channels = append(l.Channels, serviceChannel{Type: "ServiceChannel", URL: online})
	}
	for _, at := range g.Places[:min(len(g.Places), servicePlaces)] {
		c := serviceChannel{Type: "ServiceChannel", Location: &place{"Place", at.Name.V, at.Address.V}}
		if at.Phone.V != "" {
			c.Phone = &contactPoint{"ContactPoint", at.Phone.V}
		}
		l.Channels = append(l.Channels, c)
	}
	if g.Result.V != "" {
		l.Output = &thing{"Thing", g.Result.V}
	}
	switch {
	case g.Fee.Amount.Given():
		l.Offers = &offer{"Offer", strconv.FormatFloat(g.Fee.Amount.V, 'f', -1, 64), "CNY"}
	case g.Fee.Free.V:
		l.Offers = &offer{"Offer", "0", "CNY"}
	}
	return json.Marshal(l)
}
