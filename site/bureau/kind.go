package bureau

import (
	"path"
	"strings"
)

// Kind is a kind of file that staff keep under data/. The table below is all that
// Sunshine knows of where documents stand; package load holds what decodes each.
type Kind uint8

const (
	UnknownKind Kind = iota // nothing reads it
	SiteKind
	PrivacyKind
	UnitsKind
	TargetsKind
	RevisionsKind
	AnswersKind
	ApprovalsKind
	MattersKind
	AddressesKind
	ReleaseKind
	HeadKind
	TableKind
	StatisticKind
	StatisticDescriptorKind
	RecipeKind
	OriginsKind
	RegisterKind
	RegisterDescriptorKind
	GuideKind
	NoticeKind
	PageKind
	AnnualKind
	InquiriesKind
	RequestsKind
	PolicyKind
	TranslationsKind
	StaticKind
	EndOfKinds // one more than the last
)

// The largest sizes of a file, in bytes, so that a wrong one cannot eat the
// machine's memory. A million rows of three columns are about 25 MB.
const (
	maxTable  = 512 << 20
	maxText   = 1 << 20
	maxStatic = 64 << 20
)

// kinds says of each kind where its files stand, as path.Match reads it, how large
// one may be, and which kind of file may stand beside it to describe it. What ends
// in /... is a folder with all that is below it.
var kinds = [EndOfKinds]struct {
	pattern     string
	limit       int64
	describedBy Kind
}{
	UnknownKind:             {limit: maxStatic}, // to look for personal data
	SiteKind:                {pattern: "data/site.yaml", limit: maxText},
	PrivacyKind:             {pattern: "data/privacy.yaml", limit: maxText},
	UnitsKind:               {pattern: "data/units.csv", limit: maxTable},
	TargetsKind:             {pattern: "data/targets.csv", limit: maxTable},
	RevisionsKind:           {pattern: "data/revisions.csv", limit: maxTable},
	AnswersKind:             {pattern: "data/answers.csv", limit: maxTable},
	ApprovalsKind:           {pattern: "data/approvals.csv", limit: maxTable},
	MattersKind:             {pattern: "data/suggestions/*.csv", limit: maxTable},
	AddressesKind:           {pattern: "data/addresses.csv", limit: maxTable},
	ReleaseKind:             {pattern: "data/releases/*.json", limit: maxStatic},
	HeadKind:                {pattern: "data/releases/head.txt", limit: maxText},
	TableKind:               {pattern: "data/releases/tables/*.csv", limit: maxTable},
	StatisticKind:           {pattern: "data/stats/*.csv", limit: maxTable, describedBy: StatisticDescriptorKind},
	StatisticDescriptorKind: {pattern: "data/stats/*.yaml", limit: maxText},
	RecipeKind:              {pattern: "data/imports/*.yaml", limit: maxText},
	OriginsKind:             {pattern: "data/imports/*.csv", limit: maxTable},
	RegisterKind:            {pattern: "data/registers/*.csv", limit: maxTable, describedBy: RegisterDescriptorKind},
	RegisterDescriptorKind:  {pattern: "data/registers/*.yaml", limit: maxText},
	GuideKind:               {pattern: "data/guides/*/*.md", limit: maxText},
	NoticeKind:              {pattern: "data/notices/*.md", limit: maxText},
	PageKind:                {pattern: "data/pages/*.md", limit: maxText},
	AnnualKind:              {pattern: "data/annual/*.yaml", limit: maxText},
	InquiriesKind:           {pattern: "data/inquiries/*.csv", limit: maxTable},
	RequestsKind:            {pattern: "data/requests/*.csv", limit: maxTable},
	PolicyKind:              {pattern: "data/policies/*.md", limit: maxText},
	TranslationsKind:        {pattern: "data/translations/*.csv", limit: maxTable},
	StaticKind:              {pattern: "data/static/...", limit: maxStatic},
}

// KindAt tells what a file is by its path from the bureau's folder.
func KindAt(file string) Kind {
	for k := UnknownKind + 1; k < EndOfKinds; k++ {
		pattern := kinds[k].pattern
		if start, _, _ := strings.Cut(strings.TrimSuffix(pattern, "..."), "*"); !strings.HasPrefix(file, start) {
			continue // to match a pattern takes long
		}
		if folder, all := strings.CutSuffix(pattern, "..."); all {
			if strings.HasPrefix(file, folder) {
				return k
			}
		} else if found, _ := path.Match(pattern, file); found {
			return k
		}
	}
	return UnknownKind
}

// File is the file of the kind with these names, one for each * of its pattern:
// StatisticKind.File("cases") is data/stats/cases.csv.
func (k Kind) File(names ...string) string {
	file := kinds[k].pattern
	for _, name := range names {
		file = strings.Replace(file, "*", name, 1)
	}
	return strings.TrimSuffix(file, "...")
}

// Folder is where files of the kind with these names stand: data/stats.
func (k Kind) Folder(names ...string) string { return path.Dir(k.File(names...)) }

// Extension of the files of the kind: .csv.
func (k Kind) Extension() string { return path.Ext(kinds[k].pattern) }

// IsText tells whether files of the kind are words and not tables, records or bytes.
func (k Kind) IsText() bool { return k.Extension() == ".md" || k.Extension() == ".yaml" }

// IsDocument tells whether files of the kind are written in the language of their page.
func (k Kind) IsDocument() bool {
	return k == GuideKind || k == NoticeKind || k == PageKind || k == PolicyKind
}

// Limit is the largest size of a file of the kind, in bytes.
func (k Kind) Limit() int64 { return kinds[k].limit }

// DescribedBy is the kind of file that describes one of this kind, under the same
// name; UnknownKind where there is none.
func (k Kind) DescribedBy() Kind { return kinds[k].describedBy }

// Describes is the kind of file that one of this kind describes, UnknownKind where
// it describes none.
func (k Kind) Describes() Kind {
	for of := range EndOfKinds {
		if k != UnknownKind && kinds[of].describedBy == k {
			return of
		}
	}
	return UnknownKind
}

// Beside is the file under the same name, of the other kind.
func (k Kind) Beside(file string) string {
	return strings.TrimSuffix(file, path.Ext(file)) + k.Extension()
}
