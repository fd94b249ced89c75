package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/yaml"
)

// A problem that one thing alone mends has a button that does it, and does nothing else.
func TestCure(t *testing.T) {
	const file = "data/site.yaml"
	for was, want := range map[string]string{
		"title：一 # 甲\r\nlanguage: zh\r\n":             "title: 一 # 甲\r\nlanguage: zh\r\n",
		"\ufefftitle： 一\n":                            "\ufefftitle: 一\n",
		"language: zh\ntitle:一\n":                     "language: zh\ntitle: 一\n",
		"contact:\n  phone: a\n  hours：\nlanguage: x": "contact:\n  phone: a\n  hours:\nlanguage: x",
	} {
		s := &shelf{files: map[string]string{file: was}, problems: yaml.Decode(file, 1, []byte(was), &bureau.Site{})}
		page := s.page(t, "/mend", nil).Body.String()
		if !strings.Contains(page, `action="/cure"`) || !strings.Contains(page, "改成“: ”") {
			t.Fatalf("%q: no button: %s", was, page)
		}
		if page := s.page(t, "/form?file="+file+"&line=1", nil).Body.String(); !strings.Contains(page, `action="/cure"`) {
			t.Errorf("%q: no button where it is edited", was)
		}
		got := s.page(t, "/cure", browser(t, page))
		if got.Code != http.StatusSeeOther || s.files[file] != want {
			t.Errorf("%q becomes %q, not %q: %s", was, s.files[file], want, got.Body)
		}
		// Sent once more, it finds nothing to mend.
		again := s.files[file]
		if got := s.page(t, "/cure", browser(t, page)); got.Code == http.StatusSeeOther || s.files[file] != again {
			t.Errorf("%q: mended twice: %q", was, s.files[file])
		}
	}
	s := &shelf{files: map[string]string{file: "title: a\n"}}
	s.problems.Error(problem.Position{File: file, Line: 1, Column: 8}, problem.SiteTitle, problem.Text{ZH: "不对"}, problem.Text{})
	if page := s.page(t, "/mend", nil).Body.String(); strings.Contains(page, `action="/cure"`) {
		t.Error("a button where somebody has to think")
	}
	if got := s.page(t, "/cure", url.Values{"file": {file}, "line": {"1"}, "column": {"8"}, "rule": {"site/title"}}); got.Code == http.StatusSeeOther || s.files[file] != "title: a\n" {
		t.Errorf("%d %q", got.Code, s.files[file])
	}
}
