package opendata

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/text"
)

func given(s string) bureau.String {
	return bureau.String{V: s, At: problem.Position{File: "f", Line: 1}}
}

// csvOf gives the CSV of a table.
func csvOf(t *testing.T, table Table) string {
	t.Helper()
	csv, err := inMemory(func(w io.Writer) error { return table.writeCSV(w, 2) })
	if err != nil {
		t.Fatal(err)
	}
	return string(csv)
}

var publisher = Publisher{
	Language: chinese,
	Site:     bureau.Site{Title: given("阳光警务"), Organization: given("示范市公安局"), License: bureau.License{Name: given("CC0-1.0"), URL: given("https://cc.example/0")}},
}

// statistic has every kind of column and of cell.
func statistic(t testing.TB) *bureau.Statistic {
	s := &bureau.Statistic{
		Name: "cases", Descriptor: bureau.Descriptor{
			Title: given("案件"), Frequency: given("yearly"),
			Derive: []bureau.Derive{{Name: given("率"), Value: given("数 / 2")}},
			Schema: bureau.Schema{Fields: []bureau.FieldSpec{{Name: given("数"), Description: given("件数 <b>")}}},
		},
		Fields: []bureau.Field{
			{Name: "期间", Title: "期间", Role: bureau.RolePeriod, UnitField: -1},
			{Name: "=类别", Title: "=类别", Role: bureau.RoleCategory, UnitField: -1},
			{Name: "数", Title: "数", Role: bureau.RoleMeasure, Type: "integer", Unit: "件", UnitField: -1, Risk: "event"},
			{Name: "率", Title: "率", Role: bureau.RoleMeasure, Type: "percent", Unit: "%", UnitField: -1, Derived: true},
			{Name: "数_status", Title: "数_status", Role: bureau.RoleNote, UnitField: -1},
		},
	}
	add := func(p, category string, kind bureau.RowKind, n float64, status bureau.Status, q bureau.Qualifier, rate float64, note string) {
		read, err := period.Parse(p, period.Options{})
		if err != nil {
			t.Fatal(err)
		}
		nan := math.NaN()
		s.Append(bureau.Row{Kind: kind}, read, bureau.Cell{Text: p, Number: nan}, bureau.Cell{Text: category, Number: nan},
			bureau.Cell{Number: n, Status: status, Qualifier: q}, bureau.Cell{Number: rate}, bureau.Cell{Text: note, Number: nan})
	}
	add("2005年", "盗窃", bureau.DataRow, 1159, bureau.Provisional|bureau.Revised, bureau.About, 12.5, "+1")
	add("2006年1-8月", "盗窃", bureau.DataRow, math.NaN(), bureau.NotAvailable|bureau.Break, bureau.Exact, 100, "")
	add("截至2026年5月", "合计", bureau.TotalRow, 0, 0, bureau.Exact, 0, "，\"引号\"\n换行")
	return s
}

