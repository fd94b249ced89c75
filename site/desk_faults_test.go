package site_test

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// visitor is a person at the desk: a browser without scripts.
type visitor struct {
	t      *testing.T
	client *http.Client
	home   string // the address of the desk, without its last slash
}

func visitorAt(t *testing.T, address string) visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := visitor{t, &http.Client{Jar: jar}, address[:strings.Index(address, "/?")]}
	v.open(strings.TrimPrefix(address, v.home))
	return v
}

// leaf is a page that was opened.
type leaf struct {
	url  *url.URL // where it stands, after all redirections
	code int
	*node
}

// node is an element of a page.
type node struct{ *html.Node }

func (v visitor) do(r *http.Request, fragment string) leaf {
	v.t.Helper()
	answer, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(string(data)))
	if err != nil {
		v.t.Fatal(err)
	}
	u := answer.Request.URL
	u.Fragment = fragment
	return leaf{u, answer.StatusCode, &node{root}}
}

// open opens an address of the desk.
func (v visitor) open(at string) leaf {
	v.t.Helper()
	at, fragment, _ := strings.Cut(at, "#")
	r, err := http.NewRequest(http.MethodGet, v.home+at, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.do(r, fragment)
}

// send sends a form.
func (v visitor) send(to string, values url.Values) leaf {
	v.t.Helper()
	r, err := http.NewRequest(http.MethodPost, v.home+to, strings.NewReader(values.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", v.home)
	return v.do(r, "")
}

// at is an attribute; empty where there is none.
func (n *node) at(key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func (n *node) has(key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// all gives the elements below that are of one of some names, separated by spaces.
func (n *node) all(names string) (found []*node) {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && slices.Contains(strings.Fields(names), c.Data) {
			found = append(found, &node{c})
		}
	}
	return found
}

// class gives the elements below that have a class.
func (n *node) class(name string) (found []*node) {
	for c := range n.Descendants() {
		if one := (&node{c}); c.Type == html.ElementNode && slices.Contains(strings.Fields(one.at("class")), name) {
			found = append(found, one)
		}
	}
	return found
}

// id is the element of an id; nil where there is none.
func (n *node) id(id string) *node {
	for c := range n.Descendants() {
		if one := (&node{c}); c.Type == html.ElementNode && id != "" && one.at("id") == id {
			return one
		}
	}
	return nil
}

// says is the text of an element, its white space made one.
func (n *node) says() string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// values are what a browser sends of a form when no button of a name is pressed.
func (n *node) values() url.Values {
	form := url.Values{}
	for _, field := range n.all("input textarea select") {
		name := field.at("name")
		switch {
		case name == "" || field.has("disabled"):
		case field.Data == "input" && field.at("type") == "checkbox":
			if field.has("checked") {
				form.Add(name, field.at("value"))
			}
		case field.Data == "input":
			form.Add(name, field.at("value"))
		case field.Data == "textarea":
			form.Add(name, field.typed())
		default:
			chosen := ""
			for i, o := range field.all("option") {
				if i == 0 || o.has("selected") {
					chosen = o.at("value")
				}
			}
			form.Add(name, chosen)
		}
	}
	return form
}

// typed is what stands in a field of several lines, as it is sent.
func (n *node) typed() string {
	if n.FirstChild == nil {
		return ""
	}
	return strings.ReplaceAll(n.FirstChild.Data, "\n", "\r\n")
}

// listed is a problem as the page of problems lists it.
type listed struct {
	severity, rule, place, edit, message, hint string
	forms                                      []*node           // its buttons
	ways                                       map[string]string // where else it leads to
}

func (p listed) key() string { return p.severity + " " + p.rule + " " + p.place + " " + p.message }

// mend opens the page of problems, and gives what it lists.
func (v visitor) mend() (all []listed) {
	v.t.Helper()
	page := v.open("/mend")
	if page.code != http.StatusOK {
		v.t.Fatal(page.code, page.says())
	}
	for _, section := range page.all("section") {
		rule := ""
		for _, part := range section.all("h3 li") {
			if part.Data == "h3" {
				rule = part.all("small")[0].says()
				continue
			}
			p := listed{severity: part.at("class"), rule: rule, forms: part.all("form"), ways: map[string]string{}}
			for _, ways := range part.class("ways") {
				for _, a := range ways.all("a") {
					p.ways[a.says()] = a.at("href")
				}
			}
			for _, place := range part.class("place") {
				p.place, p.edit = place.says(), place.at("href")
			}
			p.message = strings.TrimSpace(strings.TrimPrefix(part.all("p")[0].says(), p.place))
			for _, hint := range part.class("hint") {
				p.hint = hint.says()
			}
			all = append(all, p)
		}
	}
	return all
}

// form is the form of a page that is sent to an address, of which a field or a button
// names do.
func (n *node) form(to, do string) *node {
	for _, form := range n.all("form") {
		if action, _, _ := strings.Cut(form.at("action"), "?"); action == to && form.at("method") == "post" &&
			(do == "" || slices.ContainsFunc(form.all("button"), func(b *node) bool { return b.at("value") == do })) {
			return form
		}
	}
	return nil
}

// mender mends a fault at the desk, where the page of problems led to it.
type mender func(t *testing.T, v visitor, p listed)

// saved holds that what was sent was taken.
func saved(t *testing.T, page leaf) {
	t.Helper()
	if page.code != http.StatusOK || len(page.class("good")) == 0 {
		t.Fatalf("it was not taken: %d %s", page.code, page.says())
	}
}

// led opens where a problem leads to, and gives the place that is marked there.
func (v visitor) led(t *testing.T, p listed, path string) (page leaf, here *node) {
	t.Helper()
	page = v.open(p.edit)
	if page.code != http.StatusOK || page.url.Path != path {
		t.Fatalf("%s leads to %s: %d", p.edit, page.url, page.code)
	}
	if here = page.id(page.url.Fragment); here == nil {
		t.Fatalf("no %q on %s:\n%s", page.url.Fragment, page.url, page.says())
	}
	return page, here
}

// cell writes another text into the cell that a problem is at.
func cell(text string) mender {
	return func(t *testing.T, v visitor, p listed) {
		page, here := v.led(t, p, "/grid")
		field := here.all("input textarea")[0]
		about := ""
		for _, id := range strings.Fields(field.at("aria-describedby")) {
			about += page.id(id).says()
		}
		if field.at("aria-invalid") != "true" || here.at("class") != p.severity || !strings.Contains(about, p.message) || !strings.Contains(about, p.hint) || !field.has("autofocus") {
			t.Errorf("the cell is not marked: %q", about)
		}
		values := page.form("/grid", "").values()
		values.Set(field.at("name"), text)
		saved(t, v.send("/grid", values))
	}
}

// otherCell writes another text into another cell of the page.
func otherCell(name, text string) mender {
	return func(t *testing.T, v visitor, p listed) {
		page, _ := v.led(t, p, "/grid")
		if !strings.Contains(page.says(), p.message) {
			t.Errorf("the page does not say %q", p.message)
		}
		values := page.form("/grid", "").values()
		if !values.Has(name) {
			t.Fatalf("no cell %s", name)
		}
		values.Set(name, text)
		saved(t, v.send("/grid", values))
	}
}

// noRow takes out the row that a problem is in.
func noRow(t *testing.T, v visitor, p listed) {
	page, here := v.led(t, p, "/grid")
	if here.at("class") != p.severity || !strings.Contains(page.says(), p.message) {
		t.Error("the cell is not marked")
	}
	values := page.form("/grid", "drop").values()
	if !strings.HasSuffix(p.edit, values.Get("row")) {
		t.Errorf("row %q would go", values.Get("row"))
	}
	values.Set("do", "drop")
	saved(t, v.send("/grid", values))
}

// oneRow puts a row below another, and fills it.
func oneRow(below string, cells ...string) mender {
	return func(t *testing.T, v visitor, p listed) {
		page, _ := v.led(t, p, "/grid")
		if !strings.Contains(page.says(), p.message) {
			t.Errorf("the page does not say %q", p.message)
		}
		values := page.form("/grid", "add").values()
		values.Set("row", below)
		values.Set("do", "add")
		page = v.send("/grid", values)
		saved(t, page)
		values = page.form("/grid", "").values()
		for _, c := range cells {
			name, text, _ := strings.Cut(c, "=")
			if values.Get(name) != "" {
				t.Errorf("%s holds %q", name, values.Get(name))
			}
			values.Set(name, text)
		}
		saved(t, v.send("/grid", values))
	}
}

// key writes another value into the key that a problem is at; of several values a line each.
func key(values ...string) mender {
	return func(t *testing.T, v visitor, p listed) {
		page, here := v.led(t, p, "/form")
		if said := here.says(); !strings.Contains(said, p.message) || !strings.Contains(said, p.hint) || len(here.class("hint")) == 0 {
			t.Errorf("what is marked says: %s", said)
		}
		fields := here.all("input textarea select")
		form := page.form("/form", "save").values()
		name := fields[len(fields)-1].at("name")
		for _, f := range fields {
			if strings.HasPrefix(f.at("name"), "k.") {
				name = f.at("name")
				break
			}
		}
		if _, has := form[name]; !has {
			t.Fatalf("no field is marked: %s", here.says())
		}
		form[name] = values
		form.Set("do", "save")
		saved(t, v.send("/form", form))
	}
}

// otherKey writes another value into a key beside the one that a problem is at.
func otherKey(path, value string) mender {
	return func(t *testing.T, v visitor, p listed) {
		page, _ := v.led(t, p, "/form")
		if !strings.Contains(page.says(), p.message) {
			t.Errorf("the page does not say %q", p.message)
		}
		form := page.form("/form", "save").values()
		if _, has := form["k."+path]; !has {
			t.Fatalf("no field %s", path)
		}
		form.Set("k."+path, value)
		form.Set("do", "save")
		saved(t, v.send("/form", form))
	}
}

// inDescriptor writes a key of the descriptor that a problem of its table leads to.
func inDescriptor(path, value string) mender {
	return func(t *testing.T, v visitor, p listed) {
		p.edit = p.ways["改说明文件"]
		page := v.open(p.edit)
		form := page.form("/form", "save").values()
		if _, has := form["k."+path]; !has {
			t.Fatalf("%s: no field %s", page.url, path)
		}
		form.Set("k."+path, value)
		form.Set("do", "save")
		saved(t, v.send("/form", form))
	}
}

// body writes the text below the keys otherwise.
func body(old, new string) mender {
	return func(t *testing.T, v visitor, p listed) {
		page, here := v.led(t, p, "/form")
		text := page.id("body")
		if !strings.Contains(here.says(), p.message) || text == nil || text.at("data-line") == "" {
			t.Errorf("what is marked says: %s", here.says())
		}
		form := page.form("/form", "save").values()
		if strings.Count(form.Get("body"), old) != 1 {
			t.Fatalf("the text is %q", form.Get("body"))
		}
		form.Set("body", strings.Replace(form.Get("body"), old, new, 1))
		form.Set("do", "save")
		saved(t, v.send("/form", form))
	}
}

// line writes a line of the text otherwise.
func line(old, new string) mender {
	first, _, _ := strings.Cut(old, "\r\n")
	return lineAt(strings.TrimSpace(first), old, new)
}

// lineAt writes a line otherwise where another one is marked.
func lineAt(marked, old, new string) mender {
	return func(t *testing.T, v visitor, p listed) {
		page := v.open(p.edit)
		here := page.id(page.url.Fragment)
		if page.code != http.StatusOK || here == nil || here.at("id") != "here" || !strings.Contains(page.says(), p.message) {
			t.Fatalf("%s leads to %s: %d %s", p.edit, page.url, page.code, page.says())
		}
		form := page.form("/edit", "").values()
		if !strings.Contains(here.says(), marked) {
			t.Errorf("the line that is marked is %q", here.says())
		}
		if strings.Count(form.Get("text"), old) != 1 {
			t.Fatalf("the text is %q", form.Get("text"))
		}
		form.Set("text", strings.Replace(form.Get("text"), old, new, 1))
		saved(t, v.send("/edit", form))
	}
}

// cured presses the button of a problem.
func cured(t *testing.T, v visitor, p listed) {
	if len(p.forms) != 1 || p.forms[0].at("action") != "/cure" {
		t.Fatalf("no button at %s", p.message)
	}
	if page := v.send("/cure", p.forms[0].values()); page.code != http.StatusOK || page.url.Path != "/mend" {
		t.Errorf("%d %s", page.code, page.url)
	}
}

// theFile does something with the file that a problem is of: by the link at its place, or by
// one beside it.
func theFile(do string, more ...string) mender {
	return func(t *testing.T, v visitor, p listed) {
		at := p.edit
		for _, href := range p.ways {
			if strings.HasPrefix(href, "/file?") && (do == "away" || do == "make") {
				at = href
			}
		}
		page := v.open(at)
		if page.url.Path != "/file" {
			t.Fatalf("%s leads to %s", at, page.url)
		}
		if !strings.Contains(page.says(), p.message) && do != "make" {
			t.Errorf("the page does not say %q: %s", p.message, page.says())
		}
		form := page.form("/file", do)
		if form == nil {
			t.Fatalf("no button %q: %s", do, page.says())
		}
		values := form.values()
		values.Set("do", do)
		if do == "put" {
			saved(t, v.put("/file", values, "with", more[0], more[1]))
			return
		}
		if do == "name" {
			values.Set("name", more[0])
		}
		answer := v.send("/file", values)
		if do == "make" {
			if answer.code != http.StatusOK || answer.url.Path != more[0] {
				t.Fatalf("%d %s: %s", answer.code, answer.url, answer.says())
			}
			return
		}
		saved(t, answer)
	}
}

// put sends a form with a file.
func (v visitor) put(to string, values url.Values, field, name, data string) leaf {
	v.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for key, all := range values {
		for _, value := range all {
			if err := w.WriteField(key, value); err != nil {
				v.t.Fatal(err)
			}
		}
	}
	part, err := w.CreateFormFile(field, name)
	if err == nil {
		_, err = io.WriteString(part, data)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		v.t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, v.home+to, &b)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Origin", v.home)
	return v.do(r, "")
}

// explained says on the sheet of changes why something changed; fields are what is filled in
// of the entry that says what.
func explained(what string, fields ...string) mender {
	return func(t *testing.T, v visitor, p listed) {
		at := p.ways["确实变了的，到变化单说明原因"]
		if p.rule == "address/gone" {
			at = p.edit
		}
		if strings.Contains(p.hint, "sunshine") || strings.Contains(p.hint, ".csv") {
			t.Errorf("the hint is a command's: %s", p.hint)
		}
		for n := 0; ; n++ {
			page := v.open(at)
			var entry *node
			for _, f := range page.all("fieldset") {
				if strings.Contains(f.all("legend")[0].says(), what) {
					entry = f
				}
			}
			if n > 0 && entry == nil {
				return
			}
			if page.url.Path != "/changes" || entry == nil {
				t.Fatalf("%s: no %q: %s", page.url, what, page.says())
			}
			values := page.form("/explain", "").values()
			values.Set("by", "张三")
			for _, f := range fields {
				name, text, _ := strings.Cut(f, "=")
				for field := range entry.values() {
					if strings.HasPrefix(field, name+"-") {
						values.Set(field, text)
					}
				}
			}
			if page = v.send("/explain", values); page.code != http.StatusOK {
				t.Fatalf("%d %s", page.code, page.says())
			}
		}
	}
}

// seededFault is a fault of a bureau, and how it is mended at the desk.
type seededFault struct {
	fault
	mend  mender
	then  []seededMend      // what has to be mended besides, in this order
	now   map[string]string // what stands there in the end, where that is not what stood there before
	may   []string          // files that were written besides
	stays bool              // it is only begun: somebody has to translate
}

type seededMend struct {
	rule, file string
	mend       mender
}

// office makes the bureau as an office keeps it: comments in what is written, ends of lines
// as Windows has them, a table in GBK.
func (s *seeded) office(t *testing.T) {
	t.Helper()
	crlf := func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(crlf(s.files["stats/people.csv"]))
	if err != nil {
		t.Fatal(err)
	}
	s.files["stats/people.csv"] = gbk
	s.files["stats/patrol.csv"] = "\ufeff" + crlf(s.files["stats/patrol.csv"])
	s.files["stats/cases.yaml"] = "# 刑侦支队填写\n" + strings.Replace(s.files["stats/cases.yaml"], "frequency: yearly\n", "frequency: yearly   # 一年一次\n", 1) + "# 到此为止\n"
	s.files["guides/hukou/move.md"] = crlf(strings.Replace(s.files["guides/hukou/move.md"], "status: in-force\n", "status: in-force # 现行\n", 1))
}

// seededFaults are the faults that an office makes, each with what a person does about it at
// the desk.
func (s *seeded) seededFaults(t *testing.T) []seededFault {
	known := map[string]fault{}
	for _, f := range append(s.faults(), s.grave()...) {
		known[f.name] = f
	}
	of := func(name string, mend mender, then ...seededMend) seededFault {
		f, is := known[name]
		if !is {
			t.Fatal(name)
		}
		if f.file == "" {
			for file := range f.changes {
				f.file = file
			}
		}
		return seededFault{fault: f, mend: mend, then: then}
	}
	again := func(name string, mend mender) seededFault { // by the button
		f := of(name, mend)
		f.name += ", by its button"
		return f
	}
	at := func(name, rule, file, old, new string, mend mender, then ...seededMend) seededFault {
		return seededFault{fault: fault{name: name, rule: rule, file: file, changes: s.in(file, old, new)}, mend: mend, then: then}
	}
	row := func(name, rule, file, line string, mend mender) seededFault {
		end := "\n"
		if strings.Contains(s.files[file], "\r\n") {
			end = "\r\n"
		}
		return seededFault{fault: fault{name: name, rule: rule, file: file, changes: map[string]string{file: s.files[file] + line + end}}, mend: mend}
	}
	now := func(f seededFault, files map[string]string, may ...string) seededFault {
		f.now, f.may = files, may
		return f
	}
	cases, patrol, move, about, old := "stats/cases.csv", "stats/patrol.csv", "guides/hukou/move.md", "pages/about.md", "notices/2026-10-09-old.md"
	gbk := func(text string) string {
		made, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	copied := s.files[cases]
	return []seededFault{
		// Cells of tables.
		of("a figure with a letter", cell("2385")),
		at("a letter O in a figure", "csv/number", cases, "1732", "17O2", cell("1732")),
		at("a figure with a full-width letter", "csv/number", cases, "2385", "２３8５x", cell("2385")),
		at("a blank where a figure belongs", "revision/unexplained", cases, "2385", "", cell("2385")),
		of("a figure with decimals", cell("130")),
		of("a negative count", cell("130")),
		of("an unknown marker", cell("2385")),
		of("a formula's error", cell("2385")),
		of("a wrong total", cell("220")),
		of("a wrong total of persons", cell("38")),
		at("a wrong part of a total", "figures/total", patrol, "2025年,西片,90", "2025年,西片,99", otherCell("C6", "90")),
		of("a period that cannot be read", cell("2005年")),
		of("a period twice", cell("2005年")),
		of("a unit that is unknown", cell("东路派出所")),
		{fault: fault{name: "a figure with a letter in GBK", rule: "csv/number", file: "stats/people.csv", changes: map[string]string{"stats/people.csv": strings.Replace(s.files["stats/people.csv"], gbk(",57"), gbk(",5七人"), 1)}}, mend: cell("57")},
		of("a column of another name", cell("破获刑事案件（件）")),
		of("a row with too many cells", noRow),
		row("a duplicated row", "stats/duplicate", patrol, "2025年,西片,90", noRow),
		of("a row that is gone", oneRow("2", "A3=2005年", "B3=2385")),
		of("a quotation mark that never ends", line("\"2005年,2385", "2005年,2385")),
		of("a register with a broken target", cell("windows/2026年9月/东路派出所/窗口办件（件）")),
		of("a register with a dead link", cell("/guides/hukou/card/index.html")),
		of("a target of no statistic", cell("windows")),
		of("a target that is no number", cell("600")),
		of("a matter without a summary", cell("建议增设自助取号机")),
		of("a matter of an unknown ledger", cell("意见建议")),
		of("a matter with a date that cannot be read", cell("2026-10-15")),
		of("steps out of order", cell("2026-10-15")),
		of("a unit of no level", cell("派出所")),
		of("a unit twice", noRow),
		of("people that cannot be counted", cell("45000")),
		at("a telephone of a unit in a wrong form", "unit/phone", "units.csv", "000-00000102", "零零零转102", cell("000-00000102")),
		of("an identity number in a figure's table", noRow),
		of("an answer that nobody gave", otherCell("G2", "刑侦支队")),
		of("an address that leads nowhere", cell("guides/hukou/card/")),
		of("an address without a date", noRow),
		of("targets with a column too many", cell("依据")),
		of("a unit that was misspelt", otherCell("B3", "城东分局")),
		of("a unit under itself", cell("示范市公安局")),
		of("a consent that was withdrawn", otherCell("D2", "同意书008号")),
		of("a telephone in a register", cell("查明嫌疑人并抓获")),
		of("a telephone above a table", line("联系13812345678\r\n"+strings.ReplaceAll(copied, "\n", "\r\n")+"2007年,x\r\n", strings.ReplaceAll(copied, "\n", "\r\n"))),
		of("a telephone in a ledger", cell("建议增设自助取号机")),

		// Keys of descriptors, guides, notices, settings.
		of("an unknown frequency", key("yearly")),
		of("an unknown role", key("measure")),
		of("an unknown risk", key("person")),
		of("a value of the wrong type", line("sources: 刑侦支队年报", "sources: [{title: 刑侦支队年报}]")),
		of("an unknown key", line("freqency", "frequency")),
		again("an unknown key", cured),
		again("an unknown role", cured),
		again("an unknown risk", cured),
		of("a colon without a space", cured),
		of("a key twice", line("frequency: yearly\r\nfrequency: yearly", "frequency: yearly")),
		of("YAML that cannot be read", line("年报", "年报}]")),
		of("an indent that is wrong", line("\tfields:", "  fields:")),
		of("a date to come", key("2026-10-08")),
		of("a promise longer than the law's", key("20")),
		of("a word that is not in the list", key("natural-days")),
		of("a guide in another area", key("hukou")),
		of("both languages disagree", key("20")),
		now(of("a fee without a basis", otherKey("fee.basis", "财综〔2012〕97号")), s.in(move, "free: true", "amount: 20, basis: 财综〔2012〕97号")),
		of("a register whose role is unknown", key("title")),
		of("a method of protection that is unknown", key("")),
		{fault: fault{name: "what was withheld is opened", rule: "disclosure/opened", file: "stats/injured.csv", changes: known["what was withheld is opened"].changes}, mend: inDescriptor("schema.fields[2].risk", "person")},
		of("a release that was put off", key("2026-11-10")),
		of("a page without a title", key("关于本站")),
		of("a notice without a title", key("国庆期间窗口照常办理")),
		of("a figure of the home page that is not there", key("cases/破获刑事案件（件）\r\npatrol/2025年/合计/巡逻（次）")),
		now(at("a guide without its result", "guide/element", move, "result: 居民身份证\r\n", "", key("居民身份证")),
			s.in(move, "visits: {count: 1, reason: 采集照片和指纹}\r\nresult: 居民身份证\r\n", "result: 居民身份证\r\nvisits: {count: 1, reason: 采集照片和指纹}\r\n")),
		at("a guide that was not verified for long", "freshness/guide", move, "verified: 2026-10-08", "verified: 2026-01-08", key("2026-10-08")),
		at("a complaint telephone that is the counter's", "guide/complaint", move, `phone: "12389"`, "phone: 000-00000001", key("12389")),
		at("front matter without an end", "frontmatter/end", move, "review_days: 180\r\n---\r\n", "review_days: 180\r\n", lineAt("---", "review_days: 180\r\n", "review_days: 180\r\n---\r\n")),

		// Texts.
		of("a dead link", body("/stats/case/", "/stats/cases/")),
		of("a link that runs a script", body("javascript:alert(1)", "/stats/cases/")),
		of("a figure that is not there", body("2026年7月/", "2026年9月/")),
		of("a telephone in a guide", body("联系13812345678", "请本人到场")),
		of("a withheld figure in the notice", key("寻找走失老人的紧急公告")),
		at("an identity number in a notice", "privacy/resident-id", old, "窗口办件{{", "11010519491231002X窗口办件{{", body("11010519491231002X", "")),

		// Whole files.
		now(of("two copies of a file", theFile("away")), nil),
		now(of("a name with a control character", theFile("away")), nil),
		of("a guide in a language that there is not", theFile("away")),
		of("a page of a reserved name", theFile("away")),
		now(seededFault{fault: fault{name: "a page of a reserved name, renamed", rule: "files/reserved-name", file: "pages/stats.md", changes: map[string]string{"pages/stats.md": s.files[about], about: ""}}, mend: theFile("name", "about.md")}, nil),
		of("a workbook called CSV", theFile("put", "cases.csv", copied)),
		of("a wrong encoding", theFile("put", "另存.CSV", copied)),
		of("an empty table", theFile("put", "cases.csv", copied)),
		of("a table that is gone", theFile("put", "cases.csv", copied)),
		of("a register without its table", theFile("put", "glossary.csv", s.files["registers/glossary.csv"])),
		of("a telephone in an attachment", theFile("put", "form.txt", s.files["static/forms/form.txt"])),
		of("a telephone in a file that nothing reads", theFile("away")),
		of("a template that cannot be read", theFile("put", "notices.html", s.files["../templates/notices.html"])),

		// What can be made from what is there.
		{fault: fault{name: "a table without its descriptor", rule: "stats/no-descriptor", file: "stats/new.csv", changes: file("stats/new.csv", "年份,立案（件）\n2024年,15\n2025年,25\n")},
			mend: theFile("make", "/form"), may: []string{"stats/new.yaml"}, now: file("stats/new.csv", "年份,立案（件）\n2024年,15\n2025年,25\n")},
		{fault: fault{name: "texts that are not translated", rule: "translation/missing", file: "translations/en.csv", changes: file("stats/new.csv", "年份,立案（件）\n2024年,15\n2025年,25\n")},
			mend: func(t *testing.T, v visitor, p listed) {
				if strings.Contains(p.hint, "sunshine") {
					t.Errorf("the hint is a command's: %s", p.hint)
				}
				theFile("make", "/grid")(t, v, p)
				before := len(v.open("/grid?file=data%2Ftranslations%2Fen.csv&from=1").form("/grid", "").values())
				all := v.mend()
				i := slices.IndexFunc(all, func(p listed) bool { return p.rule == "translation/missing" })
				if i < 0 {
					t.Fatal("it is not told any more, and nothing is translated")
				}
				theFile("make", "/grid")(t, v, all[i]) // nothing comes twice
				if now := len(v.open("/grid?file=data%2Ftranslations%2Fen.csv&from=1").form("/grid", "").values()); now != before || now < 40 {
					t.Errorf("%d fields, before %d", now, before)
				}
			}, may: []string{"translations/en.csv"}, now: file("stats/new.csv", "年份,立案（件）\n2024年,15\n2025年,25\n"), stays: true},

		// What was published and is otherwise now.
		now(of("a changed figure without a reason", explained("2385 → 2386", "reason=漏报", "kind=correction")), known["a changed figure without a reason"].changes, "revisions.csv"),
		now(of("a changed unit without a reason", explained("件 → 起", "reason=改了口径")), known["a changed unit without a reason"].changes, "revisions.csv"),
		now(of("a guide that was renamed", explained("guides/hukou/move/", "to=guides/hukou/moving/", "why=改名")), known["a guide that was renamed"].changes, "addresses.csv"),
		now(of("an attachment that is gone", explained("static/forms/other.txt", "to=forms/", "why=撤下")), known["an attachment that is gone"].changes, "addresses.csv"),
	}
}

// matches tells whether a problem is of a rule and in a file.
func (p listed) matches(rule, file string) bool {
	return p.rule == rule && (strings.HasPrefix(p.place, "data/"+file) || strings.HasPrefix(p.place, file) || strings.Contains(file, "\x01"))
}

// TestDeskFaults: whoever works at the desk finds each fault there, at its place, mends it
// where that leads to, and finds it gone; in the files nothing else is otherwise.
func TestDeskFaults(t *testing.T) {
	s := seed(t)
	s.office(t)
	dir := t.TempDir()
	s.write(t, dir, nil)
	v := visitorAt(t, serveDesk(t, dir))
	clean := map[string]bool{}
	for _, p := range v.mend() {
		if clean[p.key()] = true; p.severity == "error" {
			t.Fatal(p.key())
		}
	}
	faults := s.seededFaults(t)
	if len(faults) < 40 {
		t.Errorf("%d faults", len(faults))
	}
	for n, f := range faults {
		if !*proof && n%2 > 0 {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			v := v
			v.t = t
			for _, folder := range []string{"data", "templates"} {
				if err := os.RemoveAll(filepath.Join(dir, folder)); err != nil {
					t.Fatal(err)
				}
			}
			s.write(t, dir, f.changes)
			find := func(rule, file string) listed {
				t.Helper()
				all := v.mend()
				i := slices.IndexFunc(all, func(p listed) bool { return !clean[p.key()] && p.matches(rule, file) })
				if i < 0 {
					for _, p := range all {
						if !clean[p.key()] {
							t.Log(p.key())
						}
					}
					t.Fatalf("%s of %s is not listed", rule, file)
				}
				p := all[i]
				if !hasHan(p.message) || !hasHan(p.hint) && p.rule != "csv/column" {
					t.Errorf("%s: %s", p.message, p.hint)
				}
				return p
			}
			f.mend(t, v, find(f.rule, f.file))
			for _, then := range f.then {
				then.mend(t, v, find(then.rule, then.file))
			}
			for _, p := range v.mend() {
				if !clean[p.key()] && (p.severity == "error" || p.matches(f.rule, f.file) && !f.stays) {
					t.Errorf("still there: %s", p.key())
				}
			}
			want := maps.Clone(s.files)
			maps.Copy(want, s.release)
			maps.Copy(want, f.now)
			got := tree(t, dir)
			for name, text := range want {
				name = path.Join("data", name)
				data, is := got[name]
				if delete(got, name); slices.Contains(f.may, strings.TrimPrefix(name, "data/")) {
					if was, _, _ := strings.Cut(text, "\r\n"); !strings.HasPrefix(string(data), was) {
						t.Errorf("%s: %s", name, data)
					}
				} else if text != "" && string(data) != text || text == "" && is {
					t.Errorf("%s is\n%s\nnot\n%s", name, data, text)
				}
			}
			for name := range got {
				if !strings.HasPrefix(name, ".sunshine/") && !slices.Contains(f.may, strings.TrimPrefix(name, "data/")) {
					t.Errorf("%s was written", name)
				}
			}
		})
	}
}

func hasHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// TestDeskInboxFaults: what is wrong with an office file is said at its cell. What somebody
// here can know is said in the form of its column; the rest the department corrects, and the
// corrected file takes the place of the wrong one.
func TestDeskInboxFaults(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("2026年9月各所出警（起）\r\n所,出警\r\n城关,1S\r\n西河,20\r\n")
	if err != nil {
		t.Fatal(err)
	}
	faults := []struct {
		name, file, text string
		asks             string            // what the page says
		cell             string            // at which cell; empty for the whole file
		right            string            // the file as the department corrects it
		say              map[string]string // or what is said of the column at the cell
		renamed          string            // or the name that the file has to have
		becomes, want    string
	}{
		{name: "a letter O in a figure", file: "字母.csv", text: "2026年9月各所接警（起）\n所,接警\n城关,1O\n西河,20\n", asks: "“1O”不是数字", cell: "B3",
			right: "2026年9月各所接警（起）\n所,接警\n城关,10\n西河,20\n", becomes: "各所接警", want: "期间,所,接警（起）\n2026年9月,城关,10\n2026年9月,西河,20\n"},
		{name: "a figure with a letter in GBK", file: "国标.csv", text: gbk, asks: "“1S”不是数字", cell: "B3",
			right: strings.Replace(gbk, "1S", "15", 1), becomes: "各所出警", want: "期间,所,出警（起）\n2026年9月,城关,15\n2026年9月,西河,20\n"},
		{name: "a wrong total", file: "合计.csv", text: "2026年9月各所盘查（起）\n所,盘查\n城关,15\n西河,20\n合计,36\n", asks: "合计写的是36，各项加起来是35", cell: "B5",
			right: "2026年9月各所盘查（起）\n所,盘查\n城关,15\n西河,20\n合计,35\n", becomes: "各所盘查", want: "期间,所,盘查（起）\n2026年9月,城关,15\n2026年9月,西河,20\n2026年9月,合计,35\n"},
		{name: "a duplicated row", file: "重复.csv", text: "2026年9月各所走访（户）\n所,走访\n城关,15\n城关,20\n", asks: "有两行：另一行在B3", cell: "B4",
			right: "2026年9月各所走访（户）\n所,走访\n城关,15\n西河,20\n", becomes: "各所走访", want: "期间,所,走访（户）\n2026年9月,城关,15\n2026年9月,西河,20\n"},
		{name: "a formula's error", file: "公式.csv", text: "2026年9月各所调解（起）\n所,调解\n城关,15\n西河,#REF!\n", asks: "公式出错的结果", cell: "B4",
			right: "2026年9月各所调解（起）\n所,调解\n城关,15\n西河,20\n", becomes: "各所调解", want: "期间,所,调解（起）\n2026年9月,城关,15\n2026年9月,西河,20\n"},
		{name: "a month that is none", file: "日期.csv", text: "各所宣传（次）\n期间,所,宣传\n2026年13月,城关,15\n2026年9月,西河,20\n", asks: "在日历上不存在", cell: "A3",
			right: "各所宣传（次）\n期间,所,宣传\n2026年8月,城关,15\n2026年9月,西河,20\n", becomes: "各所宣传", want: "期间,所,宣传（次）\n2026年8月,城关,15\n2026年9月,西河,20\n"},
		{name: "months across with a header of no month", file: "各月.csv", text: "2026年各月受理情况（起）\n所,1月,2月,甲栏\n城关,11,12,7\n西河,14,15,8\n", asks: "“甲栏”是哪一期的，看不出来", cell: "D2",
			right: "2026年各月受理情况（起）\n所,1月,2月,3月\n城关,11,12,7\n西河,14,15,8\n", becomes: "各月受理情况", want: ""},
		{name: "a column without its unit", file: "罚款.csv", text: "2026年9月查处情况,,\n所,治安案件（起）,罚款金额\n城关,15,3\n西河,20,5\n", asks: "是元，还是万元", cell: "C2",
			say: map[string]string{"unit": "万元"}, becomes: "查处情况", want: "期间,所,治安案件（起）,罚款金额（万元）\n2026年9月,城关,15,3\n2026年9月,西河,20,5\n"},
		{name: "a CSV file called XLSX", file: "假的.xlsx", text: "2026年9月各所回访（起）\n所,回访\n城关,10\n西河,20\n", asks: "这不是.xlsx工作簿",
			renamed: "假的.csv", becomes: "各所回访", want: "期间,所,回访（起）\n2026年9月,城关,10\n2026年9月,西河,20\n"},
	}
	files := map[string]string{"名单.csv": "2026年9月名单\n姓名,身份证号\n张三,11010519491231002X\n"}
	for _, f := range faults {
		files[f.file] = f.text
	}
	dir, address := deskOn(t, files)
	v := visitorAt(t, address)
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			v := v
			v.t = t
			file := "inbox/" + f.file
			listed, at := "", ""
			for _, row := range v.open("/inbox").all("tr") {
				if strings.Contains(row.says(), f.file) {
					listed, at = row.says(), row.all("a")[0].at("href")
				}
			}
			if !strings.Contains(listed, "个问题要答") {
				t.Errorf("the inbox says %q", listed)
			}
			page := v.open(at)
			var asked *node
			for _, p := range page.all("li") {
				if strings.Contains(p.says(), f.asks) {
					asked = p
				}
			}
			if asked == nil || len(asked.class("hint")) == 0 {
				t.Fatal(page.says())
			}
			if f.cell != "" {
				at := v.open(asked.class("place")[0].all("a")[0].at("href"))
				if cell := at.id(at.url.Fragment); cell == nil || !strings.Contains(cell.at("class"), "asked") || at.url.Fragment != "cell-0-"+f.cell {
					t.Errorf("%s is not marked: %s", f.cell, at.url)
				}
			}
			switch {
			case f.say != nil:
				form := page.form("/reading", "look")
				values := form.values()
				for n, head := range form.class("column") {
					if strings.HasPrefix(head.says(), f.cell) {
						for name, said := range f.say {
							values[name][n] = said
						}
					}
				}
				values.Set("do", "look")
				page = v.send("/reading", values)
			default:
				if !strings.Contains(page.says(), "在原文件里改好，再放进收件夹") {
					t.Errorf("it is not said who corrects it: %s", page.says())
				}
				at := ""
				for _, a := range page.all("a") {
					if strings.HasPrefix(a.at("href"), "/file?") {
						at = a.at("href")
					}
				}
				if f.renamed != "" {
					values := v.open(at).form("/file", "name").values()
					values.Set("name", f.renamed)
					values.Set("do", "name")
					saved(t, v.send("/file", values))
					file = "inbox/" + f.renamed
				} else {
					page := v.open(at)
					if page.form("/file", "put") == nil {
						t.Fatal(at, page.says())
					}
					values := page.form("/file", "put").values()
					values.Set("do", "put")
					saved(t, v.put("/file", values, "with", f.file, f.right))
				}
				page = v.open("/reading?file=" + url.QueryEscape(file))
			}
			if strings.Contains(page.says(), f.asks) {
				t.Fatalf("it is still asked: %s", page.says())
			}
			page = v.send("/reading", page.form("/reading", "").values())
			if page.code != http.StatusOK || len(page.class("good")) == 0 {
				t.Fatalf("%d %s", page.code, page.says())
			}
			got, err := os.ReadFile(filepath.Join(dir, "data/stats", f.becomes+".csv"))
			if err != nil || f.want != "" && string(got) != f.want {
				t.Errorf("%v: %s", err, got)
			}
		})
	}
	// What is no table at all is taken away, and brought back.
	page := v.open("/file?file=" + url.QueryEscape("inbox/名单.csv"))
	values := page.form("/file", "away").values()
	values.Set("do", "away")
	saved(t, v.send("/file", values))
	if _, err := os.Stat(filepath.Join(dir, "inbox/名单.csv")); err == nil {
		t.Error("it is still there")
	}
	undo := v.open("/done").form("/undo", "")
	if answer := v.send("/undo", undo.values()); answer.code != http.StatusOK {
		t.Error(answer.says())
	}
	if got, err := os.ReadFile(filepath.Join(dir, "inbox/名单.csv")); err != nil || string(got) != files["名单.csv"] {
		t.Errorf("%v: %s", err, got)
	}
	for _, p := range v.mend() {
		if p.severity == "error" && strings.HasPrefix(p.place, "data/stats/") {
			t.Error(p.key())
		}
	}
}
