package load

import (
	"go/build"
	"slices"
	"testing"

	"sunshine/site/bureau"
)

// TestDecoders holds that every kind of file has its decoder.
func TestDecoders(t *testing.T) {
	for k := bureau.UnknownKind + 1; k < bureau.EndOfKinds; k++ {
		if decoders[k] == nil {
			t.Errorf("nothing reads %s", k.File())
		}
	}
}

// TestReadsAlone holds that nothing is judged here: what judges is not imported.
func TestReadsAlone(t *testing.T) {
	p, err := build.ImportDir(".", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, judge := range []string{"sunshine/site/privacy", "sunshine/site/ledger", "sunshine/site/check", "sunshine/site/disclose", "sunshine/site/compute"} {
		if slices.Contains(p.Imports, judge) {
			t.Errorf("load imports %s", judge)
		}
	}
}
