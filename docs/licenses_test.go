package docs_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// What the command is built from is what LICENSES-THIRD-PARTY.md names.
func TestEveryModuleIsNamed(t *testing.T) {
	list, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "sunshine/cmd/sunshine").Output()
	if err != nil {
		t.Fatal(err)
	}
	built := strings.Fields(string(list))
	slices.Sort(built)
	built = slices.Compact(built)

	text, err := os.ReadFile("../LICENSES-THIRD-PARTY.md")
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for line := range strings.Lines(string(text)) {
		if module, ok := strings.CutPrefix(line, "| `"); ok {
			module, _, _ = strings.Cut(module, "`")
			named = append(named, module)
		}
	}
	if !slices.Equal(named, built) {
		t.Errorf("LICENSES-THIRD-PARTY.md names\n%s\nbut the command is built from\n%s", strings.Join(named, "\n"), strings.Join(built, "\n"))
	}
}
