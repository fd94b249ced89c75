package site

import (
	"sunshine/site/bureau"
	"sunshine/site/opendata"
	"sunshine/site/render"
)

// registers are the tables of the registers for download, by name, and their files.
func registers(b *bureau.Bureau) (map[string]render.Download, []bureau.File) {
	downloads := make(map[string]render.Download, len(b.Registers))
	var files []bureau.File
	for _, r := range b.Registers {
		f := bureau.File{Path: "registers/" + r.Name + "/" + r.Name + ".csv", Bytes: opendata.RegisterCSV(r)}
		downloads[r.Name] = render.Download{Path: f.Path, Kind: "CSV", Title: r.Title(), Size: len(f.Bytes)}
		files = append(files, f)
	}
	return downloads, files
}
