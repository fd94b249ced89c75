package table

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gocarina/gocsv"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// told writes problems as rule and place, one a line.
func told(problems problem.List) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%s %s\n", p.Rule.String(), p.Position)
	}
	return strings.TrimSpace(b.String())
}

func TestPositions(t *testing.T) {
	tb, problems := Read("a.csv", []byte("\ufeff标题,,\r\n\r\n\"期间\",类别,件数\r\n2003年,\"盗\r\n窃，\"\"乙\"\"\",3\r\n\r\n2004年,诈骗,4\r\n"), Options{Header: []string{"期间", "件数"}})
	if len(problems) > 0 {
		t.Fatal(told(problems))
	}
	for _, c := range []struct {
		row, column int
		text, place string
	}{
		{-1, 0, "期间", "a.csv:3:1 (A3)"}, {-1, 2, "件数", "a.csv:3:9 (C3)"},
		{0, 1, "盗\n窃，\"乙\"", "a.csv:4:7 (B4)"}, {0, 2, "3", "a.csv:5:10 (C4)"},
		{1, 0, "2004年", "a.csv:7:1 (A6)"}, {1, 2, "4", "a.csv:7:10 (C6)"},
	} {
		cells := tb.Header
		if c.row >= 0 {
			cells = tb.Row(c.row)
		}
		if got := cells[c.column].Text; got != c.text {
			t.Errorf("cell %d,%d: %q, want %q", c.row, c.column, got, c.text)
		}
		if got := tb.Position(c.row, c.column).String(); got != c.place {
			t.Errorf("%q stands at %s, want %s", c.text, got, c.place)
		}
	}
	if tb.Rows() != 2 || len(tb.Above) != 1 || tb.Above[0].Text != "标题" {
		t.Errorf("%d rows, above %v", tb.Rows(), tb.Above)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ data, want string }{
		{"a,b\n1,\"x\n2,y\n", "csv/quote a.csv:2:3"},                                                                         // not closed
		{"a,b\n\"甲\",\"x\n2,y\n3,\"z\"\n", "csv/quote a.csv:2:5"},                                                            // closed by the next one
		{"a,b\n\"\"\"甲\"\"\",\"x\n", "csv/quote a.csv:2:9"},                                                                  // doubled ones before it
		{"a,b\n甲\",2\n乙\",3\n", "csv/quote a.csv:2:2\ncsv/quote a.csv:3:2"},                                                  // one a line: both are told
		{"a,b\n\"甲\"x,2\n1,2,3\n", "csv/quote a.csv:2:1\ncsv/ragged a.csv:3:5 (C3)"},                                         // and what follows, too
		{"sep=;\na;b\n甲\";2\n", "csv/quote a.csv:3:2"},                                                                       // below a line that is no row
		{"a,b\n1,\"x\ny\"\n甲\",2\n", "csv/quote a.csv:4:2"},                                                                  // below a cell of two lines
		{"a,b\n\n\n1, \"x\"\n", "csv/quote a.csv:4:4"},                                                                       // a space before the quote
		{"a,b\n1,2\n1,\x012\n", "csv/character a.csv:3:3 (B3)"},                                                              // no character to publish
		{"a,b,c\n1,2,3\n\"1,2\",3\n", "csv/ragged a.csv:3:7 (C3)"},                                                           // a cell too few
		{"a,b,c\n甲,12,345,6\n", "csv/ragged a.csv:2:3 (B2)"},                                                                 // thousands
		{"a,b,c\n甲,12,345.5,6,\n", "csv/ragged a.csv:2:3 (B2)"},                                                              // with a fraction
		{"a,b\n1,2\n合计,x,多\n", "csv/ragged a.csv:3:6 (C3)"},                                                                  // more than the header
		{"单位：件\n注：无数据\n", "csv/header a.csv:1:1 (A1)"},                                                                       // nothing but notes
		{"a，b\n1，2\n", "csv/delimiter a.csv:1:1 (A1)"},                                                                       //
		{strings.Repeat("a,", 3) + "a\n", "csv/header a.csv:1:3 (B1)\ncsv/header a.csv:1:5 (C1)\ncsv/header a.csv:1:7 (D1)"}, // a name more than once
		{"a,甲（件）,甲(件)\n1,2,3\n", "csv/header a.csv:1:8 (C1)"},                                                                // alike but for the width of its brackets
		{"a" + strings.Repeat(",a", MaxColumns) + "\n", "csv/size a.csv:1:1"},                                                // more columns than a table has
		{"a,b\n1,2\n1," + strings.Repeat("长", maxText/3+1) + "\n", "csv/size a.csv:3:3 (B3)"},
		{"a,b\n1,2\n" + strings.Repeat("注：x\n", maxNotes+2), fmt.Sprintf("csv/size a.csv:%d:1 (A%[1]d)", maxNotes+3)},
	} {
		if _, problems := Read("a.csv", []byte(c.data), Options{}); told(problems) != c.want {
			t.Errorf("%q:\n%s\nwant\n%s", c.data, told(problems), c.want)
		}
	}
}

