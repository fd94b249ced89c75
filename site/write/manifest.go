package write

import (
	"cmp"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// ManifestName is the path of the manifest in the site.
const ManifestName = "manifest.json"

// SignatureName is the path of the signature of the manifest, where there is one.
const SignatureName = "manifest.sig"

// Manifest says what the site consists of and what it was made from, so that
// anybody can hold a published figure against its source.
type Manifest struct {
	Bureau    string         `json:"bureau,omitempty"`          // whose site it is: its organisation, or its title
	Generator string         `json:"generator"`                 // sunshine and its version: "sunshine 1.0.0"
	AsOf      string         `json:"as_of"`                     // the day that the build took for today, ISO; with a time where something waits for a later one
	Commit    string         `json:"commit,omitempty"`          // of the bureau's repository, where there is one
	BaseURL   string         `json:"base_url,omitempty"`        // the address that its pages were made for
	Previous  string         `json:"previous_sha256,omitempty"` // of the manifest of the publication that --previous named
	Kept      []Kept         `json:"kept,omitempty"`            // documents that --hold-back left as they were, by path
	Inputs    []bureau.Input `json:"inputs"`                    // by path
	Files     []Digest       `json:"files"`                     // by path; filled by Site

	Sign   func(manifest []byte) string `json:"-"` // what SignatureName holds; nil where the site is not signed
	Unread map[string]string            `json:"-"` // why a file was not inspected for personal data, by its path
}

// Kept is a document of which the site does not show the new version.
type Kept struct {
	Path  string `json:"path"`            // data/stats/cases.csv
	Since string `json:"since,omitempty"` // the day of the first publication with what stands now, ISO; empty where it is left out
}

// Digest is one file of the site.
type Digest struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"` // lower-case hexadecimal
	Size   int64  `json:"size"`

	Inspected *bool  `json:"inspected,omitempty"` // false where the file was not inspected wholly for personal data; else left out
	Reason    string `json:"reason,omitempty"`    // why not
}

// Digests are the entries of the files of a site, by path, as Site would write them.
func Digests(m Manifest, files []bureau.File) []Digest {
	all := make([]Digest, len(files))
	for i, f := range files {
		all[i] = m.digest(f)
	}
	slices.SortFunc(all, func(a, b Digest) int { return cmp.Compare(a.Path, b.Path) })
	return all
}

// digest is the entry of a file.
func (m Manifest) digest(f bureau.File) Digest {
	d := Digest{Path: f.Path, SHA256: f.SHA256(), Size: f.Size()}
	if reason, is := m.Unread[f.Path]; is {
		d.Inspected, d.Reason = new(bool), reason
	}
	return d
}

// Sealed gives the bytes of the manifest of these files, and those of its signature,
// nil where the site is not signed, as Site writes them.
func (m Manifest) Sealed(files []bureau.File) (manifest, signature []byte) {
	m.Files = Digests(m, files)
	manifest = m.encode()
	if m.Sign != nil {
		signature = []byte(m.Sign(manifest))
	}
	return manifest, signature
}

// encode writes one entry a line, so that two manifests compare well.
func (m Manifest) encode() []byte {
	b, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		panic(err) // strings and integers always encode
	}
	return append(b, '\n')
}

// MaxManifest is the largest size of a manifest that is read, in bytes; it has about
// 200 for a file.
const MaxManifest = 128 << 20

// maxListed is how many bytes the lists of a manifest may have, as listed reckons them, so
// that it can be read again. A variable for tests.
var maxListed int64 = MaxManifest / 2

// Listed refuses a site whose manifest would be too large to be read again: that would be
// taken for a site of somebody else, and never be written to again.
func Listed(out string, files []bureau.File, inputs []bureau.Input) problem.List {
	const each = 160 // bytes of an entry besides its path
	listed := int64(each * (len(files) + len(inputs)))
	for _, f := range files {
		listed += int64(len(f.Path))
	}
	for _, in := range inputs {
		listed += int64(len(in.Path))
	}
	if listed <= maxListed {
		return nil
	}
	var problems problem.List
	problems.Error(problem.Position{File: filepath.ToSlash(out)}, problem.WriteSystem,
		problem.Say("网站太大：要写%d个文件，来自%d个源文件，清单列不下", "the site is too large: files to write: %d, from sources: %d, more than the manifest can list", len(files), len(inputs)),
		problem.Say("把早的年份、大批的附件移到另一个目录，另建一个网站", "move early years and the mass of attachments to a folder and a site of their own"))
	return problems
}

// ParseManifest reads a manifest and tells whether sunshine wrote it.
func ParseManifest(source []byte) (Manifest, bool) {
	var m Manifest
	if err := json.Unmarshal(source, &m); err != nil {
		return Manifest{}, false
	}
	name, _, _ := strings.Cut(m.Generator, " ")
	return m, name == "sunshine"
}
