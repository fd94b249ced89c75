package check

import (
	"strings"
	"testing"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/problem"
)

const (
	detained = "期间,拘留人数（人）,未成年（人）\n2024年,12,3\n2025年,15,2\n2026年1-9月,21,4\n"
	injured  = "季度,单位,死亡（人）,受伤（人）\n2026年第一季度,城东分局,7,18\n2026年第一季度,城西分局,3,15\n2026年第二季度,城东分局,4,23\n2026年第二季度,城西分局,6,1\n2026年第二季度,合计,10,24\n"
	kinds    = "期间,类别,人数\n2025年,吸毒人员,14\n2025年,失踪儿童,2\n2024年,失踪儿童,3\n"
)

// veiled makes the statistics of the tests with the counts from 1 to 4 taken out.
func veiled(t testing.TB) *bureau.Bureau {
	t.Helper()
	b := &bureau.Bureau{Units: []bureau.Unit{unitNamed("chengdong", "城东分局"), unitNamed("chengxi", "城西分局")}}
	for _, s := range []struct{ name, title, rows, data string }{
		{"detained", "刑事执法情况", "person", detained}, {"injured", "道路交通事故伤亡", "person", injured}, {"kinds", "重点人员服务管理", "person", kinds},
	} {
		of := statistic(t, s.data, "title: "+s.title+"\nreleased: 2026-10-12\n")
		of.Name = s.name
		hideSmall(of)
		b.Statistics = append(b.Statistics, of)
	}
	return b
}

func unitNamed(id, name string) bureau.Unit {
	return bureau.Unit{ID: bureau.String{V: id}, Name: bureau.String{V: name}}
}

func hideSmall(s *bureau.Statistic) {
	for f := range s.Fields {
		if s.Fields[f].Role != bureau.RoleMeasure {
			continue
		}
		s.Fields[f].Risk = "person"
		for r := range s.Rows {
			if c := s.Cell(r, f); c.Number > 0 && c.Number < 5 {
				s.Hidden = append(s.Hidden, bureau.Withheld{Row: r, Field: f, Number: c.Number})
			}
		}
	}
	s.Disclosure.Threshold = 5
}

