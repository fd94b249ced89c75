package ledger_test

import (
	"strings"
	"testing"

	"sunshine/site/ledger"
)

// A circle that is refused leaves the other moves as they are: each leads to where it
// ends.
func TestMovesBesideACircle(t *testing.T) {
	f := newFolder()
	f["addresses.csv"] = "old,new,date,reason\nx/,y/,2026-10-01,改名\ny/,x/,2026-10-01,改名\na/,b/,2026-10-01,改名\nb/,guides/,2026-10-01,改名\n"
	b, _ := f.load()
	moves, problems := ledger.Moves(b)
	var got []string
	for _, m := range moves {
		got = append(got, m.Old+" "+m.New)
	}
	if want := "a/ guides/, b/ guides/"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if n := problems.Errors(); n != 2 {
		t.Errorf("%d errors, want those of x/ and y/: %v", n, problems)
	}
}
