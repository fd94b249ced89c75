package load

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// An office file is either read, to exactly these cells, or refused, with an
// error of this rule at this cell. cases is the described table that most of
// them are a variation of.
type officeFile struct {
	name    string
	data    string
	yaml    string // the descriptor; none where it is empty
	read    string // the rows, cells parted by |, rows by ;
	refused string // rule line:column (cell)
}

const (
	casesYAML = "schema: {fields: [{name: 期间, role: period}, {name: 立案（件）, type: integer, role: measure, unit: 件, risk: event}, {name: 抓获（人）, type: integer, role: measure, unit: 人, risk: person}]}"
	rateYAML  = "schema: {fields: [{name: 期间, role: period}, {name: 比率, type: percent, role: measure}]}"
	moneyYAML = "schema: {fields: [{name: 期间, role: period}, {name: 罚没, type: number, role: measure, unit: 元}]}"
	wanYAML   = "schema: {fields: [{name: 期间, role: period}, {name: 罚没, type: number, role: measure, unit: 万元}]}"
	diffYAML  = "schema: {fields: [{name: 期间, role: period}, {name: 比上年增减, type: integer, role: measure, unit: 件, risk: none}]}"
	cases     = "期间,立案（件）,抓获（人）\n2003年,1713,929\n2004年,2048,943\n"
	casesRead = "2003年|1713|929; 2004年|2048|943"
)

func in(e encoding.Encoding, text string) string {
	s, err := e.NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return s
}

// one gives a table of cases with this cell in B2.
func one(cell string) string {
	return "期间,立案（件）,抓获（人）\n2003年," + cell + ",929\n"
}

// rate, money and diff give a table with this cell in B2.
func rate(cell string) string  { return "期间,比率\n2003年," + cell + "\n2004年,89.2%\n" }
func money(cell string) string { return "期间,罚没\n2003年," + cell + "\n" }
func diff(cell string) string  { return "期间,比上年增减\n2003年," + cell + "\n" }

