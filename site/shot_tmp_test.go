package site_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

func TestShotTmp(t *testing.T) {
	if os.Getenv("SHOTS") == "" {
		t.Skip()
	}
	ctx, _ := tab(t, browser(t))
	for _, s := range strings.Split(os.Getenv("SHOTS"), ";") {
		f := strings.Split(s, ",") // name,width,height,dark,url
		var w, h int64 = 390, 844
		if f[1] == "1280" {
			w, h = 1280, 900
		}
		if f[1] == "320" {
			w = 320
		}
		var png []byte
		err := chromedp.Run(ctx, chromedp.EmulateViewport(w, h), emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: f[2]}}),
			chromedp.Navigate(f[3]), chromedp.Sleep(700*time.Millisecond), chromedp.CaptureScreenshot(&png))
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/search/"+f[0]+".png", png, 0o644)
	}
}
