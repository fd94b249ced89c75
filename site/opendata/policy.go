package opendata

import (
	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/period"
)

// Policies gives the catalogue of open government information: the policy documents, the
// newest first, each as it stands on a day. What explains them is not in it.
func Policies(b *bureau.Bureau, asOf period.Date, l *locale.Language) Table {
	var documents []*bureau.Policy
	for _, p := range b.Policies {
		if p.Language == l.Name && !p.IsExplanation() {
			documents = append(documents, p)
		}
	}
	t := list("policies", l.Text(locale.TablePolicies), bureau.PoliciesSection.ListFile(), bureau.DisclosureSection.Page(), len(documents), l)
	t.Descriptor.Description.V = l.Text(locale.TablePoliciesLead)
	for _, p := range documents {
		if p.Published.V > t.Descriptor.Released.V {
			t.Descriptor.Released = p.Published
		}
	}
	add := func(key locale.Key, value func(p *bureau.Policy) string) {
		name := l.Text(key)
		t.Columns = append(t.Columns, Column{Name: name, Title: name, Type: "string", Value: func(row int) any { return orNil(value(documents[row])) }})
	}
	day := func(key locale.Key, value func(p *bureau.Policy) bureau.Date) {
		name := l.Text(key)
		t.Columns = append(t.Columns, Column{Name: name, Title: name, Type: "date", Value: func(row int) any {
			if d := value(documents[row]); d.Given() {
				return d.V.String()
			}
			return nil
		}})
	}
	add(locale.PolicyIndex, func(p *bureau.Policy) string { return p.Index.V })
	add(locale.PolicyTitle, func(p *bureau.Policy) string { return p.Title.V })
	add(locale.PolicySummary, func(p *bureau.Policy) string { return p.Summary.V })
	add(locale.PolicyNumber, func(p *bureau.Policy) string { return p.Number.V })
	add(locale.PolicyIssuer, func(p *bureau.Policy) string { return p.Issuer.V })
	day(locale.PolicyMade, func(p *bureau.Policy) bureau.Date { return p.Made })
	day(locale.PolicyPublished, func(p *bureau.Policy) bureau.Date { return p.Published })
	add(locale.PolicySubject, func(p *bureau.Policy) string { return p.Subject.V })
	add(locale.PolicyValidity, func(p *bureau.Policy) string {
		word, ended := p.Standing(asOf)
		key, known := locale.Validities[word]
		switch {
		case ended:
			return l.Text(locale.ValidityEnded)
		case known:
			return l.Text(key)
		}
		return ""
	})
	day(locale.PolicyUntil, func(p *bureau.Policy) bureau.Date { return p.Until })
	t.Key = []string{t.Columns[0].Name}
	return t
}
