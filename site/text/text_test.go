package text

import "testing"

func TestInvisible(t *testing.T) {
	for _, r := range "\u00ad\u034f\u115f\u180e\u200b\u200d\u200f\u202e\u2060\u2066\u3164\ufe0f\ufeff\u20e3\U000e0041" {
		if !Invisible(r) {
			t.Errorf("%U is seen", r)
		}
	}
	for _, r := range " a0é\u00a0\u3000中，\n\t\u0301😀" {
		if Invisible(r) {
			t.Errorf("%U is not seen", r)
		}
	}
}

func TestNarrow(t *testing.T) {
	if got := NarrowAll("１２，３：Ａ　％12³①中"); got != "12,3:A %12³①中" {
		t.Error(got)
	}
}
