package main

import (
	"context"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/term"
)

var update = flag.Bool("update", false, "write what the scripts print into them")

func TestMain(m *testing.M) {
	sunshine := func() {
		c := &command{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, env: os.Getenv, now: time.Now, terminal: term.IsTerminal(int(os.Stdin.Fd()))}
		os.Exit(c.run(context.Background(), os.Args[1:]))
	}
	if os.Getenv("SUNSHINE_TEST_RUN") != "" {
		sunshine()
	}
	testscript.Main(m, map[string]func(){"sunshine": sunshine})
}

// TestScripts holds the command to its scripts, one behaviour each.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", UpdateScripts: *update})
}
