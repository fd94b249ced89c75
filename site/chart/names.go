package chart

import (
	"math"
	"slices"
)

// chooseNames picks the labels under a panel, and tells how many lines they
// take: all labels where they fit in one line or in two, or every so many. The
// label of the newest period goes before those of partial ones, and these before
// others.
func (s *sheet) chooseNames() (rows int) {
	n := len(s.plot.Ticks)
	for rows := 1; rows <= 2; rows++ {
		if s.names = s.place(1, rows == 2); len(s.names) == n {
			return rows
		}
	}
	widest := 0.0
	for t := range s.plot.Ticks {
		widest = math.Max(widest, textWidth(s.label(t), font))
	}
	step := niceStep(int(math.Ceil((widest+gap)*float64(n)/s.panels[0].w)), n)
	s.names = s.place(step, false)
	return 1
}

// gap is what labels keep between them.
const gap = 10.0

// place gives the labels of every step-th tick, of all partial periods and of the
// newest, that do not touch.
func (s *sheet) place(step int, folded bool) []name {
	p := s.panels[0]
	n := len(s.plot.Ticks)
	band := p.w / float64(n)
	order := []int{n - 1}
	for t, tick := range s.plot.Ticks[:n-1] {
		if tick.Partial {
			order = append(order, t)
		}
	}
	for t := 0; t < n-1; t += step {
		if !s.plot.Ticks[t].Partial {
			order = append(order, t)
		}
	}
	var names []name
	var taken []span
	for _, t := range order {
		text := s.label(t)
		width := textWidth(text, font)
		if folded && width > band-gap {
			text = fold(text)
			width = linesWidth(text)
		}
		middle := s.under(p, t, width)
		at := span{middle - (width+gap)/2, middle + (width+gap)/2}
		if at.free(taken) {
			taken = append(taken, at)
			names = append(names, name{t, text})
		} else if step == 1 {
			break // all or none
		}
	}
	slices.SortFunc(names, func(a, b name) int { return a.tick - b.tick })
	return names
}

// niceStep is the least step, at least n, that keeps months and years in time
// with each other.
func niceStep(n, ticks int) int {
	for _, step := range []int{1, 2, 3, 4, 6, 12, 24, 36, 48, 60, 120, 240} {
		if step >= n {
			return step
		}
	}
	return max(n, ticks/6, 1)
}

// span is a piece of an axis.
type span struct{ from, to float64 }

func (s span) free(taken []span) bool {
	for _, t := range taken {
		if s.from < t.to && t.from < s.to {
			return false
		}
	}
	return true
}

// namesFit tells whether all labels can stand under their bars, in one line or
// two.
func (s *sheet) namesFit() bool {
	w := float64(s.width) - s.valueWidth() - 24
	band := w / float64(len(s.plot.Ticks))
	for t := range s.plot.Ticks {
		if foldedWidth(s.label(t)) > band-gap {
			return false
		}
	}
	return true
}

// chooseEnds labels all ticks of a small panel where they fit, and tells so, or
// else the last and, where it has room, the first.
func (s *sheet) chooseEnds(w float64) (all bool) {
	n := len(s.plot.Ticks)
	band := w / float64(n)
	last := name{n - 1, cut(s.plot.Ticks[n-1].Short, w)}
	end := -gap
	s.names = nil
	for t, tick := range s.plot.Ticks {
		width := textWidth(tick.Short, font)
		middle := math.Max(width/2, math.Min((float64(t)+0.5)*band, w-width/2))
		if middle-width/2 < end+6 {
			s.names = []name{last}
			if first := cut(s.plot.Ticks[0].Short, w); n > 1 && textWidth(first, font)+textWidth(last.text, font)+gap <= w {
				s.names = []name{{0, first}, last}
			}
			return false
		}
		s.names = append(s.names, name{t, tick.Short})
		end = middle + width/2
	}
	return true
}
