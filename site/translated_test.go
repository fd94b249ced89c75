package site_test

import (
	"archive/zip"
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// arabic is a catalogue from right to left, with six plural forms, that is made from the
// English one.
func arabic(t *testing.T) string {
	t.Helper()
	catalogue, messages := messagesOf(t, "en")
	catalogue["language"] = map[string]any{"name": "العربية", "tag": "ar", "direction": "rtl", "names": map[string]string{"zh": "الصينية", "en": "الإنجليزية"}}
	for key, message := range messages {
		if forms, several := message.(map[string]any); several {
			for _, form := range []string{"zero", "one", "two", "few", "many"} {
				forms[form] = forms["other"]
			}
			messages[key] = forms
		}
	}
	data, err := json.Marshal(catalogue)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// languageFiles are those of the bureau of testdata/languages.txtar.
func languageFiles(t *testing.T) map[string]string {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", "languages.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range a.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// translated builds a bureau of some files in its languages, and gives the pages by path
// and what is said of the translations.
func translated(t *testing.T, files map[string]string) (pages map[string]string, said []string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
	}
	putFile(t, filepath.Join(dir, "templates", "messages.ar.json"), arabic(t))
	o := options(dir, "")
	o.AsOf = period.NewDate(2026, 3, 1)
	made, problems, err := site.Make(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if a := p.Rule.Area(); a != "freshness" && a != "footer" && a != "placeholder" {
			said = append(said, p.Position.String()+" "+p.Severity.String()+" "+p.Rule.String()+" "+p.Message.EN)
		}
	}
	pages = map[string]string{}
	for _, f := range made.Files {
		pages[f.Path] = string(f.Bytes)
	}
	return pages, said
}

// spoken is the text of a page's main part: in a table, in the language of the site's main
// one as it is marked, and the rest.
type spoken struct{ tables, marked, rest []string }

func spokenIn(t *testing.T, page string) (s spoken) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(n *html.Node, main, table, marked bool)
	walk = func(n *html.Node, main, table, marked bool) {
		if n.Type == html.ElementNode {
			main, table = main || n.Data == "main", table || n.Data == "table"
			for _, a := range n.Attr {
				if a.Key == "lang" && n.Data != "html" {
					marked = a.Val == "zh-CN"
				}
			}
			if n.Data == "script" || n.Data == "style" {
				return
			}
		}
		if text := strings.TrimSpace(n.Data); n.Type == html.TextNode && main && text != "" {
			switch {
			case table:
				s.tables = append(s.tables, text)
			case marked:
				s.marked = append(s.marked, text)
			default:
				s.rest = append(s.rest, text)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, main, table, marked)
		}
	}
	walk(root, false, false, false)
	return s
}

// chinese counts the Chinese letters of some texts, and all of their letters.
func chinese(texts []string) (han, all int) {
	for _, text := range texts {
		for _, r := range text {
			if unicode.IsLetter(r) {
				all++
			}
			if unicode.Is(unicode.Han, r) {
				han++
			}
		}
	}
	return han, all
}

// leads holds that every link of the pages in English leads somewhere.
func leads(t *testing.T, pages map[string]string) {
	t.Helper()
	for name, page := range pages {
		if !strings.HasPrefix(name, "en/") || !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, m := range hyperlink.FindAllStringSubmatch(page, -1) {
			target, fragment, _ := strings.Cut(html.UnescapeString(m[1]), "#")
			if strings.Contains(target, ":") {
				continue
			}
			to := name
			if target, _ = url.PathUnescape(target); target != "" {
				to = path.Join(path.Dir(name), target)
			}
			if there, found := pages[to]; !found {
				t.Errorf("%s leads to %s, which is not there", name, to)
			} else if fragment, _ = url.PathUnescape(fragment); fragment != "" && !strings.Contains(there, `id="`+fragment+`"`) && !strings.Contains(there, "id="+fragment) {
				t.Errorf("%s leads to %s#%s, which is not there", name, to, fragment)
			}
		}
	}
}

var hyperlink = regexp.MustCompile(`(?:href|src)="([^"]*)"`)

// TestLanguages holds that statistics, units, registers and notices have pages in every
// language of a site: wholly translated, they say nothing in the main language; the figures,
// their verdicts and the ids of rows are the same in all; every page leads to itself in the
// others; every link of a page leads somewhere.
func TestLanguages(t *testing.T) {
	pages, said := translated(t, languageFiles(t))
	begins(t, said, "data/translations/ar.csv:1 warning translation/missing texts without a translation: 51, in 7 files")

	for _, bare := range []string{"index.html", "stats/index.html", "stats/cases/index.html", "stats/visits/index.html", "units/index.html", "units/ck/index.html", "targets/index.html", "registers/promises/index.html", "notices/index.html"} {
		main, english, right := pages[bare], pages["en/"+bare], pages["ar/"+bare]
		if english == "" || right == "" {
			t.Errorf("%s is not in all languages", bare)
			continue
		}
		if !strings.Contains(right, `<html lang="ar" dir="rtl">`) {
			t.Errorf("ar/%s is not from right to left", bare)
		}
		s := spokenIn(t, english)
		s.marked = slices.DeleteFunc(s.marked, func(text string) bool { // but for the notice, and the ids of rows in addresses
			return text == "中文" || text == "窗口延时服务公告" || strings.Contains(english, "-"+`<span lang="zh-CN">`+text+"</span>")
		})
		if han, _ := chinese(slices.Concat(s.tables, s.marked, s.rest)); han > 0 {
			t.Errorf("en/%s: all of it is translated, and it says %q", bare, s)
		}
		if strings.Contains(english, "untranslated") {
			t.Errorf("en/%s says that something is not translated", bare)
		}
		s = spokenIn(t, right)
		if han, all := chinese(s.rest); 100*han > 15*all {
			t.Errorf("ar/%s: %d of %d letters are Chinese: %q", bare, han, all, s.rest)
		}
		for _, name := range s.marked {
			if utf8.RuneCountInString(name) > 20 {
				t.Errorf("ar/%s leaves a long text in Chinese: %s", bare, name)
			}
		}
		if name := strings.TrimSuffix(bare, "index.html"); name != "" || bare == "index.html" {
			for tag, folder := range map[string]string{"zh-CN": "", "en": "en/", "ar": "ar/", "x-default": ""} {
				if link := `<link rel="alternate" hreflang="` + tag + `" href="https://example.org/` + folder + name + `">`; !strings.Contains(english, link) || !strings.Contains(main, link) {
					t.Errorf("%s has no %s", bare, link)
				}
			}
		}
		for _, language := range []string{"", "en/", "ar/"} {
			if strings.Contains(pages[language+bare], "|") {
				t.Errorf("%s%s has a bar", language, bare)
			}
		}
	}
	leads(t, pages)

	digits := regexp.MustCompile(`\d[\d,]*`)
	figures := func(page string) []string {
		var all []string
		for _, cell := range spokenIn(t, page).tables {
			if figure := digits.FindString(cell); figure != "" { // a unit may be marked, and its bracket not
				all = append(all, figure)
			}
		}
		return all
	}
	ids := regexp.MustCompile(`id="r-[^"]*"`)
	for _, bare := range []string{"stats/cases/index.html", "stats/visits/index.html"} {
		for _, language := range []string{"en/", "ar/"} {
			if a, b := figures(strings.ReplaceAll(pages[bare], "1200", "1,200")), figures(pages[language+bare]); bare == "stats/visits/index.html" && !slices.Equal(a, b) {
				t.Errorf("%s%s: the figures are %q, not %q", language, bare, b, a)
			}
			if a, b := ids.FindAllString(pages[bare], -1), ids.FindAllString(pages[language+bare], -1); len(a) == 0 || !slices.Equal(a, b) {
				t.Errorf("%s%s: rows have the ids %q, not %q", language, bare, b, a)
			}
		}
	}
	for page, want := range map[string][]string{
		"en/stats/visits/index.html":       {"on 2024 (1 day)", "(3 days)", "Chengguan Police Station", "Counted by</dt><dd>Example City Public Security Bureau<"},
		"en/units/ck/index.html":           {"Day and night", "Chengguan Road, East Street", "360 households", "Annual plan of work"},
		"en/registers/promises/index.html": {">kept<", "660 cases</a>", "the target is at least 600 cases", ">at least 600 cases<", "Published once a year"},
		"ar/registers/promises/index.html": {">kept<"},
		"registers/promises/index.html":    {">兑现<", "由刑侦支队统计"},
		"ar/stats/cases/index.html":        {`<bdi lang="zh-CN">盗窃</bdi>`, "The whole page, in الصينية", `hreflang="zh-CN">`},
		"en/notices/index.html":            {"Notices that are not translated are offered in Chinese.", `hreflang="zh-CN">Longer window hours</a>`},
		"404.html":                         {`<p lang="en">Page not found <a href="/en/index.html">Home</a></p>`, `<p lang="ar">`},
		"sitemap.xml":                      {"<loc>https://example.org/en/stats/cases/</loc>", `hreflang="ar" href="https://example.org/ar/stats/cases/"`},
		"en/index.html":                    {"Hexi Police Station", "Statistics and guides for everyone."},
		"en/stats/cases/index.html":        {"The number of frauds in 2024 is provisional until the yearbook is published."},
	} {
		for _, text := range want {
			if !strings.Contains(pages[page], text) {
				t.Errorf("%s lacks %s", page, text)
			}
		}
	}
	if pages["en/stats/cases/card.png"] == "" || !strings.Contains(pages["en/stats/cases/index.html"], `<meta property="og:image" content="https://example.org/en/stats/cases/card.png">`) {
		t.Error("the page in English has no card of its own")
	}
	for page, not := range map[string]string{"ar/registers/promises/index.html": "由刑侦支队统计", "ar/stats/cases/index.html": "自诉案件", "ar/units/ck/index.html": "东大街"} {
		if strings.Contains(pages[page], not) {
			t.Errorf("%s has a long text that is not translated: %s", page, not)
		}
	}
}

// TestLanguagesViews holds that the views of a long table are in every language, and its
// figures cited at their place in each.
func TestLanguagesViews(t *testing.T) {
	files := bigTable(t, 8, 2, nil)
	files["site.yaml"] = caseSettings + "languages: [en]\n"
	files["translations/en.csv"] = "text,translation\n月份,Month\n单位,Unit\n类别,Kind\n立案,Recorded\n破案,Solved\n件,case|cases\n盗窃,Theft\n站01派出所,Station One\n各单位分类别立案与破案,Cases by unit and kind\n"
	files["registers/p.csv"] = "承诺,数字\n少发案,big/2026年9月/站01派出所/盗窃/立案（件）\n"
	files["registers/p.yaml"] = "title: 承诺\ncolumns: [{name: 承诺, role: title}, {name: 数字, type: figure}]\n"
	files["targets.csv"] = "统计,字段,单位,期间,目标,方向,制定\nbig,立案（件）,站01派出所,2026年9月/盗窃,30,不高于,示范市公安局\n"
	pages, _ := translated(t, files)
	leads(t, pages)
	views := 0
	for name := range pages {
		if strings.HasPrefix(name, "stats/big/by-") && strings.HasSuffix(name, ".html") {
			if views++; pages["en/"+name] == "" {
				t.Errorf("en/%s is not there", name)
			}
		}
	}
	view := pages["en/stats/big/by-单位/s01/index.html"]
	if views != 16 || !strings.Contains(view, "Station One") || !strings.Contains(view, ">Theft<") || strings.Contains(view, "盗窃") {
		t.Errorf("%d views; that of the first station:\n%s", views, view)
	}
	if page := pages["en/registers/p/index.html"]; !strings.Contains(page, `href="../../../en/stats/big/by-%e5%8d%95%e4%bd%8d/s01/index.html#r-2026-09"`) {
		t.Errorf("a figure is not cited at its place:\n%s", page)
	}
	if page := pages["en/targets/index.html"]; !strings.Contains(page, "Theft") || !strings.Contains(page, "at most 30 cases") {
		t.Errorf("the target is not told:\n%s", page)
	}
}

// TestTranslations holds the rows of translations against the texts.
func TestTranslations(t *testing.T) {
	for name, c := range map[string]struct {
		old, new string
		want     []string
	}{
		"nothing uses it":            {"\n走访,Visits,\n", "\n走访户数,Visits,\n", []string{"warning translation/missing", "warning translation/stale no page shows the text \"走访户数\""}},
		"twice":                      {"\n走访,Visits,\n", "\n走访,Visits,\n走访,Calls,\n", []string{"error translation/twice \"走访\" is translated at data/translations/en.csv:"}},
		"twice, in one file":         {"\n走访,Visits,\n", "\n走访,Visits,\n走访,Calls,data/stats/visits.csv\n", nil},
		"in no file":                 {"\n走访,Visits,\n", "\n走访,Visits,\n走访,Calls,data/stats/calls.csv\n", []string{"warning translation/stale data/stats/calls.csv has no text \"走访\""}},
		"the same for two":           {"\n诈骗,Fraud,\n", "\n诈骗,Theft,\n", []string{"error translation/same \"盗窃\" and \"诈骗\" of data/stats/cases.csv are both translated \"Theft\""}},
		"the same for two columns":   {"\n破案,Cases solved,\n", "\n破案,Cases recorded,\n", []string{"error translation/same \"立案\" and \"破案\" of data/stats/cases.csv are both translated \"Cases recorded\""}},
		"the same for two titles":    {"\n入户走访,Visits to households,\n", "\n入户走访,Criminal cases,\n", []string{"error translation/same \"刑事案件\" and \"入户走访\" of stats/ are both translated \"Criminal cases\""}},
		"a marker":                   {"\n诈骗,Fraud,\n", "\n诈骗,[c],\n", []string{"error translation/figure the translation \"[c]\" of \"诈骗\" is a number or a marker"}},
		"a number":                   {"\n诈骗,Fraud,\n", "\n诈骗,\"1,200\",\n", []string{"error translation/figure the translation \"1,200\" of \"诈骗\" is a number or a marker"}},
		"forms of a name":            {"\n诈骗,Fraud,\n", "\n诈骗,Fraud|Frauds,\n", []string{"error translation/forms \"诈骗\" is no unit of measure and has one form"}},
		"a unit of numbers":          {"household|households", "1|2", []string{"error translation/figure the translation \"1|2\" of \"户\" is a number or a marker"}},
		"a marker by itself":         {"\n诈骗,Fraud,\n", "\n诈骗,[p],\n", []string{"error translation/figure the translation \"[p]\" of"}},
		"no word":                    {"\n诈骗,Fraud,\n", "\n诈骗,<10,\n", []string{"error translation/figure the translation \"<10\" of"}},
		"the same but for a capital": {"\n诈骗,Fraud,\n", "\n诈骗,theft,\n", []string{"error translation/same \"盗窃\" and \"诈骗\" of data/stats/cases.csv are both translated \"theft\""}},
		"the same for two columns of other units": {"\n平均用时,Average duration,\n", "\n平均用时,Visits,\n", []string{"error translation/same \"走访\" and \"平均用时\" of data/stats/visits.csv are both translated \"Visits\""}},
		"as it is":                  {"\n诈骗,Fraud,\n", "\n诈骗,诈骗,\n", []string{"warning translation/letters the translation \"诈骗\" of \"诈骗\" is still in the letters of the text"}},
		"a paste":                   {"\n诈骗,Fraud,\n", "\n诈骗," + strings.Repeat("Fraud ", 40) + ",\n", []string{"warning translation/length the translation of \"诈骗\" has"}},
		"marks that are printed":    {"Criminal cases recorded and solved.", "Criminal cases **recorded** and solved.", []string{"warning translation/markup \"**\" in the translation is printed as it is"}},
		"marks of Markdown":         {"The number of frauds in 2024 is provisional", "The number of frauds in 2024 is **provisional**", nil},
		"a unit with an empty form": {"case|cases", "case|", []string{"error translation/forms \"件\" is a unit of measure, which has 2 forms in this language (one, other)"}},
		"a unit without forms":      {"case|cases", "cases", []string{"error translation/forms \"件\" is a unit of measure, which has 2 forms in this language (one, other)"}},
		"another number":            {"At least 1000 cases", "At least 100 cases", []string{"warning translation/numbers the translation of \"破案数逐年不少于1000件\" has other numbers: 100 stands in the translation and not in the text"}},
		"a number lost":             {"At least 1000 cases", "Many cases", []string{"warning translation/numbers the translation of \"破案数逐年不少于1000件\" has other numbers: 1000 stands in the text"}},
		"spaced otherwise":          {"\n城关路、东大街,", "\n 城关路、东大街 ,", nil},
		"not yet":                   {"\n走访,Visits,\n", "\n走访,,\n", []string{"warning translation/missing texts without a translation: 1, in 1 files, the first is \"走访\""}},
	} {
		files := languageFiles(t)
		files["site.yaml"] = strings.Replace(files["site.yaml"], "languages: [en, ar]", "languages: [en]", 1)
		before := files["translations/en.csv"]
		files["translations/en.csv"] = strings.Replace(before, c.old, c.new, 1)
		if files["translations/en.csv"] == before {
			t.Fatalf("%s: nothing changed", name)
		}
		_, said := translated(t, files)
		var lines []string
		for _, line := range said {
			_, line, _ = strings.Cut(line, " ")
			lines = append(lines, strings.TrimPrefix(line[max(0, strings.IndexByte(line, ')')+1):], " "))
		}
		for i := range lines {
			if at := strings.Index(lines[i], "warning "); at > 0 {
				lines[i] = lines[i][at:]
			}
			if at := strings.Index(lines[i], "error "); at > 0 {
				lines[i] = lines[i][at:]
			}
		}
		t.Run(name, func(t *testing.T) { begins(t, lines, c.want...) })
	}
	files := languageFiles(t)
	files["translations/en-GB.csv"] = "text,translation\n走访,Calls\n"
	if _, said := translated(t, files); !slices.ContainsFunc(said, func(line string) bool { return strings.Contains(line, " error translation/twice ") }) {
		t.Errorf("two lists that translate one text otherwise are said to be: %q", said)
	}

	// A translation tells no more of a withheld figure than a text may.
	_, said := translated(t, map[string]string{
		"site.yaml":           "title: 阳光警务\norganization: 示范市公安局\nlanguages: [en]\ndemonstration: true\n",
		"stats/hurt.csv":      "期间,类别,受伤（人）\n2025年,行人,3\n2025年,骑行,21\n2025年,乘车,14\n2025年,合计,38\n",
		"stats/hurt.yaml":     "title: 交通事故受伤\nfrequency: yearly\nnotes: 2025年行人受伤人数不公布，三类都在内，见[表](hurt.csv)。\nschema: {fields: [{name: 期间, role: period}, {name: 类别, role: category}, {name: 受伤（人）, role: measure, unit: 人, risk: person}]}\n",
		"translations/en.csv": "text,translation\n行人,Pedestrians\n受伤,Injured\n2025年行人受伤人数不公布，三类都在内，见[表](hurt.csv)。,\"In 2025, 3 persons were injured as pedestrians, see [table](hurt.csv).\"\n",
	})
	if !slices.ContainsFunc(said, func(line string) bool {
		return strings.HasPrefix(line, "data/translations/en.csv:4") && strings.Contains(line, " error disclosure/quoted ")
	}) || slices.ContainsFunc(said, func(line string) bool { return strings.Contains(line, "markdown/link") }) {
		t.Errorf("a translation tells a withheld figure, with a link as its text has it, and is said to be: %q", said)
	}

	files = languageFiles(t)
	files["translations/zh.csv"] = "text,translation\n件,件\n"
	if _, said := translated(t, files); !slices.ContainsFunc(said, func(line string) bool {
		return strings.HasPrefix(line, "data/translations/zh.csv:1 error translation/language \"zh\" is the site's own language")
	}) {
		t.Errorf("a list into the main language is said to be: %q", said)
	}

	files = languageFiles(t)
	files["translations/fr.csv"] = "text,translation\n件,affaire|affaires\n"
	if _, said := translated(t, files); !slices.ContainsFunc(said, func(line string) bool {
		return strings.HasPrefix(line, "data/translations/fr.csv:1 error translation/language")
	}) {
		t.Errorf("a list into a language that the site is not in is said to be: %q", said)
	}
}

// TestTranslate holds that what is listed to be translated is what is missing, once, and
// that a filled list is all that there is to do.
func TestTranslate(t *testing.T) {
	files := languageFiles(t)
	english := files["translations/en.csv"]
	delete(files, "translations/en.csv")
	files["site.yaml"] = strings.Replace(files["site.yaml"], "languages: [en, ar]", "languages: [en]", 1)
	dir := t.TempDir()
	for name, text := range files {
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
	}
	o := options(dir, "")
	o.AsOf = period.NewDate(2026, 3, 1)
	for _, want := range []int{51, 0} {
		lists, _, err := site.Translate(context.Background(), o)
		if err != nil || len(lists) != 1 || lists[0].File != "data/translations/en.csv" || lists[0].Texts != want {
			t.Fatalf("%+v %v, want %d texts", lists, err, want)
		}
	}
	listed := map[string]bool{}
	for _, row := range cells(t, tree(t, filepath.Join(dir, "data", "translations"))["en.csv"])[1:] {
		listed[strings.Join(strings.Fields(row[0]), " ")] = true
	}
	for _, row := range cells(t, []byte(english))[1:] {
		delete(listed, row[0])
	}
	if len(listed) > 0 {
		t.Errorf("listed, and nothing to translate: %q", slices.Sorted(maps.Keys(listed)))
	}
}

// TestTranslationsHeldBack holds that a fault in one translation costs no other one: the row
// is not used, the text reads as it was published, and what stands as it was keeps its words.
func TestTranslationsHeldBack(t *testing.T) {
	files := languageFiles(t)
	files["site.yaml"] = strings.Replace(files["site.yaml"], "languages: [en, ar]", "languages: [en]", 1)
	h := holdBackOf(t, files)
	english := files["translations/en.csv"]
	visits, cases := "en/stats/visits/index.html", "en/stats/cases/index.html"
	says := func(page, text string, want bool) {
		t.Helper()
		if strings.Contains(h.page(page), text) != want {
			t.Errorf("%s says %q: %v, want %v", page, text, !want, want)
		}
	}

	// A unit that lacks a form, beside a new translation.
	h.put("translations/en.csv", strings.NewReplacer("件,case|cases,", "件,matter,", "走访,Visits,", "走访,Calls,").Replace(english))
	h.HoldBack = false
	h.stops("translation/forms")
	h.HoldBack = true
	problems := h.build("translations/en.csv")
	if !slices.ContainsFunc(problems, func(p problem.Problem) bool {
		return p.Rule.String() == "published/left-out" && p.File == "data/translations/en.csv" && strings.Contains(p.Message.EN, "the rest is published")
	}) {
		t.Errorf("not said:\n%v", problemsError(problems))
	}
	says(cases, "1,020 cases", true)
	says(cases, "matter", false)
	says(visits, "Calls", true)

	// Again, from what stands now.
	h.build("translations/en.csv")
	says(cases, "1,020 cases", true)

	// Two names that read alike.
	h.put("translations/en.csv", strings.NewReplacer("诈骗,Fraud,", "诈骗,Theft,", "走访,Visits,", "走访,Calls,").Replace(english))
	h.build("translations/en.csv")
	says(cases, ">Fraud<", true)
	says(visits, "Calls", true)

	// A list that cannot be read stands as it was.
	h.put("translations/en.csv", english+"走访,\"Calls\n")
	h.build("translations/en.csv 2026-10-31")
	says(cases, "Criminal cases", true)
	says(visits, "Calls", true)

	// A statistic that stands as it was, of which the new texts are translated already.
	h.put("translations/en.csv", strings.NewReplacer("刑事案件,Criminal cases,", "刑事案件情况,Criminal cases in full,", "盗窃,Theft,", "盗窃,Larceny,").Replace(english))
	h.put("stats/cases.yaml", strings.Replace(files["stats/cases.yaml"], "刑事案件\n", "刑事案件情况\n", 1))
	h.put("stats/cases.csv", strings.Replace(files["stats/cases.csv"], "1200", "12o0", 1))
	h.build("stats/cases.csv 2026-10-31")
	says(cases, ">Criminal cases</h1>", true)
	says(cases, "in full", false)
	says(cases, "Larceny", false)
	h.put("stats/cases.csv", files["stats/cases.csv"])
	h.build("")
	says(cases, "Criminal cases in full", true)
	says(cases, "Larceny", true)
}

// TestTranslationsOnTheSheet holds that who approves a publication sees what other languages
// say otherwise.
func TestTranslationsOnTheSheet(t *testing.T) {
	files := languageFiles(t)
	files["site.yaml"] = strings.Replace(files["site.yaml"], "languages: [en, ar]", "languages: [en]", 1)
	files["pages/x.md"] = "---\ntitle: 说明\n---\n正文。\n"
	files["pages/x.en.md"] = "---\ntitle: A page\n---\n```chart\nstatistic: cases\ntype: line\nx: 期间\ny: 立案（件）\nby: 类别\ntitle: 逐年立案\n```\n"
	o := officeOf(t, files)
	if p := o.diff(); len(p.Sheet.Wordings) != 0 {
		t.Errorf("nothing changed, and the sheet says %v", p.Sheet.Wordings)
	}
	o.put("stats/cases.csv", files["stats/cases.csv"]+"2024年,抢劫,3,1\n")
	english := strings.NewReplacer(
		"The number of frauds in 2024 is provisional until the yearbook is published.", "The number of frauds in 2024 is final.",
		"统计公报,Statistical communiqué,\n", "抢劫,Robbery,\n没有这处文字,No such text,\n逐年立案,Recorded by year,\n",
	).Replace(files["translations/en.csv"])
	o.put("translations/en.csv", english)
	p := o.diff()
	for form, text := range o.forms(p) {
		for _, want := range []string{"frauds in 2024 is provisional until the yearbook is publi", "in 2024 is final.", "Statistical communiqué", "Robbery", "Recorded by year"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q:\n%s", form, want, text)
			}
		}
		if strings.Contains(text, "No such text") {
			t.Errorf("%s tells of a translation that no page reads", form)
		}
	}
	o.release("second")
	if result, problems, err := site.Build(context.Background(), o.Options); err != nil || !result.Built {
		t.Fatal(err, problemsError(problems))
	}
	archive, err := zip.OpenReader(filepath.Join(o.Out, "data", "sources.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	kept, err := fs.ReadFile(archive, "data/translations/en.csv")
	if err != nil || strings.Contains(string(kept), "No such text") || !strings.Contains(string(kept), "抢劫,Robbery,") {
		t.Errorf("%v: kept are\n%s", err, kept)
	}
	manifest, err := os.ReadFile(filepath.Join(o.Out, "manifest.json"))
	if sum := bureau.SHA256([]byte(english)); err != nil || strings.Contains(string(manifest), sum) {
		t.Errorf("%v: the manifest tells the hash of a list of which a row is not published", err)
	}
}

// TestLanguageTakenAway holds that the pages of a language that the site is no longer in
// lead on by themselves to the same pages in its own, that a version that is gone is asked
// for with its original, and that the language can come back.
func TestLanguageTakenAway(t *testing.T) {
	files := languageFiles(t)
	files["site.yaml"] = strings.Replace(files["site.yaml"], "languages: [en, ar]", "languages: [en]", 1)
	files["pages/x.md"] = "---\ntitle: 说明\n---\n正文。\n"
	files["pages/x.en.md"] = "---\ntitle: A page\n---\nText.\n"
	o := officeOf(t, files)
	o.put("site.yaml", strings.Replace(files["site.yaml"], "languages: [en]\n", "", 1))
	o.remove("translations/en.csv")
	made, problems, err := site.Make(context.Background(), o.Options)
	if err != nil || made.Stops {
		t.Fatal(err, problemsError(problems))
	}
	pages := map[string]string{}
	for _, f := range made.Files {
		pages[f.Path] = string(f.Bytes)
	}
	for _, page := range []string{"stats/cases/", "units/ck/", "registers/promises/"} {
		if !strings.Contains(pages["en/"+page+"index.html"], `href="../../../`+page+`index.html"`) {
			t.Errorf("en/%s does not lead to %s:\n%s", page, page, pages["en/"+page+"index.html"])
		}
	}
	o.remove("pages/x.en.md")
	r, _, err := site.Revise(context.Background(), o.Options)
	if err != nil || len(r.Moves) != 1 || r.Moves[0].New != "x/" {
		t.Errorf("%v: asked for %v", err, r.Moves)
	}
	for _, name := range []string{"site.yaml", "translations/en.csv", "pages/x.en.md"} {
		o.put(name, files[name])
	}
	if made, problems, err := site.Make(context.Background(), o.Options); err != nil || made.Stops {
		t.Error(err, problemsError(problems))
	}
}

// A drawing that cannot be made is one error, in however many languages the site is.
func TestFaultOfADrawingIsToldOnce(t *testing.T) {
	files := languageFiles(t)
	files["stats/cases.yaml"] = strings.Replace(files["stats/cases.yaml"], "unit: 件, risk: event}\nquality", "unit: 起, risk: event}\ncharts: [{type: line, x: 期间, y: [立案（件）, 破案（件）]}]\nquality", 1)
	dir := t.TempDir()
	for name, text := range files {
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
	}
	putFile(t, filepath.Join(dir, "templates", "messages.ar.json"), arabic(t))
	_, problems, err := site.Make(context.Background(), options(dir, ""))
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, p := range problems {
		if p.Rule == problem.ChartUnits {
			told++
		}
	}
	if told != 1 {
		t.Errorf("told %d times:\n%v", told, problemsError(problems))
	}
}

// Units of measure in the main language have its plural forms, where it has any.
func TestUnitsInTheirForms(t *testing.T) {
	files := map[string]string{
		"site.yaml":        "title: Sunshine\norganization: Example Police\nlanguage: en\nbase_url: https://example.org/\ndemonstration: true\ncontact: {phone: 000-00000000, address: 1 Example Road}\n",
		"stats/solve.csv":  "Period,Cases\n2023,1\n2024,3\n2025,1\n",
		"stats/solve.yaml": "title: Solved\nfrequency: yearly\nreleased: 2026-02-01\nsources: [{title: Yearbook}]\nschema: {fields: [{name: Period, role: period}, {name: Cases, role: measure, unit: case|cases, risk: event}]}\n",
	}
	pages, said := translated(t, files)
	page := pages["stats/solve/index.html"]
	if len(said) > 0 || !strings.Contains(page, "1 case") || strings.Contains(page, "1 cases") || !strings.Contains(page, "3 cases") || strings.Contains(page, "|cases") {
		t.Errorf("%q\n%s", said, page)
	}
	for _, unit := range []string{"case|", "a|b|c"} {
		wrong := maps.Clone(files)
		wrong["stats/solve.yaml"] = strings.Replace(files["stats/solve.yaml"], "case|cases", unit, 1)
		if _, said := translated(t, wrong); !slices.ContainsFunc(said, func(line string) bool {
			return strings.HasPrefix(line, "data/stats/solve.yaml:5:") && strings.Contains(line, " error translation/forms ")
		}) {
			t.Errorf("%s: %q", unit, said)
		}
	}
	clash := maps.Clone(files)
	clash["stats/other.csv"] = "Period,Matters\n2024,3\n"
	clash["stats/other.yaml"] = "title: Other\nfrequency: yearly\nreleased: 2026-02-01\nsources: [{title: Yearbook}]\nschema: {fields: [{name: Period, role: period}, {name: Matters, role: measure, unit: matter|cases, risk: event}]}\n"
	if _, said := translated(t, clash); !slices.ContainsFunc(said, func(line string) bool {
		return strings.Contains(line, " error translation/forms \"cases\" has other forms at")
	}) {
		t.Errorf("%q", said)
	}
	chinese := languageFiles(t)
	chinese["stats/visits.yaml"] = strings.Replace(chinese["stats/visits.yaml"], "unit: 户", "unit: 户|户", 1)
	if _, said := translated(t, chinese); !slices.ContainsFunc(said, func(line string) bool {
		return strings.HasPrefix(line, "data/stats/visits.yaml:9:") && strings.Contains(line, "has one form in this language, without |")
	}) {
		t.Errorf("%q", said)
	}
}

// unmarked gives the texts of a page in the script of the main language that say no language:
// those of drawings, of the frame and of the foot of the sheets, too, and labels.
func unmarked(t *testing.T, page string) (texts []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	han := func(text string) bool {
		return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	var walk func(n *html.Node, marked bool)
	walk = func(n *html.Node, marked bool) {
		if n.Data == "script" || n.Data == "title" && n.Parent.Data == "head" { // which may be of both
			return
		}
		for _, a := range n.Attr {
			marked = marked || a.Key == "lang" && n.Data != "html"
		}
		for _, a := range n.Attr {
			if !marked && han(a.Val) && (strings.HasPrefix(a.Key, "aria-") || a.Key == "title" || a.Key == "alt") {
				texts = append(texts, a.Key+"="+a.Val)
			}
		}
		if n.Type == html.TextNode && !marked && han(n.Data) {
			texts = append(texts, n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, marked)
		}
	}
	walk(root, false)
	return texts
}

// TestLanguagesMarked holds that all that a page says in the main language says so; that a
// chart in a document has the words of the document's language, and its title a translation
// that is no stale one; that names which run the other way stand apart.
func TestLanguagesMarked(t *testing.T) {
	files := languageFiles(t)
	files["site.yaml"] += "footer: {icp: 示ICP备00000000号, police_record: 示公网安备 00000000000000号}\n"
	files["pages/x.md"] = "---\ntitle: 说明\n---\n正文。\n"
	files["pages/x.en.md"] = "---\ntitle: A page\n---\n" +
		"```chart\nstatistic: cases\ntype: line\nx: 期间\ny: 立案（件）\nby: 类别\ntitle: 逐年立案\n```\n\n" +
		"```chart\nstatistic: cases\ntype: line\nx: 期间\ny: 破案（件）\nby: 类别\ntitle: 逐年破案\n```\n"
	files["translations/en.csv"] += "逐年立案,Recorded by year,\n"
	files["stats/visits.csv"] = strings.ReplaceAll(files["stats/visits.csv"], "河西派出所", "محطة الشرق")
	files["units.csv"] = strings.ReplaceAll(files["units.csv"], "河西派出所", "محطة الشرق")
	pages, said := translated(t, files)
	for _, line := range said {
		if strings.Contains(line, "translation/stale") && strings.Contains(line, "逐年立案") {
			t.Error(line)
		}
	}
	for name, page := range pages {
		if strings.HasSuffix(name, ".html") && (strings.HasPrefix(name, "en/") || strings.HasPrefix(name, "ar/")) {
			if texts := unmarked(t, page); len(texts) > 0 {
				t.Errorf("%s says without a mark: %q", name, texts)
			}
		}
	}
	for page, want := range map[string][]string{
		"en/x/index.html":        {`title">Recorded by year</figcaption>`, `<span lang="zh-CN">逐年破案</span>`, `-title" lang="zh-CN">逐年破案</title>`},
		"ar/stats/index.html":    {`<bdi lang="zh-CN">示ICP备00000000号</bdi>`, `<bdi lang="zh-CN">示公网安备 00000000000000号</bdi>`},
		"units/index.html":       {`<bdi>محطة الشرق</bdi>`},
		"en/units/index.html":    {`<bdi>محطة الشرق</bdi>`},
		"ar/units/ck/index.html": {`Unit: <tspan lang="zh-CN">户</tspan>`, `hidden>Table: <bdi lang="zh-CN">城关派出所</bdi>`},
	} {
		for _, text := range want {
			if !strings.Contains(pages[page], text) {
				t.Errorf("%s lacks %s", page, text)
			}
		}
	}
	if page := pages["ar/units/index.html"]; strings.Contains(page, `<bdi>محطة`) || page == "" {
		t.Error("a name that runs as the page does stands apart")
	}
}

// TestVersionsStandTogether holds that a document says the same in all languages: a version
// waits with its original, stands as it was with it, tells no withheld figure and no other
// number.
func TestVersionsStandTogether(t *testing.T) {
	files := languageFiles(t)
	files["site.yaml"] = strings.Replace(files["site.yaml"], "languages: [en, ar]", "languages: [en]", 1)
	notice := func(day, text string) string { return "---\ntitle: 通知\ndate: " + day + "\n---\n" + text + "\n" }
	files["notices/2026-02-10-x.md"] = notice("2026-02-10", "2024年盗窃立案940件。窗口周一开放。")
	files["notices/2026-02-10-x.en.md"] = notice("2026-02-10", "The window is open on Monday.")
	h := holdBackOf(t, files)
	h.put("notices/2026-02-10-x.md", notice("2026-02-10", "2024年盗窃立案950件。窗口周二开放。"))
	h.put("notices/2026-02-10-x.en.md", notice("2026-02-10", "The window is open on Tuesday."))
	problems := h.build("notices/2026-02-10-x.en.md 2026-10-10, notices/2026-02-10-x.md 2026-10-10")
	if page := h.page("en/notices/2026-02-10-x/index.html"); !strings.Contains(page, "on Monday") {
		t.Errorf("the versions part: %s\n%v", page, problemsError(problems))
	}
	h.put("notices/2026-02-10-x.md", notice("2026-02-10", "2024年盗窃立案940件。窗口周二开放。"))
	h.build("")
	if page := h.page("en/notices/2026-02-10-x/index.html"); !strings.Contains(page, "on Tuesday") {
		t.Error("once mended, the version is not published")
	}

	for name, c := range map[string]struct{ file, text, version, want string }{
		"a draft":           {"pages/plan", "---\ntitle: 计划\nstatus: draft\n---\n方案。\n", "---\ntitle: Plan\n---\nRaid tomorrow.\n", ""},
		"a day to come":     {"notices/2026-12-01-x", notice("2026-12-01", "行动。"), notice("2026-02-10", "Raid tomorrow."), ""},
		"a withheld figure": {"notices/2026-02-11-x", notice("2026-02-11", "情况见统计。"), notice("2026-02-11", "Victims of robbery in 2024: 2 persons."), "error disclosure/quoted"},
		"another number":    {"notices/2026-02-11-x", notice("2026-02-11", "2024年盗窃立案940件。"), notice("2026-02-11", "In 2024, 950 cases of theft were recorded."), "warning translation/numbers 950 stands here and not in"},
		"the same number":   {"notices/2026-02-11-x", notice("2026-02-11", "每年走访5万户。"), notice("2026-02-11", "50,000 households are visited each year."), ""},
	} {
		files := maps.Clone(files)
		files["stats/hurt.csv"] = "期间,类别,受害人（人）\n2024年,盗窃,40\n2024年,抢劫,2\n2024年,诈骗,30\n"
		files["stats/hurt.yaml"] = "title: 受害人\nfrequency: yearly\nreleased: 2025-03-01\nsources: [{title: 年报}]\nschema: {fields: [{name: 期间, role: period}, {name: 类别, role: category}, {name: 受害人（人）, role: measure, unit: 人, risk: person}]}\n"
		files["translations/en.csv"] += "受害人,Victims,\n抢劫,Robbery,\n人,person|persons,\n年报,Yearbook,\n通知,Notice,\n"
		files[c.file+".md"], files[c.file+".en.md"] = c.text, c.version
		pages, said := translated(t, files)
		found := slices.ContainsFunc(said, func(line string) bool {
			return strings.Contains(line, c.file+".en.md:") && strings.Contains(line, c.want)
		})
		if c.want != "" && !found || c.want == "" && found {
			t.Errorf("%s: %q", name, said)
		}
		for path, page := range pages {
			if strings.Contains(page, "Raid tomorrow") {
				t.Errorf("%s: %s tells it", name, path)
			}
		}
	}
}
