// Command sunshine turns a bureau's folder of CSV statistics and Markdown
// guides into a static site.
//
//	sunshine build [DIR]     check DIR/data, then write DIR/public
//	sunshine check [DIR]     only report problems
//	sunshine serve [DIR]     build, serve on 127.0.0.1, rebuild and reload on change
//	sunshine desk [DIR]      the month's work as pages on 127.0.0.1, for who types no commands
//	sunshine import [FILE...]   office files (XLSX, CSV, TSV) into data/, by recipe
//	sunshine init DIR        a new bureau to start from
//	sunshine new KIND NAME [DIR]   a skeleton to fill in
//	sunshine release LABEL [DIR]   record what is published under LABEL
//	sunshine diff [DIR]      what a publication would change for the public
//	sunshine approve [DIR]   record who approved that
//	sunshine publish [DIR]   record a release and send what changed to where it is public
//	sunshine revise [DIR]    fill in what revisions.csv and addresses.csv lack
//	sunshine translate [DIR]  list what has no translation yet in data/translations/
//	sunshine verify PATH|URL  hold a published site against its manifest, signature and log
//	sunshine key new FILE    a new key to sign with
//	sunshine audit PATH...   say what a stranger can compute from what is published
//	sunshine import --from open-sdg DIR  move the data folder of an Open SDG site
//	sunshine inspect [DIR]   rehearse the inspection of government sites
//	sunshine clean FILE      a copy of an attachment without what its readers do not see
//	sunshine version
//
// It exits with 0 when all is well, 1 when the data have problems that stop
// the build, 2 when it was used wrongly.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // the bureau's zone is known on every machine

	"golang.org/x/term"
)

func main() {
	// What was read of a bureau is held until its pages are made. The ballast, which is
	// never touched and so takes no memory, spares the many collections of a heap
	// that is still small; the low percentage keeps the peak near what is held.
	ballast := make([]byte, 128<<20)
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	// A workbook of 200,000 rows makes much that is soon free: near this it is collected
	// at once, for a little time. More that is really held is never refused.
	if len(os.Args) > 1 && os.Args[1] == "import" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(448 << 20)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP) // a terminal that is closed, too
	c := &command{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, env: os.Getenv, now: time.Now, ui: uiLanguage, terminal: term.IsTerminal(int(os.Stdin.Fd())), progressive: term.IsTerminal(int(os.Stderr.Fd()))}
	code := c.run(ctx, arguments())
	stop()
	runtime.KeepAlive(ballast)
	os.Exit(code)
}

// command is one run of the program; the clock, the environment and the terminal are
// its arguments.
type command struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            func(string) string
	now            func() time.Time
	ui             func() string // the language of the machine, where the environment says none; nil for none
	terminal       bool          // a person answers on stdin
	progressive    bool          // a line of stderr can be written over
}

const (
	exitFine     = 0
	exitProblems = 1
	exitUsage    = 2
)
