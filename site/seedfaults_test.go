package site_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
)

// faults are what goes wrong in a bureau's other items while an urgent notice has to go out.
func (s seeded) faults() []fault {
	guide, card := "guides/hukou/move.md", s.files["guides/hukou/move.md"]
	row := func(file, line string) map[string]string { return map[string]string{file: s.files[file] + line + "\n"} }
	all := []fault{
		// Tables of figures.
		{name: "a figure with a letter", rule: "csv/number", file: "stats/cases.csv", changes: s.in("stats/cases.csv", "2385", "23x5")},
		{name: "a figure with decimals", rule: "csv/whole", file: "stats/patrol.csv", changes: s.in("stats/patrol.csv", "130", "130.5")},
		{name: "a negative count", rule: "csv/negative", file: "stats/patrol.csv", changes: s.in("stats/patrol.csv", "130", "-130")},
		{name: "a row with too many cells", rule: "csv/ragged", file: "stats/cases.csv", changes: row("stats/cases.csv", "2007年,1,2,3,4")},
		{name: "a period that cannot be read", rule: "csv/period", file: "stats/cases.csv", changes: s.in("stats/cases.csv", "2005年", "零五那年")},
		{name: "a period twice", rule: "stats/duplicate", file: "stats/cases.csv", changes: s.in("stats/cases.csv", "2005年", "2004年")},
		{name: "an unknown marker", rule: "csv/marker", file: "stats/cases.csv", changes: s.in("stats/cases.csv", "2385", "2385 [q]")},
		{name: "a formula's error", rule: "csv/formula", file: "stats/cases.csv", changes: s.in("stats/cases.csv", "2385", "#REF!")},
		{name: "a quotation mark that never ends", rule: "csv/quote", file: "stats/cases.csv", changes: s.in("stats/cases.csv", "2005年", "\"2005年")},
		{name: "a wrong encoding", rule: "csv/encoding", file: "stats/cases.csv", changes: file("stats/cases.csv", "\xff\xfe\x00\xd8期间\x81")},
		{name: "an empty table", rule: "csv/empty", file: "stats/cases.csv", changes: file("stats/cases.csv", "\n")},
		{name: "a header alone", rule: "stats/no-rows", file: "stats/cases.csv", changes: file("stats/cases.csv", "期间,破获刑事案件（件）\n")},
		{name: "a cell without an end", rule: "csv/period", file: "stats/cases.csv", changes: file("stats/cases.csv", s.files["stats/cases.csv"]+strings.Repeat("x", 70000)+",1\n")},
		{name: "a workbook called CSV", rule: "csv/format", file: "stats/cases.csv", changes: file("stats/cases.csv", "PK\x03\x04\x14\x00\x06\x00[Content_Types].xml\x00\x00")},
		{name: "a column of another name", rule: "stats/field", file: "stats/cases.csv", changes: s.in("stats/cases.csv", "破获刑事案件（件）", "破获（件）")},
		{name: "a wrong total", rule: "figures/total", file: "stats/patrol.csv", changes: s.in("stats/patrol.csv", "220", "221")},
		{name: "a wrong total of persons", rule: "figures/total", file: "stats/injured.csv", changes: s.in("stats/injured.csv", "38", "39")},
		{name: "a unit that is unknown", rule: "unit/unknown", file: "stats/windows.csv", changes: s.in("stats/windows.csv", "东路派出所", "东路所")},
		{name: "a changed figure without a reason", rule: "revision/unexplained", file: "stats/cases.csv", changes: s.in("stats/cases.csv", "2385", "2386")},
		{name: "a row that is gone", rule: "revision/removed", file: "stats/cases.csv", changes: s.in("stats/cases.csv", "2005年,2385\n", "")},
		{name: "a statistic that is gone", rule: "revision/removed", file: "stats/cases.csv", changes: map[string]string{"stats/cases.csv": "", "stats/cases.yaml": ""}},
		{name: "a table that is gone", rule: "stats/no-table", file: "stats/cases.yaml", changes: file("stats/cases.csv", "")},
		{name: "a statistic that is new and wrong", rule: "csv/number", file: "stats/new.csv", changes: file("stats/new.csv", "年份,立案（件）\n2025年,x5\n")},

		// Their descriptors.
		{name: "an unknown key", rule: "yaml/key", file: "stats/cases.yaml", changes: s.in("stats/cases.yaml", "frequency", "freqency")},
		{name: "YAML that cannot be read", rule: "yaml/bracket", file: "stats/cases.yaml", changes: s.in("stats/cases.yaml", "年报}]", "年报")},
		{name: "an indent that is wrong", rule: "yaml/indent", file: "stats/cases.yaml", changes: s.in("stats/cases.yaml", "  fields:", "\tfields:")},
		{name: "a key twice", rule: "yaml/duplicate", file: "stats/cases.yaml", changes: s.in("stats/cases.yaml", "frequency: yearly", "frequency: yearly\nfrequency: yearly")},
		{name: "a colon without a space", rule: "yaml/colon", file: "stats/cases.yaml", changes: s.in("stats/cases.yaml", "title: ", "title:")},
		{name: "a value of the wrong type", rule: "yaml/type", file: "stats/cases.yaml", changes: s.in("stats/cases.yaml", "sources: [{title: 刑侦支队年报}]", "sources: 刑侦支队年报")},
		{name: "an alias", rule: "yaml/alias", file: "stats/cases.yaml", changes: s.in("stats/cases.yaml", "title: 破", "title: &a 破")},
		{name: "an unknown role", rule: "stats/role", file: "stats/cases.yaml", changes: s.in("stats/cases.yaml", "role: measure", "role: messure")},
		{name: "an unknown frequency", rule: "stats/frequency", file: "stats/cases.yaml", changes: s.in("stats/cases.yaml", "yearly", "sometimes")},
		{name: "a method of protection that is unknown", rule: "disclosure/method", file: "stats/injured.yaml", changes: s.in("stats/injured.yaml", "frequency", "disclosure: hide\nfrequency")},
		{name: "an unknown risk", rule: "stats/risk", file: "stats/injured.yaml", changes: s.in("stats/injured.yaml", "risk: person", "risk: persn")},
		{name: "a changed unit without a reason", rule: "revision/restated", file: "stats/cases.csv", changes: s.in("stats/cases.yaml", "unit: 件", "unit: 起")},
		{name: "a release that was put off", rule: "revision/restated", file: "stats/windows.yaml", changes: s.in("stats/windows.yaml", "2026-11-10", "2026-12-10")},

		// Guides, notices, pages.
		{name: "a guide without elements", rule: "guide/element", file: guide, changes: file(guide, "---\ntitle: 户口迁移\narea: hukou\nstatus: in-force\n---\n正文\n")},
		{name: "front matter without an end", rule: "frontmatter/end", file: guide, changes: file(guide, "---\ntitle: 户口迁移\n")},
		{name: "front matter without a beginning", rule: "frontmatter/start", file: guide, changes: file(guide, "title: 户口迁移\n")},
		{name: "a guide in another area", rule: "guide/area", file: guide, changes: s.in(guide, "area: hukou", "area: vehicle")},
		{name: "a word that is not in the list", rule: "guide/word", file: guide, changes: s.in(guide, "natural-days", "days")},
		{name: "a date to come", rule: "guide/date", file: guide, changes: s.in(guide, "updated: 2026-10-08", "updated: 2026-12-08")},
		{name: "a promise longer than the law's", rule: "guide/time-limit", file: guide, changes: s.in(guide, "promised: 20", "promised: 90")},
		{name: "a fee without a basis", rule: "guide/fee", file: guide, changes: s.in(guide, "free: true", "amount: 20")},
		{name: "both languages disagree", rule: "guide/languages", file: "guides/hukou/card.en.md", changes: s.in("guides/hukou/card.en.md", "promised: 20", "promised: 15")},
		{name: "a guide that was renamed", rule: "address/gone", file: "addresses.csv", changes: map[string]string{guide: "", "guides/hukou/moving.md": card}},
		{name: "a guide in a language that there is not", rule: "file/language", file: "guides/hukou/move.fr.md", changes: file("guides/hukou/move.fr.md", card)},
		{name: "a dead link", rule: "link/dead", file: "pages/forms.md", changes: s.in("pages/forms.md", "/stats/cases/", "/stats/case/")},
		{name: "a link to a heading that is not there", rule: "link/anchor", file: "pages/forms.md", changes: s.in("pages/forms.md", "/stats/cases/", "/about/#nowhere")},
		{name: "an image that is missing", rule: "link/dead", file: "pages/forms.md", changes: s.in("pages/forms.md", "[申请表]", "![照片](/static/photo.png)[申请表]")},
		{name: "an image of another site", rule: "markdown/image", file: "pages/forms.md", changes: s.in("pages/forms.md", "[申请表]", "![照片](https://example.com/photo.png)[申请表]")},
		{name: "a link that runs a script", rule: "markdown/link", file: "pages/forms.md", changes: s.in("pages/forms.md", "/stats/cases/", "javascript:alert(1)")},
		{name: "a figure that is not there", rule: "markdown/figure", file: "notices/2026-10-09-old.md", changes: s.in("notices/2026-10-09-old.md", "2026年9月/", "2026年7月/")},
		{name: "a page without a title", rule: "page/title", file: "pages/about.md", changes: s.in("pages/about.md", "title: 关于本站\n", "")},
		{name: "a page of a reserved name", rule: "files/reserved-name", file: "pages/stats.md", changes: file("pages/stats.md", s.files["pages/about.md"])},
		{name: "a page that is gone", rule: "address/gone", file: "addresses.csv", changes: file("pages/about.md", "")},
		{name: "a notice without a title", rule: "notice/title", file: "notices/2026-10-09-old.md", changes: s.in("notices/2026-10-09-old.md", "title: 国庆期间窗口照常办理\n", "")},
		{name: "a notice that is gone", rule: "address/gone", file: "addresses.csv", changes: file("notices/2026-10-09-old.md", "")},

		// Registers.
		{name: "a register with a broken target", rule: "registers/figure", file: "registers/promises.csv", changes: s.in("registers/promises.csv", "2026年9月", "2026年7月")},
		{name: "a register with a dead link", rule: "link/dead", file: "registers/glossary.csv", changes: s.in("registers/glossary.csv", "/guides/hukou/card/index.html", "/guides/hukou/cart/index.html")},
		{name: "a register without its table", rule: "stats/no-table", file: "registers/glossary.yaml", changes: file("registers/glossary.csv", "")},
		{name: "a register whose role is unknown", rule: "registers/role", file: "registers/glossary.yaml", changes: s.in("registers/glossary.yaml", "role: title", "role: titel")},

		// Lists and ledgers.
		{name: "a target of no statistic", rule: "target/statistic", file: "targets.csv", changes: s.in("targets.csv", "windows", "window")},
		{name: "a target that is no number", rule: "target/value", file: "targets.csv", changes: s.in("targets.csv", "600", "六百多")},
		{name: "a new target that is wrong", rule: "target/field", file: "targets.csv", changes: row("targets.csv", "cases,立案,,2006年,2000,不低于,刑侦支队,年度计划")},
		{name: "targets with a column too many", rule: "csv/column", file: "targets.csv", changes: s.in("targets.csv", "依据", "根据")},
		{name: "targets that are gone", rule: "revision/restated", file: "targets.csv", changes: file("targets.csv", "")},
		{name: "a matter without a summary", rule: "matter/summary", file: "suggestions/2026.csv", changes: s.in("suggestions/2026.csv", "建议增设自助取号机", "")},
		{name: "a matter of an unknown ledger", rule: "matter/ledger", file: "suggestions/2026.csv", changes: s.in("suggestions/2026.csv", "YJ-2,意见建议", "YJ-2,意见")},
		{name: "a matter with a date that cannot be read", rule: "csv/date", file: "suggestions/2026.csv", changes: s.in("suggestions/2026.csv", "2026-10-15", "十月中")},
		{name: "steps out of order", rule: "matter/order", file: "suggestions/2026.csv", changes: s.in("suggestions/2026.csv", "2026-10-15", "2026-10-01")},
		{name: "a matter that is gone", rule: "address/gone", file: "addresses.csv", changes: file("suggestions/2026.csv", strings.Split(s.files["suggestions/2026.csv"], "YJ-2")[0])},
		{name: "an address that leads nowhere", rule: "address/moved", file: "addresses.csv", changes: s.in("addresses.csv", "guides/hukou/card/", "guides/hukou/cart/")},
		{name: "an address without a date", rule: "address/moved", file: "addresses.csv", changes: row("addresses.csv", "guides/old/,guides/,不记得,撤下")},
		{name: "addresses without a header", rule: "csv/column", file: "addresses.csv", changes: file("addresses.csv", "a,b\nc,d\n")},
		{name: "an answer that nobody gave", rule: "figures/answer", file: "answers.csv", changes: s.in("answers.csv", "刑侦支队", "")},
		{name: "answers with a column too many", rule: "csv/column", file: "answers.csv", changes: s.in("answers.csv", "date", "day")},
		{name: "a revision of nothing", rule: "revision/unpublished", file: "revisions.csv", changes: file("revisions.csv", "日期,统计,期间,字段,原值,新值,原因,批准人\n2026-10-25,cases,2001年,破获刑事案件（件）,1,2,补录,刑侦支队\n")},
		{name: "a revision without a reason", rule: "revision/incomplete", file: "revisions.csv", changes: both(s.in("stats/cases.csv", "2385", "2386"), file("revisions.csv", "日期,统计,期间,字段,原值,新值,原因,批准人\n2026-10-25,cases,2005年,破获刑事案件（件）,2385,2386,,刑侦支队\n"))},
		{name: "a unit twice", rule: "unit/id", file: "units.csv", alone: true, changes: row("units.csv", "dongsuo,西路派出所,派出所,城东分局,,,,,,")},
		{name: "a unit under itself", rule: "unit/cycle", file: "units.csv", alone: true, changes: s.in("units.csv", "城东分局,分县局,示范市公安局", "城东分局,分县局,东路派出所")},
		{name: "a unit of no level", rule: "unit/level", file: "units.csv", alone: true, changes: s.in("units.csv", "东路派出所,派出所", "东路派出所,所")},
		{name: "a unit that was misspelt", rule: "unit/parent", file: "units.csv", alone: true, changes: s.in("units.csv", "dongfen,城东分局", "dongfen,城西分局")},
		{name: "people that cannot be counted", rule: "unit/population", file: "units.csv", alone: true, changes: s.in("units.csv", "45000", "四万五")},
		{name: "units that cannot be read", rule: "csv/column", file: "units.csv", alone: true, changes: file("units.csv", "a,b\nc,d\n")},
		{name: "a figure of the home page that is not there", rule: "site/home-figures", file: "site.yaml", changes: s.in("site.yaml", "patrol/2025年", "patrol/2029年")},

		// Attachments, templates, files.
		{name: "an attachment that is gone", rule: "address/gone", file: "addresses.csv", changes: file("static/forms/other.txt", "")},
		{name: "an attachment that is gone and linked", rule: "address/gone", file: "addresses.csv", changes: file("static/forms/form.txt", "")},
		{name: "a template that cannot be read", rule: "template/parse", file: "templates/notices.html", changes: file("../templates/notices.html", "{{range}}")},
		{name: "a template that cannot be applied", rule: "template/execute", file: "templates/notices.html", changes: file("../templates/notices.html", "{{.Nonsense}}")},
		{name: "a layout without its places", rule: "template/layout", file: "templates/layout.html", changes: file("../templates/layout.html", "<p>x</p>")},
		{name: "a style sheet that loads from elsewhere", rule: "host/foreign", file: "templates/site.css", changes: file("../templates/site.css", "@import url(https://cdn.example.com/x.css);")},
		{name: "a catalogue that cannot be read", rule: "template/catalogue", file: "templates/messages.zh.json", changes: file("../templates/messages.zh.json", "{")},
		{name: "a name with a control character", rule: "file/name", file: "stats/a\x01.csv", changes: file("stats/a\x01.csv", "a\n1\n")},
		{name: "two copies of a file", rule: "files/copy", file: "stats/cases (1).csv", changes: map[string]string{"stats/cases (1).csv": s.files["stats/cases.csv"]}},
	}
	return all
}

