package attachment

import (
	"encoding/hex"
	"strconv"

	"sunshine/site/problem"
	"sunshine/site/text"
)

// rtf reads the text of every group of an RTF file, hidden or not; pictures in it;
// and names embedded objects.
func (j *job) rtf(data []byte, at problem.Text, depth int) {
	var words, bytes8 []byte // bytes8 are characters of the code page, still to be decoded
	flush := func() {
		if len(bytes8) > 0 {
			if decoded, _, err := text.Decode(bytes8, "gb18030"); err == nil {
				words = append(words, decoded...)
			} else {
				words = append(words, runs(bytes8)...)
			}
			bytes8 = bytes8[:0]
		}
	}
	type group struct {
		packed bool // of a picture or an object, in hexadecimal
		skip   int  // characters that stand for one in Unicode
	}
	groups := []group{{skip: 1}}
	top := func() *group { return &groups[len(groups)-1] }
	var packed []byte
	object, pending, braces := false, 0, 0
	for i := 0; i < len(data); {
		switch b := data[i]; {
		case b == '{':
			if braces++; len(groups) < maxMembers {
				groups = append(groups, *top())
			}
			i++
		case b == '}':
			if top().packed && len(packed) > 0 {
				raw := make([]byte, len(packed)/2)
				n, _ := hex.Decode(raw, packed[:len(packed)/2*2])
				packed = nil
				switch {
				case object:
					j.give(within(at, problem.Say("嵌入文件", "an embedded file")), runs(raw[:n]))
					j.fail(within(at, problem.Say("嵌入文件", "an embedded file")), oldOffice)
				case isPicture(raw[:n]):
					j.picture(raw[:n], within(at, problem.Say("图片", "a picture")), depth)
				default:
					j.give(within(at, problem.Say("图片", "a picture")), runs(raw[:n]))
					j.fail(within(at, problem.Say("图片", "a picture")), vector)
				}
			}
			if braces--; len(groups) > 1 {
				groups = groups[:len(groups)-1]
			}
			i++
		case b == '\\' && i+1 < len(data):
			i++
			c := data[i]
			switch {
			case c == '\'' && i+2 < len(data):
				if v, err := strconv.ParseUint(string(data[i+1:i+3]), 16, 8); err == nil {
					if pending > 0 {
						pending--
					} else {
						bytes8 = append(bytes8, byte(v))
					}
				}
				i += 3
			case c|0x20 < 'a' || c|0x20 > 'z':
				switch c {
				case '~':
					bytes8 = append(bytes8, ' ')
				case '_':
					bytes8 = append(bytes8, '-')
				case '\\', '{', '}':
					bytes8 = append(bytes8, c)
				}
				i++
			default:
				start := i
				for i < len(data) && data[i]|0x20 >= 'a' && data[i]|0x20 <= 'z' {
					i++
				}
				word := string(data[start:i])
				start = i
				if i < len(data) && data[i] == '-' {
					i++
				}
				for i < len(data) && data[i] >= '0' && data[i] <= '9' {
					i++
				}
				n, err := strconv.Atoi(string(data[start:i]))
				if i < len(data) && data[i] == ' ' {
					i++
				}
				switch word {
				case "u":
					flush()
					words = append(words, string(rune(uint16(n)))...)
					pending = top().skip
				case "uc":
					top().skip = max(0, n)
				case "bin":
					if err == nil && n > 0 {
						j.fail(at, oldOffice)
						i = min(len(data), i+n)
					}
				case "pict":
					top().packed, packed, object = true, nil, false
				case "objdata":
					top().packed, packed, object = true, nil, true
				case "par", "line", "cell", "row", "tab", "sect", "page":
					flush()
					words = append(words, '\n')
				}
			}
		case b == '\r' || b == '\n':
			i++
		case top().packed:
			if b != ' ' {
				packed = append(packed, b)
			}
			i++
		case pending > 0 && b != '\\':
			pending--
			i++
		default:
			bytes8 = append(bytes8, b)
			i++
		}
	}
	flush()
	j.give(within(at, problem.Say("正文", "the text")), words)
	if braces != 0 {
		j.fail(at, damaged)
	}
}
