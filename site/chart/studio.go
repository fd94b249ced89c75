package chart

import (
	"crypto/sha256"
	"errors"
	"fmt"
)

// Studio draws charts, several at a time.
type Studio struct {
	engine engine
	cache  cache
	free   chan *machine // one place a job; nil where the machine is not started yet
}

// NewStudio gives a studio that draws up to jobs charts at a time with the
// bundle that `go run ./templates/bundle` wrote as draw.js. Drawings are kept in
// cacheDir; empty means that none are. Nothing is started before the first
// drawing that is not in the cache.
func NewStudio(script []byte, cacheDir string, jobs int) *Studio {
	jobs = max(jobs, 1)
	s := &Studio{
		engine: engine{script: script},
		cache:  cache{dir: cacheDir, bundle: sha256.Sum256(script)},
		free:   make(chan *machine, jobs),
	}
	for range jobs {
		s.free <- nil
	}
	return s
}

// Draw draws a plot as the chart id, which must be unique in its page and be
// made of ASCII letters, digits and hyphens. It may be called from several
// goroutines. An error means that the plot is impossible (an unknown type, a
// series whose values do not match the ticks, a value beyond 1e100) or that the bundle is missing.
func (s *Studio) Draw(id string, p Plot) (Drawing, error) {
	if !validID(id) {
		return Drawing{}, fmt.Errorf("chart: %q cannot be an id", id)
	}
	p, err := prepare(p)
	if err != nil {
		return Drawing{}, err
	}
	wide := layOut(p, wideSize)
	svg, err := s.svg(id+"-wide", wide)
	if err != nil {
		return Drawing{}, err
	}
	d := Drawing{ID: id, Wide: svg.inline(), File: svg.file(), Legend: legend(p, wide)}
	if svg, err = s.svg(id+"-narrow", layOut(p, narrowSize)); err != nil {
		return Drawing{}, err
	}
	d.Narrow = svg.inline()
	d.Script, err = script(id, wide)
	return d, err
}

func validID(id string) bool {
	for _, c := range []byte(id) {
		if c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return id != ""
}

// svg draws one sheet, or takes what ECharts drew of it from the cache. A cache
// entry that cannot be read as a drawing is drawn again.
func (s *Studio) svg(id string, sheet *sheet) (image, error) {
	if sheet.empty() {
		return sheet.finish(id, nil)
	}
	option, err := sheet.option()
	if err != nil {
		return image{}, err
	}
	key := s.cache.key(option, sheet.width, sheet.height)
	if raw, ok := s.cache.read(key); ok {
		if svg, err := sheet.finish(id, raw); err == nil {
			return svg, nil
		}
	}
	raw, err := s.draw(option, sheet.width, sheet.height)
	if err != nil {
		return image{}, err
	}
	svg, err := sheet.finish(id, raw)
	if err == nil {
		s.cache.write(key, raw)
	}
	return svg, err
}

func (s *Studio) draw(option []byte, width, height int) ([]byte, error) {
	m := <-s.free
	defer func() { s.free <- m }()
	var err error
	if m == nil {
		if m, err = s.engine.newMachine(); err != nil {
			return nil, err
		}
	}
	raw, err := m.draw(option, width, height)
	if err != nil { // what state it is in is unknown
		m.close()
		m = nil
	}
	return raw, err
}

// Close ends the engines. The studio draws nothing after it.
func (s *Studio) Close() error {
	var errs []error
	for range cap(s.free) {
		if m := <-s.free; m != nil {
			errs = append(errs, m.close())
		}
	}
	close(s.free)
	return errors.Join(errs...)
}

// Prune removes the cache entries that this studio neither read nor wrote.
func (s *Studio) Prune() error { return s.cache.prune() }
