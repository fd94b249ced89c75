package privacy_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"sunshine/site/problem"
)

// inText are the carriers of a corpus whose text a plain file holds as well, by how
// their names begin.
var inText = []string{"txt-", "page", "notice", "guide", "docx-", "pptx-", "pdf-text", "rtf-", "csv-attachment"}

// TestCorpora holds the judgement to what three people wrote who had not seen it: it
// finds every leak and passes every innocent text. Here they stand in plain files;
// make proof puts each into its own carrier.
func TestCorpora(t *testing.T) {
	for _, name := range []string{"open", "sealed", "last"} {
		file, err := os.Open("testdata/corpus/" + name + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		leaks, innocents := 0, 0
		for lines := bufio.NewScanner(file); lines.Scan(); {
			var item struct {
				ID, Carrier, Rule, Text, Style, Name, Where string
				Leak                                        bool
				Extra                                       map[string]any
			}
			if err := json.Unmarshal(lines.Bytes(), &item); err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(inText, func(c string) bool { return strings.HasPrefix(item.Carrier, c) }) || item.Style+item.Where != "" || item.Extra != nil || strings.Contains(item.Text, "&#") || strings.HasPrefix(item.Rule, "official") {
				continue
			}
			at, text := "data/static/cailiao.txt", item.Text
			switch item.Carrier {
			case "csv-attachment":
				at = "data/static/cailiao" + path.Ext(item.Name)
			case "page", "notice", "guide":
				at, text = "data/pages/page.md", "---\ntitle: 页面\n---\n"+text+"\n"
			}
			list := personal(judge(map[string]string{
				"data/site.yaml": settings + "privacy: {email_domains: [shifan.example]}\n",
				at:               text,
			}))
			if item.Leak {
				leaks++
			} else {
				innocents++
			}
			if found := len(list) > 0; found != item.Leak {
				t.Errorf("%s %s: %q: %v", item.ID, item.Rule, item.Text, list)
			}
		}
		t.Logf("%s: leaks %d, innocent texts %d", name, leaks, innocents)
	}
}

// A column of telephone numbers is none of calls, whatever unit it says.
func TestTelephonesAreNoCounts(t *testing.T) {
	for text, want := range map[string]string{
		"期间,电话（次）\n2025年,87286114\n2026年,87286115\n": "column@data/stats/t.csv:1:4 (B1)",
		"期间,电话（次）\n2025年,861\n2026年,1200345\n":       "",
		"期间,身份证制证数\n2025年,861\n2026年,862\n":          "",
		"期间,报警电话类别,件数（件）\n2025年,诈骗,862\n":            "",
		"期间,手机号\n2025年,13\n":                         "column@data/stats/t.csv:1:4 (B1)",
		"期间,电话（办公）\n2025年,861\n2026年,862\n":          "column@data/stats/t.csv:1:4 (B1)",
	} {
		if got := rules(judge(map[string]string{"data/stats/t.csv": text})); got != want {
			t.Errorf("%q gave %q, want %q", text, got, want)
		}
	}
}

// Of each rule, ten places of a file are listed, and the tenth says how many more
// there are; the end of a file with too many is an error of its own.
func TestTenPlaces(t *testing.T) {
	var b strings.Builder
	for i := range 1500 {
		fmt.Fprintf(&b, "第%d行 138%08d\n", i, 10000000+7*i)
	}
	list := personal(judge(map[string]string{"data/static/t.txt": b.String()}))
	count := map[problem.Rule]int{}
	for _, p := range list {
		count[p.Rule]++
	}
	if count[problem.PrivacyMobile] != 10 || count[problem.PrivacyNotInspected] != 1 || len(list) != 11 {
		t.Errorf("%v", count)
	}
	if !strings.Contains(list[9].Message.ZH, "另有989处") {
		t.Error(list[9].Message.ZH)
	}
}

// The holder's name tells whose account it is.
func TestAccounts(t *testing.T) {
	card := "6222021202087654324"
	for text, want := range map[string]int{
		"户名：示范市公安局，开户行：示范银行，账号：" + card: 0,
		"户名：张建国，开户行：示范银行，账号：" + card:    1,
		"手机号1" + "3800001234.0，请回电":     1,
		"比例0.1" + "3800001234，四舍五入":     0,
		"电话 138" + "*0000*" + "1234":    1,
		"版本 138" + ".0000." + "1234.5":  0,
		"<p>1380<b>000</b>1234</p>":     0, // in a plain text the signs are signs
	} {
		if got := len(personal(judge(map[string]string{"data/static/t.txt": text}))); got != want {
			t.Errorf("%q gave %d findings, want %d", text, got, want)
		}
	}
	for text, want := range map[string]int{"<svg><text>1380<tspan x='1'>000</tspan>1234</text></svg>": 1, "<svg><text>1380</text><text>0001234</text></svg>": 0} {
		if got := len(personal(judge(map[string]string{"data/static/t.svg": text}))); got != want {
			t.Errorf("%q gave %d findings, want %d", text, got, want)
		}
	}
}
