package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sunshine/site/attachment"
	"sunshine/site/problem"
)

// maxCleaned is how large a file may be that is cleaned, in bytes: as large as one
// of data/static.
const maxCleaned = 64 << 20

// clean writes a copy of an attachment without what its readers do not see.
func (c *command) clean(_ context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if len(args) != 1 {
		return 0, usage("sunshine clean 要写一个文件，例如 sunshine clean data/static/forms/申请表.docx", "sunshine clean needs one file, such as sunshine clean data/static/forms/form.docx")
	}
	file := args[0]
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, usage("没有文件“%s”", "there is no file %q", problem.Quote(file))
	case err != nil:
		return 0, err
	case !info.Mode().IsRegular():
		return 0, usage("“%s”不是普通文件", "%q is not a regular file", problem.Quote(file))
	case info.Size() > maxCleaned:
		return 0, usage("“%s”太大，最多64 MB", "%q is too large: 64 MB at most", problem.Quote(file))
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	cleaned, fault := attachment.Clean(file, data)
	if fault != nil {
		at := problem.Position{File: filepath.ToSlash(file)}
		fmt.Fprintf(c.stderr, "%s%s%s\n", at, colon.In(lang), fault.Message.In(lang))
		fmt.Fprintf(c.stderr, "  %s%s%s\n", hintWord.In(lang), colon.In(lang), fault.Hint.In(lang))
		return exitProblems, nil
	}
	out := f.out
	if out == "" {
		out = strings.TrimSuffix(file, filepath.Ext(file)) + "-clean" + cleaned.Ext
	}
	target, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return 0, usage("“%s”已经存在，不会覆盖；用 --out 换一个文件名", "%q exists already and is left alone; name another file with --out", problem.Quote(out))
	}
	if err != nil {
		return 0, err
	}
	_, err = target.Write(cleaned.Bytes)
	if err = errors.Join(err, target.Close()); err != nil {
		os.Remove(out) // half a file would pass for a whole one
		return 0, err
	}
	for _, t := range cleaned.Removed {
		c.say(f, lang, problem.Text{ZH: "去掉了" + t.ZH, EN: "took out: " + t.EN})
	}
	if len(cleaned.Removed) == 0 {
		c.say(f, lang, problem.Say("没有要去掉的", "there was nothing to take out"))
	}
	for _, t := range cleaned.Left {
		c.say(f, lang, problem.Text{ZH: "请看一遍：" + t.ZH, EN: "to look at: " + t.EN})
	}
	c.say(f, lang, problem.Say("已写好 %[1]s；打开看过，再用它换下原来的文件", "wrote %[1]s; look at it, then put it in the place of the other", filepath.ToSlash(out)))
	return exitFine, nil
}