// What names a person is not kept, wherever it stands in a line.
func TestPersonsAreLeftOut(t *testing.T) {
	tb, problems := Read("a.csv", []byte("统计表,,\n单位：件 制表人：某甲,,\n类别,立案,破案\n盗窃,1,2\n制表人：,某乙,审核人：某丙\n联系人：某丁 电话12345,,填报日期：2005-01-05\n注：含移交案件,,\n补充说明一句,,\n"), Options{})
	var kept []string
	for _, c := range append(tb.Above, tb.Below...) {
		kept = append(kept, c.Text)
	}
	if got, want := strings.Join(kept, "|"), "统计表|单位：件|填报日期：2005-01-05|注：含移交案件|补充说明一句"; got != want {
		t.Errorf("kept %q, want %q", got, want)
	}
	if want := "csv/person a.csv:2:1 (A2)\ncsv/person a.csv:5:1 (A5)\ncsv/person a.csv:5:9 (C5)\ncsv/person a.csv:6:1 (A6)"; told(problems) != want {
		t.Errorf("problems:\n%s\nwant\n%s", told(problems), want)
	}
	for _, p := range problems {
		for _, name := range []string{"某甲", "某乙", "某丙", "某丁"} {
			if strings.Contains(p.Message.ZH+p.Message.EN+p.Hint.ZH+p.Hint.EN, name) {
				t.Errorf("the message names the person: %v", p.Message)
			}
		}
		if p.Severity != problem.Warning {
			t.Errorf("%v stops the build", p.Message.EN)
		}
	}
}

func TestDelimiter(t *testing.T) {
	for data, want := range map[string]string{
		"a,b\n1,2\n":               "a|b",
		"a\tb\n1\t2\n":             "a|b",
		"a;b\n1;2\n":               "a|b",
		"a\tb,c\n1,234\t2,5\n":     "a|b,c",
		"a,b\n\"x;y;z\",\"p;q;r\"": "a|b",
		"sep=\t\na,x\tb\n":         "a,x|b",
		"a\n1\n":                   "a",
	} {
		tb, _ := Read("a.csv", []byte(data), Options{})
		var header []string
		for _, c := range tb.Header {
			header = append(header, c.Text)
		}
		if got := strings.Join(header, "|"); got != want {
			t.Errorf("%q: %s, want %s", data, got, want)
		}
	}
}

func TestDecode(t *testing.T) {
	type promise struct {
		ID     bureau.String `csv:"id,编号"`
		Target bureau.String `csv:"target,目标值"`
		Region bureau.String `csv:"region,地区,omitempty"`
	}
	read := func(data string) ([]promise, string) {
		tb, problems := Read("a.csv", []byte(data), Options{})
		list, more := Decode[promise](tb)
		return list, told(append(problems, more...))
	}
	list, problems := read("目标值,编号\n100%,010\n\"1,234\",\n3.7,P03\n")
	if problems != "" || len(list) != 3 {
		t.Fatal(list, problems)
	}
	for i, want := range []promise{ // as staff wrote them: gocsv would read 8, 1.234, 0 and 3
		{ID: bureau.String{V: "010", At: problem.Position{File: "a.csv", Line: 2, Column: 6, Cell: "B2"}}, Target: bureau.String{V: "100%", At: problem.Position{File: "a.csv", Line: 2, Column: 1, Cell: "A2"}}},
		{ID: bureau.String{V: "", At: problem.Position{File: "a.csv", Line: 3, Column: 9, Cell: "B3"}}, Target: bureau.String{V: "1,234", At: problem.Position{File: "a.csv", Line: 3, Column: 1, Cell: "A3"}}},
		{ID: bureau.String{V: "P03", At: problem.Position{File: "a.csv", Line: 4, Column: 5, Cell: "B4"}}, Target: bureau.String{V: "3.7", At: problem.Position{File: "a.csv", Line: 4, Column: 1, Cell: "A4"}}},
	} {
		if list[i] != want {
			t.Errorf("row %d: %+v, want %+v", i, list[i], want)
		}
	}
	for data, want := range map[string]string{
		"id,目标值,地区\n1,2,3\n":        "",
		"id,target\n":               "",                                                     // none yet
		"id\n1\n":                   "csv/column a.csv:1:1 (A1)",                            // missing: gocsv passes it
		"id,targt\n1,2\n":           "csv/column a.csv:1:4 (B1)\ncsv/column a.csv:1:1 (A1)", // unknown, and so missing
		"id,target,编号\n1,2,3\n":     "csv/column a.csv:1:11 (C1)",                           // twice, by its alias
		"id,target,colour\n1,2,3\n": "csv/column a.csv:1:11 (C1)",                           // gocsv passes it
	} {
		if _, got := read(data); got != want {
			t.Errorf("%q:\n%s\nwant\n%s", data, got, want)
		}
	}
}

