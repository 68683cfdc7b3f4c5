# locatematch. Bare `make` lists the targets. Needs Go and make; everything else is fetched by the targets themselves.

GO      ?= go
BIN     := bin/locatematch
CACHE   := .cache
VENV    := $(CACHE)/venv
# The public sets with known truth, and the scripts that run other tools on them. Neither is part of the project.
DATA    ?= ../shared/data
PEERS   ?= ../shared/peers
FUZZTIME ?= 20s
# Commands beside their data: ./... passes over testdata.
LEAK_SUBJECTS ?= 2000
LEAK_NIGHTS ?= 6
TESTDATA := ./testdata/public ./testdata/peers/floor ./testdata/scale ./testdata/classes ./testdata/quality ./testdata/nights
# Of bench: which, and how often each. For benchstat: make bench COUNT=10 > new.txt.
BENCH   ?= .
COUNT   ?= 1
# Of scale: most rows in millions, share of strangers, runs of each cell, where results are kept, and the cells themselves
# (50000x1000000.csv.gz is so many subjects, so many rows and the kind of file).
SCALE         ?= 1
STRANGERS     ?= 0.99
SCALE_RUNS    ?= 3
SCALE_RESULTS ?= $(CACHE)/scale/results
CELLS         ?=
# Of nights: how many, people looked for, rows of strangers over all of them, leads that each officer looks at a night, seed.
NIGHTS    ?= 30
SUBJECTS  ?= 5000
AROUND    ?= 500000
WORKED    ?= 2
SEED      ?= 1
# Of bench-peers: rounds, rows of the extract, jobs, and the folder that keeps the results.
RUNS    ?= 7
SIZES   ?= 1000000 10000000
JOBS    ?= night own train pairs product
RESULTS ?= $(CACHE)/peers/results/latest

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
	LOCATEMATCH_PYTHON=$$(cat $(CACHE)/python 2>/dev/null) LOCATEMATCH_DATA=$(abspath $(DATA)) $(GO) test -timeout 9m ./... $(TESTDATA)

# A small one is in make test: 150 people, the pairs and analyses of the last night alone.
.PHONY: leaks
leaks: ## protected families among LEAK_SUBJECTS people over LEAK_NIGHTS nights: every byte of every command is scanned for where they are
	$(GO) test ./cmd/locatematch -run 'TestLeak' -v -timeout 60m -leaks.subjects $(LEAK_SUBJECTS) -leaks.nights $(LEAK_NIGHTS) -leaks.thorough

.PHONY: vet
vet: ## gofmt, go vet and a tidy go.mod
	@test -z "$$(gofmt -l cmd matchers pipeline sources testdata)" || { echo "gofmt would change:"; gofmt -l cmd matchers pipeline sources testdata; exit 1; }
	$(GO) vet ./... $(TESTDATA)
	$(GO) mod tidy -diff

.PHONY: lint
lint: vet ## staticcheck, fetched when absent
	@mkdir -p $(CACHE)/bin
	@test -x $(CACHE)/bin/staticcheck || GOBIN=$(abspath $(CACHE)/bin) $(GO) install honnef.co/go/tools/cmd/staticcheck@v0.8.2
	$(CACHE)/bin/staticcheck ./... $(TESTDATA)

.PHONY: race
race: ## the same tests under the race detector (needs a C compiler); of the stories those with most going on at once
	LOCATEMATCH_DATA=$(abspath $(DATA)) $(GO) test -race -short -timeout 20m $$($(GO) list ./... | grep -v /cmd/)
	$(GO) test -race -short -timeout 20m -run 'TestScripts/(demo|same_bytes|interrupt|memory|remember)$$' ./cmd/...

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME each (default 20s)
	@mkdir -p $(CACHE)
	@for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg 2>/dev/null | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$pkg >$(CACHE)/fuzz.txt 2>&1; ended=$$?; \
	    tail -2 $(CACHE)/fuzz.txt; test $$ended = 0 && continue; \
	    grep -q 'Failing input written' $(CACHE)/fuzz.txt || ! grep -q '^ *context deadline exceeded' $(CACHE)/fuzz.txt || \
	      { echo "  only the time was up (golang.org/issue/75804)"; continue; }; \
	    cat $(CACHE)/fuzz.txt; exit 1; \
	  done; done

.PHONY: bench
bench: ## Go benchmarks of kernels and stages, as benchstat reads them; COUNT, BENCH
	@$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -count $(COUNT) -timeout 60m ./...

# Ten million rows and more need some GB of disk and of memory, and minutes: SCALE=10, SCALE=50. The files are kept.
.PHONY: scale
scale: build ## nights that grow to SCALE=1, 10, 50 million rows: rows/s, memory, seconds by stage
	@mkdir -p $(CACHE)/scale
	CGO_ENABLED=0 $(GO) build -trimpath -o $(CACHE)/scale/scale ./testdata/scale
	$(CACHE)/scale/scale -binary $(BIN) -work $(CACHE)/scale -scale $(SCALE) -strangers $(STRANGERS) -runs $(SCALE_RUNS) \
	  -results $(SCALE_RESULTS) $(CELLS)

