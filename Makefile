# `make` alone lists what there is. Go, Node.js and make are enough for everything but the tests, which install the rest.

SHELL := /bin/sh
.DEFAULT_GOAL := help

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT  ?= $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)

FRONTEND_SOURCES := $(shell find frontend/src frontend/public frontend/scripts -type f 2>/dev/null) \
	frontend/index.html frontend/explorer.html frontend/vite.config.ts frontend/vite.explorer.config.ts frontend/tsconfig.json \
	$(shell find docs/user docs/api/examples/explorer -type f 2>/dev/null)

# Packages that store and compare times: tested once more in a time zone other than UTC.
TZ_PACKAGES ?= ./ent/... ./server/store/... ./server/inventory/... ./server/abmtoken/... ./server/syncer/...
export TZ_PACKAGES

##@ Use

.PHONY: help
help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-zA-Z0-9_-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build ## Build everything and start the demo (ARGS="--empty" and the like are passed on)
	bin/guardmdm demo $(ARGS)

.PHONY: build
build: frontend ## Build bin/guardmdm: one static program with the dashboard inside
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o bin/guardmdm ./server

.PHONY: frontend
frontend: frontend/dist/index.html ## Build the dashboard into frontend/dist, if its sources changed

frontend/dist/index.html: frontend/node_modules/.package-lock.json $(FRONTEND_SOURCES)
	cd frontend && npm run --silent build

# npm writes this file last, so it stands for the whole installation.
frontend/node_modules/.package-lock.json: frontend/package.json frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund
	@touch $@

##@ Test

.PHONY: test
test: setup-test frontend ## Run every test: Go on both databases, front end, browser (installs what is missing)
	scripts/test.sh

.PHONY: setup-test
setup-test: ## Install what the tests need: PostgreSQL server, Chromium, a C compiler (Debian packages)
	scripts/setup-test.sh

.PHONY: lint
lint: frontend/node_modules/.package-lock.json ## Check formats, types and usual mistakes
	scripts/gofmt.sh -l
	go vet ./...
	cd frontend && npm run --silent lint && npm run --silent typecheck

.PHONY: bench
bench: bench-dashboard ## Run the benchmarks (BENCH_DEVICES=1000000 syncs a million devices)
	go test -run '^$$' -bench . -benchmem -timeout 2h ./...

.PHONY: bench-dashboard
bench-dashboard: setup-test build ## Measure the dashboard in Chromium (BENCH_DASHBOARD_DEVICES, a million)
	cd frontend && npm run --silent bench

.PHONY: soak
soak: setup-test ## Run the long tests: KILLS (200) process kills for each database, random faults for DURATION (10m); SEED repeats
	DURATION="$(DURATION)" KILLS="$(KILLS)" SEED="$(SEED)" scripts/soak.sh

.PHONY: fuzz
fuzz: ## Fuzz each parser for FUZZTIME (10s)
	scripts/fuzz.sh $(or $(FUZZTIME),10s)

##@ Develop

.PHONY: generate
generate: frontend/node_modules/.package-lock.json ## Generate Ent's and gqlgen's code, and the dashboard's types
	go generate ./ent
	go run github.com/99designs/gqlgen generate
	go run ./graph/cmd/plain
	cd frontend && npm run --silent codegen

.PHONY: migrate-diff
migrate-diff: ## Write the next migration of both databases: make migrate-diff NAME=add_groups
	@test -n "$(NAME)" || { echo "say what changes: make migrate-diff NAME=add_groups" >&2; exit 2; }
	go run ./ent/migrate/cmd/diff -name $(NAME)

.PHONY: fmt
fmt: frontend/node_modules/.package-lock.json ## Format all sources
	scripts/gofmt.sh -w
	cd frontend && npm run --silent fmt

.PHONY: clean
clean: ## Remove what was built (not the demo's or a server's data)
	rm -rf bin .tmp frontend/node_modules frontend/test-results frontend/playwright-report
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete
