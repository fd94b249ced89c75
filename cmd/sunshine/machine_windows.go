package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// uiLanguage is the language of the windows and menus, zh-CN: where nobody sets LANG,
// the messages are in it. A console shows them in any code page, since Go writes
// to it in Unicode.
func uiLanguage() string {
	names, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil || len(names) == 0 {
		return ""
	}
	return names[0]
}

// arguments of the command.
func arguments() []string { return unquoted(os.Args[1:]) }
