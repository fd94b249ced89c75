// Package card draws the picture that stands for a page where its address is passed on:
// in a chat, in a feed, in a search result.
//
// A card is a PNG of 1200 by 630 pixels (the size that Open Graph asks for) in the
// colours of the site, with a palette, so that it stays small. It holds words and figures
// of the page alone. A text that the font cannot write, or that runs from right to left,
// gives no card: nothing is better than boxes.
//
// Drawing is a function of the card alone: the same card gives the same bytes.
package card

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
	"golang.org/x/text/unicode/bidi"

	"sunshine/templates"
)

// Ready tells whether the command holds the font.
func Ready() bool {
	f, err := templates.FS.Open("dist/card.otf")
	if err == nil {
		f.Close()
	}
	return err == nil
}

// Card is what a card says.
type Card struct {
	Site   string   // the bureau's
	Kind   string   // of the page: 统计数据
	Title  string   // three lines at most; a longer one is cut
	Value  string   // the latest figure; empty where there is none
	Unit   string   // of the figure
	When   string   // its period, with what limits it
	Change string   // and against what
	Lines  []string // in the place of a figure: what the page lists, five at most
	Trend  []float64
}

// Width and Height of a card in pixels.
const Width, Height = 1200, 630

// ErrText is of a card whose text cannot be written.
var ErrText = errors.New("card: the font has no letters for it")

// ramp is a colour on the ground that it stands on: its shades stand in the palette.
type ramp uint8

const (
	inkOnPage ramp = iota
	quietOnPage
	linkOnPage
	sunOnPage
	lineOnPage
	textOnBand
	sunOnBand
	ramps
)

// Colours of site.css.
var (
	page  = color.RGBA{0xf5, 0xf7, 0xfa, 0xff}
	band  = color.RGBA{0x12, 0x37, 0x6b, 0xff}
	ink   = color.RGBA{0x17, 0x20, 0x2c, 0xff}
	quiet = color.RGBA{0x4b, 0x57, 0x68, 0xff}
	link  = color.RGBA{0x0a, 0x4d, 0xa3, 0xff}
	line  = color.RGBA{0xd6, 0xdd, 0xe6, 0xff}
	sun   = color.RGBA{0xf2, 0xb8, 0x4b, 0xff}
	white = color.RGBA{0xff, 0xff, 0xff, 0xff}
)

const shades = 32 // of a colour, from its ground to itself

var palette = func() color.Palette {
	var p color.Palette
	for _, c := range [ramps][2]color.RGBA{{ink, page}, {quiet, page}, {link, page}, {sun, page}, {line, page}, {white, band}, {sun, band}} {
		for i := range shades {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*i + int(b)*(shades-1-i) + (shades-1)/2) / (shades - 1)) }
			p = append(p, color.RGBA{mix(c[0].R, c[1].R), mix(c[0].G, c[1].G), mix(c[0].B, c[1].B), 0xff})
		}
	}
	return p
}()

// typeface is the font that make puts beside ECharts.
var typeface = sync.OnceValues(func() (*sfnt.Font, error) {
	f, err := templates.FS.Open("dist/card.otf")
	if err != nil {
		return nil, err
	}
	return opentype.ParseReaderAt(f.(io.ReaderAt)) // which leaves its eight megabytes where they are
})

// drawn remembers cards while the command runs: a bureau that is served is built again
// at each change.
var drawn = struct {
	sync.Mutex
	cards map[string][]byte
}{cards: map[string][]byte{}}

const mostDrawn = 500 // cards of 30 KB that are remembered

// Draw draws a card as a PNG. The error is ErrText where its text cannot be written.
// Nobody may change what it gives.
func Draw(c Card) ([]byte, error) {
	key := fmt.Sprintf("%#v", c)
	drawn.Lock()
	picture, known := drawn.cards[key]
	drawn.Unlock()
	if known {
		return picture, nil
	}
	picture, err := draw(c)
	if err != nil {
		return nil, err
	}
	drawn.Lock()
	defer drawn.Unlock()
	if len(drawn.cards) >= mostDrawn {
		clear(drawn.cards)
	}
	drawn.cards[key] = picture
	return picture, nil
}

