package privacy

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Mask gives a value with so much of it hidden that it can be found again by
// who has it, and not read by who has not. It is empty for rules whose value is
// not quoted at all.
func Mask(rule problem.Rule, value string) string {
	keep := func(front, back int) string {
		runes := []rune(value)
		if front+back >= len(runes) {
			front, back = min(1, len(runes)-1), 0
		}
		return string(runes[:front]) + strings.Repeat("*", len(runes)-front-back) + string(runes[len(runes)-back:])
	}
	switch rule {
	case personColumn:
		return value
	case residentID, residentID15:
		return keep(6, 4)
	case bankCard:
		return keep(4, 4)
	case mobile:
		return keep(3, 4)
	case mangledID, homeAddress:
		return keep(3, 0)
	case plate:
		return keep(2, 2)
	case passport:
		return keep(1, 2)
	case personName, consent:
		return keep(1, 0)
	case email:
		name, domain, _ := strings.Cut(value, "@")
		_, first := utf8.DecodeRuneInString(name)
		return name[:first] + "***@" + domain
	}
	return ""
}

// what a rule found, and what to do about it.
var texts = map[problem.Rule]struct{ zh, en, hintZH, hintEN string }{
	residentID:    {"这里有居民身份证号", "holds a resident ID number", "删去，或只保留前几位", "delete it, or keep only its first places"},
	residentID15:  {"这里像是15位的旧身份证号", "holds what looks like a resident ID number of 15 digits", "删去，或只保留前几位", "delete it, or keep only its first places"},
	mangledID:     {"这里像是被表格软件改成科学记数法的身份证号", "holds what looks like a resident ID number that a spreadsheet turned into scientific notation", "删去这一列；身份证号不应公开", "delete the column: resident IDs are not published"},
	personColumn:  {"统计表里有写明是谁的列", "a column of a statistic says who somebody is", "删去这一列，只留数量；列名说的是件数的，在列名后写上计量单位，如“（件）”", "delete the column and keep counts only; if it counts things, write the unit behind its name, as （件）"},
	mobile:        {"这里有手机号码", "holds a mobile phone number", "删去，或改写办公电话；对外公布的电话写在 site.yaml 的 contact（联系方式），或者指南的 places（办理地点）、complaint（监督投诉）里", "delete it or give the office's number; official numbers belong in contact of site.yaml, or in places or complaint of a guide"},
	bankCard:      {"这里有银行卡号", "holds a bank card number", "删去，或只保留后四位", "delete it, or keep only its last four digits"},
	plate:         {"这里有车牌号", "holds a vehicle's plate number", "删去，或隐去后几位", "delete it, or hide its last places"},
	passport:      {"这里像是护照或者通行证号码", "holds what looks like the number of a passport or travel permit", "删去，或隐去后几位", "delete it, or hide its last places"},
	email:         {"这里有外单位或者个人的邮箱", "holds an e-mail address outside the bureau's domains", "改用单位邮箱；是本单位域名的，写到 site.yaml 的 privacy.email_domains（邮箱域名）", "give the office's address; if the domain is the bureau's, add it to privacy.email_domains in site.yaml"},
	homeAddress:   {"这里有详细到单元或者室的住址", "holds a home address down to the entrance or room", "只写到路、村或小区", "write it down to the street, village or estate only"},
	personName:    {"这里像是涉案人员的真实姓名", "holds what looks like the real name of a person in a case", "把名字改成“某”，例如“张某”", "mask the given name with 某, as in 张某"},
	consent:       {"这里写了群众的姓名，没有写本人同意", "names a private person, and no consent is given", "隐去名字，例如“赵某”“赵女士”；本人书面同意的，在公告或页面开头写 consent（同意书）和同意书编号", "hide the given name, as in 赵某 or 赵女士; where the person has agreed in writing, give the reference under consent at the head of the notice or page"},
	penalty:       {"这里是对个人的处罚文书，不能公布", "holds the decision of a penalty on an individual, which is not published", "撤下它；对单位的处罚可以公布，写单位名称", "withdraw it; penalties on organisations may be published under the organisation's name"},
	minor:         {"这里写了涉案未成年人的年龄", "tells the age of a minor in a case", "删去能认出未成年人的内容", "delete what could identify the minor"},
	secret:        {"这里有涉密或者内部文件的标志", "bears the mark of a secret or internal document", "停止公布，送保密部门审查", "do not publish it; have it reviewed for secrecy"},
	notInspected:  {"这个文件没有全部检查过有没有个人信息", "was not searched wholly for personal data", "请打开看一遍，属性、批注和隐藏的内容也要看；或者另存为 .docx、.xlsx 或带文字的PDF再放入；宏、嵌入文件和图片里多余的内容，用 sunshine clean 去掉", "look through it, its properties, comments and hidden parts too; or save it anew as .docx, .xlsx or a PDF with text; macros, embedded files and what a picture holds besides are taken out by sunshine clean"},
	imageLocation: {"图片里记录了拍摄地点", "holds the place where the picture was taken in its metadata", "用 sunshine clean 去掉图片信息，或在“属性—详细信息”里删除，再重新放入", "take it out with sunshine clean, or remove it from the picture's properties, then put the picture back"},
	imageAuthor:   {"图片里记录了作者姓名", "holds the name of its author in its metadata", "用 sunshine clean 去掉图片信息，或在“属性—详细信息”里删除作者", "take it out with sunshine clean, or remove the author from the picture's properties"},
}

