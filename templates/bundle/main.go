// Bundle makes the script that holds ECharts and takes the font of cards, from the packages that `npm ci` put
// under templates/node_modules, and the licences that go with it:
//
//	templates/dist/echarts.js    draws in the browser of a reader who asks for it
//	templates/dist/card.otf      the letters of the pictures that stand for pages
//	templates/dist/LICENSES.txt  of what they contain
//
// It runs in the root of the repository: go run ./templates/bundle
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

const (
	modules = "templates/node_modules"
	dist    = "templates/dist"
	fonts   = "@embedpdf/fonts-sc" // Noto Sans Hans, the Source Han Sans of Adobe and Google
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("bundle: ")
	if _, err := os.Stat(filepath.Join(modules, "echarts")); err != nil {
		log.Fatal("ECharts is missing: run npm ci in templates, or make")
	}
	bundle("echarts.js")
	if err := typeface(); err != nil {
		log.Fatal(err)
	}
	if err := licences("echarts", "zrender", "tslib", fonts); err != nil {
		log.Fatal(err)
	}
}

// bundle writes dist/name from templates/bundle/name, for browsers that a public
// service has to reckon with.
func bundle(name string) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{"templates/bundle/" + name},
		Outfile:           dist + "/" + name,
		Write:             true,
		Bundle:            true,
		Format:            api.FormatIIFE,
		Target:            api.ES2015,
		Charset:           api.CharsetUTF8,
		Define:            map[string]string{"process.env.NODE_ENV": `"production"`},
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		LegalComments:     api.LegalCommentsEndOfFile,
		LogLevel:          api.LogLevelWarning,
	})
	if len(result.Errors) > 0 {
		os.Exit(1) // esbuild has said why
	}
}

// typeface takes the font as it is: its licence keeps its name for the unchanged one.
func typeface() error {
	data, err := os.ReadFile(filepath.Join(modules, fonts, "fonts", "NotoSansHans-Medium.otf"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dist, "card.otf"), data, 0o644)
}

// licences writes the licence and the notice of each package into one file.
func licences(packages ...string) error {
	var all bytes.Buffer
	for _, name := range packages {
		found := false
		for _, pattern := range []string{"LICENSE*", "NOTICE*", "licenses/*"} {
			files, err := filepath.Glob(filepath.Join(modules, name, pattern))
			if err != nil {
				return err
			}
			for _, file := range files {
				text, err := os.ReadFile(file)
				if err != nil {
					return err
				}
				found = true
				fmt.Fprintf(&all, "==== %s: %s\n\n%s\n\n", name, filepath.Base(file), bytes.TrimSpace(text))
			}
		}
		if !found {
			return fmt.Errorf("%s has no licence file", name)
		}
	}
	return os.WriteFile(filepath.Join(dist, "LICENSES.txt"), all.Bytes(), 0o644)
}
