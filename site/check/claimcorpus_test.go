package check

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/load"
)

// spoken of a corpus: one sentence with what is known of it.
type sentenceOf struct{ ID, Label, Kind, Lang, Place, Day, Statistic, Text, Why string }

// quotedIn are the figures that notices of the corpus print beside their sentence.
var quotedIn = map[string]string{
	"rural-crime": "{{rural-crime/2025年/农村刑事案件立案（件）}}",
	"fraud":       "{{fraud/2026-09/电信网络诈骗立案（起）}}",
	"unit-calls":  "{{unit-calls/2026年第三季度/城东分局/接处警（起）}}",
	"theft":       "{{theft/2026年第三季度/盗窃案件立案（件）}}",
	"road":        "{{road/2026年第三季度/道路交通事故（起）}}",
	"window":      "{{window/2025年/户政业务办件（件）}}",
	"recovered":   "{{recovered/2026-09/返还群众（万元）}}",
	"survey":      "{{survey/2026年第三季度/群众满意度（%）}}",
}

// TestClaimsOfTheCorpus holds Claims against sentences of others: README.md beside
// them says what they are. At least so many of the false ones are reported, and of
// what is reported so much is false.
func TestClaimsOfTheCorpus(t *testing.T) {
	for _, half := range []string{"open", "second", "third", "fourth"} {
		t.Run(half, func(t *testing.T) { holdCorpus(t, "testdata/claims/"+half+".jsonl") })
	}
}

func holdCorpus(t *testing.T, name string) {
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	folder := corpusBureau(t)
	wrong, reported, right := 0, 0, 0
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var s sentenceOf
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		problems := Claims(bureauOf(t, s.in(folder)))
		told(t, problems)
		if s.Label == "false" {
			wrong++
		}
		switch {
		case len(problems) > 0 && s.Label == "false":
			reported, right = reported+1, right+1
		case len(problems) > 0:
			reported++
			t.Logf("false alarm %s: %s: %s", s.ID, s.Text, problems[0].Message.ZH)
		case s.Label == "false":
			t.Logf("missed %s: %s (%s)", s.ID, s.Text, s.Why)
		}
	}
	if err := lines.Err(); err != nil || wrong == 0 {
		t.Fatal("the corpus cannot be read: ", err)
	}
	if 100*right < 98*wrong || 100*right < 98*reported {
		t.Errorf("of %d false sentences %d are reported, and of %d that are reported %d are false; want 98 of 100 of both", wrong, right, reported, right)
	}
}

func corpusBureau(t *testing.T) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	base := os.DirFS("testdata/claims/bureau")
	if err := fs.WalkDir(base, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(base, name)
		folder[name] = &fstest.MapFile{Data: data}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return folder
}

// TestClaimsOfOurOwn holds Claims against sentences that were written with it: each
// false one is reported, and no true one.
func TestClaimsOfOurOwn(t *testing.T) {
	text, err := os.ReadFile("testdata/claims/own.txt")
	if err != nil {
		t.Fatal(err)
	}
	folder := corpusBureau(t)
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		parts := append(strings.Split(line, "|"), "", "")
		s := sentenceOf{Text: parts[1], Place: cmp.Or(parts[2], "notice"), Statistic: parts[3], Day: "2026-10-30"}
		if english(strings.ToLower(s.Text)) {
			s.Lang = "en"
		}
		problems := Claims(bureauOf(t, s.in(folder)))
		told(t, problems)
		switch {
		case parts[0] == "f" && len(problems) == 0:
			t.Errorf("nothing is said of %s", s.Text)
		case parts[0] == "t" && len(problems) > 0:
			t.Errorf("%s: %s", s.Text, problems[0].Message.ZH)
		}
	}
}

// in puts the sentence in its place in a copy of the bureau.
func (s sentenceOf) in(folder fstest.MapFS) fstest.MapFS {
	all := maps.Clone(folder)
	put := func(name, text string) { all["data/"+name] = &fstest.MapFile{Data: []byte(text)} }
	cell := func(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
	ending := ".md"
	if s.Lang == "en" {
		ending = ".en.md"
	}
	switch s.Place {
	case "notice":
		text := s.Text + "\n"
		if s.Statistic != "" {
			text += "\n" + quotedIn[s.Statistic] + "\n"
		}
		put("notices/"+s.Day+"-x"+ending, "---\ntitle: 公安工作通报\ndate: "+s.Day+"\nsummary: 通报有关工作。\n---\n"+text)
	case "page":
		put("pages/x"+ending, "---\ntitle: 警务公开说明\nupdated: "+s.Day+"\n---\n"+s.Text+"\n")
	case "guide":
		put("guides/hukou/x"+ending, "---\ntitle: 首次申领居民身份证\narea: hukou\nsummary: 年满十六周岁的公民第一次领取居民身份证。\nupdated: "+s.Day+"\n---\n"+s.Text+"\n")
	case "note", "description":
		name := "data/stats/" + s.Statistic + ".yaml"
		text := string(all[name].Data)
		if s.Place == "note" {
			text += "notes: |\n  " + s.Text + "\n"
		} else {
			before, after, _ := strings.Cut(text, "\ndescription: ")
			said, rest, _ := strings.Cut(after, "\n")
			quoted, _ := json.Marshal(said + s.Text)
			text = before + "\ndescription: " + string(quoted) + "\n" + rest
		}
		all[name] = &fstest.MapFile{Data: []byte(text)}
	case "register":
		head, rest, found := strings.Cut(s.Text, "：")
		if !found || len(head) > 24 {
			head, rest = "重点工作", s.Text
		}
		put("registers/x.yaml", "title: 重点工作台账\nupdated: "+s.Day+"\ncolumns:\n  - {name: 编号, role: id}\n  - {name: 事项, role: title}\n  - {name: 进展}\n")
		put("registers/x.csv", "编号,事项,进展\nZ01,"+cell(head)+","+cell(rest)+"\n")
	case "answer":
		put("suggestions/x.csv", "编号,账本,收到日期,承办单位,摘要,商议,方案,督办,反馈,公开,状态,答复\nX1,意见建议,2026-10-08,城东分局,关于社区治安的建议,2026-10-09,2026-10-12,2026-10-15,2026-10-20,"+s.Day+",已办结,"+cell(s.Text)+"\n")
	default:
		panic("unknown place " + s.Place)
	}
	return all
}

func bureauOf(t *testing.T, folder fs.FS) *bureau.Bureau {
	t.Helper()
	b, problems := load.Bureau(context.Background(), folder, 1, func(bureau.Kind, string, []byte, any) []bureau.Finding { return nil })
	if problems.Errors() > 0 {
		t.Fatal(problems)
	}
	figures.Decide(b)
	figures.DeriveAll(b, 1)
	return b
}
