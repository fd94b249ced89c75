package check

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Addresses holds every address of site.yaml and of the descriptors against what a
// page may link to. Those of guides, of registers' cells and of Markdown are judged
// by the same function, where they stand.
func Addresses(b *bureau.Bureau) problem.List {
	var problems problem.List
	address(&problems, problem.AddressForm, settings(b)...)
	return problems
}

// settings gives the addresses of site.yaml and of the descriptors.
func settings(b *bureau.Bureau) []bureau.String {
	all := []bureau.String{b.Site.Footer.ReportError, b.Site.Footer.AgencyMark, b.Site.Footer.Parent.URL, b.Site.License.URL}
	if b.Site.Requests.FormPage() == "" {
		all = append(all, b.Site.Requests.Form)
	}
	for _, s := range b.Statistics {
		d := &s.Descriptor
		all = append(all, d.Homepage)
		for _, source := range d.Sources {
			all = append(all, source.Path)
		}
		for _, c := range d.Contributors {
			all = append(all, c.Path)
		}
		for _, l := range d.Licenses {
			all = append(all, l.Path)
		}
	}
	for _, r := range b.Registers {
		for _, source := range r.Descriptor.Sources {
			all = append(all, source.Path)
		}
	}
	return all
}

// address reports those of the addresses that no page may link to; an empty one is
// none.
func address(problems *problem.List, rule problem.Rule, addresses ...bureau.String) {
	for _, a := range addresses {
		if a.V == "" {
			continue
		}
		if message, hint, ok := bureau.SettingFault(a.V); !ok {
			problems.Error(a.At, rule, message, hint)
		}
	}
}
