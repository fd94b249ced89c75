package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/scaffold"
)

// init writes a new bureau. On a terminal it asks who it is for; elsewhere the flags
// say so, and without any of them it is a sample.
func (c *command) init(_ context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if len(args) != 1 {
		return 0, usage("sunshine init 要写一个新目录的名称", "sunshine init needs the name of one new folder")
	}
	dir := args[0]
	zone, _ := bureau.Site{}.Zone()
	now, err := c.moment("", zone)
	if err != nil {
		return 0, err
	}
	if err = scaffold.Empty(dir); err == nil {
		var own scaffold.Own
		if own, err = c.own(f, lang); err != nil {
			return 0, err
		}
		if err = scaffold.Bureau(dir, now.Day, own); err == nil {
			c.created(f, lang, dir, own)
		}
	}
	if errors.Is(err, fs.ErrExist) {
		return 0, usage("“%s”已经有内容，不会覆盖；换一个新目录", "%q is not empty and is left alone; use a new folder", problem.Quote(dir))
	}
	return exitFine, err
}

// created says what is next, and what is still to do.
func (c *command) created(f *flags, lang problem.Language, dir string, own scaffold.Own) {
	dir = filepath.ToSlash(filepath.Clean(dir))
	if own == (scaffold.Own{}) {
		c.say(f, lang, problem.Say("已建好 %[1]s。这是示范单位，占位的内容由 sunshine check 逐处指出；写上 --name、--phone 和 --address，建的就是本单位的。接下来：sunshine serve %[1]s",
			"created %[1]s, a sample: sunshine check names its placeholders; with --name, --phone and --address it is the bureau's own; next: sunshine serve %[1]s", dir))
		return
	}
	c.say(f, lang, problem.Say("已建好 %[1]s。接下来：sunshine serve %[1]s", "created %[1]s; next: sunshine serve %[1]s", dir))
	c.say(f, lang, problem.Say("待办（%s/README.md 里也有）：", "to do (also in %s/README.md):", dir))
	for _, t := range scaffold.ToDo {
		c.say(f, lang, problem.Text{ZH: "- " + t.ZH, EN: "- " + t.EN})
	}
}

// own is who the new bureau is: what the flags say, and on a terminal what is answered.
func (c *command) own(f *flags, lang problem.Language) (scaffold.Own, error) {
	own := scaffold.Own{Name: strings.TrimSpace(f.name), Phone: strings.TrimSpace(f.phone), Address: strings.TrimSpace(f.address), Complaint: strings.TrimSpace(f.complaint)}
	given := own != scaffold.Own{}
	q := questions{c: c, lang: lang, in: bufio.NewReader(c.stdin)}
	parts := []struct {
		flag     string
		value    *string
		before   string
		question problem.Text
		wrong    func(string) *problem.Text
	}{
		{"--name", &own.Name, "", problem.Say("单位全称，例如 某某县公安局", "full name of the bureau"), scaffold.Line},
		{"--phone", &own.Phone, "", problem.Say("咨询电话", "telephone for enquiries"), scaffold.Number},
		{"--address", &own.Address, "", problem.Say("单位地址", "address"), scaffold.Line},
		{"--complaint", &own.Complaint, scaffold.HotLine, problem.Say("监督电话", "telephone for complaints"), scaffold.Number},
	}
	if c.terminal && own.Name == "" && !given {
		q.tell(problem.Say("这是哪个单位的网站？直接按回车，先建一个示范单位", "whose site is it? an empty line makes a sample"))
	}
	var missing []string
	for _, p := range parts {
		asked := c.terminal && *p.value == ""
		for asked {
			answer, err := q.line(p.question, p.before)
			if answer == "" && err != nil {
				return own, usage("没有答完，什么也没有写；也可以写上 --name、--phone 和 --address", "not everything was answered, and nothing was written; --name, --phone and --address may be given instead")
			}
			if answer == "" && p.value == &own.Name && !given {
				return scaffold.Own{}, nil
			}
			wrong := p.wrong(answer)
			if wrong == nil && p.value == &own.Complaint && answer == own.Phone {
				same := problem.Say("不能与咨询电话相同", "it cannot be the telephone for enquiries")
				wrong = &same
			}
			if *p.value, asked = answer, wrong != nil; asked {
				q.tell(*wrong)
			}
		}
		switch wrong := p.wrong(*p.value); {
		case *p.value == "" && p.before == "":
			missing = append(missing, p.flag)
		case *p.value != "" && wrong != nil:
			return own, usage("%[1]s 写的“%[2]s”不行：%[3]s", "%[1]s cannot be %[2]q: %[4]s", p.flag, problem.Quote(*p.value), wrong.ZH, wrong.EN)
		}
	}
	if !given && !c.terminal {
		return scaffold.Own{}, nil
	}
	if len(missing) > 0 {
		return own, usage("还要写上 %s，例如 --name 某某县公安局 --phone 0100-1234567 --address 某某县人民路1号", "%s must be given, too: --name \"…\" --phone 0100-1234567 --address \"…\"", strings.Join(missing, " "))
	}
	if own.Phone == cmp.Or(own.Complaint, scaffold.HotLine) {
		return own, usage("--complaint 不能与 --phone 相同", "--complaint cannot be the same as --phone")
	}
	return own, nil
}
