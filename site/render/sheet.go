package render

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"

	"sunshine/site/locale"
	"sunshine/site/problem"
	"sunshine/templates"
)

// ChangeSheet is what sheet.html shows to staff: what a publication would change, on one
// page to be printed and signed. It stands by itself and is no page of the site.
type ChangeSheet struct {
	Tag, Title, Bureau string
	Digest             string
	Facts              []ChangeFact
	Notes              []string
	Parts              []ChangePart
	More               string // how the lines that are not there are counted
	DigestName, Colon  string
	Approved, Day      string // where to sign

	Style  template.CSS // of the page
	Policy string
}

// ChangeFact is one fact about the sheet.
type ChangeFact struct{ Name, Value string }

// ChangePart is one kind of change: so many of them, in lines, and More that are left out.
type ChangePart struct {
	Title string
	Count int
	Lines []string
	More  int
}

// Sheet renders a sheet of changes. It loads nothing, runs nothing, and has no style but
// its own.
func Sheet(v ChangeSheet, language problem.Language) ([]byte, problem.List, error) {
	t, faults, err := Load(nil)
	if err != nil || len(faults) > 0 {
		return nil, faults, err
	}
	style, err := templates.FS.ReadFile("sheet.css")
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256(style)
	v.Style = template.CSS(style)
	v.Policy = "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	w := new(limited)
	faults = t.execute(w, locale.Builtin(language), "sheet.html", v)
	return w.Bytes(), faults, nil
}
