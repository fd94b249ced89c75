// Package docs_test holds the documentation of what a bureau writes against
// the structs that it is read into.
package docs_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/yaml"
)

func TestEveryKeyIsDocumented(t *testing.T) {
	sections := []struct {
		heading string
		keys    []yaml.Key
	}{
		{"## data/site.yaml", yaml.Keys(bureau.Site{})},
		{"## data/privacy.yaml", yaml.Keys(bureau.Privacy{})},
		{"## data/stats/&lt;", yaml.Keys(bureau.Descriptor{})},
		{"## data/registers/", yaml.Keys(bureau.RegisterDescriptor{})},
		{"## data/guides/", yaml.Keys(bureau.Guide{})},
		{"## data/notices/", yaml.Keys(bureau.Notice{})},
		{"## data/pages/", yaml.Keys(bureau.Page{})},
	}
	for _, file := range []string{"formats.md", "formats.zh-CN.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// The rows of each section, by key, and its other names.
		rows := map[string]map[string]string{}
		heading := ""
		for line := range strings.Lines(string(text)) {
			for _, s := range sections {
				if strings.HasPrefix(line, s.heading) {
					heading = s.heading
				}
			}
			cells := strings.Split(line, " | ")
			if key, ok := strings.CutPrefix(cells[0], "| `"); ok && len(cells) == 4 && !strings.HasPrefix(key, "[") {
				if rows[heading] == nil {
					rows[heading] = map[string]string{}
				}
				rows[heading][strings.TrimSuffix(key, "`")] = cells[1]
			}
		}
		for _, s := range sections {
			for _, key := range s.keys {
				others, ok := rows[s.heading][key.Path]
				if !ok {
					t.Errorf("%s: nothing about %s under %q", file, key.Path, s.heading)
				} else if want := strings.Join(key.Names[1:], " "); others != want {
					t.Errorf("%s: %s has the other names %q, not %q", file, key.Path, want, others)
				}
				delete(rows[s.heading], key.Path)
			}
			for key := range rows[s.heading] {
				t.Errorf("%s: there is no key %s under %q", file, key, s.heading)
			}
		}
	}
}

// TestEveryColumnIsDocumented holds the tables of the lists against the columns
// that they are read from.
func TestEveryColumnIsDocumented(t *testing.T) {
	for _, file := range []string{"formats.md", "formats.zh-CN.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, list := range []struct {
			heading string
			row     reflect.Type
		}{
			{"## data/revisions.csv", reflect.TypeFor[bureau.Revision]()},
			{"## data/units.csv", reflect.TypeFor[bureau.Unit]()},
			{"## data/targets.csv", reflect.TypeFor[bureau.Target]()},
		} {
			_, section, _ := strings.Cut(string(text), list.heading)
			section, _, _ = strings.Cut(section, "\n## ")
			var want []string
			for field := range list.row.Fields() {
				names := strings.Split(field.Tag.Get("csv"), ",")
				want = append(want, names[0]+" "+names[1])
			}
			var got []string
			for line := range strings.Lines(section) {
				if cells := strings.Split(line, " | "); strings.HasPrefix(line, "| `") && len(cells) == 3 {
					got = append(got, strings.Trim(cells[0], "| `")+" "+cells[1])
				}
			}
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("%s documents the columns of %s\n%s\nwant\n%s", file, list.heading, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
}

// TestEveryWordIsDocumented holds the words that keys take against those that are
// read, in every spelling.
func TestEveryWordIsDocumented(t *testing.T) {
	for _, file := range []string{"formats.md", "formats.zh-CN.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, of := range []any{bureau.Descriptor{}, bureau.RegisterDescriptor{}, bureau.Guide{}} {
			for _, key := range yaml.Keys(of) {
				if key.Words == nil {
					continue
				}
				line := "- `" + key.Path + "`:"
				for _, w := range key.Words {
					line += " `" + w.ID + "` " + strings.Join(append([]string{w.ZH}, w.Others...), " ") + ";"
				}
				if !strings.Contains(string(text), strings.TrimSuffix(line, ";")+"\n") {
					t.Errorf("%s: there is no line\n%s", file, strings.TrimSuffix(line, ";"))
				}
			}
		}
	}
}