# Two million subjects: ten minutes, 6 GB of memory, 2 GB of disk.
.PHONY: scale-year
scale-year: build ## an ordinary night on a caseload with a year's history: memory, seconds by stage, and what it costs over matching alone
	@mkdir -p $(CACHE)/scale
	CGO_ENABLED=0 $(GO) build -trimpath -o $(CACHE)/scale/scale ./testdata/scale
	$(CACHE)/scale/scale -binary $(BIN) -work $(CACHE)/scale -strangers $(STRANGERS) -results $(SCALE_RESULTS) -year $(or $(CELLS),2000000x1000000.csv)

.PHONY: evaluate
evaluate: ## accuracy on every public set found in DATA, trained on itself without labels; one JSON line per set
	@$(GO) run ./testdata/public -data $(DATA) -train

.PHONY: evaluate-built-in
evaluate-built-in: ## the same with built-in figures
	@$(GO) run ./testdata/public -data $(DATA)

.PHONY: classes
classes: ## a synthetic night's traps under two and three classes, with and without competition
	@$(GO) run ./testdata/classes

.PHONY: night
night: build ## a night of 50,000 subjects and 1,000,000 stranger rows, run and evaluated with its traps
	$(BIN) synth --out $(CACHE)/night --subjects 50000 --strangers 1000000
	rm -rf $(CACHE)/night/runs $(CACHE)/night/state
	$(BIN) run -c $(CACHE)/night/night.yaml
	$(BIN) evaluate -c $(CACHE)/night/night.yaml --truth $(CACHE)/night/truth.csv --traps $(CACHE)/night/traps.csv

.PHONY: nights
nights: build ## thirty nights in a row with officers who judge: leads, queues, waits, precision and recall beside today's practice
	@mkdir -p $(CACHE)
	CGO_ENABLED=0 $(GO) build -trimpath -o $(CACHE)/bin/nights ./testdata/nights
	$(CACHE)/bin/nights -binary $(BIN) -work $(CACHE)/nights -nights $(NIGHTS) -subjects $(SUBJECTS) -strangers $(AROUND) -worked $(WORKED) -seed $(SEED)

.PHONY: bench-peers
bench-peers: build $(CACHE)/peers/ready ## beside DuckDB and Splink, in turn; RUNS, SIZES, JOBS (needs PEERS, DATA, Python)
	CGO_ENABLED=0 $(GO) build -trimpath -o $(CACHE)/peers/floor ./testdata/peers/floor
	$(CACHE)/peers/venv/bin/python testdata/peers/bench.py --binary $(BIN) --floor $(CACHE)/peers/floor --peers $(PEERS) --data $(DATA) \
	  --work $(CACHE)/peers/nights --results $(RESULTS) --runs $(RUNS) --sizes $(SIZES) --jobs $(JOBS)

.PHONY: measured
measured: ## the newest kept results of bench-peers, as Markdown for the README
	@newest=$$(ls -d testdata/peers/results/*/ 2>/dev/null | sort | tail -1); \
	test -n "$$newest" || { echo "no results are kept in testdata/peers/results: make bench-peers RESULTS=testdata/peers/results/DATE-MACHINE"; exit 1; }; \
	cat $$newest/README.md; python3 testdata/peers/table.py $$newest --markdown

# A recipe that needs the peers' scripts, the public sets and Splink; without them the target says what is missing and does nothing.
PEERS_PYTHON := PYTHONDONTWRITEBYTECODE=1 $(CACHE)/peers/venv/bin/python
define with_peers
	@if [ ! -f $(PEERS)/splink_night.py ]; then echo "$@: skipped: no peers' scripts in $(PEERS) (set PEERS)"; \
	elif [ ! -d $(DATA) ]; then echo "$@: skipped: no public sets in $(DATA) (set DATA)"; \
	elif ! command -v python3 >/dev/null 2>&1; then echo "$@: skipped: no python3"; \
	elif ! $(MAKE) -s $(CACHE)/peers/ready; then echo "$@: skipped: Splink could not be installed"; \
	else $(1); fi
endef

.PHONY: calibration
calibration: build ## stated probabilities against truth, beside Splink's (needs PEERS, DATA and Python)
	@$(GO) build -o $(CACHE)/bin/quality ./testdata/quality
	$(call with_peers,$(PEERS_PYTHON) testdata/quality/calibration.py $(BIN) $(CACHE)/bin/quality $(PEERS) $(DATA) $(CACHE)/peers)

.PHONY: train-peers
train-peers: build ## training time and its model beside Splink's on the peers' night (needs PEERS, DATA and Python)
	$(call with_peers,$(PEERS_PYTHON) testdata/quality/train_peers.py $(BIN) $(PEERS) $(DATA) $(CACHE)/peers $(RUNS))

.PHONY: own-night
own-night: build ## the peers' night with rules of our own, and its model on ten times the rows (needs PEERS, DATA and Python)
	$(call with_peers,$(PEERS_PYTHON) testdata/quality/own_night.py $(BIN) $(PEERS) $(DATA) $(CACHE)/peers)

.PHONY: evaluate-splink
evaluate-splink: ## Splink's own figures on the public sets beside ours (needs PEERS, DATA and Python)
	$(call with_peers,$(GO) run ./testdata/public -data $(DATA) -train | $(PEERS_PYTHON) testdata/quality/evaluate_splink.py $(PEERS) $(DATA) $(CACHE)/peers)

.PHONY: peers-ready
peers-ready: $(CACHE)/peers/ready ## the Python venv with the peers' pinned versions, for bench-peers

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
