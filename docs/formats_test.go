// Package docs_test holds the documentation of what a bureau writes against
// the structs that it is read into.
package docs_test

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/problem"
	"sunshine/site/yaml"
	"sunshine/templates"
)

// keyed are the kinds of file that have keys.
var keyed = map[bureau.Kind][]yaml.Key{
	bureau.SiteKind:                yaml.Keys(bureau.Site{}),
	bureau.PrivacyKind:             yaml.Keys(bureau.Privacy{}),
	bureau.StatisticDescriptorKind: yaml.Keys(bureau.Descriptor{}),
	bureau.RecipeKind:              yaml.Keys(bureau.Recipe{}),
	bureau.RegisterDescriptorKind:  yaml.Keys(bureau.RegisterDescriptor{}),
	bureau.GuideKind:               yaml.Keys(bureau.Guide{}),
	bureau.NoticeKind:              yaml.Keys(bureau.Notice{}),
	bureau.AnnualKind:              annualKeys(),
	bureau.PolicyKind:              yaml.Keys(bureau.Policy{}),
	bureau.PageKind:                yaml.Keys(bureau.Page{}),
}

// listed are the kinds of file that have columns of their own; those of the lists
// of suggestions are described in words.
var listed = map[bureau.Kind]reflect.Type{
	bureau.AnswersKind:      reflect.TypeFor[bureau.Answer](),
	bureau.TranslationsKind: reflect.TypeFor[bureau.Translation](),
	bureau.ApprovalsKind:    reflect.TypeFor[bureau.Approval](),
	bureau.AddressesKind:    reflect.TypeFor[bureau.Move](),
	bureau.RevisionsKind:    reflect.TypeFor[bureau.Revision](),
	bureau.UnitsKind:        reflect.TypeFor[bureau.Unit](),
	bureau.TargetsKind:      reflect.TypeFor[bureau.Target](),
}

// annualRow is a row of a table of an annual report; those of one table have the same keys.
var annualRow = regexp.MustCompile(`^(disclosed\.(rules|normative)|requests\.(new|carried_in|carried_out|results\.(granted|partial|total|(refused|unavailable|unprocessed|otherwise)\.\w+))|review\.(reconsideration|litigation\.\w+))\.`)

// annualKeys are the keys of an annual report, with those of the first row for all rows
// of a table, and the rest of the first block for all blocks.
func annualKeys() []yaml.Key {
	return slices.DeleteFunc(yaml.Keys(bureau.Annual{}), func(k yaml.Key) bool {
		row := annualRow.FindString(k.Path)
		return row != "" && row != "disclosed.rules." && row != "requests.new." && row != "review.reconsideration." ||
			strings.HasSuffix(k.Path, ".rest") && k.Path != "disclosed.rest"
	})
}

// sectionOf finds the heading of the section about a kind of file in a page: its
// path, in which any name may stand for a *.
func sectionOf(text string, k bureau.Kind) string {
	pattern := regexp.QuoteMeta(k.File())
	pattern = strings.ReplaceAll(pattern, regexp.QuoteMeta("*"), "[^/\n]+?")
	return regexp.MustCompile("(?m)^## " + pattern + "(?: .*)?$").FindString(text)
}

// TestEveryKindIsDocumented holds that each kind of file has its section in both
// pages, and that no kind is without its keys or columns in the tests below.
func TestEveryKindIsDocumented(t *testing.T) {
	for k := bureau.UnknownKind + 1; k < bureau.EndOfKinds; k++ {
		switch {
		case k == bureau.StaticKind: // taken as it is
			continue
		case k == bureau.HeadKind: // no keys and no columns
		case k.IsText() && keyed[k] == nil:
			t.Errorf("the keys of %s are held against nothing", k.File())
		case !k.IsText() && strings.Count(k.File(), "*") == 0 && listed[k] == nil:
			t.Errorf("the columns of %s are held against nothing", k.File())
		}
		for _, file := range []string{"formats.md", "formats.zh-CN.md"} {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if sectionOf(string(text), k) == "" {
				t.Errorf("%s has no section about %s", file, k.File())
			}
		}
	}
}

