# The two commands: `make run` serves the dashboard, `make test` runs everything that is checked.
# They need Debian's python3 (3.11 or newer), python3-venv and make.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
PY := $(VENV)/bin/python

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run demo test check format clean

help: ## Say what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: $(VENV)/.requirements ## Serve the dashboard on this machine (PORT=8501); first makes demo data if there is none
	@test -e "$${DASHBOARD_STORE:-data/store}/CURRENT" || $(PY) -m dashboard demo
	@exec $(PY) -m dashboard serve --port $(PORT)

demo: $(VENV)/.requirements ## Make the demo portfolio
	@$(PY) -m dashboard demo

test: check ## Check everything and run every test
	@$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/.requirements-dev ## Style, format, types and who imports whom
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports --no-logo

format: $(VENV)/.requirements-dev ## Put imports and layout in order
	@$(PY) -m ruff check --fix-only .
	@$(PY) -m ruff format .

clean: ## Remove the virtual environment and the tools' caches; a store is never touched
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find dashboard tests -name __pycache__ -prune -exec rm -rf {} +

# The stamps remember what was installed last; they are older than a requirements file that changed.
$(VENV)/.requirements: requirements.txt
	$(environment)
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.requirements-dev: requirements-dev.txt requirements.txt
	$(environment)
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $(VENV)/.requirements $@

# Makes the virtual environment, also anew where it was left half made or its Python is gone.
define environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Python 3.11 or newer is needed; choose one with: make PYTHON=python3.x" >&2; exit 1; }
@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	{ echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
@$(PY) -m pip --version >/dev/null 2>&1 || \
	{ echo "Making the virtual environment in $(VENV)"; $(PYTHON) -m venv --clear $(VENV); }
@echo "Installing $<"
endef
