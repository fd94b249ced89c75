package markdown

import (
	"bytes"
	"cmp"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// link gives the address that a link gets in the page, nil where it gets none.
func (d *document) link(destination []byte, offset int) []byte {
	// Escapes and entities are resolved here, once, so that what is judged is what
	// the browser gets. What is left is ASCII without spaces or control characters.
	target := addressOf(destination)
	scheme := bureau.Scheme(target)
	message, hint, ok := bureau.AddressFault(target)
	switch {
	case target == "":
		d.error(offset, problem.MarkdownLink,
			problem.Say("链接没有地址", "the link has no address"),
			problem.Say("在圆括号里写上地址：[文字](地址)", "write it between the round brackets: [text](address)"))
		return nil
	case !ok:
		d.error(offset, problem.MarkdownLink, message, hint)
		return nil
	case scheme != "" || target[0] == '#' || target[0] == '?':
	case target[0] == '/':
		target = d.fromRoot(target[1:])
	default:
		file, rest := cutAny(target, "?#")
		if ext := strings.ToLower(path.Ext(file)); ext == ".md" || ext == ".csv" {
			page, ok := d.resolve(file)
			if !ok {
				d.error(offset, problem.MarkdownLink,
					problem.Say("链接的文件“%s”没有对应的网页", "no page is made from the file \"%s\"", problem.Quote(unescaped(file))),
					problem.Say("检查文件名；路径从本文件所在的文件夹算起", "check its name; the path starts from the folder of this file"))
				return nil
			}
			target = d.fromRoot(page) + rest
		}
	}
	if file, rest := cutAny(target, "?#"); scheme == "" && strings.HasSuffix(file, "/") { // on a disk, too, a folder is not its page
		target = file + "index.html" + rest
	}
	d.Links = append(d.Links, Link{target, unescaped(string(destination)), d.at(offset)})
	return []byte(target)
}

// addressOf is a destination with its escapes and entities resolved and all else than ASCII
// encoded. goldmark encodes a character at a time, each in a text of its own.
func addressOf(destination []byte) string {
	if n := beyondASCII(destination); n > 0 && utf8.Valid(destination) && bytes.IndexByte(destination, '\\') < 0 {
		encoded := make([]byte, 0, len(destination)+2*n)
		for _, b := range destination {
			if b < utf8.RuneSelf {
				encoded = append(encoded, b)
			} else {
				encoded = append(encoded, '%', "0123456789ABCDEF"[b>>4], "0123456789ABCDEF"[b&15])
			}
		}
		destination = encoded
	}
	return string(util.URLEscape(destination, true))
}

// beyondASCII counts the bytes that are not ASCII.
func beyondASCII(text []byte) (n int) {
	for _, b := range text {
		if b >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// resolve gives the page that is made from a file, named relative to this one.
func (d *document) resolve(file string) (page string, ok bool) {
	source := path.Join(cmp.Or(d.body.Folder, path.Dir(d.body.File)), unescaped(file))
	if d.env.Resolve == nil || source == ".." || strings.HasPrefix(source, "../") {
		return "", false
	}
	page, ok = d.env.Resolve(source)
	return string(util.URLEscape([]byte(page), false)), ok
}

// fromRoot gives a path from the site's root as one from the page.
func (d *document) fromRoot(target string) string {
	if d.env.Root == "" && (target == "" || bureau.Scheme(target) != "") {
		return "./" + target
	}
	return d.env.Root + target
}

// autolink judges <https://…>, <name@host> and a bare address.
func (d *document) autolink(n *ast.AutoLink) {
	destination := n.URL(d.body.Text)
	if n.AutoLinkType == ast.AutoLinkEmail {
		destination = append([]byte("mailto:"), destination...)
	}
	// Unlike in [text](address), nothing is an escape here.
	destination = bytes.ReplaceAll(destination, []byte("&"), []byte("&amp;"))
	destination = bytes.ReplaceAll(destination, []byte("\\"), []byte("%5C"))
	n.SetAttribute([]byte("href"), d.link(destination, n.Pos()))
}

// image gives the address that an image gets in the page, nil where it gets none.
func (d *document) image(n *ast.Image) []byte {
	target := addressOf(n.Destination)
	if target == "" || bureau.Scheme(target) != "" || strings.HasPrefix(target, "//") {
		d.error(n.Pos(), problem.MarkdownImage,
			problem.Say("图片“%s”不在本站", "the image \"%s\" is not on this site", problem.Quote(target)),
			problem.Say("把图片放进 data/static/，地址写成 /static/文件名", "put the image into data/static/ and write /static/name"))
		return nil
	}
	if d.words(n) == "" {
		d.warn(n.Pos(), problem.MarkdownAlt,
			problem.Say("图片“%s”没有文字说明，看不到图片的人无从得知内容", "the image \"%s\" has no text for those who cannot see it", problem.Quote(target)),
			problem.Say("在方括号里写上说明：![说明](地址)", "write it between the square brackets: ![text](address)"))
	}
	if target[0] == '/' {
		target = d.fromRoot(target[1:])
	}
	d.Links = append(d.Links, Link{target, unescaped(string(n.Destination)), d.at(n.Pos())})
	return []byte(target)
}

func cutAny(s, chars string) (before, rest string) {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

func unescaped(target string) string {
	if plain, err := url.PathUnescape(target); err == nil {
		return plain
	}
	return target
}
