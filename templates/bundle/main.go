package main

import (
	"fmt"
	"os"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	r := api.Build(api.BuildOptions{
		EntryPoints:       []string{"templates/bundle/draw.js"},
		Bundle:            true,
		Write:             true,
		Outdir:            "templates/dist",
		Format:            api.FormatIIFE,
		Target:            api.ES2017,
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsEndOfFile,
		LogLevel:          api.LogLevelInfo,
		Define:            map[string]string{"process.env.NODE_ENV": `"production"`},
	})
	if len(r.Errors) > 0 {
		fmt.Fprintln(os.Stderr, "bundle failed")
		os.Exit(1)
	}
}
