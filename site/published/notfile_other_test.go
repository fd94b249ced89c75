//go:build !unix

package published

var notFiles map[string]func(path string) error
