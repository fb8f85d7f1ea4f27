# Two commands matter: `make demo` and `make test`. Both set up everything they need on a machine with Python and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
WORKERS ?= auto
SOURCES := bot knowledge broadcasts benchmarks tests
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --override requirements/overrides.txt

.PHONY: install demo test check format lint types contracts tests bench evaluate lock clean browser help

help: ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# Compiled here, because the user who runs the service may not write beside its program, which would then be compiled at every start.
install: $(VENV)/run.stamp ## the service on this machine; again after every change of version
	$(BIN)/python -m compileall -q bot knowledge broadcasts

demo: $(VENV)/demo.stamp install ## the whole service on this machine, with a phone in the browser
	$(BIN)/dingxin demo $(ARGS)

test: $(VENV)/dev.stamp install browser ## all tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(VENV)/dev.stamp lint types contracts tests ## everything CI asks for

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --quiet --lint bot

types: $(VENV)/dev.stamp
	$(BIN)/mypy

contracts: $(VENV)/dev.stamp
	$(BIN)/lint-imports
	$(BIN)/deptry .

tests: $(VENV)/dev.stamp
	rm -f .coverage .coverage.*
	$(MAKE) test ARGS="--cov --cov-report=term:skip-covered $(ARGS)"

bench: $(VENV)/dev.stamp install ## speed: prints what was measured, side by side
	$(BIN)/python -m benchmarks $(ARGS)

evaluate: $(VENV)/demo.stamp ## quality on the labelled sets; fails if a figure is worse than in benchmarks/figures.toml
	$(BIN)/python -m benchmarks.quality $(ARGS)

format: $(VENV)/dev.stamp ## write the code as the checks want it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/dev.stamp ## pin anew from requirements/*.in
	for set in build run ocr dev; do $(LOCK) --output-file requirements/$$set.txt requirements/$$set.in || exit 1; done

browser: ## Chromium and Chinese fonts, when root may install them
	@sh tests/browser/install-chromium

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.*

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
		|| { echo "Dingxin needs Python 3.11, 3.12 or 3.13; say which with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(VENV)/bin/python requirements/build.txt requirements/run.txt pyproject.toml
	$(INSTALL) -r requirements/build.txt
	$(INSTALL) --no-build-isolation -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# rapidocr's wheel says "before 3.13" though it runs there; tests/bot/test_ocr.py reads real pictures on all three.
$(VENV)/demo.stamp: $(VENV)/run.stamp requirements/ocr.txt
	$(INSTALL) --ignore-requires-python -r requirements/ocr.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/demo.stamp requirements/dev.txt
	$(INSTALL) -r requirements/dev.txt
	@touch $@