func draw(c Card) ([]byte, error) {
	f, err := typeface()
	if err != nil {
		return nil, err
	}
	d := drawings.Get().(*drawing)
	defer drawings.Put(d)
	d.font = f
	clear(d.image.Pix)
	for _, text := range append([]string{c.Site, c.Kind, c.Title, c.Value, c.Unit, c.When, c.Change}, c.Lines...) {
		if !d.writes(text) {
			return nil, ErrText
		}
	}
	if err := d.card(c); err != nil {
		return nil, err
	}
	d.png.Reset()
	encoder := png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: d}
	if err := encoder.Encode(&d.png, d.image); err != nil {
		return nil, err
	}
	return bytes.Clone(d.png.Bytes()), nil
}

// drawing is a card on its way, with what the next one is drawn with, too.
type drawing struct {
	font    *sfnt.Font
	buffer  sfnt.Buffer
	image   *image.Paletted
	faces   map[float64]font.Face
	outline vector.Rasterizer
	encoder *png.EncoderBuffer
	png     bytes.Buffer
}

var drawings = sync.Pool{New: func() any {
	return &drawing{image: image.NewPaletted(image.Rect(0, 0, Width, Height), palette)}
}}

// Get and Put keep the encoder's buffer, as a png.EncoderBufferPool.
func (d *drawing) Get() *png.EncoderBuffer  { return d.encoder }
func (d *drawing) Put(b *png.EncoderBuffer) { d.encoder = b }

