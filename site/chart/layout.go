package chart

import (
	"math"
	"strings"
)

// layOut lays a prepared plot out at a size.
func layOut(p Plot, size size) *sheet {
	s := &sheet{plot: p, narrow: size.narrow, width: size.width, height: 96}
	if s.empty() {
		return s
	}
	s.lines = p.Type == Line || p.Type == SmallMultiples && p.Time && len(p.Ticks) > 12
	s.stacked = p.Type == StackedBar || p.Type == ShareBar
	s.setScale()
	switch {
	case p.Type == SmallMultiples:
		s.layOutPanels()
	case p.Type == HorizontalBar || !s.lines && !p.Time && !s.namesFit():
		s.layOutHorizontal()
	default:
		s.layOutVertical()
	}
	return s
}

// setScale gives the value axis. Bars start at zero; a line does where its
// lowest value is not above half of its highest.
func (s *sheet) setScale() {
	low, high, whole := math.Inf(1), math.Inf(-1), true
	for t := range s.plot.Ticks {
		up, down := 0.0, 0.0
		for _, series := range s.plot.Series {
			v := series.Values[t].Number
			if math.IsNaN(v) {
				continue
			}
			whole = whole && v == math.Trunc(v)
			low, high = math.Min(low, v), math.Max(high, v)
			if s.stacked {
				up += math.Max(v, 0)
				down += math.Min(v, 0)
				low, high = math.Min(low, down), math.Max(high, up)
			}
		}
	}
	if math.IsInf(low, 1) { // markers alone
		low, high = 0, 1
	}
	if !s.lines || low < 0 || low <= high/2 {
		low, high = math.Min(low, 0), math.Max(high, 0)
	}
	steps := 5
	if s.plot.Type == SmallMultiples {
		steps = 3
	} else if s.narrow {
		steps = 4
	}
	s.scale = newScale(low, high, steps, whole)
	if s.plot.Type == ShareBar {
		s.scale = scale{0, 100, 25}
	}
}

// headroom is what stands above the panel: the unit, and a remark on the axis.
func (s *sheet) headroom() float64 {
	if s.plot.Unit != "" || s.cut() {
		return 2*lineHeight + 6
	}
	return lineHeight + 4
}

func (s *sheet) all() []int {
	all := make([]int, len(s.plot.Series))
	for i := range all {
		all[i] = i
	}
	return all
}

// chooseSides names the series at the right of their last point, as is done on
// wide drawings of several lines or stacks.
func (s *sheet) chooseSides() {
	if s.narrow || len(s.plot.Series) < 2 || len(s.plot.Series) > maxSeries || s.plot.Type != Line && !s.stacked {
		return
	}
	if sides, ok := shorten(s.seriesNames(), sideMax); ok {
		s.sides = sides
	}
}

func (s *sheet) seriesNames() []string {
	all := make([]string, len(s.plot.Series))
	for k, series := range s.plot.Series {
		all[k] = series.Name
	}
	return all
}

// tickNames gives the texts of all ticks for this width.
func (s *sheet) tickNames() []string {
	all := make([]string, len(s.plot.Ticks))
	for t := range all {
		all[t] = s.label(t)
	}
	return all
}

func (s *sheet) layOutVertical() {
	left, right := s.valueWidth()+10, 14.0
	s.chooseSides()
	for _, side := range s.sides {
		right = math.Max(right, textWidth(side, font)+14)
	}
	p := panel{x: left, y: s.headroom(), w: float64(s.width) - left - right, h: 220, series: s.all(), first: true}
	if s.narrow {
		p.h = 200
	}
	s.panels = []panel{p}
	rows := s.chooseNames()
	s.setBarWidth(p.w / float64(len(s.plot.Ticks)))
	s.height = int(p.y+p.h) + 12 + rows*int(lineHeight)
}

// setBarWidth shares a band of the category axis among the bars that stand in it.
func (s *sheet) setBarWidth(band float64) {
	n := 1.0
	if !s.stacked && s.plot.Type != SmallMultiples {
		n = float64(len(s.plot.Series))
	}
	part, most := 0.74, 72.0
	if n > 1 {
		part, most = 0.84, 44
	}
	s.barWidth = math.Min(math.Max(band*part/n, math.Min(band/n, 1)), most)
	if s.barWidth >= 4 {
		s.barWidth = math.Floor(s.barWidth)
	}
}

