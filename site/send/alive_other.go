//go:build !unix

package send

// alive cannot be told here: a lock counts until it has been silent for long enough.
func alive(int) bool { return true }
