package sheet

import (
	"fmt"
	"io"
	"strings"

	"sunshine/site/render"
)

// plain keeps what a title or a name says from being Markdown, or a call to a person of
// that name: the text is put into comments of pull requests. Markers such as [p] are
// read as they stand.
var plain = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", `\<`, "](", `]\(`, "][", `]\[`, "![", `!\[`, "~~", `\~\~`, "|", `\|`, "@", "＠", "&", `\&`,
)

// Text writes the page of a sheet for a terminal, as Markdown.
func Text(out io.Writer, v render.ChangeSheet) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s  %s\n\n", v.Title, plain.Replace(v.Bureau))
	for _, f := range v.Facts {
		fmt.Fprintf(&b, "- %s%s%s\n", f.Name, v.Colon, plain.Replace(f.Value))
	}
	fmt.Fprintf(&b, "- %s%s`%s`\n", v.DigestName, v.Colon, v.Digest)
	for _, note := range v.Notes {
		fmt.Fprintf(&b, "\n%s\n", plain.Replace(note))
	}
	for _, p := range v.Parts {
		fmt.Fprintf(&b, "\n## %s%s%d\n\n", p.Title, v.Colon, p.Count)
		for _, line := range p.Lines {
			fmt.Fprintf(&b, "- %s\n", plain.Replace(line))
		}
		if p.More > 0 && len(p.Lines) > 0 {
			fmt.Fprintf(&b, "- %s\n", fmt.Sprintf(v.More, p.More))
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}