// inNotice gives what is said of a sentence in a notice of 28 October 2026.
func inNotice(t testing.TB, text string) problem.List {
	b := veiled(t)
	n, problems := load.Notice("data/notices/2026-10-28-a.md", []byte("---\ntitle: 情况通报\ndate: 2026-10-28\n---\n"+text+"\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	b.Notices = []*bureau.Notice{n}
	return Quoted(b)
}

func TestQuotedInNotices(t *testing.T) {
	for _, text := range []string{
		"2025年拘留15人，其中2人为未成年人。",
		"2025年拘留15人，其中未成年人2名。",
		"2025年，未成年2人。",
		"2025 年拘留 15 人，其中未成年的有 2 个。",
		"2026 年第一季度 城西分局 死亡 3 人。",
		"2025年未成年 2 拘留 15。",
		"2024年拘留的12人里有3位未成年。",
		"2025年拘留15人，其中二名未成年人。",
		"2025年拘留15人，其中两人未成年。",
		"２０２５年拘留15人，其中未成年２人。",
		"2025年未成年：2。",
		"2025年未成年人数为2。",
		"2025年度拘留的未成年人共 2 人。",
		"去年拘留15人，未成年2人。",
		"去年全年，有2名未成年人被拘留。",
		"今年1-9月拘留21人（未成年4人）。",
		"2026年1—9月拘留21人，有4名，均为未成年。",
		"2025年拘留15人。其中未成年2人。",
		"2025年拘留15人（其中2名是未成年人）。",
		"2025年拘留和未成年人数分别为15人和2人。",
		"2024年未成年叁人，2023年没有。",
		"2023年未成年7人，2024年3人。",
		"2025年拘留15人，**2**人未成年。",
		"2025年未成年\u200b 2\u200b 人。",
		"## 2025年\n\n拘留15人，未成年2人。",
		"2026年第一季度城西分局交通事故死亡3人。",
		"一季度，城西辖区交通事故3人死亡。",
		"2026年第二季度，城东分局死亡4人、受伤23人。",
		"2026年第二季度，城东分局23人受伤，4人遇难。",
		"2026年第二季度死亡人数：城西分局6人，城东分局4人。",
		"二季度城西分局有一名伤者。",
		"2025年失踪儿童2名，重点人员服务管理到位。",
		"2025年走失儿童两人。",
		"| 期间 | 拘留 | 未成年 |\n| --- | --- | --- |\n| 2025年 | 15 | 2 |",
		"| 项目 | 2024年 | 2025年 |\n| --- | --- | --- |\n| 未成年 | 7 | 2 |",
		"- 2025年：\n- 拘留15人\n- 未成年2人",
		"```\n2025年未成年2人\n```",
		"```chart\nstatistic: kinds\ntitle: 2025年未成年2人\n```",
		"In 2025, 15 persons were detained, 2 of them minors.",
		"Two minors were detained in 2025.",
		"In 2025, two of the 15 people held were juveniles.",
		"Last year 2 juveniles were detained.",
		"2025: minors 2.",
		"The number of minors was 2 in 2025.",
		"Minors in 2025: two.",
		"In 2024 there were three minors among the detained.",
		"Three underage persons were held in 2024.",
		"3 minors, 12 detained (2024).",
		"Of 12 detained in 2024, 3 people were minors.",
		"Four minors were held in January to September; in 2025 it was two minors.",
		"In the year 2025 we held 2 minor offenders.",
		"Detained in 2025: 15, minors: 2.",
		"A total of 2 minors in 2025.",
		"During 2024, 3 of those detained were juveniles.",
		"Minors numbered 3 in 2024.",
		"There were only 2 minors this past 2025.",
		"2024 minors = 3.",
		"This compares with three minors in 2024.",
		"2 (two) juveniles, 2025.",
		"In 2025 the station held two (2) minors.",
		"Juveniles held, 2024: 3.",
		"Two persons held in 2025 were underage.",
		"2025, minors held - 2.",
		"The bureau detained 2 minors in 2025.",
		"Year 2025. Minors: 2.",
		"In 2025 only two people were minors.",
		"Number of minors (2025): 2",
		"2 minors in 2025",
	} {
		problems := inNotice(t, text)
		if got := tellings(problems); !strings.Contains(got, "!") {
			t.Errorf("lets stand: %s (%s)", text, got)
		}
	}
}

func TestQuotedLetsStand(t *testing.T) {
	for _, text := range []string{
		"2025年拘留15人，其中未成年人不足5人。",
		"2025年拘留15人，未成年人数不公布。",
		"2025年未成年人数在1至4人之间。",
		"2025年未成年1-4人的，不公布。",
		"2025年未成年不到2人。",
		"2025年拘留未成年人，须有2人以上在场。",
		"2025年讯问未成年人，应当有2名民警在场。",
		"2025年起，办理未成年人事项须由2名监护人到场。",
		"2025年起，拘留未成年人的，见证人不少于2人。",
		"申请时需要3名证人。",
		"办理时须2人到场，未成年人由监护人陪同。",
		"2025年，2名民警受到表彰。",
		"2025年，本局新设2个未成年人保护站。",
		"2025年，未成年人保护站2个。",
		"2025年未成年人保护法第2条。",
		"2025年，开展未成年人普法活动2次。",
		"2025年，未成年人普法2场，1200人参加。",
		"2025年2月，未成年人普法周。",
		"2025年12月2日，未成年人普法活动开始。",
		"2025年未成年人犯罪下降2%。",
		"2023年拘留15人，其中2人为未成年人。",
		"2025年3月拘留15人，其中2人为未成年人。",
		"2026年5月3日，一起交通事故造成3人死亡。",
		"2026年5月3日，城西分局接报一起交通事故，造成3人死亡。",
		"2026年第一季度，全市交通事故死亡10人，其中摩托车驾驶人3人。",
		"2026年第一季度，城东分局死亡7人。",
		"2026年第一季度，城东分局3人死亡。",
		"2026年第二季度，城西分局死亡6人，未发生3人以上的事故。",
		"2026年第一季度，城西分局3人受表彰，无人死亡。",
		"2025年走失老人2名。",
		"2025年，每2名未成年人配1名社工。",
		"2025年第2次未成年人保护会议。",
		"窗口有2人值班，2025年未成年人办证可预约。",
		"2025年，2岁以下未成年人由监护人代办。",
		"2025年，未成年人十几人参加夏令营。",
		"2025年，未成年三四人一组参观。",
		"2025年百余名未成年人参观。",
		"2025年成年2人。",
		"2025年无一名未成年人。",
		"2025年未成年人寄存证件，3个月内由2人领取。",
		"2. 未成年人权益，2025年。",
		"未成年人权益：\n\n2、2025年的安排",
		"| 期间 | 拘留 | 未成年 |\n| --- | --- | --- |\n| 2025年 | 15 | [c] |",
		"| 序号 | 材料 | 份数 |\n| --- | --- | --- |\n| 2 | 2025年未成年人证明 | 2 |",
		"In 2025, 15 persons were detained, fewer than 5 of them minors.",
		"The number of minors in 2025 is withheld.",
		"In 2025, 1 to 4 minors were detained.",
		"Minors in 2025: under 2.",
		"Since 2025 minors must come with 2 guardians.",
		"Since 2025, 2 officers question minors together.",
		"Minors need 2 copies of the form since 2025.",
		"In 2025 the window for minors opened 2 days a week.",
		"Article 2 of the 2025 rules on minors.",
		"In May 2025, 2 minors were found.",
		"On 2 May 2025 minors visited the station.",
		"In 2023, 2 minors were detained.",
		"In 2025, minors under 2 years are registered at birth.",
		"At least 2 minors in 2025.",
		"In 2025, up to 2 minors may come with each adult.",
		"Window 2 serves minors in 2025.",
		"Section 2, 2025: minors.",
		"Two witnesses are needed for minors in 2025.",
		"In 2025 two stations had rooms for minors.",
		"Minors visited 2 times in 2025.",
		"Detained in 2025: 15.",
		"In 2025 minors paid 2 yuan.",
		"Minors: 2% in 2025.",
		"In 2025 cases of minors took 2 hours.",
		"In 2025 two police stations opened; minors are welcome.",
		"The law on minors of 2025 has 2 parts.",
		"Three people were hurt in an accident on 5 March 2026.",
		"Call 110, 2 lines are open in 2025.",
		"Two applicants came; minors did not.",
		"2025-02-02: a day for minors.",
		"Page 2: minors, 2025.",
		"On 2025/2/2 minors came.",
		"In 2025 minors waited 2 minutes.",
		"2 cases of 2025 concerned minors.",
	} {
		if got := tellings(inNotice(t, text)); got != "" {
			t.Errorf("refuses: %s (%s)", text, got)
		}
	}
}

// tellings writes problems as their lines: an error with !, a warning with ?.
func tellings(problems problem.List) string {
	text := ""
	for _, p := range problems {
		if p.Rule != problem.DisclosureQuoted {
			return "another rule: " + p.Rule.String()
		}
		mark := "!"
		if p.Severity == problem.Warning {
			mark = "?"
		}
		text += " " + p.Position.String() + mark
	}
	return text
}

// In a text of the statistic itself the reader knows which table is meant.
func TestQuotedInItsOwnTexts(t *testing.T) {
	for _, c := range []struct{ name, data, descriptor, want string }{
		{"notes", detained, "notes: |\n  一行。\n  2025年拘留15人，其中**2**人为未成年人。\n", " data/stats/a.yaml:3:18!"},
		{"a description", detained, "description: 2025年未成年2人。\n", " data/stats/a.yaml:1:22!"},
		{"the description of a field", detained, "schema: {fields: [{name: 期间}, {name: 拘留人数（人）}, {name: 未成年（人）, description: 2024年未成年3人}]}\n", " data/stats/a.yaml:1:84!"},
		{"the title of a chart", detained, "charts: [{title: 2025年未成年2人}]\n", " data/stats/a.yaml:1:26!"},
		{"no period", detained, "notes: 拘留人员中有2人未成年。\n", " data/stats/a.yaml:1:14?"},
		{"no period is needed where there is one alone", "期间,拘留（人）,未成年（人）\n2025年,15,2\n", "notes: 拘留人员中有2人未成年。\n", " data/stats/a.yaml:1:14!"},
		{"another period", detained, "notes: 2023年未成年2人。\n", ""},
		{"no unit", injured, "notes: 2026年第一季度，有一个分局死亡3人。\n", " data/stats/a.yaml:1:25?"},
		{"another unit", injured, "notes: 2026年第一季度，城东分局死亡3人。\n", ""},
		{"no period at all", "类别,人数\n甲,12\n未成年人,2\n", "notes: 未成年人2人。\n", " data/stats/a.yaml:1:12!"},
		{"persons who are not counted", detained, "notes: 由2名民警统计未成年人数。\n", ""},
		{"a rule of counting", "期间,拘留（人）\n2025年,1\n", "notes: 同一人多次被拘留的，按1人计算；一人多次被拘留的，只计一人。\n", ""},
		{"none", "期间,死亡（人）\n2025年,1\n", "notes: 2025年无一人死亡于车祸。\n", ""},
		{"what has to be", "期间,拘留（人）\n2025年,2\n", "notes: 执行拘留须有2人在场，3个月内由2人复核。\n", ""},
		{"a limit", detained, "notes: 未成年人数在1至4人之间的，不公布；不足5人的也是。\n", ""},
		{"a line under the table", detained + "注：2025年未成年2人。,,\n", "", " data/stats/a.csv:5:11!"},
		{"the note of the row", "期间,未成年（人）,备注\n2024年,12,另有2人核实中\n2025年,2,其中2人在逃\n", "", " data/stats/a.csv:3:9 (C3)!"},
		{"the note of another row", "期间,未成年（人）,备注\n2024年,2,\n2025年,12,上年未成年2人\n", "", " data/stats/a.csv:3:10 (C3)!"},
		{"the note of the row on another period", "期间,未成年（人）,备注\n2024年,22,\n2025年,2,2023年为2人\n", "", ""},
		{"a note of what police did", "期间,未成年（人）,备注\n2024年,22,\n2025年,2,由2名民警核对\n", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := statistic(t, c.data, c.descriptor)
			hideSmall(s)
			if got := tellings(Quoted(&bureau.Bureau{Statistics: []*bureau.Statistic{s}})); got != c.want {
				t.Errorf("got%s, want%s", got, c.want)
			}
		})
	}
}

// No document is left out.
func TestQuotedEverywhere(t *testing.T) {
	const text = "2025年拘留15人，其中2人为未成年人。"
	at := func(file string) bureau.String {
		return bureau.String{V: text, At: problem.Position{File: file, Line: 7, Column: 3}}
	}
	b := veiled(t)
	b.Site.Description, b.Site.Suggestions.Note = at("site"), at("suggestions")
	b.Guides = []*bureau.Guide{{Body: bureau.Body{File: "guide", Line: 7, Text: []byte("  " + text)}, Materials: []bureau.Material{{Note: at("material")}}, History: []bureau.Change{{Change: at("history")}}}}
	b.Notices = []*bureau.Notice{{Title: at("notice"), Summary: at("summary")}}
	b.Pages = []*bureau.Page{{Body: bureau.Body{File: "page", Line: 7, Text: []byte("  " + text)}}}
	b.Registers = []*bureau.Register{{
		Columns: []bureau.Column{{Title: "事项"}, {Title: "情况"}}, Cells: []bureau.String{{V: "甲"}, at("register")},
		Descriptor: bureau.RegisterDescriptor{Notes: at("register notes")},
	}}
	b.Matters = []bureau.Matter{{Answer: at("answer")}, {Summary: at("matter")}}
	b.Targets = []bureau.Target{{Basis: at("target")}}
	b.Revisions = []bureau.Revision{{Reason: at("revision")}}
	b.Units[0].Source = at("unit")
	found := map[string]bool{}
	for _, p := range Quoted(b) {
		if p.Line != 7 || p.Column != 16 || p.Severity != problem.Error {
			t.Errorf("%v %v", p.Position, p.Severity)
		}
		found[p.File] = true
	}
	for _, file := range strings.Split("site,suggestions,guide,material,history,notice,summary,page,register,register notes,answer,matter,target,revision,unit", ",") {
		if !found[file] {
			t.Error("not seen: " + file)
		}
	}
}

// The message says where the figure stands, and not which it is.
func TestQuotedDoesNotRepeat(t *testing.T) {
	problems := inNotice(t, "2025年拘留15人，其中2人为未成年人。")
	if len(problems) != 1 {
		t.Fatal(problems)
	}
	p := problems[0]
	for _, text := range []string{p.Message.ZH, p.Message.EN, p.Hint.ZH, p.Hint.EN} {
		if strings.Contains(strings.ReplaceAll(text, "2025年", ""), "2") {
			t.Error(text)
		}
	}
	if !strings.Contains(p.Message.ZH, "刑事执法情况/2025年/未成年（人）") || !strings.Contains(p.Hint.ZH, "不足5人") {
		t.Error(p.Message.ZH, p.Hint.ZH)
	}
}

// The words of the hint are let stand.
func TestQuotedHintCures(t *testing.T) {
	for _, text := range []string{"2025年拘留15人，其中不足5人为未成年人。", "2025年拘留15人，其中未成年人数不公布。"} {
		if got := tellings(inNotice(t, text)); got != "" {
			t.Error(text, got)
		}
	}
}

func TestChineseNumbers(t *testing.T) {
	for word, want := range map[string]int{"三": 3, "两": 2, "十": 10, "十二": 12, "二十": 20, "一百零五": 105, "三千二百": 3200, "一万两千": 12000, "叁": 3, "拾贰": 12, "〇": 0} {
		if got, ok := characters(word); !ok || got != want {
			t.Errorf("%s is %d %v", word, got, ok)
		}
	}
	for _, word := range []string{"三四", "百", "千"} {
		if got, ok := characters(word); ok {
			t.Errorf("%s is %d", word, got)
		}
	}
}

func FuzzQuoted(f *testing.F) {
	for _, text := range []string{"2025年拘留15人，其中2人为未成年人。", "| a | 2 |\n|-|-|\n| 未成年 | 2 |", "Q3 2026: two minors", "去年一季度，三四人。", "2,,3人（2"} {
		f.Add(text)
	}
	b := veiled(f)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // load lets no such text through
		}
		b.Pages = []*bureau.Page{{Body: bureau.Body{File: "a.md", Line: 3, Indent: 2, Text: []byte(text)}}}
		for _, p := range Quoted(b) {
			if p.Line < 3 || p.Line > 3+strings.Count(text, "\n") || p.Column < 3 {
				t.Errorf("%q: no such place: %v", text, p.Position)
			}
		}
	})
}

