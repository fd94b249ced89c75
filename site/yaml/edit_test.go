package yaml

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"sunshine/site/bureau"
)

// A change is "path = text", "path = [a|b]" for a list, "path -" to take it out.
func change(source, what string, of any) (string, error) {
	if path, ok := strings.CutSuffix(what, " -"); ok {
		got, fault := Remove([]byte(source), of, path)
		if fault != nil {
			return "", fmt.Errorf("%s", fault.Message.EN+"; "+fault.Hint.EN)
		}
		return string(got), nil
	}
	path, text, _ := strings.Cut(what, " = ")
	texts := []string{text}
	if list, ok := strings.CutPrefix(text, "["); ok {
		texts = strings.Split(strings.TrimSuffix(list, "]"), "|")
	}
	got, fault := Set([]byte(source), of, path, texts...)
	if fault != nil {
		return "", fmt.Errorf("%s", fault.Message.EN+"; "+fault.Hint.EN)
	}
	return string(got), nil
}

func TestSet(t *testing.T) {
	guide, descriptor, site, register := any(bureau.Guide{}), any(bureau.Descriptor{}), any(bureau.Site{}), any(bureau.RegisterDescriptor{})
	for _, c := range []struct {
		name         string
		of           any
		source, what string
		want         string
	}{
		{"a plain text", guide, "title: 旧\narea: hukou\n", "title = 新", "title: 新\narea: hukou\n"},
		{"the same text", guide, "title:   '旧'  # 一\n", "title = 旧", "title:   '旧'  # 一\n"},
		{"a comment behind it", guide, "title: 旧   # 请张三看\narea: hukou\n", "title = 新的题目", "title: 新的题目   # 请张三看\narea: hukou\n"},
		{"comments around it", guide, "# 头\ntitle: 旧\n# 尾\n\narea: hukou\n", "title = 新", "# 头\ntitle: 新\n# 尾\n\narea: hukou\n"},
		{"double quotes stay", guide, "title: \"旧\" # a\n", "title = 新", "title: \"新\" # a\n"},
		{"single quotes stay", guide, "title: '旧'\n", "title = 它's", "title: '它''s'\n"},
		{"quotes within", descriptor, "checks:\n  - {rule: '$[\"办结\"] <= 1'}\n", "checks[0].rule = $[\"受理\"] >= 0", "checks:\n  - {rule: '$[\"受理\"] >= 0'}\n"},
		{"a number as a text is quoted", guide, "complaint: {url: x}\n", "complaint.phone = 12389", "complaint: {phone: \"12389\", url: x}\n"},
		{"a number that stood plain stays plain", guide, "complaint: {phone: 110}\n", "complaint.phone = 12389", "complaint: {phone: 12389}\n"},
		{"a yes as a text is quoted", guide, "title: a\n", "title = yes", "title: \"yes\"\n"},
		{"a colon is quoted", guide, "title: a\n", "title = a: b", "title: \"a: b\"\n"},
		{"a hash is quoted", guide, "title: a\n", "title = 表 #1", "title: \"表 #1\"\n"},
		{"a full-width colon is plain", guide, "title: a\n", "title = 说明：一", "title: 说明：一\n"},
		{"a comma is plain in a block", guide, "title: a\n", "title = a, b", "title: a, b\n"},
		{"a comma is quoted in brackets", guide, "fee: {note: a}\n", "fee.note = a, b", "fee: {note: \"a, b\"}\n"},
		{"a number", guide, "time_limit:\n  promised: 15\n  unit: working-days\n", "time_limit.promised = 10", "time_limit:\n  promised: 10\n  unit: working-days\n"},
		{"a boolean keeps its spelling", guide, "收费: {免费: 是}\n", "fee.free = false", "收费: {免费: 否}\n"},
		{"a word keeps its language", guide, "places:\n  - {name: a, units: 派出所}\n", "places[0].units = division", "places:\n  - {name: a, units: 支队}\n"},
		{"Chinese keys", guide, "事项名称: 旧\n类别: hukou\n", "title = 新", "事项名称: 新\n类别: hukou\n"},
		{"a Chinese key is added in Chinese", guide, "事项名称: 一\n类别: hukou\n发布日期: 2026-01-01\n", "status = in-force", "事项名称: 一\n类别: hukou\n状态: 有效\n发布日期: 2026-01-01\n"},
		{"a key is added in its place", guide, "title: a\narea: hukou\n\n# 日期\npublished: 2026-01-01\n", "authority = 示范市公安局", "title: a\narea: hukou\nauthority: 示范市公安局\n\n# 日期\npublished: 2026-01-01\n"},
		{"a key in a file of another order", guide, "title: a\nonline: b\ndelivery: c\nremedies: d\n", "result = e", "title: a\nonline: b\nresult: e\ndelivery: c\nremedies: d\n"},
		{"a key behind all, in a file of another order", guide, "fee: {free: true}\ntitle: a\n", "published = 2026-01-05", "fee: {free: true}\ntitle: a\npublished: 2026-01-05\n"},
		{"a key before the first", guide, "area: hukou\n", "title = a", "title: a\narea: hukou\n"},
		{"a key is not put under the comment of the first", guide, "# 类别\narea: hukou\nstatus: draft\n", "title = a", "# 类别\narea: hukou\ntitle: a\nstatus: draft\n"},
		{"a key at the end without an end of line", guide, "title: a", "area = hukou", "title: a\narea: hukou"},
		{"a key of a mapping that is not there", guide, "title: a\npublished: 2026-01-01\n", "fee.free = true", "title: a\nfee: {free: true}\npublished: 2026-01-01\n"},
		{"a key of a large mapping that is not there", site, "title: a\n", "contact.phone = 000-1", "title: a\ncontact:\n  phone: 000-1\n"},
		{"an empty value", guide, "title:\narea: hukou\n", "title = a", "title: a\narea: hukou\n"},
		{"an empty value with a comment", guide, "title:   # 待写\narea: hukou\n", "title = a", "title: a   # 待写\narea: hukou\n"},
		{"a null", guide, "title: ~ # x\n", "title = a", "title: a # x\n"},
		{"an empty value in brackets", guide, "complaint: {phone: , url: x}\n", "complaint.phone = 000-1", "complaint: {phone: 000-1, url: x}\n"},
		{"an empty quoted value", guide, "legal_basis:\n  - {law: 法, url: \"\"}\n", "legal_basis[0].url = https://a.cn/", "legal_basis:\n  - {law: 法, url: \"https://a.cn/\"}\n"},
		{"an empty mapping with a comment", site, "contact:   # 怎样联系\ntitle: a\n", "contact.phone = 000-1", "contact:   # 怎样联系\n  phone: 000-1\ntitle: a\n"},
		{"an empty list", guide, "cases: []\ntitle: a\n", "cases[0].question = 多大？", "cases:\n  - {question: 多大？}\ntitle: a\n"},
		{"a flow mapping of a list", descriptor, "schema:\n  fields:\n    - {name: 期间, role: period} # 一\n    - {name: 件数, type: integer, risk: event}  # 二\n", "schema.fields[1].unit = 件", "schema:\n  fields:\n    - {name: 期间, role: period} # 一\n    - {name: 件数, type: integer, unit: 件, risk: event}  # 二\n"},
		{"a block mapping of a list", guide, "places:\n  - name: a\n    address: b\n  - name: c\n\n# 尾\n", "places[1].hours = 9:00—12:00", "places:\n  - name: a\n    address: b\n  - name: c\n    hours: 9:00—12:00\n\n# 尾\n"},
		{"days of a step", guide, "steps:\n- {action: 申请, days: 0}\n- {action: 办结, days: 15}\n", "steps[1].days = 10", "steps:\n- {action: 申请, days: 0}\n- {action: 办结, days: 10}\n"},
		{"an entry in brackets is added", guide, "steps:\n  - {action: 申请} # 一\n# 尾\ntitle: a\n", "steps[1].action = 办结", "steps:\n  - {action: 申请} # 一\n  - {action: 办结}\n# 尾\ntitle: a\n"},
		{"an entry in a block is added", guide, "places:\n-   name: a\n    phone: b\n", "places[1].name = c", "places:\n-   name: a\n    phone: b\n-   name: c\n"},
		{"a list of one without a list", guide, "audience: individual # 谁\n", "audience = [individual|organization]", "audience: [individual, organization] # 谁\n"},
		{"a mapping without a list", guide, "places:\n  name: a\n  # 电话\n  phone: b\ntitle: t\n", "places[1].name = c", "places:\n  - name: a\n    # 电话\n    phone: b\n  - name: c\ntitle: t\n"},
		{"a mapping in brackets without a list", guide, "places: {name: a}\n", "places[1].name = c", "places: [{name: a}, {name: c}]\n"},
		{"a plain text for a mapping", guide, "visits: 1 # 次\n", "visits.count = 2", "visits: 2 # 次\n"},
		{"a plain text becomes a mapping", guide, "visits: 1 # 次\n", "visits.reason = 验原件", "visits: {count: 1, reason: 验原件} # 次\n"},
		{"texts of columns", register, "columns:\n  - 名称\n  - {name: 期限}\n", "columns[0].role = title", "columns:\n  - {name: 名称, role: title}\n  - {name: 期限}\n"},
		{"a list in brackets", guide, "audience: [individual]\n", "audience = [organization]", "audience: [organization]\n"},
		{"a list in lines", guide, "conditions:\n  - 一 # 甲\n  - 二 # 乙\n  - 三 # 丙\n", "conditions = [一|新|三|四]", "conditions:\n  - 一 # 甲\n  - 新 # 乙\n  - 三 # 丙\n  - 四\n"},
		{"a line is put into a list", guide, "conditions:\n  - 一 # 甲\n  - 三 # 丙\n", "conditions = [一|二|三]", "conditions:\n  - 一 # 甲\n  - 二\n  - 三 # 丙\n"},
		{"a line is taken out of a list", guide, "conditions:\n  - 一 # 甲\n  - 二 # 乙\n  - 三 # 丙\n", "conditions = [一|三]", "conditions:\n  - 一 # 甲\n  - 三 # 丙\n"},
		{"a new list of long texts", guide, "title: a\n", "conditions = [父母一方或者双方为中国公民，且在本市登记常住户口|新生儿尚未在任何地方登记户口]", "title: a\nconditions:\n  - 父母一方或者双方为中国公民，且在本市登记常住户口\n  - 新生儿尚未在任何地方登记户口\n"},
		{"a list of several lines in brackets", guide, "conditions: [\n  一, # 甲\n  二  # 乙\n]\n", "conditions = [一|新]", "conditions: [\n  一, # 甲\n  新  # 乙\n]\n"},
		{"a block", descriptor, "notes: |  # 说明\n  一\n\n  二\n  三\ntitle: a\n", "notes = 一\n\n二\n新\n三", "notes: |  # 说明\n  一\n\n  二\n  新\n  三\ntitle: a\n"},
		{"a block of one line stays one", descriptor, "notes: |\n    一\n    二\ntitle: a\n", "notes = 三", "notes: |\n    三\ntitle: a\n"},
		{"a plain text becomes a block", descriptor, "notes: 一 # 甲\ntitle: a\n", "notes = 一\n二: x", "notes: | # 甲\n  一\n  二: x\ntitle: a\n"},
		{"a new block", descriptor, "title: a\n", "notes = 一\n\n- 二", "title: a\nnotes: |\n  一\n\n  - 二\n"},
		{"several lines in brackets", guide, "faq:\n  - {question: a, answer: b}\n", "faq[0].answer = 一\n二", "faq:\n  - {question: a, answer: \"一\\n二\"}\n"},
		{"a folded text", descriptor, "notes: >\n  一\n  二\ntitle: a\n", "notes = 三", "notes: >\n  三\ntitle: a\n"},
		{"a plain text of several lines", descriptor, "description: 一\n  二\ntitle: a\n", "description = 三", "description: 三\ntitle: a\n"},
		{"CRLF", guide, "title: 旧\r\narea: hukou\r\n", "title = 新", "title: 新\r\narea: hukou\r\n"},
		{"a block in CRLF", descriptor, "title: a\r\ndescription: b\r\n", "notes = 一\r\n二", "title: a\r\ndescription: b\r\nnotes: |\r\n  一\r\n  二\r\n"},
		{"a mark", guide, "\ufefftitle: 旧\n", "title = 新", "\ufefftitle: 新\n"},
		{"an invisible character is an escape", guide, "title: 旧\n", "title = a\u2028b", "title: \"a\\u2028b\"\n"},
		{"a file of comments", site, "# 网站设置\n", "title = a", "# 网站设置\ntitle: a\n"},
		{"nothing at all", site, "", "contact.phone = 000-1", "contact:\n  phone: 000-1\n"},
		{"an unknown key stays", guide, "titel: x\ntitle: a\n", "title = b", "titel: x\ntitle: b\n"},
		{"a day beside days", site, "calendar: {workdays: [2026-01-04]}\n", "calendar.workdays = [2026-01-04|2026-02-14]", "calendar: {workdays: [2026-01-04, 2026-02-14]}\n"},
		{"a word beside words", guide, "channels: [窗口]\n", "channels = [window|post]", "channels: [窗口, 邮寄]\n"},
		{"a list within a list", guide, "materials:\n  - {name: a}\n", "materials[0].when = [甲|乙]", "materials:\n  - {name: a, when: [甲, 乙]}\n"},
		{"two mappings deep", site, "footer:\n  icp: x\n", "footer.parent.name = 市政府", "footer:\n  icp: x\n  parent: {name: 市政府}\n"},
		{"a day", guide, "verified: 2026-01-05 # 核\n", "verified = 2026年10月8日", "verified: 2026年10月8日 # 核\n"},

		{"a key is taken out", guide, "title: a # 一\narea: hukou # 二\n# 三\nstatus: draft\n", "area -", "title: a # 一\n# 三\nstatus: draft\n"},
		{"a key in brackets is taken out", guide, "fee: {free: true, note: a, basis: b} # 一\n", "fee.note -", "fee: {free: true, basis: b} # 一\n"},
		{"the first key in brackets is taken out", guide, "fee: {free: true, note: a}\n", "fee.free -", "fee: {note: a}\n"},
		{"the last key in brackets is taken out", guide, "fee: {free: true, note: a}\n", "fee.note -", "fee: {free: true}\n"},
		{"the only key takes its mapping", guide, "title: a\nfee: {note: a}\narea: b\n", "fee.note -", "title: a\narea: b\n"},
		{"a key behind a dash is taken out", guide, "places:\n  - name: a\n    # 地址\n    address: b\n", "places[0].name -", "places:\n    # 地址\n  - address: b\n"},
		{"a block is taken out", descriptor, "title: a\nnotes: |\n  一\n\n  二\nstatus: draft\n", "notes -", "title: a\nstatus: draft\n"},
		{"an entry is taken out", guide, "steps:\n  - {action: 一}\n  # 二的\n  - {action: 二}\n  - {action: 三, days: 1}\n", "steps[1] -", "steps:\n  - {action: 一}\n  # 二的\n  - {action: 三, days: 1}\n"},
		{"an entry of a block is taken out", guide, "places:\n  - name: a\n    phone: b\n  - name: c\ntitle: t\n", "places[0] -", "places:\n  - name: c\ntitle: t\n"},
		{"the only entry takes its list", guide, "title: a\nsteps:\n  - {action: 一}\n", "steps[0] -", "title: a\n"},
		{"an entry in brackets is taken out", guide, "audience: [individual, organization]\n", "audience[0] -", "audience: [organization]\n"},
		{"a line in brackets is taken out", guide, "conditions: [\n  一, # 甲\n  二, # 乙\n  三\n]\n", "conditions[1] -", "conditions: [\n  一, # 甲\n  三\n]\n"},
		{"the last line in brackets is taken out", guide, "conditions: [一, # 甲\n  二]\n", "conditions[1] -", "conditions: [一, # 甲\n  ]\n"},
		{"what is not there is not taken out", guide, "title: a\n", "fee.note -", "title: a\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := change(c.source, c.what, c.of)
			if err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// What cannot be written is refused with what is wrong and the next step.
func TestSetRefuses(t *testing.T) {
	for _, c := range []struct{ name, source, what, says string }{
		{"an unknown key", "title: a\n", "titel = b", `no key "titel"`},
		{"an unknown key below", "title: a\n", "fee.prize = b", "no key"},
		{"no list", "title: a\n", "title[0] = b", "no key"},
		{"no place", "title: a\n", "steps.days = 1", "which entry"},
		{"a gap", "steps:\n  - {action: a}\n", "steps[2].action = c", "is missing"},
		{"no number", "review_days: 180\n", "review_days = 半年", "whole number"},
		{"no day", "published: 2026-01-05\n", "published = 2026-02-30", "2026-02-30"},
		{"no boolean", "fee: {free: true}\n", "fee.free = 也许", "true or false"},
		{"a mapping", "title: a\n", "fee = 免费", "several keys"},
		{"a text where a mapping belongs", "fee: 免费\n", "fee.free = true", "cannot be changed by itself"},
		{"no YAML", "title: [a\n", "title = b", "cannot be read"},
		{"an anchor", "title: &a x\n", "title = b", "anchors"},
		{"a list as the whole", "- a\n", "title = b", "cannot be read"},
		{"no UTF-8", "title: \xb9\xab\n", "title = b", "UTF-8"},
	} {
		if got, err := change(c.source, c.what, bureau.Guide{}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %q %v", c.name, got, err)
		}
	}
	for _, texts := range [][]string{{}, {"a", "b"}} {
		if _, fault := Set([]byte("title: a\n"), bureau.Guide{}, "title", texts...); fault == nil || fault.Message.ZH == "" {
			t.Errorf("%q is set", texts)
		}
	}
}

func TestSays(t *testing.T) {
	says, fault := Says([]byte("事项名称: 一\naudience: 个人\nplaces:\n  - {name: a, units: 派出所}\n  -\nfee: {免费: 是}\nvisits: 2\ntitel: x\n"), bureau.Guide{})
	if fault != nil {
		t.Fatal(fault.Message.EN)
	}
	want := map[string]Said{
		"title": {"一", true, 1, 7}, "audience": {"", false, 2, 11}, "audience[0]": {"individual", true, 2, 11},
		"places": {"", false, 4, 3}, "places[0]": {"", false, 4, 5}, "places[0].name": {"a", true, 4, 12}, "places[0].units": {"station", true, 4, 22}, "places[1]": {"", true, 5, 4},
		"fee": {"", false, 6, 6}, "fee.free": {"true", true, 6, 11}, "visits": {"", false, 7, 9}, "visits.count": {"2", true, 7, 9},
	}
	if !maps.Equal(says, want) {
		t.Errorf("%v\nwant\n%v", says, want)
	}
}

// Whatever is set is read back, and everything else says the same.
func FuzzSet(f *testing.F) {
	for _, path := range []string{"title", "steps[0].days", "steps[1].action", "places[0].hours", "fee.note", "conditions[0]", "visits.reason", "faq[0].answer", "audience", "summary"} {
		for _, text := range []string{"a", "12", "a: b", "# x", "一\n二", "'\"\\", "- x", "[a", "{", "x\u2028y", "null", "@", "1:30", "\ttab"} {
			f.Add(guide, path, text)
			f.Add("title: 一 # 甲\nplaces:\n  name: b\nfee:\nsteps: []\nvisits: 1\nconditions: >\n  x\n  y\nsummary: |\n  z\n# 尾", path, text)
		}
	}
	f.Fuzz(func(t *testing.T, source, path, text string) {
		before, fault := open([]byte(source), planOf(reflect.TypeFor[bureau.Guide]()))
		if fault != nil || strings.Contains(path, unknown) {
			return
		}
		got, fault := Set([]byte(source), bureau.Guide{}, path, text)
		if fault != nil {
			return
		}
		after, fault := open(got, before.plan)
		if fault != nil {
			t.Fatalf("%q at %q of %q becomes %q, which is no YAML", text, path, source, got)
		}
		steps, _ := before.plan.steps(path)
		field := steps[len(steps)-1].field
		want := field.said(strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)))
		at := path
		if _, single := after.values()[path]; !single {
			at += "[0]"
		}
		if said := after.values()[at]; said != want && !(said == emptyMark+"~" && want == "") {
			t.Errorf("%q at %q of %q becomes %q, which says %q", text, path, source, got, said)
		}
		old, now := before.values(), after.values()
		drop(old, path)
		drop(now, path)
		for key, value := range old {
			if !strings.HasPrefix(value, emptyMark) && now[key] != value {
				t.Errorf("%q at %q of %q becomes %q, where %s is %q", text, path, source, got, key, now[key])
			}
		}
		removed, fault := Remove(got, bureau.Guide{}, path)
		if fault != nil {
			return
		}
		if gone, fault := open(removed, before.plan); fault != nil {
			t.Errorf("without %q %q becomes %q, which is no YAML", path, got, removed)
		} else if len(gone.values()) > len(now) && strings.Count(path, "[") == 0 {
			t.Errorf("without %q %q becomes %q", path, got, removed)
		}
	})
}

var places, lastPlace = regexp.MustCompile(`\[\d+\]`), regexp.MustCompile(`\[\d+\]$`)

// Every text of the demonstration bureau can be changed by itself, in its own lines, and
// back to the very bytes.
func TestSetInEveryFile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads every file")
	}
	for pattern, of := range map[string]any{
		"site.yaml": bureau.Site{}, "stats/*.yaml": bureau.Descriptor{}, "registers/*.yaml": bureau.RegisterDescriptor{},
		"guides/*/*.md": bureau.Guide{}, "notices/*.md": bureau.Notice{}, "pages/*.md": bureau.Page{}, "policies/*.md": bureau.Policy{},
	} {
		files, err := filepath.Glob("../../data/" + pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for i, file := range files {
			if i%5 > 0 { // those of a kind are much alike
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if rest, ok := bytes.CutPrefix(source, []byte("---\n")); ok {
				source, _, _ = bytes.Cut(rest, []byte("\n---\n"))
				source = append(bytes.Clone(source), '\n')
			}
			says, fault := Says(source, of)
			if fault != nil {
				t.Fatal(file, fault.Message.EN)
			}
			kinds := map[string]Key{}
			for _, k := range Keys(of) {
				kinds[k.Path] = k
			}
			for path, said := range says {
				k := kinds[places.ReplaceAllString(lastPlace.ReplaceAllString(path, ""), "[]")]
				if !said.Leaf || said.Text == "" || k.Kind != "string" || k.Words != nil || otherwise(said.Text) { // a number is quoted where none stood
					continue
				}
				other, fault := Set(source, of, path, said.Text+"，另：一")
				if fault != nil {
					t.Errorf("%s: %s: %s", file, path, fault.Message.EN)
					continue
				}
				if n := bytes.Count(other, []byte("\n")); n != bytes.Count(source, []byte("\n")) && !strings.Contains(said.Text, "\n") {
					t.Errorf("%s: %s: other lines\n%s", file, path, other)
				}
				back, fault := Set(other, of, path, said.Text)
				if fault != nil || !bytes.Equal(back, source) {
					t.Errorf("%s: %s: not the same bytes again: %v\n%s", file, path, fault, back)
				}
			}
		}
	}
}
