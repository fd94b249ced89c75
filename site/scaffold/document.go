package scaffold

import (
	"context"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/text"
	"sunshine/site/write"
	"sunshine/templates"
)

// Kinds of document that can be started, by the names that staff may give them.
var Kinds = bureau.Words{
	{ID: "guide", ZH: "指南", Others: []string{"办事指南"}},
	{ID: "notice", ZH: "公告", Others: []string{"通告", "通报"}},
	{ID: "page", ZH: "页面", Others: []string{"网页"}},
	{ID: "annual", ZH: "年报", Others: []string{"年度报告"}},
	{ID: "policy", ZH: "政策", Others: []string{"政策文件", "解读", "政策解读"}},
	{ID: "statistic", ZH: "统计", Others: []string{"统计表"}},
	{ID: "register", ZH: "清单"},
	{ID: "ledger", ZH: "台账"},
	{ID: "inquiries", ZH: "咨询", Others: []string{"咨询建言"}},
	{ID: "requests", ZH: "申请", Others: []string{"依申请公开"}},
	{ID: "units", ZH: "单位", Others: []string{"单位表"}},
	{ID: "targets", ZH: "目标", Others: []string{"目标表"}},
	{ID: "answers", ZH: "答复", Others: []string{"答复表"}},
	{ID: "revisions", ZH: "修订", Others: []string{"修订表"}},
	{ID: "addresses", ZH: "地址", Others: []string{"地址表"}},
}

// documents says of each kind which files it is made of, and gives a name to go by:
// none where a bureau has only one of the kind.
var documents = map[string]struct {
	example string
	files   []bureau.Kind
}{
	"guide":     {"hukou/lost-card", []bureau.Kind{bureau.GuideKind}},
	"notice":    {"night-service", []bureau.Kind{bureau.NoticeKind}},
	"page":      {"open-day", []bureau.Kind{bureau.PageKind}},
	"annual":    {"2025", []bureau.Kind{bureau.AnnualKind}},
	"policy":    {"window-service", []bureau.Kind{bureau.PolicyKind}},
	"statistic": {"calls", []bureau.Kind{bureau.StatisticKind, bureau.StatisticDescriptorKind}},
	"register":  {"promises", []bureau.Kind{bureau.RegisterKind, bureau.RegisterDescriptorKind}},
	"ledger":    {"2026", []bureau.Kind{bureau.MattersKind}},
	"inquiries": {"2026", []bureau.Kind{bureau.InquiriesKind}},
	"requests":  {"2026", []bureau.Kind{bureau.RequestsKind}},
	"units":     {"", []bureau.Kind{bureau.UnitsKind}},
	"targets":   {"", []bureau.Kind{bureau.TargetsKind}},
	"answers":   {"", []bureau.Kind{bureau.AnswersKind}},
	"revisions": {"", []bureau.Kind{bureau.RevisionsKind}},
	"addresses": {"", []bureau.Kind{bureau.AddressesKind}},
}

// Example is a name for a document of the kind, empty where it has none.
func Example(kind string) string { return documents[kind].example }

// Explain gives what each column of a list means, a line each; none where the skeleton
// itself says so.
func Explain(kind string) (lines []problem.Text) {
	all, err := fs.ReadFile(templates.FS, "new/"+kind+".txt")
	if err != nil {
		return nil
	}
	for line := range strings.Lines(string(all)) {
		zh, en, _ := strings.Cut(strings.TrimSpace(line), " / ")
		lines = append(lines, problem.Text{ZH: zh, EN: en})
	}
	return lines
}

// Files gives the files of a document by its kind and name. A guide's name is area/name,
// an annual report's is its year; a notice's file begins with the day. It reports
// fs.ErrInvalid where the name cannot be an address or the area is none.
func Files(kind, name string, today period.Date) ([]string, error) {
	invalid := &fs.PathError{Op: "new", Path: name, Err: fs.ErrInvalid}
	names := []string{name}
	switch kind {
	case "guide":
		area, rest, found := strings.Cut(name, "/")
		if found {
			area, found = bureau.AreaWords.Of(area)
		}
		if !found {
			return nil, invalid
		}
		name = rest
		names = []string{area, name}
	case "notice":
		names = []string{today.String() + "-" + name}
	}
	if documents[kind].example != "" && (name == "" || text.Slug(name) != name) {
		return nil, invalid
	}
	if kind == "annual" && bureau.AnnualYear(name) == 0 {
		return nil, invalid
	}
	var files []string
	for _, k := range documents[kind].files {
		files = append(files, k.File(names...))
	}
	return files, nil
}

