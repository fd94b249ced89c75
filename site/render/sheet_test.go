package render

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"sunshine/site/problem"
)

// The sheet runs nothing and loads nothing; the policy lets its own style be, and no
// other.
func TestSheetStandsByItself(t *testing.T) {
	page, faults, err := Sheet(ChangeSheet{Tag: "zh-CN", Title: "公开变化单", More: "还有%d项",
		Parts: []ChangePart{{Title: "<script>1</script>", Count: 3, Lines: []string{`<img src="x">`}, More: 2}}}, problem.Chinese)
	if err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	text := string(page)
	style := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(text)
	if style == nil {
		t.Fatal("it has no style")
	}
	sum := sha256.Sum256([]byte(style[1]))
	policy := "default-src &#39;none&#39;; style-src &#39;sha256-" + strings.ReplaceAll(base64.StdEncoding.EncodeToString(sum[:]), "+", "&#43;") + "&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"
	if !strings.Contains(text, `<meta http-equiv="Content-Security-Policy" content="`+policy+`">`) || strings.Index(text, "Content-Security-Policy") > strings.Index(text, "<style>") {
		t.Errorf("the policy is another one:\n%s", text[:600])
	}
	for _, bad := range []string{"<script", "<img", "href=", "src=\"", "style=\""} {
		if strings.Contains(text, bad) {
			t.Errorf("it has %s", bad)
		}
	}
	if !strings.Contains(text, "还有2项") {
		t.Error("what is left out is not counted")
	}
}
