package chart

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"modernc.org/quickjs"
)

// engine makes JavaScript machines with the drawing bundle loaded. The bundle
// is compiled once; loading the result is eight times as fast as its text.
type engine struct {
	script   []byte
	once     sync.Once
	bytecode []byte
	err      error
}

// machine is one JavaScript machine. It serves one drawing at a time.
type machine struct{ vm *quickjs.VM }

// errNoBundle says what is missing in a command built without ECharts.
var errNoBundle = errors.New("chart: the drawing bundle templates/dist/draw.js is missing: run make")

func (e *engine) compile() {
	if len(e.script) == 0 {
		e.err = errNoBundle
		return
	}
	vm, err := quickjs.NewVM()
	if err != nil {
		e.err = fmt.Errorf("chart: starting the JavaScript engine: %w", err)
		return
	}
	defer vm.Close()
	if e.bytecode, err = vm.Compile(string(e.script), quickjs.EvalGlobal); err != nil {
		e.err = fmt.Errorf("chart: the drawing bundle: %w", err)
	}
}

func (e *engine) newMachine() (*machine, error) {
	e.once.Do(e.compile)
	if e.err != nil {
		return nil, e.err
	}
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, fmt.Errorf("chart: starting the JavaScript engine: %w", err)
	}
	if _, err := vm.EvalBytecode(e.bytecode); err != nil {
		vm.Close()
		return nil, fmt.Errorf("chart: loading the drawing bundle: %w", err)
	}
	return &machine{vm}, nil
}

// draw gives ECharts' own SVG of an option in JSON.
func (m *machine) draw(option []byte, width, height int) ([]byte, error) {
	v, err := m.vm.Call("sunshineDraw", string(option), width, height)
	if err != nil {
		return nil, fmt.Errorf("chart: drawing: %w", err)
	}
	svg, ok := v.(string)
	if !ok || !strings.HasPrefix(svg, "<svg") {
		return nil, errors.New("chart: drawing: ECharts gave no SVG")
	}
	return []byte(svg), nil
}

func (m *machine) close() error { return m.vm.Close() }
