package chart

import (
	"fmt"
	"math"
	"strings"

	"sunshine/site/bureau"
)

// readBack reads a finished drawing and holds what it shows against the plot
// that it was asked for. It knows nothing of the layout. As an eye does, it takes
// the scale from the labels of the value axis, the ticks from where the grid
// begins and ends, and from both the value of every mark; a mark that is missing,
// or a quarter of a pixel off, is an error, and so is a label that says something
// else than the plot, or the same as another.
func readBack(svg []byte, p Plot) error {
	r := reader{plot: p, want: make([][]float64, len(p.Series))}
	for k, s := range p.Series {
		r.want[k] = make([]float64, len(p.Ticks))
		for t := range r.want[k] {
			r.want[k][t] = s.Values[t].Number
			if p.Type == ShareBar {
				r.want[k][t] = share(p, k, t)
			}
		}
	}
	if err := r.read(string(svg)); err != nil {
		return err
	}
	return r.compare()
}

// share is the part in per cent that series k has in a tick; none where a part
// is missing or negative.
func share(p Plot, k, t int) float64 {
	sum := 0.0
	for _, s := range p.Series {
		if v := s.Values[t].Number; v >= 0 {
			sum += v
		} else {
			return math.NaN()
		}
	}
	if sum == 0 {
		return math.NaN()
	}
	return p.Series[k].Values[t].Number / sum * 100
}

// apart is how many pixels a mark may be off: what rounding to tenths adds up to.
const apart = 0.25

// axis is the value axis of a panel: a straight line through its labels.
type axis struct {
	value, at float64 // of one label
	perUnit   float64 // pixels
}

func (a axis) place(value float64) float64 { return a.at + (value-a.value)*a.perUnit }

// lies tells whether the value axis lies: its labels stand side by side.
func (r *reader) lies() bool { return r.scale[0].at.y == r.scale[1].at.y }

// middle is where the middle of a text's first line stands: 0.36 of the height of
// its font over the baseline.
func (r *reader) middle(w written) point { return point{w.at.x, w.at.y - 0.36*r.font} }

// axisOf reads the labels of the value axis that stand beside a panel, or under
// it.
func (r *reader) axisOf(panel box) (axis, error) {
	var values, places []float64
	for _, label := range r.scale {
		place := r.middle(label).y
		if r.lies() {
			place = label.at.x
			if place < panel.left-1 || place > panel.right+1 || label.at.y < panel.bottom || label.at.y > panel.bottom+3*r.font {
				continue
			}
		} else if place < panel.top-1 || place > panel.bottom+1 {
			continue
		}
		v, _, err := figure(label.text, r.plot.Language)
		if err != nil {
			return axis{}, err
		}
		values, places = append(values, v), append(places, place)
	}
	n := len(values) - 1
	if n < 1 || values[0] == values[n] {
		return axis{}, fmt.Errorf("a panel has no scale")
	}
	a := axis{values[0], places[0], (places[n] - places[0]) / (values[n] - values[0])}
	for i, v := range values {
		if math.Abs(a.place(v)-places[i]) > apart {
			return axis{}, fmt.Errorf("the scale says %g where it should say another value", v)
		}
		for _, other := range values[:i] {
			if other == v {
				return axis{}, fmt.Errorf("the scale says %g twice", v)
			}
		}
	}
	return a, nil
}

// compare holds what was read against the plot.
func (r *reader) compare() error {
	p := r.plot
	if r.title != clean(p.Title) {
		return fmt.Errorf("the title is %q, want %q", r.title, p.Title)
	}
	if len(r.panels) == 0 {
		for k := range p.Series {
			for t := range p.Ticks {
				if !math.IsNaN(r.want[k][t]) {
					return fmt.Errorf("nothing is drawn")
				}
			}
		}
		return nil
	}
	if len(r.scale) < 2 {
		return fmt.Errorf("there is no scale")
	}
	for k := range p.Series {
		panel := r.panels[0]
		if p.Type == SmallMultiples {
			if len(r.panels) != len(p.Series) {
				return fmt.Errorf("there are %d panels for %d series", len(r.panels), len(p.Series))
			}
			panel = r.panels[k]
		}
		a, err := r.axisOf(panel)
		if err != nil {
			return err
		}
		g := ground{r, panel, a, r.lies()}
		switch p.Type {
		case Bar, GroupedBar, StackedBar, HorizontalBar, ShareBar:
			err = g.compareBars(k)
		case Line:
			err = g.compareLine(k)
		case SmallMultiples: // bars in every panel, or lines in every one
			if len(r.lines)+len(r.symbols) > 0 {
				err = g.compareLine(k)
			} else {
				err = g.compareBars(k)
			}
		default:
			err = fmt.Errorf("nothing is known of the marks of %q", p.Type)
		}
		if err != nil {
			return fmt.Errorf("series %d, %q: %w", k+1, p.Series[k].Name, err)
		}
	}
	for _, err := range []error{r.compareHead(), r.compareNames(), r.compareValues(), r.compareMarkers()} {
		if err != nil {
			return err
		}
	}
	return nil
}

