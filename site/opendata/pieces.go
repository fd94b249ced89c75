package opendata

import "io"

// pieceRows is how many rows are formatted at a time.
const pieceRows = 1 << 14

// inPieces writes n rows in their order, while those that follow are formatted, several
// pieces side by side. format appends a row, and is called by several goroutines. The
// error is that of the writer.
func inPieces(out io.Writer, jobs, n int, format func(b []byte, row int) []byte) error {
	if n <= pieceRows || jobs < 2 {
		var b []byte
		for row := 0; row < n; {
			b = b[:0]
			for end := min(n, row+pieceRows); row < end; row++ {
				b = format(b, row)
			}
			if _, err := out.Write(b); err != nil {
				return err
			}
		}
		return nil
	}
	pieces := make(chan chan []byte, jobs) // in their order
	free := make(chan []byte, 2*jobs)      // buffers that were written
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		defer close(pieces)
		for from := 0; from < n; from += pieceRows {
			piece := make(chan []byte, 1)
			select {
			case pieces <- piece:
			case <-stop:
				return
			}
			go func() {
				var b []byte
				select {
				case b = <-free:
				default:
				}
				b = b[:0]
				for row := from; row < min(n, from+pieceRows); row++ {
					b = format(b, row)
				}
				piece <- b
			}()
		}
	}()
	for piece := range pieces {
		b := <-piece
		if _, err := out.Write(b); err != nil {
			return err
		}
		select {
		case free <- b:
		default:
		}
	}
	return nil
}
