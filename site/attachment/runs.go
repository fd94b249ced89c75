package attachment

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"sunshine/site/text"
)

// shortest is how many characters a run has that is worth looking at.
const shortest = 5

// runs gives the runs of text in bytes that are none as a whole, a line each: in
// UTF-16, from even and odd bytes, in UTF-8 and in GBK.
func runs(data []byte) []byte {
	var out []byte
	for odd := range 2 {
		var run []uint16
		end := func() {
			if len(run) >= shortest {
				out = append(append(out, string(utf16.Decode(run))...), '\n')
			}
			run = run[:0]
		}
		for i := odd; i+1 < len(data); i += 2 {
			if u := uint16(data[i]) | uint16(data[i+1])<<8; printable(u) {
				run = append(run, u)
			} else {
				end()
			}
		}
		end()
	}
	for start := 0; start < len(data); {
		n := 0
		for start+n < len(data) {
			b := data[start+n]
			if b >= ' ' && b < 0x7f || b == '\t' {
				n++
			} else if b >= 0x81 && start+n+1 < len(data) && data[start+n+1] >= 0x40 {
				n += 2
			} else {
				break
			}
		}
		if n >= shortest {
			run := data[start : start+n]
			if !utf8.Valid(run) {
				decoded, _, err := text.Decode(run, "gb18030")
				if err != nil { // half a character, or none: the ASCII in it stays
					decoded = bytes.Map(func(r rune) rune {
						if r < utf8.RuneSelf {
							return r
						}
						return ' '
					}, run)
				}
				run = decoded
			}
			out = append(append(out, run...), '\n')
		}
		start += n + 1
	}
	return out
}

// printable tells whether a unit of UTF-16 is a character that an office writes.
func printable(u uint16) bool {
	return u >= ' ' && u < 0x7f || u == '\t' || 0x2010 <= u && u <= 0x2043 || 0x3000 <= u && u <= 0x303f || 0x4e00 <= u && u <= 0x9fff || 0xff00 <= u && u <= 0xffef
}