// compareHead holds the unit, and the remark that an axis does not start at zero.
func (r *reader) compareHead() error {
	unit := clean(r.plot.Unit)
	if r.plot.Type == ShareBar {
		unit = "%"
	}
	switch {
	case (unit != "") != (len(r.unit) == 1):
		return fmt.Errorf("%d units are written for %q", len(r.unit), unit)
	case unit != "" && !strings.HasSuffix(r.unit[0].text, unit) && !strings.Contains(r.unit[0].text, "…") && !r.plot.Average:
		return fmt.Errorf("the unit is %q, want %q", r.unit[0].text, unit)
	}
	lowest := math.Inf(1)
	for _, label := range r.scale {
		v, _, err := figure(label.text, r.plot.Language)
		if err != nil {
			return err
		}
		lowest = math.Min(lowest, v)
	}
	if (lowest > 0) != (len(r.cut) == 1) {
		return fmt.Errorf("the axis starts at %g, and %d remarks say so", lowest, len(r.cut))
	}
	return nil
}

// ground is a panel on which marks are read.
type ground struct {
	*reader
	panel box
	axis  axis
	lies  bool
}

// along gives a point's place along the ticks, and along the values.
func (g ground) along(at point) (category, value float64) {
	if g.lies {
		return at.y, at.x
	}
	return at.x, at.y
}

// tickAt is the tick in whose band a place along the ticks lies.
func (g ground) tickAt(at float64) int {
	from, to := g.panel.left, g.panel.right
	if g.lies {
		from, to = g.panel.top, g.panel.bottom
	}
	return int(math.Floor((at - from) / (to - from) * float64(len(g.plot.Ticks))))
}

func (g ground) off(t int, got, want float64) error {
	return fmt.Errorf("at %q it is drawn at %.1f pixels, want %.1f", g.plot.Ticks[t].Label, got, want)
}

// compareBars finds the bar of each value of series k, between the axis, or what
// lies below it in a stack, and its value.
func (g ground) compareBars(k int) error {
	p := g.plot
	if len(g.lines[k])+len(g.symbols[k]) > 0 {
		return fmt.Errorf("a line or a point stands among bars")
	}
	bars := g.bars[k]
	for t, v := range g.want[k] {
		if math.IsNaN(v) {
			continue
		}
		if len(bars) == 0 {
			return fmt.Errorf("the bar at %q is missing", p.Ticks[t].Label)
		}
		bar := bars[0]
		bars = bars[1:]
		side, _ := g.along(bar.middle())
		if g.tickAt(side-0.2) > t || g.tickAt(side+0.2) < t {
			return fmt.Errorf("the bar at %q is missing, or stands elsewhere", p.Ticks[t].Label)
		}
		if bar.hatched != p.Ticks[t].Partial {
			return fmt.Errorf("the hatching at %q is wrong", p.Ticks[t].Label)
		}
		from := 0.0
		if p.Type == StackedBar || p.Type == ShareBar {
			for _, below := range g.want[:k] {
				if v := below[t]; v < 0 == (g.want[k][t] < 0) && !math.IsNaN(v) {
					from += v
				}
			}
		}
		ends := [2]float64{bar.top, bar.bottom}
		if g.lies {
			ends = [2]float64{bar.left, bar.right}
		}
		a, z := g.axis.place(from), g.axis.place(from+g.want[k][t])
		for i, want := range [2]float64{min(a, z), max(a, z)} {
			if math.Abs(ends[i]-want) > apart {
				return g.off(t, ends[i], want)
			}
		}
	}
	if len(bars) > 0 {
		return fmt.Errorf("a bar stands where there is no value")
	}
	return nil
}

