package send

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"sunshine/site/bureau"
	"sunshine/site/folder"
	"sunshine/site/problem"
)

// ListName is the file in a ZIP file that tells the keeper of the web server what to do.
const ListName = "READ-ME-FIRST.txt"

// archive is a ZIP file that is made anew each time.
type archive struct {
	local        // of the folder that it stands in
	file  string // its name there

	old  *zip.ReadCloser // the last one that was made; nil where there is none
	lock sync.Mutex
	sent map[string][]byte
}

func openArchive(file string) (store, error) {
	dir := filepath.Dir(file)
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	a := &archive{local: local{root, dir}, file: filepath.Base(file), sent: map[string][]byte{}}
	info, err := root.Lstat(a.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return a, nil
	case err == nil && !info.Mode().IsRegular():
		err = refusal(file, problem.PublishForeign, problem.Say("这里有的不是 ZIP 文件", "what stands here is no ZIP file"), problem.Say("换一个文件名", "use another name"))
	case err == nil:
		if a.old, err = zip.OpenReader(file); errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrAlgorithm) || errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrInsecurePath) {
			err = refusal(file, problem.PublishForeign, problem.Say("这里已有的文件不是 sunshine 写的 ZIP 文件", "the file that stands here is no ZIP file that sunshine wrote"), problem.Say("核对以后移走它，或者换一个文件名", "look at it and move it away, or use another name"))
		}
	}
	if err != nil {
		root.Close()
		return nil, err
	}
	return a, nil
}

// Name is where a file is in the ZIP file; the notes stand beside that.
func (a *archive) Name(path string) string {
	if note, is := strings.CutPrefix(path, workDir+"/"); is {
		return a.name(a.beside(note))
	}
	return a.name(a.file) + "!" + path
}

func (a *archive) Close() error {
	if a.old != nil {
		a.old.Close()
	}
	return a.close()
}

func (a *archive) Open(_ context.Context, path string) (io.ReadCloser, error) {
	if a.old != nil {
		for _, f := range a.old.File {
			if f.Name == path {
				return f.Open()
			}
		}
	}
	return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
}

func (a *archive) top(context.Context) ([]string, error) {
	var names []string
	if a.old != nil {
		for _, f := range a.old.File[:min(len(a.old.File), maxTop)] {
			names = append(names, f.Name)
		}
		if len(names) == 0 {
			names = []string{a.file}
		}
	}
	return names, nil
}

func (a *archive) stands(ctx context.Context, path string) (bool, error) {
	f, err := a.Open(ctx, path)
	if err != nil {
		return false, nil
	}
	return true, f.Close()
}

func (a *archive) stage(context.Context, bureau.File) error { return nil }

func (a *archive) place(_ context.Context, f bureau.File) error {
	a.lock.Lock()
	defer a.lock.Unlock()
	a.sent[f.Path] = f.Bytes
	return nil
}

func (a *archive) remove(context.Context, string) error { return nil }
func (a *archive) prune(context.Context, string)        {}

