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

	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/problem"
)

// keyVariable names the file of the key that build, release and publish sign with.
const keyVariable = "SUNSHINE_KEY"

const maxKey = 4 << 10 // bytes of the file of a key

// key makes a key: its secret line goes to a new file that only its owner reads, its
// public line to standard output, alone.
func (c *command) key(_ context.Context, _ *flags, args []string, lang problem.Language) (int, error) {
	if len(args) != 2 || args[0] != "new" {
		return 0, usage("写成 sunshine key new 文件", "write sunshine key new FILE")
	}
	file := args[1]
	if inBureau(file) {
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

// inBureau tells whether a file would stand in the folder of a bureau: one with data/
// in it, or below.
func inBureau(file string) bool {
	path, err := filepath.Abs(file)
	if err != nil {
		return false
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(bureau.SiteKind.File()))); err == nil && info.Mode().IsRegular() {
			return true
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}

// signer is the key that SUNSHINE_KEY names, nil where it names none.
func (c *command) signer() (*ledger.Key, error) {
	file := c.env(keyVariable)
	if file == "" {
		return nil, nil
	}
	wrong := usage("环境变量 %s 写的“%s”不是 sunshine key new 做的密钥", "%s names %q, which is not a key that sunshine key new made", keyVariable, problem.Quote(file))
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxKey {
		return nil, wrong
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, wrong
	}
	key, err := ledger.ParseKey(string(text))
	if err != nil {
		return nil, wrong
	}
	return key, nil
}
