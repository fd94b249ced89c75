package site

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/desk"
	"sunshine/site/folder"
	"sunshine/site/problem"
	"sunshine/site/scaffold"
	"sunshine/site/write"
)

// placed gives a file that staff put where it stands.
func placed(root fs.FS, file string) (desk.Text, error) {
	if !desk.Placed(file) {
		return desk.Text{}, &fs.PathError{Op: "read", Path: file, Err: fs.ErrInvalid}
	}
	return onDisk(root, file)
}

// File gives a file that staff put where it stands.
func (d *Desk) File(_ context.Context, file string) (desk.Text, error) {
	_, root, end, err := d.reading()
	if err != nil {
		return desk.Text{}, err
	}
	defer end()
	return placed(root, file)
}

// Put puts another file in the place of one that still stands as it was.
func (d *Desk) Put(_ context.Context, file, was string, data []byte) (desk.Text, bool, error) {
	_, root, end, err := d.changing()
	if err != nil {
		return desk.Text{}, false, err
	}
	defer end()
	now, err := placed(root.FS(), file)
	if err != nil || was != now.SHA256 {
		return now, false, err
	}
	if !now.There && (!strings.HasPrefix(file, "data/") || !write.Storable(file) || strings.Contains("/"+file, "/.")) { // nothing is begun here that nobody asked for
		return now, false, &fs.PathError{Op: "write", Path: file, Err: fs.ErrInvalid}
	}
	if int64(len(data)) > bureau.KindAt(file).Limit() { // no build would read it
		return now, false, &fs.PathError{Op: "write", Path: file, Err: folder.ErrTooLarge}
	}
	if err := d.doing(root, problem.Say("换上了 %s", "replaced %s", file), []string{file}, func() error { return write.File(root, file, data) }); err != nil {
		return now, false, err
	}
	return desk.Text{File: file, Bytes: data, SHA256: bureau.SHA256(data), There: true}, true, nil
}

// Move gives a file another name within its folder, or takes it away where the name is
// empty, where it still stands as it was.
func (d *Desk) Move(_ context.Context, file, was, name string) (moved bool, problems problem.List, err error) {
	_, root, end, err := d.changing()
	if err != nil {
		return false, nil, err
	}
	defer end()
	now, err := placed(root.FS(), file)
	if err != nil || !now.There || now.SHA256 != was {
		return false, nil, err
	}
	if name == "" {
		return true, nil, d.doing(root, problem.Say("移走了 %s", "took away %s", file), []string{file}, func() error { return write.Remove(root, file) })
	}
	to := path.Join(path.Dir(file), name)
	refuse := func(message, hint problem.Text) (bool, problem.List, error) {
		problems.Error(problem.Position{File: file}, problem.FileName, message, hint)
		return false, problems, nil
	}
	if strings.ContainsAny(name, `/\`) || strings.HasPrefix(name, ".") || !write.Storable(name) || path.Dir(file) != Inbox && !strings.EqualFold(path.Ext(name), path.Ext(file)) || !desk.Placed(to) {
		return refuse(problem.Say("“%s”不能作文件名", "%q cannot be the name of a file", problem.Quote(name)),
			problem.Say("用字母、数字、汉字和连字符，后缀照旧是%s", "use letters, digits, Chinese characters and hyphens, and keep the ending %s", path.Ext(file)))
	}
	if _, err := root.Lstat(to); err == nil { // on some disks “A” is “a”
		return refuse(problem.Say("已经有叫“%s”的文件", "there is a file %q already", problem.Quote(name)), problem.Say("换一个名称；要换掉那一个的，先把它移走", "give it another name; if it is to take the place of that one, take that away first"))
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false, nil, err
	}
	return true, nil, d.doing(root, problem.Say("%s 改名为 %s", "renamed %s to %s", file, name), []string{file, to}, func() error {
		if err := write.File(root, to, now.Bytes); err != nil {
			return err
		}
		return write.Remove(root, file)
	})
}

// Make makes a file from what is there: the descriptor of a table, or the list of what is
// not translated.
func (d *Desk) Make(ctx context.Context, file string) (problems problem.List, err error) {
	o, root, end, err := d.changing()
	if err != nil {
		return nil, err
	}
	defer end()
	if !desk.Made(file) || !fs.ValidPath(file) {
		return nil, &fs.PathError{Op: "make", Path: file, Err: fs.ErrInvalid}
	}
	if now, err := onDisk(root.FS(), file); err != nil || now.There && bureau.KindAt(file) != bureau.TranslationsKind { // such a list grows
		return nil, err
	}
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if of := bureau.KindAt(file).Describes(); of != bureau.UnknownKind {
		if table, err := onDisk(root.FS(), of.Beside(file)); err != nil {
			return nil, err
		} else if !table.There {
			problems.Error(problem.Position{File: file}, problem.StatsNoTable, problem.Say("没有数据文件 %s，写不成说明文件", "there is no table %s to describe", of.Beside(file)), problem.Say("先把数据文件放进来", "put the table there first"))
			return problems, nil
		}
	}
	err = d.doing(root, problem.Say("写了 %s", "wrote %s", file), []string{file}, func() (err error) {
		if bureau.KindAt(file) == bureau.TranslationsKind {
			_, _, err = Translate(ctx, o)
			return err
		}
		_, problems, err = scaffold.Document(ctx, o.Dir, "statistic", name, o.AsOf)
		if errors.Is(err, fs.ErrInvalid) || errors.Is(err, fs.ErrExist) { // nothing was written
			problems.Error(problem.Position{File: file}, problem.FileName, problem.Say("没有写成：“%s”不能作网址", "it was not written: %q cannot be an address", problem.Quote(name)),
				problem.Say("先给数据文件改名：用小写字母、数字、汉字和连字符", "give the table another name first: lower-case letters, digits, Chinese characters, hyphens"))
			return nil
		}
		return err
	})
	return problems, err
}
