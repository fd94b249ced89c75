package site_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A sourceRow is a row of testdata/sources/figures.csv: what a source document says, in
// its own words, and what the demonstration says of it. The table was written by a person
// and is read by one; it holds every figure, mechanism, promise and list of the five
// documents.
type sourceRow struct{ document, place, period, name, value, words, page string }

// A said is one row, one card or one sentence of a page: what it says, and of it the part
// in which a value has to stand.
type said struct{ all, value string }

// TestSources holds each row of the table to its page: the value beside its name, its
// place and its period, in one row of a table, one card of a register, or one sentence.
func TestSources(t *testing.T) {
	dir, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string][]said{}
	figures := 0
	for i, row := range sourceRows(t) {
		if _, read := pages[row.page]; !read {
			data, err := os.ReadFile(filepath.Join(dir, "public", filepath.FromSlash(row.page), "index.html"))
			if err != nil {
				t.Errorf("figures.csv:%d: %v", i+2, err)
				continue
			}
			pages[row.page] = saidOn(t, data)
		}
		if !row.standsIn(pages[row.page]) {
			t.Errorf("figures.csv:%d: %s does not say of %s, %s, %s: %s", i+2, row.page, row.place, row.period, row.name, row.value)
		}
		// The test would see another figure: beside this name, place and period it is nowhere.
		if number, unit, is := figureOf(row.value); is && strings.HasPrefix(row.page, "stats/") {
			figures++
			row.value = strconv.FormatFloat(number+1, 'f', -1, 64) + unit
			if row.standsIn(pages[row.page]) {
				t.Errorf("figures.csv:%d: %s would pass for another figure, too", i+2, row.name)
			}
		}
	}
	if figures < 50 {
		t.Errorf("only %d rows are figures of statistics", figures)
	}
}

// TestSourceStatistics holds that a statistic of the sources says whose it is wherever it
// is met: place, organisation, period and source in title, list and download; that it is
// closed; and that no page names a file of the sources, nor prints what is forbidden.
func TestSourceStatistics(t *testing.T) {
	dir, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	public := filepath.Join(dir, "public")
	files := tree(t, public)
	list := string(files["stats/index.html"])
	for name, want := range map[string]struct{ place, organisation, years, source, author string }{
		"cases-solved":  {"江津", "江津的公安局（来源称“我局”）", "2003年至2006年8月", "对公安机关服务发展的几点思考", "写写帮文库会员上传，2019年5月13日"},
		"rural-crime":   {"江津", "江津的公安局（来源称“我局”）", "2004年至2006年8月", "对公安机关服务发展的几点思考", "写写帮文库会员上传，2019年5月13日"},
		"three-ledgers": {"西安", "西安市公安局", "2023年1月9日至3月17日", "西安市公安局举办“进建商”活动 聘请170人组成西安公安“民间智库”", "华商网，2023年3月27日"},
		"mechanisms":    {"西安", "西安市公安局", "2023年初", "西安市公安局举办“进建商”活动 聘请170人组成西安公安“民间智库”", "华商网，2023年3月27日"},
		"patrol":        {"固始", "固始县公安局", "1997年至成文时", "浅谈对县级公安机关巡警体制建设的几点思考", "写写帮文库会员上传，2019年5月13日"},
	} {
		page := string(files["stats/"+name+"/index.html"])
		head := page[:max(0, strings.Index(page, "</h1>"))]
		if title := head[strings.LastIndex(head, ">")+1:]; !strings.Contains(title, want.years) || !strings.HasSuffix(title, "（"+want.place+"）") {
			t.Errorf("%s is titled %q", name, title)
		}
		if !strings.Contains(list, "《"+want.source+"》（"+want.author+"）") {
			t.Errorf("the list of statistics does not name the source of %s with %s", name, want.author)
		}
		var data struct {
			Coverage   struct{ Place, Organisation string }
			Sources    []struct{ Title, Author, Issued string }
			Historical bool
		}
		if err := json.Unmarshal(files["stats/"+name+"/"+name+".json"], &data); err != nil {
			t.Fatal(err)
		}
		if data.Coverage.Place != want.place || data.Coverage.Organisation != want.organisation || !data.Historical ||
			len(data.Sources) != 1 || !strings.Contains(data.Sources[0].Title, want.source) || data.Sources[0].Author == "" || data.Sources[0].Issued == "" {
			t.Errorf("the download of %s says %+v", name, data)
		}
		if cite := string(files["stats/"+name+"/cite.txt"]); !strings.Contains(cite, "（"+want.author+"）") || !strings.Contains(cite, want.organisation) {
			t.Errorf("a figure of %s is cited without author, date or organisation", name)
		}
	}
	var all strings.Builder
	for name, data := range files {
		if ext := filepath.Ext(name); ext != ".html" && ext != ".csv" && ext != ".json" || name == "manifest.json" {
			continue
		}
		if found := sourceFile.Find(data); found != nil {
			t.Errorf("%s holds %s", name, found)
		}
		all.Write(data)
	}
	for _, word := range []string{"四句办事", "7878", "3405", "值班", "述职", "不成立"} {
		if !strings.Contains(all.String(), word) {
			t.Errorf("%s stands nowhere", word)
		}
	}
	for _, page := range []string{"stats/cases-solved/index.html", "stats/rural-crime/index.html", "en/stats/cases-solved/index.html", "en/stats/rural-crime/index.html"} {
		root, err := html.Parse(bytes.NewReader(files[page]))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(spaced(root), "46.5") {
			t.Errorf("%s compares eight months with a year", page)
		}
	}
}

