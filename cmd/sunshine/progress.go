package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"sunshine/site"
	"sunshine/site/problem"
)

// patience is how long something may take before it is said what is going on.
const patience = time.Second

// progress says where a command is: on a terminal in one line that is written over, in a
// pipeline (CI) in a line for each step that took long.
type progress struct {
	out      io.Writer // nil: nothing is said
	lang     problem.Language
	terminal bool
	now      func() time.Time

	mu    sync.Mutex
	start time.Time // of the whole
	step  site.Step
	since time.Time // the step began
	said  time.Time // the line was last written
	begun bool
	took  map[site.Step]time.Duration
}

// progress is what a command with these flags says of what is done with the options.
func (c *command) progress(o *site.Options, f *flags, lang problem.Language) *progress {
	p := &progress{lang: lang, terminal: c.progressive, now: c.now, start: c.now(), took: map[site.Step]time.Duration{}}
	if !f.quiet && (c.progressive || c.env("CI") != "") {
		p.out = c.stderr
	}
	o.Watch = p.watch
	return p
}

// watch is a site.Watch.
func (p *progress) watch(step site.Step, done, of int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if !p.begun || step != p.step {
		p.over(now)
		p.begun, p.step, p.since = true, step, now
	}
	if p.out == nil || !p.terminal || now.Sub(p.start) < patience || now.Sub(p.said) < patience/10 {
		return
	}
	p.said = now
	text := step.Text().In(p.lang)
	if of > 0 {
		text += fmt.Sprintf(" %d/%d", done, of)
	}
	fmt.Fprint(p.out, "\r\x1b[K"+text)
}

// over ends a step.
func (p *progress) over(now time.Time) {
	if !p.begun {
		return
	}
	took := now.Sub(p.since)
	p.took[p.step] += took
	if p.out != nil && !p.terminal && took >= patience {
		fmt.Fprintln(p.out, problem.Say("%s，%.1f 秒", "%s: %.1f s", p.step.Text().In(p.lang), took.Seconds()).In(p.lang))
	}
}

// end takes the line away.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over(p.now())
	p.begun = false
	if !p.said.IsZero() {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

// table says how long each step took.
func (p *progress) table(out io.Writer) {
	var whole time.Duration
	for _, took := range p.took {
		whole += took
	}
	for _, step := range site.Steps {
		if took, is := p.took[step]; is {
			fmt.Fprintf(out, "%8.3f s  %3.0f %%  %s\n", took.Seconds(), 100*took.Seconds()/max(whole.Seconds(), 1e-9), step.Text().In(p.lang))
		}
	}
	fmt.Fprintf(out, "%8.3f s  100 %%  %s\n", whole.Seconds(), problem.Say("合计", "in all").In(p.lang))
}
