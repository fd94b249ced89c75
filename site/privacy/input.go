package privacy

import (
	"bytes"
	"slices"

	"sunshine/site/attachment"
	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// Input gives what in a file of data/, and in its name, may be personal data. Of a
// table its cells are looked into, and what of the file stands in no row; of a list all
// of its cells, also those that the list does not take; of a release nothing: it holds
// what was published, of an attachment nothing: that is for Attachments. What could not be
// read as what it should be, and what nothing reads, is looked into as an attachment is.
// data is the text of a file of words where it could be decoded, else the bytes; value is
// what was decoded of it, or nil.
func Input(kind bureau.Kind, file string, data []byte, value any) []bureau.Finding {
	switch v := value.(type) {
	case *bureau.Register:
		return append(Name(file), Register(v)...)
	case *bureau.Statistic:
		if len(v.Fields) == 0 && len(v.Loose) == 0 {
			return unread(file, data) // it is no table
		}
		return append(Name(file), Statistic(v)...)
	case []bureau.Approval: // the digits of a hash are nobody's
		said := slices.Clone(v)
		for i := range said {
			said[i].Digest, said[i].Parts = bureau.String{}, bureau.String{}
		}
		return list(file, data, said)
	}
	switch {
	case kind == bureau.ReleaseKind || kind == bureau.TableKind || kind == bureau.HeadKind:
		return Name(file)
	case kind == bureau.StaticKind:
		return nil // Guard.Inputs reads them one after another, within one bound
	case value != nil && !kind.IsText():
		return list(file, data, value)
	}
	return unread(file, data)
}

// list scans a list as it was decoded, and then all of its cells.
func list(file string, data []byte, value any) []bureau.Finding {
	t, _ := table.Read(file, data, table.Options{})
	if len(t.Header) == 0 && len(t.Loose) == 0 {
		return unread(file, data)
	}
	findings := List(value)
	for _, f := range Table(t) {
		if !slices.ContainsFunc(findings, func(known bureau.Finding) bool { return known.Rule == f.Rule && known.At == f.At }) {
			findings = append(findings, f)
		}
	}
	return append(Name(file), findings...)
}

// unread scans a file whatever it is. It is published nowhere, so that what of it cannot
// be searched either is not told.
func unread(file string, data []byte) []bureau.Finding {
	findings, read := attached(new(attachment.Reader), file, data)
	if !read { // no encoding fits, and digits are the same in nearly all of them
		return File(file, bytes.ReplaceAll(data, []byte{0}, nil))
	}
	return slices.DeleteFunc(findings, func(f bureau.Finding) bool { return f.Rule == notInspected && f.Severity == problem.Warning })
}
