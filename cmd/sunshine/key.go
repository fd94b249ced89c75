package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/problem"
)

// keyVariable names the file of the key that build, release and publish sign with.
const keyVariable = "SUNSHINE_KEY"

const maxSmall = 64 << 10 // bytes of the file of a key or a head

// key makes a key: its secret line goes to a new file that only its owner reads, its
// public line to standard output, alone.
func (c *command) key(_ context.Context, _ *flags, args []string, lang problem.Language) (int, error) {
	if len(args) != 2 || args[0] != "new" {
		return 0, usage("写成 sunshine key new 文件", "write sunshine key new FILE")
	}
	file := args[1]
	switch inside, err := inBureau(file); {
	case err != nil:
		return 0, usage("没有“%s”所在的目录，或者进不去", "the folder of %q is not there, or cannot be entered", problem.Quote(file))
	case inside:
		return 0, usage("密钥不能放在单位的目录里：那里的文件会存入版本库，或者公开；换一个位置", "the key must not stand in the bureau's folder, whose files go to the repository or to the public; use another place")
	}
	secret, public, err := ledger.NewKey(rand.Reader)
	if err != nil {
		return 0, err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return 0, usage("“%s”已经有了，不会覆盖；换一个文件名", "%q is there already and is left alone; use another name", problem.Quote(file))
	}
	if err != nil {
		return 0, err
	}
	if _, err = io.WriteString(f, secret+"\n"); err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		os.Remove(file)
		return 0, err
	}
	fmt.Fprintln(c.stdout, public)
	fmt.Fprintln(c.stderr, problem.Say("密钥在“%[1]s”，只有签名的人能读；把环境变量 %[2]s 设为它的位置，生成时就会签名。上面一行是公钥，请在网站以外公布", "the secret key is in %[1]q: keep it from all who do not sign, and set %[2]s to its place; the line above is the public key: give it out by other ways than the site", problem.Quote(file), keyVariable).In(lang))
	return exitFine, nil
}

// inBureau tells whether a file would stand in the folder of a bureau or below, by
// whatever links it is reached. The root of a disk is no bureau for a /data alone.
func inBureau(file string) (bool, error) {
	dir, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return false, err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return false, err
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if isBureau(dir) {
			return true, nil
		}
	}
	_, err = os.Stat(filepath.Join(dir, filepath.FromSlash(bureau.SiteKind.File())))
	return err == nil, nil
}

// small reads a file of a line or a few, and nothing that has no end.
func small(file string) (string, error) {
	info, err := os.Stat(file)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() || info.Size() > maxSmall {
		return "", fs.ErrInvalid
	}
	text, err := os.ReadFile(file)
	return string(text), err
}

// signer is the key that SUNSHINE_KEY names, nil where it names none.
func (c *command) signer() (*ledger.Key, error) {
	file := c.env(keyVariable)
	if file == "" {
		return nil, nil
	}
	if strings.HasPrefix(file, "PRIVATE+KEY") { // it is not quoted: logs would show it
		return nil, usage("环境变量 %s 里写的是密钥的内容，要写密钥文件的位置；内容不要写在命令和设置里", "%s holds the key itself; it takes the place of the key's file: keep the key out of commands and settings", keyVariable)
	}
	wrong := usage("环境变量 %s 写的“%s”不是 sunshine key new 做的密钥", "%s names %q, which is not a key that sunshine key new made", keyVariable, problem.Quote(file))
	text, err := small(file)
	if err != nil {
		return nil, wrong
	}
	key, err := ledger.ParseKey(text)
	if err != nil {
		return nil, wrong
	}
	return key, nil
}
