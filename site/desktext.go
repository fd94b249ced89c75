package site

import (
	"context"
	"errors"
	"io/fs"

	"sunshine/site/bureau"
	"sunshine/site/desk"
	"sunshine/site/folder"
	"sunshine/site/problem"
	"sunshine/site/scaffold"
	"sunshine/site/write"
)

// written tells whether a file is one that staff write, and may change here: none of what an
// approval, a release or an import wrote down, and no attachment.
func written(file string) bool {
	switch bureau.KindAt(file) {
	case bureau.UnknownKind, bureau.ApprovalsKind, bureau.ReleaseKind, bureau.HeadKind, bureau.TableKind, bureau.OriginsKind, bureau.StaticKind:
		return false
	}
	return fs.ValidPath(file)
}

// Text gives a file that staff write.
func (d *Desk) Text(_ context.Context, file string) (desk.Text, error) {
	_, root, end, err := d.reading()
	if err != nil {
		return desk.Text{}, err
	}
	defer end()
	return textOf(root, file)
}

func textOf(root fs.FS, file string) (desk.Text, error) {
	if !written(file) {
		return desk.Text{}, &fs.PathError{Op: "read", Path: file, Err: fs.ErrInvalid}
	}
	return onDisk(root, file)
}

func onDisk(root fs.FS, file string) (desk.Text, error) {
	data, err := folder.ReadUnder(root, file, bureau.KindAt(file).Limit())
	if errors.Is(err, fs.ErrNotExist) {
		return desk.Text{File: file}, nil
	}
	return desk.Text{File: file, Bytes: data, SHA256: bureau.SHA256(data), There: err == nil}, err
}

// Save writes a file that still stands as it was.
func (d *Desk) Save(_ context.Context, file, was string, data []byte) (desk.Text, bool, error) {
	_, root, end, err := d.changing()
	if err != nil {
		return desk.Text{}, false, err
	}
	defer end()
	now, err := textOf(root.FS(), file)
	if err != nil || now.SHA256 != was {
		return now, false, err
	}
	if limit := bureau.KindAt(file).Limit(); int64(len(data)) > limit { // nobody could open it again
		return now, false, &fs.PathError{Op: "write", Path: file, Err: folder.ErrTooLarge}
	}
	did := problem.Say("改了 %s", "changed %s", file)
	if err := d.doing(root, did, []string{file}, func() error { return write.File(root, file, data) }); err != nil {
		return now, false, err
	}
	return desk.Text{File: file, Bytes: data, SHA256: bureau.SHA256(data), There: true}, true, nil
}

// Files are those that staff write, with the titles that readers see.
func (d *Desk) Files(ctx context.Context) ([]desk.File, error) {
	o, root, end, err := d.reading()
	if err != nil {
		return nil, err
	}
	defer end()
	o.memory = &d.Workshop.memory
	made, _, err := decide(ctx, o, root, nil, false)
	if err != nil {
		return nil, err
	}
	b := made.bureau
	titles := map[string]string{}
	for _, g := range b.Guides {
		titles[g.File] = g.Title.V
	}
	for _, n := range b.Notices {
		titles[n.File] = n.Title.V
	}
	for _, p := range b.Pages {
		titles[p.File] = p.Title.V
	}
	for _, p := range b.Policies {
		titles[p.File] = p.Title.V
	}
	for _, s := range b.Statistics {
		titles[s.File], titles[bureau.StatisticDescriptorKind.File(s.Name)] = problem.Say("%s（表）", "%s (table)", s.Title()).In(d.Language), problem.Say("%s（说明）", "%s (descriptor)", s.Title()).In(d.Language)
	}
	for _, r := range b.Registers {
		titles[r.File], titles[bureau.RegisterDescriptorKind.File(r.Name)] = problem.Say("%s（表）", "%s (table)", r.Title()).In(d.Language), problem.Say("%s（说明）", "%s (descriptor)", r.Title()).In(d.Language)
	}
	titles[bureau.SiteKind.File()] = problem.Say("网站设置", "settings of the site").In(d.Language)
	var all []desk.File
	err = fs.WalkDir(root, "data", func(file string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && written(file) {
			all = append(all, desk.File{File: file, Title: titles[file]})
		}
		return err
	})
	return all, err
}

// New writes the skeleton of a document.
func (d *Desk) New(ctx context.Context, kind, name string) (string, problem.List, error) {
	o, root, end, err := d.changing()
	if err != nil {
		return "", nil, err
	}
	defer end()
	files, err := scaffold.Files(kind, name, o.AsOf)
	if err != nil {
		return "", nil, err
	}
	var made []string
	var problems problem.List
	err = d.doing(root, problem.Say("新建 %s", "created %s", files[0]), files, func() (err error) {
		made, problems, err = scaffold.Document(ctx, o.Dir, kind, name, o.AsOf)
		return err
	})
	if err != nil || len(made) == 0 {
		return "", problems, err
	}
	return made[0], problems, nil
}