// compareLine finds each value of series k as a corner of its line or as a
// point, and a line between just those that may be joined.
func (g ground) compareLine(k int) error {
	p := g.plot
	if len(g.bars[k]) > 0 {
		return fmt.Errorf("a bar stands among lines")
	}
	joined, seen := make([]bool, len(p.Ticks)), make([]bool, len(p.Ticks))
	at := func(where point) (int, error) {
		side, height := g.along(where)
		t := g.tickAt(side)
		if t < 0 || t >= len(seen) || math.IsNaN(g.want[k][t]) {
			return 0, fmt.Errorf("a point stands where there is no value")
		}
		if want := g.axis.place(g.want[k][t]); math.Abs(height-want) > apart {
			return 0, g.off(t, height, want)
		}
		seen[t] = true
		return t, nil
	}
	for _, stretch := range g.lines[k] {
		before := -1
		for _, corner := range stretch {
			t, err := at(corner)
			if err != nil {
				return err
			}
			if before >= 0 && t != before+1 {
				return fmt.Errorf("the line leaves out what stands before %q", p.Ticks[t].Label)
			}
			joined[t] = before >= 0
			before = t
		}
	}
	for t := range p.Ticks {
		may := t > 0 && !math.IsNaN(g.want[k][t]) && !math.IsNaN(g.want[k][t-1]) && !p.Ticks[t].Partial && !p.Ticks[t-1].Partial &&
			p.Series[k].Values[t].Status&bureau.Break == 0
		if may != joined[t] {
			return fmt.Errorf("the line up to %q is wrong", p.Ticks[t].Label)
		}
	}
	for _, symbol := range g.symbols[k] {
		t, err := at(symbol.middle())
		if err != nil {
			return err
		}
		if symbol.hollow != p.Ticks[t].Partial {
			return fmt.Errorf("the point at %q is full or hollow as it should not be", p.Ticks[t].Label)
		}
	}
	for t, v := range g.want[k] {
		if !math.IsNaN(v) && !seen[t] {
			return fmt.Errorf("the point at %q is missing", p.Ticks[t].Label)
		}
	}
	return nil
}

// compareNames holds the names of ticks, series and panels against the plot.
func (r *reader) compareNames() error {
	p := r.plot
	last := false
	bySeveral := map[string]int{}
	for _, n := range r.names {
		if n.number < 0 || n.number >= len(p.Ticks) || !shows(n.text, p.Ticks[n.number].Label) && !shows(n.text, p.Ticks[n.number].Short) {
			return fmt.Errorf("a tick is called %q", n.text)
		}
		panel := r.panelOf(n.at)
		if r.lies() {
			g := ground{r, panel, axis{}, true}
			if t := g.tickAt(n.at.y); t != n.number && n.at.y > panel.top && t != n.number-1 {
				return fmt.Errorf("%q stands at another tick", n.text)
			}
		} else {
			band := (panel.right - panel.left) / float64(len(p.Ticks))
			middle := panel.left + (float64(n.number)+0.5)*band
			if math.Abs(middle-n.at.x) > max(1, textWidth(n.text, font)/2) {
				return fmt.Errorf("%q stands at another tick", n.text)
			}
		}
		last = last || n.number == len(p.Ticks)-1
		if before, ok := bySeveral[n.text]; ok && before != n.number && n.text != "" {
			return fmt.Errorf("two ticks are called %q", n.text)
		}
		bySeveral[n.text] = n.number
	}
	if !last && visible(clean(p.Ticks[len(p.Ticks)-1].Label)) != "" {
		return fmt.Errorf("the last tick has no name")
	}
	for _, names := range [][]written{r.series, r.panelNames} {
		called := map[string]bool{}
		for _, n := range names {
			if n.number < 0 || n.number >= len(p.Series) || !shows(n.text, p.Series[n.number].Name) || called[n.text] && n.text != "" {
				return fmt.Errorf("a series is called %q", n.text)
			}
			called[n.text] = true
		}
	}
	return nil
}

