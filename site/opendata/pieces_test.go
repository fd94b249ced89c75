package opendata

import (
	"bytes"
	"errors"
	"strconv"
	"testing"
)

// full is a disk that takes some bytes and no more.
type full struct {
	bytes.Buffer
	left int
}

var errFull = errors.New("full")

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return f.Buffer.Write(p)
}

// Rows that are formatted side by side are written in their order, and a writer that
// takes no more ends it.
func TestPieces(t *testing.T) {
	format := func(b []byte, row int) []byte { return append(strconv.AppendInt(b, int64(row), 10), '\n') }
	for _, n := range []int{0, 1, pieceRows, pieceRows + 1, 5*pieceRows + 3} {
		var want []byte
		for row := range n {
			want = format(want, row)
		}
		for _, jobs := range []int{0, 1, 2, 7} {
			var out bytes.Buffer
			if err := inPieces(&out, jobs, n, format); err != nil || !bytes.Equal(out.Bytes(), want) {
				t.Errorf("%d rows, %d jobs: %v", n, jobs, err)
			}
			if n > 0 {
				if err := inPieces(&full{left: len(want) - 1}, jobs, n, format); !errors.Is(err, errFull) {
					t.Error(n, jobs, err)
				}
			}
		}
	}
}
