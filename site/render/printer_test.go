package render

import (
	"bytes"
	"html/template"
	"io"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"text/template/parse"
)

// TestPrinter holds printers to html/template, page by page, and tells which templates have none.
func TestPrinter(t *testing.T) {
	templates := load(t, nil)
	first, _ := pages(templates, fixture(t)) // of each kind one page is html/template's
	second, _ := pages(templates, fixture(t))
	var without []string
	templates.printers.Range(func(key, made any) bool {
		if p := made.(*printer); p == nil && key.(printed).language == "zh" {
			without = append(without, key.(printed).name)
		}
		templates.printers.Store(key, (*printer)(nil))
		return true
	})
	if want := []string{"layout.html"}; !slices.Equal(without, want) { // which is printed once for many pages
		t.Errorf("%q have no printer, want %q alone", without, want)
	}
	want, _ := pages(templates, fixture(t))
	for i := range want {
		if !bytes.Equal(first[i].Bytes, want[i].Bytes) || !bytes.Equal(second[i].Bytes, want[i].Bytes) {
			t.Errorf("%s is not as html/template prints it", want[i].Path)
		}
	}
}

// every has what a printer knows, and what only html/template does.
type every struct {
	Inner
	Text, Empty  string
	HTML         template.HTML
	URL          template.URL
	JS           template.JS
	Number, Zero int
	Real         float64
	Yes, No      bool
	One, None    *item
	Items, Few   []item
	Texts        []string
	Kind         kind
	Any          any
	Map          map[string]int
}

type Inner struct{ Deep string }

type item struct {
	Name string
	Sub  []item
}

func (*item) Method() string { return "<m>" }

type kind int

func (kind) String() string { return "<kind>" }

// TestPrinterLanguage holds printers to html/template in all that templates may say.
func TestPrinterLanguage(t *testing.T) {
	data := every{Inner: Inner{"deep & down"}, Text: `<a "b" 'c' + d & e>`, HTML: "<b>&amp;</b>", URL: "tel:+86-1", JS: `{"a":1}`, Number: 3, Real: 1.5, Yes: true,
		One: &item{Name: "one", Sub: []item{{Name: "sub"}}}, Items: []item{{Name: "x", Sub: []item{{Name: "y"}, {Name: "z&"}}}, {Name: "http://a/?b=c&d"}, {Name: "javascript:x"}}, Few: []item{{Name: "few"}}, Texts: []string{"a", "中文", "b c"}, Kind: 2, Any: "any", Map: map[string]int{"k": 1}}
	for _, c := range []struct {
		text  string
		known bool
	}{
		{`{{.Text}} {{.Deep}} {{.HTML}} {{.URL}} {{.JS}} {{.Number}} {{.Real}} {{.Yes}} {{.Kind}} {{.Texts}} {{.Items}}`, true},
		{`<p title="{{.Text}}" class="{{.HTML}}">{{.One.Name}}{{.One.Sub}}</p>`, true},
		{`<a href="{{.Text}}">{{.Text}}</a><a href="{{.URL}}"><a href="{{.Deep}}"><a href="#{{.Text}}">`, true},
		{`<title>{{.Text}}{{.HTML}}</title><script type="application/ld+json">{{.JS}}</script>`, true},
		{`<script type="application/ld+json">{{.Text}}</script>`, true},
		{`<script type="application/ld+json">{"n":{{.Number}},"z":{{.Zero}},"r":{{.Real}}}</script><a href="{{.Number}}"><a href="#{{.Number}}"><title>{{.Number}}</title><p title="{{.Number}}">`, true},
		{`{{range .Items}}<a href="{{.Name}}" title="{{.Name}}">{{.Name}}</a>{{range .Sub}}{{.Name}}{{else}}none{{end}}{{end}}`, true},
		{`{{range .Few}}{{$.Text}}{{end}}{{range $i, $v := .Texts}}{{if $i}}, {{end}}{{$v}}{{end}}{{range $v := .Items}}{{range $i, $w := .Sub}}{{$v.Name}}{{$i}}{{$w.Name}}{{end}}{{end}}`, true},
		{`{{with .Text}}{{.}}{{else}}no{{end}}{{with .Empty}}{{.}}{{else}}no{{end}}{{with .One}}{{.Name}}{{with .Sub}}{{len .}}{{end}}{{end}}`, false},
		{`{{with .One}}{{.Name}}{{$.Number}}{{end}}{{with .None}}{{.Name}}{{end}}{{with .Number}}{{.}}{{end}}{{with .Zero}}{{.}}{{end}}{{with .Yes}}{{.}}{{end}}`, true},
		{`{{if and .Yes .Text}}a{{end}}{{if or .No .Empty}}b{{else if not .Zero}}c{{end}}{{if and .Yes (not .No)}}d{{end}}{{if .None}}e{{end}}{{if .Items}}f{{end}}`, true},
		{`{{if gt .Number 2}}a{{end}}{{if gt .Number 3}}b{{end}}{{if eq .Number 3}}c{{end}}{{if gt (len .Items) 2}}d{{end}}{{if eq (len .Few) 2}}e{{end}}`, true},
		{`{{define "x"}}[{{.Name}}{{range .Sub}}{{template "x" .}}{{end}}]{{end}}{{range .Items}}{{template "x" .}}{{end}}`, true},
		{`{{define "y"}}y{{end}}{{template "y"}}{{template "y" .One}}{{slice .Text 1 3}}`, true},
		{`{{slice .Text 1 300}}`, true}, // an error
		{`{{.None.Name}}`, true},        // an error
		{`{{.Any}}`, false},
		{`{{.Map.k}}`, false},
		{`{{.One.Method}}`, false},
		{`{{range .Map}}{{.}}{{end}}`, false},
		{`{{range 3}}x{{end}}`, false},
		{`{{range .Items}}{{break}}{{end}}`, false},
		{`{{$x := .Text}}{{$x}}`, false},
		{`{{with $x := .Text}}{{$x}}{{end}}`, false},
		{`{{printf "%d" .Number}}`, false},
		{`<p onclick="f({{.Text}})">`, false},
		{`<p style="color:{{.Text}}">`, false},
		{`<p title={{.Text}}>`, false},
	} {
		set := template.Must(template.New("a").Parse(c.text))
		var want bytes.Buffer
		fault := set.Execute(&want, data)
		p := printerOf(set, "a", reflect.TypeOf(data))
		if (p != nil) != c.known {
			t.Errorf("%s: known to a printer: %t, want %t", c.text, p != nil, c.known)
		}
		if p == nil {
			continue
		}
		var got limited
		if ok := p.print(&printing{out: &got}, reflect.ValueOf(data)); ok != (fault == nil) || ok && got.String() != want.String() {
			t.Errorf("%s: got %t\n%s\nwant %v\n%s", c.text, ok, got.String(), fault, want.String())
		}
	}
}

