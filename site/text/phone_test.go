package text

import "testing"

func TestPhones(t *testing.T) {
	for _, c := range []struct {
		written, number, link string
		dials                 bool
	}{
		{"110", "110", "tel:110", true},
		{"12345", "12345", "tel:12345", true},
		{"12389", "12389", "tel:12389", true},
		{"1234567", "1234567", "tel:1234567", true},
		{"0100-123 4567", "01001234567", "tel:01001234567", true},
		{"（0100）1234567", "01001234567", "tel:01001234567", true},
		{"０１００－１２３４５６７", "01001234567", "tel:01001234567", true},
		{"000—00000010", "00000000010", "tel:00000000010", true},
		{"+86 100 1234", "1001234", "tel:+861001234", false},
		{"+86-10-1234 5678", "1012345678", "tel:+861012345678", true},
		{"0086 10 12345678", "1012345678", "tel:+861012345678", true},
		{"+1 202 555 0100", "12025550100", "tel:+12025550100", true},
		{"400-123-4567", "4001234567", "tel:4001234567", true},
		{"8001234567", "8001234567", "tel:8001234567", true},
		{"139 0000 0000", "13900000000", "tel:13900000000", true},
		{"86" + "13900000000", "13900000000", "tel:+8613900000000", true},
		{"8612345", "8612345", "tel:8612345", true}, // a local number, and no country
		{"0100-1234567转8", "01001234567-8", "", true},
		{"0100-1234567转 801", "01001234567-801", "", true},
		{"010-12345678-801", "01012345678-801", "", true},
		{"见公告", "", "", false},
		{"白天打110", "110", "", false},
		{"12", "12", "", false},
		{"1+2345", "12345", "", false},
		{"12900000000", "12900000000", "tel:12900000000", false}, // no mobile number begins so
		{"0100-1234567转", "01001234567", "", false},
	} {
		phones := Phones(c.written)
		if len(phones) != 1 {
			t.Fatalf("%s: %v", c.written, phones)
		}
		if p := phones[0]; p.Number() != c.number || p.Link() != c.link || p.Dials() != c.dials || p.Written != c.written {
			t.Errorf("%s: number %q, link %q, dials %v", c.written, p.Number(), p.Link(), p.Dials())
		}
	}
	several := Phones(" 110、0100-1234567；12345或12389/ ")
	if len(several) != 4 || several[1].Written != "0100-1234567" || several[3].Digits != "12389" {
		t.Errorf("several: %v", several)
	}
	if Phones("、") != nil {
		t.Error("a separator alone is no number")
	}
}
