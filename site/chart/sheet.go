package chart

import (
	"fmt"
	"math"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/compute"
)

// size is what a drawing is laid out for.
type size struct {
	width  int
	narrow bool
}

var (
	wideSize   = size{720, false}
	narrowSize = size{320, true} // what a phone of 390 leaves inside a card
)

const (
	font        = 13.0 // pixels, as all text in a drawing
	lineHeight  = 17.0
	largest     = 1e100 // value: sums of them stay finite
	labelledMax = 24    // bars that may carry their value
	symbolMax   = 31    // ticks of a line whose points are marked
	labelMax    = 240   // pixels of a label before it is cut

	barGap      = "8%" // of a bar's width, between those of one tick
	barGapShare = 0.08
)

// sheet is a plot laid out at a size: where everything stands, in pixels.
// Nothing is left for ECharts to measure.
type sheet struct {
	plot          compute.Plot
	narrow        bool
	width, height int
	lines         bool // lines, not bars
	stacked       bool
	horizontal    bool
	above         bool // of lying bars: the label stands over its bar
	scale         scale
	names         []name // the labelled ticks of the category axis
	panels        []panel
	barWidth      float64
}

// name is a label of the category axis.
type name struct {
	tick int
	text string
}

// panel is one pair of axes with the series on it.
type panel struct {
	x, y, w, h float64
	title      string
	series     []int
	first      bool // in its row: carries the labels of the value axis
}

// prepare checks a plot and makes its texts fit to stand in a drawing. Shares
// become per cent of their bar.
func prepare(p compute.Plot) (compute.Plot, error) {
	switch p.Type {
	case compute.Bar, compute.GroupedBar, compute.StackedBar, compute.HorizontalBar, compute.Line, compute.ShareBar, compute.SmallMultiples:
	default:
		return p, fmt.Errorf("chart: %q is no type of chart", p.Type)
	}
	if p.Language != "en" {
		p.Language = "zh"
	}
	p.Title, p.Unit = clean(p.Title), clean(p.Unit)
	p.Ticks, p.Series = slices.Clone(p.Ticks), slices.Clone(p.Series)
	for i := range p.Ticks {
		t := &p.Ticks[i]
		t.Label, t.Short = clean(t.Label), clean(t.Short)
		if t.Short == "" {
			t.Short = t.Label
		}
	}
	for i := range p.Series {
		s := &p.Series[i]
		s.Name = clean(s.Name)
		if len(s.Values) != len(p.Ticks) {
			return p, fmt.Errorf("chart: the series %q has %d values for %d ticks", s.Name, len(s.Values), len(p.Ticks))
		}
		s.Values = slices.Clone(s.Values)
		for _, v := range s.Values {
			if math.Abs(v.Number) > largest {
				return p, fmt.Errorf("chart: the series %q holds %g, which is too large to draw", s.Name, v.Number)
			}
		}
	}
	if p.Type == compute.ShareBar {
		shares(p)
		p.Unit = "%"
	}
	return p, nil
}

// shares turns values into per cent of their tick's sum. Where a part is missing
// the sum is not known, and so is no share.
func shares(p compute.Plot) {
	for t := range p.Ticks {
		sum := 0.0
		for _, s := range p.Series {
			sum += s.Values[t].Number
		}
		for _, s := range p.Series {
			v := &s.Values[t]
			if sum > 0 {
				v.Number *= 100 / sum
				continue
			}
			v.Number = math.NaN()
		}
	}
}

// empty tells that there is no value to draw.
func (s *sheet) empty() bool {
	for _, series := range s.plot.Series {
		for _, v := range series.Values {
			if !math.IsNaN(v.Number) || v.Status != 0 {
				return false
			}
		}
	}
	return true
}

