package problem

import "testing"

// What stands in a message is short, and turns no terminal and no direction.
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