// tooMany says why the end of a text was not searched.
var tooMany = problem.Say("查到的太多，后面的没有再查", "it holds too many findings, and the rest was not looked at")

// report makes the problem of what may not stand at a place. What is printed for
// a waiver is the place alone; the name of a file is mended and never waived.
func report(f bureau.Finding, until period.Date) problem.Problem {
	t := texts[f.Rule]
	p := problem.Problem{Position: f.At, Severity: f.Severity, Rule: f.Rule, Message: problem.Text{ZH: t.zh, EN: t.en}, Hint: problem.Text{ZH: t.hintZH, EN: t.hintEN}}
	if masked := Mask(f.Rule, f.Value); masked != "" {
		p.Message = problem.Text{ZH: t.zh + "：" + problem.Quote(masked), EN: t.en + ": " + problem.Quote(masked)}
	}
	if f.Why == tooMany {
		p.Message = problem.Say("这个文件里查到的个人信息太多，后面的没有再查", "there is so much personal data in this file that the rest was not looked at")
		p.Hint = problem.Say("先处理前面列出的，再检查一遍；整列都是的，删去整列", "mend what is listed, then check again; where a whole column is personal data, delete the column")
		return p
	}
	if f.Why.EN != "" {
		p.Message = problem.Text{ZH: t.zh + "：" + f.Why.ZH, EN: t.en + ": " + f.Why.EN}
	}
	if f.In.EN != "" {
		p.Message = problem.Text{ZH: p.Message.ZH + "（在" + f.In.ZH + "里）", EN: p.Message.EN + " (in " + f.In.EN + ")"}
	}
	if f.InName {
		p.Hint = problem.Say("给文件改名，名称里不留这个内容", "rename the file so that its name does not hold this")
		return p
	}
	waiver := "- {rule: " + f.Rule.String() + ", file: " + problem.Visible(f.At.File) + ", "
	if place := place(f.At); place != "" {
		waiver += `place: "` + place + `", `
	}
	p.Hint.ZH += "；经批准可以公开的，在 data/privacy.yaml 的 waivers 下加一行 " + waiver + "reason: 理由, approved_by: 批准人, until: " + until.String() + "}"
	p.Hint.EN += "; if its publication was approved, add to waivers in data/privacy.yaml " + waiver + "reason: …, approved_by: …, until: " + until.String() + "}"
	return p
}

// place writes where in a file something stands, as a waiver names it: the cell
// of a table, else line and column; empty for what stands in no line.
func place(at problem.Position) string {
	switch {
	case at.Cell != "":
		return at.Cell
	case at.Line > 0:
		return strconv.Itoa(at.Line) + ":" + strconv.Itoa(at.Column)
	}
	return ""
}