// sourceFile is the name of a file of the sources, or a definition that defines nothing.
var sourceFile = regexp.MustCompile(`[0-9]{3}_[0-9a-f]{16}|来源所说的`)

// TestSourceWords holds the table to the documents, which lie beside the repository: all
// that a document is quoted with stands in one of them, and every number of the documents
// is quoted, or is set aside with a reason (testdata/sources/asides.csv).
func TestSourceWords(t *testing.T) {
	files, err := filepath.Glob("../../shared/sources/*.txt")
	if err != nil || len(files) == 0 {
		t.Skip("the source documents are not beside the repository")
	}
	var texts []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(data))
	}
	quoted := map[string][]string{}
	for i, row := range sourceRows(t) {
		quoted[row.document] = append(quoted[row.document], row.words)
		if number, _, is := figureOf(row.value); is && strings.HasPrefix(row.page, "stats/") && !slices.Contains(numbersIn(row.words), number) && !counted[row.words] {
			t.Errorf("figures.csv:%d: the words %q do not hold %s", i+2, row.words, row.value)
		}
	}
	for i, row := range readTable(t, "testdata/sources/asides.csv", 3) {
		if quoted[row[0]] = append(quoted[row[0]], row[1]); row[2] == "" {
			t.Errorf("asides.csv:%d: no reason why %q is no figure of the site", i+2, row[1])
		}
	}
	covered := make([][]bool, len(texts))
	for i := range texts {
		covered[i] = make([]bool, len(texts[i]))
	}
	for document, words := range quoted {
		in := slices.IndexFunc(texts, func(text string) bool {
			return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
		})
		if in < 0 {
			t.Errorf("no document holds all that is quoted of %s", document)
			continue
		}
		for _, w := range words {
			for at := 0; ; at++ {
				next := strings.Index(texts[in][at:], w)
				if next < 0 {
					break
				}
				at += next
				for k := range len(w) {
					covered[in][at+k] = true
				}
			}
		}
	}
	for i, text := range texts {
		for _, at := range sourceNumber.FindAllStringIndex(text, -1) {
			if covered[i][at[0]] || listNumber.MatchString(text[at[0]:min(len(text), at[1]+4)]) {
				continue
			}
			t.Errorf("%s: no row quotes …%s…", filepath.Base(files[i]), strings.ToValidUTF8(text[max(0, at[0]-30):min(len(text), at[1]+30)], ""))
		}
	}
}

