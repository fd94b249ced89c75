package desk

import (
	"strconv"
	"strings"
	"unicode"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/yaml"
	"sunshine/templates"
)

// forms are the structs of the kinds of file that are edited as a form of their keys.
var forms = map[bureau.Kind]any{
	bureau.SiteKind:                bureau.Site{},
	bureau.PrivacyKind:             bureau.Privacy{},
	bureau.StatisticDescriptorKind: bureau.Descriptor{},
	bureau.RegisterDescriptorKind:  bureau.RegisterDescriptor{},
	bureau.GuideKind:               bureau.Guide{},
	bureau.NoticeKind:              bureau.Notice{},
	bureau.PageKind:                bureau.Page{},
	bureau.PolicyKind:              bureau.Policy{},
}

// key is a key of a file with those below it.
type key struct {
	yaml.Key
	Name    string // the last part of its path
	Label   string
	Meaning []word
	Below   []key
}

// word is a run of an explanation; what stands in a file as it is, is code.
type word struct {
	Text string
	Code bool
}

// keysOf gives the keys of a kind of file, each with its explanation; none where it has no form.
func keysOf(kind bureau.Kind, l problem.Language) []key {
	if forms[kind] == nil {
		return nil
	}
	meanings := templates.Meanings(kind.File())
	keys, _ := below(yaml.Keys(forms[kind]), "", meanings, l)
	return keys
}

// below takes the keys under a prefix off a list.
func below(list []yaml.Key, prefix string, meanings map[string]problem.Text, l problem.Language) (keys []key, rest []yaml.Key) {
	for len(list) > 0 && strings.HasPrefix(list[0].Path, prefix) {
		k := key{Key: list[0], Name: list[0].Names[0], Label: list[0].Names[0], Meaning: words(meanings[list[0].Path].In(l))}
		if l == problem.Chinese {
			for _, name := range k.Names {
				if strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
					k.Label = name
					break
				}
			}
		}
		if len(k.Meaning) == 1 && k.Meaning[0].Text == k.Label {
			k.Meaning = nil // says nothing more
		}
		under := k.Path + "."
		if k.Several {
			under = k.Path + "[]."
		}
		k.Below, list = below(list[1:], under, meanings, l)
		keys = append(keys, k)
	}
	return keys, list
}

// words parts an explanation at its backquotes.
func words(text string) (all []word) {
	for i, part := range strings.Split(text, "`") {
		if part != "" {
			all = append(all, word{part, i%2 == 1})
		}
	}
	return all
}

// known tells whether a path is of one of the keys: steps[0].days.
func known(keys []key, path string) bool {
	name, rest, more := strings.Cut(path, ".")
	name, place, listed := strings.Cut(name, "[")
	if n, err := strconv.Atoi(strings.TrimSuffix(place, "]")); listed && (err != nil || n < 0 || n >= maxEntries || !strings.HasSuffix(place, "]")) {
		return false
	}
	for _, k := range keys {
		if k.Name == name {
			return (!listed || k.Several && k.Kind == "object") && (!more || listed == k.Several && known(k.Below, rest))
		}
	}
	return false
}

// maxEntries is how many entries a list of a form may have.
const maxEntries = 1000
