package write

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"sunshine/site/problem"
)

// checkPlace refuses a folder in which a site must not be written: a symbolic
// link, a folder inside data, one that holds data.
func checkPlace(out, data string) error {
	other := problem.Say("请用 --out 指定另一个文件夹", "give another folder with --out")
	info, err := os.Lstat(out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return systemError(out, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return refuse(out, problem.WriteFolder, problem.Say("输出文件夹是符号链接", "the output folder is a symbolic link"),
			problem.Say("请用 --out 写出链接指向的文件夹", "give the folder that it points to with --out"))
	case !info.IsDir():
		return refuse(out, problem.WriteFolder, problem.Say("输出位置是一个文件，不是文件夹", "the output folder is a file"), other)
	}
	if inside, err := Within(out, data); err != nil {
		return systemError(out, err)
	} else if inside {
		return refuse(out, problem.WriteFolder, problem.Say("输出文件夹在数据文件夹之内", "the output folder lies in the data folder"), other)
	}
	if inside, err := Within(data, out); err != nil {
		return systemError(out, err)
	} else if inside {
		return refuse(out, problem.WriteFolder, problem.Say("输出文件夹里有数据文件夹", "the output folder holds the data folder"), other)
	}
	return nil
}

// Within tells whether name is dir or lies in it, links resolved. What does not
// exist yet holds nothing.
func Within(name, dir string) (bool, error) {
	want, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	name, err = filepath.Abs(name)
	if err != nil {
		return false, err
	}
	for {
		resolved, err := filepath.EvalSymlinks(name)
		if err == nil {
			name = resolved
			break
		}
		parent := filepath.Dir(name)
		if !errors.Is(err, fs.ErrNotExist) || parent == name {
			return false, err
		}
		name = parent
	}
	for {
		if info, err := os.Stat(name); err == nil && os.SameFile(info, want) {
			return true, nil
		}
		parent := filepath.Dir(name)
		if parent == name {
			return false, nil
		}
		name = parent
	}
}
