package opendata

import (
	"archive/zip"
	"cmp"
	"io"
	"slices"
	"time"

	"sunshine/site/bureau"
)

// archiveLimit is how many bytes of files the archive holds at most.
const archiveLimit = 256 << 20

// archive is data/all.zip: datapackage.json and the CSV files that it names, at
// the same paths, so that it is a Data Package as it stands, and the program that
// holds it against itself. The order and the
// times in it are fixed: the same files give the same bytes. Where the files are
// too large together there is none.
func (p Publisher) archive(files []bureau.File, datasets []Dataset) (bureau.File, error) {
	total := int64(0)
	tables := map[string]Table{}
	for _, d := range datasets {
		files = append(files, d.CSV)
		tables[d.CSV.Path] = d.Table
	}
	for _, f := range files {
		total += f.Size()
	}
	if total > archiveLimit {
		return bureau.File{}, nil
	}
	slices.SortFunc(files, func(a, b bureau.File) int { return cmp.Compare(a.Path, b.Path) })
	return p.write(bureau.ArchiveFile, func(out io.Writer) error {
		w := zip.NewWriter(out)
		for _, f := range files {
			// The first day that the format knows.
			entry, err := w.CreateHeader(&zip.FileHeader{Name: f.Path, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				return err
			}
			if t, is := tables[f.Path]; is { // its file may be out of memory
				err = t.writeCSV(entry, p.Jobs)
			} else {
				_, err = entry.Write(f.Bytes)
			}
			if err != nil {
				return err
			}
		}
		return w.Close()
	})
}