// writes tells whether the font has a letter for each of the text's, in the order in
// which they are read.
func (d *drawing) writes(text string) bool {
	for _, r := range text {
		if unicode.IsSpace(r) {
			continue
		}
		switch p, _ := bidi.LookupRune(r); p.Class() {
		case bidi.R, bidi.AL:
			return false
		}
		if i, err := d.font.GlyphIndex(&d.buffer, r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

const (
	margin   = 72
	bandHigh = 108
)

func (d *drawing) card(c Card) error {
	d.fill(image.Rect(0, 0, Width, bandHigh), textOnBand)
	d.disc(margin+20, 62, 20, sunOnBand)
	d.fill(image.Rect(margin-8, 62, margin+48, 84), textOnBand)
	d.solid(image.Rect(margin-8, 66, margin+48, 71), sunOnBand)
	d.solid(image.Rect(0, bandHigh, Width, bandHigh+6), sunOnPage)
	if err := d.text(margin+68, 72, 40, d.cut(c.Site, 40, Width-2*margin-68-d.width(c.Kind, 32)-40), textOnBand); err != nil {
		return err
	}
	if err := d.text(Width-margin-d.width(c.Kind, 32), 69, 32, c.Kind, sunOnBand); err != nil {
		return err
	}
	size, y := 64.0, 0.0
	lines := d.wrap(c.Title, size, 2)
	if lines == nil {
		size = 48
		lines = d.wrap(c.Title, size, 3)
	}
	y = bandHigh + 40
	for _, text := range lines {
		y += size * 1.3
		if err := d.text(margin, y, size, text, inkOnPage); err != nil {
			return err
		}
	}
	if len(c.Lines) > 0 {
		y += 22
		for i, text := range c.Lines {
			if i == 5 || y+52 > Height-40 {
				break
			}
			y += 60
			d.disc(margin+8, y-13, 7, sunOnPage)
			if err := d.text(margin+36, y, 38, d.cut(text, 38, Width-2*margin-36), quietOnPage); err != nil {
				return err
			}
		}
		return nil
	}
	if c.Value == "" {
		return d.text(margin, Height-64, 36, d.cut(c.When, 36, Width-2*margin), quietOnPage)
	}
	large := 128.0
	for large > 64 && d.width(c.Value, large)+d.width(c.Unit, 48)+24 > Width-2*margin {
		large -= 16
	}
	foot := float64(Height - 146)
	if c.Change == "" {
		foot += 44
	}
	if err := d.text(margin, foot, large, c.Value, linkOnPage); err != nil {
		return err
	}
	if err := d.text(margin+d.width(c.Value, large)+20, foot, 48, c.Unit, quietOnPage); err != nil {
		return err
	}
	if err := d.text(margin, foot+66, 36, d.cut(c.When, 36, Width-2*margin), quietOnPage); err != nil {
		return err
	}
	if err := d.text(margin, foot+116, 36, d.cut(c.Change, 36, Width-2*margin), inkOnPage); err != nil {
		return err
	}
	left := margin + d.width(c.Value, large) + d.width(c.Unit, 48) + 80
	if left < Width-margin-280 {
		d.trend(c.Trend, image.Rect(Width-margin-400+int(max(0, left-(Width-margin-400))), int(foot)-110, Width-margin, int(foot)))
	}
	return nil
}

// face gives the font at a size in pixels.
func (d *drawing) face(size float64) font.Face {
	if f, ok := d.faces[size]; ok {
		return f
	}
	f, err := opentype.NewFace(d.font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err) // the size is one of ours
	}
	if d.faces == nil {
		d.faces = map[float64]font.Face{}
	}
	d.faces[size] = f
	return f
}

func (d *drawing) width(text string, size float64) float64 {
	return float64(font.MeasureString(d.face(size), text)) / 64
}

// cut shortens a text to a width.
func (d *drawing) cut(text string, size, width float64) string {
	if d.width(text, size) <= width {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 && d.width(string(letters)+"…", size) > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// wrap breaks a text into lines, between Chinese letters or at spaces, and never before
// a mark that closes. It gives nil where more than the most are needed, unless three are
// allowed: then the last one is cut.
func (d *drawing) wrap(text string, size float64, most int) []string {
	const width = Width - 2*margin
	var lines []string
	rest := strings.Join(strings.Fields(text), " ")
	for rest != "" {
		if len(lines) == most {
			if most < 3 {
				return nil
			}
			lines[most-1] = d.cut(lines[most-1]+rest, size, width)
			return lines
		}
		letters := []rune(rest)
		n := 0
		for n < len(letters) && d.width(string(letters[:n+1]), size) <= width {
			n++
		}
		for at := n; n < len(letters) && at > 0; at-- {
			if breaks(letters[at-1], letters[at]) {
				n = at
				break
			}
		}
		n = max(n, 1)
		lines = append(lines, strings.TrimSpace(string(letters[:n])))
		rest = strings.TrimSpace(string(letters[n:]))
	}
	return lines
}

// breaks tells whether a line may end between two letters.
func breaks(before, after rune) bool {
	if strings.ContainsRune("，。、；：！？）》】”’％%,.;:!?)]", after) || strings.ContainsRune("（《【“‘([", before) {
		return false
	}
	return unicode.IsSpace(after) || unicode.IsSpace(before) || unicode.Is(unicode.Han, before) || unicode.Is(unicode.Han, after)
}

// text writes a line from x on its baseline y.
func (d *drawing) text(x, y, size float64, text string, in ramp) error {
	face := d.face(size)
	dot := fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)}
	last := rune(-1)
	for _, r := range text {
		if last >= 0 {
			dot.X += face.Kern(last, r)
		}
		bounds, mask, at, advance, ok := face.Glyph(dot, r)
		if !ok {
			return ErrText
		}
		d.shade(bounds, mask, at, in)
		dot.X += advance
		last = r
	}
	return nil
}

// shade sets the pixels of a mask.
func (d *drawing) shade(bounds image.Rectangle, mask image.Image, at image.Point, in ramp) {
	alpha, ok := mask.(*image.Alpha)
	if !ok {
		return
	}
	visible := bounds.Intersect(d.image.Rect)
	for y := visible.Min.Y; y < visible.Max.Y; y++ {
		from := alpha.PixOffset(at.X+visible.Min.X-bounds.Min.X, at.Y+y-bounds.Min.Y)
		row := d.row(y, visible)
		for x, a := range alpha.Pix[from : from+len(row)] {
			if a > 0 {
				row[x] = uint8(in)*shades + uint8((int(a)*(shades-1)+127)/255)
			}
		}
	}
}

// row is a row of an area of the image.
func (d *drawing) row(y int, area image.Rectangle) []uint8 {
	from := d.image.PixOffset(area.Min.X, y)
	return d.image.Pix[from : from+area.Dx()]
}

// fill covers an area with the ground of a colour, solid with the colour.
func (d *drawing) fill(area image.Rectangle, in ramp)  { d.set(area, uint8(in)*shades) }
func (d *drawing) solid(area image.Rectangle, in ramp) { d.set(area, uint8(in)*shades+shades-1) }

func (d *drawing) set(area image.Rectangle, index uint8) {
	area = area.Intersect(d.image.Rect)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := d.row(y, area)
		for x := range row {
			row[x] = index
		}
	}
}

// path draws what a rasterizer was told.
func (d *drawing) path(area image.Rectangle, in ramp, tell func(*vector.Rasterizer)) {
	d.outline.Reset(area.Dx(), area.Dy())
	tell(&d.outline)
	mask := image.NewAlpha(image.Rect(0, 0, area.Dx(), area.Dy()))
	d.outline.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	d.shade(area, mask, image.Point{}, in)
}

func (d *drawing) disc(x, y, radius float64, in ramp) {
	side := int(2*radius) + 2
	left, top := int(x-radius)-1, int(y-radius)-1
	d.path(image.Rect(left, top, left+side, top+side), in, func(r *vector.Rasterizer) {
		const parts = 48
		for i := range parts + 1 {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / parts)
			px, py := float32(x-float64(left)+radius*cos), float32(y-float64(top)+radius*sin)
			if i == 0 {
				r.MoveTo(px, py)
			} else {
				r.LineTo(px, py)
			}
		}
		r.ClosePath()
	})
}

