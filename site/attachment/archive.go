package attachment

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"path"
	"slices"
	"strings"

	"sunshine/site/problem"
	"sunshine/site/text"
)

// maxGap is how many bytes may stand between the members of an archive, beside
// their headers: office programs leave some for what they write later.
const maxGap = 4 << 10

// offices are the extensions of office documents that are archives, whatever is in
// them.
var offices = []string{".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".pptm", ".dotx", ".xltx", ".ppsx", ".odt", ".ods", ".odp", ".odg", ".ofd"}

// archive reads a ZIP archive: an office document, or a folder that was packed.
func (j *job) archive(name string, data []byte, at problem.Text, depth int) {
	if bytes.Count(data, []byte("PK\x01\x02")) > 2*maxMembers { // the list of members itself would fill the memory
		j.fail(at, tooMany)
		return
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		j.fail(at, damaged)
		return
	}
	j.give(within(at, problem.Say("压缩文件的说明", "the comment of the archive")), loose(z.Comment))
	office := slices.Contains(offices, strings.ToLower(path.Ext(name))) || slices.ContainsFunc(z.File, func(f *zip.File) bool {
		return f.Name == "[Content_Types].xml" || f.Name == "mimetype" || f.Name == "OFD.xml"
	})
	if gap(z.File) {
		j.fail(at, problem.Say("压缩文件里夹有别的内容", "other bytes stand between the members of the archive"))
	}
	var book *workbook
	if office {
		book = j.workbook(z.File)
	}
	for _, f := range z.File {
		place := named(f.Name)
		if office {
			place = book.place(f.Name)
		}
		place = within(at, place)
		j.found(Text{Place: within(at, problem.Say("里面的文件名", "the name of a file in it")), Name: true, Words: loose(f.Name)})
		j.give(place, loose(f.Comment))
		if strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 {
			continue
		}
		if j.members--; j.members < 0 {
			j.fail(at, tooMany)
			return
		}
		content, why := j.open(f)
		if why.EN != "" {
			j.fail(place, why)
			continue
		}
		switch {
		case len(content) == 0:
		case !office:
			j.inspect(f.Name, content, place, depth+1)
		default:
			j.part(f.Name, content, place, depth, book)
		}
	}
	if book != nil {
		book.rest(j, at)
	}
}

// open unpacks a member, or says why not.
func (j *job) open(f *zip.File) (content []byte, why problem.Text) {
	if f.Flags&1 != 0 {
		return nil, encrypted
	}
	limit := j.limit()
	if f.UncompressedSize64 > uint64(limit) {
		return nil, tooLarge
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged
	}
	defer r.Close()
	content, err = io.ReadAll(io.LimitReader(r, limit+1))
	j.spend(len(content))
	switch {
	case int64(len(content)) > limit:
		return nil, tooLarge
	case err != nil:
		return nil, damaged
	}
	return content, problem.Text{}
}

// part reads a part of an office document.
func (j *job) part(name string, content []byte, at problem.Text, depth int, book *workbook) {
	base := path.Base(name)
	switch ext := strings.ToLower(path.Ext(name)); {
	case name == "layout-cache": // of OpenDocument: where lines break
	case strings.HasPrefix(base, "printerSettings"), ext == ".emf", ext == ".wmf":
		j.give(at, runs(content))
		if ext == ".emf" || ext == ".wmf" {
			j.fail(at, vector)
		}
	case strings.HasPrefix(base, "vbaProject"), strings.HasPrefix(base, "activeX") && ext == ".bin":
		j.give(at, runs(content))
		j.fail(at, programs)
	case slices.Contains(markups, ext):
		if sheet, is := book.sheet(name); is {
			j.cells(content, sheet, book, at)
			return
		}
		if book != nil && book.read && name == sharedPart {
			return // its texts are given where they stand
		}
		j.xml(content, at)
	case bytes.HasPrefix(content, []byte("BM")), isPicture(content):
		j.picture(content, at, depth)
	default:
		j.inspect(base, content, at, depth+1)
	}
}

// gap tells whether an archive holds more between its members than their headers.
func gap(files []*zip.File) bool {
	type extent struct{ from, to, name int64 }
	var extents []extent
	for _, f := range files {
		if from, err := f.DataOffset(); err == nil {
			extents = append(extents, extent{from, from + int64(f.CompressedSize64), int64(len(f.Name))})
		}
	}
	slices.SortFunc(extents, func(a, b extent) int { return cmp.Compare(a.from, b.from) })
	end := int64(0)
	for _, e := range extents {
		if e.from-end > maxGap+e.name {
			return true
		}
		end = max(end, e.to)
	}
	return false
}

// loose gives a name or comment, which may be in another encoding, as it can best
// be read.
func loose(words string) []byte {
	if decoded, _, err := text.Decode([]byte(words), ""); err == nil {
		return decoded
	}
	return runs([]byte(words))
}
