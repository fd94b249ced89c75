// Package privacy finds personal data before they are published.
//
// What is looked for, each under a rule of its own; E stops the build, W warns:
//
//	privacy/resident-id     18 places with a province code, a real date and the right
//	                        check character (E); beside 身份证 also with a wrong one
//	                        (W; E in a column of them)
//	privacy/resident-id-15  the old 15 digits (W; E beside 身份证 or 证件号)
//	privacy/mangled-id      what a spreadsheet leaves of one, 1.10105E+17 (E)
//	privacy/column          a column of a statistic headed by who somebody is (E)
//	privacy/mobile          1[3-9] and nine digits, with or without +86 (E)
//	privacy/bank-card       16 to 19 digits with a card's prefix and Luhn's check (E)
//	privacy/plate           province, letter, five or six places (E)
//	privacy/passport        letter and digits of a passport (W; E beside 护照 or 通行证)
//	privacy/email           an address outside the bureau's domains (W)
//	privacy/address         a home address down to 单元 or 室 (E)
//	privacy/name            a name after 犯罪嫌疑人 被害人 … without 某 (W), or in the title
//	                        of a case, 王大锤被诈骗案 (W; E in a cell of a table)
//	privacy/consent         a name after 市民 失主 司机 … without a consent (E)
//	privacy/minor           an age under 18 near 被害 违法 拘留 (W)
//	privacy/secret          绝密 机密 秘密 with ★ or alone in a line, 本材料为内部资料 (E)
//	privacy/image-location  where a photograph was taken, in its metadata (E)
//	privacy/image-author    who took it (W)
//	privacy/penalty         a decision of a penalty that names an individual (E)
//
// Before anything is compared, invisible characters are taken out, full-width
// digits and letters are folded to ASCII, and in pages character references are
// decoded, and tags inside a word taken out; digits split by spaces or hyphens are joined,
// by other signs where they stand in the usual groups. A hit keeps its place
// in the text as it stands.
//
//	privacy/not-inspected   an attachment, or a part of one, that was not searched (W),
//	                        and a text with more hits than are looked at (E)
//
// Scan finds hits in one text. File, Statistic, List, Register and Attachments make
// findings of an input, with their places; what cannot be read is a finding, too,
// and never taken for harmless. Guard judges all of them once the
// whole bureau is known: the official numbers of the bureau and what
// data/privacy.yaml waives may stand, in the inputs and in the pages. What the
// command drew itself is not searched. No message holds a value whole, or
// anything that lets it be tried.
package privacy

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"

	"sunshine/site/problem"
)

// Hit is a part of a text that may be personal data.
type Hit struct {
	Rule       problem.Rule
	Severity   problem.Severity
	Start, End int    // bytes of the text
	Value      string // normalised: without separators, in ASCII

	// cleared tells that what stands beside the value says that it is none: a
	// serial number, an amount. A page may show it without that.
	cleared bool
}

// maxHits is how many hits of one text are found. More of the same help nobody,
// but what stands behind them is not searched, and that is a hit itself.
const maxHits = 1000

// Scan finds the first hits in a text. beside is what stands next to
// it, such as the header of its column.
func Scan(text []byte, beside string) []Hit {
	return slices.DeleteFunc(scan(text, beside, false), func(h Hit) bool { return h.cleared })
}

func scan(text []byte, beside string, markup bool) []Hit {
	s := scanner{text: text, beside: beside, markup: markup}
	if s.run() {
		return s.hits
	}
	plain, offsets := normalize(text, markup)
	s = scanner{text: plain, beside: beside, normal: true, markup: markup}
	s.run()
	for i := range s.hits {
		s.hits[i].Start, s.hits[i].End = int(offsets[s.hits[i].Start]), int(offsets[s.hits[i].End])
	}
	return s.hits
}

// scanner looks at every byte of a text once, and closer at those few where a
// detector may begin or end.
type scanner struct {
	text   []byte
	beside string
	markup bool // HTML, SVG or XML
	normal bool // nothing in it is hidden any more
	groups []span
	loose  []bool // whether a sign behind each group but the last joins the usual lengths only
	veil   bool   // a tag parts digits
	hits   []Hit

	cleared int  // hits that are
	full    bool // the last hit says that there are too many
}

type span struct{ start, end int }

// What a byte may begin.
const (
	nothing = iota
	digit
	atSign
	ampersand
	double // a character of two bytes, of those lead bytes that an invisible one has
	wide   // a character of three bytes
	astral // a character of four bytes
)

var classes = func() (c [256]uint8) {
	for b := '0'; b <= '9'; b++ {
		c[b] = digit
	}
	c['@'], c['&'] = atSign, ampersand
	for r := rune(0x80); r < 0x800; r++ {
		if hidden(r) {
			c[string(r)[0]] = double
		}
	}
	for b := 0xf0; b <= 0xf4; b++ {
		c[b] = astral
	}
	for b := 0xe0; b <= 0xef; b++ {
		c[b] = wide
	}
	return c
}()

// run scans the text. It gives up and reports false where the text hides
// something that has to be normalised first.
func (s *scanner) run() bool {
	text := s.text
	if s.beside != "" {
		s.punished()
	}
	for i := 0; i < len(text) && !s.full; {
		class := classes[text[i]]
		if class == nothing {
			i = skip(text, i+1)
			continue
		}
		switch class {
		case digit:
			if i = s.number(i); s.veil {
				return false
			}
			continue
		case atSign:
			s.email(i)
		case wide:
			if i+2 >= len(text) {
				break
			}
			r := rune(text[i]&0x0f)<<12 | rune(text[i+1]&0x3f)<<6 | rune(text[i+2]&0x3f)
			if !s.normal && veiled[r>>6]&(1<<(r&63)) != 0 {
				return false
			}
			if marked[r>>6]&(1<<(r&63)) != 0 {
				s.word(r, i)
			}
			i += 3
			continue
		case ampersand:
			if s.markup && !s.normal && hidesEntity(text[i:]) {
				return false
			}
		case double, astral:
			if r, _ := utf8.DecodeRune(text[i:]); !s.normal && hidden(r) {
				return false
			}
		}
		i++
	}
	return true
}

// skip gives the offset of the next byte from i on that may begin something, or
// of one before it. It looks at eight bytes at a time, since most of a page is
// plain ASCII.
func skip(text []byte, i int) int {
	const ones = 0x0101010101010101
	for i+8 <= len(text) {
		x := binary.LittleEndian.Uint64(text[i:])
		digits, at, and := x^'0'*ones, x^'@'*ones, x^'&'*ones
		found := (x | (digits-10*ones)&^digits | (at-ones)&^at | (and-ones)&^and) & (0x80 * ones)
		if found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
		i += 8
	}
	return i
}

// hit adds one, unless it stands in the last one.
func (s *scanner) hit(rule problem.Rule, severity problem.Severity, start, end int, value string) {
	if n := len(s.hits); n > 0 && s.hits[n-1].Rule == rule && !s.hits[n-1].cleared && start < s.hits[n-1].End && s.hits[n-1].Start < end {
		return
	}
	if s.full = len(s.hits)-s.cleared >= maxHits; s.full {
		rule, severity, value = problem.PrivacyNotInspected, problem.Error, ""
	}
	s.hits = append(s.hits, Hit{Rule: rule, Severity: severity, Start: start, End: end, Value: value})
}

// clear adds what would be a hit elsewhere.
func (s *scanner) clear(rule problem.Rule, start, end int, value string) {
	if s.cleared < maxHits {
		s.cleared++
		s.hits = append(s.hits, Hit{Rule: rule, Start: start, End: end, Value: value, cleared: true})
	}
}
