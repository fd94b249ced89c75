package check

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
)

func TestWrongWords(t *testing.T) {
	site, problems := load.Site("data/site.yaml", []byte("title: 甲\nrules: {words: [{wrong: 示范氏, right: 示范市}, {wrong: 甲, right: 甲乙}]}\n"))
	page, more := load.Page("data/pages/a.md", []byte("---\ntitle: 中华人民共合国\n---\n示范氏公安局。示范市公安局。\n"))
	if problems = append(problems, more...); len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, p := range WrongWords(&bureau.Bureau{Site: site, Pages: []*bureau.Page{page}}) {
		got = append(got, p.Position.String()+" "+p.Rule.String()+" "+p.Hint.ZH)
	}
	want := []string{
		"data/site.yaml:2:43 words/wrong 写成 {wrong: 写错的样子, right: 应当写成的}，对的里面不能又有错的",
		"data/pages/a.md:2:8 words/wrong 改为“中华人民共和国”",
		"data/pages/a.md:4:1 words/wrong 改为“示范市”",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