// layOutHorizontal lays bars down, each beside its label, or under it where a
// phone has no room beside.
func (s *sheet) layOutHorizontal() {
	s.horizontal = true
	n := float64(len(s.plot.Ticks))
	longest := 0.0
	for t := range s.plot.Ticks {
		longest = math.Max(longest, textWidth(s.label(t), font))
	}
	limit := 0.42 * float64(s.width)
	s.above = s.narrow && longest > limit
	p := panel{x: math.Ceil(math.Min(longest, limit)) + 10, y: s.headroom() - lineHeight + 6, series: s.all(), first: true}
	if s.above {
		p.x, p.y = 8, p.y+lineHeight/2
		limit = float64(s.width) - 2*p.x
	}
	lines := 1.0
	for t, text := range wrapNames(s.tickNames(), limit, 4) {
		s.names = append(s.names, name{t, text})
		lines = math.Max(lines, float64(strings.Count(text, "\n")+1))
	}
	after := s.valueWidth()/2 + 4 // what stands past the panel
	if s.showsValues() && !s.stacked {
		for k, series := range s.plot.Series {
			for t := range series.Values {
				after = math.Max(after, math.Min(textWidth(s.figure(k, t), font)+8, 120))
			}
		}
	}
	p.w = float64(s.width) - p.x - after
	for n := 0; n < 8 && s.covers(p); n++ {
		s.scale.min = round(s.scale.min-s.scale.step, s.scale.step)
	}
	bars := 32.0
	if !s.stacked {
		bars = 14 + 18*float64(len(s.plot.Series))
	}
	bars = math.Min(bars, math.Max(2400/n, 10))
	s.setBarWidth(bars)
	band := math.Max(bars, lines*lineHeight+2)
	if s.above {
		band = bars + lines*lineHeight
		s.drop = (lines - 1) * lineHeight / 2
	}
	p.h = math.Max(math.Ceil(band*n), 40)
	s.panels = []panel{p}
	s.height = int(p.y+p.h) + 12 + int(lineHeight)
}

// covers tells whether a name would cover the figure of a negative value, and its minus:
// the figure stands at the left of its bar.
func (s *sheet) covers(p panel) bool {
	if !s.showsValues() || s.stacked {
		return false
	}
	for k, series := range s.plot.Series {
		for t, v := range series.Values {
			if v.Number < 0 && s.level(p, v.Number)-textWidth(s.figure(k, t), font)-4 < p.x {
				return true
			}
		}
	}
	return false
}

// layOutPanels gives each series a panel of its own. All have the same axes.
// Categories whose names have no room under the bars lie down, named at the left
// of each row of panels, where they are not too many to be read at all.
func (s *sheet) layOutPanels() {
	columns := 3
	if s.narrow {
		columns = 2
	}
	n := len(s.plot.Series)
	columns = min(columns, n)
	const foot = 30.0
	between, right, high := 16.0, 10.0, 96.0
	left := s.valueWidth() + 10
	width := func() float64 {
		return math.Floor((float64(s.width) - left - right - between*float64(columns-1)) / float64(columns))
	}
	if !s.plot.Time && len(s.plot.Ticks) <= lyingMax && !s.chooseEnds(width()) {
		s.horizontal, s.names = true, nil
		if s.narrow {
			columns = 1
		}
		left, right, between = 0, s.valueWidth()/2+4, s.valueWidth()+8
		lines := 1
		for t, text := range wrapNames(s.tickNames(), 0.3*float64(s.width), 4) {
			s.names = append(s.names, name{t, text})
			left = math.Max(left, math.Ceil(linesWidth(text))+10)
			lines = max(lines, strings.Count(text, "\n")+1)
		}
		high = math.Ceil(float64(len(s.plot.Ticks)) * math.Max(22, float64(lines)*lineHeight+4))
	}
	top := 4.0
	if s.plot.Unit != "" || s.cut() {
		top = lineHeight + 8
	}
	w := width()
	titles := wrapNames(s.seriesNames(), w, 3)
	y := top
	for i := range n {
		if i%columns == 0 {
			if i > 0 {
				y += high + foot
			}
			head := 1
			for _, title := range titles[i:min(i+columns, n)] {
				head = max(head, strings.Count(title, "\n")+1)
			}
			y += float64(head)*lineHeight + 11
		}
		s.panels = append(s.panels, panel{
			x:      left + float64(i%columns)*(w+between),
			y:      y,
			w:      w,
			h:      high,
			title:  titles[i],
			series: []int{i},
			first:  i%columns == 0,
		})
	}
	if s.horizontal {
		s.setBarWidth(high / float64(len(s.plot.Ticks)))
	} else {
		s.setBarWidth(w / float64(len(s.plot.Ticks)))
		s.chooseEnds(w)
	}
	s.height = int(y + high + foot)
}
