package send

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"sync"
	"time"

	"sunshine/site/problem"
)

// Who publishes.
type Who struct {
	Name    string // of the person
	Machine string
	Process int
	Now     func() time.Time
}

// A lock that was not renewed for so long is nobody's; it is renewed a few times in
// that time. Variables for the tests.
var (
	maxSilence = 5 * time.Minute
	beat       = 30 * time.Second
)

// lock is what stands in the note.
type lock struct {
	By      string    `json:"by"`
	Machine string    `json:"machine"`
	Process int       `json:"process"`
	Since   time.Time `json:"since"`
	Renewed time.Time `json:"renewed"`
	Token   string    `json:"token"`
}

func (l lock) bytes() []byte {
	b, err := json.Marshal(l)
	if err != nil {
		panic(err) // strings and times of this age always encode
	}
	return append(b, '\n')
}

// active are the tokens of the locks that this process has.
var active sync.Map

// gone tells whether the process that made a lock is one of our machine, and no more.
func (l lock) gone(who Who) bool {
	if l.Machine != who.Machine {
		return false
	}
	if l.Process == who.Process {
		_, ours := active.Load(l.Token)
		return !ours // it could not be let go when the connection was lost
	}
	return !alive(l.Process)
}

// held is a lock that we have.
type held struct {
	lock   lock
	now    func() time.Time
	stop   context.CancelFunc
	done   sync.WaitGroup
	cancel context.CancelCauseFunc
}

// Lock keeps other publishes out until Close. The context ends when the lock is lost.
func (t *Target) Lock(ctx context.Context, who Who) (context.Context, error) {
	now := who.Now().UTC().Truncate(time.Second)
	mine := lock{who.Name, who.Machine, who.Process, now, now, rand.Text()}
	for range 3 {
		err := t.store.create(ctx, lockNote, mine.bytes())
		if err == nil {
			return t.hold(ctx, mine, who.Now), nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return ctx, t.failed(err)
		}
		other, err := t.locked(ctx)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue // it was let go this moment
		case errors.Is(err, errLock):
			return ctx, refusal(t.store.Name(workDir+"/"+lockNote), problem.PublishBusy,
				problem.Say("有人正在向这里发布，是谁看不出来：这个文件读不懂", "somebody is publishing here, and who it is cannot be told: this file cannot be read"),
				problem.Say("确认没有人在发布，删去这个文件，再运行一次", "make sure that nobody is publishing, delete this file, and run this again"))
		case err != nil:
			return ctx, t.failed(err)
		}
		gone := other.gone(who)
		silent := who.Now().Sub(other.Renewed)
		if !gone && silent < -maxSilence {
			return ctx, refusal(t.store.Name(workDir+"/"+lockNote), problem.PublishClock,
				problem.Say("“%s”（电脑“%s”）在向这里发布，那台电脑的时间比这台快%d分钟以上，看不出是不是还在发", "%s (on %s) publishes here, and the clock of that computer is more than %d minutes ahead of this one, so that it cannot be told whether they still do", problem.Quote(other.By), problem.Quote(other.Machine), int(maxSilence.Minutes())),
				problem.Say("校准两台电脑的时间；问过对方、没有在发布的，删去这个文件，再运行一次", "set the clocks of both computers right; ask them, and if they are not publishing delete this file and run this again"))
		}
		if !gone && silent <= maxSilence {
			return ctx, refusal(t.Address, problem.PublishBusy,
				problem.Say("“%s”（电脑“%s”）从%s起正在向这里发布", `%s (on %s) has been publishing here since %s`, problem.Quote(other.By), problem.Quote(other.Machine), other.Since.Local().Format("2006-01-02 15:04:05")),
				problem.Say("等对方发完再运行一次，对方的发布记录会自动取来；那台电脑要是已经关机或断网，%d分钟后再运行就可以接着发", "wait until they have finished and run this again: their release is fetched by itself; if that computer was turned off or lost its connection, run this again in %d minutes", int(maxSilence.Minutes())))
		}
		if err := t.store.forget(ctx, lockNote); err != nil {
			return ctx, t.failed(err)
		}
	}
	return ctx, refusal(t.Address, problem.PublishBusy,
		problem.Say("几个人同时开始向这里发布", "several people began to publish here at the same moment"),
		problem.Say("过一会儿再运行一次", "run this again in a moment"))
}

var errLock = errors.New("the lock cannot be read")

// locked reads the lock at the target.
func (t *Target) locked(ctx context.Context) (lock, error) {
	text, err := t.store.note(ctx, lockNote)
	if err != nil {
		return lock{}, err
	}
	var l lock
	if err := json.Unmarshal(text, &l); err != nil || l.Token == "" {
		return lock{}, errLock
	}
	return l, nil
}

// hold renews the lock while the work goes on.
func (t *Target) hold(ctx context.Context, mine lock, now func() time.Time) context.Context {
	work, cancel := context.WithCancelCause(ctx)
	beats, stop := context.WithCancel(context.WithoutCancel(ctx))
	h := &held{lock: mine, now: now, stop: stop, cancel: cancel}
	t.held = h
	active.Store(mine.Token, true)
	h.done.Go(func() {
		tick := time.NewTicker(beat)
		defer tick.Stop()
		for {
			select {
			case <-beats.Done():
				return
			case <-tick.C:
			}
			if err := t.still(beats); err != nil {
				cancel(err)
				return
			}
			mine.Renewed = now().UTC().Truncate(time.Second)
			t.store.write(beats, lockNote, mine.bytes()) // one that fails is tried again
		}
	})
	return work
}

// still tells whether the lock is ours; an error where it is not.
func (t *Target) still(ctx context.Context) error {
	if t.held == nil {
		return nil
	}
	l, err := t.locked(ctx)
	switch {
	case err == nil && l.Token == t.held.lock.Token:
		return nil
	case err == nil:
		return refusal(t.Address, problem.PublishBusy,
			problem.Say("这边太久没有应答，“%s”（电脑“%s”）接手向这里发布了", "nothing was heard from here for too long, and %s (on %s) took over", problem.Quote(l.By), problem.Quote(l.Machine)),
			problem.Say("等对方发完再运行一次", "wait until they have finished and run this again"))
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, errLock):
		return refusal(t.Address, problem.PublishBusy,
			problem.Say("发布到一半，那里的“%s”被人删了", "somebody deleted %s there in the middle of this publish", problem.Quote(t.store.Name(workDir+"/"+lockNote))),
			problem.Say("确认没有别人在发布，再运行一次", "make sure that nobody else is publishing, and run this again"))
	}
	return t.failed(err)
}

// release lets the lock go.
func (t *Target) release() {
	h := t.held
	if h == nil {
		return
	}
	t.held = nil
	h.stop()
	h.done.Wait()
	h.cancel(nil)
	active.Delete(h.lock.Token)
	ctx, cancel := context.WithTimeout(context.Background(), maxWait)
	defer cancel()
	if l, err := t.locked(ctx); err == nil && l.Token == h.lock.Token {
		t.store.forget(ctx, lockNote)
	}
}
