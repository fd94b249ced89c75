package privacy_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"sunshine/site/privacy"
	"sunshine/site/problem"
)

func TestSamples(t *testing.T) {
	if got := residentID("11010519491231002"); got != "11010519491231002X" { // the sample of GB 11643
		t.Errorf("the check character is wrong: %s", got)
	}
}

func TestLeaks(t *testing.T) {
	for _, l := range leaks {
		hits := privacy.Scan([]byte(l.text), "")
		found := false
		for _, h := range hits {
			found = found || h.Rule.String() == "privacy/"+l.rule && h.Severity == l.severity
		}
		if !found {
			t.Errorf("%s: %q gave %v", l.detector, l.text, hits)
		}
	}
}

func TestTraps(t *testing.T) {
	for _, trap := range traps {
		for _, h := range privacy.Scan([]byte(trap.text), "") {
			if h.Rule.String() == "privacy/email" && strings.HasSuffix(h.Value, "example.org") {
				continue // the guard knows the bureau's domains
			}
			t.Errorf("%s: %q is taken for %s", trap.what, trap.text, h.Rule)
		}
	}
}

// FuzzScan holds every hit to its text: in range, whole characters, and masked
// so that the value cannot be read.
func FuzzScan(f *testing.F) {
	for _, l := range leaks {
		f.Add(l.text)
	}
	for _, trap := range traps {
		f.Add(trap.text)
	}
	f.Add("\xff\xe3\x80" + cell + "\xe4\xba")
	f.Fuzz(func(t *testing.T, text string) {
		for _, f := range privacy.Attachment("a.html", []byte(text)) {
			if f.Why.EN == "" && (f.At.Line < 1 || f.At.Column < 1) {
				t.Fatalf("%+v", f)
			}
		}
		for _, h := range privacy.Scan([]byte(text), "") {
			if h.Start < 0 || h.End > len(text) || h.Start >= h.End || h.Value == "" && h.Rule != problem.PrivacyNotInspected {
				t.Fatalf("hit %+v of %d bytes", h, len(text))
			}
			if utf8.ValidString(text) && (!utf8.ValidString(text[:h.Start]) || !utf8.ValidString(text[h.Start:h.End])) {
				t.Fatalf("hit %+v splits a character", h)
			}
			if masked := privacy.Mask(h.Rule, h.Value); masked != "" && strings.Contains(masked, h.Value) {
				t.Fatalf("%q is masked as %q", h.Value, masked)
			}
		}
	})
}