func TestCSV(t *testing.T) {
	want := "\ufeff期间,期间_start,期间_end,'=类别,数,数_status_,数_qualifier,率,数_status,row_type\r\n" +
		"2005年,2005-01-01,2005-12-31,盗窃,1159,[p][r],约,12.5,'+1,data\r\n" +
		"2006年1-8月,2006-01-01,2006-08-31,盗窃,[b][x],,,100,,data\r\n" +
		"截至2026年5月,,2026-05-31,合计,0,,,0,\"，\"\"引号\"\"\r\n换行\",total\r\n"
	if got := csvOf(t, Statistic(statistic(t), chinese)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Of a table with more rows than a program reads at once the JSON names the CSV and says
// what its columns are, and there is no workbook.
func TestLargeTable(t *testing.T) {
	table := Statistic(statistic(t), chinese)
	of, rows := table.Columns, table.Rows
	table.Columns = nil
	for _, c := range of {
		value := c.Value
		c.Alike, c.Value = nil, func(row int) any { return value(row % rows) }
		table.Columns = append(table.Columns, c)
	}
	for _, n := range []int{workbookRows, workbookRows + 1, jsonRows + 1} {
		table.Rows = n
		d, err := publisher.Publish(table)
		if err != nil {
			t.Fatal(err)
		}
		if has := d.XLSX.Path != ""; has != (n <= workbookRows) {
			t.Errorf("%d rows have a workbook: %v", n, has)
		}
		var read struct {
			Path, Format string
			Schema       struct{ Fields []struct{ Name string } }
			Rows         int
			Data         []json.RawMessage
		}
		if err := json.Unmarshal(d.JSON.Bytes, &read); err != nil {
			t.Fatal(err)
		}
		if n <= jsonRows {
			if len(read.Data) != n || read.Path != "" {
				t.Errorf("%d rows, of %d, at %q", len(read.Data), n, read.Path)
			}
			continue
		}
		if read.Path != "cases.csv" || read.Format != "csv" || read.Data != nil || read.Rows != n || len(read.Schema.Fields) != len(table.Columns) {
			t.Errorf("%+v", read)
		}
		if ld, err := publisher.DatasetLD(d); err != nil || strings.Contains(string(ld), "application/json") {
			t.Errorf("%s %v", ld, err)
		}
		if left := d.LeftOut(chinese); len(left) != 2 {
			t.Errorf("%q", left)
		}
	}
}

// The resources of a Data Package have a name each, whatever statistics are called.
func TestNames(t *testing.T) {
	s := statistic(t)
	s.Name = "units"
	c, err := publisher.Bureau(t.Context(), &bureau.Bureau{Statistics: []*bureau.Statistic{s}, Units: []bureau.Unit{{ID: given("a"), Name: given("甲")}}}, nil, nil)
	if err != nil || len(c.Datasets) != 2 || c.Datasets[0].Name != "units" || c.Datasets[1].Name != "units-list" {
		t.Error(err, c.Datasets)
	}
}

func TestSchema(t *testing.T) {
	table := Statistic(statistic(t), chinese)
	r := publisher.resource(table)
	var got []string
	for _, f := range r.Schema.Fields {
		got = append(got, fmt.Sprint(f.Name, " ", f.Type, " ", f.Role, " ", f.Unit, " ", f.Description, " ", f.Constraints != nil))
	}
	want := []string{
		"期间 string period   false", "期间_start date   “期间”的第一天 false", "期间_end date   “期间”的最后一天 false", "'=类别 string category   false",
		"数 integer measure 件 件数 <b> true", "数_status_ string   “数”的标记 false", "数_qualifier string   “数”前后的限定词，如约、余、近 false",
		"率 number measure % 由本站计算：数 / 2 false", "数_status string note   false", "row_type string   这一行是数据还是合计 false",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got, want := fmt.Sprint(r.Schema.MissingValues), "[{ 空白} {[x] 无数据} {[z] 不适用} {[c] 不公布，以免认出具体的人} {[w] 尚未报送} {[b][x] 口径变化，与此前不可比，无数据}]"; got != want {
		t.Errorf("missing values %s, want %s", got, want)
	}
	if r.Frequency != "yearly" || r.Temporal != "2005-01-01/2026-05-31" || r.Rows != 3 || strings.Join(r.Schema.PrimaryKey, " ") != "期间 '=类别" {
		t.Errorf("%+v", r)
	}
	// The descriptor may name another key.
	own := statistic(t)
	own.Descriptor.Schema.PrimaryKey = []bureau.String{given("期间")}
	if k := Statistic(own, chinese).Key; len(k) != 1 || k[0] != "期间" {
		t.Error(k)
	}
	// A key that is the same in two rows, or is not there, is none.
	s := statistic(t)
	set := func(row, field int, change func(*bureau.Cell)) {
		c := s.Cell(row, field)
		change(&c)
		s.Set(row, field, c)
	}
	set(0, 0, func(c *bureau.Cell) { c.Text = "2006年1-8月" })
	if k := Statistic(s, chinese).Key; k != nil {
		t.Error("twice:", k)
	}
	set(0, 0, func(c *bureau.Cell) { c.Text = "" })
	if k := Statistic(s, chinese).Key; k != nil {
		t.Error("empty:", k)
	}
	// A fraction among whole numbers, and a number below zero.
	set(0, 2, func(c *bureau.Cell) { c.Number = -1.5 })
	if f := publisher.resource(Statistic(s, chinese)).Schema.Fields[4]; f.Type != "number" || f.Constraints != nil {
		t.Errorf("%+v", f)
	}
}

// The JSON and the CSV hold the same.
func TestJSON(t *testing.T) {
	table := Statistic(statistic(t), english)
	d, err := publisher.Publish(table)
	if err != nil {
		t.Fatal(err)
	}
	var r struct{ Data []map[string]any }
	if err := json.Unmarshal(d.JSON.Bytes, &r); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(d.CSV.Bytes[3:])).ReadAll()
	if err != nil || len(rows) != len(r.Data)+1 {
		t.Fatal(len(rows), len(r.Data), err)
	}
	for i, row := range r.Data {
		if len(row) != len(rows[0]) {
			t.Errorf("%d keys, %d columns", len(row), len(rows[0]))
		}
		for j, name := range rows[0] {
			value := ""
			if row[name] != nil {
				value = fmt.Sprint(row[name])
			}
			if cell := rows[i+1][j]; text.Harmless(value) != cell {
				t.Errorf("%s: %q and %q", name, value, cell)
			}
		}
	}
}

// What staff write in a form that a Data Package does not allow is said in
// another key, or left out.
func TestLicencesAndSources(t *testing.T) {
	site := func(name, url string) Publisher {
		return Publisher{Language: chinese, Site: bureau.Site{License: bureau.License{Name: given(name), URL: given(url)}}}
	}
	for _, c := range []struct {
		p    Publisher
		d    bureau.Descriptor
		want string
	}{
		{publisher, bureau.Descriptor{}, "[{CC0-1.0 https://cc.example/0 }]"},
		{site("知识共享 署名 4.0", "https://cc.example/4"), bureau.Descriptor{}, "[{ https://cc.example/4 知识共享 署名 4.0}]"},
		{site("知识共享", ""), bureau.Descriptor{}, "[]"},
		{site("", ""), bureau.Descriptor{}, "[]"},
		{publisher, bureau.Descriptor{Licenses: []bureau.LicenseRef{{Name: given("ODbL-1.0"), Path: given("javascript:x"), Title: given("开放数据库")}}}, "[{ODbL-1.0  开放数据库}]"},
	} {
		if got := fmt.Sprint(c.p.licenses(c.d)); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	for address, want := range map[string]bool{
		"https://a.example/x y": true, "http://a.example": true, "docs/report.pdf": true, "年报.pdf": true,
		"../secret": false, "a/../b": false, "/etc/passwd": false, "~root": false, `a\b`: false, "file:///etc": false, "mailto:a@b.example": false, "": false,
	} {
		if got := pathOf(address); (got == address && got != "") != want {
			t.Errorf("%q: %q", address, got)
		}
	}
	for text, want := range map[string]string{"a@b.example": "a@b.example", "某 <a@b.example>": "", "a": ""} {
		if got := emailOf(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// JSON-LD stands in a script element as it is.
func TestLinkedDataEscaped(t *testing.T) {
	s := statistic(t)
	const nasty = `</script><!-- & "`
	s.Descriptor.Title = given(nasty)
	d, err := publisher.Publish(Statistic(s, chinese))
	if err != nil {
		t.Fatal(err)
	}
	data, err := publisher.DatasetLD(d)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(data, "<>&") {
		t.Errorf("%s", data)
	}
	var l map[string]any
	if err := json.Unmarshal(data, &l); err != nil || l["name"] != nasty {
		t.Error(l["name"], err)
	}
	// Without a public address the links are the page's own.
	if url := l["distribution"].([]any)[0].(map[string]any)["contentUrl"]; url != "../../stats/cases/cases.csv" {
		t.Error(url)
	}
	c, err := publisher.Catalogue([]Dataset{d})
	if err != nil {
		t.Fatal(err)
	}
	if data, err = c.CatalogueLD(nasty); err != nil || bytes.ContainsAny(data, "<>&") {
		t.Errorf("%s %v", data, err)
	}
}

// The same tables give the same bytes; too many give no archive, and none give
// no files at all.
func TestArchive(t *testing.T) {
	d, err := publisher.Publish(Statistic(statistic(t), chinese))
	if err != nil {
		t.Fatal(err)
	}
	var archives [][]byte
	for range 2 {
		c, err := publisher.Catalogue([]Dataset{d})
		if err != nil {
			t.Fatal(err)
		}
		archives = append(archives, c.Archive.Bytes)
	}
	if !bytes.Equal(archives[0], archives[1]) || len(archives[0]) == 0 {
		t.Error("two archives of the same")
	}
	large := Dataset{Table: d.Table, CSV: bureau.File{Path: "stats/large/large.csv", Bytes: make([]byte, archiveLimit)}}
	c, err := publisher.Catalogue([]Dataset{d, large})
	if err != nil || c.Archive.Bytes != nil || c.Package.Bytes == nil {
		t.Error("an archive without a limit", err)
	}
	for _, f := range c.Files() {
		if f.Path == "data/all.zip" {
			t.Error("an empty archive is written")
		}
	}
	if c, err = publisher.Catalogue(nil); err != nil || len(c.Files()) > 0 {
		t.Error("files of nothing", err)
	}
}

func TestRegister(t *testing.T) {
	r := &bureau.Register{Name: "duties", Descriptor: bureau.RegisterDescriptor{Title: given("责任清单")}, Columns: []bureau.Column{
		{Name: "事项", Title: "事项"}, {Name: "同意书", Role: bureau.ColumnConsent}, {Name: "期限", Title: "期限", Type: bureau.DateColumn},
	}}
	for _, text := range []string{"巡逻", "K-17", "2026-10-31", "=接访", "K-18", ""} {
		r.Cells = append(r.Cells, given(text))
	}
	table := Register(&bureau.Bureau{}, r, publisher.AsOf, chinese)
	if got, want := csvOf(t, table), "\ufeff事项,期限\r\n巡逻,2026-10-31\r\n'=接访,\r\n"; got != want {
		t.Errorf("%q", got)
	}
	if table.Columns[1].Type != "date" {
		t.Error(table.Columns[1].Type)
	}
	r.Cells[2] = given("2026年底")
	if c := Register(&bureau.Bureau{}, r, publisher.AsOf, chinese).Columns[1]; c.Type != "string" {
		t.Error(c.Type)
	}
}

func TestLists(t *testing.T) {
	units := []bureau.Unit{{ID: given("s1"), Name: given("城关派出所"), Phone: given("0100-1")}}
	if got := csvOf(t, Units(units, chinese)); !strings.HasPrefix(got, "\ufeff编号,名称,曾用名,级别,上级,人口,户数,来源,地址,电话,办公时间,管辖范围\r\ns1,城关派出所,") {
		t.Error(got)
	}
	if got := csvOf(t, Units(units, english)); !strings.HasPrefix(got, "\ufeffid,name,former,level,") {
		t.Error(got)
	}
	m := bureau.Matter{ID: given("1"), Ledger: given("投诉举报"), Received: bureau.Date{V: period.NewDate(2026, 5, 1), At: problem.Position{Line: 2}}}
	if got := csvOf(t, Matters([]bureau.Matter{m}, chinese)); got != "\ufeff编号,账本,收到日期,承办单位,摘要,商议,方案,督办,反馈,公开,状态,答复\r\n1,投诉举报,2026-05-01,,,,,,,,,\r\n" {
		t.Errorf("%q", got)
	}
}

// BenchmarkPublish writes 200 statistics of ten years of months.
func BenchmarkPublish(b *testing.B) {
	one := statistic(b)
	s := &bureau.Statistic{Name: "cases", Descriptor: one.Descriptor, Fields: one.Fields}
	for i := range 120 {
		p, err := period.Parse(fmt.Sprintf("%d-%02d", 2015+i/12, 1+i%12), period.Options{})
		if err != nil {
			b.Fatal(err)
		}
		cells := one.Row(0)
		cells[0].Text = p.Text
		s.Append(bureau.Row{}, p, cells...)
	}
	for b.Loop() {
		datasets := make([]Dataset, 200)
		for i := range datasets {
			var err error
			if datasets[i], err = publisher.Publish(Statistic(s, chinese)); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := publisher.Catalogue(datasets); err != nil {
			b.Fatal(err)
		}
	}
}

// What no file can hold is null, and the rest of the table stays readable.
func TestInfinityIsNull(t *testing.T) {
	s := statistic(t)
	c := s.Cell(0, 2)
	c.Number = math.Inf(1)
	s.Set(0, 2, c)
	d, err := publisher.Publish(Statistic(s, chinese))
	if err != nil {
		t.Fatal(err)
	}
	var r struct{ Data []map[string]any }
	if err := json.Unmarshal(d.JSON.Bytes, &r); err != nil {
		t.Fatal(err)
	}
	if v, ok := r.Data[0]["数"]; !ok || v != nil {
		t.Errorf("infinity is %v", v)
	}
}

// inMemory gives what is written.
func inMemory(write func(io.Writer) error) ([]byte, error) {
	var b bytes.Buffer
	err := write(&b)
	return b.Bytes(), err
}
