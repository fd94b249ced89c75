package site_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dlclark/regexp2/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
	"golang.org/x/net/html"

	"sunshine/site/period"
	"sunshine/site/scaffold"
)

// builtFiles gives the files of the demonstration bureau.
func builtFiles(t *testing.T) map[string][]byte {
	t.Helper()
	dir, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	return tree(t, filepath.Join(dir, "public"))
}

// profile is the Data Package profile of that name. The profiles lie beside the
// repository; a test that needs one is skipped where they do not.
func profile(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "profiles", name)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the Data Package profiles are not at %s", filepath.Dir(path))
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.UseRegexpEngine(func(pattern string) (jsonschema.Regexp, error) { // the profiles look ahead
		re, err := regexp2.Compile(pattern, regexp2.ECMAScript)
		return ecmaScript{re, pattern}, err
	})
	s, err := c.Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ecmaScript is a regular expression as JSON Schema means it.
type ecmaScript struct {
	re      *regexp2.Regexp
	pattern string
}

func (e ecmaScript) String() string { return e.pattern }

func (e ecmaScript) MatchString(s string) bool {
	ok, err := e.re.MatchString(s)
	return ok && err == nil
}

// validate holds a document against a profile.
func validate(t *testing.T, s *jsonschema.Schema, name string, document []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Errorf("%s: %v", name, err)
	} else if err := s.Validate(v); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

func TestDataPackageProfile(t *testing.T) {
	files := builtFiles(t)
	validate(t, profile(t, "datapackage.json"), "datapackage.json", files["datapackage.json"])
	resource := profile(t, "dataresource.json")
	for _, name := range paths(files, `^(stats|registers|suggestions|units|targets)/.*\.json$`) {
		validate(t, resource, name, files[name])
	}
	var p struct{ Resources []json.RawMessage }
	if err := json.Unmarshal(files["datapackage.json"], &p); err != nil {
		t.Fatal(err)
	}
	table, dialect := profile(t, "tableschema.json"), profile(t, "tabledialect.json")
	for _, r := range p.Resources {
		var parts struct {
			Name            string
			Schema, Dialect json.RawMessage
		}
		if err := json.Unmarshal(r, &parts); err != nil {
			t.Fatal(err)
		}
		validate(t, table, parts.Name+": schema", parts.Schema)
		validate(t, dialect, parts.Name+": dialect", parts.Dialect)
	}
	// The profiles do refuse something.
	broken := bytes.Replace(files["datapackage.json"], []byte(`"path": "stats/`), []byte(`"path": "../stats/`), 1)
	if v, err := jsonschema.UnmarshalJSON(bytes.NewReader(broken)); err != nil || profile(t, "datapackage.json").Validate(v) == nil {
		t.Error("a path that leads out of the package is valid", err)
	}
}

// The descriptors that staff write are Data Resources. A name and a path that
// they leave out are those of the file.
func TestDescriptorProfile(t *testing.T) {
	resource := profile(t, "dataresource.json")
	patterns := []string{"../data/stats/*.yaml"}
	for _, own := range []scaffold.Own{{}, {Name: "云水县公安局", Phone: "0100-1234567", Address: "云水县人民路1号"}} {
		dir := t.TempDir()
		if err := scaffold.Bureau(dir, period.NewDate(2026, 10, 31), own); err != nil {
			t.Fatal(err)
		}
		patterns = append(patterns, filepath.Join(dir, "data", "stats", "*.yaml"))
	}
	for _, pattern := range patterns {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			stem := strings.TrimSuffix(filepath.Base(name), ".yaml")
			descriptor := map[string]any{"name": stem, "path": stem + ".csv"}
			if err := yaml.Unmarshal(text, &descriptor); err != nil {
				t.Fatal(name, err)
			}
			document, err := json.Marshal(descriptor)
			if err != nil {
				t.Fatal(name, err)
			}
			validate(t, resource, name, document)
		}
	}
}

