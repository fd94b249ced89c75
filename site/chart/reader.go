package chart

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"

	"sunshine/site/locale"
)

// box is the extent of a shape, in pixels.
type box struct{ left, top, right, bottom float64 }

func (b box) middle() point { return point{(b.left + b.right) / 2, (b.top + b.bottom) / 2} }

type point struct{ x, y float64 }

// written is a text of a drawing, its lines joined.
type written struct {
	at     point   // of the first line, its baseline
	end    float64 // the last line's
	text   string
	number int // of the tick, of the series or of the panel
}

// mark is a bar or the symbol of a point.
type mark struct {
	box
	hollow, hatched bool
}

// reader is what one drawing shows.
type reader struct {
	plot Plot
	want [][]float64 // of each series and tick

	title                 string
	font                  float64 // pixels
	panels                []box
	scale, names, markers []written
	series, panelNames    []written
	unit, cut             []written // what stands above the panel
	values                []written // number is the series
	bars, symbols         map[int][]mark
	lines                 map[int][][]point
}

// read takes a drawing apart, tag by tag.
func (r *reader) read(svg string) error {
	r.bars, r.symbols, r.lines = map[int][]mark{}, map[int][]mark{}, map[int][][]point{}
	var groups []string // the tags of the open groups
	part := func(name string) (value string, ok bool) {
		for i := len(groups) - 1; i >= 0; i-- {
			if value, ok = attribute(groups[i], name); ok {
				return value, true
			}
		}
		return "", false
	}
	for {
		begin := strings.IndexByte(svg, '<')
		if begin < 0 {
			return nil
		}
		end := strings.IndexByte(svg, '>')
		if end < begin {
			return fmt.Errorf("a tag does not end")
		}
		tag := svg[begin+1 : end]
		svg = svg[end+1:]
		name, _, _ := strings.Cut(tag, " ")
		switch name {
		case "svg":
			r.font, _ = number(tag, "font-size")
		case "defs":
			if end = strings.Index(svg, "</defs>"); end >= 0 {
				svg = svg[end:]
			}
		case "g":
			groups = append(groups, tag)
		case "/g":
			if len(groups) == 0 {
				return fmt.Errorf("a group ends that did not begin")
			}
			groups = groups[:len(groups)-1]
		case "title", "text":
			end = strings.IndexByte(svg, '<')
			if end < 0 {
				return fmt.Errorf("a text does not end")
			}
			text := html.UnescapeString(svg[:end])
			if name == "title" {
				r.title = text
				continue
			}
			if err := r.readText(tag, text, part); err != nil {
				return err
			}
		case "path", "circle":
			if err := r.readShape(name, tag, part); err != nil {
				return err
			}
		}
	}
}

func (r *reader) readText(tag, text string, part func(string) (string, bool)) error {
	x, errX := number(tag, "x")
	y, errY := number(tag, "y")
	if errX != nil || errY != nil {
		return fmt.Errorf("the text %q has no place", text)
	}
	one := written{at: point{x, y}, end: y, text: text, number: -1}
	if n, ok := attribute(tag, "data-tick"); ok {
		one.number, _ = strconv.Atoi(n)
	}
	if k, ok := part("data-values"); ok {
		one.number, _ = strconv.Atoi(k)
		r.values = append(r.values, one)
		return nil
	}
	what, _ := part("data-texts")
	to := map[string]*[]written{"scale": &r.scale, "names": &r.names, "markers": &r.markers, "series": &r.series, "panels": &r.panelNames, "unit": &r.unit, "cut": &r.cut}[what]
	if to == nil {
		return nil
	}
	if last := len(*to) - 1; one.number >= 0 && last >= 0 && (*to)[last].number == one.number && y > (*to)[last].end && y < (*to)[last].end+20 {
		(*to)[last].text, (*to)[last].end = (*to)[last].text+text, y // a further line
		return nil
	}
	*to = append(*to, one)
	return nil
}

