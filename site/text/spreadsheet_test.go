package text

import "testing"

func TestHarmless(t *testing.T) {
	for from, want := range map[string]string{
		"": "", "户籍": "户籍", "=1+1": "'=1+1", "+86": "'+86", "－5": "'－5", "＠a": "'＠a", "\tx": "'\tx",
		"'": "'", "'甲": "'甲", "'=1": "''=1", "''=1": "'''=1", "a=1": "a=1",
	} {
		if got := Harmless(from); got != want || Unguarded(got) != from {
			t.Errorf("%q becomes %q and %q again", from, got, Unguarded(got))
		}
	}
}

func FuzzHarmless(f *testing.F) {
	f.Add("'=1")
	f.Fuzz(func(t *testing.T, s string) {
		if got := Unguarded(Harmless(s)); got != s {
			t.Errorf("%q comes back as %q", s, got)
		}
	})
}
