package search

import "strings"

// Hold is hold, for the test that builds a site.
var Hold = hold

// Main gives what stands in <main>.
func Main(page []byte) string { return string(mainOf(page, strings.Index(string(page), "<main"))) }
