package load

import (
	"path"

	"sunshine/site/bureau"
	"sunshine/site/privacy"
	"sunshine/site/problem"
)

// Privacy reads privacy.yaml. Whether its waivers hold is judged with what they
// are for.
func Privacy(file string, data []byte) (bureau.Privacy, problem.List) {
	var p bureau.Privacy
	problems := settings(file, data, &p)
	return p, problems
}

// inspect looks into the office documents, in the order of their paths.
func inspect(entries []*entry) {
	var documents privacy.Documents
	for _, e := range entries {
		if e.kind == staticFile && e.input.Path != "" && privacy.IsDocument(e.path) {
			e.findings = documents.Scan(e.path, e.file.Bytes)
		}
	}
}

// personal gives what in a file, and in its name, may be personal data. Of a
// table its cells are looked into, of a release nothing: it holds what was
// published.
func personal(e *entry, data []byte) []bureau.Finding {
	statistic, read := e.value.(*bureau.Statistic)
	register, listed := e.value.(*bureau.Register)
	switch {
	case listed:
		return append(privacy.Name(e.path), privacy.Register(register)...)
	case read:
		return append(privacy.Name(e.path), privacy.Statistic(statistic)...)
	case e.kind == releaseFile:
		return privacy.Name(e.path)
	case e.kind == staticFile && privacy.IsDocument(e.path):
		return nil // one after another, by inspect
	case e.kind == staticFile:
		return privacy.Attachment(e.path, data)
	case path.Ext(e.path) == ".csv" && e.value != nil:
		return append(privacy.Name(e.path), privacy.List(e.value)...)
	}
	source, _ := prose(e.path, data)
	return privacy.File(e.path, source)
}
