# Two commands matter: `make site` and `make test`; while working, `make quick`. All set themselves up.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# pip installs exactly what the lock files name, and checks every hash; what those packages need is
# named there too (pip 23 stumbles over an extra of lxml that two of them spell differently).
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: site serve check test quick lint mutants renderers bench bench-lighthouse bench-search bench-import bench-suggest train-suggest golden lock clean

site: $(VENV)/.site
	@$(BIN)/crossclaim build

serve: $(VENV)/.site
	@$(BIN)/crossclaim serve

check: $(VENV)/.site
	@$(BIN)/crossclaim check

test: $(VENV)/.test lint
	@$(BIN)/python tests/browser_install.py
	@$(BIN)/python -m pytest --cov --cov-report=json

# The tests that need no browser and no minute.
quick: $(VENV)/.test
	@$(BIN)/python -m pytest -m "not browser and not slow"

lint: $(VENV)/.test
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

# Change the core's modules in one place at a time, and print each change that no test notices.
# Needs cosmic-ray, which nothing else does, in a folder of its own; half an hour.
mutants: $(VENV)/.test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target $(VENV)/mutants cosmic-ray
	@PYTHONPATH=$(CURDIR)/$(VENV)/mutants nice -n 19 $(BIN)/python tests/mutants.py

# Render the same docs folders with MkDocs, ProperDocs, MaterialX and Zensical, and compare what is
# read on every page. The three that nothing else needs stand in an environment of their own.
renderers: $(VENV)/.test $(VENV)/renderers/.done
	@$(BIN)/python tests/renderers.py

$(VENV)/renderers/.done: tests/renderers.txt $(BIN)/python
	@$(BIN)/python -m venv --clear $(VENV)/renderers
	@$(VENV)/renderers/bin/python -m pip install --quiet --disable-pip-version-check -r tests/renderers.txt
	@touch $@

# What building costs at 3, 100, 1,000 and 5,000 essays, from nothing and after a change, beside
# stock Material and Hugo (which must be there) on the same essays; memory, weights. A table, and
# build/bench.json; an hour or two.
bench: $(VENV)/.test
	@$(BIN)/python tests/browser_install.py
	@$(BIN)/python tests/bench.py

# What Lighthouse says of our own site; needs Node.js.
bench-lighthouse: $(VENV)/.test
	@$(BIN)/python tests/browser_install.py
	@$(BIN)/python tests/bench_lighthouse.py

# What searching costs, beside Material's search and Pagefind; 5,000 essays take half an hour.
bench-search: $(VENV)/.test
	@$(BIN)/python tests/browser_install.py
	@$(BIN)/python tests/bench_search.py

# How well essays are found in saved pages, beside two libraries, where 60 of them stand beside the
# checkout; how fast Markdown is read.
bench-import: $(VENV)/.test
	@$(BIN)/python tests/bench_import.py

# How good and how quick suggestions are: the essays, each left out in turn, and ArgKP-2021 dev,
# where it is beside the checkout.
bench-suggest: $(VENV)/.test
	@$(BIN)/python tests/bench_suggest.py

# Learn the encoder's tuning anew from ArgKP-2021 train, and fit the calibration. Needs jax, which
# nothing else does, in a folder of its own.
train-suggest: $(VENV)/.test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target $(VENV)/train jax
	@PYTHONPATH=$(VENV)/train $(BIN)/python tests/train_suggest.py

# Save what the golden tests produce as what they expect; read the diff before committing it.
golden: $(VENV)/.test
	@$(BIN)/python -m pytest -n 0 tests/test_golden.py tests/test_findings.py tests/test_docs.py tests/test_agreement.py tests/test_fonts.py --save-golden

# Re-pin the dependencies (needs uv).
lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
	  --extra all pyproject.toml tools/build-requirements.in -o requirements.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
	  --extra all --extra test pyproject.toml tools/build-requirements.in -c requirements.txt -o requirements-test.txt

clean:
	rm -rf $(VENV) tools/crossclaim/site/assets/fonts tools/crossclaim/language/vocabulary.npz site .site-* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "crossclaim needs Python 3.11 or newer; '$(PYTHON)' is older or missing — run: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.site: $(BIN)/python requirements.txt pyproject.toml $(wildcard tools/*.py)
	@echo "Setting up (once) …"
	@$(INSTALL) --no-deps --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.site requirements-test.txt
	@echo "Setting up the tests (once) …"
	@$(INSTALL) --no-deps --require-hashes -r requirements-test.txt
	@touch $@
