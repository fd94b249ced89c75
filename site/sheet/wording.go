package sheet

import (
	"cmp"
	"slices"
	"strings"

	"sunshine/site/bureau"
)

// Wording is a text that pages in another language say in other words.
type Wording struct {
	Language string `json:"language"`
	Text     string `json:"text"`
	File     string `json:"file,omitempty"` // where it is meant so; everywhere if empty
	Old      string `json:"old"`            // empty where it was not translated
	New      string `json:"new"`            // empty where it no longer is

	Untold bool `json:"old_omitted,omitempty"`
}

// Wordings hold the translations that pages read against those that they read before:
// first what reads otherwise, then what is no longer translated, then what is new.
func Wordings(before, now []bureau.Translations) []Wording {
	type key struct{ language, text, file string }
	at := map[key]int{}
	all := []Wording{}
	of := func(list bureau.Translations, row bureau.Translation) *Wording {
		k := key{list.Language, strings.Join(strings.Fields(row.Text.V), " "), row.File.V}
		i, known := at[k]
		if !known {
			i = len(all)
			at[k] = i
			all = append(all, Wording{Language: k.language, Text: k.text, File: k.file})
		}
		return &all[i]
	}
	for _, list := range now {
		for _, row := range list.Rows {
			of(list, row).New = row.Translation.V
		}
	}
	for _, list := range before {
		for _, row := range list.Rows {
			of(list, row).Old = row.Translation.V
		}
	}
	all = slices.DeleteFunc(all, func(w Wording) bool { return w.Old == w.New })
	rank := func(w Wording) int {
		switch {
		case w.Old == "":
			return 2
		case w.New == "":
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b Wording) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Language, b.Language))
	})
	return all
}
