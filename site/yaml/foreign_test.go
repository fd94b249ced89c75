package yaml

import (
	"maps"
	"strings"
	"testing"
)

// Any YAML is read as its scalars with the way to them; what would grow, or has no
// end, is not followed.
func TestForeign(t *testing.T) {
	for source, want := range map[string]map[string]string{
		"": nil,
		"a: 1.10\nb: {c: [x, {d: 2020-01-01}]}\ne: null\nf: ~\ng: |\n  two\n  lines\n": {"a": "1.10", "b.c.0": "x", "b.c.1.d": "2020-01-01", "e": "", "f": "", "g": "two\nlines\n"},
		"\ufeffa: &x [1]\nb: *x\n": {"a.0": "1"},
		"text":                     {"": "text"},
		strings.Repeat("a: {", 30) + "b: 1" + strings.Repeat("}", 30): {},
	} {
		got, fault := Foreign([]byte(source))
		if fault != nil || !maps.Equal(got, want) {
			t.Errorf("%q is %v, %v", source, got, fault)
		}
	}
	for _, source := range []string{"a: [", "a: 1\n\tb: 2", strings.Repeat("a", MaxSize+1)} {
		if got, fault := Foreign([]byte(source)); fault == nil || fault.Message.ZH == "" || fault.Message.EN == "" {
			t.Errorf("%.20q is %v", source, got)
		}
	}
}
