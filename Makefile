# Every chore of Sổ Hộ. `make help` lists them.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
.DEFAULT_GOAL := help

help: ## list the chores
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

setup: $(READY) ## create the environment and install the pinned dependencies

demo: $(READY) ## one commune's real year on embedded NATS and PostgreSQL (ONCE=1: show it and stop)
	@exec $(BIN)/soho demo $(if $(ONCE),--once)

test: $(READY) ## every test, on servers of its own
	$(BIN)/python -m pytest $(TESTS)

lint: $(READY) ## style, types, and the import rules between the floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## put the code into its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## measure against the floor and peers (PROFILE=full, ONLY=name); writes bench.json
	@exec $(BIN)/python -m tests.benchmarks $(if $(PROFILE),--profile $(PROFILE)) $(if $(ONLY),--only $(ONLY))

lock: $(READY) ## pin the dependencies again, with hashes
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --no-annotate --extra dev --output-file requirements.lock pyproject.toml

clean: ## remove the environment and caches (the data folder stays)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis bench.json

.PHONY: help setup demo test lint format bench lock clean
