package figures

import (
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// InquiryDue is the last day on which an inquiry is answered in time.
func InquiryDue(b *bureau.Bureau, i *bureau.Inquiry) period.Date {
	return b.Site.Calendar.Days.After(i.Received.V, b.Site.Inquiries.Days.V)
}

// InquiryNoAnswer is the day from which an inspection counts an inquiry as one that
// nobody answers: three months after it was received.
func InquiryNoAnswer(i *bureau.Inquiry) period.Date {
	day := i.Received.V.Time()
	same := period.NewDate(day.Year(), day.Month()+3, day.Day())
	return min(same, period.NewDate(day.Year(), day.Month()+4, 1)-1) // 30 November: 28 February
}

// RequestDue is the last day on which an application is answered in time: it counts from
// the day on which it was complete, and is longer where the applicant was told so.
func RequestDue(b *bureau.Bureau, r *bureau.Request) period.Date {
	days := b.Site.Requests.Days.V
	if r.Extended.Given() {
		days += b.Site.Requests.Extension.V
	}
	return b.Site.Calendar.Days.After(complete(r), days)
}

// complete is the day from which the time of an application counts.
func complete(r *bureau.Request) period.Date {
	if r.Completed.Given() {
		return max(r.Received.V, r.Completed.V)
	}
	return r.Received.V
}

// Answers count what was answered, and how long it took.
type Answers struct {
	From             period.Date // the first day on which one was received; 0 for none
	Received         int
	Answered, InTime int
	Open, Overdue    int
	Median2, Longest int // working days of those that were answered; Median2 is twice the median
	Results          []int
	days             []int
}

func (a *Answers) add(c period.Calendar, received period.Date, answered bureau.Date, due, asOf period.Date) {
	if a.Received++; a.From == 0 || received < a.From {
		a.From = received
	}
	switch {
	case !answered.Given():
		if a.Open++; due < asOf {
			a.Overdue++
		}
		return
	case answered.V <= due:
		a.InTime++
	}
	a.Answered++
	a.days = append(a.days, c.Workdays(received, answered.V))
}

func (a *Answers) sum() {
	slices.Sort(a.days)
	if n := len(a.days); n > 0 {
		a.Median2, a.Longest = a.days[(n-1)/2]+a.days[n/2], a.days[n-1]
	}
}

// CountInquiries counts the inquiries, published or not.
func CountInquiries(b *bureau.Bureau, asOf period.Date) Answers {
	var a Answers
	for i := range b.Inquiries {
		q := &b.Inquiries[i]
		a.add(b.Site.Calendar.Days, q.Received.V, q.Answered, InquiryDue(b, q), asOf)
	}
	a.sum()
	return a
}

// CountRequests counts the applications that were received in a year; of all years where
// that is 0. Results are those of bureau.RequestResults.
func CountRequests(b *bureau.Bureau, year int, asOf period.Date) Answers {
	a := Answers{Results: make([]int, len(bureau.RequestResults))}
	for i := range b.Requests {
		r := &b.Requests[i]
		if year != 0 && r.Received.V.Time().Year() != year {
			continue
		}
		a.add(b.Site.Calendar.Days, complete(r), r.Answered, RequestDue(b, r), asOf)
		if result := bureau.RequestResults.Index(r.Result.V); result >= 0 {
			a.Results[result]++
		}
	}
	a.sum()
	return a
}