// A name within a longer one is none of its own: 成年 in 未成年.
func TestNamesWithinNames(t *testing.T) {
	var n terms
	n.add(0, "成年（人）")
	n.add(1, "未成年（人）")
	n.add(2, "行政拘留人数")
	n.add(3, "拘留人数")
	n.add(4, "男（人）")
	n.roots()
	for text, want := range map[string]string{
		"未成年2人": "1", "成年2人": "0", "行政拘留2人": "2", "拘留2人": "3", "成年、未成年": "01", "男2人": "4", "3名男性": "4", "男子组": "", "无人拘留": "",
	} {
		got := ""
		for _, m := range n.in(text, span{0, len(text)}) {
			if digit := string(rune('0' + m.value)); !strings.HasSuffix(got, digit) {
				got += digit
			}
		}
		if got != want {
			t.Errorf("%s names %q, want %q", text, got, want)
		}
	}
}

func BenchmarkQuoted(b *testing.B) {
	texts := veiled(b)
	for _, text := range []string{strings.Repeat("2人", 100_000), strings.Repeat("2人，", 100_000), strings.Repeat("未成年2人", 50_000), strings.Repeat("未成年2人。", 50_000), strings.Repeat("2025年，", 50_000) + "未成年2"} {
		texts.Pages = append(texts.Pages, &bureau.Page{Body: bureau.Body{File: "a.md", Line: 1, Text: []byte(text)}})
	}
	for b.Loop() {
		Quoted(texts)
	}
}
