package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var pictures = flag.String("pictures", "", "take pictures of each page of the desk into this folder, to be looked at")

// hand is somebody at the desk, in a browser. What she does is counted.
type hand struct {
	t        *testing.T
	ctx      context.Context
	axe      string
	keyboard bool // she has no mouse
	done     []string
	typed    int
	page     int
}

// handAt runs the desk and opens it in a browser.
func handAt(t *testing.T, d *monthDesk, keyboard bool) *hand {
	t.Helper()
	if testing.Short() {
		t.Skip("-short leaves the browser out")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("no chromium on the PATH; make test says what to install")
	}
	axe, err := os.ReadFile("../../templates/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("%v; make test installs axe-core", err)
	}
	env := d.env
	ctx, stop := context.WithCancel(context.Background()) // the test's own ends before the browser is closed
	out, in := io.Pipe()
	var wrong bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		c := &command{stdin: strings.NewReader(""), stdout: in, stderr: &wrong, now: time.Now, env: func(name string) string { return env[name] }}
		ended <- c.run(ctx, []string{"desk", "--port", "0", "--lang", "zh", d.dir})
		in.Close()
	}()
	address := make(chan string, 1)
	go func() {
		defer io.Copy(io.Discard, out)
		for line := make([]byte, 4096); ; {
			n, err := out.Read(line)
			if _, at, found := strings.Cut(string(line[:n]), "http://"); found {
				at, _, _ = strings.Cut(at, "\n")
				address <- "http://" + at
				return
			}
			if err != nil {
				close(address)
				return
			}
		}
	}()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.WSURLReadTimeout(time.Minute))
	allocator, closed := chromedp.NewExecAllocator(ctx, options...)
	tab, shut := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		chromedp.Cancel(tab) // waits for the browser, which writes into its folder to the end
		shut()
		closed()
		stop()
		if code := <-ended; code != exitFine {
			t.Errorf("the desk ended with %d\n%s", code, &wrong)
		}
	})
	h := &hand{t: t, ctx: tab, axe: string(axe), keyboard: keyboard}
	at, ok := <-address
	if !ok {
		t.Fatalf("the desk prints no address\n%s", &wrong)
	}
	if err := chromedp.Run(tab); err != nil { // the browser lives as long as what it is begun with
		t.Fatal(err)
	}
	h.run(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(at))
	h.look()
	return h
}

func (h *hand) run(actions ...chromedp.Action) {
	h.t.Helper()
	ctx, stop := context.WithTimeout(h.ctx, time.Minute)
	defer stop()
	if err := chromedp.Run(ctx, actions...); err != nil {
		var page string
		chromedp.Run(h.ctx, chromedp.Text("body", &page))
		h.t.Fatalf("%v\n%s\n%s", err, strings.Join(h.done, "\n"), page)
	}
}

