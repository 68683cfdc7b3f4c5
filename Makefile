# locatematch. Bare `make` lists the targets. Needs Go and make; everything else is fetched by the targets themselves.

GO      ?= go
BIN     := bin/locatematch
CACHE   := .cache
VENV    := $(CACHE)/venv
# The public sets with known truth, and the scripts that run other tools on them. Neither is part of the project.
DATA    ?= ../shared/data
PEERS   ?= ../shared/peers
FUZZTIME ?= 20s

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: $(BIN) ## build the one static binary, bin/locatematch

.PHONY: $(BIN)
$(BIN):
	@mkdir -p bin
	CGO_ENABLED=0 $(GO) build -trimpath -o $(BIN) ./cmd/locatematch

.PHONY: demo
demo: build ## make a synthetic night, run it, show its leads and report
	$(BIN) demo

.PHONY: test
test: vet interop-ready ## run every test that a change must pass (under ten minutes on two cores)
	LOCATEMATCH_PYTHON=$$(cat $(CACHE)/python 2>/dev/null) LOCATEMATCH_DATA=$(abspath $(DATA)) $(GO) test -timeout 9m ./...

.PHONY: vet
vet: ## gofmt, go vet and a tidy go.mod
	@test -z "$$(gofmt -l cmd matchers pipeline sources testdata)" || { echo "gofmt would change:"; gofmt -l cmd matchers pipeline sources testdata; exit 1; }
	$(GO) vet ./... ./testdata/public ./testdata/classes
	$(GO) mod tidy -diff

.PHONY: lint
lint: vet ## staticcheck, fetched when absent
	@mkdir -p $(CACHE)/bin
	@test -x $(CACHE)/bin/staticcheck || GOBIN=$(abspath $(CACHE)/bin) $(GO) install honnef.co/go/tools/cmd/staticcheck@v0.8.2
	$(CACHE)/bin/staticcheck ./... ./testdata/public ./testdata/classes

.PHONY: race
race: ## the same tests under the race detector (needs a C compiler)
	LOCATEMATCH_DATA=$(abspath $(DATA)) $(GO) test -race -short -timeout 20m ./...

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME each (default 20s)
	@for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg 2>/dev/null | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
	  done; done

.PHONY: bench
bench: ## Go benchmarks of kernels and stages, in benchstat's form
	$(GO) test -run '^$$' -bench . -benchmem -count 1 ./...

.PHONY: evaluate
evaluate: ## accuracy on every public set found in DATA, with built-in figures; one JSON line per set
	@$(GO) run ./testdata/public -data $(DATA)

.PHONY: evaluate-trained
evaluate-trained: ## the same, each set trained on itself without labels
	@$(GO) run ./testdata/public -data $(DATA) -train

.PHONY: classes
classes: ## a synthetic night's traps under two and three classes, with and without competition
	@$(GO) run ./testdata/classes

.PHONY: night
night: build ## a night of 50,000 subjects and 1,000,000 stranger rows, run and evaluated with its traps
	$(BIN) synth --out $(CACHE)/night --subjects 50000 --strangers 1000000
	rm -rf $(CACHE)/night/runs $(CACHE)/night/state
	$(BIN) run -c $(CACHE)/night/night.yaml
	$(BIN) evaluate -c $(CACHE)/night/night.yaml --truth $(CACHE)/night/truth.csv --traps $(CACHE)/night/traps.csv

.PHONY: peers
peers: build $(CACHE)/peers/ready ## locatematch beside Splink on the peers' night (needs PEERS, DATA and Python)
	$(CACHE)/peers/venv/bin/python testdata/peers/compare.py $(BIN) $(PEERS) $(DATA) $(CACHE)/peers

$(CACHE)/peers/ready:
	@mkdir -p $(CACHE)/peers
	python3 -m venv $(CACHE)/peers/venv
	$(CACHE)/peers/venv/bin/pip install -q -r $(PEERS)/requirements.txt
	@touch $@

# The interoperability test reads our Parquet with DuckDB, PyArrow and pandas. Without Python, or without a package
# registry, it skips and says so.
.PHONY: interop-ready
interop-ready:
	@mkdir -p $(CACHE)
	@if [ -x $(VENV)/bin/python ] && [ -f $(CACHE)/python ]; then :; \
	elif command -v python3 >/dev/null 2>&1 && python3 -m venv $(VENV) >/dev/null 2>&1 \
	  && $(VENV)/bin/pip install -q duckdb pyarrow pandas >/dev/null 2>&1; \
	then echo $(abspath $(VENV))/bin/python > $(CACHE)/python; \
	else echo "no Python with DuckDB, PyArrow and pandas: the interoperability test will skip"; fi

.PHONY: clean
clean: ## remove what the targets made
	rm -rf bin demo $(CACHE)