func officeFiles() []officeFile {
	crlf := strings.ReplaceAll(cases, "\n", "\r\n")
	tabs := strings.ReplaceAll(crlf, ",", "\t")
	utf16 := func(e unicode.Endianness, mark unicode.BOMPolicy) string { return in(unicode.UTF16(e, mark), tabs) }
	missing := func(value, label string) string {
		return strings.TrimSuffix(casesYAML, "}") + fmt.Sprintf(", missingValues: [{value: %q, label: %q}]}", value, label)
	}
	return []officeFile{
		// Encodings and marks.
		{"UTF-8", cases, casesYAML, casesRead, ""},
		{"UTF-8 with a mark", "\ufeff" + crlf, casesYAML, casesRead, ""},
		{"a mark before a quoted header", "\ufeff\"期间\",\"立案（件）\",\"抓获（人）\"\r\n2003年,1713,929\r\n", casesYAML, "2003年|1713|929", ""},
		{"GB18030", in(simplifiedchinese.GB18030, crlf), casesYAML, casesRead, ""},
		{"GBK with a rare character", in(simplifiedchinese.GBK, "期间,负责区域,件数\n2003年,朱镕里,3\n"), "", "2003年|朱镕里|3", ""},
		{"GB18030 in four bytes", in(simplifiedchinese.GB18030, "期间,类别,件数\n2003年,㐂㐂,3\n"), "", "2003年|㐂㐂|3", ""},
		{"GBK that is valid UTF-8", "\xd0\xa1\xd1\xa7,\xd6\xb0\xd2\xb5\n2003,7\n", "", "2003|7", ""},
		{"one GBK character that is valid UTF-8", "id,\xd6\xa7\n2003,7\n", "", "2003|7", ""},
		{"Latin letters in UTF-8", "period,café\n2003,7\n", "", "2003|7", ""},
		{"two bytes with two readings", "period,\xc2\xb7\n2003,7\n", "", "", "csv/encoding 1:8"},
		{"Big5 declared", in(traditionalchinese.Big5, "期間,案件\r\n2003年,1713\r\n"), "encoding: big5", "2003年|1713", ""},
		{"Big5 not declared", in(traditionalchinese.Big5, "期間,案件\r\n2003年,1713\r\n"), "", "", "csv/encoding 1:1"},
		{"an encoding that is none", cases, "encoding: big6\n" + casesYAML, "", "csv/encoding 1:11"},
		{"GB18030 with a mark", "\x84\x31\x95\x33" + in(simplifiedchinese.GB18030, "\"期间\",件数\n2003年,7\n"), "", "2003年|7", ""},
		{"UTF-16LE, tabs", utf16(unicode.LittleEndian, unicode.UseBOM), casesYAML, casesRead, ""},
		{"UTF-16BE, tabs", utf16(unicode.BigEndian, unicode.UseBOM), casesYAML, casesRead, ""},
		{"UTF-16BE without a mark", utf16(unicode.BigEndian, unicode.IgnoreBOM), casesYAML, casesRead, ""},
		{"pounds", "Year,Units,Value\n2024,£ million,5\n", "", "2024|£ million|5", ""}, // messages/pound-sign
		{"UTF-16LE without a mark", utf16(unicode.LittleEndian, unicode.IgnoreBOM), casesYAML, casesRead, ""},
		{"UTF-8 with a damaged byte", "期间,立案（件）,抓获（人）\n2003年,1713\xe4,929\n", casesYAML, "", "csv/encoding 2:11"},
		{"replacement characters", "期间,立案（件）,抓获（人）\n2003年,17\ufffd3,929\n", casesYAML, "", "csv/encoding 2:9"},
		{"a failed conversion", "期间,类别,件数\n2003年,锟斤拷,3\n", "", "", "csv/encoding 2:7"},

		// Lines and quotes.
		{"CRLF", crlf, casesYAML, casesRead, ""},
		{"lone CR", strings.ReplaceAll(cases, "\n", "\r"), casesYAML, casesRead, ""},
		{"mixed line ends", "期间,立案（件）,抓获（人）\r\n2003年,1713,929\r2004年,2048,943\n", casesYAML, casesRead, ""},
		{"no line end", strings.TrimSuffix(cases, "\n"), casesYAML, casesRead, ""},
		{"blank lines", "\n" + strings.ReplaceAll(cases, "\n", "\n\n") + ",,\n", casesYAML, casesRead, ""},
		{"a quoted newline", "期间,类别,件数\n2003年,\"盗\r\n窃\",3\n2004年,诈骗,x3\n2005年,诈骗,4\n2006年,诈骗,4\n", "", "", "csv/number 4:10 (C3)"},
		{"a header cell of two lines", "期间,\"立案\n（件）\",\"抓获\n（人）\"\n2003年,1713,929\n", casesYAML, "2003年|1713|929", ""},
		{"semicolons", strings.ReplaceAll(cases, ",", ";"), casesYAML, casesRead, ""},
		{"sep=", "sep=;\r\n" + strings.ReplaceAll(crlf, ",", ";"), casesYAML, casesRead, ""},
		{"full-width commas", "期间，立案\n2003年，1713\n", "", "", "csv/delimiter 1:1 (A1)"},
		{"a quote not closed", "期间,立案（件）,抓获（人）\n2003年,\"1713,929\n2004年,2048,943\n", casesYAML, "", "csv/quote 2:7"},
		{"a quote inside a cell", "期间,类别,件数\n2003年,5\"管,3\n", "", "", "csv/quote 2:8"},
		{"a zero byte", cases + "\x00", casesYAML, "", "csv/format 4:1"},
		{"a control character", one("17\x0713"), casesYAML, "", "csv/character 2:7 (B2)"},
		{"an xlsx", "PK\x03\x04\x14\x00", "", "", "csv/format 1:1"},
		{"an xls", "\xd0\xcf\x11\xe0\xa1\xb1", "", "", "csv/format 1:1"},
		{"a web page", "<html><table><tr><td>1</td></tr></table>", "", "", "csv/format 1:1"},
		{"an empty file", "", casesYAML, "", "csv/empty 1:1"},
		{"nothing but blank lines", "\r\n\r\n", casesYAML, "", "csv/empty 1:1"},
		{"a header alone", "期间,立案（件）,抓获（人）\n", casesYAML, "", "stats/no-rows 1:1 (A1)"},

		// Around the table.
		{"a title and a unit line", "示范市公安局统计表,,\n单位：件,,填报日期：2005-01-05\n" + cases, casesYAML, casesRead, ""},
		{"a unit line and no descriptor", "破案统计,,\n单位：件,,\n期间,立案,破案\n2003年,1713,929\n", "", "2003年|1713件|929件", ""},
		{"a unit line over a column in percent", "单位：起,,\n期间,立案,破案率\n2003年,1713,78.5%\n2004年,2048,80% [p]\n", "schema: {fields: [{name: 期间, role: period}, {name: 立案, role: measure}, {name: 破案率, role: measure}]}", "2003年|1713|78.5; 2004年|2048|80[p]", ""},
		{"notes below", cases + "注：2004年含移交案件。,,\n数据来源：刑侦支队\n", casesYAML, casesRead, ""},
		{"a person below", cases + "制表人：某甲,,审核人：某乙\n", casesYAML, casesRead, ""},
		{"a line below that is no note", cases + "以上为全市数据\n", casesYAML, "", "csv/ragged 4:1 (B4)"},
		{"a merged header", "期间,案件,\n,立案,破案\n2003年,1713,929\n", "", "", "csv/header 1:7 (C1)"},
		{"two rows of header, the second whole", ",案件,\n" + cases, casesYAML, casesRead, ""},
		{"merged columns", "期间,案件,,人员\n2003年,1713,929,3\n", "", "", "csv/header 1:7 (C1)"},
		{"merged rows", "类别,小类,件数\n侵财,盗窃,3\n,诈骗,4\n", "", "", "csv/empty-name 3:1 (A3)"},
		{"a period merged over rows", "期间,立案（件）,抓获（人）\n2003年,1,2\n,3,4\n", casesYAML, "", "csv/period 3:1 (A3)"},
		{"a header twice", "期间,立案（件）,立案（件）\n2003年,1713,929\n", "", "", "csv/header 1:10 (C1)"},
		{"a renamed header", "期间,立案(件),抓获（人）\n2003年,1713,929\n", casesYAML, "", "stats/field 1:4 (B1)"},
		{"empty columns at the right", "期间,立案（件）,抓获（人）,,\n2003年,1713,929,,\n2004年,2048,943,,\n", casesYAML, casesRead, ""},
		{"a total row", "类别,件数\n盗窃,3\n诈骗,4\n合　计,7\n", "", "盗窃|3; 诈骗|4; 合　计|7 (total)", ""},
		{"a part of the row above", "类别,件数\n侵财,7\n其中：盗窃,4\n", "", "侵财|7; 其中：盗窃|4 (of-which)", ""},
		{"a total in the column of periods", cases + "合计,3761,1872\n", casesYAML, casesRead + "; 合计|3761|1872 (total)", ""},

		// Rows.
		{"thousands split over cells", "期间,立案（件）,抓获（人）\n2003年,1,713,929\n", casesYAML, "", "csv/ragged 2:7 (B2)"},
		{"a cell too many", "期间,立案（件）,抓获（人）\n2003年,1713,929,多\n", casesYAML, "", "csv/ragged 2:16 (D2)"},
		{"a cell too few", "期间,立案（件）,抓获（人）\n2003年,1713\n", casesYAML, "", "csv/ragged 2:7 (C2)"},
		{"the same period twice", "期间,立案（件）,抓获（人）\n2003年,1713,929\n2003,2048,943\n", casesYAML, "", "stats/duplicate 3:1 (A3)"},
		{"a date serial", "期间,立案（件）,抓获（人）\n44927,1713,929\n", casesYAML, "", "csv/period 2:1 (A2)"},
		{"a partial period", "期间,立案（件）,抓获（人）\n2005年,2385,974\n2006年1-8月,1732,559\n", casesYAML, "2005年|2385|974; 2006年1-8月|1732|559 (partial)", ""},
		{"a lost leading zero", "派出所编号,件数\n010105,3\n10106,4\n", "", "", "csv/leading-zero 3:1 (A3)"},
		{"a region code without its zero", "行政区划代码,件数\n10105,4\n", "", "", "csv/leading-zero 2:1 (A2)"},

		// Numbers.
		{"quoted thousands", one(`"1,713"`), casesYAML, "2003年|1713|929", ""},
		{"other groups", one(`"1,7133"`), casesYAML, "", "csv/number 2:7 (B2)"},
		{"full-width digits and comma", one("１，７１３"), casesYAML, "2003年|1713|929", ""},
		{"full-width spaces", one("\u30001713\u3000"), casesYAML, "2003年|1713|929", ""},
		{"a no-break space around and inside", one("\u00a01\u00a0713\u00a0"), casesYAML, "2003年|1713|929", ""},
		{"a space inside", one("1 713"), casesYAML, "", "csv/number 2:7 (B2)"},
		{"zero-width characters", one("17\u200b13\ufeff"), casesYAML, "2003年|1713|929", ""},
		{"the unit in the cell", one("1713件"), casesYAML, "2003年|1713|929", ""},
		{"another unit in the cell", one("1713人"), casesYAML, "", "csv/unit 2:7 (B2)"},
		{"3.2万", one("3.2万"), casesYAML, "2003年|32000|929", ""},
		{"1.5亿", money("1.5亿元"), moneyYAML, "2003年|150000000", ""},
		{"0.29万, exactly", one("0.29万"), casesYAML, "2003年|2900|929", ""},
		{"万 in a column of 万元", money("3.2万"), wanYAML, "", "csv/unit 2:7 (B2)"},
		{"￥", money("￥1200.50"), moneyYAML, "2003年|1200.5", ""},
		{"￥ in a column of 件", one("￥1713"), casesYAML, "", "csv/unit 2:7 (B2)"},
		{"％", rate("８５％"), rateYAML, "2003年|85; 2004年|89.2", ""},
		{"% and none in one column", rate("0.85"), rateYAML, "", "csv/percent 2:7 (B2)"},
		{"% in a column of 件", one("89.2%"), casesYAML, "", "csv/unit 2:7 (B2)"},
		{"−12", diff("−12"), diffYAML, "2003年|-12", ""},
		{"－12", diff("－12"), diffYAML, "2003年|-12", ""},
		{"(12)", diff("(12)"), diffYAML, "2003年|-12", ""},
		{"▲12", diff("▲12"), diffYAML, "2003年|-12", ""},
		{"↑12", diff("↑12"), diffYAML, "2003年|12", ""},
		{"持平", diff("持平"), diffYAML, "2003年|0", ""},
		{"↓ and no number", diff("↓"), diffYAML, "", "csv/number 2:7 (B2)"},
		{"a negative count", one("(12)"), casesYAML, "", "csv/negative 2:7 (B2)"},
		{"a change among counts", one("↑12"), casesYAML, "", "csv/change 2:7 (B2)"},
		{"about 300", one("约300余"), casesYAML, "2003年|约300|929", ""},
		{"more than 300", one("300余"), casesYAML, "2003年|余300|929", ""},
		{"nearly 300", one("近300"), casesYAML, "2003年|近300|929", ""},
		{"at least 300", one("300以上"), casesYAML, "2003年|以上300|929", ""},
		{"a fraction of a case", one("17.5"), casesYAML, "", "csv/whole 2:7 (B2)"},
		{"scientific notation", one("1.10105E+17"), casesYAML, "", "csv/scientific 2:7 (B2)"},
		{"an identifier in scientific notation", "类别,件数\n1.10105E+17,3\n甲,4\n", "", "", "csv/scientific 2:1 (A2)"},
		{"a leading zero", one("010"), casesYAML, "", "csv/leading-zero 2:7 (B2)"},
		{"16 digits", one("1234567890123456"), casesYAML, "", "csv/digits 2:7 (B2)"},
		{"12³", one("12³"), casesYAML, "", "csv/number 2:7 (B2)"},
		{"①", one("①"), casesYAML, "", "csv/number 2:7 (B2)"},
		{"#REF!", one("#REF!"), casesYAML, "", "csv/formula 2:7 (B2)"},
		{"#DIV/0! among the names", "类别,件数\n#DIV/0!,3\n甲,4\n", "", "", "csv/formula 2:1 (A2)"},
		{"a typing error", one(`"1,7x3"`), casesYAML, "", "csv/number 2:7 (B2)"},
		{"a typing error split over cells", one("1,7x3"), casesYAML, "", "csv/ragged 2:13 (D2)"},

		// What stands instead of a number.
		{"an empty cell", one(""), casesYAML, "2003年|[x]|929", ""},
		{"— without a meaning", one("—"), casesYAML, "", "csv/missing-value 2:7 (B2)"},
		{"- without a meaning", one("-"), casesYAML, "", "csv/missing-value 2:7 (B2)"},
		{"/ without a meaning", one("/"), casesYAML, "", "csv/missing-value 2:7 (B2)"},
		{"… without a meaning", one("…"), casesYAML, "", "csv/missing-value 2:7 (B2)"},
		{"*** without a meaning", one("***"), casesYAML, "", "csv/missing-value 2:7 (B2)"},
		{"无 without a meaning", one("无"), casesYAML, "", "csv/missing-value 2:7 (B2)"},
		{"— with a meaning", one("—"), missing("—", "[z]"), "2003年|[z]|929", ""},
		{"*** with a meaning", one("***"), missing("***", "[c]"), "2003年|[c]|929", ""},
		{"a marker on a value", one("1732 [p]"), casesYAML, "2003年|1732[p]|929", ""},
		{"two markers", one("1732[r] ［ｐ］"), casesYAML, "2003年|1732[p][r]|929", ""},
		{"a marker instead", one("[w]"), casesYAML, "2003年|[w]|929", ""},
		{"a marker that is none", one("1732 [q]"), casesYAML, "", "csv/marker 2:7 (B2)"},
		{"a value and a marker instead", one("1732 [x]"), casesYAML, "", "csv/marker 2:7 (B2)"},
		{"a range taken for a date", "年龄,人数\n8-Jan,3\n9-18,4\n", "", "", "csv/date 2:1 (A2)"},
		{"a formula among the names", "类别,件数\n=1+1,3\n甲,4\n", "", "=1+1|3; 甲|4", ""},
	}
}

