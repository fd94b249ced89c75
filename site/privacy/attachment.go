package privacy

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"sunshine/site/attachment"
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Rules of images.
var (
	imageLocation = problem.PrivacyImageLocation
	imageAuthor   = problem.PrivacyImageAuthor
)

// authors are the tags of EXIF, IPTC and XMP that name a person.
var authors = map[string]bool{
	"Artist": true, "XPAuthor": true, "OwnerName": true, "CameraOwnerName": true, "By-line": true, "Byline": true, "Creator": true,
	"Author": true, "Credit": true, "Writer-Editor": true, "CaptionWriter": true, "PersonInImage": true,
}

// serialTags number a device, in as many digits as a telephone has.
var serialTags = []string{"Serial", "Number", "UniqueID", "DocumentID", "InstanceID"}

// shortestCell is how many bytes a cell of a workbook has that may hold something
// personal.
const shortestCell = 5

// Attachments scans the files of data/static, one after another, so that the
// bounds on what is unpacked fall on the same file in every run.
func Attachments(static []bureau.File) []bureau.Finding {
	var run attachment.Reader
	var findings []bureau.Finding
	for _, f := range static {
		found, _ := attached(&run, "data/"+f.Path, f.Bytes)
		findings = append(findings, found...)
	}
	return findings
}

// Attachment scans one file that is published as it is: every text that package
// attachment finds in it. What was not read is one finding for all.
func Attachment(file string, data []byte) []bureau.Finding {
	findings, _ := attached(new(attachment.Reader), file, data)
	return findings
}

// attached scans a file, and tells whether there was a text in it.
func attached(run *attachment.Reader, file string, data []byte) (findings []bureau.Finding, read bool) {
	findings, at := Name(file), problem.Position{File: file}
	add := func(found ...bureau.Finding) {
		for _, f := range found {
			if !enough(&findings) && !slices.Contains(findings, f) {
				findings = append(findings, f)
			}
		}
	}
	unread := run.Read(file, data, func(t attachment.Text) {
		words := t.Words
		read = true
		switch {
		case t.Cell != "" && len(words) < shortestCell:
			return // a count, a year
		case t.Tag != "":
			add(tagged(t, at)...)
			return
		case t.Name:
			words = []byte(strings.TrimSuffix(string(words), path.Ext(string(words))))
		case t.Place.EN == "":
			hits := scan(words, "", t.Markup)
			if ext := strings.ToLower(path.Ext(file)); ext == ".csv" || ext == ".tsv" {
				hits = inColumns(words, hits)
			}
			add(locate(file, words, hits)...)
			return
		}
		for _, h := range scan(words, t.Beside, t.Markup) {
			f := h.finding(problem.Position{File: file, Cell: t.Cell})
			f.In = t.Place
			add(f)
		}
	})
	if len(unread) > 0 {
		first := unread[0]
		at.Line, at.Column = first.Line, first.Column
		why := first.Why
		if first.Place.EN != "" {
			why = problem.Text{ZH: first.Place.ZH + "：" + why.ZH, EN: first.Place.EN + ": " + why.EN}
		}
		if more := len(unread) - 1; more > 0 {
			why = problem.Text{ZH: why.ZH + fmt.Sprintf("；另有%d处", more), EN: why.EN + fmt.Sprintf("; and in other places: %d", more)}
		}
		findings = append(findings, unseen(at, why))
	}
	return findings, read
}

// inColumns judges the hits in a text of separated values again, each beside the
// header of its column in the first line: under 金额（元） it is none, under 身份证号 it is
// one with a slip.
func inColumns(text []byte, hits []Hit) []Hit {
	header, _, _ := bytes.Cut(text, []byte("\n"))
	columns, ok := separated(bytes.TrimSpace(header))
	if !ok {
		return hits
	}
	var judged []Hit
	for _, h := range hits {
		line := text[bytes.LastIndexByte(text[:h.Start], '\n')+1 : h.Start]
		before, ok := separated(append(slices.Clone(line), '.'))
		if ok && len(before) <= len(columns) {
			for _, again := range scan(text[h.Start:h.End], columns[len(before)-1], false) {
				if again.Rule == h.Rule {
					h.cleared, h.Severity = again.cleared, again.Severity
				}
			}
		}
		if !h.cleared {
			judged = append(judged, h)
		}
	}
	return judged
}

// separated parts a line of separated values; ok is false where quotes or empty
// cells leave it in doubt.
func separated(line []byte) (cells []string, ok bool) {
	if len(line) > longestLine || bytes.ContainsRune(line, '"') || bytes.Contains(line, []byte(",,")) || bytes.Contains(line, []byte("\t\t")) {
		return nil, false
	}
	return strings.FieldsFunc(string(line), func(r rune) bool { return r == ',' || r == '\t' }), true
}

// longestLine is how many bytes of a line are looked at for the column of a hit.
const longestLine = 4000

// tagged judges the metadata of a picture: who made it, where, and whatever is
// found in a description.
func tagged(t attachment.Text, at problem.Position) (findings []bureau.Finding) {
	words := string(t.Words)
	switch {
	case strings.Trim(words, "0 \x00[]") == "":
	case t.Tag == "GPSLatitude" || t.Tag == "GPSLongitude" || t.Tag == "GPSDestLatitude":
		findings = append(findings, bureau.Finding{At: at, Rule: imageLocation, Severity: problem.Error, In: t.Place})
	case authors[t.Tag]:
		findings = append(findings, bureau.Finding{At: at, Rule: imageAuthor, Severity: problem.Warning, In: t.Place}) // one, whatever the names
		fallthrough
	case !slices.ContainsFunc(serialTags, func(s string) bool { return strings.Contains(t.Tag, s) }):
		for _, h := range scan(t.Words, "", false) {
			f := h.finding(at)
			f.In = t.Place
			findings = append(findings, f)
		}
	}
	return findings
}

// unseen is the finding of what could not be inspected.
func unseen(at problem.Position, why problem.Text) bureau.Finding {
	return bureau.Finding{At: at, Rule: notInspected, Severity: problem.Warning, Why: why}
}
