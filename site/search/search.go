// Package search makes the index that a page of the site searches in: small
// scripts, of which the script of the search page (templates/search.js) adds a few
// for each query. Nothing is asked of the server but files, so that it works from
// disk as well.
//
// # What is searched
//
// The text of <main> that a reader sees, in blocks: a block is the text of one
// paragraph, cell, heading, or label of a drawing. Pages that say noindex are left
// out. A query is cut at white space into words; a page is found where every word
// stands in it, each within one block. Full width is as half width, capitals are as
// small letters, dashes and the minus sign are as a hyphen, in the query as in the
// text (Fold). A word with grouped digits, 102,460, is found as it stands and without
// the commas, and asked for in both ways.
//
// # The tree
//
// All that is kept is one sorted list of keys with values, cut into shards of about
// 6 KB. A shard is a script, named by the hash of what it holds, that calls
//
//	sunshineSearch(level, `lines`)
//
// A line is the number of characters that its key shares with that of the line
// before, as one character of the alphabet below; the rest of the key; a tab; the
// value. At level 0 stand the keys themselves. At a level above, each line is a
// shard below, with a key above all of the shard before and not above any of its
// own, and the name of the shard as its value. The script knows the name of the
// root. Where a shard ends depends on the hashes of its keys, so that a change
// renews the shards that hold it, those above them, and no other.
//
// Keys compare as UTF-16, the way of scripts. By the first letter:
//
//	e  what is found: a beginning of some suffix of a word, and the pages with it
//	l  a list of pages that several entries share, by its hash
//	p  a page, by its id: title, path, and what it belongs to
//	s  a word of the glossary, folded: the other words for it
//	t  the text of a page, by id and part: a block a tab-separated field,
//	   behind one space where it is a heading, behind two where it is the title
//
// The suffixes of all words of all distinct blocks, each cut at the shortest length
// at which at most six pages hold it, are the leaves. One that is cut at the end of
// its word has a space there, and may have any number of pages. A word that is asked
// for either begins some leaves, and then their pages are those that hold it; or a
// leaf begins it, and then that leaf's pages are those that may hold it, which their
// texts tell; or no page holds it. So the answer is exact. Where the leaves that a
// word begins would be more than a query should load, what they all begin with has
// an entry of its own, before them, with + and all pages.
//
// The value of a leaf are the ids of the pages that hold it in their text, then
// after a slash those in a heading, after another those in their title; an id may
// have a dot and the part of the text after it. Of = or + and a hash the value is
// that of the list, in the same three groups, where each id is the difference to the
// one before, in five bits a character, the lowest first, the sixth where more come. A
// short list stands there itself: it has slashes.
//
// # Pages
//
// The id of a page is made from its path, and does not change while the page stays.
// It begins with the kind, so that the order of ids is that in which results of the
// same place are listed: guides before units, statistics, notices, and the rest.
package search

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"

	"sunshine/site/bureau"
)

// Kind is what kind of page one is, in the order of the results.
type Kind uint8

// The kinds.
const (
	Guide Kind = iota
	Unit
	Statistic
	Notice
	Other
)

// Page is a page to be searched.
type Page struct {
	Path   string
	Kind   Kind
	Within string // what it belongs to, for the list of results; may be empty
	Text   Text
}

// Index is a tree of shards.
type Index struct {
	Root  string // the name of the shard at its root
	Width int    // characters of an id
	Files []bureau.File
}

// Synonym is a word with others that mean the same.
type Synonym struct {
	Word   string
	Others []string
}

// document is a page in the making.
type document struct {
	Page
	id     string
	number uint32 // the id as a number
	title  string
}

// Make makes the index of pages, whose texts were read with texts. The order of the
// pages and that in which they were read do not matter. Each file is given to keep as it is
// made, and listed as that gives it; several goroutines call it at a time. The error is that
// of keep.
func Make(texts *Texts, pages []Page, synonyms []Synonym, jobs int, keep func(bureau.File) (bureau.File, error)) (Index, error) {
	documents := make([]document, len(pages))
	for i, p := range pages {
		documents[i] = document{Page: p, title: p.Path}
		for b, class := range p.Text.blocks() {
			if class == title {
				documents[i].title = string(texts.append(nil, b))
				break
			}
		}
	}
	width := identify(documents)

	c := newCorpus(texts, documents, width, jobs)
	t := newTree(keep)
	lists, n, err := c.entries(jobs, t.take)
	if err != nil {
		return Index{}, err
	}
	var l lines
	line := func(key, value string, weight int) error {
		l.add([]byte(key), []byte(value), weight)
		if l.full() {
			return t.take(n, l.own(), true)
		}
		return nil
	}
	for _, list := range lists {
		if err := line("l"+list.key, list.value, len(list.value)); err != nil {
			return Index{}, err
		}
	}
	for _, d := range documents {
		value := d.title + "\t" + d.Path + "\t" + d.Within
		if err := line("p"+d.id, value, 2*len(value)); err != nil {
			return Index{}, err
		}
	}
	for _, s := range fold(synonyms) {
		value := strings.Join(s.Others, "\t")
		if err := line("s"+s.Word, value, len(value)); err != nil {
			return Index{}, err
		}
	}
	if err := t.take(n, l.own(), false); err != nil {
		return Index{}, err
	}
	if err := c.texts(jobs, func(i int, l lines) error { return t.take(n+1+i, l, false) }); err != nil {
		return Index{}, err
	}
	root, err := t.end(jobs)
	return Index{root, width, t.files}, err
}

// fold gives the synonyms of each word in both directions, sorted.
func fold(synonyms []Synonym) (folded []Synonym) {
	others := map[string][]string{}
	for _, s := range synonyms {
		all := append([]string{s.Word}, s.Others...)
		for _, word := range all {
			key := strings.Join(strings.Fields(Fold(word)), " ")
			if key == "" {
				continue
			}
			for _, other := range all {
				if Fold(other) != Fold(word) && !slices.Contains(others[key], other) {
					others[key] = append(others[key], other)
				}
			}
		}
	}
	for word, others := range others {
		if len(others) > 0 {
			folded = append(folded, Synonym{word, others})
		}
	}
	slices.SortFunc(folded, func(a, b Synonym) int { return compare(a.Word, b.Word) })
	return folded
}

// alphabet writes numbers; it is in the order of its characters.
const alphabet = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"

const kindBits = 3

// identify gives each document its id and sorts them by it. It gives the number of
// characters of an id.
func identify(documents []document) int {
	width, count := 3, [1 << kindBits]int{}
	for _, d := range documents {
		count[d.Kind]++
	}
	for slices.Max(count[:])*2 > 1<<(6*width-kindBits) {
		width++
	}
	slices.SortFunc(documents, func(a, b document) int { return strings.Compare(a.Path, b.Path) })
	taken := make(map[uint32]bool, len(documents))
	for i := range documents {
		d, slots := &documents[i], uint32(1)<<(6*width-kindBits)
		h := fnv.New64a()
		h.Write([]byte(d.Path))
		for slot := uint32(h.Sum64() >> 20); ; slot++ {
			d.number = uint32(d.Kind)*slots + slot%slots
			if !taken[d.number] {
				break
			}
		}
		taken[d.number] = true
		for shift := 6 * (width - 1); shift >= 0; shift -= 6 {
			d.id += string(alphabet[d.number>>shift&63])
		}
	}
	slices.SortFunc(documents, func(a, b document) int { return cmp.Compare(a.number, b.number) })
	return width
}
