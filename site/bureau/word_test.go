package bureau_test

import (
	"reflect"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// TestWords holds that no spelling stands for two words of a list, and that every
// word can be written in Chinese.
func TestWords(t *testing.T) {
	lists := map[string]bureau.Words{"direction": bureau.Directions}
	for name, words := range bureau.WordLists {
		lists[name] = words
	}
	for name, words := range lists {
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