func both(a, b map[string]string) map[string]string {
	for name, text := range b {
		a[name] = text
	}
	return a
}

// grave are the faults with which nothing may be published, whatever else there is: what
// is told of persons, what would open a withheld figure, a history that is not what it
// was, and the settings that protect both.
func (s seeded) grave() []fault {
	record, phone := s.release["releases/2026-10.json"], "13812345678"
	described := s.files["stats/injured.yaml"]
	row := func(file, line string) map[string]string { return map[string]string{file: s.files[file] + line + "\n"} }
	return []fault{
		{name: "a telephone in the notice", rule: "privacy/mobile", changes: s.in(notice, "110", phone)},
		{name: "a telephone in a guide", rule: "privacy/mobile", changes: s.in("guides/hukou/move.md", "请本人到场", "联系"+phone)},
		{name: "a telephone in a broken guide", rule: "privacy/mobile", changes: file("guides/hukou/move.md", "---\ntitel: x\n---\n联系"+phone+"\n")},
		{name: "a telephone in a broken table", rule: "privacy/mobile", changes: map[string]string{"stats/cases.csv": s.files["stats/cases.csv"] + "联系" + phone + ",1\n2008年,x\n"}},
		{name: "an identity number in a figure's table", rule: "privacy/resident-id", changes: map[string]string{"stats/cases.csv": s.files["stats/cases.csv"] + "2007年,11010519491231002X\n"}},
		{name: "a telephone in an attachment", rule: "privacy/mobile", changes: file("static/forms/form.txt", "联系"+phone+"\n")},
		{name: "a telephone in a register", rule: "privacy/mobile", changes: s.in("registers/glossary.csv", "查明", phone+"查明")},
		{name: "a telephone in a ledger", rule: "privacy/mobile", changes: s.in("suggestions/2026.csv", "建议增设自助取号机", "联系"+phone)},
		{name: "a telephone in a wrong row of targets", rule: "privacy/mobile", changes: s.in("targets.csv", "windows", phone)},
		{name: "a telephone in a row that is too long", rule: "privacy/mobile", changes: row("stats/cases.csv", "2007年,5,"+phone)},
		{name: "a telephone in a row that is too short", rule: "privacy/mobile", changes: row("stats/patrol.csv", "联系"+phone+",东片")},
		{name: "an identity number in a row that is too long", rule: "privacy/resident-id", changes: row("stats/cases.csv", "2007年,5,11010519491231002X")},
		{name: "a telephone behind a broken quote", rule: "privacy/mobile", changes: row("stats/cases.csv", "\"2007年,5\n2008年,6\n2009年,"+phone)},
		{name: "a telephone in a row with a quote inside", rule: "privacy/mobile", changes: row("stats/cases.csv", "20\"07年,"+phone+"\n2008年,x")},
		{name: "a telephone in a second table", rule: "privacy/mobile", changes: row("stats/cases.csv", "\n名单\n年份,电话\n2007年,"+phone)},
		{name: "a telephone under a header of two rows", rule: "privacy/mobile", changes: file("stats/cases.csv", "期间,办件,\n,起,人\n"+phone+",2,3\n")},
		{name: "a telephone above a table", rule: "privacy/mobile", changes: file("stats/cases.csv", "联系"+phone+"\n"+s.files["stats/cases.csv"]+"2007年,x\n")},
		{name: "a telephone in a table that is none", rule: "privacy/mobile", changes: file("stats/cases.csv", "联系"+phone+"\n")},
		{name: "a telephone in a table of a wrong encoding", rule: "privacy/mobile", changes: file("stats/cases.csv", "\xff\xfe"+wide("电话,"+phone)+"\x81")},
		{name: "a telephone in a page called CSV", rule: "privacy/mobile", changes: file("stats/cases.csv", "<html><p>联系"+phone+"</p></html>")},
		{name: "a telephone in a workbook called CSV", rule: "privacy/mobile", changes: file("stats/cases.csv", packed("联系"+phone))},
		{name: "a telephone in the columns of a period", rule: "privacy/mobile", changes: map[string]string{
			"stats/parts.csv":  "年份,月份,巡逻（次）\n2025年,1月,120\n2025年," + phone + ",120\n",
			"stats/parts.yaml": "title: 巡逻\nperiod: [年份, 月份]\nschema:\n  fields:\n    - {name: 年份, role: period}\n    - {name: 月份, role: period}\n    - {name: 巡逻（次）, type: integer, role: measure, unit: 次, risk: event}\n"}},
		{name: "a telephone in a descriptor that cannot be read", rule: "privacy/mobile", changes: file("stats/cases.yaml", "title: [\n联系: "+phone+"\n")},
		{name: "a telephone in a descriptor of a wrong encoding", rule: "privacy/mobile", changes: file("stats/cases.yaml", "title: \xff\xd8\x81"+phone+"\n")},
		{name: "a telephone in a descriptor without its table", rule: "privacy/mobile", changes: file("stats/other.yaml", "title: 联系"+phone+"\n")},
		{name: "a telephone in front matter that cannot be read", rule: "privacy/mobile", changes: file("guides/hukou/move.md", "---\ntitle: [\nphone: "+phone+"\n---\n正文\n")},
		{name: "a telephone in front matter without an end", rule: "privacy/mobile", changes: file("guides/hukou/move.md", "---\ntitle: x\n联系"+phone+"\n")},
		{name: "a telephone in a guide of a wrong encoding", rule: "privacy/mobile", changes: file("guides/hukou/move.md", "---\ntitle: \xff\xd8\x81\n---\n"+phone+"\n")},
		{name: "a telephone in a ragged row of a register", rule: "privacy/mobile", changes: row("registers/glossary.csv", "名词,释义,,"+phone)},
		{name: "a telephone above a register", rule: "privacy/mobile", changes: file("registers/glossary.csv", "联系"+phone+"\n"+s.files["registers/glossary.csv"])},
		{name: "a telephone in targets that cannot be read", rule: "privacy/mobile", changes: file("targets.csv", strings.Replace(s.in("targets.csv", "依据", "根据")["targets.csv"], "windows", phone, 1))},
		{name: "a telephone in a ragged row of targets", rule: "privacy/mobile", changes: row("targets.csv", "联系"+phone)},
		{name: "a telephone in a matter of an unknown status", rule: "privacy/mobile", changes: file("suggestions/2026.csv", strings.NewReplacer("建议增设自助取号机", "联系"+phone, "YJ-1,", ",").Replace(s.files["suggestions/2026.csv"]))},
		{name: "a telephone in addresses without a header", rule: "privacy/mobile", changes: file("addresses.csv", "a,b\nc,"+phone+"\n")},
		{name: "a telephone in units that cannot be read", rule: "privacy/mobile", changes: file("units.csv", "a,b\nc,"+phone+"\n")},
		{name: "a telephone in answers that cannot be read", rule: "privacy/mobile", changes: file("answers.csv", "a,b\nc,"+phone+"\n")},
		{name: "a telephone in revisions that cannot be read", rule: "privacy/mobile", changes: file("revisions.csv", "a,b\nc,"+phone+"\n")},
		{name: "a telephone in a file that nothing reads", rule: "privacy/mobile", changes: file("stats/cases.txt", "联系"+phone+"\n")},
		{name: "a telephone in a workbook that nothing reads", rule: "privacy/mobile", changes: file("stats/cases.docx", packed("联系"+phone))},
		{name: "a telephone in a file whose name is refused", rule: "privacy/mobile", changes: file("stats/a\x01.csv", "a\n"+phone+"\n")},
		{name: "a consent that was withdrawn", rule: "registers/consent", changes: s.in("registers/honours.csv", "同意书008号", "")},
		{name: "a withheld figure in the notice", rule: "disclosure/quoted", changes: s.in(notice, "走失老人", "2025年行人受伤3人。走失老人")},
		{name: "a withheld figure in a register", rule: "disclosure/quoted", changes: s.in("registers/glossary.csv", "查明", "2025年行人受伤3人，查明")},
		{name: "a statistic that disagrees about what is withheld", rule: "disclosure/disagree", changes: map[string]string{
			"stats/hurt.csv": strings.NewReplacer("骑行,21", "骑行,25", "38", "42").Replace(s.files["stats/injured.csv"]), "stats/hurt.yaml": described}},
		{name: "what was withheld is opened", rule: "disclosure/opened", changes: s.in("stats/injured.yaml", "risk: person", "risk: event")},
		{name: "a release that was edited", rule: "release/edited", changes: file("releases/2026-10.json", strings.Replace(record, "2385", "2386", 1))},
		{name: "a release that cannot be read", rule: "release/format", changes: file("releases/2026-10.json", "{}")},
		{name: "a release that is missing", rule: "release/head", changes: file("releases/2026-10.json", "")},
		{name: "the table of a release that is missing", rule: "release/table", changes: s.without("releases/tables/")},
		{name: "a waiver that is not well written", rule: "privacy/waiver", changes: file("privacy.yaml", "waivers: [{rule: privacy/mobile, file: data/pages/about.md}]\n")},
		{name: "waivers that cannot be read", rule: "yaml/key", changes: file("privacy.yaml", "waiver: []\n")},
		{name: "settings that cannot be read", rule: "yaml/key", changes: map[string]string{"site.yaml": s.files["site.yaml"] + "disclosre: {threshold: 10}\n"}},
	}
}

// wide writes a text in UTF-16.
func wide(text string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

// packed is a text within an office document.
func packed(text string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	part, err := w.Create("word/document.xml")
	if err == nil {
		_, err = io.WriteString(part, "<document>"+text+"</document>")
	}
	if err = errors.Join(err, w.Close()); err != nil {
		panic(err)
	}
	return b.String()
}

// without takes a release's files away.
func (s seeded) without(folder string) map[string]string {
	gone := map[string]string{}
	for name := range s.release {
		if strings.HasPrefix(name, folder) {
			gone[name] = ""
		}
	}
	return gone
}
