package site_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// While a publication goes on, the desk answers; what would write is told to wait.
func TestDeskPublishing(t *testing.T) {
	dir := t.TempDir()
	page := "---\ntitle: 关于\n---\n正文\n"
	for name, text := range map[string]string{"data/site.yaml": "title: 阳光警务\norganization: 清河县公安局\nbase_url: https://qinghe.gov.cn/\n", "data/pages/about.md": page} {
		putFile(t, filepath.Join(dir, name), text)
	}
	work := workOn(dir)
	www := filepath.Join(t.TempDir(), "www")
	sending, goOn, ended := make(chan bool), make(chan bool), make(chan error)
	once := sync.OnceFunc(func() { close(sending); <-goOn })
	go func() {
		sent, err := work.Publish(t.Context(), www, func(step problem.Text, _, of int) {
			if step == site.Sending.Text() {
				once()
			}
		})
		if err == nil && !sent.Done {
			err = fmt.Errorf("it was not published: %+v", sent.Problems)
		}
		ended <- err
	}()
	select {
	case <-sending:
	case err := <-ended:
		t.Fatal("nothing was sent: ", err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	answered := make(chan error, 1)
	go func() {
		if _, err := work.Month(ctx); err != nil {
			answered <- err
			return
		}
		_, _, err := work.Save(ctx, "data/pages/about.md", bureau.SHA256([]byte(page)), []byte(page+"改\n"))
		if busy := (*write.Error)(nil); !errors.As(err, &busy) {
			answered <- errors.Join(errors.New("it was saved while it is sent"), err)
			return
		}
		answered <- nil
	}()
	select {
	case err := <-answered:
		if err != nil {
			t.Error(err)
		}
	case <-ctx.Done():
		t.Error("the desk does not answer")
	}
	close(goOn)
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute / 6):
		t.Error("the publication does not end")
	}
}