// paths gives the names of files that match, in order.
func paths(files map[string][]byte, pattern string) []string {
	re := regexp.MustCompile(pattern)
	var names []string
	for name := range files {
		if re.MatchString(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// TestDataPackage reads every table as its description says: the hash, the
// bytes, the columns, the types, the missing values, the key.
func TestDataPackage(t *testing.T) {
	files := builtFiles(t)
	type labelled struct{ Value, Label string }
	var p struct {
		Resources []struct {
			Name, Path, Encoding, Hash string
			Bytes, Rows                int
			Licenses                   []struct{ Name, Path string }
			Schema                     struct {
				Fields []struct {
					Name, Type  string
					Constraints struct{ Minimum *float64 }
				}
				PrimaryKey    []string
				MissingValues []labelled
			}
		}
	}
	if err := json.Unmarshal(files["datapackage.json"], &p); err != nil {
		t.Fatal(err)
	}
	types := map[string]*regexp.Regexp{
		"string": regexp.MustCompile(``), "integer": regexp.MustCompile(`^-?\d+$`),
		"number": regexp.MustCompile(`^-?\d+(\.\d+)?$`), "date": regexp.MustCompile(`^\d{4}-\d\d-\d\d$`),
	}
	named, described := map[string]bool{}, map[string]bool{}
	for _, r := range p.Resources {
		data, ok := files[r.Path]
		sum := sha256.Sum256(data)
		if !ok || r.Bytes != len(data) || r.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
			t.Errorf("%s: %s has %d bytes and another hash than %s", r.Name, r.Path, len(data), r.Hash)
			continue
		}
		if named[r.Name] || len(r.Licenses) == 0 {
			t.Errorf("%s: the name stands twice, or there is no licence", r.Name)
		}
		named[r.Name], described[r.Path] = true, true
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
		if err != nil || len(rows) != r.Rows+1 {
			t.Errorf("%s: %d rows, not %d: %v", r.Name, len(rows)-1, r.Rows, err)
			continue
		}
		missing := map[string]bool{}
		for _, m := range r.Schema.MissingValues {
			missing[m.Value] = true
			if m.Label == "" {
				t.Errorf("%s: %q has no label", r.Name, m.Value)
			}
		}
		place := map[string]int{}
		for i, f := range r.Schema.Fields {
			if f.Name != rows[0][i] {
				t.Errorf("%s: column %d is %q, not %q", r.Name, i, rows[0][i], f.Name)
			}
			place[f.Name] = i
			for _, row := range rows[1:] {
				if missing[row[i]] {
					continue
				}
				if re := types[f.Type]; re == nil || !re.MatchString(row[i]) || f.Constraints.Minimum != nil && strings.HasPrefix(row[i], "-") {
					t.Errorf("%s: %q in %s is no %s", r.Name, row[i], f.Name, f.Type)
				}
			}
		}
		seen := map[string]bool{}
		for _, row := range rows[1:] {
			key := ""
			for _, name := range r.Schema.PrimaryKey {
				key += row[place[name]] + "\x00"
			}
			if seen[key] && key != "" {
				t.Errorf("%s: the key %q stands twice", r.Name, key)
			}
			seen[key] = true
		}
	}
	// Not of the package: forms, the tables as they were released once, which the log names
	// with their hashes, and the cells of office files, of which no figure is one's own.
	apart := regexp.MustCompile(`^static/|^releases/|^stats/([^/]+)/[^/]+-cells\.csv$`)
	for _, name := range paths(files, `\.csv$`) {
		if !described[name] && !apart.MatchString(name) {
			t.Errorf("%s is published and not described", name)
		}
	}

	// The archive is the same package.
	for name, data := range archived(t, files["data/all.zip"]) {
		if !bytes.Equal(data, files[name]) {
			t.Errorf("data/all.zip has another %s", name)
		}
		delete(described, name)
	}
	if len(described) > 0 {
		t.Errorf("data/all.zip lacks %v", described)
	}
}

// archived gives the files of an archive.
func archived(t *testing.T, archive []byte) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range r.File {
		entry, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(entry); err != nil {
			t.Fatal(f.Name, err)
		}
	}
	return files
}

// linkedData gives the JSON-LD of a page.
func linkedData(t *testing.T, name string, page []byte) []map[string]any {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(name, err)
	}
	var all []map[string]any
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "script" && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "type" && a.Val == "application/ld+json" }) {
			var v map[string]any
			if n.FirstChild == nil {
				t.Fatal(name, "has an empty JSON-LD")
			}
			if err := json.Unmarshal([]byte(n.FirstChild.Data), &v); err != nil {
				t.Fatal(name, err)
			}
			all = append(all, v)
		}
	}
	return all
}

// TestLinkedData parses the JSON-LD of every page and holds it against what its
// type requires.
func TestLinkedData(t *testing.T) {
	required := map[string][]string{
		"Dataset":     {"name", "description", "url", "license", "creator", "publisher", "dateModified", "isAccessibleForFree", "distribution", "variableMeasured", "includedInDataCatalog"},
		"DataCatalog": {"name", "description", "url", "license", "publisher", "dateModified", "dataset"},
	}
	files := builtFiles(t)
	const base = "https://example.org/bureau/"
	count := map[string]int{}
	for _, name := range paths(files, `\.html$`) {
		for _, v := range linkedData(t, name, files[name]) {
			kind, _ := v["@type"].(string)
			count[kind]++
			if v["@context"] != "https://schema.org/" {
				t.Errorf("%s: context %v", name, v["@context"])
			}
			for _, key := range required[kind] {
				if v[key] == nil && !(key == "variableMeasured" && strings.HasPrefix(name, "registers/")) {
					t.Errorf("%s: %s has no %s", name, kind, key)
				}
			}
			if kind != "Dataset" {
				continue
			}
			if v["url"] != base+strings.TrimSuffix(name, "index.html") {
				t.Errorf("%s: url %v", name, v["url"])
			}
			formats := map[any]bool{}
			for _, d := range v["distribution"].([]any) {
				file := d.(map[string]any)
				formats[file["encodingFormat"]] = true
				path, ok := strings.CutPrefix(file["contentUrl"].(string), base)
				if _, exists := files[path]; !ok || !exists {
					t.Errorf("%s: there is no %v", name, file["contentUrl"])
				}
			}
			if !formats["text/csv"] || !formats["application/json"] {
				t.Errorf("%s: formats %v", name, formats)
			}
		}
	}
	statistics := len(paths(files, `^stats/[^/]+/index\.html$`))
	if count["Dataset"] < statistics || statistics == 0 || count["DataCatalog"] != 1 {
		t.Errorf("%v on %d pages of statistics", count, statistics)
	}
	if v := linkedData(t, "", files["stats/three-ledgers/index.html"])[0]; v["temporalCoverage"] != "2023-01-09/2023-03-17" {
		t.Errorf("temporalCoverage %v", v["temporalCoverage"])
	}
}
