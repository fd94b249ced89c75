package bureau_test

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// closed are the closed lists, by the names of their variables.
var closed = map[string]bureau.Words{
	"Roles": bureau.Roles, "FieldTypes": bureau.FieldTypes, "Risks": bureau.Risks, "Frequencies": bureau.Frequencies, "ChartTypes": bureau.ChartTypes,
	"DerivedFormats": bureau.DerivedFormats, "EmptyMeanings": bureau.EmptyMeanings, "RowMeanings": bureau.RowMeanings, "DisclosureMethods": bureau.DisclosureMethods,
	"RevisionKinds": bureau.RevisionKinds, "Directions": bureau.Directions, "GuideStates": bureau.GuideStates, "DocumentStates": bureau.DocumentStates, "Validities": bureau.Validities, "ExplanationForms": bureau.ExplanationForms,
	"Audiences": bureau.Audiences, "GuideKinds": bureau.GuideKinds, "Channels": bureau.Channels, "TimeUnits": bureau.TimeUnits, "ColumnRoles": bureau.ColumnRoles,
	"ApprovalWords": bureau.ApprovalWords, "ClaimWords": bureau.ClaimWords, "ColumnTypes": bureau.ColumnTypes, "AreaWords": bureau.AreaWords, "RecipeKinds": bureau.RecipeKinds, "MatterStates": bureau.MatterStates, "Levels": bureau.Levels,
	"YesNo": bureau.YesNo, "RequestApplicants": bureau.RequestApplicants, "RequestResults": bureau.RequestResults,
}

// TestClosedLists holds that every closed list of the package is one of them.
func TestClosedLists(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	list := regexp.MustCompile(`(?m)^(?:var|\t)\s*(\w+)\s*=\s*(?:Words\{|areaWords\(\))`)
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list.FindAllStringSubmatch(string(source), -1) {
			if found++; closed[m[1]] == nil {
				t.Errorf("%s: %s is a closed list that no test walks", file, m[1])
			}
		}
	}
	if found != len(closed) {
		t.Errorf("%d closed lists are declared, and %d are walked", found, len(closed))
	}
}

// Each word of a closed list stands in what staff read, and in the hint that lists
// them; one that is misspelt by a letter is found, in Chinese as in English.
func TestWordsAreTold(t *testing.T) {
	docs := map[string]string{}
	for _, file := range []string{"formats.md", "formats.zh-CN.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", file))
		if err != nil {
			t.Fatal(err)
		}
		docs[file] = string(text)
	}
	for name, words := range closed {
		all := words.Hint("￥￥￥￥￥￥￥￥￥￥￥￥￥￥￥￥￥￥")
		for _, w := range words {
			for file, text := range docs {
				if !strings.Contains(text, w.ID) || file != "formats.md" && !strings.Contains(text, w.ZH) {
					t.Errorf("%s: %s does not name %s, %s", name, file, w.ID, w.ZH)
				}
			}
			if !strings.Contains(all.ZH, w.ZH) || !strings.Contains(all.ZH, w.ID) || !strings.Contains(all.EN, w.ID) {
				t.Errorf("%s: %+v does not name %s", name, all, w.ID)
			}
			for _, spelling := range []string{w.ID, w.ZH} {
				letters := []rune(spelling)
				if len(letters) < 3 {
					continue
				}
				letters[1] = '某'
				wrong := string(letters)
				hint := words.Hint(wrong)
				meant := false
				for _, other := range words { // the nearest, of which there may be several
					for _, s := range append([]string{other.ID, other.ZH}, other.Others...) {
						meant = meant || strings.Contains(hint.ZH, "“"+s+"”") && strings.Contains(hint.EN, `"`+other.ID+`"`)
					}
				}
				if !meant {
					t.Errorf("%s: of %q no word is offered: %+v", name, wrong, hint)
				}
			}
		}
	}
}

// TestWords holds that no spelling stands for two words of a list, and that every
// word can be written in Chinese.
func TestWords(t *testing.T) {
	for name, words := range closed {
		seen := map[string]string{}
		for _, w := range words {
			if w.ID == "" || w.ZH == "" {
				t.Errorf("%s: %+v", name, w)
			}
			for _, spelling := range append([]string{w.ID, w.ZH}, w.Others...) {
				if seen[spelling] != "" {
					t.Errorf("%s: %s stands for %s and %s", name, spelling, seen[spelling], w.ID)
				}
				seen[spelling] = w.ID
				if id, ok := words.Of(spelling); !ok || id != w.ID {
					t.Errorf("%s: %s is read as %q", name, spelling, id)
				}
			}
		}
		for _, text := range []string{"", " ", "不是词"} {
			if id, ok := words.Of(text); ok {
				t.Errorf("%s: %q is read as %s", name, text, id)
			}
		}
	}
	for _, w := range bureau.Frequencies {
		if f, ok := period.ParseFrequency(w.ID); !ok || f.String() != w.ID {
			t.Errorf("%s is no frequency", w.ID)
		}
	}
}

// TestWordTags holds that every tag names a list, and that every list is named.
func TestWordTags(t *testing.T) {
	named := map[string]bool{}
	var walk func(of reflect.Type)
	seen := map[reflect.Type]bool{}
	walk = func(of reflect.Type) {
		for of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer || of.Kind() == reflect.Array {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || seen[of] {
			return
		}
		seen[of] = true
		for i := range of.NumField() {
			if list := of.Field(i).Tag.Get("words"); list != "" {
				named[list] = true
				if bureau.WordLists[list] == nil {
					t.Errorf("%s.%s: there is no list %s", of.Name(), of.Field(i).Name, list)
				}
			}
			walk(of.Field(i).Type)
		}
	}
	walk(reflect.TypeFor[bureau.Bureau]())
	for list := range bureau.WordLists {
		if !named[list] {
			t.Errorf("no key takes the words of %s", list)
		}
	}
}
