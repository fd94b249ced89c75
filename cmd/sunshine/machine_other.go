//go:build !windows

package main

import "os"

// uiLanguage is empty: the environment says which language it is.
func uiLanguage() string { return "" }

// arguments of the command.
func arguments() []string { return os.Args[1:] }
