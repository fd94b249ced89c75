package check

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/problem"
)

func TestExcept(t *testing.T) {
	var problems problem.List
	at := problem.Position{File: "data/stats/a.csv", Line: 2}
	problems.Warn(at, problem.FiguresRepeat, problem.Say("重", "repeat"), problem.Text{})
	problems.Warn(problem.Position{File: "data/stats/b.csv", Line: 2}, problem.FiguresRepeat, problem.Say("重", "repeat"), problem.Text{})
	withError := append(problem.List{{Position: at, Severity: problem.Error, Rule: problem.FiguresTotal}}, problems...)
	for _, c := range []struct {
		name, off string
		problems  problem.List
		want      string
	}{
		{"none", "", problems, "figures/repeat figures/repeat"},
		{"one file", "{rule: figures/repeat, path: data/stats/a.csv, reason: 核对过}", problems, "figures/repeat"},
		{"all files", "{rule: figures/repeat, reason: 核对过}", problems, ""},
		{"an error", "{rule: figures/total, reason: 核对过}", withError, "figures/total figures/repeat figures/repeat"},
		{"no reason", "{rule: figures/repeat}", problems, "figures/repeat figures/repeat rules/reason"},
		{"unused", "{rule: guide/unit, reason: 核对过}", problems, "figures/repeat figures/repeat rules/unused"},
		{"unknown", "{rule: figures/repaet, reason: 核对过}", problems, "figures/repeat figures/repeat rules/unknown"},
		{"personal data", "{rule: privacy/name, reason: 核对过}", problems, "figures/repeat figures/repeat rules/privacy"},
	} {
		s, l := load.Site("data/site.yaml", []byte("title: a\norganization: b\nrules:\n  off: ["+c.off+"]\n"))
		if len(l) > 0 {
			t.Fatal(l)
		}
		var got []string
		for _, p := range Except(c.problems, s.Rules.Off) {
			got = append(got, p.Rule.String())
			if strings.HasPrefix(p.Rule.String(), "rules/") && p.Line != 4 {
				t.Errorf("%s: at %v", c.name, p.Position)
			}
			if p.Rule.String() == "rules/unknown" && p.Hint.EN != `did you mean "figures/repeat"?` {
				t.Errorf("%s: %s", c.name, p.Hint.EN)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %v, want %s", c.name, got, c.want)
		}
	}
}

func TestFooter(t *testing.T) {
	const full = "  organizer: 示范市公安局\n  site_code: bm00000000\n  icp: 示ICP备00000000号-1\n  police_record: 示公网安备 00000000000000号\n  report_error: mailto:a@example.org\n"
	for _, c := range []struct{ name, old, new, want string }{
		{"complete", "", "", ""},
		{"site code of digits", "bm00000000", "0000000000", ""},
		{"site code too short", "bm00000000", "bm000", "5:14 footer/form"},
		{"ICP", "号-1", "", "6:8 footer/form"},
		{"police record", "示公网安备 00000000000000号", "示公网安备00号", "7:18 footer/form"},
		{"a form of its own", full, full + "rules: {site_code: 'x\\d'}\n", "5:14 footer/form"},
		{"a form that is none", full, full + "rules: {site_code: '('}\n", "9:20 rules/form"},
		{"missing", "  icp: 示ICP备00000000号-1\n", "", "1:1 footer/missing"},
		{"no footer", "footer:\n" + full, "", ""},
	} {
		text := strings.Replace("title: a\norganization: b\nfooter:\n"+full, c.old, c.new, 1)
		s, l := load.Site("data/site.yaml", []byte(text))
		if len(l) > 0 {
			t.Fatal(l)
		}
		var got []string
		for _, p := range Footer(s) {
			got = append(got, strings.TrimPrefix(p.Position.String(), "data/site.yaml:")+" "+p.Rule.String())
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: got %v, want %s", c.name, got, c.want)
		}
	}
}

func TestHosts(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"script", "layout.html", "<p>\n<script src=\"https://cdn.example/a.js\"></script>", "templates/layout.html:2"},
		{"without a scheme", "layout.html", "<script src=//cdn.example/a.js></script>", "templates/layout.html:1"},
		{"one of several images", "home.html", "<img srcset=\"a.png 1x, https://cdn.example/b.png 2x\">", "templates/home.html:1"},
		{"style sheet", "head.html", "<link rel=stylesheet href=https://cdn.example/a.css>", "templates/head.html:1"},
		{"style", "site.css", "p{}\n@font-face{src:url('https://cdn.example/a.woff2')}", "templates/site.css:2"},
		{"import", "site.css", "@import \"https://cdn.example/a.css\";", "templates/site.css:1"},
		{"import of a url", "site.css", "@import url(https://cdn.example/a.css);", "templates/site.css:1"},
		{"allowed", "layout.html", "<script src=https://www.example.org/a.js></script>", ""},
		{"link", "layout.html", "<a href=https://cdn.example/>x</a>", ""},
		{"own", "layout.html", "<script src=\"{{.Root}}a.js\"></script><img src=a.png>", ""},
	} {
		s, _ := load.Site("data/site.yaml", []byte("title: a\norganization: b\nrules: {allowed_hosts: [www.example.org]}\n"))
		var got []string
		for _, p := range Hosts([]bureau.File{{Path: "templates/" + c.file, Bytes: []byte(c.text)}}, s.Rules.AllowedHosts) {
			got = append(got, p.Position.String())
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %v, want %s", c.name, got, c.want)
		}
	}
}