// panelOf is the panel that a place belongs to: the one it is least far from.
func (r *reader) panelOf(at point) box {
	best, least := r.panels[0], math.Inf(1)
	for _, p := range r.panels {
		dx := max(p.left-at.x, at.x-p.right, 0)
		dy := max(p.top-at.y, at.y-p.bottom, 0)
		if d := dx + dy; d < least {
			best, least = p, d
		}
	}
	return best
}

// shows tells whether a label is a name: whole, or with something left out where
// it has an ellipsis.
func shows(label, name string) bool {
	label, name = visible(label), visible(clean(name))
	if label == name {
		return true
	}
	parts := strings.Split(label, "…")
	if len(parts) < 2 || !strings.HasPrefix(name, parts[0]) {
		return false
	}
	for _, part := range parts[1:] {
		i := strings.Index(name, part)
		if i < 0 {
			return false
		}
		if part != "" {
			name = name[i+len(part):]
		}
	}
	return true
}

// compareValues holds each written value against that of its tick.
func (r *reader) compareValues() error {
	g := ground{r, r.panels[0], axis{}, r.lies()}
	for _, v := range r.values {
		if r.plot.Type == SmallMultiples && v.number >= 0 && v.number < len(r.panels) {
			g.panel = r.panels[v.number]
		}
		side, _ := g.along(r.middle(v))
		t := g.tickAt(side)
		if v.number < 0 || v.number >= len(r.want) || t < 0 || t >= len(r.plot.Ticks) {
			return fmt.Errorf("%q stands at no tick", v.text)
		}
		got, hidden, err := figure(v.text, r.plot.Language)
		if err != nil {
			return err
		}
		want := r.want[v.number][t]
		status := r.plot.Series[v.number].Values[t].Status &^ bureau.Instead
		if !(math.Abs(got-want) <= hidden) || marksOf(v.text) != status {
			return fmt.Errorf("at %q it says %q, want %g", r.plot.Ticks[t].Label, v.text, want)
		}
	}
	return nil
}

// marksOf reads the markers in a text, [x][w].
func marksOf(text string) (status bureau.Status) {
	for _, m := range bureau.Markers {
		if strings.Contains(text, "["+m.Letter+"]") {
			status |= m.Status
		}
	}
	return status
}

// compareMarkers holds the markers against the plot: each says what one of its
// tick's series says, and none is missing but where another stands in its place.
func (r *reader) compareMarkers() error {
	for _, m := range r.markers {
		g := ground{r, r.panelOf(m.at), axis{}, r.lies()}
		side, _ := g.along(r.middle(m))
		all := bureau.Status(0)
		for t := max(g.tickAt(side-0.2), 0); t <= g.tickAt(side+0.2) && t < len(r.plot.Ticks); t++ {
			for _, s := range r.plot.Series {
				all |= s.Values[t].Status
			}
		}
		if got := marksOf(m.text); got == 0 || got&^all != 0 {
			return fmt.Errorf("%q stands where it is not so", m.text)
		}
	}
	for _, panel := range r.panels {
		g := ground{r, panel, axis{}, r.lies()}
		for t := range r.plot.Ticks {
			for k, s := range r.plot.Series {
				if r.plot.Type == SmallMultiples && r.panels[k] != panel || s.Values[t].Status&bureau.Instead == 0 {
					continue
				}
				if !g.marked(t) {
					return fmt.Errorf("the marker at %q is missing", r.plot.Ticks[t].Label)
				}
			}
		}
	}
	return nil
}

// marked tells whether a marker stands at a tick, or so near that it stands for it.
func (g ground) marked(t int) bool {
	from, to := g.panel.left, g.panel.right
	if g.lies {
		from, to = g.panel.top, g.panel.bottom
	}
	middle := from + (float64(t)+0.5)*(to-from)/float64(len(g.plot.Ticks))
	near := 2.5*font + (to-from)/float64(len(g.plot.Ticks))
	for _, m := range g.markers {
		side, _ := g.along(g.reader.middle(m))
		if g.panelOf(m.at) == g.panel && math.Abs(side-middle) < near {
			return true
		}
	}
	return false
}
