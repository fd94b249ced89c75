package opendata

import (
	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// Inquiries gives the table of the inquiries that are published in their words.
func Inquiries(b *bureau.Bureau, l *locale.Language) Table {
	var public []*bureau.Inquiry
	for i := range b.Inquiries {
		if q := &b.Inquiries[i]; q.Public {
			public = append(public, q)
		}
	}
	t := list("inquiries", l.Text(locale.TableInquiries), bureau.InquiriesSection.ListFile(), bureau.InquiriesSection.Page(), len(public), l)
	t.Descriptor.Description.V = l.Text(locale.TableInquiriesLead)
	add := func(key locale.Key, value func(q *bureau.Inquiry) string) {
		name := l.Text(key)
		t.Columns = append(t.Columns, Column{Name: name, Title: name, Type: "string", Value: func(row int) any { return orNil(value(public[row])) }})
	}
	day := func(key locale.Key, value func(q *bureau.Inquiry) bureau.Date) {
		name := l.Text(key)
		t.Columns = append(t.Columns, Column{Name: name, Title: name, Type: "date", Value: func(row int) any { return value(public[row]).V.String() }})
	}
	add(locale.ListID, func(q *bureau.Inquiry) string { return q.ID.V })
	day(locale.ListReceived, func(q *bureau.Inquiry) bureau.Date { return q.Received })
	add(locale.InquirySubject, func(q *bureau.Inquiry) string { return q.Subject.V })
	add(locale.InquiryQuestion, func(q *bureau.Inquiry) string { return q.Question.V })
	add(locale.InquiryUnit, func(q *bureau.Inquiry) string { return q.Unit.V })
	day(locale.InquiryAnswered, func(q *bureau.Inquiry) bureau.Date { return q.Answered })
	add(locale.ListAnswer, func(q *bureau.Inquiry) string { return q.Answer.V })
	t.Key = []string{t.Columns[0].Name}
	return t
}
