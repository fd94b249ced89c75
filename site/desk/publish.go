package desk

import (
	"net/http"
	"strings"
	"sync"

	"sunshine/site/problem"
)

// publication is the one that runs, or ran last. It goes on when the browser is closed.
type publication struct {
	mu       sync.Mutex
	running  bool
	to       string
	step     problem.Text
	done, of int
	sent     *Sent
	err      error
}

// publishingView is the page of a publication.
type publishingView struct {
	To       string
	Targets  []string
	Running  bool
	Step     string
	Done, Of int
	Sent     *Sent
	Failed   string
	Problems []shown
}

// publishing asks where to publish, and says how far a publication is.
func (d *desk) publishing(w http.ResponseWriter, r *http.Request) {
	targets, err := d.Work.Targets()
	if err != nil {
		d.failed(w, "/publish", err)
		return
	}
	p := &d.publication
	p.mu.Lock()
	v := publishingView{To: p.to, Targets: targets, Running: p.running, Step: p.step.In(d.Language), Done: p.done, Of: p.of, Sent: p.sent}
	if p.err != nil {
		v.Failed = problem.Visible(d.why(p.err))
	}
	if p.sent != nil {
		v.Problems = d.shownOf(p.sent.Problems)
	}
	p.mu.Unlock()
	if v.To == "" && len(targets) > 0 {
		v.To = targets[0]
	}
	if v.Running {
		w.Header().Set("Refresh", "1")
	}
	d.show(w, http.StatusOK, "/publish", "publish.html", d.say("发布", "Publish"), v)
}

// publish begins a publication.
func (d *desk) publish(w http.ResponseWriter, r *http.Request) {
	to := strings.TrimSpace(r.FormValue("to"))
	p := &d.publication
	p.mu.Lock()
	if !p.running && to != "" {
		p.running, p.to, p.sent, p.err, p.step, p.done, p.of = true, to, nil, nil, problem.Text{}, 0, 0
		d.background.Go(func() {
			sent, err := d.Work.Publish(d.context, to, func(step problem.Text, done, of int) {
				p.mu.Lock()
				defer p.mu.Unlock()
				p.step, p.done, p.of = step, done, of
			})
			p.mu.Lock()
			defer p.mu.Unlock()
			p.running, p.sent, p.err = false, &sent, err
			d.check.stale.Store(true)
		})
	}
	p.mu.Unlock()
	back(w, r, "/publish")
}
