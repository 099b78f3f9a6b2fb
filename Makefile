# Two commands on a fresh machine with Python 3.11+ and make: `make serve` opens the assistant, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready


.PHONY: help install serve test lint proof bench eval clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

install: $(READY) ## set up .venv with the locked dependencies

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tanlu needs Python 3.11 or newer; set PYTHON=/path/to/python3.11 / 需要 Python 3.11 或更新版本")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

serve: install ## open the assistant on the starter dataset (http://127.0.0.1:5006)
	$(BIN)/tanlu serve

lint: install ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Files go to the two workers in their order, so that the long ones (browser, imports) do not come last. Compiled modules are
# kept, whatever the shell says: the processes that the tests start would compile them all again.
# Style and types keep one core busy for a minute: they run beside the tests, and their report stands after them.
test: install ## everything quick: at most 12 minutes, nothing outside the checkout
	@report=$$(mktemp); $(MAKE) --no-print-directory lint > $$report 2>&1 & lint=$$!; \
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -m "not slow" -n 2 --dist loadfile --no-loadscope-reorder \
	  --cov --cov-report=term:skip-covered --cov-fail-under=85; tests=$$?; \
	wait $$lint; style=$$?; cat $$report; rm -f $$report; \
	[ $$tests -eq 0 ] && [ $$style -eq 0 ]

proof: install ## the long proofs, at most 75 minutes; dated results in docs/proof/
	$(BIN)/python -m tests.proof

bench: install ## ratios in one run, seconds printed: answers, tables, paths, network
	$(BIN)/python -m tests.benchmarks

eval: install ## bilingual questions with expected values recomputed from the dataset
	$(BIN)/python -m tests.evals

clean: ## remove the environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