// finish writes the file beside its place and moves it there.
func (a *archive) finish(_ context.Context, p Plan) error {
	begun := "." + a.file + "-" + rand.Text() + begunEnd
	f, err := a.root.OpenFile(begun, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	err = errors.Join(a.pack(f, p), possible(f.Sync()), f.Close())
	if err == nil {
		err = a.rename(begun, a.file)
	}
	if err != nil {
		a.root.Remove(begun)
	}
	return err
}

func (a *archive) pack(w io.Writer, p Plan) error {
	z := zip.NewWriter(w)
	files := slices.Concat([]bureau.File{{Path: ListName, Bytes: list(p)}}, p.Send)
	for _, f := range files {
		e, err := z.CreateHeader(&zip.FileHeader{Name: f.Path, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := e.Write(f.Bytes); err != nil {
			return err
		}
	}
	return z.Close()
}

// list is the page for the keeper of the web server. Its lines end as Windows ends
// them, and it begins with the mark by which an old editor knows the encoding.
func list(p Plan) []byte {
	var b strings.Builder
	both := func(zh, en string, args ...any) {
		t := problem.Say(zh, en, args...)
		b.WriteString(t.ZH + "\n" + t.EN + "\n\n")
	}
	both("网站更新包。请按下面的次序做。", "An update of the site. Please keep to this order.")
	if p.Base == "" {
		both("一、网站所在的文件夹应当是空的。", "1. The folder of the site is to be empty.")
	} else {
		both("一、核对：网站上现有的 manifest.json 的 SHA-256 应当是 %s。不是的，先不要解压，告诉送来这个包的人：中间缺了一次更新。",
			"1. Check: manifest.json on the site is to have the SHA-256 %s. If it has another one, do not unpack; tell whoever sent this: an update in between is missing.", p.Base)
	}
	both("二、把包里的文件解压到网站的文件夹，覆盖原有的。包里的次序就是解压的次序：先样式、脚本、图和数据，再网页，最后 manifest.json；一次全部解压也可以。",
		"2. Unpack the files into the folder of the site, over those that are there. The order in the archive is that of unpacking: styles, scripts, pictures and data first, then pages, manifest.json last; unpacking all at once does it.")
	if len(p.Remove) == 0 {
		both("三、没有要删除的文件。", "3. No file is to be deleted.")
	} else {
		both("三、解压完了以后，删除下面%d个文件：", "3. After that, delete these files (%d):", len(p.Remove))
		for _, name := range p.Remove {
			b.WriteString("  " + name + "\n")
		}
		b.WriteString("\n")
	}
	both("四、本文件（%s）不用放到网站上。做完以后，可以用 sunshine verify 网址 核对。", "4. This file (%s) is not part of the site. When all is done, sunshine verify ADDRESS tells whether it is whole.", ListName)
	return []byte("\ufeff" + strings.ReplaceAll(b.String(), "\n", "\r\n"))
}

func (a *archive) clean(context.Context) error {
	infos, err := a.list(".", 1<<16)
	for _, info := range infos {
		if name := info.Name(); strings.HasPrefix(name, "."+a.file+"-") && strings.HasSuffix(name, begunEnd) {
			a.root.Remove(name)
		}
	}
	return err
}

func (a *archive) beside(name string) string { return "." + a.file + "." + name }

func (a *archive) note(_ context.Context, name string) ([]byte, error) {
	f, err := a.open(a.beside(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return folder.AtMost(f, limitOf(name))
}

func (a *archive) write(_ context.Context, name string, data []byte) error {
	return a.whole(name, data, a.rename)
}

func (a *archive) create(_ context.Context, name string, data []byte) error {
	return a.whole(name, data, a.claim)
}

func (a *archive) whole(name string, data []byte, move func(from, to string) error) error {
	begun := "." + a.file + "-" + rand.Text() + begunEnd
	err := a.local.create(begun, data)
	if err == nil {
		err = move(begun, a.beside(name))
	}
	if err != nil {
		a.root.Remove(begun)
	}
	return err
}

func (a *archive) forget(_ context.Context, name string) error {
	if err := a.root.Remove(a.beside(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// verifyArchive reads the file that was made and holds it against what was to be in it.
func (t *Target) verifyArchive(ctx context.Context, p Plan) (problem.List, error) {
	z, err := zip.OpenReader(t.Address)
	if err != nil {
		return nil, t.failed(err)
	}
	defer z.Close()
	var problems problem.List
	for i, f := range slices.Concat([]bureau.File{{Path: ListName, Bytes: list(p)}}, p.Send) {
		same := i < len(z.File) && z.File[i].Name == f.Path
		if same {
			r, err := z.File[i].Open()
			if err != nil {
				return nil, t.failed(err)
			}
			data, err := io.ReadAll(io.LimitReader(r, int64(len(f.Bytes))+1))
			same = err == nil && bytes.Equal(data, f.Bytes)
			r.Close()
		}
		if !same {
			problems.Error(problem.Position{File: t.store.Name(f.Path)}, problem.VerifyDiffers,
				problem.Say("压缩包里的这个文件，与要发送的不一样", "the file in the archive is not the one that was to be sent"), again)
		}
	}
	return problems, ctx.Err()
}

var again = problem.Say("再运行一次 sunshine publish；还是这样的，换一个磁盘", "run sunshine publish again; where that does not help, use another disk")