func layOut(p compute.Plot, size size) *sheet {
	s := &sheet{plot: p, narrow: size.narrow, width: size.width, height: 96}
	if s.empty() {
		return s
	}
	s.lines = p.Type == compute.Line || p.Type == compute.SmallMultiples && p.Time && len(p.Ticks) > 12
	s.stacked = p.Type == compute.StackedBar || p.Type == compute.ShareBar
	s.setScale()
	switch {
	case p.Type == compute.SmallMultiples:
		s.layOutPanels()
	case p.Type == compute.HorizontalBar || !s.lines && !p.Time && !s.namesFit():
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
	if s.plot.Type == compute.SmallMultiples {
		steps = 3
	} else if s.narrow {
		steps = 4
	}
	s.scale = newScale(low, high, steps, whole)
	if s.plot.Type == compute.ShareBar {
		s.scale = scale{0, 100, 25}
	}
}

// unit is what the value axis counts in.
func (s *sheet) unit() string {
	if s.plot.Average && s.plot.Unit != "" {
		return fmt.Sprintf(wordsOf(s.plot.Language).average, s.plot.Unit)
	}
	return s.plot.Unit
}

// cut tells that the value axis does not start at zero.
func (s *sheet) cut() bool { return s.scale.min > 0 }

// valueWidth is the room that the labels of the value axis take.
func (s *sheet) valueWidth() float64 {
	w := 0.0
	for _, text := range s.scale.labels(s.plot.Language) {
		w = math.Max(w, textWidth(text, font))
	}
	return math.Ceil(w)
}

// label gives the text of a tick for this width.
func (s *sheet) label(t int) string {
	if s.narrow {
		return s.plot.Ticks[t].Short
	}
	return s.plot.Ticks[t].Label
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

// sideLabels tells whether the series are named at the right of their last
// point, as is done on wide drawings of several lines or stacks.
func (s *sheet) sideLabels() bool {
	return !s.narrow && !s.horizontal && len(s.plot.Series) > 1 && len(s.plot.Series) <= maxSeries &&
		(s.plot.Type == compute.Line || s.stacked)
}

func (s *sheet) layOutVertical() {
	left, right := s.valueWidth()+10, 14.0
	if s.sideLabels() {
		for _, series := range s.plot.Series {
			right = math.Max(right, math.Min(textWidth(series.Name, font), 130)+14)
		}
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
	if !s.stacked && s.plot.Type != compute.SmallMultiples {
		n = float64(len(s.plot.Series))
	}
	part, most := 0.74, 72.0
	if n > 1 {
		part, most = 0.84, 44
	}
	s.barWidth = math.Min(band*part/n, most)
	if s.barWidth >= 4 {
		s.barWidth = math.Floor(s.barWidth)
	}
}

// namesFit tells whether all labels can stand under their bars, in one line or
// two.
func (s *sheet) namesFit() bool {
	w := float64(s.width) - s.valueWidth() - 24
	band := w / float64(len(s.plot.Ticks))
	for t := range s.plot.Ticks {
		if foldedWidth(s.label(t)) > band-6 {
			return false
		}
	}
	return true
}

// foldedWidth is the width of a text in at most two lines.
func foldedWidth(text string) float64 {
	w, line := 0.0, ""
	for _, r := range fold(text) + "\n" {
		if r != '\n' {
			line += string(r)
			continue
		}
		w, line = math.Max(w, textWidth(line, font)), ""
	}
	return w
}

// chooseNames picks the labels under a panel, and tells how many lines they
// take: all labels where they fit in one line or in two, or every so many. The
// labels of partial periods go before others.
func (s *sheet) chooseNames() (rows int) {
	n := len(s.plot.Ticks)
	for rows := 1; rows <= 2; rows++ {
		if s.names = s.place(1, rows == 2); len(s.names) == n {
			return rows
		}
	}
	widest := 0.0
	for t := range s.plot.Ticks {
		widest = math.Max(widest, textWidth(fit(s.label(t), labelMax, font), font))
	}
	step := niceStep(int(math.Ceil((widest+gap)*float64(n)/s.panels[0].w)), n)
	s.names = s.place(step, false)
	return 1
}

// gap is what labels keep between them.
const gap = 10.0

// place gives the labels of every step-th tick, and of all partial periods,
// that do not touch.
func (s *sheet) place(step int, folded bool) []name {
	p := s.panels[0]
	band := p.w / float64(len(s.plot.Ticks))
	var names []name
	var taken []span
	for _, partial := range []bool{true, false} {
		for t, tick := range s.plot.Ticks {
			if tick.Partial != partial || !partial && t%step != 0 {
				continue
			}
			text := fit(s.label(t), labelMax, font)
			width := textWidth(text, font)
			if folded && width > band-gap {
				text, width = fold(text), foldedWidth(text)
			}
			middle := s.under(p, t, width)
			at := span{middle - (width+gap)/2, middle + (width+gap)/2}
			if at.free(taken) {
				taken = append(taken, at)
				names = append(names, name{t, text})
			}
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
	s.above = s.narrow && longest > limit && n <= 60
	p := panel{x: math.Ceil(math.Min(longest, limit)) + 10, y: s.headroom() - lineHeight + 6, series: s.all(), first: true}
	if s.above {
		p.x, p.y = 8, p.y+lineHeight/2
		limit = float64(s.width) - 2*p.x
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
	bars := 32.0
	if !s.stacked {
		bars = 14 + 18*float64(len(s.plot.Series))
	}
	bars = math.Min(bars, 2400/n)
	s.setBarWidth(bars)
	band := bars
	if s.above {
		band += lineHeight
	}
	p.h = math.Max(math.Ceil(band*n), 40)
	for t := 0; t < len(s.plot.Ticks); t += int(math.Ceil(lineHeight / band)) {
		s.names = append(s.names, name{t, fit(s.label(t), limit, font)})
	}
	s.panels = []panel{p}
	s.height = int(p.y+p.h) + 12 + int(lineHeight)
}

// layOutPanels gives each series a panel of its own. All have the same axes.
func (s *sheet) layOutPanels() {
	columns := 3
	if s.narrow {
		columns = 2
	}
	n := len(s.plot.Series)
	columns = min(columns, n)
	rows := (n + columns - 1) / columns
	const between, head, foot, high = 16.0, 28.0, 30.0, 96.0
	left := s.valueWidth() + 10
	top := 4.0
	if s.plot.Unit != "" || s.cut() {
		top = lineHeight + 8
	}
	w := math.Floor((float64(s.width) - left - 10 - between*float64(columns-1)) / float64(columns))
	for i := range n {
		s.panels = append(s.panels, panel{
			x:      left + float64(i%columns)*(w+between),
			y:      top + head + float64(i/columns)*(high+head+foot),
			w:      w,
			h:      high,
			title:  fit(s.plot.Series[i].Name, w, font),
			series: []int{i},
			first:  i%columns == 0,
		})
	}
	s.setBarWidth(w / float64(len(s.plot.Ticks)))
	s.chooseEnds(w)
	s.height = int(top + float64(rows)*(high+head+foot))
}

// chooseEnds labels all ticks of a small panel where they fit, or else the last
// and the first.
func (s *sheet) chooseEnds(w float64) {
	n := len(s.plot.Ticks)
	band := w / float64(n)
	room := w
	for t := n - 1; t >= 0; t-- {
		text := fit(s.plot.Ticks[t].Short, w, font)
		if width := textWidth(text, font); width+6 <= room {
			s.names = append(s.names, name{t, text})
			room -= math.Max(width+6, band)
		}
	}
	if len(s.names) < n {
		ends := s.names[:1]
		if first := fit(s.plot.Ticks[0].Short, w, font); textWidth(first, font)+textWidth(ends[0].text, font)+gap <= w {
			ends = append(ends, name{0, first})
		}
		s.names = ends
	}
	slices.Reverse(s.names)
}

// showsValues tells whether the drawing has room for its values: those of a few
// bars, or of the points of one short line.
func (s *sheet) showsValues() bool {
	n := len(s.plot.Ticks)
	switch {
	case s.plot.Type == compute.SmallMultiples:
		return false
	case s.lines:
		return len(s.plot.Series) == 1 && n <= 12
	}
	return n*len(s.plot.Series) <= labelledMax
}

// figure is the value of series k at a tick as the drawing writes it, with its
// markers; empty where there is none.
func (s *sheet) figure(k, t int) string {
	v := s.plot.Series[k].Values[t]
	if math.IsNaN(v.Number) {
		return ""
	}
	text := compute.Format(v.Number, "", s.plot.Language)
	if s.plot.Type == compute.ShareBar {
		text = compute.Format(math.Round(v.Number), "%", s.plot.Language)
	}
	if marker := letters(v.Status &^ bureau.Instead); marker != "" {
		text += " " + marker
	}
	return text
}

// barsHigh is how much of a band its bars take.
func (s *sheet) barsHigh(p panel) float64 {
	if s.stacked {
		return s.barWidth
	}
	return s.barWidth * (float64(len(p.series)) + barGapShare*float64(len(p.series)-1))
}

// centre is the middle of a tick's band on the category axis of a panel.
func (s *sheet) centre(p panel, tick int) float64 {
	if s.horizontal {
		return p.y + (float64(tick)+0.5)*p.h/float64(len(s.plot.Ticks))
	}
	return p.x + (float64(tick)+0.5)*p.w/float64(len(s.plot.Ticks))
}

// beside is how far the bar of series k stands from the middle of its band.
func (s *sheet) beside(p panel, k int) float64 {
	if s.lines || s.stacked || len(p.series) == 1 {
		return 0
	}
	return (float64(k) - float64(len(p.series)-1)/2) * s.barWidth * (1 + barGapShare)
}

// under is the middle of a label of that width under a tick: below the tick,
// but within the drawing, and within its panel where others stand beside it.
func (s *sheet) under(p panel, tick int, width float64) float64 {
	from, to := 0.0, float64(s.width)
	if s.plot.Type == compute.SmallMultiples {
		from, to = p.x, p.x+p.w
	}
	return math.Max(from+width/2, math.Min(s.centre(p, tick), to-width/2))
}

// level is where a value stands on the value axis of a panel.
func (s *sheet) level(p panel, v float64) float64 {
	at := (v/2 - s.scale.min/2) / (s.scale.max/2 - s.scale.min/2) // halves do not overflow
	if s.horizontal {
		return p.x + p.w*at
	}
	return p.y + p.h*(1-at)
}

// base is where bars begin and the category axis stands.
func (s *sheet) base(p panel) float64 { return s.level(p, math.Max(0, s.scale.min)) }
