package site_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestLighthouse measures four kinds of pages of the demonstration as a telephone sees them.
// What does not depend on the machine has to be whole.
func TestLighthouse(t *testing.T) {
	if !*proof {
		t.Skip("-proof runs Lighthouse")
	}
	command, err := filepath.Abs("testdata/lighthouse/node_modules/.bin/lighthouse")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(command); err != nil {
		t.Fatal("no Lighthouse; make proof installs it: ", err)
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("no chromium on the PATH; make test says what to install")
	}
	base, _ := served(t)
	for _, page := range []string{"", "stats/cases-solved/", "guides/hukou/first-id-card/", "search/"} {
		report := filepath.Join(t.TempDir(), "report.json")
		ctx, stop := context.WithTimeout(t.Context(), 3*time.Minute)
		run := exec.CommandContext(ctx, command, base+page, "--quiet", "--no-enable-error-reporting", "--chrome-flags=--headless=new --no-sandbox",
			"--only-categories=performance,accessibility,best-practices,seo", "--output=json", "--output-path="+report)
		run.Env = append(os.Environ(), "CHROME_PATH="+chromium)
		said, err := run.CombinedOutput()
		stop()
		if err != nil {
			t.Fatalf("/%s: %v\n%s", page, err, said)
		}
		data, err := os.ReadFile(report)
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Categories map[string]struct {
				Score     float64
				AuditRefs []struct {
					ID     string
					Weight float64
				}
			}
			Audits map[string]struct {
				Title string
				Score *float64
			}
		}
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		line := ""
		for _, name := range []string{"performance", "accessibility", "best-practices", "seo"} {
			c := got.Categories[name]
			line += fmt.Sprintf(" %s %.0f", name, 100*c.Score)
			if least := map[bool]float64{true: 0.9, false: 1}[name == "performance"]; c.Score >= least {
				continue
			}
			for _, ref := range c.AuditRefs {
				if a := got.Audits[ref.ID]; ref.Weight > 0 && a.Score != nil && *a.Score < 1 {
					t.Errorf("/%s: %s: %s (%s)", page, name, a.Title, ref.ID)
				}
			}
		}
		t.Logf("/%s:%s", page, line)
	}
}
