package table

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"sunshine/site/bureau"
)

// Every byte stays but those of the cells that are replaced.
func TestReplace(t *testing.T) {
	gbk := func(s string) string {
		made, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	big5 := func(s string) string {
		made, err := traditionalchinese.Big5.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	wide := func(s string) string {
		made, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	for _, c := range []struct{ name, declared, source, cell, text, want string }{
		{"a figure", "", "期间,件数\n2026年1月,120\n2026年2月,130\n", "B2", "121", "期间,件数\n2026年1月,121\n2026年2月,130\n"},
		{"the same", "", "期间,\"件数\"\n2026年1月, 120 \n", "B2", " 120 ", "期间,\"件数\"\n2026年1月, 120 \n"},
		{"spaces of others stay", "", "a , b\n1 , 2\n", "B2", "3", "a , b\n1 ,3\n"},
		{"quotes stay", "", "a,b\n\"1\",\"2\"\n", "B2", "3", "a,b\n\"1\",\"3\"\n"},
		{"quotes where they are needed", "", "a,b\n1,2\n", "B2", "3,4", "a,b\n1,\"3,4\"\n"},
		{"quotes within", "", "a,b\n1,2\n", "A2", `他说"好"`, "a,b\n\"他说\"\"好\"\"\",2\n"},
		{"quotes within before", "", "a,b\n\"x\"\"y\",2\n", "B2", "3", "a,b\n\"x\"\"y\",3\n"},
		{"several lines", "", "a,b\r\n1,2\r\n", "A2", "甲\r\n乙", "a,b\r\n\"甲\n乙\",2\r\n"},
		{"a cell of several lines before", "", "a,b\n\"x\n\ny\",2\n3,4\n", "B3", "5", "a,b\n\"x\n\ny\",2\n3,5\n"},
		{"CRLF", "", "a,b\r\n1,2\r\n", "B2", "3", "a,b\r\n1,3\r\n"},
		{"a lone CR", "", "a,b\r1,2\r", "B2", "3", "a,b\r1,3\r"},
		{"no end of line", "", "a,b\n1,2", "B2", "3", "a,b\n1,3"},
		{"blank lines are rows", "", "标题\n\na,b\n1,2\n", "B4", "3", "标题\n\na,b\n1,3\n"},
		{"emptied", "", "a,b\n1,2\n", "A2", "", "a,b\n,2\n"},
		{"an empty one at the end", "", "a,b\n1,\n", "B2", "3", "a,b\n1,3\n"},
		{"an empty one at the end of all", "", "a,b\n1,", "B2", "3", "a,b\n1,3"},
		{"a row that is too short", "", "a,b,c\n1\n2,3,4\n", "C2", "9", "a,b,c\n1,,9\n2,3,4\n"},
		{"tabs", "", "a\tb\n1\t2\n", "B2", "1,000", "a\tb\n1\t1,000\n"},
		{"semicolons", "", "a;b\n1;2\n", "B2", "3;4", "a;b\n1;\"3;4\"\n"},
		{"a line that names the comma", "", "sep=;\na;b\n1;2\n", "B2", "3", "sep=;\na;b\n1;3\n"},
		{"a mark", "", "\ufeffa,b\n1,2\n", "A1", "甲", "\ufeff甲,b\n1,2\n"},
		{"GBK", "", gbk("期间,件数\r\n2026年1月,一百二十\r\n备注,“合计”\r\n"), "B2", "一百三十", gbk("期间,件数\r\n2026年1月,一百三十\r\n备注,“合计”\r\n")},
		{"Big5", "big5", big5("期間,件數\n一月,許功蓋\n"), "A2", "二月", big5("期間,件數\n二月,許功蓋\n")},
		{"UTF-16", "", wide("期间,件数\r\n一月,1\r\n"), "B2", "2", wide("期间,件数\r\n一月,2\r\n")},
	} {
		column, row, ok := bureau.ParseCell(c.cell)
		if !ok {
			t.Fatal(c.cell)
		}
		got, fault := Replace([]byte(c.source), c.declared, map[Place]string{{row, column}: c.text})
		if fault != nil {
			t.Errorf("%s: %s", c.name, fault.Message.EN)
		} else if string(got) != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	for _, c := range []struct{ name, declared, source, cell, text, says string }{
		{"a row that is not there", "", "a,b\n1,2\n", "A9", "x", "no such cell"},
		{"a blank line", "", "a,b\n\n1,2\n", "A2", "x", "no such cell"},
		{"a quote that is not closed", "", "a,b\n\"1,2\n3,4\n", "A2", "x", "A2 is not closed"},
		{"a character that the encoding has not", "big5", big5("期間,件數\n一月,許功蓋\n"), "A2", "们", "Big5 has not"},
		{"a control character", "", "a,b\n1,2\n", "A2", "x\x07", "control character"},
		{"a workbook", "", "PK\x03\x04xxxx", "A1", "x", "not CSV"},
	} {
		column, row, _ := bureau.ParseCell(c.cell)
		if got, fault := Replace([]byte(c.source), c.declared, map[Place]string{{row, column}: c.text}); fault == nil || !strings.Contains(fault.Message.EN, c.says) || fault.Message.ZH == "" || fault.Hint.ZH == "" {
			t.Errorf("%s: %q %+v", c.name, got, fault)
		}
	}
}

// Whatever is put into a cell stands there, and nowhere else.
func TestReplaceAny(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"甲", "1", ",", "\"", "\n", ";", " ", "\t", "|", "年", "[x]", "—", "'", "a"}
	any := func() string {
		var b strings.Builder
		for range r.IntN(5) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		return b.String()
	}
	for range 1000 {
		var b strings.Builder
		b.WriteString("期间,件数,备注\r\n")
		for i := range 6 {
			for j := range 3 {
				said := any()
				if j > 0 {
					b.WriteByte(',')
				}
				if i%2 == 0 || strings.ContainsAny(said, ",\"\n") {
					said = `"` + strings.ReplaceAll(said, `"`, `""`) + `"`
				}
				b.WriteString(said)
			}
			b.WriteString("\r\n")
		}
		source := []byte(b.String())
		before, fault := Part(source, "", 0, 100)
		if fault != nil {
			continue // two encodings, say
		}
		cells := map[Place]string{}
		for range 1 + r.IntN(3) {
			cells[Place{1 + r.IntN(6), r.IntN(3)}] = any()
		}
		maps.DeleteFunc(cells, func(p Place, _ string) bool { return p.Row >= len(before.Rows) || len(before.Rows[p.Row]) < 3 })
		if len(cells) == 0 {
			continue
		}
		got, fault := Replace(source, "", cells)
		if fault != nil {
			continue // it would be read otherwise, and is refused
		}
		after, fault := Part(got, "", 0, 100)
		if fault != nil {
			t.Fatalf("%q becomes %q", source, got)
		}
		for i, row := range before.Rows {
			for j := range row {
				if said, is := cells[Place{i, j}]; is {
					row[j] = said
				}
			}
			if !slices.Equal(row, after.Rows[i]) {
				t.Fatalf("%q with %v becomes %q: row %d is %q, want %q", source, cells, got, i, after.Rows[i], row)
			}
		}
	}
}

func TestPart(t *testing.T) {
	g, fault := Part([]byte("某县警情\n单位：件\n\n期间,件数\n一月,1\n二月,2\n三月,3\n"), "", 4, 2)
	if fault != nil {
		t.Fatal(fault.Message.EN)
	}
	if g.From != 4 || g.All != 7 || g.Wide != 2 || !slices.Equal(g.Header, []string{"期间", "件数"}) || len(g.Rows) != 2 || g.Rows[1][0] != "二月" {
		t.Errorf("%+v", g)
	}
	if g, fault = Part([]byte("a,b\n1,2\n"), "", 900, 2); fault != nil || g.From != 1 || len(g.Rows) != 1 {
		t.Errorf("%+v %v", g, fault)
	}
}

// Whatever the bytes are, a cell is replaced alone or not at all.
func FuzzReplace(f *testing.F) {
	for _, source := range []string{"期间,件数\r\n\"一\n二\", 1\r\n", "a;b\n1;2", "sep=|\na|b\n\n1|\n", "\ufeffa\tb\r1\t2\r", "\xc6\xda\xbc\xe4,\xbc\xfe\xca\xfd\n\xd2\xbb\xd4\xc2,1\n", "\xff\xfea\x00,\x00b\x00\n\x00", "a,\"b\"\"c\"d,\n"} {
		f.Add([]byte(source), uint8(1), uint8(1), "甲\"")
		f.Add([]byte(source), uint8(0), uint8(3), "")
	}
	f.Fuzz(func(t *testing.T, source []byte, row, column uint8, said string) {
		before, fault := Part(source, "", 0, 1000)
		at := Place{int(row), int(column)}
		got, not := Replace(source, "", map[Place]string{at: said})
		if not != nil {
			return
		}
		if fault != nil {
			t.Fatalf("%q has no cells, but becomes %q", source, got)
		}
		after, fault := Part(got, "", 0, 1000)
		if fault != nil || len(after.Rows) != len(before.Rows) {
			t.Fatalf("%q becomes %q", source, got)
		}
		for i, row := range after.Rows {
			for j, text := range row {
				want := ""
				if i == at.Row && j == at.Column {
					want = lines(said)
				} else if j < len(before.Rows[i]) {
					want = before.Rows[i][j]
				}
				if text != want && !(i == at.Row && j == at.Column && !utf8.ValidString(said)) {
					t.Fatalf("%q with %q at %v becomes %q: %q", source, said, at, got, text)
				}
			}
		}
	})
}

// A row is taken out or put in, and every byte of the others stays.
func TestDropAndInsert(t *testing.T) {
	gbk := func(s string) string {
		made, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	for _, c := range []struct {
		name, source  string
		row           int
		dropped, more string
	}{
		{"in the middle", "期间,件数\n1月,1\n2月,2\n", 1, "期间,件数\n2月,2\n", "期间,件数\n1月,1\n,\n2月,2\n"},
		{"the last", "a,b\r\n1,2\r\n", 1, "a,b\r\n", "a,b\r\n1,2\r\n,\r\n"},
		{"the last without an end", "a,b\r\n1,2", 1, "a,b\r\n", "a,b\r\n1,2\r\n,"},
		{"of several lines", "a,b\n\"x\n\ny\",2\n3,4\n", 1, "a,b\n3,4\n", "a,b\n\"x\n\ny\",2\n,\n3,4\n"},
		{"a blank line", "a,b\n\n1,2\n", 1, "a,b\n1,2\n", "a,b\n\n,\n1,2\n"},
		{"with a mark", "\ufeffa,b\n1,2\n3,4\n", 1, "\ufeffa,b\n3,4\n", "\ufeffa,b\n1,2\n,\n3,4\n"},
		{"behind a line that names the comma", "sep=;\na;b;c\n1;2;3\n", 1, "sep=;\na;b;c\n", "sep=;\na;b;c\n1;2;3\n;;\n"},
		{"of one column", "a\n1\n2\n", 1, "a\n2\n", "a\n1\n\"\"\n2\n"},
		{"GBK", gbk("期间,件数\r\n一月,一百\r\n备注,“合计”\r\n"), 1, gbk("期间,件数\r\n备注,“合计”\r\n"), gbk("期间,件数\r\n一月,一百\r\n,\r\n备注,“合计”\r\n")},
	} {
		if got, fault := Drop([]byte(c.source), "", c.row); fault != nil || string(got) != c.dropped {
			t.Errorf("%s: without it %q %+v, want %q", c.name, got, fault, c.dropped)
		}
		if got, fault := Insert([]byte(c.source), "", c.row); fault != nil || string(got) != c.more {
			t.Errorf("%s: with one more %q %+v, want %q", c.name, got, fault, c.more)
		}
	}
	for _, row := range []int{-1, 2} {
		if got, fault := Drop([]byte("a,b\n1,2\n"), "", row); fault == nil || !strings.Contains(fault.Message.EN, "no row") {
			t.Errorf("row %d: %q %+v", row, got, fault)
		}
	}
	// What would be read otherwise is refused: without its first row this is no table of commas.
	if got, fault := Drop([]byte("a,b,c,d,e,f,g\n1;2\n"), "", 0); fault == nil || !strings.Contains(fault.Message.EN, "otherwise") {
		t.Errorf("%q %+v", got, fault)
	}
}
