# The verbs a developer and CI call. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
BENCH ?=
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	--allow-unsafe --strip-extras --no-header

.DEFAULT_GOAL := help
.PHONY: install demo test lint bench e2e security coverage-study load manual lock clean help

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# A stamp a requirements file: installed once, again when the file changes.
$(VENV)/%.stamp: requirements/%.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/bening messages > /dev/null
	@touch $@

install: $(VENV)/demo.stamp ## virtual environment, pinned requirements, the package itself

demo: ## a whole survey round in a simulated province, then serve it (ARGS="--exit" ends instead)
	@start=$$(date +%s); $(MAKE) --no-print-directory install && echo "installed in $$(($$(date +%s) - start)) s"
	$(BIN)/bening demo $(ARGS)

test: $(VENV)/test.stamp ## everything but journeys in other browsers
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup --ignore tests/journeys tests $(ARGS)

lint: $(VENV)/test.stamp ## format, lint, types, import contracts, migrations, translations
	$(BIN)/ruff format --check src tests bench manage.py
	$(BIN)/ruff check src tests bench manage.py
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bening makemigrations --check --dry-run --settings all

e2e: $(VENV)/test.stamp ## journeys in real browsers
	$(BIN)/python -m pytest -q tests/journeys $(ARGS)

bench: $(VENV)/test.stamp ## measured speed beside its bars (BENCH=NAME for one)
	$(BIN)/python -m bench $(BENCH)

security: $(VENV)/test.stamp ## the attacks in full size
	$(BIN)/python -m bench security

coverage-study: $(VENV)/test.stamp ## coverage of intervals and rank sets, false flags, disclosure attacks
	$(BIN)/python -m bench coverage

load: $(VENV)/test.stamp ## a national round in fast motion
	$(BIN)/python -m bench load

manual: $(VENV)/test.stamp ## pages made from code: problems, settings, commands, pictures of methods
	$(BIN)/bening manual
	$(BIN)/python -m tests.specs.pictures

lock: $(VENV)/test.stamp ## requirements/*.in -> *.txt
	cd requirements && ../$(LOCK) -o run.txt run.in && ../$(LOCK) -c run.txt -o sign.txt sign.in \
		&& ../$(LOCK) -c run.txt -c sign.txt -o demo.txt demo.in \
		&& ../$(LOCK) -c demo.txt -o test.txt test.in

clean: ## remove what the other targets made
	rm -rf $(VENV) demo data shots build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache bench/*.json
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
