package opensdg

import (
	"cmp"
	"html"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sunshine/site/period"
	"sunshine/site/problem"
)

func itoa(n int) string { return strconv.Itoa(n) }

// configure reads what the folder says of its site, and the words of its languages.
func (r *reading) configure() {
	keys := map[string]string{}
	for _, name := range r.files.config {
		for key, value := range r.yaml(name) {
			if value != "" && keys[key] == "" {
				keys[key] = value
			}
		}
	}
	first := func(names ...string) string {
		for _, name := range names {
			if v := keys[name]; v != "" {
				return v
			}
		}
		return ""
	}
	r.translations = map[string]map[string]string{}
	for _, language := range slices.Sorted(maps.Keys(r.files.words)) {
		short, _, _ := strings.Cut(strings.ReplaceAll(language, "_", "-"), "-")
		if strings.HasPrefix(language, "meta ") {
			continue
		}
		for _, name := range r.files.words[language] {
			group := strings.TrimSuffix(path.Base(name), path.Ext(name))
			for key, value := range r.yaml(name) {
				whole := group + "." + key
				if group == language {
					whole = key
				}
				if r.translations[short] == nil {
					r.translations[short] = map[string]string{}
				}
				if value != "" {
					r.translations[short][whole] = value
				}
			}
		}
	}
	var languages []string
	for i := 0; keys["languages."+itoa(i)] != ""; i++ {
		short, _, _ := strings.Cut(strings.ReplaceAll(keys["languages."+itoa(i)], "_", "-"), "-")
		languages = append(languages, short)
	}
	r.settings.Language = r.Language
	if r.Language == "" {
		r.settings.Language = problem.English
		if slices.Contains(languages, string(problem.Chinese)) {
			r.settings.Language = problem.Chinese
		}
	}
	title := first("title", "site_title", "branding")
	r.settings.Title = r.translate(title)
	if r.settings.Language == problem.Chinese {
		if en := r.translations[string(problem.English)][title]; en != "" && en != r.settings.Title {
			r.settings.English = en
		}
	}
	r.settings.Organization = r.translate(first("organization", "organisation", "contact.organization", "contact.organisation"))
	r.settings.Place = r.translate(first("country.name", "country"))
	for _, l := range languages {
		if l != string(r.settings.Language) {
			r.settings.Foreign = append(r.settings.Foreign, l)
		}
	}
}

