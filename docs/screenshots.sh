#!/bin/sh
# Takes the pictures of the documentation from the demonstration site, as it stands in
# public/ (make site), and from the desk, with Chromium: sh docs/screenshots.sh
set -eu
cd "$(dirname "$0")/.."
to=docs/site/data/static/pictures
mkdir -p "$to"
shot() { # NAME WIDTH HEIGHT PAGE
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size="$2,$3" \
		--screenshot="$to/$1.png" "file://$PWD/public/$4" >/dev/null 2>&1
}
shot statistic 500 1500 stats/cases-solved/index.html
desk=$(mktemp -d)
go test ./cmd/sunshine -count 1 -run TestDeskMonth -pictures "$desk" >/dev/null
cp "$desk/first-04-1280.png" "$to/desk-reading.png"
rm -r "$desk"
ls -l "$to"
