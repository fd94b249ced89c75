package render

import (
	"strings"
	"testing"

	"sunshine/site/locale"
	"sunshine/site/problem"
)

func TestOverride(t *testing.T) {
	templates := load(t, map[string]string{"notices.html": "<h1>本局的公告</h1>\n", "site.css": "p{}"})
	files, problems := pages(templates, fixture(t))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	all := byPath(t, files)
	if page := string(all["notices/index.html"]); !strings.Contains(page, "<h1>本局的公告</h1>") {
		t.Error(page)
	}
	if path := templates.assets["site.css"].path; string(all[path]) != "p{}" {
		t.Errorf("%s: %s", path, all[path])
	}
}

func TestOverrideFails(t *testing.T) {
	for _, c := range []struct {
		name, file, text, rule, at string
	}{
		{"syntax", "guide.html", "<p>\n{{if .Title}}\n", "template/parse", "templates/guide.html:3"},
		{"function", "guide.html", "\n\n{{env \"HOME\"}}", "template/parse", "templates/guide.html:3"},
		{"message", "guide.html", "\n{{msg \"no-such\"}}", "template/parse", "templates/guide.html:2"},
		{"field", "guide.html", "<p>\n<b>{{.Nothing}}</b>", "template/execute", "templates/guide.html:2"},
		{"beyond the struct", "guide.html", "\n\n{{.Common.Bureau}}", "template/execute", "templates/guide.html:3"},
		{"context", "guide.html", "<a href='{{.Title}}", "template/execute", "templates/guide.html"},
		{"endless", "guide.html", `{{template "guide.html" .}}`, "template/execute", "templates/guide.html:1"},
		{"too long", "guide.html", `{{range 1000000}}` + strings.Repeat("x", 1000) + `{{end}}`, "template/execute", "templates/guide.html"},
		{"frame", "layout.html", "<!doctype html>{{.Main}}", "template/layout", "templates/layout.html"},
		{"head", "head.html", "{{.Titel}}", "template/execute", "templates/head.html:1"},
		{"size", "guide.html", strings.Repeat("x", overrideLimit+1), "template/size", "templates/guide.html"},
		{"name", "guid.html", "x", "template/unknown", "templates/guid.html"},
	} {
		t.Run(c.name, func(t *testing.T) {
			templates, problems := loadOwn(t, map[string]string{c.file: c.text})
			_, more := pages(templates, fixture(t))
			problems = append(problems, more...)
			if len(problems) == 0 {
				t.Fatal("no problem")
			}
			for _, p := range problems {
				if p.Rule.String() != c.rule || !strings.HasPrefix(p.Position.String(), c.at) {
					t.Errorf("%v [%s] %s, want %s [%s]", p.Position, p.Rule.String(), p.Message.EN, c.at, c.rule)
				}
				if p.Message.ZH == "" || p.Hint.ZH == "" || p.Hint.EN == "" {
					t.Errorf("message or hint is missing: %+v", p)
				}
			}
		})
	}
}

func TestFigure(t *testing.T) {
	templates := load(t, nil)
	in := fixture(t)
	c := in.Statistics["cases-solved"].Charts[0]
	c.Title = `<b>"`
	block, err := templates.Figure(locale.Builtin(problem.Chinese), "../../", c)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<figure class="chart" id="chart-1" aria-labelledby="chart-1-title" data-script="chart-1.js" data-echarts="../../assets/echarts.`, `<figcaption id="chart-1-title">&lt;b&gt;&#34;</figcaption>`, `<div class="chart-wide"><svg`, `<div class="chart-narrow"><svg`, `<button type="button" class="chart-interactive" data-back="返回静态图" hidden>`, "<p>" + c.Summary.Headline + "</p>", "<li>" + c.Summary.Points[0] + "</li>"} {
		if !strings.Contains(string(block), want) {
			t.Errorf("no %s in %s", want, block)
		}
	}
}