var (
	sourceNumber = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)
	listNumber   = regexp.MustCompile(`^[1-9](?:、|\.\p{Han})`)                   // 1、 or 1.严肃性
	figure       = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?)([^0-9年月日]{1,3})$`) // 919件, 89.2%, 200余人
)

// counted are figures that a document writes in characters.
var counted = map[string]bool{"出现三个警种至少6名警察": true, "动用三台警车": true}

// figureOf reads a value that is a number with its measure word.
func figureOf(value string) (number float64, unit string, is bool) {
	m := figure.FindStringSubmatch(value)
	if m == nil {
		return 0, "", false
	}
	number, _ = strconv.ParseFloat(m[1], 64)
	return number, m[2], true
}

func numbersIn(text string) (all []float64) {
	for _, n := range sourceNumber.FindAllString(grouped.ReplaceAllString(text, "$1$2"), -1) {
		f, _ := strconv.ParseFloat(n, 64)
		all = append(all, f)
	}
	return all
}

// grouped is where a page sets thousands apart.
var grouped = regexp.MustCompile(`([0-9]),([0-9]{3})`)

func sourceRows(t *testing.T) (rows []sourceRow) {
	t.Helper()
	for i, r := range readTable(t, "testdata/sources/figures.csv", 7) {
		rows = append(rows, sourceRow{r[0], r[1], r[2], r[3], r[4], r[5], r[6]})
		if n := len([]rune(r[5])); n == 0 || n > 30 || r[0] == "" || r[1] == "" || r[3] == "" || r[4] == "" {
			t.Errorf("figures.csv:%d: a row wants a document, a place, a name, a value, and 1 to 30 characters of the source, and has %d", i+2, n)
		}
	}
	if len(rows) < 400 {
		t.Errorf("the table of the sources has only %d rows", len(rows))
	}
	return rows
}

func readTable(t *testing.T, file string, columns int) [][]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = columns
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// standsIn tells whether one row, card or sentence says all of it.
func (r sourceRow) standsIn(page []said) bool {
	number, unit, is := figureOf(r.value)
	return slices.ContainsFunc(page, func(p said) bool {
		for _, part := range append(strings.Split(r.name, "/"), r.place, r.period) {
			if !strings.Contains(p.all, part) {
				return false
			}
		}
		if !is {
			return strings.Contains(p.all, r.value)
		}
		for _, c := range unit {
			if !strings.ContainsRune(p.all, c) {
				return false
			}
		}
		return slices.Contains(numbersIn(p.value), number)
	})
}

// saidOn takes a page apart: each cell of figures with its row, the head of its column
// and the caption, each row as a whole, each card, each sentence of the text.
func saidOn(t *testing.T, page []byte) (all []said) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	attribute := func(n *html.Node, key string) string {
		for _, a := range n.Attr {
			if a.Key == key {
				return a.Val
			}
		}
		return ""
	}
	caption, heading := "", ""
	var columns []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch text := spaced(n); {
		case n.Data == "caption":
			caption, columns = text, nil
		case n.Data == "h2":
			heading = text
		case n.Data == "th" && attribute(n, "scope") == "col":
			columns = append(columns, text)
		case n.Data == "tr" && attribute(n, "id") != "":
			column := 0
			for cell := range n.ChildNodes() {
				if cell.Type != html.ElementNode {
					continue
				}
				if attribute(cell, "class") == "n" {
					all = append(all, said{fmt.Sprint(caption, " ", columns[column], " ", text), spaced(cell)})
				}
				column++
			}
			all = append(all, said{all: caption + " " + text})
		case n.Data == "li" && strings.HasPrefix(attribute(n, "id"), "r-"), // a card
			n.Data == "main" && !bytes.Contains(page, []byte(`id="r-`)), // the page of one
			n.Data == "li" && attribute(n.Parent.Parent, "class") == "prose":
			all = append(all, said{heading + " " + text, text})
		}
	}
	return all
}

// spaced is the text of an element, with a space before each block of it.
func spaced(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode && c.Parent.Data != "script" && c.Parent.Data != "style":
			b.WriteString(c.Data)
		case c.Type == html.ElementNode && !slices.Contains([]string{"a", "span", "strong", "em", "time"}, c.Data):
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
