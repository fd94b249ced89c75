package render

import (
	"cmp"
	"slices"
	"strconv"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/text"
)

// Inquiries is what inquiries.html shows: how to ask, how the bureau answers, and the
// published questions with their answers.
type Inquiries struct {
	Common
	Channels  []ChannelView
	Promise   string
	Matters   *Link // the ledgers of suggestions, which go another way
	Counts    []string
	HowMany   string // how many are published
	List      []InquiryView
	Pager     *Pager
	Downloads []DownloadLink
}

// ChannelView is one way to reach the bureau.
type ChannelView struct {
	Name, To, Href, Hours string
	Phones                []Phone // where it is reached by telephone
}

// InquiryView is a published question with its answer.
type InquiryView struct {
	ID, Anchor, Title, Question, Answer, Unit, Took string
	Late                                            bool
	Received, Answered                              Date
}

// RequestsView is what requests.html shows: how information is applied for, and how the
// bureau answers.
type RequestsView struct {
	Common
	Channels []ChannelView
	Promise  string
	Longer   string
	Fee      string
	Form     *Link
	Years    []string
	Rows     []RequestRow
	Reports  []Link // the annual reports
}

// RequestRow is how many there were in each of the years.
type RequestRow struct {
	Title string
	Cells []string
}

const inquiriesPerPage = 50

// openInquiries are the inquiries that are published in their words, the newest first.
func (s *site) openInquiries() (list []*bureau.Inquiry) {
	for i := range s.Bureau.Inquiries {
		if q := &s.Bureau.Inquiries[i]; q.Public {
			list = append(list, q)
		}
	}
	return list
}

// hasInquiries tells whether the site says how to ask; it does so in the main language.
func (s *site) hasInquiries(language *locale.Language) bool {
	return language == s.main && len(s.Bureau.Inquiries)+len(s.Bureau.Site.Inquiries.Channels) > 0
}

// hasRequests tells whether it says how to apply for information.
func (s *site) hasRequests(language *locale.Language) bool {
	return language == s.main && len(s.Bureau.Requests)+len(s.Bureau.Site.Requests.Channels) > 0
}

// inquiryPages are the page of the inquiries and those on which it goes on, and that of
// the applications.
func (s *site) inquiryPages(language *locale.Language) (all []page) {
	if s.hasInquiries(language) {
		list, counts := s.openInquiries(), s.answerWords(language, figures.CountInquiries(s.Bureau, s.AsOf))
		for n := 1; n <= max(1, (len(list)+inquiriesPerPage-1)/inquiriesPerPage); n++ {
			all = append(all, s.inquiriesPage(language, list, counts, n))
		}
	}
	if s.hasRequests(language) {
		all = append(all, s.requestsPage(language))
	}
	return all
}

func (s *site) inquiriesPage(language *locale.Language, list []*bureau.Inquiry, counts []string, number int) page {
	title := language.Text(locale.Inquiries)
	heading := title
	if number > 1 {
		heading = language.Text(locale.InquiriesPage, number)
	}
	p := page{
		path: bureau.InquiryPage(number), file: s.keptList(bureau.InquiriesKind), language: language, template: "inquiries.html", trail: s.trail(language),
		head: Head{Title: s.title(language, heading), Description: language.Text(locale.InquiriesLead), Column: title},
	}
	if number > 1 {
		p.trail = append(p.trail, Link{Href: bureau.InquiryPage(1), Title: title})
	}
	for _, q := range list {
		p.modified = max(p.modified, q.Answered.V)
	}
	p.view = func(p *page) any {
		v := Inquiries{Channels: s.channelViews(p, s.Bureau.Site.Inquiries.Channels), Promise: language.Text(locale.InquiryPromise, s.Bureau.Site.Inquiries.Days.V)}
		v.Other, v.DataNotice = p.others, s.notice(language)
		v.Counts = counts
		v.HowMany = language.Text(locale.InquiriesShown, len(list))
		if s.hasMatters(language) {
			v.Matters = &Link{Href: root(p.path) + bureau.MattersSection.Page(), Title: language.Text(locale.Suggestions)}
		}
		first := (number - 1) * inquiriesPerPage
		for _, q := range list[first:min(first+inquiriesPerPage, len(list))] {
			i := InquiryView{
				ID: q.ID.V, Anchor: "q-" + q.Name, Title: q.Subject.V, Question: q.Question.V, Answer: q.Answer.V, Unit: q.Unit.V,
				Received: s.date(language, q.Received.V), Answered: s.date(language, q.Answered.V),
				Took: language.Text(locale.InquiryTook, s.Bureau.Site.Calendar.Days.Workdays(q.Received.V, q.Answered.V)),
				Late: q.Answered.V > figures.InquiryDue(s.Bureau, q),
			}
			v.List = append(v.List, i)
		}
		v.Downloads = s.published(p)
		v.Pager = newPager(p, number, (len(list)+inquiriesPerPage-1)/inquiriesPerPage, bureau.InquiryPage)
		return v
	}
	return p
}

