package privacy

import (
	"slices"

	"sunshine/site/bureau"
)

// Input gives what in a file of data/, and in its name, may be personal data. Of a
// table its cells are looked into, of a release nothing: it holds what was
// published, of an attachment nothing: that is for Attachments. data is the text of
// the file; value is what was decoded of it, or nil.
func Input(kind bureau.Kind, file string, data []byte, value any) []bureau.Finding {
	switch v := value.(type) {
	case *bureau.Register:
		return append(Name(file), Register(v)...)
	case *bureau.Statistic:
		return append(Name(file), Statistic(v)...)
	case []bureau.Approval: // the digits of a hash are nobody's
		said := slices.Clone(v)
		for i := range said {
			said[i].Digest, said[i].Parts = bureau.String{}, bureau.String{}
		}
		return append(Name(file), List(said)...)
	}
	switch {
	case kind == bureau.ReleaseKind || kind == bureau.TableKind || kind == bureau.HeadKind:
		return Name(file)
	case kind == bureau.StaticKind:
		return nil // Guard.Inputs reads them one after another, within one bound
	case value != nil && !kind.IsText():
		return append(Name(file), List(value)...)
	}
	return File(file, data)
}
