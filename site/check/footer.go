package check

import (
	"regexp"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Footer holds what stands at the foot of each page against what the bureau is
// told to show there. Where site.yaml gives any of it, what is
// missing is named; the numbers have the forms that site.yaml gives.
func Footer(s bureau.Site) problem.List {
	var problems problem.List
	type entry struct {
		key, zh string
		value   bureau.String
		form    bureau.String
	}
	f := s.Footer
	entries := []entry{
		{"organizer", "主办单位", f.Organizer, bureau.String{}},
		{"site_code", "网站标识码", f.SiteCode, s.Rules.SiteCode},
		{"icp", "ICP备案号", f.ICP, s.Rules.ICP},
		{"police_record", "公安备案号", f.PoliceRecord, s.Rules.PoliceRecord},
		{"report_error", "找错", f.ReportError, bureau.String{}},
	}
	var missing, english []string
	for _, e := range entries {
		if e.value.V == "" {
			missing, english = append(missing, e.zh+"（"+e.key+"）"), append(english, e.key)
			continue
		}
		if e.form.V == "" {
			continue
		}
		form, err := regexp.Compile("^(?:" + e.form.V + ")$")
		if err != nil {
			problems.Error(e.form.At, problem.RulesForm,
				problem.Say("“%s”不是正则表达式", "\"%s\" is not a regular expression", problem.Quote(e.form.V)),
				problem.Say("改正这一行，或者删去它，用原有的格式", "correct it, or remove the line to use the default"))
		} else if !form.MatchString(e.value.V) {
			problems.Warn(e.value.At, problem.FooterForm,
				problem.Say("%[1]s“%[2]s”与设定的格式 %[3]s 不符", "the %[4]s \"%[2]s\" does not match the form that is set, %[3]s", e.zh, problem.Quote(e.value.V), e.form.V, e.key),
				problem.Say("核对号码；格式由 site.yaml 里的 rules.%s 设定", "check the number; its form is set in rules.%s of site.yaml", e.key))
		}
	}
	if p := f.Parent; (p.Name.V == "") != (p.URL.V == "") {
		at := p.Name.At
		if p.Name.V == "" {
			at = p.URL.At
		}
		problems.Error(at, problem.FooterForm, problem.Say("上级网站要同时写名称和网址", "the site above takes both a name and an address"),
			problem.Say("写成 parent: {name: 某市人民政府, url: 网址}（上级网站），或者删去", "write parent: {name: the site, url: its address}, or remove it"))
	}
	if len(missing) > 0 && len(missing) < len(entries) {
		problems.Warn(problem.Position{File: bureau.SiteKind.File(), Line: 1, Column: 1}, problem.FooterMissing,
			problem.Text{ZH: "页脚缺少" + strings.Join(missing, "、"), EN: "the footer lacks " + strings.Join(english, ", ")},
			problem.Say("写在 site.yaml 的 footer（页脚）下面", "write them under footer in site.yaml"))
	}
	return problems
}
