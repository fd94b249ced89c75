package bureau

import (
	"slices"

	"sunshine/site/period"
)

// Kept is a document or a list whose new version has an error: the site keeps what was
// published of it before.
type Kept struct {
	File   string      // data/stats/cases.csv
	Since  period.Date // the day of the first publication with what stands now; 0 where nothing was published, and it is left out
	Partly bool        // the file is published but for what is wrong in it
}

// Keeps finds the document that stands as it was published before.
func (b *Bureau) Keeps(file string) (Kept, bool) {
	i := slices.IndexFunc(b.Kept, func(k Kept) bool { return k.File == file && k.Since != 0 })
	if i < 0 {
		return Kept{}, false
	}
	return b.Kept[i], true
}

// LeavesOut tells whether a document is left out for its errors.
func (b *Bureau) LeavesOut(file string) bool {
	return slices.ContainsFunc(b.Kept, func(k Kept) bool { return k.File == file && k.Since == 0 && !k.Partly })
}

// DocumentFile gives the document that a file is of, by where it stands, and what kind
// it is: a table with its descriptor, a guide, a notice, a policy, a page. Any other file is of
// none.
func DocumentFile(file string) (document string, kind Kind) {
	switch kind = KindAt(file); kind {
	case StatisticKind, RegisterKind, GuideKind, NoticeKind, AnnualKind, PageKind, PolicyKind:
		return file, kind
	}
	if of := kind.Describes(); of != UnknownKind {
		return of.Beside(file), of
	}
	return "", UnknownKind
}

// DocumentFiles are the files that a document may consist of: the document and its
// descriptor.
func DocumentFiles(document string) []string {
	if by := KindAt(document).DescribedBy(); by != UnknownKind {
		return []string{document, by.Beside(document)}
	}
	return []string{document}
}

// IsList tells whether a file is a list that many pages are made with and that is no
// document: the units, the targets, moved addresses, a ledger of suggestions, inquiries, translations.
func IsList(file string) bool {
	switch KindAt(file) {
	case UnitsKind, TargetsKind, AddressesKind, MattersKind, InquiriesKind, TranslationsKind:
		return true
	}
	return false
}
