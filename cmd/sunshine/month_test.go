package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// monthDesk is a communications officer: what she does by hand is counted.
type monthDesk struct {
	dir        string
	env        map[string]string
	operations []string
}

// types types a command.
func (d *monthDesk) types(t *testing.T, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	d.operations = append(d.operations, "sunshine "+strings.Join(args, " "))
	return d.runs(t, want, args...)
}

func (d *monthDesk) runs(t *testing.T, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, wrong bytes.Buffer
	c := &command{stdin: strings.NewReader(""), stdout: &out, stderr: &wrong, now: time.Now, env: func(name string) string { return d.env[name] }}
	if code := c.run(context.Background(), args); code != want {
		t.Fatalf("%v gives %d, not %d\n%s%s", args, code, want, &out, &wrong)
	}
	return out.String(), wrong.String()
}

// edits replaces texts of a file by hand, each with the next.
func (d *monthDesk) edits(t *testing.T, name string, texts ...string) {
	t.Helper()
	d.operations = append(d.operations, "edits "+name)
	file := filepath.Join(d.dir, name)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(texts); i += 2 {
		from, to := texts[i], texts[i+1]
		if strings.Count(string(data), from) != 1 {
			t.Fatalf("%q stands %d times in %s:\n%s", from, strings.Count(string(data), from), name, data)
		}
		data = []byte(strings.Replace(string(data), from, to, 1))
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// day is the day that her computer shows.
func (d *monthDesk) day(year int, month time.Month, day int) {
	d.env["SOURCE_DATE_EPOCH"] = strconv.FormatInt(time.Date(year, month, day, 4, 0, 0, 0, time.UTC).Unix(), 10)
}

// aFigure is one number that was written into a workbook: where it has to be published.
type aFigure struct {
	statistic, start string
	keys             []string // texts of the row
	field            string
	value            float64
	small            bool // withheld
}

// monthBook makes a workbook sheet by sheet.
func monthBook(t *testing.T, file string, sheets ...func(set func(cell string, v any), merge func(from, to string), percent func(cell string)) string) {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	for i, fill := range sheets {
		name := fmt.Sprintf("Sheet%d", i+1)
		if i > 0 {
			if _, err := x.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		must := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		called := fill(func(cell string, v any) { must(x.SetCellValue(name, cell, v)) },
			func(from, to string) { must(x.MergeCell(name, from, to)) },
			func(cell string) {
				style, err := x.NewStyle(&excelize.Style{NumFmt: 10})
				must(err)
				must(x.SetCellStyle(name, cell, cell, style))
			})
		if called != "" {
			must(x.SetSheetName(name, called))
		}
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := x.SaveAs(file); err != nil {
		t.Fatal(err)
	}
}

// sixFiles writes what six departments send for a month, and gives every figure in it.
func sixFiles(t *testing.T, inbox string, month int) (all []aFigure) {
	t.Helper()
	start := fmt.Sprintf("2026-%02d-01", month)
	add := func(statistic, start, field string, value float64, keys ...string) {
		all = append(all, aFigure{statistic, start, keys, field, value, false})
	}
	type sheet = func(set func(string, any), merge func(string, string), percent func(string)) string
	seed := month * 7

	// The command room: three months across below a merged title, notes below; the
	// second month changes a figure of the first.
	call := func(kind, m int) int {
		n := 300*(kind+1) + 13*m
		if month == 10 && kind == 1 && m == 9 {
			n += 6
		}
		return n
	}
	monthBook(t, filepath.Join(inbox, fmt.Sprintf("指挥中心 %d月（1）.xlsx", month)), sheet(func(set func(string, any), merge func(string, string), _ func(string)) string {
		set("A1", "指挥中心2026年接警情况（单位：起）")
		merge("A1", "D1")
		set("A2", "警情类别")
		for i := range 3 {
			m := month - 2 + i
			column := string(rune('B' + i))
			set(column+"2", fmt.Sprintf("%d月", m))
			for kind, name := range []string{"刑事警情", "治安警情", "交通警情"} {
				set("A"+strconv.Itoa(3+kind), name)
				set(column+strconv.Itoa(3+kind), call(kind, m))
				add("指挥中心接警情况", fmt.Sprintf("2026-%02d-01", m), "（起）", float64(call(kind, m)), name)
			}
		}
		set("A7", "注：骚扰电话1024个不在内")
		return ""
	}))
	// The security brigade: a sheet a station.
	var stations []sheet
	for s, station := range []string{"城关派出所", "东街派出所"} {
		stations = append(stations, func(set func(string, any), merge func(string, string), _ func(string)) string {
			set("A1", "治安检查情况")
			merge("A1", "C1")
			set("A2", fmt.Sprintf("统计时间：2026年%d月", month))
			set("A3", "场所类别")
			set("B3", "检查（次）")
			set("C3", "发现隐患（处）")
			for k, kind := range []string{"旅馆业", "娱乐场所"} {
				row := strconv.Itoa(4 + k)
				set("A"+row, kind)
				set("B"+row, 40+seed+10*s+k)
				set("C"+row, 11+seed+s+3*k)
				add("治安检查情况", start, "检查（次）", float64(40+seed+10*s+k), station, kind)
				add("治安检查情况", start, "发现隐患（处）", float64(11+seed+s+3*k), station, kind)
			}
			set("A7", "填报人：某某")
			return station
		})
	}
	monthBook(t, filepath.Join(inbox, fmt.Sprintf("治安大队%d月报表.xlsx", month)), stations...)
	// The traffic police: a merged header, persons in small counts.
	monthBook(t, filepath.Join(inbox, fmt.Sprintf("交警%d月😀.xlsx", month)), sheet(func(set func(string, any), merge func(string, string), _ func(string)) string {
		set("A1", fmt.Sprintf("2026年%d月道路交通事故", month))
		merge("A1", "D1")
		set("A2", "道路类型")
		merge("A2", "A3")
		set("B2", "事故（起）")
		merge("B2", "B3")
		set("C2", "伤亡（人）")
		merge("C2", "D2")
		set("C3", "死亡")
		set("D3", "受伤")
		for k, road := range []string{"国道", "省道", "县道", "乡道"} {
			row := strconv.Itoa(4 + k)
			set("A"+row, road)
			set("B"+row, 20+seed+k)
			set("C"+row, 1+k%2)
			set("D"+row, 12+seed+k)
			add("道路交通事故", start, "事故（起）", float64(20+seed+k), road)
			all = append(all, aFigure{"道路交通事故", start, []string{road}, "伤亡·死亡（人）", float64(1 + k%2), true})
			add("道路交通事故", start, "伤亡·受伤（人）", float64(12+seed+k), road)
		}
		return ""
	}))
	// The office of petitions: a share stored as a fraction and shown as per cent.
	monthBook(t, filepath.Join(inbox, fmt.Sprintf("回访评价%d月.xlsx", month)), sheet(func(set func(string, any), _ func(string, string), percent func(string)) string {
		set("A1", fmt.Sprintf("2026年%d月群众回访评价", month))
		set("A2", "序号")
		set("B2", "窗口")
		set("C2", "满意率")
		for k, window := range []string{"户籍窗口", "车管窗口"} {
			row := strconv.Itoa(3 + k)
			set("A"+row, k+1)
			set("B"+row, window)
			set("C"+row, 0.9+float64(seed+k)/1000)
			percent("C" + row)
			add("群众回访评价", start, "满意率（%）", 90+float64(seed+k)/10, window)
		}
		return ""
	}))
	// The entry and exit office: a CSV in GBK.
	var b strings.Builder
	fmt.Fprintf(&b, "出入境业务2026年%d月,\n业务,办理（件）\n", month)
	for k, kind := range []string{"普通护照", "港澳通行证"} {
		n := 1100 + seed + 50*k
		fmt.Fprintf(&b, "%s,\"%d,%03d\"\n", kind, n/1000, n%1000)
		add("出入境业务", start, "办理（件）", float64(n), kind)
	}
	text, err := simplifiedchinese.GBK.NewEncoder().String(b.String())
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(inbox, fmt.Sprintf("出入境%d月.csv", month)), []byte(text))
	// The legal brigade: a total by its parts; the second month has a new column.
	monthBook(t, filepath.Join(inbox, fmt.Sprintf("法制大队%d月.xlsx", month)), sheet(func(set func(string, any), _ func(string, string), _ func(string)) string {
		set("A1", fmt.Sprintf("2026年%d月法制工作", month))
		for i, name := range []string{"事项", "受理（件）", "办结（件）", "退回（件）"} {
			if i == 3 && month < 10 {
				continue
			}
			set(string(rune('A'+i))+"2", name)
			for k, kind := range []string{"案件审核", "行政复议"} {
				row := strconv.Itoa(3 + k)
				set("A"+row, kind)
				if i > 0 {
					n := 60 + seed + 20*k - 7*i
					set(string(rune('A'+i))+row, n)
					add("法制工作", start, name, float64(n), kind)
				}
			}
		}
		return ""
	}))
	write(t, filepath.Join(inbox, "~$法制大队.xlsx"), []byte("x"))
	return all
}

// held holds every figure against what is published.
func held(t *testing.T, get func(string) []byte, figures []aFigure) {
	t.Helper()
	tables := map[string][][]string{}
	for _, f := range figures {
		rows, read := tables[f.statistic]
		if !read {
			data := get("stats/" + f.statistic + "/" + f.statistic + ".csv")
			var err error
			if rows, err = csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll(); err != nil || len(rows) == 0 {
				t.Fatalf("%s: %v\n%s", f.statistic, err, data)
			}
			tables[f.statistic] = rows
		}
		column, when := -1, -1
		for i, name := range rows[0] {
			if name == f.field || strings.HasPrefix(f.field, "（") && strings.HasSuffix(name, f.field) {
				column = i
			}
			if strings.HasSuffix(name, "_start") {
				when = i
			}
		}
		if column < 0 || when < 0 {
			t.Errorf("%s has no column %s: %v", f.statistic, f.field, rows[0])
			continue
		}
		met := 0
		for _, row := range rows[1:] {
			all := "|" + strings.Join(row, "|") + "|"
			ok := row[when] == f.start
			for _, k := range f.keys {
				ok = ok && strings.Contains(all, "|"+k+"|")
			}
			if !ok {
				continue
			}
			met++
			got := strings.TrimSuffix(row[column], "%")
			n, err := strconv.ParseFloat(got, 64)
			if f.small && got != "[c]" || !f.small && (err != nil || n < f.value-1e-9 || n > f.value+1e-9) {
				t.Errorf("%s %s %v %s is published as %q, and %v was written", f.statistic, f.start, f.keys, f.field, row[column], f.value)
			}
		}
		if met != 1 {
			t.Errorf("%s %s %v stands in %d rows", f.statistic, f.start, f.keys, met)
		}
	}
}

// digestOf is that of a sheet of changes.
func digestOf(t *testing.T, text string) string {
	t.Helper()
	_, after, ok := strings.Cut(text, "校验值：`")
	digest, _, closed := strings.Cut(after, "`")
	if !ok || !closed {
		t.Fatalf("no digest:\n%s", text)
	}
	return digest
}

// TestTheMonth does the work of two months as somebody at the bureau does it, and counts
// what she does by hand. The whole form publishes over SFTP and reads from nginx.
func TestTheMonth(t *testing.T) {
	root := t.TempDir()
	d := &monthDesk{dir: filepath.Join(root, "bureau"), env: map[string]string{"LANG": "zh_CN.UTF-8", "USER": "zhang"}}
	web := filepath.Join(root, "www", "sunshine")
	to := web
	get := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(web, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	if err := os.MkdirAll(filepath.Dir(web), 0o755); err != nil {
		t.Fatal(err)
	}
	if !testing.Short() {
		for dir := web; len(dir) >= len(root); dir = filepath.Dir(dir) {
			os.Chmod(dir, 0o755)
		}
		s := openSSH(t)
		to = s.address(web)
		for _, line := range s.env() {
			name, value, _ := strings.Cut(line, "=")
			d.env[name] = value
		}
		address := nginx(t, strings.ReplaceAll(block(t, "hosting.md", "nginx"), "/srv/www", filepath.Dir(web))) + "/sunshine/"
		get = func(name string) []byte {
			r, err := http.Get(address + name)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Body.Close()
			data, err := io.ReadAll(r.Body)
			if err != nil || r.StatusCode != http.StatusOK {
				t.Fatalf("%s: %v %s", name, err, r.Status)
			}
			return data
		}
	}
	inbox := filepath.Join(d.dir, "inbox")

	d.day(2026, 10, 8)
	d.types(t, 0, "init", "--name", "清河县公安局", "--phone", "0100-1234567", "--address", "清河县人民路1号", d.dir)
	d.edits(t, "data/site.yaml", "# base_url: https://www.example.gov.cn/", "base_url: https://www.example.gov.cn/sunshine/\napproval: required")
	first := sixFiles(t, inbox, 9)
	d.types(t, 0, "import", "--yes", "--dir", d.dir)

	sheet, _ := d.types(t, 0, "diff", d.dir)
	digest := digestOf(t, sheet)
	d.runs(t, 1, "publish", "--to", to, d.dir) // nobody approved it
	d.types(t, 0, "approve", "--by", "李局长", "--digest", digest, d.dir)
	d.types(t, 0, "publish", "--to", to, d.dir)

	held(t, get, first)
	d.whole(t, web, digest)
	d.count(t, "the first month", 12)

	t.Run("second", func(t *testing.T) {
		d.secondMonth(t, inbox, to, web, get, first)
	})
}

// whole holds what is published against what it says of itself, as a stranger would, and
// the approval against the sheet that was read.
func (d *monthDesk) whole(t *testing.T, web, digest string) {
	t.Helper()
	d.runs(t, 0, "verify", web, "--from", d.dir)
	d.runs(t, 0, "audit", web)
	log, err := os.ReadFile(filepath.Join(d.dir, "data/approvals.csv"))
	if err != nil || !strings.Contains(string(log), digest) {
		t.Errorf("%v\n%s", err, log)
	}
}

// count holds the operations of a month against how many there may be.
func (d *monthDesk) count(t *testing.T, month string, most int) {
	t.Helper()
	t.Logf("%s: %d operations by hand\n%s", month, len(d.operations), strings.Join(d.operations, "\n"))
	if len(d.operations) > most {
		t.Errorf("%s takes %d operations by hand, and %d are allowed", month, len(d.operations), most)
	}
	d.operations = nil
}

func (d *monthDesk) secondMonth(t *testing.T, inbox, to, web string, get func(string) []byte, first []aFigure) {
	if err := os.RemoveAll(inbox); err != nil {
		t.Fatal(err)
	}
	d.day(2026, 11, 6)
	second := sixFiles(t, inbox, 10)
	_, stderr := d.types(t, 1, "import", "--dir", d.dir)
	for _, want := range []string{
		"指挥中心 10月（1）.xlsx!Sheet1!C4: 错误：“2026年9月 治安警情 数量（起）”以前读入的是717，现在是723 [import/changed]",
		"sunshine import \"inbox/指挥中心 10月（1）.xlsx\" --reason 原因 --kind correction --by 批准人",
		"法制大队10月.xlsx!Sheet1!D2: 错误：表式和上次不一样：多了“退回（件）”这一列 [import/layout]",
		"sunshine import \"inbox/法制大队10月.xlsx\" --add-columns",
	} {
		if !strings.Contains(stderr, want) {
			t.Errorf("%s is not said:\n%s", want, stderr)
		}
	}
	// What has a question is not written, and the others are.
	for name, there := range map[string]bool{"指挥中心接警情况": false, "法制工作": false, "道路交通事故": true, "出入境业务": true, "群众回访评价": true, "治安检查情况": true} {
		data, err := os.ReadFile(filepath.Join(d.dir, "data/stats", name+".csv"))
		if err != nil || strings.Contains(string(data), "2026年10月") != there {
			t.Errorf("%s: %v\n%s", name, err, data)
		}
	}
	// As the hints say.
	stdout, _ := d.types(t, 0, "import", filepath.Join(inbox, "指挥中心 10月（1）.xlsx"), filepath.Join(inbox, "法制大队10月.xlsx"),
		"--reason", "移交的警情补录", "--kind", "correction", "--by", "指挥中心", "--add-columns", "--dir", d.dir)
	for _, want := range []string{"以前的数改了1个", "已记进 data/revisions.csv：指挥中心接警情况 2026年9月/治安警情", "717 → 723"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("%s is not said:\n%s", want, stdout)
		}
	}
	sheet, _ := d.types(t, 0, "diff", d.dir)
	for _, want := range []string{"717", "723", "移交的警情补录"} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the sheet of changes does not hold %s:\n%s", want, sheet)
		}
	}
	digest := digestOf(t, sheet)
	d.types(t, 0, "approve", "--by", "李局长", "--digest", digest, d.dir)
	d.types(t, 0, "publish", "--to", to, d.dir)
	kept := first[:0:0]
	for _, f := range first {
		if f.statistic == "指挥中心接警情况" && f.value == 717 {
			f.value = 723
		}
		kept = append(kept, f)
	}
	held(t, get, kept)
	held(t, get, second)
	d.whole(t, web, digest)
	d.count(t, "the second month", 5)
}
