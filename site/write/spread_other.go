//go:build !linux

package write

func spread(string) {}
