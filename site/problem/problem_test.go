package problem

import (
	"strings"
	"testing"
	"unicode"
)

// security/control-characters-in-names: nothing that a terminal obeys is printed.
func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"data/stats/cases.csv":           "data/stats/cases.csv",
		"数据　表\u00a0é😀.csv":               "数据　表\u00a0é😀.csv",
		"\x1b]0;title\x07\x1b[2Ja.csv":   `\u001b]0;title\u0007\u001b[2Ja.csv`,
		"a\nb\tc\rd":                     `a\nb\tc\u000dd`,
		"\u009b2J\u200b\u202e\ufeff\x7f": `\u009b2J\u200b\u202e\ufeff\u007f`,
		"a\xffb":                         "a\ufffdb",
		"\u2028\ue000\U000e0041":         `\u2028\ue000\U000e0041`,
	} {
		if got := Visible(text); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
		p := Problem{Position: Position{File: text, Line: 1, Column: 2, Cell: "B1"}, Message: Text{ZH: text, EN: text}, Hint: Text{ZH: text, EN: text}}
		message, hint := p.Said(Chinese)
		for _, printed := range []string{p.Position.String(), p.Path(), message, hint, Quote(text)} {
			if strings.ContainsFunc(printed, func(r rune) bool { return !unicode.IsGraphic(r) }) {
				t.Errorf("%q is printed as it is: %q", text, printed)
			}
		}
	}
	if got := Quote(strings.Repeat("甲", 61)); got != strings.Repeat("甲", 60)+"…" {
		t.Error(got)
	}
}

// What stands in a message is short, and turns no terminal and no direction.
// A text in a text is said in the language of the sentence that it stands in.
func TestSayOfATextIsInOneLanguage(t *testing.T) {
	got := Say("“%s”%s，共%d格", `"%s" %s, %d cells`, "甲", Say("相等", "is equal"), 3)
	if want := (Text{"“甲”相等，共3格", `"甲" is equal, 3 cells`}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestQuote(t *testing.T) {
	for value, want := range map[string]string{
		"甲\x1b[2J乙":         `甲\u001b[2J乙`,
		"a\r\nb\tc\x00\x7f": `a\u000d\nb\tc\u0000\u007f`,
		"a\u202eb\u2066c":   `a\u202eb\u2066c`,
		"\ufeffa\u200bb":    `\ufeffa\u200bb`,
		"":                  "",
	} {
		if got := Quote(value); got != want {
			t.Errorf("%q is quoted as %q, want %q", value, got, want)
		}
	}
	long := ""
	for range 60 {
		long += "长"
	}
	if got := Quote(long); got != long {
		t.Errorf("60 characters are quoted as %q", got)
	}
	if got := Quote(long + "长长"); got != long+"…" {
		t.Errorf("62 characters are quoted as %q", got)
	}
}

// The places of a workbook, safe to print, and in their order.
func TestPlacesOfAWorkbook(t *testing.T) {
	for want, at := range map[string]Position{
		"inbox/报表.xlsx!10月!B5":            {File: "inbox/报表.xlsx", Sheet: "10月", Cell: "B5"},
		"inbox/报表.xlsx!10月":               {File: "inbox/报表.xlsx", Sheet: "10月"},
		`inbox/a.xlsx!\u001b[2J\u202e!B5`: {File: "inbox/a.xlsx", Sheet: "\x1b[2J\u202e", Cell: "B5"},
		"inbox/a.csv:2:3 (B2)":            {File: "inbox/a.csv", Line: 2, Column: 3, Cell: "B2"},
	} {
		if got := at.String(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	var l List
	for _, cell := range []string{"9月!A1", "10月!B10", "10月!AA9", "10月!C9"} {
		sheet, cell, _ := strings.Cut(cell, "!")
		l.Error(Position{File: "a.xlsx", Sheet: sheet, Cell: cell}, CSVNumber, Text{}, Text{})
	}
	l.Sort()
	var got []string
	for _, p := range l {
		got = append(got, p.InFile())
	}
	if want := "10月!C9 10月!AA9 10月!B10 9月!A1"; strings.Join(got, " ") != want {
		t.Errorf("%s, want %s", got, want)
	}
}
