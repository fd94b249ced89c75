package main

import (
	"context"
	"encoding/json"
	"fmt"

	"sunshine/site"
	"sunshine/site/inspect"
	"sunshine/site/problem"
)

// inspected is an item as --format json gives it.
type inspected struct {
	Indicator string        `json:"indicator"`
	Veto      bool          `json:"veto"`
	State     inspect.State `json:"state"`
	Place     string        `json:"place"`
	Found     string        `json:"found"`
	Remedy    string        `json:"remedy"`
}

var stateWords = map[inspect.State]problem.Text{
	inspect.Met:       {ZH: "达标", EN: "met"},
	inspect.Failed:    {ZH: "不达标", EN: "failed"},
	inspect.NotJudged: {ZH: "由人判断", EN: "not judged"},
}

// inspect rehearses the inspection of government sites, veto items first. It fails where
// one of these fails.
func (c *command) inspect(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if f.format != "text" && f.format != "json" {
		return 0, usage("--format 只能写 text 或 json，现在是“%s”", "--format is text or json, not %q", problem.Quote(f.format))
	}
	o, err := c.options(f, args)
	if err != nil {
		return 0, err
	}
	progress := c.progress(&o, f, lang)
	items, _, err := site.Inspect(ctx, o)
	progress.end()
	if err != nil {
		return 0, err
	}
	count := map[inspect.State]int{}
	all := make([]inspected, 0, len(items))
	for _, i := range items {
		count[i.State]++
		all = append(all, inspected{i.Indicator.In(lang), i.Veto, i.State, i.Place, i.Found.In(lang), i.Remedy.In(lang)})
	}
	if f.format == "json" {
		e := json.NewEncoder(c.stdout)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		if err := e.Encode(all); err != nil {
			return 0, err
		}
	} else {
		for n, i := range all {
			fmt.Fprintln(c.stdout, problem.Visible(problem.Say("【%s】%s", "[%s] %s", stateWords[i.State], items[n].Indicator).In(lang)))
			if i.Place != "" {
				fmt.Fprintln(c.stdout, "  "+problem.Visible(i.Place))
			}
			for _, line := range []string{i.Found, i.Remedy} {
				if line != "" {
					fmt.Fprintln(c.stdout, "  "+problem.Visible(line))
				}
			}
		}
	}
	if !f.quiet {
		fmt.Fprintln(c.stderr, problem.Say("指标%d项：达标%d，不达标%d，由人判断%d；单项否决的在前", "indicators: %d; met: %d, failed: %d, not judged: %d; veto items first", len(items), count[inspect.Met], count[inspect.Failed], count[inspect.NotJudged]).In(lang))
	}
	if inspect.Fails(items) {
		return exitProblems, nil
	}
	return exitFine, nil
}
