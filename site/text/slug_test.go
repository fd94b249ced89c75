package text

import "testing"

func TestSlug(t *testing.T) {
	for text, want := range map[string]string{
		"id-card":              "id-card",
		"ID Card_2":            "id-card-2",
		"首次申领 居民身份证":           "首次申领-居民身份证",
		"（一）办理条件：":             "一-办理条件",
		"a--b..c":              "a-b-c",
		"-lead and trail- ":    "lead-and-trail",
		"../../etc/passwd":     "etc-passwd",
		"１２３ＡＢＣ":               "１２３ａｂｃ",
		"<script>alert(1)":     "script-alert-1",
		"é":                    "é",
		"——":                   "",
		"":                     "",
		"\xff\xfe":             "",
		"a\u200bb":             "a-b",
		"2026-10-12-open-data": "2026-10-12-open-data",
	} {
		if got := Slug(text); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}
