package opendata

import (
	"archive/zip"
	"bytes"
	"cmp"
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
func archive(files []bureau.File, datasets []Dataset) (bureau.File, error) {
	out := bureau.File{Path: bureau.ArchiveFile}
	total := 0
	for _, d := range datasets {
		files = append(files, d.CSV)
	}
	for _, f := range files {
		total += len(f.Bytes)
	}
	if total > archiveLimit {
		return bureau.File{}, nil
	}
	slices.SortFunc(files, func(a, b bureau.File) int { return cmp.Compare(a.Path, b.Path) })
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		// The first day that the format knows.
		entry, err := w.CreateHeader(&zip.FileHeader{Name: f.Path, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return out, err
		}
		if _, err := entry.Write(f.Bytes); err != nil {
			return out, err
		}
	}
	err := w.Close()
	out.Bytes = b.Bytes()
	return out, err
}
