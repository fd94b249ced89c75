package main

import "strings"

// unquoted gives arguments as they were meant. On Windows "C:\示范 县\" arrives with a
// quote at its end, since \" stands for one; no file is named so there.
func unquoted(args []string) []string {
	meant := make([]string, len(args))
	for i, a := range args {
		meant[i] = strings.TrimRight(a, `"`)
	}
	return meant
}
