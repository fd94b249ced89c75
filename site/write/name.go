package write

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// maxName is the longest name of a file or folder, in bytes, that the usual
// file systems take.
const maxName = 255

// checkNames holds the names of the files of a site against each other and
// against what every disk and every static host can store, and gives them by
// their folded form. at gives the place that a name comes from.
func checkNames(files []bureau.File, at func(name string) problem.Position) (map[string]string, problem.List) {
	var problems problem.List
	report := func(name string, fault problem.Text, hint problem.Text) {
		problems.Error(at(name), problem.WriteName, fault, hint)
	}
	rename := problem.Say("请给对应的源文件改名", "rename the source file that it is made from")
	names := make(map[string]string, len(files))
	for _, f := range files {
		if fault := nameFault(f.Path); fault != nil {
			report(f.Path, *fault, rename)
			continue
		}
		key := fold(f.Path)
		other, taken := names[key]
		switch {
		case taken && other == f.Path:
			problems.Error(at(f.Path), problem.SitePath,
				problem.Say("网站里有两个文件都要放在“%s”", `two files of the site would stand at "%s"`, problem.Quote(f.Path)), rename)
			continue
		case taken:
			report(f.Path, problem.Say("在不区分大小写的磁盘上，它和“%s”是同一个文件", `on a disk that ignores case it is the same file as "%s"`, problem.Quote(other)), rename)
			continue
		}
		names[key] = f.Path
	}
	seen := map[string]bool{}
	for _, f := range files {
		for dir := path.Dir(f.Path); dir != "." && dir != "/" && !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
			if other, taken := names[fold(dir)]; taken {
				report(f.Path, problem.Say("它的上级文件夹和文件“%s”同名", `its folder has the name of the file "%s"`, problem.Quote(other)), rename)
			}
		}
	}
	problems.Sort()
	return names, problems
}

// fold maps the names that one disk or another takes for the same to one.
func fold(name string) string {
	for i := 0; i < len(name); i++ {
		if c := name[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			// Upper case first: Fold swaps the two cases of Cherokee.
			return norm.NFC.String(cases.Fold().String(strings.ToUpper(norm.NFC.String(name))))
		}
	}
	return name
}

// Storable tells whether every disk and every static host can store a name.
func Storable(name string) bool { return nameFault(name) == nil }

// nameFault tells what is wrong with a name, or gives nil.
func nameFault(name string) *problem.Text {
	fault := func(zh, en string, args ...any) *problem.Text {
		t := problem.Say(zh, en, args...)
		return &t
	}
	if !fs.ValidPath(name) || name == "." {
		return fault("“%s”不是网站文件夹内的路径", `"%s" is not a path inside the site's folder`, problem.Quote(name))
	}
	if key := fold(name); key == ManifestName || key == SignatureName || key == placeholder || key == workDir || strings.HasPrefix(key, workDir+"/") {
		return fault("“%s”是 sunshine 自用的名称", `the name "%s" is used by sunshine itself`, problem.Quote(name))
	}
	for part := range strings.SplitSeq(name, "/") {
		if len(part) > maxName {
			return fault("名称“%s”有%d个字节，最多%d个", `the name "%s" has %d bytes; at most %d are allowed`, problem.Quote(part), len(part), maxName)
		}
		for _, r := range part {
			if strings.ContainsRune(`\:*?"<>|`, r) || unicode.IsControl(r) {
				return fault("名称“%s”里有文件名不能用的字符“%s”", `the name "%s" holds "%s", which is not allowed in a file name`, problem.Quote(part), problem.Quote(string(r)))
			}
		}
		if last := part[len(part)-1]; last == '.' || last == ' ' {
			return fault("名称“%s”以句点或空格结尾，Windows 不能保存", `the name "%s" ends in a full stop or a space, which Windows cannot store`, problem.Quote(part))
		}
		if base, _, _ := strings.Cut(part, "."); reserved(strings.ToLower(strings.TrimRight(base, " "))) {
			return fault("名称“%s”是 Windows 的保留名称", `the name "%s" is reserved by Windows`, problem.Quote(part))
		}
	}
	return nil
}

// reserved tells the device names of Windows, which no file can have there.
func reserved(base string) bool {
	switch base {
	case "con", "prn", "aux", "nul":
		return true
	}
	number, found := strings.CutPrefix(base, "com")
	if !found {
		number, found = strings.CutPrefix(base, "lpt")
	}
	return found && utf8.RuneCountInString(number) == 1 && strings.Contains("0123456789¹²³", number)
}

// shown is how a message names a path in the site.
func shown(out, name string) string {
	if out == "" {
		return problem.Quote(name)
	}
	return filepath.ToSlash(out) + "/" + problem.Quote(name)
}