// elsewhere says what of other languages has no place.
func (r *reading) elsewhere(all map[string]map[string]string) {
	for _, language := range slices.Sorted(maps.Keys(r.translations)) {
		if language != string(r.settings.Language) && len(r.translations[language]) > 0 {
			r.left("translations/"+language, problem.Say("统计的标题和列名只用一种语言，“%s”的词句没有地方放", "titles and columns of statistics have one language; the words of \"%s\" have no place", language))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(r.files.words)) {
		language, isMeta := strings.CutPrefix(key, "meta ")
		if !isMeta || language == string(r.settings.Language) {
			continue
		}
		for _, name := range r.files.words[key] {
			r.left(name, problem.Say("统计的说明只用一种语言，“%s”的没有地方放", "what is said of a statistic is in one language; \"%s\" has no place", language))
		}
	}
}

var translationKey = regexp.MustCompile(`^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+$`)

// translate gives the words of a text that is the key of some: global_indicators.1-1-1-title.
func (r *reading) translate(text string) string {
	text = strings.TrimSpace(text)
	for _, language := range []string{string(r.settings.Language), string(problem.English)} {
		for _, key := range []string{text, "data." + text} {
			if words := r.translations[language][key]; words != "" {
				return strings.TrimSpace(words)
			}
		}
	}
	return text
}

// unresolved tells whether a text is still the key of words that are not here.
func unresolved(text string) bool {
	return translationKey.MatchString(text) && strings.Contains(text, "_") && !strings.Contains(text, " ")
}

// metadata reads all that is said of an indicator, each text in words.
func (r *reading) metadata(id string) map[string]string {
	keys := map[string]string{}
	files := slices.Clone(r.files.meta[id])
	for _, name := range r.files.words["meta "+string(r.settings.Language)] {
		if idOf(metaName, name) == id {
			files = append(files, name)
		}
	}
	for _, name := range files {
		for key, value := range r.yaml(name) {
			if value = r.translate(value); value != "" {
				keys[key] = value
			}
		}
	}
	for key, value := range keys {
		if unresolved(value) && !strings.Contains(key, "url") {
			delete(keys, key)
		}
	}
	return keys
}

var (
	tag       = regexp.MustCompile(`<[^<>]{1,500}>`)
	heading   = regexp.MustCompile(`(?m)^#{1,6}\s*(.*?)[:：]?\s*#*\s*$`)
	numbering = regexp.MustCompile(`(?i)^(?:indicator\s+)?[0-9]+\.[0-9a-z]+\.[0-9a-z]+[:.]?\s+`)
	manyLines = regexp.MustCompile(`\n{3,}`)
	contact   = regexp.MustCompile(`(?i)(?:mailto:)?[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}`)
)

// prose gives a text of theirs as Markdown of ours: no HTML, no headings of its own,
// no addresses of persons.
func prose(text string) string {
	text = html.UnescapeString(tag.ReplaceAllString(text, ""))
	text = heading.ReplaceAllString(text, "**$1**")
	text = strings.ReplaceAll(text, "****", "")
	text = contact.ReplaceAllString(text, "")
	var lines []string
	for _, line := range strings.Split(strings.ReplaceAll(text, "\t", " "), "\n") {
		lines = append(lines, strings.TrimSpace(strings.Map(printable, line)))
	}
	return strings.TrimSpace(manyLines.ReplaceAllString(strings.Join(lines, "\n"), "\n\n"))
}

// printable drops control characters and what else nobody sees.
func printable(r rune) rune {
	if r < ' ' || 0x7f <= r && r < 0xa0 || r == '\ufeff' || 0x200b <= r && r <= 0x200f || 0x2028 <= r && r <= 0x202e {
		return -1
	}
	return r
}

// oneLine gives a text as a line.
func oneLine(text string) string { return strings.Join(strings.Fields(prose(text)), " ") }

// plain gives a text as a line without the signs of Markdown.
func plain(text string) string { return strings.NewReplacer("**", "", "__", "").Replace(oneLine(text)) }

// moved are the keys of metadata that are read; of others the report tells.
var moved = map[string]bool{}

func init() {
	for key := range strings.FieldsSeq("graph_title indicator_available indicator_name indicator_number indicator SDG_INDICATOR indicator_description national_indicator_description data_non_statistical reporting_status published computation_units UNIT_MEASURE national_geographical_coverage computation_definitions STAT_CONC_DEF computation_calculations DATA_COMP COMPARABILITY COVERAGE comments_limitations REC_USE_LIM other_info data_footnote data_footnotes footnote OTHER_DOC un_custodian_agency SDG_CUSTODIAN_AGENCIES un_designated_tier DATA_SOURCE SOURCE_TYPE CONTACT_ORGANISATION COMPILING_ORG graph_type indicator_sort_order indicator_definition sdg_goal target_name target_id SDG_GOAL SDG_TARGET data_keywords layout goal_meta_link goal_meta_link_text archived") {
		moved[key] = true
	}
}

// untitled begins the title of an indicator of which nothing says what it is called.
const untitled = "Indicator "

// title gives what an indicator is called.
func title(id string, meta map[string]string) string {
	for _, key := range []string{"graph_title", "indicator_available", "indicator_name", "SDG_INDICATOR"} {
		if text := numbering.ReplaceAllString(oneLine(meta[key]), ""); text != "" && !unresolved(text) {
			return text
		}
	}
	return untitled + strings.ReplaceAll(strings.TrimPrefix(id, "archived-"), "-", ".")
}

// source is where figures are from.
type source struct{ title, author, issued, path string }

// sourcesOf reads the sources of an indicator.
func (r *reading) sourcesOf(id string, meta map[string]string) []source {
	var found []source
	for n := 1; n <= 20; n++ {
		at := func(key string) string { return oneLine(meta["source_"+key+"_"+itoa(n)]) }
		organisation, text := at("organisation"), at("url_text")
		if organisation == "" && text == "" || strings.EqualFold(at("active"), "false") {
			continue
		}
		s := source{title: cmp.Or(text, organisation), author: organisation, path: address(meta["source_url_"+itoa(n)])}
		if fileLike.MatchString(s.title) && organisation != "" {
			s.title = organisation
		}
		if date := at("release_date"); date != "" {
			if day, ok := dayOf(date); !ok {
				r.confirm(r.about(id), problem.Say("来源“%s”的日期“%s”有两种读法或者读不出，没有搬；请补 issued（日期）", "the date of the source \"%s\", \"%s\", has two readings or none and is not moved; add issued", problem.Quote(s.title), problem.Quote(date)))
			} else if day <= r.Today {
				s.issued = day.String()
			}
		}
		found = append(found, s)
	}
	if len(found) == 0 {
		for _, key := range []string{"DATA_SOURCE", "SOURCE_TYPE"} {
			if text := oneLine(meta[key]); text != "" && len(text) <= 300 {
				return []source{{title: text, author: oneLine(meta["COMPILING_ORG"])}}
			}
		}
	}
	return found
}

var fileLike = regexp.MustCompile(`(?i)^(?:\S*\.(?:csv|xlsx?|ods|pdf|html?|zip)|[0-9a-f_-]{12,}|https?://\S+)$`)

// address gives an address of the web, or nothing.
func address(text string) string {
	text = strings.TrimSpace(text)
	if (strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")) && !strings.ContainsAny(text, " \n\"<>") {
		return text
	}
	return ""
}

// dayOf reads a date of theirs that has one reading.
func dayOf(text string) (period.Date, bool) {
	if day, ok := period.ParseDate(text); ok {
		return day, true
	}
	for _, layout := range []string{"2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return period.NewDate(t.Date()), true
		}
	}
	if m := slashed.FindStringSubmatch(text); m != nil {
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[2])
		switch {
		case a > 12 && b <= 12, a == b:
			return period.ParseDate(m[3] + "-" + two(b) + "-" + two(a))
		case b > 12 && a <= 12:
			return period.ParseDate(m[3] + "-" + two(a) + "-" + two(b))
		}
	}
	return 0, false
}

var slashed = regexp.MustCompile(`^([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})$`)

func two(n int) string {
	if n < 10 {
		return "0" + itoa(n)
	}
	return itoa(n)
}

// about gives the file that says most of an indicator: its table, or what is said of it.
func (r *reading) about(id string) string {
	if file := r.files.tables[id]; file != "" {
		return file
	}
	return r.files.meta[id][len(r.files.meta[id])-1]
}
