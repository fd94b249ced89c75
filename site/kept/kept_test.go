package kept

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sunshine/site/bureau"
	"sunshine/site/disclose"
	"sunshine/site/figures"
	"sunshine/site/load"
	"sunshine/site/table"
)

// archiveOf loads a bureau and gives what is kept of it, by path.
func archiveOf(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	fsys := fstest.MapFS{"data/site.yaml": {Data: []byte("title: 阳光警务\norganization: 示范市公安局\n")}}
	for name, text := range files {
		fsys["data/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	b, _ := load.Bureau(context.Background(), fsys, 1, nil)
	inputs := append([]bureau.Input{}, b.Inputs...)
	figures.Decide(b)
	disclose.Bureau(b)
	var pages []bureau.File
	for _, d := range b.Documents() {
		if !strings.Contains(d.File, "draft") {
			pages = append(pages, bureau.File{Path: d.Page})
		}
	}
	f, err := archiveAll(b, fsys, inputs, pages, 2)
	if err != nil {
		t.Fatal(err)
	}
	again, err := archiveAll(b, fsys, inputs, pages, 1)
	if err != nil || !bytes.Equal(f.Bytes, again.Bytes) {
		t.Error("not the same bytes", err)
	}
	if f.Path == "" {
		return nil
	}
	c := Copies{archive: read(t, f.Bytes)}
	got := map[string]string{}
	for _, entry := range c.archive.File {
		data, err := unpack(entry, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		got[strings.TrimPrefix(entry.Name, "data/")] = string(data)
	}
	return got
}

func archiveAll(b *bureau.Bureau, fsys fs.FS, inputs []bureau.Input, pages []bureau.File, jobs int) (bureau.File, error) {
	s, err := Make(context.Background(), b, fsys, inputs, nil, jobs)
	if err != nil {
		return bureau.File{}, err
	}
	return s.Archive(func(page string) bool {
		return slices.ContainsFunc(pages, func(f bureau.File) bool { return f.Path == page })
	})
}

func TestCopies(t *testing.T) {
	person := "schema: {fields: [{name: 类别, role: category}, {name: 人数（人）, type: integer, role: measure, risk: person}]}\n"
	for name, c := range map[string]struct {
		files map[string]string
		file  string
		want  string // empty where it is not kept
	}{
		"a table as it is, in UTF-8": {map[string]string{"stats/x.csv": "年份;立案（件）\r\n\r\n2024年;\"1,391 [p]\"\r\n"}, "stats/x.csv",
			"\ufeff年份,立案（件）\n\n2024年,\"1,391 [p]\"\n"},
		"figures that are hidden": {map[string]string{"stats/x.csv": "类别,人数（人）\n甲,3\n乙,20\n", "stats/x.yaml": person}, "stats/x.csv",
			"\ufeff类别,人数（人）\n甲,[c]\n乙,20\n"},
		"figures that are rounded": {map[string]string{"stats/x.csv": "类别,人数（人）\n甲,3\n乙,21\n", "stats/x.yaml": person + "disclosure: round\n"}, "stats/x.csv",
			"\ufeff类别,人数（人）\n甲,5\n乙,20\n"},
		"a line that names a person": {map[string]string{"stats/x.csv": "单位：件\n年份,立案（件）\n2024年,391\n制表人：张三\n注：快报\n"}, "stats/x.csv",
			"\ufeff单位：件\n年份,立案（件）\n2024年,391\n\n注：快报\n"},
		"a consent in a register": {map[string]string{"registers/x.csv": "事迹,姓名,同意\n救人,李晓明,第88号\n拾金,,\n", "registers/x.yaml": "columns: [{name: 事迹, role: title}, {name: 姓名, role: person}, {name: 同意, role: consent}]\n"}, "registers/x.csv",
			"\ufeff事迹,姓名,同意\n救人,李晓明,已留存\n拾金,,\n"},
		"comments of a descriptor": {map[string]string{"stats/x.csv": "年份,立案（件）\n2024年,391\n", "stats/x.yaml": "# 问局长\ntitle: 立案 # 张三\n"}, "stats/x.yaml",
			"\ntitle: 立案\n"},
		"a consent of a page": {map[string]string{"pages/x.md": "---\ntitle: 说明\n同意书: 第88号 # 在柜里\nupdated: 2026-10-01\n---\n正文\n"}, "pages/x.md",
			"---\ntitle: 说明\n同意书: 已留存\nupdated: 2026-10-01\n---\n正文\n"},
		"a consent of a policy document": {map[string]string{"policies/x.md": "---\ntitle: 说明\nindex_no: S-1\ndoc_no: 示公规〔2026〕3号\nconsent: 第88号\n---\n正文\n"}, "policies/x.md",
			"---\ntitle: 说明\nindex_no: S-1\ndoc_no: 示公规〔2026〕3号\nconsent: 已留存\n---\n正文\n"},
		"a consent of a policy document on two lines": {map[string]string{"policies/x.md": "---\ntitle: 说明\nconsent: 第88号\n  第89号\nindex_no: S-1\n---\n正文\n"}, "policies/x.md", ""},
		"a consent that cannot be taken out":          {map[string]string{"notices/2026-10-01-x.md": "---\n{title: 说明, date: 2026-10-01, consent: 第88号, summary: x}\n---\n正文\n"}, "notices/2026-10-01-x.md", ""},
		"comments of Markdown": {map[string]string{"notices/2026-10-01-x.md": "---\ntitle: 说明\ndate: 2026-10-01\n---\n甲<!-- 待\n确认 -->乙\n\n[用]: https://a.example/\n[//]: # (给张三)\n[见][用]\n<!-- 没有完"}, "notices/2026-10-01-x.md",
			"---\ntitle: 说明\ndate: 2026-10-01\n---\n甲\n乙\n\n[用]: https://a.example/\n\n[见][用]\n"},
		"the month of a ledger": {map[string]string{"suggestions/x.csv": "三本台账登记表，科长要看（2026年10月）,,,,,,,,,,\n序号,类别,收到时间,承办单位,反映事项,商议时间,方案时间,督办时间,反馈时间,公开时间,办理情况\n1,意见建议,10月8日,城东分局,增开窗口,,,,,,正在办理\n"}, "suggestions/x.csv",
			"\ufeff2026年10月\n序号,类别,收到时间,承办单位,反映事项,商议时间,方案时间,督办时间,反馈时间,公开时间,办理情况\n1,意见建议,10月8日,城东分局,增开窗口,,,,,,正在办理\n"},
		"a comment that may be a text": {map[string]string{"pages/x.md": "---\ntitle: 说明\nsummary: |\n  # 一\norder: 1 # 一\n---\n正文\n"}, "pages/x.md", ""},
		"what has no page":             {map[string]string{"pages/draft.md": "---\ntitle: 说明\n---\n"}, "pages/draft.md", ""},
		"a consent on two lines":       {map[string]string{"pages/x.md": "---\ntitle: 说明\nconsent: 第88号\n  第89号\nupdated: 2026-10-01\n---\n正文\n"}, "pages/x.md", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, kept := archiveOf(t, c.files)[c.file]
			if got != c.want || kept != (c.want != "") {
				t.Errorf("kept %v:\n%q\nwant\n%q", kept, got, c.want)
			}
		})
	}
}

// A file that was changed after it was checked is not kept.
func TestChangedFileIsNotKept(t *testing.T) {
	fsys := fstest.MapFS{"data/pages/x.md": {Data: []byte("---\ntitle: 说明\n---\n")}}
	b, _ := load.Bureau(context.Background(), fsys, 1, nil)
	pages := []bureau.File{{Path: "x/index.html"}}
	if f, err := archiveAll(b, fsys, slices.Clone(b.Inputs), pages, 1); err != nil || f.Path == "" {
		t.Fatal("not kept", err)
	}
	fsys["data/pages/x.md"] = &fstest.MapFile{Data: []byte("---\ntitle: 别的\n---\n")}
	if f, err := archiveAll(b, fsys, slices.Clone(b.Inputs), pages, 1); err != nil || f.Path != "" {
		t.Error("kept", err)
	}
}

func TestOverlay(t *testing.T) {
	below := fstest.MapFS{"data/pages/a.md": {Data: []byte("a")}, "data/pages/b.md": {Data: []byte("b")}, "data/pages/d.md": {Data: []byte("d")}}
	o := Overlay{below, map[string][]byte{"data/pages/a.md": []byte("new"), "data/pages/b.md": nil, "data/pages/c.md": {}}}
	var names []string
	err := fs.WalkDir(o, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(o, path)
		names = append(names, path+" "+string(data))
		return err
	})
	if got, want := strings.Join(names, "\n"), "data/pages/a.md new\ndata/pages/c.md \ndata/pages/d.md d"; got != want || err != nil {
		t.Errorf("%s %v", got, err)
	}
	if _, err := o.Open("data/pages/b.md"); err == nil {
		t.Error("what is taken out is there")
	}
	if _, err := o.Lstat("data/pages/b.md"); err == nil {
		t.Error("what is taken out is there")
	}
}

// A folder that only the overlay has is there, in every way that one is asked for.
func TestOverlayOfNothing(t *testing.T) {
	o := Overlay{fstest.MapFS{}, map[string][]byte{"data/stats/a.csv": []byte("a"), "data/site.yaml": []byte("b"), "gone/x": nil}}
	var names []string
	err := fs.WalkDir(o, ".", func(path string, d fs.DirEntry, err error) error {
		names = append(names, path)
		return err
	})
	if got, want := strings.Join(names, " "), ". data data/site.yaml data/stats data/stats/a.csv"; got != want || err != nil {
		t.Errorf("%s %v", got, err)
	}
	if at, err := fs.Stat(o, "data/stats"); err != nil || !at.IsDir() {
		t.Error(at, err)
	}
	if _, err := fs.Stat(o, "gone"); err == nil {
		t.Error("a folder of nothing is there")
	}
}

// A table whose header has several rows, and a row of units, is read again as it was.
func TestRowsOfSeveralHeaders(t *testing.T) {
	data := []byte("事故表\n期间,事故,\n,死亡,受伤\n,人,人\n2024年,3,15\n2025年,14,16\n")
	o := table.Options{Rows: 2, Units: 3}
	made, ok := rows("data/stats/a.csv", data, o, true, func(_ int, c table.Cell) string {
		if c.Text == "3" {
			return "[c]"
		}
		return c.Text
	})
	if want := "\ufeff事故表\n期间,事故,\n,死亡,受伤\n,人,人\n2024年,[c],15\n2025年,14,16\n"; string(made) != want || !ok {
		t.Errorf("%q %v", made, ok)
	}
}

func read(t *testing.T, data []byte) *zip.Reader {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What is too much to keep is said (published/unkept), and nothing is kept by half.
func TestTooMuchIsSaid(t *testing.T) {
	before := limit
	limit = 10
	defer func() { limit = before }()
	fsys := fstest.MapFS{
		"data/site.yaml":      {Data: []byte("title: 阳光警务\norganization: 示范市公安局\n")},
		"data/pages/about.md": {Data: []byte("---\ntitle: 关于本站\n---\n公开统计数据。\n")},
	}
	b, _ := load.Bureau(context.Background(), fsys, 1, nil)
	inputs := append([]bureau.Input{}, b.Inputs...)
	f, err := archiveAll(b, fsys, inputs, []bureau.File{{Path: b.Documents()[0].Page}}, 1)
	if !errors.Is(err, ErrTooLarge) || f.Path != "" {
		t.Error(f.Path, err)
	}
}

// An address is of the document whose page stands there or above, and of no other.
func TestHolders(t *testing.T) {
	fsys := fstest.MapFS{"data/site.yaml": {Data: []byte("title: 阳光警务\norganization: 示范市公安局\n")}}
	var files []packed
	for name, text := range map[string]string{
		"data/notices/2026-10-08-a.md": "---\ntitle: 甲\ndate: 2026-10-08\n---\n\n正文。\n",
		"data/stats/calls.csv":         "期间,报警（起）\n2025年,131\n",
		"data/units.csv":               "id,name,parent\nju,示范市公安局,\n",
	} {
		files = append(files, packedOf(bureau.File{Path: name, Bytes: []byte(text)}))
	}
	slices.SortFunc(files, func(x, y packed) int { return strings.Compare(x.header.Name, y.header.Name) })
	archive, err := pack(files)
	if err != nil {
		t.Fatal(err)
	}
	h := Copies{archive: read(t, archive.Bytes)}.Holders(context.Background(), fsys)
	for address, file := range map[string]string{
		"notices/2026-10-08-a/": "data/notices/2026-10-08-a.md", "stats/calls/": "data/stats/calls.csv", "stats/calls/calls.csv": "data/stats/calls.csv",
		"stats/calls/ju/2025/": "data/stats/calls.csv", "units/ju/": "data/units.csv",
		"": "", "stats/": "", "stats/call/": "", "stats/calls2/": "", "notices/": "", "static/a.pdf": "",
	} {
		if got := h.Of(address); got != file {
			t.Errorf("%q is of %q, not %q", address, got, file)
		}
	}
	if got := (Copies{}).Holders(context.Background(), fsys).Of("stats/calls/"); got != "" {
		t.Error(got)
	}
}

// A table that is plain would be written again as it stands.
func TestPlain(t *testing.T) {
	pieces := []string{"期间", "数", "2025年1月", "甲", "12", ",", ",", ",", "\n", "\n", "\r\n", "\"", "\"x\ny\"", "注：甲", "制表人：张三", " ", "\u3000", "\\.", ";", "[x]", "期间,数\n", "2025年1月,12\n", ",\n", "\ufeff"}
	r := rand.New(rand.NewPCG(1, 2))
	plain := 0
	for range 20_000 {
		text := "期间,数\n"
		for range r.IntN(12) {
			text += pieces[r.IntN(len(pieces))]
		}
		data := []byte(text)
		read, _ := table.Read("data/stats/a.csv", data, table.Options{})
		if !read.Plain {
			continue
		}
		plain++
		f := bureau.File{Path: "data/stats/a.csv", Bytes: data}
		made, ok := rows(f.Path, data, table.Options{}, true, func(_ int, c table.Cell) string { return c.Text })
		if !ok || !(documents{}).same(f, bureau.File{Path: f.Path, Bytes: made}) {
			t.Fatalf("%q is written as %q", data, made)
		}
	}
	if plain < 500 {
		t.Error(plain, "tables are plain")
	}
}

// Every program that unpacks the archive gets the names and the day that were meant.
func TestEntries(t *testing.T) {
	const name = "data/stats/报警.csv"
	archive, err := pack([]packed{packedOf(bureau.File{Path: name, Bytes: []byte("期间,报警（起）\n2025年,131\n")})})
	if err != nil {
		t.Fatal(err)
	}
	f := read(t, archive.Bytes).File[0]
	if day := f.Modified.Format("2006-01-02"); f.Name != name || f.NonUTF8 || f.Flags&0x800 == 0 || f.ReaderVersion != 20 || day != "1980-01-01" {
		t.Errorf("%+v of %s", f.FileHeader, day)
	}
}