// until waits for something of a page that is there as a whole.
func (h *hand) until(expression string) {
	h.t.Helper()
	for range 600 {
		var there bool
		ctx, stop := context.WithTimeout(h.ctx, 5*time.Second)
		err := chromedp.Run(ctx, chromedp.Evaluate(`document.readyState === "complete" && `+expression, &there)) // fails while another page comes
		stop()
		if err == nil && there {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	h.run(chromedp.Evaluate(`throw new Error("the page does not come")`, nil))
}

// look is what she does on each page that comes: read it. It must have nothing that axe
// finds, on a desk and on a telephone, and must not be wider than either.
func (h *hand) look() {
	h.t.Helper()
	h.page++
	var title string
	h.run(chromedp.Evaluate(h.axe+";0", nil), chromedp.Title(&title))
	for _, width := range []int64{390, 1280} {
		var violations []string
		var wide bool
		h.run(chromedp.EmulateViewport(width, 900),
			chromedp.Evaluate(`axe.run().then(r => r.violations.flatMap(v => v.nodes.slice(0, 3).map(n => v.id + " (" + v.help + "): " + n.html.slice(0, 160) + " | " + (n.any[0]?.message ?? ""))))`, &violations,
				func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }),
			chromedp.Evaluate(`document.documentElement.scrollWidth > innerWidth`, &wide))
		if len(violations) > 0 || wide {
			h.t.Errorf("%s at %d: wider than its window: %v; %q", title, width, wide, violations)
		}
		if *pictures != "" {
			var png []byte
			h.run(chromedp.FullScreenshot(&png, 100))
			write(h.t, filepath.Join(*pictures, fmt.Sprintf("%s-%02d-%d.png", filepath.Base(h.t.Name()), h.page, width)), png)
		}
	}
}

// find gives the element that a text names: that of a link, a button, or a field by its label.
const find = `(text => {
	const is = e => e && e.checkVisibility() && !e.disabled;
	const said = e => (e.textContent || "").replace(/\s+/g, " ").trim();
	const all = [...document.querySelectorAll("main a, main button, main summary"), ...document.querySelectorAll("nav a")].filter(is);
	const label = [...document.querySelectorAll("label")].find(l => said(l).startsWith(text) && is(l.control));
	return all.find(e => said(e) === text) || all.find(e => said(e).startsWith(text)) || (label && label.control) || null;
})(%q)`

// reach brings her to an element: her pointer, or the keyboard's focus.
func (h *hand) reach(text string) {
	h.t.Helper()
	var there bool
	h.run(chromedp.Evaluate(fmt.Sprintf(find, text)+` !== null`, &there))
	if !there {
		var page string
		h.run(chromedp.Text("body", &page))
		h.t.Fatalf("there is no %s on the page; done so far:\n%s\n%s", text, strings.Join(h.done, "\n"), page)
	}
	if !h.keyboard {
		h.run(chromedp.Evaluate(`{ const e = `+fmt.Sprintf(find, text)+`; e.scrollIntoView({ block: "center" }); }`, nil))
		return
	}
	for range 300 {
		var here bool
		h.run(chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(fmt.Sprintf(find, text)+` === document.activeElement`, &here))
		if here {
			return
		}
	}
	h.t.Fatalf("%s is not reached by the keyboard", text)
}

// press clicks what leads to another page, and reads that.
func (h *hand) press(text string) {
	h.t.Helper()
	h.reach(text)
	h.done = append(h.done, "press "+text)
	h.run(chromedp.Evaluate(`window.before = true; 0`, nil))
	h.strike(text)
	h.until(`!window.before`)
	h.look()
}

// strike clicks an element, or strikes the key that does.
func (h *hand) strike(text string) {
	h.t.Helper()
	if h.keyboard {
		h.run(chromedp.KeyEvent(kb.Enter))
		return
	}
	var at []float64
	h.run(chromedp.Evaluate(`(e => { const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; })(`+fmt.Sprintf(find, text)+`)`, &at), chromedp.ActionFunc(func(ctx context.Context) error { return chromedp.MouseClickXY(at[0], at[1]).Do(ctx) }))
}

// opens shows what a summary hides.
func (h *hand) opens(text string) {
	h.t.Helper()
	h.reach(text)
	h.done = append(h.done, "open "+text)
	h.strike(text)
}

// types writes into a field.
func (h *hand) types(label, text string) {
	h.t.Helper()
	h.reach(label)
	h.done = append(h.done, "type "+label+": "+text)
	h.typed += len([]rune(text))
	if !h.keyboard {
		h.strike(label)
	}
	h.run(chromedp.Evaluate(`document.activeElement.select(); 0`, nil), chromedp.KeyEvent(text))
}

// chooses takes a word of a list.
func (h *hand) chooses(label, word string) {
	h.t.Helper()
	h.reach(label)
	h.done = append(h.done, "choose "+label+": "+word)
	h.run(chromedp.Evaluate(fmt.Sprintf(find, label)+`.focus(); 0`, nil)) // the list itself is drawn outside of the page
	for range 10 {
		var now string
		h.run(chromedp.KeyEvent(kb.ArrowDown), chromedp.Evaluate(fmt.Sprintf(find, label)+`.selectedOptions[0].textContent`, &now))
		if now == word {
			return
		}
	}
	h.t.Fatalf("%s has no %s", label, word)
}

// ticks ticks a box.
func (h *hand) ticks(label string) {
	h.t.Helper()
	h.reach(label)
	h.done = append(h.done, "tick "+label)
	if h.keyboard {
		h.run(chromedp.KeyEvent(" "))
	} else {
		h.strike(label)
	}
}

// drops puts files into the field for them; that alone sends them.
func (h *hand) drops(label string, files []string) {
	h.t.Helper()
	h.reach(label)
	h.done = append(h.done, fmt.Sprintf("drop %d files", len(files)))
	h.run(chromedp.Evaluate(`window.before = true; 0`, nil), chromedp.QueryAfter("input[type=file]", func(ctx context.Context, _ runtime.ExecutionContextID, nodes ...*cdp.Node) error {
		return dom.SetFileInputFiles(files).WithNodeID(nodes[0].NodeID).Do(ctx)
	}, chromedp.ByQuery))
	h.until(`!window.before`)
	h.look()
}

// waits lets a publication go on until its page says how it went.
func (h *hand) waits(text string) {
	h.t.Helper()
	h.until(fmt.Sprintf(`document.querySelector("main").textContent.includes(%q)`, text))
	h.look()
}

// counts holds what she did in a month against how much it may be.
func (h *hand) counts(month string, most int) {
	h.t.Helper()
	h.t.Logf("%s: %d clicks or fields, %d characters typed\n%s", month, len(h.done), h.typed, strings.Join(h.done, "\n"))
	if len(h.done) > most {
		h.t.Errorf("%s takes %d, and %d are allowed", month, len(h.done), most)
	}
}

// TestDeskMonth does the work of two months at the desk alone: with a mouse, then with the
// keyboard.
func TestDeskMonth(t *testing.T) {
	root := t.TempDir()
	d := &monthDesk{dir: filepath.Join(root, "bureau"), env: map[string]string{"LANG": "zh_CN.UTF-8", "USER": "zhang"}}
	web := filepath.Join(root, "www")
	get := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(web, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	sent := func(month int) (files []string, figures []aFigure) {
		from := filepath.Join(root, fmt.Sprint("sent-", month))
		figures = sixFiles(t, from, month)
		files, err := filepath.Glob(filepath.Join(from, "[^~]*"))
		if err != nil || len(files) != 6 {
			t.Fatal(files, err)
		}
		return files, figures
	}
	d.day(2026, 10, 8)
	d.runs(t, 0, "init", "--name", "清河县公安局", "--phone", "0100-1234567", "--address", "清河县人民路1号", d.dir)

	files, first := sent(9)
	t.Run("first", func(t *testing.T) {
		h := handAt(t, d, false)
		h.press("收件夹里没有要读入的")
		h.drops("各部门报送的文件", files)
		h.press(filepath.Base(files[0]))
		for range files {
			h.press("照此读入")
		}
		h.press("文件")
		h.press("网站设置")
		h.opens("还可以填的（13项）")
		h.types("网站地址", "https://www.example.gov.cn/sunshine/")
		h.press("保存")
		h.press("预览")
		h.opens("道路交通事故")
		h.until(`document.querySelector("main").textContent.includes("人数或者单位数太小")`)
		h.press("变化单")
		h.types("批准人", "李局长")
		h.press("批准这些变化")
		h.types("发到哪里", web)
		h.press("发布")
		h.waits("已在那里核对")
		h.counts("the first month", 40)
	})
	held(t, get, first)
	d.runs(t, 0, "verify", web, "--from", d.dir)
	d.runs(t, 0, "audit", web)

	d.day(2026, 11, 6)
	files, second := sent(10)
	if err := os.RemoveAll(filepath.Join(d.dir, "inbox")); err != nil {
		t.Fatal(err)
	}
	t.Run("second", func(t *testing.T) {
		h := handAt(t, d, true)
		h.press("收件夹里没有要读入的")
		h.drops("各部门报送的文件", files)
		h.press("没有问题的4份，一起读入")
		h.press("指挥中心 10月（1）.xlsx")
		h.types("原因", "移交的警情补录")
		h.chooses("类型", "更正")
		h.types("批准人", "指挥中心")
		h.press("按这些回答读入")
		h.ticks("新出现的列")
		h.press("按这些回答读入")
		h.press("都读入了")
		h.types("批准人", "李局长")
		h.press("批准这些变化")
		h.press("发布")
		h.waits("已在那里核对")
		h.counts("the second month", 15)
	})
	i := slices.IndexFunc(first, func(f aFigure) bool { return f.statistic == "指挥中心接警情况" && f.value == 717 })
	first[i].value = 723
	held(t, get, first)
	held(t, get, second)
	d.runs(t, 0, "verify", web, "--from", d.dir)
	d.runs(t, 0, "audit", web)
}
