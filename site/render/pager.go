package render

import (
	"strconv"

	"sunshine/site/locale"
)

// Pager leads through the pages of a list. Previous and Next may be nil.
type Pager struct {
	Text           string
	Previous, Next *Link
	Pages          []Section // Path is relative to the page
}

// newPager is that of one page, counted from 1, of a list; nil where it is the only one.
// path gives the pages' from the site's root.
func newPager(p *page, number, pages int, path func(number int) string) *Pager {
	if pages < 2 {
		return nil
	}
	to := root(p.path)
	v := &Pager{Text: p.language.Text(locale.Pager, number, pages)}
	if number > 1 {
		v.Previous = &Link{Href: to + path(number-1), Title: p.language.Text(locale.PagerPrevious)}
	}
	if number < pages {
		v.Next = &Link{Href: to + path(number+1), Title: p.language.Text(locale.PagerNext)}
	}
	for i := range pages {
		v.Pages = append(v.Pages, Section{Path: to + path(i+1), Title: strconv.Itoa(i + 1), Current: i+1 == number})
	}
	return v
}
