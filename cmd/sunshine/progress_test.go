package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sunshine/site"
	"sunshine/site/problem"
)

// A build that takes long says where it is: over one line on a terminal, in lines in a
// pipeline; a short one, a quiet one and one whose output goes to a file say nothing.
func TestProgress(t *testing.T) {
	for _, test := range []struct {
		name         string
		terminal, ci bool
		quiet        bool
		tick         time.Duration
		want         string
	}{
		{"terminal", true, false, false, 600 * time.Millisecond, "\r\x1b[K生成网页 1/3\r\x1b[K生成网页 2/3\r\x1b[K写入文件\r\x1b[K"},
		{"pipeline", false, true, false, 600 * time.Millisecond, "生成网页，1.8 秒\n"},
		{"terminal of a pipeline", true, true, false, 600 * time.Millisecond, "\r\x1b[K生成网页 1/3\r\x1b[K生成网页 2/3\r\x1b[K写入文件\r\x1b[K"},
		{"file", false, false, false, 600 * time.Millisecond, ""},
		{"quiet", true, true, true, 600 * time.Millisecond, ""},
		{"short", true, true, false, time.Millisecond, ""},
		{"short in a pipeline", false, true, false, time.Millisecond, ""},
	} {
		var out bytes.Buffer
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		c := &command{stderr: &out, progressive: test.terminal, now: func() time.Time { return now }, env: func(name string) string {
			if name == "CI" && test.ci {
				return "true"
			}
			return ""
		}}
		p := c.progress(&site.Options{}, &flags{quiet: test.quiet}, problem.Chinese)
		for _, at := range []struct {
			step     site.Step
			done, of int
		}{{site.Reading, 0, 0}, {site.Printing, 0, 0}, {site.Printing, 1, 3}, {site.Printing, 2, 3}, {site.Writing, 0, 0}} {
			p.watch(at.step, at.done, at.of)
			now = now.Add(test.tick)
		}
		p.end()
		if got := out.String(); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		var table bytes.Buffer
		p.table(&table)
		if test.tick > time.Millisecond && table.String() != "   0.600 s   20 %  读取数据\n   1.800 s   60 %  生成网页\n   0.600 s   20 %  写入文件\n   3.000 s  100 %  合计\n" {
			t.Errorf("%s: %s", test.name, table.String())
		}
	}
}

// Every command that goes the way of a build says where it is, a publication also what it
// sends.
func TestProgressOfCommands(t *testing.T) {
	dir := smallBureau(t)
	for _, test := range []struct {
		args []string
		want []string
	}{
		{[]string{"diff", dir}, []string{"读取数据", "生成网页"}},
		{[]string{"inspect", dir}, []string{"读取数据", "检查内容"}},
		{[]string{"release", "第一次", dir}, []string{"读取数据", "生成网页"}},
		{[]string{"publish", "--to", filepath.Join(t.TempDir(), "web"), dir}, []string{"查看发布的地方", "读取数据", "生成网页", "发送文件 1/", "换上并核对"}},
	} {
		var out, err bytes.Buffer
		now := time.Date(2026, 10, 31, 4, 0, 0, 0, time.UTC)
		c := &command{stdin: strings.NewReader(""), stdout: &out, stderr: &err, progressive: true, env: func(string) string { return "" }, now: func() time.Time {
			now = now.Add(time.Second)
			return now
		}}
		c.run(t.Context(), append([]string{test.args[0], "--lang", "zh"}, test.args[1:]...))
		for _, want := range test.want {
			if !strings.Contains(err.String(), "\r\x1b[K"+want) {
				t.Errorf("%s: nothing of %q: %q", test.args[0], want, err.String())
			}
		}
		if !strings.Contains(err.String(), "\r\x1b[K") || strings.Contains(out.String(), "\x1b") {
			t.Errorf("%s: %q, and %q", test.args[0], err.String(), out.String())
		}
	}
}

func TestTiming(t *testing.T) {
	dir := t.TempDir()
	if code, _, stderr := runOffice("init", "--name", "示范市公安局", "--phone", "023-86750000", "--address", "示范路1号", dir); code != exitFine {
		t.Fatal(stderr)
	}
	code, stdout, stderr := runOffice("build", "--lang", "zh", "--timing", "--as-of", "2026-10-31", dir)
	if code != exitFine {
		t.Fatal(stderr)
	}
	for _, step := range site.Steps[:site.Reaching] {
		if !strings.Contains(stdout, "%  "+step.Text().ZH+"\n") {
			t.Errorf("nothing of %q: %s", step.Text().ZH, stdout)
		}
	}
}

// Whoever stops a command is told that it stopped, and not how.
func TestStopped(t *testing.T) {
	dir := smallBureau(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var out, err bytes.Buffer
	c := &command{stdin: strings.NewReader(""), stdout: &out, stderr: &err, now: time.Now, env: func(string) string { return "" }}
	if code := c.run(ctx, []string{"build", "--lang", "zh", dir}); code != exitProblems || err.String() != "sunshine: 停下了，没有做完\n" {
		t.Errorf("%d: %s", code, err.String())
	}
}
