package bureau

import "testing"

func TestIsIndex(t *testing.T) {
	for file, want := range map[string]bool{
		"search/index.html": true, "en/search/index.html": true, "assets/search/ab/cdefghij.js": true,
		"assets/search.0123abcd.js": false, "guides/search/index.html": false, "index.html": false, "guides/hukou/search/index.html": false,
	} {
		if IsIndex(file) != want {
			t.Errorf("%s: %v", file, !want)
		}
	}
}
