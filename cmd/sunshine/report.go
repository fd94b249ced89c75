package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"sunshine/site/problem"
)

var severityWord = map[problem.Severity]problem.Text{
	problem.Error:   {ZH: "错误", EN: "error"},
	problem.Warning: {ZH: "警告", EN: "warning"},
}

var hintWord = problem.Text{ZH: "提示", EN: "hint"}

// colon stands behind the two words.
var colon = problem.Text{ZH: "：", EN: ": "}

// writeText writes a problem a line, and its hint under it.
func writeText(w io.Writer, l problem.Language, problems problem.List) {
	var b strings.Builder
	for _, p := range problems {
		message, hint := p.Said(l)
		fmt.Fprintf(&b, "%s: %s%s%s [%s]\n", p.Position, severityWord[p.Severity].In(l), colon.In(l), message, p.Rule.String())
		if hint != "" {
			fmt.Fprintf(&b, "  %s%s%s\n", hintWord.In(l), colon.In(l), hint)
		}
	}
	io.WriteString(w, b.String())
}

// writeJSON writes the problems as an array, empty when there are none.
func writeJSON(w io.Writer, l problem.Language, problems problem.List) error {
	type row struct {
		File     string `json:"file"`
		Sheet    string `json:"sheet,omitempty"` // of a workbook
		Line     int    `json:"line"`
		Column   int    `json:"column"`
		Cell     string `json:"cell"`
		Severity string `json:"severity"`
		Rule     string `json:"rule"`
		Message  string `json:"message"`
		Hint     string `json:"hint"`
	}
	rows := make([]row, 0, len(problems))
	for _, p := range problems {
		message, hint := p.Said(l)
		rows = append(rows, row{p.Path(), problem.Visible(p.Sheet), p.Line, p.Column, p.Cell, p.Severity.String(), p.Rule.String(), message, hint})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(rows)
}

var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// writeGitHub writes workflow commands, which the service shows beside the line.
func writeGitHub(w io.Writer, l problem.Language, problems problem.List) {
	for _, p := range problems {
		fmt.Fprintf(w, "::%s file=%s", p.Severity, githubProperty.Replace(p.Path()))
		if p.Line > 0 {
			fmt.Fprintf(w, ",line=%d", p.Line)
		}
		if p.Column > 0 {
			fmt.Fprintf(w, ",col=%d", p.Column)
		}
		text, hint := p.Said(l)
		if cell := p.InFile(); cell != "" {
			text = cell + colon.In(l) + text
		}
		if hint != "" {
			text += "\n" + hintWord.In(l) + colon.In(l) + hint
		}
		fmt.Fprintf(w, ",title=%s::%s\n", githubProperty.Replace(p.Rule.String()), githubData.Replace(text))
	}
}
