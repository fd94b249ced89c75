package bureau

import (
	"strings"
	"testing"
)

func TestIsSHA256(t *testing.T) {
	sum := SHA256([]byte("x"))
	if !IsSHA256(sum) {
		t.Error(sum)
	}
	for _, text := range []string{"", sum[1:], sum + "0", strings.ToUpper(sum), "../../../x" + sum[10:]} {
		if IsSHA256(text) {
			t.Error(text)
		}
	}
}
