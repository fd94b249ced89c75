package site_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// heard is what a screen reader is given of an element, with what stands in it.
type heard struct {
	role, name, described string
	within                []string // the roles around it, the nearest first
}

// heardOn gives what a page gives to screen readers, in its order.
func heardOn(t *testing.T, ctx context.Context) (all []heard) {
	t.Helper()
	type value struct {
		Value any `json:"value"`
	}
	type node struct {
		NodeID      string   `json:"nodeId"`
		Ignored     bool     `json:"ignored"`
		Role        value    `json:"role"`
		Name        value    `json:"name"`
		Description value    `json:"description"`
		ChildIDs    []string `json:"childIds"`
	}
	var tree struct { // not cdproto's, which refuses the words that a newer browser has
		Nodes []node `json:"nodes"`
	}
	if err := chromedp.Run(ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		return cdp.Execute(ctx, accessibility.CommandGetFullAXTree, nil, &tree)
	})); err != nil || len(tree.Nodes) == 0 {
		t.Fatal(len(tree.Nodes), err)
	}
	by := map[string]node{}
	for _, n := range tree.Nodes {
		by[n.NodeID] = n
	}
	text := func(v value) string { s, _ := v.Value.(string); return s }
	var walk func(n node, within []string)
	walk = func(n node, within []string) {
		if role := text(n.Role); !n.Ignored && role != "InlineTextBox" {
			all = append(all, heard{role, text(n.Name), text(n.Description), within})
			within = append([]string{role}, within...)
		}
		for _, id := range n.ChildIDs {
			if child, is := by[id]; is {
				walk(child, within)
			}
		}
	}
	walk(tree.Nodes[0], nil)
	return all
}

// TestBrowserSpoken reads a page as a screen reader does, without its scripts and with them:
// each figure has its title, each drawing its title and what it shows, and nothing of a
// drawing is read a second time, for its figures stand in the table.
func TestBrowserSpoken(t *testing.T) {
	t.Parallel()
	page, chromium := explorable(t), browser(t)
	for _, off := range []bool{true, false} {
		ctx, _ := tab(t, chromium)
		role, keys := "image", ""
		if !off {
			role, keys = "application", "用左右方向键逐期读数"
		}
		if err := chromedp.Run(ctx, emulation.SetScriptExecutionDisabled(off), chromedp.EmulateViewport(1280, 900), chromedp.Navigate("file://"+page), chromedp.WaitReady("main")); err != nil {
			t.Fatal(err)
		}
		figures, drawings, cells := 0, 0, 0
		title := ""
		for _, s := range heardOn(t, ctx) {
			switch {
			case s.role == "figure":
				figures++
				if title = s.name; title == "" {
					t.Errorf("scripts off %v: a figure has no name", off)
				}
			case s.role == role && slices.Contains(s.within, "figure"):
				drawings++
				if s.name != title || s.described == title || s.described == "" || !strings.Contains(s.described, keys) {
					t.Errorf("scripts off %v: a drawing is %q, which is told as %q; its figure is %q", off, s.name, s.described, title)
				}
			case slices.Contains(s.within, "image") || slices.Contains(s.within, "application"):
				t.Errorf("scripts off %v: of the drawing %q is read: %s %q", off, title, s.role, s.name)
			case s.role == "cell" && s.name == "120":
				cells++
			}
		}
		if figures != 7 || drawings != figures || cells != 1 {
			t.Errorf("scripts off %v: %d figures with %d drawings; 120 stands in %d cells", off, figures, drawings, cells)
		}
	}
}
