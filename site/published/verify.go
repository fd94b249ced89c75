package published

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"

	"sunshine/site/each"
	"sunshine/site/ledger"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// Against is what somebody outside holds a site against, kept where whoever can change
// the site cannot change it.
type Against struct {
	Key  *ledger.PublicKey // whose signature the site has to have; nil where none is asked for
	Head *ledger.Head      // of the log, as it was seen before; nil where none was kept
}

// Verified is what was found.
type Verified struct {
	Files    int    // that the manifest names
	Manifest string // SHA-256 of manifest.json, lower-case hexadecimal
	Day      string // that the site is of, as the manifest has it
	Head     string // of the log, its text without signatures; empty where there is none
	Releases int    // in the log
	Kept     int    // documents that stand as an earlier publication had them
	Beside   bool   // that there is no file beside those of the manifest was looked into
}

// Verify holds a site against its manifest, its log, and what is kept of both. The
// problems name every file that differs, is missing, or, in a folder, stands beside
// those of the manifest (.git and an empty .gitkeep apart). Up to jobs files are read
// at a time.
//
// Whoever can change a page can make a manifest that fits it. That is found by the
// key, or by the manifest's sum where it was kept; that history was written anew, by
// the key or by an earlier head. A site that the bureau signed once and that was put
// back whole is found by the head where it lacks a release that the head has, else
// only by its day.
func Verify(ctx context.Context, s *Site, against Against, jobs int) (Verified, problem.List, error) {
	v := Verified{Files: len(s.Manifest.Files), Manifest: s.Sum, Day: s.Manifest.AsOf}
	for _, k := range s.Manifest.Kept {
		if k.Since != "" {
			v.Kept++
		}
	}
	problems, err := s.files(ctx, jobs)
	if err != nil {
		return v, problems, err
	}
	if at, ok := s.place.(standingAt); ok {
		v.Beside = true
		problems.Add(s.strangers(at.root.FS()))
	}
	problems.Add(s.log(ctx, against, &v))
	if against.Key != nil {
		problems.Add(s.signature(ctx, against.Key))
	}
	problems.Sort()
	return v, problems, nil
}

// files reads every file that the manifest names.
func (s *Site) files(ctx context.Context, jobs int) (problem.List, error) {
	all := s.Manifest.Files
	found := make([]problem.List, len(all))
	seen := make(map[string]bool, len(all))
	twice, beyond := make([]bool, len(all)), make([]bool, len(all))
	var size int64
	for i, d := range all {
		twice[i] = seen[d.Path]
		seen[d.Path] = true
		size += min(max(d.Size, 0), maxFile)
		beyond[i] = size > maxSite
	}
	at := problem.Position{File: s.place.Name(write.ManifestName)}
	err := each.Do(jobs, len(all), func(i int) error {
		d := all[i]
		if !fs.ValidPath(d.Path) {
			found[i].Error(at, problem.VerifyPath, problem.Say("清单里的“%s”不是网站里的路径", `the manifest names "%s", which is not a path in a site`, problem.Quote(d.Path)), rebuild)
			return nil
		}
		if twice[i] {
			found[i].Error(at, problem.VerifyTwice, problem.Say("清单里“%s”写了两次", `the manifest names "%s" twice`, problem.Quote(d.Path)), rebuild)
			return nil
		}
		at := problem.Position{File: s.place.Name(d.Path)}
		if beyond[i] {
			found[i].Error(at, problem.VerifyUnreadable, problem.Say("这个文件读不了：%s", "the file cannot be read: %s", problem.Say("整个网站太大", "the site as a whole is too large")), rebuild)
			return nil
		}
		switch same, err := s.holds(ctx, d); {
		case errors.Is(err, fs.ErrNotExist):
			found[i].Error(at, problem.VerifyMissing, problem.Say("清单里有这个文件，网站里没有了", "the file is in the manifest but is missing"), rebuild)
		case err != nil:
			found[i].Error(at, problem.VerifyUnreadable, problem.Say("这个文件读不了：%s", "the file cannot be read: %s", Reason(err)), rebuild)
		case !same:
			found[i].Error(at, problem.VerifyDiffers, problem.Say("文件的内容与清单不符", "the file differs from what the manifest says"), rebuild)
		}
		return ctx.Err()
	})
	var problems problem.List
	for _, one := range found {
		problems = append(problems, one...)
	}
	return problems, err
}

var rebuild = problem.Say("发布单位先查明是谁改的，再运行 sunshine build 恢复；从外面核对的，向发布单位查问", "the bureau finds out who changed it, and sunshine build restores it; whoever verifies from outside asks the bureau")

// holds tells whether a file has the bytes that the manifest says.
func (s *Site) holds(ctx context.Context, d write.Digest) (bool, error) {
	f, err := s.place.Open(ctx, d.Path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(f, min(d.Size, maxFile)+1))
	return n == d.Size && hex.EncodeToString(sum.Sum(nil)) == d.SHA256, err
}

// strangers are the files of a folder that its manifest does not name.
func (s *Site) strangers(fsys fs.FS) problem.List {
	var problems problem.List
	fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		at := problem.Position{File: s.place.Name(path)}
		_, named := s.digests[path]
		switch {
		case err != nil:
			problems.Error(at, problem.VerifyUnreadable, problem.Say("这个文件读不了：%s", "the file cannot be read: %s", Reason(err)), rebuild)
		case path == ".git" && d.IsDir():
			return fs.SkipDir
		case write.Beside(path, d):
		case !d.IsDir() && !named:
			problems.Error(at, problem.VerifyStranger, problem.Say("这个文件不在清单里，不是 sunshine 写的", "the file is not in the manifest: sunshine did not write it"),
				problem.Say("发布单位不需要就删去，要公开的放到 data/static/ 再生成；从外面核对的，向发布单位查问", "the bureau deletes it, or puts it in data/static/ to publish it; whoever verifies from outside asks the bureau"))
		}
		return nil
	})
	return problems
}

// signature holds the signature of the manifest against a key.
func (s *Site) signature(ctx context.Context, key *ledger.PublicKey) problem.List {
	var problems problem.List
	at := problem.Position{File: s.place.Name(write.SignatureName)}
	signed, err := s.read(ctx, write.SignatureName, maxSignature)
	switch text, ok := key.Signed(string(signed)); {
	case errors.Is(err, fs.ErrNotExist):
		problems.Error(at, problem.VerifySignature, problem.Say("网站没有签名", "the site is not signed"), whoseKey)
	case err != nil:
		problems.Error(at, problem.VerifyUnreadable, problem.Say("这个文件读不了：%s", "the file cannot be read: %s", Reason(err)), whoseKey)
	case !ok:
		problems.Error(at, problem.VerifySignature, problem.Say("清单的签名不是这把公钥的", "the manifest is not signed with this key"), whoseKey)
	case text != ledger.ManifestText(s.manifest):
		problems.Error(at, problem.VerifySignature, problem.Say("签名是另一份清单的", "what is signed is another manifest"), whoseKey)
	}
	return problems
}

const maxSignature = 64 << 10

var whoseKey = problem.Say("核对公钥是不是这个单位公布的；是的话，网站被换过，向发布单位查问", "check that the public key is the one this bureau gave out; if it is, the site was replaced: ask the bureau")
