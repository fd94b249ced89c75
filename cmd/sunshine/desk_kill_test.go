package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// action is one thing that is done at a desk.
type action struct {
	name string
	do   func(d *openDesk) error
}

// did gives an error where the desk did not do it.
func did(a answer, err error, want int) error {
	if err == nil && a.status != want {
		err = fmt.Errorf("%d: %s\n%s", a.status, a.told(), a.page)
	}
	return err
}

// undoLast undoes the last step that is not undone.
func undoLast(d *openDesk) error {
	a, err := d.does("GET", "/done", "", nil)
	if err != nil {
		return err
	}
	step := regexp.MustCompile(`name="step" value="(\d+\.json)"`).FindStringSubmatch(a.page)
	if step == nil {
		return fmt.Errorf("nothing can be undone:\n%s", a.page)
	}
	a, err = d.tryPost("/undo", "step", step[1])
	return did(a, err, 303)
}

// publishes publishes, and waits for the end of it.
func publishes(d *openDesk, to string) error {
	a, err := d.tryPost("/publish", "to", to)
	if err = did(a, err, 303); err != nil {
		return err
	}
	for {
		a, err := d.does("GET", "/publish", "", nil)
		switch {
		case err != nil:
			return err
		case strings.Contains(a.page, "已发布“") || strings.Contains(a.page, "没有要发的"):
			return nil
		case !strings.Contains(a.page, "可以关掉这一页"):
			return fmt.Errorf("not published: %s\n%s", a.told(), a.page)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// aMonthAtTheDesk are the actions of a month, each file written in one of them by one step.
func aMonthAtTheDesk(book []byte, to string) []action {
	saves := func(file string, change func(text string) string) func(d *openDesk) error {
		return func(d *openDesk) error {
			a, err := d.does("GET", "/edit?file="+file, "", nil)
			if err != nil {
				return err
			}
			was := regexp.MustCompile(`name="was" value="([0-9a-f]*)"`).FindStringSubmatch(a.page)
			text := regexp.MustCompile(`(?s)<textarea[^>]*>\n(.*?)</textarea>`).FindStringSubmatch(a.page)
			if was == nil || text == nil {
				return fmt.Errorf("no form:\n%s", a.page)
			}
			a, err = d.tryPost("/edit", "file", file, "was", was[1], "text", change(html.UnescapeString(text[1])))
			return did(a, err, 303)
		}
	}
	imports := func(d *openDesk) error {
		a, err := d.tryPost("/reading", "file", "inbox/报表.xlsx")
		return did(a, err, 303)
	}
	return []action{
		{"take", func(d *openDesk) error {
			media, body := upload("报表.xlsx", string(book))
			a, err := d.does("POST", "/inbox", media, body)
			return did(a, err, 303)
		}},
		{"import", imports},
		{"save", saves(aGuide, func(text string) string { return text + "\n改了。\n" })},
		{"cells", func(d *openDesk) error {
			file := "data/stats/window-services.csv"
			a, err := d.does("GET", "/grid?file="+file, "", nil)
			was := regexp.MustCompile(`name="was" value="([0-9a-f]*)"`).FindStringSubmatch(a.page)
			if err != nil || was == nil {
				return fmt.Errorf("no cells: %v\n%s", err, a.page)
			}
			a, err = d.tryPost("/grid", "file", file, "was", was[1], "from", "1", "B2", "1201")
			return did(a, err, 303)
		}},
		{"undo the cells", undoLast},
		{"import it again, which brings nothing", imports},
		{"site", saves("data/site.yaml", func(text string) string {
			return strings.Replace(text, "# base_url: https://www.example.gov.cn/", "base_url: https://www.example.gov.cn/sunshine/\napproval: required", 1)
		})},
		{"approve", func(d *openDesk) error {
			a, err := d.does("GET", "/changes", "", nil)
			digest := regexp.MustCompile(`name="digest" value="([^"]*)"`).FindStringSubmatch(a.page)
			if err != nil || digest == nil {
				return fmt.Errorf("no sheet: %v\n%s", err, a.page)
			}
			a, err = d.tryPost("/approve", "digest", digest[1], "by", "李局长")
			return did(a, err, 303)
		}},
		{"publish", func(d *openDesk) error { return publishes(d, to) }},
	}
}

// sixTables is a workbook of six tables.
func sixTables(t *testing.T) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.xlsx")
	type sheet = func(set func(string, any), merge func(string, string), percent func(string)) string
	var sheets []sheet
	for n := range 6 {
		sheets = append(sheets, func(set func(string, any), _ func(string, string), _ func(string)) string {
			set("A1", fmt.Sprintf("2026年9月接警%c", 'a'+n))
			set("A2", fmt.Sprintf("辖区%c", 'a'+n))
			set("B2", fmt.Sprintf("%c类接警（起）", 'a'+n))
			for row := range 30 {
				set(fmt.Sprintf("A%d", row+3), fmt.Sprintf("第%d所", row+1))
				set(fmt.Sprintf("B%d", row+3), 100+row*7+n)
			}
			return fmt.Sprintf("表%c", 'a'+n)
		})
	}
	monthBook(t, file, sheets...)
	book, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// TestDeskKilled kills the real desk at random moments of everything that is done at it. Every
// file of the bureau is then whole, as it was before or after what was being done; a new desk
// opens, shows its pages and checks; and what was left half is said, and undone by a button.
func TestDeskKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("-short leaves the kills out")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir, book := aBureau(t), sixTables(t)
	fresh := filepath.Join(t.TempDir(), "fresh")
	if err := os.CopyFS(fresh, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	// The month that nobody cuts off: what the folder holds after each action, and how long
	// it takes.
	data := func(dir string) map[string][]byte {
		files := heldIn(t, dir)
		maps.DeleteFunc(files, func(name string, _ []byte) bool {
			return !strings.HasPrefix(name, "data/") && !strings.HasPrefix(name, "inbox/")
		})
		return files
	}
	equal := func(a, b map[string][]byte) bool { return maps.EqualFunc(a, b, bytes.Equal) }
	states, took := []map[string][]byte{data(dir)}, []time.Duration{}
	d := deskAt(t, dir)
	for _, a := range aMonthAtTheDesk(book, filepath.Join(filepath.Dir(dir), "www")) {
		begin := time.Now()
		if err := a.do(d); err != nil {
			t.Fatalf("%s: %v", a.name, err)
		}
		took = append(took, time.Since(begin))
		states = append(states, data(dir))
	}
	d.close()

	random := rand.New(rand.NewPCG(5, 6))
	killed, half := 0, 0
	for n := range 2 * *kills {
		dir := filepath.Join(t.TempDir(), "bureau")
		if err := os.CopyFS(dir, os.DirFS(fresh)); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(filepath.Dir(dir), "www")
		actions := aMonthAtTheDesk(book, to)
		last := n % len(actions)
		if n%3 == 2 {
			last = 1 // of the import, which writes the most files
		}
		c := exec.Command(self, "desk", "--port", "0", "--as-of", "2026-10-08", dir)
		c.Env = append(os.Environ(), "SUNSHINE_TEST_RUN=1", "LANG=zh_CN.UTF-8", "USER=zhang")
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		address := addressIn(out)
		if address == "" {
			t.Fatal("the desk does not open")
		}
		d := arrive(t, dir, address)
		for _, a := range actions[:last] {
			if err := a.do(d); err != nil {
				t.Fatalf("%s: %v", a.name, err)
			}
		}
		ended := make(chan error, 1)
		go func() { ended <- actions[last].do(d) }()
		time.Sleep(time.Duration(random.Int64N(int64(took[last]) * 5 / 4)))
		c.Process.Kill()
		c.Wait()
		if <-ended != nil {
			killed++
		}
		what := fmt.Sprintf("kill %d, in %s", n, actions[last].name)
		before, after := states[last], states[last+1]
		now := data(dir)
		for name, bytesOf := range now {
			if strings.HasPrefix(filepath.Base(name), ".sunshine-") {
				delete(now, name) // what was being written; no reader takes it
				continue
			}
			old, stood := before[name]
			next, comes := after[name]
			if !(stood && bytes.Equal(bytesOf, old)) && !(comes && bytes.Equal(bytesOf, next)) {
				t.Fatalf("%s: %s is torn or foreign:\n%s", what, name, bytesOf)
			}
		}
		for name := range before {
			if now[name] == nil && after[name] != nil {
				t.Fatalf("%s: %s is gone", what, name)
			}
		}
		// A new desk opens, and shows its pages; nothing holds it up.
		d = deskAt(t, dir)
		first := d.get(t, "/")
		for _, path := range []string{"/", "/inbox", "/mend", "/changes", "/publish", "/done"} {
			if a := d.get(t, path); a.status != 200 {
				t.Fatalf("%s: %s: %d: %s", what, path, a.status, a.told())
			}
		}
		cut := strings.Contains(first.told(), "做到一半断了")
		switch {
		case actions[last].name == "publish": // which is taken up
			if err := publishes(d, to); err != nil {
				t.Errorf("%s: %v", what, err)
			}
			before = after
		case cut:
			half++
			if page := d.get(t, "/done").page; !strings.Contains(page, "（做到一半断了）") {
				t.Errorf("%s: the steps do not say what was cut off", what)
			}
			if err := undoLast(d); err != nil {
				t.Errorf("%s: %v", what, err)
			}
			if strings.Contains(d.get(t, "/").told(), "做到一半断了") {
				t.Errorf("%s: it is said for ever", what)
			}
		case equal(now, after):
			before = after
		}
		held := data(dir)
		maps.DeleteFunc(held, func(name string, _ []byte) bool { return strings.HasPrefix(filepath.Base(name), ".sunshine-") })
		if !equal(held, before) {
			t.Errorf("%s: cut %v, and the folder is not whole:\n%s", what, cut, d.get(t, "/done").page)
			sameFiles(t, what, before, held)
		}
		if !equal(before, after) { // and it can be done again
			if err := actions[last].do(d); err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
		d.close()
	}
	t.Logf("%d of %d desks were killed before their answer, %d of them between two files", killed, 2**kills, half)
}

// A desk that was killed holds nothing: the next one opens.
func TestDeskTwiceKilled(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := aBureau(t)
	c := exec.Command(self, "desk", "--port", "0", dir)
	c.Env = append(os.Environ(), "SUNSHINE_TEST_RUN=1", "LANG=zh_CN.UTF-8")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { c.Process.Kill(); c.Wait() }()
	if addressIn(io.Reader(out)) == "" {
		t.Fatal("the desk does not open")
	}
	second(t, dir)
	c.Process.Kill()
	c.Wait()
	deskAt(t, dir)
}
