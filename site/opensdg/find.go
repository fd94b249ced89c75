package opensdg

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/folder"
	"sunshine/site/problem"
	"sunshine/site/text"
	"sunshine/site/yaml"
)

const (
	maxFiles = 50_000    // looked at in a folder
	maxDepth = 8         // folders in each other
	maxTable = 512 << 20 // bytes of a table
)

// sources are the files of a folder that are read, by what they are for.
type sources struct {
	tables map[string]string   // by indicator
	meta   map[string][]string // by indicator, the one that counts most last
	words  map[string][]string // by language
	config []string            // of the site and of its data
	other  []string            // which are known and not read
}

// ids are the indicators, in the order of their numbers.
func (s sources) ids() []string {
	all := map[string]bool{}
	for id := range s.tables {
		all[id] = true
	}
	for id := range s.meta {
		all[id] = true
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		x, y := strings.Split(a, "-"), strings.Split(b, "-")
		for i := range min(len(x), len(y)) {
			m, wrongM := strconv.Atoi(x[i])
			n, wrongN := strconv.Atoi(y[i])
			if wrongM == nil && wrongN == nil && m != n {
				return m - n
			}
			if c := strings.Compare(x[i], y[i]); c != 0 {
				return c
			}
		}
		return len(x) - len(y)
	})
}

var (
	tableName  = regexp.MustCompile(`(?i)^(?:indicator[_-])?((?:archived-)?[0-9]+[-.][0-9a-z]+[-.][0-9a-z]+(?:[-_.][0-9a-z]+)*)\.csv$`)
	metaName   = regexp.MustCompile(`(?i)^(?:indicator[_-])?((?:archived-)?[0-9]+[-.][0-9a-z]+[-.][0-9a-z]+(?:[-_.][0-9a-z]+)*)\.(?:md|ya?ml)$`)
	metaSheet  = regexp.MustCompile(`(?i)^(?:indicator[_-])?(?:archived-)?[0-9]+[-.][0-9a-z]+[-.][0-9a-z]+(?:[-_.][0-9a-z]+)*\.(?:xlsx?|csv)$`)
	configName = regexp.MustCompile(`(?i)^_?(?:site_config|config_data|config|config_site|data_config)\.ya?ml$`)
	isLanguage = regexp.MustCompile(`^[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?$`)
)

// passedOver are folders that hold what was built or fetched.
var passedOver = []string{"_site", "_build", "node_modules", "vendor", "public", "scripts", "tests"}

// find looks through the folder.
func (r *reading) find() (sources, error) {
	s := sources{tables: map[string]string{}, meta: map[string][]string{}, words: map[string][]string{}}
	seen := 0
	var tables, metas []string
	err := fs.WalkDir(r.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if name == "." {
				return err
			}
			r.left(name, folder.Problem(name, 0, err).Message)
			return nil
		}
		base := path.Base(name)
		if d.IsDir() {
			switch {
			case name == ".":
			case strings.HasPrefix(base, ".") || slices.Contains(passedOver, base):
				return fs.SkipDir
			case strings.Count(name, "/") >= maxDepth:
				r.left(name, problem.Say("目录套目录超过%d层，里面的没有读", "the folder stands below more than %d others and was not read", maxDepth))
				return fs.SkipDir
			}
			return nil
		}
		if seen++; seen > maxFiles {
			r.left(name, problem.Say("目录里的文件超过%d个，从这里起没有读", "the folder has more than %d files; from here on none was read", maxFiles))
			return fs.SkipAll
		}
		in := func(folder string) bool {
			return slices.ContainsFunc(strings.Split(path.Dir(name), "/"), func(part string) bool { return strings.Contains(strings.ToLower(part), folder) })
		}
		switch {
		case in("translation"):
			if ext := strings.ToLower(path.Ext(name)); ext == ".yml" || ext == ".yaml" {
				language := path.Base(path.Dir(name))
				if !isLanguage.MatchString(language) {
					language = strings.TrimSuffix(base, path.Ext(base))
				}
				s.words[language] = append(s.words[language], name)
			}
		case configName.MatchString(base):
			s.config = append(s.config, name)
		case in("meta") && metaSheet.MatchString(base):
			s.other = append(s.other, name)
		case tableName.MatchString(base):
			tables = append(tables, name)
		case metaName.MatchString(base) && (in("meta") || in("indicator") || path.Dir(name) == "."):
			metas = append(metas, name)
		}
		return nil
	})
	if err != nil {
		return s, err
	}
	// What stands nearer to the top counts; of what is said, what is said in meta.
	slices.SortStableFunc(tables, func(a, b string) int { return strings.Count(a, "/") - strings.Count(b, "/") })
	for _, name := range tables {
		id := idOf(tableName, name)
		if first, twice := s.tables[id]; twice {
			r.left(name, problem.Say("同一指标已有 %s", "the same indicator stands in %s", first))
			continue
		}
		s.tables[id] = name
	}
	rank := func(name string) int {
		switch dir := strings.ToLower(path.Dir(name)); {
		case isLanguage.MatchString(path.Base(dir)) && path.Dir(dir) != ".":
			return -1 // meta/es
		case strings.Contains(dir, "global"):
			return 0
		case strings.Contains(dir, "config"):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(metas, func(a, b string) int { return rank(a) - rank(b) })
	for _, name := range metas {
		if rank(name) < 0 {
			language := path.Base(path.Dir(name))
			s.words["meta "+language] = append(s.words["meta "+language], name)
			continue
		}
		id := idOf(metaName, name)
		s.meta[id] = append(s.meta[id], name)
	}
	for _, name := range s.other {
		r.left(name, problem.Say("写在Excel或CSV里的指标说明不能搬，请照着填进说明文件", "metadata in Excel or CSV are not moved; write them into the descriptor"))
	}
	return s, nil
}

// idOf gives the indicator that a file is of: 16-1-1.
func idOf(name *regexp.Regexp, file string) string {
	return text.Slug(strings.ReplaceAll(name.FindStringSubmatch(path.Base(file))[1], ".", "-"))
}

// yaml reads a file of keys; the front matter where it is Markdown, whose text below
// is the key "" then.
func (r *reading) yaml(name string) map[string]string {
	source, err := folder.Read(r.fsys, name, yaml.MaxSize)
	if err != nil {
		r.left(name, folder.Problem(name, yaml.MaxSize, err).Message)
		return nil
	}
	plain, _, wrong := text.Decode(source, "")
	if wrong != nil {
		r.left(name, wrong.Message)
		return nil
	}
	body := ""
	if strings.EqualFold(path.Ext(name), ".md") {
		front := strings.TrimPrefix(strings.ReplaceAll(string(plain), "\r\n", "\n"), "\ufeff")
		rest, fenced := strings.CutPrefix(front, "---\n")
		keys, below, closed := strings.Cut(rest, "\n---")
		if !fenced || !closed {
			r.left(name, problem.Say("开头没有键值部分", "it has no front matter"))
			return nil
		}
		plain, body = []byte(keys), strings.TrimSpace(strings.TrimLeft(below, "-"))
	}
	keys, fault := yaml.Foreign(plain)
	if fault != nil {
		r.left(name, fault.Message)
		return nil
	}
	if keys == nil {
		keys = map[string]string{}
	}
	if body != "" {
		keys[""] = body
	}
	return keys
}