// Document writes the complete skeleton of a document into a bureau's folder, with
// each of its elements explained, and gives the files that it wrote. The skeleton is what
// check accepts but for the elements that only staff can fill in. Beside a table
// that is there without a descriptor, the descriptor of a statistic says what the
// table itself shows, and what is to be confirmed; the problems are what keeps it
// from being read, and then nothing is written.
//
// It reports fs.ErrInvalid as Files does, and fs.ErrExist, writing nothing, where the
// document is there already.
func Document(ctx context.Context, dir, kind, name string, today period.Date) ([]string, problem.List, error) {
	files, err := Files(kind, name, today)
	if err != nil {
		return nil, nil, err
	}
	area := ""
	if kind == "guide" {
		area, name = path.Base(path.Dir(files[0])), strings.TrimSuffix(path.Base(files[0]), ".md")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	stem := strings.TrimSuffix(files[0], path.Ext(files[0]))
	var there []string // endings
	for _, ending := range []string{".md", ".csv", ".xlsx", ".yaml"} {
		if _, err := root.Lstat(stem + ending); err == nil {
			there = append(there, ending)
		}
	}
	fill := filler(today, "@AREA@", area, "@NAME@", name)
	if kind == "statistic" && slices.Equal(there, []string{".csv"}) {
		descriptor, problems, err := describe(ctx, root.FS(), files[0], today)
		if err != nil || descriptor == "" {
			return nil, problems, err
		}
		return files[1:], nil, write.File(root, files[1], []byte(descriptor))
	}
	if len(there) > 0 {
		return nil, nil, &fs.PathError{Op: "new", Path: stem + there[0], Err: fs.ErrExist}
	}
	var written []string
	for _, file := range files {
		text, err := fs.ReadFile(templates.FS, "new/"+kind+path.Ext(file))
		if err != nil {
			return written, nil, err
		}
		if err := write.File(root, file, []byte(fill.Replace(string(text)))); err != nil {
			return written, nil, err
		}
		written = append(written, file)
	}
	return written, nil, nil
}

// annualYear is a year that a report may be of.
var annualYear = regexp.MustCompile(`20(?:0[89]|[1-9]\d)`)

// Suggest gives a name that can be an address and is near to one that cannot; empty
// where there is none.
func Suggest(kind, name string) string {
	area := ""
	if kind == "guide" {
		folder, rest, found := strings.Cut(name, "/")
		id, known := bureau.AreaWords.Of(folder)
		if !found || !known {
			return ""
		}
		area, name = id+"/", rest
	}
	if kind == "annual" {
		return annualYear.FindString(name)
	}
	if slug := text.Slug(strings.TrimSuffix(name, path.Ext(name))); slug != "" {
		return area + slug
	}
	return ""
}

// Misnamed says how a document of the kind is named, and offers a name that is near.
func Misnamed(kind, name string) problem.Text {
	zh, en := "", ""
	if near := Suggest(kind, name); near != "" {
		zh, en = "；可以写 "+near, "; "+near+" would do"
	}
	if kind == "annual" {
		return problem.Say("年度报告的名称是它的年度，例如 %[1]s，现在是“%[2]s”%[3]s", "an annual report is named by its year, such as %[1]s, not %[2]q%[4]s", Example(kind), problem.Quote(name), zh, en)
	}
	if kind != "guide" {
		return problem.Say("名称只用小写字母、数字、汉字和连字符，例如 %[1]s，现在是“%[2]s”%[3]s", "a name has lower-case letters, digits, Chinese characters and hyphens only, such as %[1]s, not %[2]q%[4]s", Example(kind), problem.Quote(name), zh, en)
	}
	var ids, names []string
	for _, a := range bureau.Areas {
		ids, names = append(ids, a.ID), append(names, a.ID+" "+a.ZH)
	}
	return problem.Say("指南的名称要写成“类别/名称”，例如 hukou/lost-card，只用小写字母、数字、汉字和连字符；类别有：%[2]s；现在是“%[1]s”%[4]s",
		"a guide's name is area/name, such as hukou/lost-card, in lower-case letters, digits, Chinese characters and hyphens; the areas are %[3]s; this is %[1]q%[5]s", problem.Quote(name), strings.Join(names, "、"), strings.Join(ids, " "), zh, en)
}
