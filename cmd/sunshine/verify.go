package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"sunshine/site"
	"sunshine/site/ledger"
	"sunshine/site/problem"
	"sunshine/site/published"
)

// verify holds a published site against its manifest, its signature and its log, and
// says what that proves and what it does not.
func (c *command) verify(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if len(args) != 1 {
		return 0, usage("sunshine verify 要写一个网站的目录或者网址", "sunshine verify needs the folder or the address of one site")
	}
	place := args[0]
	against, err := against(f)
	if err != nil {
		return 0, err
	}
	o := site.Options{Dir: f.from, Jobs: f.jobs, Version: version(), Previous: f.previous}
	if f.from != "" {
		if o.Dir, err = folder([]string{f.from}); err != nil {
			return 0, err
		}
	}
	verified, problems, err := site.Verify(ctx, place, against, o)
	switch {
	case errors.Is(err, published.ErrNoManifest):
		return 0, usage("“%s”里没有 sunshine 写的 manifest.json，无从核对；请写 sunshine build 写出的目录，或者网站首页的网址", "%q has no manifest.json written by sunshine, so there is nothing to verify; name the folder that sunshine build wrote, or the address of a home page", problem.Quote(place))
	case errors.Is(err, published.ErrAddress):
		return 0, usage("“%s”不是网站的网址", "%q is not the address of a site", problem.Quote(place))
	case err != nil && published.IsAddress(place):
		fmt.Fprintln(c.stderr, problem.Say("连不上“%s”：%s", "%s cannot be reached: %s", problem.Quote(place), published.Reason(err)).In(lang))
		return exitProblems, nil
	case errors.Is(err, fs.ErrNotExist):
		return 0, usage("没有“%s”", "there is no %q", problem.Quote(place))
	case err != nil:
		return 0, err
	}
	writeText(c.stderr, lang, problems)
	c.say(f, lang, problem.Say("清单上有文件%d个，不符%d处", "files in the manifest: %d, differences: %d", verified.Files, len(problems)))
	c.say(f, lang, problem.Say("manifest.json 的 SHA-256：%s；请与生成时留存的对照，一致才说明清单没有被换过", "SHA-256 of manifest.json: %s; compare it with the one that the build printed: only if they are the same, the manifest was not replaced", verified.Manifest))
	if verified.Head != "" {
		c.say(f, lang, problem.Say("发布记录%d份；把 ledger/head.txt 留存下来，下次用 --head 核对历史有没有改写", "releases in the log: %d; keep ledger/head.txt, and hold the next visit against it with --head", verified.Releases))
	}
	if len(problems) == 0 {
		for _, line := range proved(verified, against, f) {
			c.say(f, lang, line)
		}
	}
	return verdict(problems, false), nil
}

// proved says in words what a verification without problems shows, and what not.
func proved(v published.Verified, against published.Against, f *flags) []problem.Text {
	lines := []problem.Text{problem.Say("证明了：每个文件与清单一致，历次公布的表与发布记录一致", "proved: every file is the one in the manifest, and the tables of every release are those in the log")}
	if v.Releases == 0 {
		lines[0] = problem.Say("证明了：每个文件与清单一致；网站还没有发布记录，以前公布过什么、有没有改动，无从核对", "proved: every file is the one in the manifest; the site has no log of releases, so that what was published before, and whether it changed, cannot be checked")
	}
	if against.Key != nil {
		lines = append(lines, problem.Say("证明了：清单和发布记录由持有这把公钥所对密钥的人签署", "proved: manifest and log were signed by whoever holds the key of this public line"))
	} else {
		lines = append(lines, problem.Say("没有证明：清单没有被整个换过（给出 --key 公钥，或者与留存的 SHA-256 对照）", "not proved: that page and manifest were not forged together (give --key, or compare the SHA-256 with one that was kept)"))
	}
	if against.Head != nil {
		lines = append(lines, problem.Say("证明了：留存的%d份发布记录原样都在，后来的只是接着写", "proved: the %d releases of the head that was kept are all there, unchanged, and later ones follow them", against.Head.Size))
	} else {
		lines = append(lines, problem.Say("没有证明：历史没有被整个改写过（给出以前留存的 --head）", "not proved: that history was not written anew as a whole (give a head that was kept with --head)"))
	}
	if f.from != "" {
		lines = append(lines, problem.Say("证明了：用“%s”重新生成，每个文件逐字节相同", "proved: built again from %s, every file has the same bytes", problem.Quote(f.from)))
	} else {
		lines = append(lines, problem.Say("没有证明：数字是由所说的原始数据算出来的（给出 --from 目录重新生成）", "not proved: that the figures follow from the inputs (build again with --from DIR)"))
	}
	if v.Kept > 0 && f.from != "" && f.previous == "" {
		lines = append(lines, problem.Say("没有证明：有%d项沿用以前公布的内容，取自这个网站自己留存的副本（用 --previous 写上以前那一次网站的文件夹）", "not proved: documents that stand as they were published before: %d, taken from the copies that this site keeps itself (name that publication with --previous)", v.Kept))
	}
	lines = append(lines, problem.Say("没有证明：这就是最新的一版（它是“%s”的；以前见过更晚的，就是换回了旧的）", `not proved: that this is the newest site (it is of "%s"; if a later one was seen before, an older one was put back)`, problem.Quote(v.Day)))
	if !v.Beside {
		lines = append(lines, problem.Say("没有证明：网址上没有清单以外的文件（要核对文件夹才看得出来）", "not proved: that nothing stands beside the files of the manifest (only a folder can be looked through)"))
	}
	return lines
}

// against reads what the reader holds a site against.
func against(f *flags) (published.Against, error) {
	var a published.Against
	if f.key != "" {
		key, err := ledger.ParsePublicKey(f.key)
		if err != nil {
			return a, usage("--key 要写公钥：sunshine key new 显示的那一行", "--key takes a public key: the line that sunshine key new printed")
		}
		a.Key = key
	}
	if f.head != "" {
		text, err := small(f.head)
		if err != nil {
			return a, usage("读不了“%s”；--head 要写以前留存的 ledger/head.txt", "%q cannot be read; --head names a ledger/head.txt that was kept", problem.Quote(f.head))
		}
		head, err := ledger.ParseHead(text)
		if err != nil {
			return a, usage("“%s”不是发布记录的 head.txt", "%q is not the head.txt of a log", problem.Quote(f.head))
		}
		a.Head = &head
	}
	return a, nil
}
