// Package markdown turns the body of guides, notices and pages into HTML.
package markdown

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Env is what a document may refer to, given by the caller.
type Env struct {
	// Root is the relative path from the page to the site's root, "../../../" or "".
	Root string
	// Resolve turns a link to a source file (cases.md, ../stats/cases.csv), given
	// as a path from the bureau's folder, into a path from the site's root; ok is
	// false where no such page exists.
	Resolve func(source string) (path string, ok bool)
	// Figure gives the formatted text of a published figure and its link from the
	// site's root (stats/cases-solved/#r-2005). A nil Message means found.
	Figure func(reference string) (text, link string, problem *Unknown)
	// Chart gives the HTML of a chart block. at is the first line of its YAML.
	Chart func(source []byte, at problem.Position) (html []byte, problems problem.List)
}

// Unknown says why a reference names nothing.
type Unknown struct{ Message, Hint problem.Text }

// Document is a rendered body.
type Document struct {
	HTML      []byte
	Headings  []Heading
	Links     []Link
	Plain     string // the text alone, its first 300 characters, for descriptions and search
	HasChart  bool
	HasFigure bool
}

// Heading is one entry of the contents list.
type Heading struct {
	Level    int
	ID, Text string
}

// Link is one link, to be held against the pages that exist.
type Link struct {
	Target string // as it stands in the HTML
	At     problem.Position
}

// Render turns a body into HTML and reports what is wrong with it.
func Render(body bureau.Body, env Env) (Document, problem.List) {
	panic("to be written")
}
