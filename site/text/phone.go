package text

import "strings"

// Phone is one telephone number of a text.
type Phone struct {
	Written   string // as it stands: （0100）123 4567
	Digits    string // without separators, +86 and extension: 01001234567
	Extension string // behind 转: 8

	country string // + or +86, as it stood before it
	plain   bool   // nothing but digits, separators and an extension
}

// Phones parts a text at 、，,;；/ and 或 and reads each number. What is no number
// is kept, with whatever digits it has; Dials tells them apart.
func Phones(text string) []Phone {
	var phones []Phone
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,;；/或", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			phones = append(phones, phone(part))
		}
	}
	return phones
}

func phone(written string) Phone {
	p := Phone{Written: written, plain: true}
	number, extension, extended := strings.Cut(written, "转")
	digits, plus := "", false
	for i, r := range number {
		switch r = Narrow(r); {
		case '0' <= r && r <= '9':
			digits += string(r)
		case r == '+' && i == 0:
			plus = true
		case strings.ContainsRune(" ()\u00a0", r) || IsHyphen(r) || Invisible(r):
		default:
			p.plain = false
		}
	}
	for _, code := range []string{"0086", "86"} {
		if rest, coded := strings.CutPrefix(digits, code); coded && p.country == "" && (plus || len(rest) > 8) {
			digits, p.country = rest, "+86"
		}
	}
	if plus && p.country == "" {
		p.country = "+"
	}
	p.Digits = digits
	if extended {
		p.Extension = strings.TrimSpace(NarrowAll(extension))
		p.plain = p.plain && p.Extension != "" && len(p.Extension) <= 6 && strings.Trim(p.Extension, "0123456789") == ""
	} else if i := strings.LastIndexFunc(number, IsHyphen); i > 0 && !p.sound() { // 0100-12345678-801
		if front := phone(number[:i]); front.sound() && front.plain && len(digits)-len(front.Digits) <= 6 {
			p.Extension, p.Digits = digits[len(front.Digits):], front.Digits
		}
	}
	return p
}

// Dials tells whether the number is one that can be dialled in China: a short
// one (110, 12345, 95598), a local one of 7 or 8 digits, one with its area code,
// a mobile one, or one of 400 and 800.
func (p Phone) Dials() bool { return p.plain && p.sound() }

func (p Phone) sound() bool {
	d := p.Digits
	switch n := len(d); {
	case n < 3:
		return false
	case p.country != "": // behind it the 0 of the area code is left out
		return 9 <= n && n <= 12
	case n <= 6:
		return d[0] == '1' || d[0] == '9'
	case n <= 8:
		return d[0] != '0'
	case n == 10 && (strings.HasPrefix(d, "400") || strings.HasPrefix(d, "800")):
		return true
	case IsMobile(d):
		return true
	case d[0] == '0':
		return 10 <= n && n <= 12
	}
	return false
}

// Number gives the digits and the extension, to hold two numbers against each
// other.
func (p Phone) Number() string {
	if p.Extension == "" {
		return p.Digits
	}
	return p.Digits + "-" + p.Extension
}

// IsMobile tells whether eleven digits are the number of a mobile telephone.
func IsMobile(digits string) bool {
	return len(digits) == 11 && digits[0] == '1' && digits[1] >= '3'
}

// Link gives the tel: address of a number of nothing but digits and separators;
// it is empty for any other, and for one with an extension, which no address
// dials everywhere.
func (p Phone) Link() string {
	if !p.plain || p.Extension != "" || len(p.Digits) < 3 {
		return ""
	}
	return "tel:" + p.country + p.Digits
}