func (r *reader) readShape(name, tag string, part func(string) (string, bool)) error {
	bars, isBar := part("data-bars")
	line, isLine := part("data-lines")
	_, isGrid := part("data-grid")
	if !isBar && !isLine && !isGrid {
		return nil
	}
	k, _ := strconv.Atoi(bars + line)
	class, _ := attribute(tag, "class")
	fill, filled := attribute(tag, "fill")
	m := mark{hollow: strings.Contains(class, "chart-fill-paper"), hatched: strings.Contains(fill, "-hatch-")}
	if name == "circle" {
		x, errX := number(tag, "cx")
		y, errY := number(tag, "cy")
		if errX != nil || errY != nil {
			return fmt.Errorf("a point has no place")
		}
		m.box = box{x, y, x, y}
		r.symbols[k] = append(r.symbols[k], m)
		return nil
	}
	d, _ := attribute(tag, "d")
	stretches, err := trace(d)
	if err != nil {
		return err
	}
	if isLine && filled && fill == "none" {
		r.lines[k] = append(r.lines[k], stretches...)
		return nil
	}
	m.box = box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, stretch := range stretches {
		for _, at := range stretch {
			m.box = box{min(m.left, at.x), min(m.top, at.y), max(m.right, at.x), max(m.bottom, at.y)}
		}
	}
	switch {
	case isGrid:
		r.panels = append(r.panels, m.box)
	case isBar:
		r.bars[k] = append(r.bars[k], m)
	default:
		r.symbols[k] = append(r.symbols[k], m)
	}
	return nil
}

// attribute gives the value of an attribute in a tag.
func attribute(tag, name string) (string, bool) {
	for rest := tag; ; {
		i := strings.Index(rest, name)
		if i < 1 {
			return "", false
		}
		value := rest[i+len(name):]
		if rest[i-1] == ' ' && strings.HasPrefix(value, `="`) {
			value = value[2:]
			return value[:max(strings.IndexByte(value, '"'), 0)], true
		}
		rest = value
	}
}

func number(tag, name string) (float64, error) {
	text, _ := attribute(tag, name)
	return strconv.ParseFloat(text, 64)
}

// trace gives the corners of a path's stretches.
func trace(d string) ([][]point, error) {
	var all [][]point
	var at point
	var command byte
	whole := true // every command had its numbers
	next := func() float64 {
		i, sign, v, unit := 0, 1.0, 0.0, 1.0
		for i < len(d) && d[i] == ' ' {
			i++
		}
		if i < len(d) && d[i] == '-' {
			i, sign = i+1, -1
		}
		begin, point := i, false
		for ; i < len(d) && (d[i] >= '0' && d[i] <= '9' || d[i] == '.' && !point); i++ {
			if d[i] == '.' {
				point = true
				continue
			}
			v = v*10 + float64(d[i]-'0')
			if point {
				unit *= 10
			}
		}
		whole = whole && i > begin
		d = d[i:]
		return sign * v / unit
	}
	for d != "" {
		if c := d[0]; c >= 'A' {
			command, d = c, d[1:]
		}
		var x, y float64
		switch command {
		case 'M', 'L', 'l':
			x = next()
			y = next()
		case 'H', 'h':
			x = next()
		case 'V', 'v':
			y = next()
		case 'z':
			continue
		default:
			return nil, fmt.Errorf("a path has %q", command)
		}
		if !whole {
			return nil, fmt.Errorf("a path has no number after %q", command)
		}
		switch command {
		case 'M', 'L':
			at = point{x, y}
		case 'H':
			at.x = x
		case 'V':
			at.y = y
		default:
			at = point{at.x + x, at.y + y}
		}
		if command == 'M' {
			all = append(all, nil)
		}
		if len(all) == 0 {
			return nil, fmt.Errorf("a path begins nowhere")
		}
		all[len(all)-1] = append(all[len(all)-1], at)
	}
	return all, nil
}

// figure reads a number as a drawing writes it, and how much rounding it may
// hide: half of its last digit.
func figure(text string, l *locale.Language) (value, hidden float64, err error) {
	text, _, _ = strings.Cut(text, "[")
	digits, unit := l.Digits(strings.TrimSpace(text))
	if value, err = strconv.ParseFloat(digits, 64); err != nil {
		return 0, 0, fmt.Errorf("%q is no figure", text)
	}
	_, decimals, _ := strings.Cut(digits, ".")
	return value * unit, unit * math.Pow10(-len(decimals)) / 2 * (1 + 1e-9), nil
}
