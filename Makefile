# make site    build the command, then public/ from data/
# make demonstration  make the living data of data/ anew, with its releases; the workbooks stay in inbox/
# make docs    build the documentation, docs/site, into bin/docs/
# make build   leave bin/sunshine, one file with everything in it
# make release the binaries of a version for every system, with checksums, in bin/release
# make test    everything that guards a commit, the browser included
# make proof   what takes longer: corpora, mutants, kills, three years of releases, tampering, every page in the browser, Lighthouse, fuzzing
# make bench   the benchmarks
# make fuzz    every fuzz target for FUZZTIME each

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
FUZZTIME ?= 60s

dist := templates/dist/echarts.js
comma := ,

.PHONY: site demonstration docs build release test proof browser servers bench fuzz clean

# The demonstration is built for the day that its texts were last looked at.
site: build
	bin/sunshine build --as-of 2026-10-30

# A site that was built of the releases before is another history.
demonstration:
	go run ./cmd/demonstration
	if [ -d public ]; then find public -mindepth 1 ! -path public/.gitkeep -delete; fi

docs: build
	bin/sunshine build docs/site --out bin/docs

build: $(dist)
	go build -trimpath -o bin/sunshine ./cmd/sunshine

# On a tag it is that version, elsewhere a snapshot of it. Nothing is uploaded.
release: $(dist)
	go run github.com/goreleaser/goreleaser/v2@v2.15.1 release --clean \
		$(if $(shell git tag --points-at HEAD),--skip=publish$(comma)announce,--snapshot)

# ECharts comes from npm, pinned by the lock file, and is bundled to what the charts use.
$(dist): templates/package-lock.json templates/node_modules/.package-lock.json $(wildcard templates/bundle/*)
	go run ./templates/bundle

templates/node_modules/.package-lock.json: templates/package-lock.json templates/package.json
	npm --prefix templates ci --no-audit --no-fund --ignore-scripts

test: build browser servers
	test -z "$$(gofmt -l cmd docs site templates/*.go templates/bundle | tee /dev/stderr)"
	go vet ./...
	GOOS=windows go vet ./cmd/sunshine
	go tool staticcheck ./...
	go test ./...

proof: build browser servers site/testdata/lighthouse/node_modules/.package-lock.json
	go test ./site/write ./cmd/sunshine -run '^(TestKilled|TestPowerCut)$$' -v -timeout 60m -kills 200
	go test ./cmd/sunshine -run '^(TestPublishKilled|TestPublishDropped|TestImportKilled|TestDeskKilled)$$' -v -timeout 60m -kills 100
	go test ./site -proof -timeout 60m -skip '^(TestMonths|TestTampered)$$'
	go test ./site -run '^(TestMonths|TestTampered)$$' -proof -v -timeout 60m
	go test ./site -run '^TestRandomBureaus$$' -v -bureaus 100 -timeout 60m
	for half in open sealed last; do \
		python3 site/privacy/testdata/corpus/measure.py site/privacy/testdata/corpus/$$half.jsonl bin/sunshine --whole --list --jobs 2; \
	done
	for half in open second third fourth; do \
		python3 site/check/testdata/claims/measure.py bin/sunshine site/check/testdata/claims/$$half.jsonl --least 98; \
	done
	go test -race ./site/write ./site/render ./site/load ./site/privacy ./site/preview ./site/desk ./site/search -timeout 30m
	GOOS=windows go vet ./...
	go test ./cmd/sunshine -run '^(TestWine|TestReproducible)$$' -proof -v -timeout 60m
	go test ./docs -run '^TestMutants$$' -proof -timeout 60m
	$(MAKE) fuzz FUZZTIME=5s

site/testdata/lighthouse/node_modules/.package-lock.json: site/testdata/lighthouse/package-lock.json
	npm --prefix site/testdata/lighthouse ci --no-audit --no-fund --ignore-scripts

# The browser tests need Chromium and a font with Chinese characters; the script of the pipelines is held against shellcheck.
browser:
	@if ! command -v chromium >/dev/null || ! command -v shellcheck >/dev/null || ! fc-list :lang=zh | grep -q .; then \
		if [ "$$(id -u)" = 0 ]; then \
			apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-cjk shellcheck; \
		else \
			echo "make test needs Chromium, a Chinese font and shellcheck: sudo apt-get install chromium fontconfig fonts-noto-cjk shellcheck" >&2; exit 1; \
		fi; \
	fi

# What is published is sent to the servers that bureaus have.
servers:
	@if ! [ -x /usr/sbin/sshd ] || ! [ -x /usr/lib/openssh/sftp-server ] || ! [ -x /usr/bin/ssh-keyscan ] || ! [ -x /usr/sbin/nginx ]; then \
		if [ "$$(id -u)" = 0 ]; then \
			apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq --no-install-recommends openssh-server openssh-sftp-server openssh-client nginx-light; \
		else \
			echo "make test needs OpenSSH's server and nginx: sudo apt-get install openssh-server openssh-sftp-server openssh-client nginx-light" >&2; exit 1; \
		fi; \
	fi

# The growth is that of the whole command: each build is a process of its own.
bench: build
	go test ./cmd/sunshine -run '^$$' -bench '^BenchmarkGrowth$$' -benchtime 1x -timeout 60m
	go test -run '^$$' -bench . -skip '^BenchmarkGrowth$$' -benchmem ./...

fuzz: build
	for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$package; \
		done; \
	done

clean:
	rm -rf bin templates/node_modules site/testdata/lighthouse/node_modules
	if [ -d public ]; then find public -mindepth 1 ! -path public/.gitkeep -delete; fi
	find templates/dist -type f ! -name .gitkeep -delete
