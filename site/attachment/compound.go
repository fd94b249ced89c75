package attachment

import (
	"bytes"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"

	"sunshine/site/problem"
)

// stretches is the place of what a format without a reader holds.
var stretches = problem.Say("成段的文字", "the runs of text")

// compound reads the runs of text of an OLE file: of every stream, whose sectors
// may lie apart, and of the file as it lies, where what was deleted still stands.
func (j *job) compound(data []byte, at problem.Text) {
	why := oldOffice
	if streams(data, func(name string, content []byte) {
		switch name = strings.TrimLeft(name, "\x01\x02\x03\x05"); name {
		case "EncryptedPackage", "EncryptionInfo":
			why = encrypted
		}
		place := stretches
		if strings.Contains(name, "SummaryInformation") {
			place = problem.Say("文档属性", "properties")
		}
		j.give(within(at, place), runs(content))
	}) != nil {
		why = damaged
	}
	j.give(within(at, stretches), runs(data))
	j.fail(at, why)
}

// streams gives every stream of an OLE file. A file that is damaged may make the
// library panic; what was given before stays.
func streams(data []byte, give func(name string, content []byte)) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = io.ErrUnexpectedEOF
		}
	}()
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return err
	}
	read := 0 // streams that share their sectors give no more than the file has
	for entry, err := doc.Next(); err == nil; entry, err = doc.Next() {
		if entry.Size <= 0 {
			continue
		}
		if read += int(min(entry.Size, int64(len(data)))); read > 2*len(data) {
			return io.ErrUnexpectedEOF
		}
		content := make([]byte, min(entry.Size, int64(len(data))))
		n, err := io.ReadFull(entry, content)
		give(entry.Name, content[:n])
		if err != nil {
			return err
		}
	}
	return nil
}