// The traps of gocsv are real: this test fails when the library mends them, and
// then Decode may become simpler.
func TestGocsvTraps(t *testing.T) {
	var rows []struct {
		Count int     `csv:"count"`
		Share float64 `csv:"share"`
		Other string  `csv:"other"`
	}
	err := gocsv.UnmarshalString("count,share\n010,\"1,234\"\n3.7,\n,2\n", &rows)
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	if rows[0].Count != 8 || rows[0].Share != 1.234 || rows[1].Count != 3 || rows[1].Share != 0 || rows[2].Count != 0 {
		t.Errorf("%+v", rows)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"期间,件数\n2003年,1713\n", "\ufeff\"a\",b\r\n1,\"x\r\ny\"\r\n\r\n注：z\r\n", "a;b\n1;2\n3\n", "a\tb\r1\t2\r", "sep=;\na;b\n",
		"\xff\xfea\x00\t\x00b\x00\n\x001\x00\t\x002\x00", "\xd0\xa1\xd1\xa7,\xd6\xb0\n1,2\n", "a,b\n\"1,2\n", "a,\"b\n", "制表人：某\na,b\n1,2\n", "PK\x03\x04",
		"a,b\n1,2,345\n", ",,\n,\n", "\"\"\"\n", "a\n\"\n\n\"\nb\"\n", "统计表,,\n单位：件,,\n期间,a,\n,b,c\n",
	} {
		f.Add([]byte(s), "")
		f.Add([]byte(s), "big5")
	}
	f.Fuzz(func(t *testing.T, data []byte, encoding string) {
		given := string(data)
		tb, problems := Read("a.csv", data, Options{Encoding: bureau.String{V: encoding, At: problem.Position{File: "a.yaml", Line: 1, Column: 1}}, Header: []string{"期间", "a"}})
		if string(data) != given {
			t.Fatal("the caller's bytes were changed")
		}
		for _, p := range problems {
			if p.File == "" || p.Line < 1 || p.Column < 1 || p.Rule.String() == "" || p.Message.ZH == "" || p.Message.EN == "" {
				t.Fatalf("a problem without a place or words: %+v", p)
			}
		}
		if len(tb.Header) == 0 && problems.Errors() == 0 {
			t.Fatal("no header and no error")
		}
		if tb.Rows() > 0 && len(tb.Columns) != len(tb.Header) || len(tb.Lines) != tb.Rows() {
			t.Fatalf("%d columns of %d, %d lines in %d rows", len(tb.Columns), len(tb.Header), len(tb.Lines), tb.Rows())
		}
		for _, c := range tb.Columns {
			if len(c.Of) != tb.Rows() {
				t.Fatalf("%d cells in %d rows", len(c.Of), tb.Rows())
			}
		}
		last := 0
		for i := range tb.Rows() {
			for j, c := range tb.Row(i) {
				if c.Line < 1 || c.Column < 1 || strings.TrimSpace(c.Text) != c.Text || strings.Contains(c.Text, "\ufeff") {
					t.Fatalf("cell %d,%d: %+v", i, j, c)
				}
			}
			if line := int(tb.Row(i)[0].Line); line <= last {
				t.Fatalf("row %d begins on line %d, the one before on %d", i, line, last)
			} else {
				last = line
			}
		}
		Decode[bureau.Unit](tb)
	})
}

// Columns that few lines have cells of take no memory in the others, and are read as any.
func TestRareColumns(t *testing.T) {
	text := "a,b,c\n4,5,6\n" + strings.Repeat("1,2\n", 3*fewLines) + "7,8,9\n"
	got, problems := Read("x.csv", []byte(text), Options{})
	if problems.Errors() == 0 || got.Rows() != 2 {
		t.Fatal(got.Rows(), problems.Errors())
	}
	for row, want := range [][]string{{"4", "5", "6"}, {"7", "8", "9"}} {
		for c, cell := range got.Row(row) {
			if cell.Text != want[c] || cell.Column != uint32(2*c+1) {
				t.Errorf("row %d: %+v", row, cell)
			}
		}
	}
}
