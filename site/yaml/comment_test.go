package yaml

import "testing"

func TestUncommented(t *testing.T) {
	for name, c := range map[string]struct {
		source, want string
		ok           bool
	}{
		"lines":             {"# 待局长确认\ntitle: 立案 # 问过张三\nsources:\n  - {title: 甲} # 乙\n  # 末尾\n", "\ntitle: 立案\nsources:\n  - {title: 甲}\n\n", true},
		"no comment":        {"title: \"a # b\"\nurl: x#y\n", "title: \"a # b\"\nurl: x#y\n", true},
		"a text in a block": {"notes: |\n  # 标题\n  正文 # 一\ntitle: x # 二\n", "notes: |\n  # 标题\n  正文 # 一\ntitle: x\n", true},
		"told of both":      {"notes: |\n  # 一\ntitle: x # 一\n", "", false},
		"nothing":           {"", "", true},
		"no YAML":           {"a: [", "", false},
	} {
		got, ok := Uncommented([]byte(c.source))
		if ok != c.ok || ok && string(got) != c.want {
			t.Errorf("%s: %q %v", name, got, ok)
		}
	}
}