// readOffice reads an office file with its descriptor.
func readOffice(t testing.TB, f officeFile) (*bureau.Statistic, problem.List) {
	t.Helper()
	var d bureau.Descriptor
	if f.yaml != "" {
		var problems problem.List
		if d, problems = Descriptor("data/stats/cases.yaml", []byte(f.yaml)); len(problems) > 0 {
			t.Fatalf("descriptor: %v", problems)
		}
	}
	s, problems := Statistic("data/stats/cases.csv", []byte(f.data), d, f.yaml != "", period.Options{})
	if s != nil {
		figures.Decide(&bureau.Bureau{Statistics: []*bureau.Statistic{s}})
	}
	return s, problems
}

// rendered writes the rows of a statistic as the cases want them.
func rendered(s *bureau.Statistic) string {
	var rows []string
	for i := range s.Rows {
		var cells []string
		for j, c := range s.Row(i) {
			text := c.Text
			if f := s.Fields[j]; f.Role == bureau.RoleMeasure {
				text = c.Qualifier.String()
				if c.Has() {
					text += strconv.FormatFloat(c.Number, 'f', -1, 64)
				}
				if !s.Described {
					text += f.Unit
				}
				text += c.Status.String()
			}
			cells = append(cells, text)
		}
		row := strings.Join(cells, "|")
		if s.Rows[i].Kind != bureau.DataRow {
			row += " (" + s.Rows[i].Kind.String() + ")"
		}
		if s.Rows[i].Span != period.Whole {
			row += " (partial)"
		}
		rows = append(rows, row)
	}
	return strings.Join(rows, "; ")
}

func TestOfficeFiles(t *testing.T) {
	read, refused, wrong := 0, 0, 0
	for _, f := range officeFiles() {
		s, problems := readOffice(t, f)
		var errors []string
		for _, p := range problems {
			if p.Severity == problem.Error {
				errors = append(errors, p.Rule.String()+" "+strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(p.Position.String(), "data/stats/cases.csv"), "data/stats/cases.yaml"), ":"))
			}
		}
		switch {
		case len(errors) == 0 && f.read == rendered(s) && f.read != "":
			read++
		case len(errors) > 0 && f.refused != "" && errors[0] == f.refused:
			refused++
		default:
			if len(errors) == 0 {
				wrong++
			}
			t.Errorf("%s:\n got %q, errors %q\nwant %q, refused at %q", f.name, rendered(s), errors, f.read, f.refused)
		}
	}
	t.Logf("office files: %d read rightly, %d refused at the right cell, %d published wrong", read, refused, wrong)
}
