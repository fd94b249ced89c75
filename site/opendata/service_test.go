package opendata

import (
	"encoding/json"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

func serviceGuide() *bureau.Guide {
	at := problem.Position{File: "f", Line: 1}
	text := func(s string) bureau.String { return bureau.String{V: s, At: at} }
	return &bureau.Guide{
		Title: text("首次申领居民身份证"), Authority: text("示范市公安局治安支队"), Audience: []bureau.String{text("individual")},
		Fee: bureau.Fee{Amount: bureau.Number{V: 20, At: at}}, Online: text("/static/apply.html"), Result: text("居民身份证 </script>"),
		Places: []bureau.Place{
			{Name: text("示范派出所户籍窗口"), Address: text("示范市示范路0号一楼"), Phone: text("000-00000010")},
			{Name: text("政务大厅公安窗口"), Address: text("示范市示范路1号二楼"), Phone: text("000-00000011")},
		},
	}
}

// A GovernmentService has the properties that readers of it ask for, and cannot
// end the script element that it stands in.
func TestServiceLD(t *testing.T) {
	p := Publisher{Language: chinese, BaseURL: "https://police.example/sunshine/"}
	data, err := p.ServiceLD(serviceGuide(), "guides/hukou/id-card/index.html", "户口办理")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "<") {
		t.Errorf("not escaped: %s", data)
	}
	if len(data) > 1200 {
		t.Errorf("%d bytes", len(data))
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"@context": `"https://schema.org/"`, "@type": `"GovernmentService"`, "name": `"首次申领居民身份证"`, "serviceType": `"户口办理"`,
		"url":           `"https://police.example/sunshine/guides/hukou/id-card/"`,
		"provider":      `{"@type":"GovernmentOrganization","name":"示范市公安局治安支队"}`,
		"audience":      `[{"@type":"Audience","audienceType":"individual"}]`,
		"offers":        `{"@type":"Offer","price":"20","priceCurrency":"CNY"}`,
		"serviceOutput": `{"@type":"Thing","name":"居民身份证 \u003c/script\u003e"}`,
		"availableChannel": `[{"@type":"ServiceChannel","serviceUrl":"https://police.example/sunshine/static/apply.html"},` +
			`{"@type":"ServiceChannel","serviceLocation":{"@type":"Place","address":"示范市示范路0号一楼","name":"示范派出所户籍窗口"},"servicePhone":{"@type":"ContactPoint","telephone":"000-00000010"}},` +
			`{"@type":"ServiceChannel","serviceLocation":{"@type":"Place","address":"示范市示范路1号二楼","name":"政务大厅公安窗口"},"servicePhone":{"@type":"ContactPoint","telephone":"000-00000011"}}]`,
	} {
		if text, _ := json.Marshal(got[key]); string(text) != want {
			t.Errorf("%s is %s, want %s", key, text, want)
		}
	}
}

func BenchmarkServiceLD(b *testing.B) {
	p, g := Publisher{Language: chinese, BaseURL: "https://police.example/sunshine/"}, serviceGuide()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.ServiceLD(g, "guides/hukou/id-card/index.html", "户口办理"); err != nil {
			b.Fatal(err)
		}
	}
}