// TestEveryChartIsNamed holds the lists of charts that staff read against the
// charts that there are.
func TestEveryChartIsNamed(t *testing.T) {
	for file, begins := range map[string]string{
		"formats.md": "| `charts[].type`", "formats.zh-CN.md": "| `charts[].type`",
		"../templates/new/statistic.yaml": "# 图表：", "../templates/init/data/stats/window-services.yaml": "# bar ",
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, list, _ := strings.Cut("\n"+string(text), "\n"+begins)
		list, _, _ = strings.Cut(list, "\n")
		for _, w := range bureau.ChartTypes {
			if !slices.Contains(strings.FieldsFunc(begins+list, func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') }), w.ID) {
				t.Errorf("%s: the list of charts lacks %s", file, w.ID)
			}
		}
	}
}

// meant gives a line of a page with the meaning of the key that it is about.
func meant(line, page string, meanings map[string]problem.Text) string {
	cells := strings.Split(strings.TrimSuffix(line, " |\n"), " | ")
	key, ok := strings.CutPrefix(cells[0], "| `")
	meaning, known := meanings[strings.TrimSuffix(key, "`")]
	if !ok || !known || len(cells) != 4 {
		return line
	}
	cells[3] = meaning.EN
	if strings.Contains(page, ".zh-CN.") {
		cells[3] = meaning.ZH
	}
	return strings.Join(cells, " | ") + " |\n"
}

func TestEveryKeyIsDocumented(t *testing.T) {
	for _, file := range []string{"formats.md", "formats.zh-CN.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// The rows of each section, by key, and its other names.
		rows := map[string]map[string]string{}
		heading := ""
		meanings := map[string]string{} // the file of its kind, by heading
		for k := range keyed {
			meanings[sectionOf(string(text), k)] = k.File()
		}
		var drawn strings.Builder
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "## ") {
				heading = strings.TrimSpace(line)
			}
			drawn.WriteString(meant(line, file, templates.Meanings(meanings[heading])))
			cells := strings.Split(line, " | ")
			if key, ok := strings.CutPrefix(cells[0], "| `"); ok && len(cells) == 4 && !strings.HasPrefix(key, "[") {
				if rows[heading] == nil {
					rows[heading] = map[string]string{}
				}
				rows[heading][strings.TrimSuffix(key, "`")] = cells[1]
			}
		}
		for k, keys := range keyed {
			heading := sectionOf(string(text), k)
			for _, key := range keys {
				others, ok := rows[heading][key.Path]
				if !ok {
					t.Errorf("%s: nothing about %s under %q", file, key.Path, heading)
				} else if want := strings.Join(key.Names[1:], " "); others != want {
					t.Errorf("%s: %s has the other names %q, not %q", file, key.Path, want, others)
				}
				delete(rows[heading], key.Path)
			}
			for key := range rows[heading] {
				t.Errorf("%s: there is no key %s under %q", file, key, heading)
			}
			if got, want := len(templates.Meanings(k.File())), len(keys); got != want {
				t.Errorf("templates/keys.csv says of %d keys of %s what they mean, not of %d", got, k.File(), want)
			}
		}
		switch {
		case drawn.String() == string(text):
		case *update:
			if err := os.WriteFile(file, []byte(drawn.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("%s does not say what templates/keys.csv says of the keys; go test ./docs -update writes it anew, then read the diff:\n%s", file, differing(string(text), drawn.String()))
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
		for k, row := range listed {
			_, section, _ := strings.Cut(string(text), sectionOf(string(text), k))
			section, _, _ = strings.Cut(section, "\n## ")
			var want []string
			for field := range row.Fields() {
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
				t.Errorf("%s documents the columns of %s\n%s\nwant\n%s", file, k.File(), strings.Join(got, "\n"), strings.Join(want, "\n"))
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

// TestEveryMeasureIsDocumented holds what the site computes of its own lists against
// both pages: each by its two names and its unit, in the table of its kind.
func TestEveryMeasureIsDocumented(t *testing.T) {
	for _, file := range []string{"formats.md", "formats.zh-CN.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for begins, measures := range map[string][]figures.OwnMeasure{
			"\n`@suggestions`": figures.SuggestionMeasures, "\n`@guides`": figures.GuideMeasures, "\n`@registers/<": figures.RegisterMeasures,
		} {
			_, table, _ := strings.Cut(string(text), begins)
			_, table, _ = strings.Cut(table, "\n| --- | --- | --- | --- |\n")
			table, _, _ = strings.Cut(table, "\n\n")
			var got, want []string
			for line := range strings.Lines(table) {
				got = append(got, strings.Join(strings.Split(line, " | ")[:3], " | "))
			}
			for _, m := range measures {
				want = append(want, "| `"+m.ID+"` | "+m.ZH+" | "+m.Unit)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s under %s:\n%q\nwant\n%q", file, begins, got, want)
			}
		}
		for _, w := range bureau.ClaimWords {
			if !strings.Contains(string(text), "`"+w.ID+"`") || !strings.Contains(string(text), w.ZH) {
				t.Errorf("%s does not tell of %s %s", file, w.ID, w.ZH)
			}
		}
	}
}
