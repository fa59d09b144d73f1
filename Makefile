# The commands people and .ci/run use. Each creates the environment it needs.
PYTHON ?= python3
DEV := .venv
DEMO := .venv-demo

# What is installed is compiled when it is first loaded, most of it never: half the time of an installation.
PIP_INSTALL := -m pip install --quiet --no-compile
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint bench bundle clean

demo: $(DEMO)/.installed
	$(DEMO)/bin/gridgov demo demo --overwrite
	@echo "To type gridgov: . $(DEMO)/bin/activate"

test: $(DEV)/.installed
	$(DEV)/bin/python -m pytest -n auto --dist worksteal

lint: $(DEV)/.installed
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/mypy
	$(DEV)/bin/lint-imports

# Merge three cities of known truth, and locate a million points, with gridgov and its peers: docs/benchmarks.md
bench: $(DEV)/.installed
	$(DEV)/bin/python benchmarks/merge.py --sizes 500 --seeds 1 2 3
	$(DEV)/bin/python benchmarks/locate.py --cells 2000 --points 1000000

# A folder of wheels for machines without a network: docs/getting-started.md
bundle: $(DEV)/.installed
	$(DEV)/bin/python -m pip wheel --quiet --wheel-dir bundle .

$(DEV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(DEV)
	$(DEV)/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	$(DEV)/bin/python $(PIP_INSTALL) --editable . --group dev
	touch $@

$(DEMO)/.installed: pyproject.toml $(shell find src data/samples -type f 2>/dev/null)
	$(PYTHON) -m venv $(DEMO)
	$(DEMO)/bin/python $(PIP_INSTALL) --force-reinstall --no-deps .
	$(DEMO)/bin/python $(PIP_INSTALL) .
	touch $@

clean:
	rm -rf $(DEV) $(DEMO) .bench demo bundle dist