// A page that has no end is left to html/template, which tells of it.
func TestPrinterEnds(t *testing.T) {
	data := every{Text: strings.Repeat("x", 1<<20), Texts: make([]string, pageLimit>>20+1), One: &item{}}
	for _, text := range []string{`{{range .Texts}}{{$.Text}}{{end}}`, `{{define "x"}}{{if .Text}}{{template "x" .}}{{end}}{{end}}{{if .Yes}}{{template "x" .}}{{end}}`} {
		set := template.Must(template.New("a").Parse(text))
		if err := set.Execute(io.Discard, every{}); err != nil {
			t.Fatal(err)
		}
		data.Yes = true
		var w limited
		if p := printerOf(set, "a", reflect.TypeOf(data)); p == nil || p.print(&printing{out: &w}, reflect.ValueOf(data)) {
			t.Errorf("%s: no printer, or it prints all", text)
		}
	}
}

// TestPlaces holds what is said to need no escaping to what html/template does with it.
func TestPlaces(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := strings.Fields("http: https: HTTP: mailto: javascript: tel: a Z 0 9 % %4 %4a %GG / // . .. ? = # @ [ ] ( ) ! $ * , ; : - _ ~ + & &amp; ' \" < > \\ ` { } | ^ \x00 \x01 \x7f \t \n 中 é \xff \u2028 </script> </title> <!--")
	pieces = append(pieces, " ", "\t", "\n", "\u2028")
	for _, name := range slices.Sorted(maps.Keys(places)) {
		in := places[name]
		var out strings.Builder
		if err := in.escaping.Execute(&out, ""); err != nil {
			t.Fatal(err)
		}
		if action, is := in.escaping.Tree.Root.Nodes[1].(*parse.ActionNode); !is || escapers(action.Pipe) != name {
			t.Errorf("html/template escapes otherwise than by %s: %v", name, in.escaping.Tree.Root)
		}
		kept := 0
		for range 40_000 {
			var b strings.Builder
			for range random.IntN(5) {
				b.WriteString(pieces[random.IntN(len(pieces))])
			}
			text := b.String()
			for of, safe := range in.safe {
				if !safe(text) {
					continue
				}
				kept++
				var got limited
				if value := reflect.ValueOf(text).Convert(of).Interface(); !in.escape(&printing{out: &got}, value) || got.String() != text {
					t.Fatalf("%s: %v %q is %q", name, of, text, got.String())
				}
			}
		}
		if kept < 1000 {
			t.Errorf("%s: only %d texts are written as they are", name, kept)
		}
	}
}
