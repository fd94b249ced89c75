package attachment

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/text"
)

// font tells which characters the bytes of a text are. The zero value knows none.
type font struct {
	known bool
	named string            // an encoding of package text
	table map[string]string // by code: ToUnicode or Differences
	sizes []int             // the lengths of the codes of the table, the shortest first
	plain bool              // a code that is not in the table is ASCII
}

// font gives the font of an object, once for each.
func (p *pdf) font(o object) *font {
	if r, is := o.(ref); is {
		if p.fonts[r] == nil {
			p.fonts[r] = p.newFont(p.dict(o))
		}
		return p.fonts[r]
	}
	return p.newFont(p.dict(o))
}

func (p *pdf) newFont(d dict) *font {
	if d == nil {
		return &font{}
	}
	if r, is := d["ToUnicode"].(ref); is {
		for _, s := range slices.Backward(p.streams) {
			if s.number != int(r) {
				continue
			}
			if content, ok := p.unpack(s); ok {
				if f := cmap(content); len(f.table) > 0 {
					return f
				}
			}
			break
		}
	}
	encoding, _ := p.get(d["Encoding"]).(name)
	if d["Subtype"] == name("Type0") {
		switch e := string(encoding); {
		case strings.HasPrefix(e, "UniGB-UCS2"), strings.HasPrefix(e, "UniGB-UTF16"):
			return &font{known: true, named: "utf-16be"}
		case strings.HasPrefix(e, "GB"):
			return &font{known: true, named: "gb18030"}
		case strings.HasPrefix(e, "ETen-B5"), strings.HasPrefix(e, "B5"):
			return &font{known: true, named: "big5"}
		}
		return &font{}
	}
	if differences, is := p.dict(d["Encoding"])["Differences"]; is {
		f := &font{known: true, table: map[string]string{}, sizes: []int{1}, plain: true}
		list, _ := p.get(differences).([]object)
		code := 0
		for _, o := range list {
			switch v := o.(type) {
			case float64:
				code = int(v)
			case name:
				f.table[string([]byte{byte(code)})] = glyph(string(v))
				code++
			}
		}
		return f
	}
	descriptor := p.dict(d["FontDescriptor"])
	embedded := descriptor["FontFile"] != nil || descriptor["FontFile2"] != nil || descriptor["FontFile3"] != nil
	if encoding == "" && embedded || d["Subtype"] == name("Type3") {
		return &font{} // its codes are its own
	}
	return &font{known: true, plain: true}
}

// decode gives a text in UTF-8; ok is false where one of its characters is not known.
func (f *font) decode(s []byte) (decoded []byte, ok bool) {
	switch {
	case f == nil || !f.known:
		return runs(s), len(s) == 0
	case f.named == "utf-16be":
		return utf16BE(s), true
	case f.named != "":
		decoded, _, err := text.Decode(s, f.named)
		if err != nil {
			return runs(s), false
		}
		return decoded, true
	}
	ok = true
	for len(s) > 0 {
		n := 0
		for _, size := range f.sizes {
			if size <= len(s) {
				if chars, is := f.table[string(s[:size])]; is {
					decoded = append(decoded, chars...)
					ok = ok && chars != ""
					n = size
					break
				}
			}
		}
		if n == 0 {
			n = 1
			switch {
			case f.plain && s[0] < 0x80:
				decoded = append(decoded, s[0])
			case f.plain: // accents and signs: no digit, no Chinese character
				decoded = append(decoded, ' ')
			default:
				ok = false
				if len(f.sizes) > 0 {
					n = min(len(s), slices.Max(f.sizes))
				}
			}
		}
		s = s[n:]
	}
	return decoded, ok
}

// glyphs are the names of the characters that numbers and addresses are made of.
var glyphs = map[string]string{
	"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
	"space": " ", "hyphen": "-", "minus": "-", "period": ".", "at": "@", "underscore": "_", "plus": "+", "comma": ",", "colon": ":",
	"slash": "/", "parenleft": "(", "parenright": ")", "numbersign": "#", "star": "★",
}

// marks are beginnings of names of glyphs that are no letters, digits or Chinese
// characters.
var marks = []string{"quote", "quotedbl", "quotesingle", "bullet", "endash", "emdash", "percent", "asterisk", "semicolon", "question", "exclam", "bracket", "brace", "bar", "dollar", "ampersand", "equal", "less", "greater", "asciitilde", "asciicircum", "grave", "backslash", "ellipsis", "section", "copyright", "registered", "trademark", "degree", "multiply", "divide", "fi", "fl", "ff", ".notdef"}

// glyph gives the character of a name; empty where it is not known.
func glyph(named string) string {
	if c, is := glyphs[named]; is {
		return c
	}
	if len(named) == 1 {
		return named
	}
	for _, prefix := range []string{"uni", "u"} {
		if digits, is := strings.CutPrefix(named, prefix); is && len(digits) >= 4 {
			if v, err := strconv.ParseUint(digits[:4], 16, 32); err == nil {
				return string(rune(v))
			}
		}
	}
	for _, m := range marks {
		if strings.HasPrefix(named, m) {
			return " "
		}
	}
	for _, accent := range []string{"acute", "grave", "circumflex", "dieresis", "tilde", "cedilla", "caron", "ring", "slash", "macron", "ogonek"} {
		if strings.HasSuffix(named, accent) {
			return " "
		}
	}
	return ""
}

// cmap reads a table of characters.
func cmap(content []byte) *font {
	f := &font{known: true, table: map[string]string{}}
	l := lexer{data: content}
	var operands []object
	add := func(code []byte, chars string) {
		if len(f.table) < 1<<17 && len(code) > 0 && len(code) <= 4 {
			if !slices.Contains(f.sizes, len(code)) {
				f.sizes = append(f.sizes, len(code))
				slices.Sort(f.sizes)
			}
			f.table[string(code)] = chars
		}
	}
	for {
		o, keyword, ok := l.next(0)
		if !ok {
			return f
		}
		if keyword == "" {
			operands = append(operands, o)
			continue
		}
		switch keyword {
		case "endbfchar":
			for i := 0; i+1 < len(operands); i += 2 {
				code, _ := operands[i].([]byte)
				chars, _ := operands[i+1].([]byte)
				add(code, string(utf16BE(chars)))
			}
		case "endbfrange":
			for i := 0; i+2 < len(operands); i += 3 {
				low, _ := operands[i].([]byte)
				high, _ := operands[i+1].([]byte)
				if len(low) != len(high) || len(low) == 0 {
					continue
				}
				chars, _ := operands[i+2].([]byte)
				list, _ := operands[i+2].([]object)
				code, to := bytes.Clone(low), bytes.Clone(chars)
				for k := 0; k < 1<<16 && bytes.Compare(code, high) <= 0; k++ {
					if list != nil {
						if k >= len(list) {
							break
						}
						to, _ = list[k].([]byte)
					}
					add(code, string(utf16BE(to)))
					if list == nil {
						increase(to)
					}
					if !increase(code) {
						break
					}
				}
			}
		}
		operands = operands[:0]
	}
}

// increase adds one to a number in bytes; false where it is the largest.
func increase(n []byte) bool {
	for i := len(n) - 1; i >= 0; i-- {
		if n[i]++; n[i] != 0 {
			return true
		}
	}
	return false
}