// trend draws values as a line from zero up, with a gap where one is missing.
func (d *drawing) trend(values []float64, area image.Rectangle) {
	if len(values) < 2 {
		return
	}
	low, high := 0.0, 0.0
	for _, v := range values {
		if !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	if low == high {
		return
	}
	at := func(i int) (x, y float64) {
		return 8 + float64(i)*float64(area.Dx()-16)/float64(len(values)-1), 8 + (high-values[i])/(high-low)*float64(area.Dy()-16)
	}
	zero := area.Min.Y + int(8+high/(high-low)*float64(area.Dy()-16))
	d.solid(image.Rect(area.Min.X, zero-1, area.Max.X, zero+1), lineOnPage)
	d.path(area, linkOnPage, func(r *vector.Rasterizer) {
		for i := 1; i < len(values); i++ {
			if math.IsNaN(values[i-1]) || math.IsNaN(values[i]) {
				continue
			}
			x1, y1 := at(i - 1)
			x2, y2 := at(i)
			length := math.Hypot(x2-x1, y2-y1)
			const half = 3
			nx, ny := (y1-y2)/length*half, (x2-x1)/length*half
			r.MoveTo(float32(x1+nx), float32(y1+ny))
			r.LineTo(float32(x2+nx), float32(y2+ny))
			r.LineTo(float32(x2-nx), float32(y2-ny))
			r.LineTo(float32(x1-nx), float32(y1-ny))
			r.ClosePath()
		}
	})
	for i, v := range values {
		if !math.IsNaN(v) && (i == len(values)-1 || i > 0 && math.IsNaN(values[i-1])) {
			x, y := at(i)
			d.disc(float64(area.Min.X)+x, float64(area.Min.Y)+y, 7, linkOnPage)
		}
	}
}
