package text

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf16 "golang.org/x/text/encoding/unicode"
)

func in(t *testing.T, e encoding.Encoding, text string) []byte {
	t.Helper()
	data, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Every encoding gives the same text, whatever else the text holds.
func TestDecode(t *testing.T) {
	little := utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM)
	big := utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM)
	for name, want := range map[string]string{
		"table":               "期间,件数\n2003年,1713\n",
		"prose":               "---\ntitle: 公告\n---\n一、公开办事。　二、一律免费。\n", // 开 一 and U+3000 have a zero byte themselves
		"Chinese alone":       "公开一切可以公开的事项",
		"ASCII alone":         "id,n\n1,2\n",
		"an ID":               "证件号码11010519491231002X",
		"full-width digits":   "电话：１１０",
		"characters of GBK":   "负责人朱镕里\n",
		"ASCII and Chinese":   strings.Repeat("a", 5000) + "中",
		"punctuation of both": "“引号”——破折号……\n",
	} {
		for _, e := range []struct {
			name  string
			bytes []byte
		}{
			{"UTF-8", []byte(want)},
			{"UTF-8", []byte("\ufeff" + want)},
			{"UTF-8", []byte("\ufeff\ufeff" + want)}, // saved twice by a program that adds one
			{"GB18030", in(t, simplifiedchinese.GB18030, want)},
			{"GB18030", append([]byte("\x84\x31\x95\x33"), in(t, simplifiedchinese.GB18030, want)...)},
			{"UTF-16LE", in(t, utf16.UTF16(utf16.LittleEndian, utf16.UseBOM), want)},
			{"UTF-16BE", in(t, utf16.UTF16(utf16.BigEndian, utf16.UseBOM), want)},
			{"UTF-16LE", in(t, little, want)},
			{"UTF-16BE", in(t, big, want)},
		} {
			got, taken, err := Decode(e.bytes, "")
			if err != nil || string(got) != want {
				t.Errorf("%s in %s: %q, %v", name, e.name, got, err)
			} else if taken != e.name && !(name == "ASCII alone" && taken == "UTF-8") {
				t.Errorf("%s is taken for %s, not %s", name, taken, e.name)
			}
		}
	}
}

func TestLineEnds(t *testing.T) {
	for _, data := range []string{"a\nb\n\nc", "a\r\nb\r\n\r\nc", "a\rb\r\rc", "a\r\nb\r\nc", "a\rb\n\rc"} {
		got, _, err := Decode([]byte(data), "")
		if want := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(data); err != nil || string(got) != want {
			t.Errorf("%q gives %q, %v", data, got, err)
		}
	}
}

func TestDeclared(t *testing.T) {
	data := in(t, traditionalchinese.Big5, "期間,案件\n")
	if got, name, err := Decode(data, "Big-5"); err != nil || name != "Big5" || string(got) != "期間,案件\n" {
		t.Errorf("%q, %s, %v", got, name, err)
	}
	if _, name, err := Decode([]byte("\ufeff甲"), "gbk"); err != nil || name != "UTF-8" {
		t.Errorf("a mark is believed before what is declared: %s, %v", name, err)
	}
	if got, _, err := Decode([]byte("a,\xc2\xb7\n"), "utf-8"); err != nil || string(got) != "a,·\n" {
		t.Errorf("the hint does not cure: %q, %v", got, err)
	}
}

// What is no text, or two, is never taken for an empty one.
func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct {
		name, data, declared string
		reason               Reason
		line, column         int
	}{
		{"a zero byte", "甲乙\r\n丙\x00丁", "", Binary, 2, 2},
		{"a program", "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00", "", Binary, 1, 4},
		{"a zero byte in what is declared", "a\x00b", "utf-8", Binary, 1, 2},
		{"two readings", "period,\xc2\xb7\n", "", TwoReadings, 1, 8},
		{"Big5 not declared", string(in(t, traditionalchinese.Big5, "期間,案件\r\n2003年,1713\r\n")), "", Unclear, 1, 1},
		{"a damaged byte", "期间\n2003年\xe4,9", "", Unclear, 2, 6},
		{"a failed conversion", "类别\n锟斤拷", "", Damaged, 2, 1},
		{"a replacement character", "a\ufffd", "", Damaged, 1, 2},
		{"not what is declared", "期间\xff", "utf-8", Damaged, 1, 3},
		{"half a pair", "\xff\xfea", "", Damaged, 1, 1},
		{"a lone surrogate", "\xff\xfe\x00\xd8a\x00", "", Damaged, 1, 1},
		{"no encoding", "a", "big6", Undeclared, 1, 1},
		{"UTF-32", "a\x00\x00\x00b\x00\x00\x00", "", Binary, 1, 2},
	} {
		got, _, err := Decode([]byte(c.data), c.declared)
		if err == nil || err.Reason != c.reason || err.Line != c.line || err.Column != c.column || got != nil || err.Message.ZH == "" {
			t.Errorf("%s: %q, %+v", c.name, got, err)
		}
	}
}

// messages/pound-sign: nothing else in the file is Chinese.
func TestPoundSign(t *testing.T) {
	for _, text := range []string{"Year,Units,Value\n2024,£ million,5\n", "a,£5\n", "a,caf\u00e9\n", "café,£1\n"} {
		if got, name, err := Decode([]byte(text), ""); err != nil || name != "UTF-8" || string(got) != text {
			t.Errorf("%q: %q in %s, %v", text, got, name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("期间,件数\r\n"), "")
	f.Add([]byte("\xff\xfea\x00"), "big5")
	f.Add([]byte("a\x00-N"), "")
	f.Fuzz(func(t *testing.T, data []byte, declared string) {
		given := bytes.Clone(data)
		text, name, err := Decode(data, declared)
		if !bytes.Equal(data, given) {
			t.Fatal("the bytes were changed")
		}
		if err != nil {
			if text != nil || err.Line < 1 || err.Column < 1 {
				t.Fatalf("%q, %+v", text, err)
			}
			return
		}
		if name == "" || bytes.ContainsAny(text, "\x00\r\ufffd") {
			t.Fatalf("%q in %s", text, name)
		}
	})
}
