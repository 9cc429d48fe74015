# Everything a newcomer types. `make` alone lists it.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
MODELS ?= 20

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LITELLM := .cache/litellm
LLAMA := .cache/llama
NPM := .cache/npm

# $(call need,program names,Debian packages): installs the packages when none of the programs is found and we may.
need = for program in $(1); do command -v "$$program" >/dev/null && exit 0; done; \
	if command -v apt-get >/dev/null; then \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo="sudo -n"; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $(2) >/dev/null; \
	else echo "Please install one of: $(1)" >&2; exit 1; fi

.PHONY: help
help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  \033[1m%-12s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	@echo "Installing into $(VENV) …"
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: run
run: $(READY) ## the whole product, simulated: no key, no network (PORT=8000 MODELS=20)
	@$(BIN)/statuspage demo --port $(PORT) --models $(MODELS)

.PHONY: test
test: $(READY) ## everything that CI checks; style and types beside the tests
	@$(MAKE) --no-print-directory -j3 promtool $(LITELLM)/.ready $(NPM)/.ready
	@$(MAKE) --no-print-directory lint & lint=$$!; tested=0; $(BIN)/python -m pytest || tested=$$?; wait $$lint && exit $$tested

.PHONY: lint
lint: $(READY) ## style, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

.PHONY: format
format: $(READY) ## put the code into the house's form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: bench
bench: $(READY) ## what a request, a check and a sample cost, beside nginx
	@$(call need,nginx,nginx-light)
	@$(call need,wrk,wrk)
	@$(BIN)/python -m benchmarks $(ARGS)

.PHONY: figures
figures: $(READY) ## detection and false alarms, simulated, into docs/detection.md (takes minutes)
	@$(BIN)/python -m benchmarks.figures

.PHONY: screenshots
screenshots: $(READY) chromium ## the pictures of the README, from the demo
	@$(BIN)/python -m tests.screenshots

.PHONY: docs
docs: $(READY) ## write what is generated under docs/
	@$(BIN)/python -m tests.generated

.PHONY: catalogue
catalogue: $(READY) ## gather what readers meet into locales/, and list what is to be translated
	@$(BIN)/python -m tests.catalogue

.PHONY: first-light
first-light: $(READY) chromium $(LITELLM)/.ready $(LLAMA)/.ready ## against LiteLLM's proxy and llama.cpp's server (builds for minutes)
	@$(BIN)/python -m pytest -m first_light tests/first_light

.PHONY: litellm
litellm: $(LITELLM)/.ready

$(LITELLM)/.ready: tests/first_light/litellm.lock
	@echo "Installing LiteLLM's proxy into $(LITELLM) …"
	@[ -x $(LITELLM)/bin/python ] || $(PYTHON) -m venv $(LITELLM)
	@$(LITELLM)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(NPM)/.ready: $(READY) tests/npm/package-lock.json
	@echo "Installing the tests' JavaScript programs into $(NPM) …"
	@mkdir -p $(NPM) && cp tests/npm/package.json tests/npm/package-lock.json $(NPM)
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

$(LLAMA)/.ready: tests/first_light/llama.lock
	@echo "Building llama.cpp's server into $(LLAMA), which takes minutes …"
	@$(call need,c++,g++)
	@[ -x $(LLAMA)/bin/python ] || $(PYTHON) -m venv $(LLAMA)
	@$(LLAMA)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@touch $@

.PHONY: chromium
chromium:
	@$(call need,chromium chromium-browser google-chrome,chromium)

# One after the other: Debian's packages are installed by one program at a time.
.PHONY: promtool
promtool: servers
	@$(call need,promtool,prometheus)

.PHONY: servers
servers: chromium
	@$(call need,nginx /usr/sbin/nginx,nginx-light)
	@$(call need,caddy,caddy)
	@$(call need,initdb $(wildcard /usr/lib/postgresql/*/bin/initdb),postgresql)

.PHONY: lock
lock: $(READY) ## choose the newest versions and write the locks (for maintainers)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --group dev --all-extras pyproject.toml -o requirements.lock
	@for name in litellm llama; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url tests/first_light/$$name.in -o tests/first_light/$$name.lock; done
	@cd tests/npm && PATH="$(CURDIR)/$(BIN):$$PATH" npm update --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

.PHONY: clean
clean: ## remove what the above made, but keep databases
	@rm -rf $(VENV) .cache bench-results dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
