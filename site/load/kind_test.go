package load

import (
	"testing"

	"sunshine/site/bureau"
)

// TestDecoders holds that every kind of file has its decoder.
func TestDecoders(t *testing.T) {
	for k := bureau.UnknownKind + 1; k < bureau.EndOfKinds; k++ {
		if decoders[k] == nil {
			t.Errorf("nothing reads %s", k.Pattern())
		}
	}
}
