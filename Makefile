# `make demo`, `make check` and `make test` do all that is needed on a fresh Debian or Ubuntu machine.
.DEFAULT_GOAL := help
.PHONY: man events advisories sbom help setup setup-dev demo check quick-tests test lint format rules lock wheel clean

BIN := .venv/bin
ROOMS := model ledger dictionaries ocr correction workspace reports audit review pipeline flows cli
CODE := $(ROOMS) training tests benchmarks
LOCKED := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
UV ?= uv
# How many tests run at once: one more than there are cores, as some wait for a browser or a server; but each loads the
# dictionaries and models for itself.
JOBS ?= $(shell cores=$$(nproc 2>/dev/null || echo 2); echo $$((cores < 8 ? cores + 1 : 8)))
PYTEST := $(BIN)/python -m pytest --numprocesses=$(JOBS) --dist=worksteal

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## Tesseract, Python packages, .venv/bin/chamra (again: checks, changes nothing)
	@bin/setup

setup-dev: ## the same and what the tests need
	@bin/setup --dev

demo: setup ## the whole loop on the bundled scan
	@$(BIN)/chamra demo --prefect

check: ## linters, known faults of packages, and the tests that need no browser, server or Tesseract: before every commit
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target lint quick-tests advisories

quick-tests: setup-dev
	@$(PYTEST) --hypothesis-profile=quick -m "not (tesseract or browser or server or mount or slow)"

test: lint ## linters and all tests: before every merge, and in CI
	@$(PYTEST)

lint: setup-dev ## ruff, mypy and the import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict $(CODE)
	@PYTHONPATH=. $(BIN)/lint-imports

advisories: setup-dev ## whether faults are known in the packages of the lock file: asks pip-audit, where it is there
	@$(BIN)/python -m benchmarks.advisories

sbom: setup-dev ## what the program is made of, as CycloneDX's JSON, in chamra.cdx.json
	@$(BIN)/python -m benchmarks.sbom -o chamra.cdx.json

format: setup-dev ## put the code in its usual form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

rules: setup-dev ## write anew what is made from the rules: docs/rules.md, and what they find in fixed texts (look at the diff)
	@$(BIN)/python -m tests.correction.write_rules

lock: ## write the lock files anew from pyproject.toml (needs uv; LOCKED_MORE=--upgrade takes newer versions)
	$(UV) pip compile pyproject.toml $(LOCKED) $(LOCKED_MORE) -o requirements.lock
	$(UV) pip compile pyproject.toml --extra dev -c requirements.lock $(LOCKED) $(LOCKED_MORE) -o requirements-dev.lock

wheel: setup-dev ## the program as one file in dist/, for `pipx install dist/chamra-*.whl`
	@$(BIN)/python -m hatchling build --target wheel

events: setup ## write what the documentation says of the ledger's events anew from the catalogue
	@$(BIN)/python -m ledger.documentation

man: setup ## write the manual page docs/chamra.1 anew from the commands
	@$(BIN)/python -m cli.man_page

clean: ## remove caches and the demo's workspace; .venv stays
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist chamra-demo chamra-demo.anchors.log
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
