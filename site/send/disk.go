package send

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sync"

	"sunshine/site/bureau"
	"sunshine/site/folder"
)

// drive is what a disk can do, here or on a server. Paths are below the target, and
// slash-separated.
type drive interface {
	open(name string) (io.ReadCloser, error)
	create(name string, data []byte) error // a new file, its bytes on the disk
	rename(from, to string) error          // over what stands there
	claim(from, to string) error           // as rename; fs.ErrExist where something stands
	remove(name string) error
	rmdir(name string) error // only an empty one
	mkdir(name string) error
	lstat(name string) (fs.FileInfo, error)
	list(dir string, most int) ([]fs.FileInfo, error)
	name(path string) string
	close() error
}

// disk is a store where files are staged and moved.
type disk struct {
	drive

	made sync.Map // folders that are there
}

func (d *disk) Name(path string) string { return d.name(path) }
func (d *disk) Close() error            { return d.close() }

// Open opens regular files alone: a FIFO would hold the run up for ever.
func (d *disk) Open(_ context.Context, name string) (io.ReadCloser, error) {
	info, err := d.lstat(name)
	if err != nil {
		return nil, err
	}
	if err := folder.Regular(info.Mode()); err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return d.open(name)
}

func (d *disk) top(context.Context) ([]string, error) {
	infos, err := d.list(".", maxTop)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, info := range infos {
		if !nothing(info.Name(), info.Size()) {
			names = append(names, info.Name())
		}
	}
	return names, nil
}

func (d *disk) stands(_ context.Context, name string) (bool, error) {
	_, err := d.lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// ready is where a file lies until it is moved; by its name and its bytes, so that a
// publish which takes up another one knows what is there.
func ready(f bureau.File) string {
	sum := sha256.Sum256([]byte(bureau.SHA256(f.Bytes) + " " + f.Path))
	return workDir + "/" + hex.EncodeToString(sum[:16])
}

// begun is a file that is being written; it gets its name when it is whole.
const begunEnd = ".part"

// ours is what a file that lies in workDir is called, lock and journal apart.
var ours = regexp.MustCompile(`^(?:[0-9a-f]{32}|[0-9A-Z]{26}\.part)$`)

func (d *disk) stage(_ context.Context, f bureau.File) error {
	name := ready(f)
	if info, err := d.lstat(name); err == nil && info.Mode().IsRegular() && info.Size() == int64(len(f.Bytes)) {
		return nil
	}
	return d.whole(name, f.Bytes, d.rename)
}

// whole makes a file in workDir that is there with all its bytes or not at all.
func (d *disk) whole(name string, data []byte, move func(from, to string) error) error {
	if err := d.folder(workDir); err != nil {
		return err
	}
	begun := workDir + "/" + rand.Text() + begunEnd
	err := d.drive.create(begun, data)
	if errors.Is(err, fs.ErrNotExist) { // another publish ended, and took the folder away
		d.made.Delete(workDir)
		if err := d.folder(workDir); err != nil {
			return err
		}
		err = d.drive.create(begun, data)
	}
	if err == nil {
		err = move(begun, name)
	}
	if err != nil {
		d.drive.remove(begun)
	}
	return err
}

func (d *disk) place(_ context.Context, f bureau.File) error {
	if err := d.folder(path.Dir(f.Path)); err != nil {
		return err
	}
	return d.rename(ready(f), f.Path)
}

// folder makes a folder with those above it.
func (d *disk) folder(dir string) error {
	if dir == "." {
		return nil
	}
	if _, there := d.made.Load(dir); there {
		return nil
	}
	if err := d.folder(path.Dir(dir)); err != nil {
		return err
	}
	if err := d.mkdir(dir); err != nil {
		if info, wrong := d.lstat(dir); wrong != nil || !info.IsDir() {
			return err
		}
	}
	d.made.Store(dir, true)
	return nil
}

func (d *disk) remove(_ context.Context, name string) error {
	err := d.drive.remove(name)
	if err != nil {
		if info, gone := d.lstat(name); gone != nil || info.IsDir() {
			return nil
		}
	}
	return err
}

func (d *disk) prune(_ context.Context, dir string) {
	if info, err := d.lstat(dir); err == nil && info.IsDir() && d.rmdir(dir) == nil {
		d.made.Delete(dir)
	}
}

func (d *disk) finish(context.Context, Plan) error { return nil }

func (d *disk) clean(context.Context) error {
	infos, err := d.list(workDir, 1<<20)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, info := range infos {
		if ours.MatchString(info.Name()) {
			err = errors.Join(err, d.drive.remove(workDir+"/"+info.Name()))
		}
	}
	return err
}

func (d *disk) note(ctx context.Context, name string) ([]byte, error) {
	f, err := d.Open(ctx, workDir+"/"+name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return folder.AtMost(f, limitOf(name))
}

// limitOf bounds a note.
func limitOf(note string) int64 {
	if note == lockNote {
		return maxLock
	}
	return maxJournal
}

func (d *disk) write(_ context.Context, name string, data []byte) error {
	return d.whole(workDir+"/"+name, data, d.rename)
}

func (d *disk) create(_ context.Context, name string, data []byte) error {
	return d.whole(workDir+"/"+name, data, d.claim)
}

func (d *disk) forget(ctx context.Context, name string) error {
	err := d.remove(ctx, workDir+"/"+name)
	if infos, wrong := d.list(workDir, 1); wrong == nil && len(infos) == 0 {
		d.prune(ctx, workDir)
	}
	return err
}

// named sorts what a folder holds.
func named(infos []fs.FileInfo) []fs.FileInfo {
	slices.SortFunc(infos, func(a, b fs.FileInfo) int { return bytes.Compare([]byte(a.Name()), []byte(b.Name())) })
	return infos
}
