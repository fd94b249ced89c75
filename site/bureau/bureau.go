// Package bureau holds the types that a bureau's folder is made of, as staff
// wrote them: the site's settings, statistics, guides, notices, pages, units.
//
// It is a leaf: it opens no file, and rules are elsewhere. What the words of a
// file mean stands here, beside its type, once for all who read or write them.
// Every value from a file carries its position, so that any published figure can
// cite its cell.
// The struct tags `yaml:"title,事项名称"` are the one table of keys and their
// Chinese aliases: the reader, the linter and the documentation share it.
package bureau

import (
	"slices"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// Bureau is everything under data/.
type Bureau struct {
	Site         Site
	Languages    []string          // that pages may be in, by the names of their catalogues
	Statistics   []*Statistic      // by name
	Computed     []*Statistic      // that the site makes of its own lists: @suggestions, @guides, @registers/<name>
	Guides       []*Guide          // by area, in the order of Areas, then by name
	Notices      []*Notice         // newest first
	Pages        []*Page           // by order, then by name
	Annual       []*Annual         // annual reports, newest first
	Policies     []*Policy         // documents and their explanations, newest first
	Units        []Unit            // in the order of units.csv, which is never sorted
	Targets      []Target          // in the order of targets.csv
	Revisions    []Revision        // in the order of revisions.csv
	Answers      []Answer          // in the order of answers.csv
	Approvals    []Approval        // in the order of approvals.csv; never published
	Waiting      []any             // documents of the kinds above that are not published yet
	Matters      []Matter          // of all lists of suggestions, newest first
	Inquiries    []Inquiry         // of all lists, newest first
	Requests     []Request         // of all lists
	Recipes      []Recipe          // how office files are read, by name
	Origins      []Origins         // where imported figures stood, by name
	Registers    []*Register       // by order, then by name
	Records      []*Record         // the files of releases, by path; nil for one that cannot be read
	Releases     []Release         // what the ledger makes of them: in the order of their making, the last one last
	Published    Published         // what they said and showed beside figures
	Head         *Head             // data/releases/head.txt; nil where there is none
	Tables       []File            // the tables of all releases, by their place below data/releases/tables
	Translations []Translations    // of what pages show, by the names of their files
	Moved        []Move            // in the order of addresses.csv
	Previous     *Release          // what the publication that --previous names shows; nil where none is named
	Standing     *Release          // what the output folder shows, which no release may hold; nil where there is none
	Kept         []Kept            // the documents that stand as they were published before, or are left out, by file
	KeptShown    *Release          // what was published of the statistics among them; nil where there is none
	Privacy      Privacy           // what may be published although it looks like personal data
	Texts        map[string][]byte // the documents of words as they stand, by file, until they are kept
	Findings     []Finding         // what in the inputs may be personal data
	Static       []File            // files under data/static, copied as they are
	Inputs       []Input           // every file that the site is made from, by path
}

// Input is one file that the site was made from.
type Input struct {
	Path   string `json:"path"`   // data/stats/cases.csv
	SHA256 string `json:"sha256"` // lower-case hexadecimal; empty where something of the file is not published
	Size   int64  `json:"size"`
}

// Value is a value from a file with the place where it stands. A zero At means
// that the file does not give it.
type Value[T any] struct {
	V  T
	At problem.Position
}

// Given tells whether the file holds the value.
func (v Value[T]) Given() bool { return v.At.Line > 0 }

// The kinds of value that files hold.
type (
	String = Value[string]
	Int    = Value[int]
	Bool   = Value[bool]
	Number = Value[float64]
	Date   = Value[period.Date]
	Moment = Value[period.Moment]
)

// Blank is a key that a file gives without a value that can be used: `fee:` or
// `charts: []`, or one of which something could not be read.
type Blank struct {
	Key    string // its first spelling
	At     problem.Position
	Unread bool // the reason was reported where it was read
}

// Unread tells whether something that stands under a key could not be read.
func Unread(blanks []Blank, key string) bool {
	return slices.ContainsFunc(blanks, func(b Blank) bool { return b.Unread && b.Key == key })
}
