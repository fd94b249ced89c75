// Command demonstration makes the living data of the demonstration bureau, which nobody
// counted: it writes the workbooks that six departments would send, imports them month
// after month by the recipes of data/imports, and records the releases of those months.
//
//	go run ./cmd/demonstration [DIR]
//
// What people write is taken from DIR/data as it stands: the descriptors of the six
// statistics (but their days), the texts of the ledger of matters, and for the last
// release every other file. So whoever changed any of them runs it again. The workbooks
// are left in DIR/inbox, which git does not keep.
package main

import (
	"context"
	"fmt"
	"os"
)

func main() {
	dir := "."
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if err := Make(context.Background(), dir, dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