func (s *site) channelViews(p *page, channels []bureau.Channel) (views []ChannelView) {
	for _, c := range channels {
		v := ChannelView{Name: c.Name.V, To: c.To.V, Hours: c.Hours.V}
		if href := c.Href(); href != "" {
			v.Href = s.link(root(p.path), href)
		} else if numbers := text.Phones(c.To.V); len(numbers) > 0 && numbers[0].Dials() {
			v.Phones = phones(c.To.V)
		}
		views = append(views, v)
	}
	return views
}

// answerWords say in sentences how many were answered, and how fast.
func (s *site) answerWords(language *locale.Language, a figures.Answers) (words []string) {
	if a.Received == 0 {
		return nil
	}
	words = append(words, language.Text(locale.AnswersReceived, s.date(language, a.From).Text, a.Received), language.Text(locale.AnswersAnswered, a.Answered))
	if a.Answered > 0 {
		words = append(words, language.Text(locale.AnswersInTime, a.InTime), language.Text(locale.AnswersTook, half(a.Median2), strconv.Itoa(a.Longest)))
	}
	if a.Open > 0 {
		words = append(words, language.Text(locale.AnswersOpen, a.Open))
	}
	if a.Overdue > 0 {
		words = append(words, language.Text(locale.AnswersOverdue, a.Overdue))
	}
	return words
}

// half writes half of a number.
func half(n int) string { return strconv.FormatFloat(float64(n)/2, 'f', -1, 64) }

func (s *site) requestsPage(language *locale.Language) page {
	title := language.Text(locale.Requests)
	p := page{
		path: bureau.RequestsSection.Page(), language: language, template: "requests.html", trail: s.trail(language, s.disclosureSection(language)...),
		head: Head{Title: s.title(language, title), Description: language.Text(locale.RequestsLead), Column: title},
	}
	p.view = func(p *page) any {
		settings := s.Bureau.Site.Requests
		v := RequestsView{
			Channels: s.channelViews(p, settings.Channels), Fee: settings.Fee.V, Reports: s.annualLinks(p),
			Promise: language.Text(locale.RequestPromise, settings.Days.V), Longer: language.Text(locale.RequestLonger, settings.Extension.V),
		}
		v.Other, v.DataNotice = p.others, s.notice(language)
		if settings.Form.V != "" {
			v.Form = &Link{Href: s.link(root(p.path), cmp.Or(s.paths[settings.FormPage()], settings.Form.V)), Title: language.Text(locale.RequestForm)}
		}
		keys := slices.Concat([]locale.Key{locale.RequestReceived, locale.RequestAnswered, locale.RequestInTime, locale.RequestOpen, locale.RequestOverdue}, locale.RequestResults)
		for _, key := range keys {
			v.Rows = append(v.Rows, RequestRow{Title: language.Text(key)})
		}
		for _, year := range s.requestYears() {
			a := figures.CountRequests(s.Bureau, year, s.AsOf)
			v.Years = append(v.Years, language.Text(locale.RequestYear, strconv.Itoa(year)))
			for i, n := range slices.Concat([]int{a.Received, a.Answered, a.InTime, a.Open, a.Overdue}, a.Results) {
				v.Rows[i].Cells = append(v.Rows[i].Cells, strconv.Itoa(n))
			}
		}
		return v
	}
	return p
}

// requestYears are the years in which applications were received, the newest first.
func (s *site) requestYears() (years []int) {
	for i := range s.Bureau.Requests {
		if day := s.Bureau.Requests[i].Received; day.Given() && day.V <= s.AsOf {
			years = append(years, day.V.Time().Year())
		}
	}
	slices.Sort(years)
	years = slices.Compact(years)
	slices.Reverse(years)
	return years
}
