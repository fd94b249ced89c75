package chart

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"strings"
	"testing"
)

func TestRestyle(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		{`<svg width="9"><path d="M1.2345 6l-0.04 -2.999Z" fill="#1556b0" ecmeta_x="1" class="zr0-cls-0"/></svg>`,
			`<path d="M1.2 6l0 -3Z" fill="#1556b0" class="chart-fill-1"/>`},
		{`<svg><rect width="100%" height="100%" x="0" y="0" fill="none"></rect></svg>`,
			`<rect width="100%" height="100%" x="0" y="0" fill="none"/>`},
		{`<svg><g stroke="#ffffff" style="font-size:12px"><style><![CDATA[x]]></style>stray<text x="1">a&lt;b</text></g></svg>`,
			`<g stroke="#ffffff" class="chart-stroke-paper"><text x="1">a&lt;b</text></g>`},
		{`<svg><script>alert(1)</script><a href="http://x"><path d="M0 0"/></a><path d="M0 0" onclick="x"/></svg>`, `<path d="M0 0"/>`},
		{`<svg><path fill="url(http://x)" transform="url(#x)" d="M0 0&quot;"/></svg>`, `<path/>`},
		{`<svg><path fill="#000001" stroke="#123456"/></svg>`, `<path fill="url(#c-hatch-1)"/>`},
		{`<svg><path clip-path="url(#zr0-c7)" d="M0.05 1.5e3"/></svg>`, `<path d="M0.1 1.5e3"/>`},
	} {
		r, err := restyle([]byte(c.raw), "c")
		if err != nil {
			t.Errorf("%s: %v", c.raw, err)
		} else if got := r.out.String(); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.raw, got, c.want)
		}
	}
	for _, raw := range []string{"<svg>", "<svg></g>", "<svg><g></svg>", "<svg", "<svg><style></svg>"} {
		if _, err := restyle([]byte(raw), "c"); err == nil {
			t.Errorf("%s was taken for a drawing", raw)
		}
	}
}

func FuzzRestyle(f *testing.F) {
	f.Add([]byte(`<svg><g fill="#1556b0"><text x="1.55">a&amp;b</text></g></svg>`))
	f.Add([]byte(`<svg><path d="M1.25 2l-.5 0Z" fill="#000013" style="x"/><style>y</style></svg>`))
	f.Add([]byte(`<svg><a:path b:d="1" fill="url(#x)"/><!-- <script> --><?x y?></svg>`))
	if script, err := os.ReadFile("../../templates/dist/draw.js"); err == nil {
		s := NewStudio(script, "", 1)
		defer s.Close()
		for _, p := range gallery() {
			if p, err := prepare(p); err == nil {
				if option, err := layOut(p, wideSize).option(); err == nil {
					if raw, err := s.draw(option, 720, 300); err == nil {
						f.Add(raw)
					}
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := restyle(raw, "c")
		if err != nil {
			return
		}
		d := xml.NewDecoder(io.MultiReader(strings.NewReader("<svg>"), bytes.NewReader(r.out.Bytes()), strings.NewReader("</svg>")))
		for {
			token, err := d.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatalf("%v in %q", err, r.out.Bytes())
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if name := start.Name.Local; name != "svg" && !kept[name] {
				t.Errorf("the element %q came through", name)
			}
			for _, a := range start.Attr {
				key := a.Name.Local
				if !plain[key] && key != "fill" && key != "stroke" && key != "class" || a.Name.Space != "" {
					t.Errorf("the attribute %q came through", key)
				}
				if strings.Contains(a.Value, "url(") && !strings.HasPrefix(a.Value, "url(#c-") {
					t.Errorf("%s=%q refers elsewhere", key, a.Value)
				}
			}
		}
	})
}
