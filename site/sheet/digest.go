package sheet

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/each"
)

// Digest gives the SHA-256, lower-case hexadecimal, of everything that readers of a site
// would get. It is that of a line for each file, by path, "<sha256> <path>", after the
// line "sunshine site". Left out is what a publication adds by itself and no reader
// reads for news: ledger/ and the tables below releases/, which hold what was published
// before, and the search with its index, which are made of the other pages. The commit that pages print counts as empty, so that to commit an approval
// does not undo it; in no repository there is none, nor its line. The manifest is no file of the site here, and its list of inputs,
// its day and its signature do not count.
//
// The same content has one digest on any machine. A page says what is true on the day
// that the site is made for (so many days late), and so the digest is of that day, too.
//
// parts are the digests of the parts of the site in the same way, shortened, to tell
// where two differ: stats=0123456789ab guides=…
func Digest(files []bureau.File, commit string, jobs int) (digest, parts string) {
	sums := make([]string, len(files))
	each.Do(jobs, len(files), func(i int) error {
		sums[i] = sumOf(files[i].Bytes, commit, "")
		return nil
	})
	order := make([]int, 0, len(files))
	for i, f := range files {
		if !IsHistory(f.Path) && !bureau.IsIndex(f.Path) {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(x, y int) int { return strings.Compare(files[x].Path, files[y].Path) })
	whole := sha256.New()
	fmt.Fprintln(whole, "sunshine site")
	of := map[string]*bytes.Buffer{}
	var names []string
	for _, i := range order {
		line := sums[i] + " " + files[i].Path + "\n"
		whole.Write([]byte(line))
		part := partOf(files[i].Path)
		if of[part] == nil {
			of[part] = new(bytes.Buffer)
			names = append(names, part)
		}
		of[part].WriteString(line)
	}
	slices.Sort(names)
	for i, name := range names {
		names[i] = name + "=" + bureau.SHA256(of[name].Bytes())[:12]
	}
	return fmt.Sprintf("%x", whole.Sum(nil)), strings.Join(names, " ")
}

// sumOf is the SHA-256 of bytes with another commit in the place of the one they print.
func sumOf(data []byte, commit, other string) string {
	if commit != "" && commit != other && bytes.Contains(data, []byte(commit)) {
		data = bytes.ReplaceAll(data, []byte(commit), []byte(other))
	}
	return bureau.SHA256(data)
}

// IsHistory tells whether a file of a site holds what was published before.
func IsHistory(file string) bool {
	return strings.HasPrefix(file, bureau.LogSection.Folder()) || strings.HasPrefix(file, bureau.ReleasesSection.Folder()) && path.Ext(file) == ".csv"
}

// partOf is the part of the site that a file is of: its section, a language, or site for
// what stands at its root. The pages of staff have no folder of their own name here.
func partOf(file string) string {
	part, _, below := strings.Cut(file, "/")
	if !below {
		return "site"
	}
	if strings.ContainsAny(part, " =") {
		return "pages"
	}
	return part
}

// Differing are the parts in which two sites differ, by what Digest gave of each. What
// the site makes of all others (its lists, its downloads) is among them only where
// nothing else is.
func Differing(parts, others string) []string {
	of := func(text string) map[string]string {
		m := map[string]string{}
		for _, p := range strings.Fields(text) {
			name, sum, _ := strings.Cut(p, "=")
			m[name] = sum
		}
		return m
	}
	a, b := of(parts), of(others)
	var own, made []string
	add := func(name string) {
		switch section := bureau.Section(name); section {
		case "site", bureau.CatalogueSection, bureau.SitemapSection, bureau.FreshnessSection, bureau.ReleasesSection:
			made = append(made, name)
		default:
			own = append(own, name)
		}
	}
	for name, sum := range a {
		if b[name] != sum {
			add(name)
		}
	}
	for name := range b {
		if _, there := a[name]; !there {
			add(name)
		}
	}
	slices.Sort(own)
	slices.Sort(made)
	if len(own) == 0 {
		return made
	}
	return own
}
