# Tradewind: every target makes its own environment. `make` alone prints this help.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
MODEL ?= qwen2.5-0.5b
FUZZ_SECONDS ?= 300
PIP_FLAGS := --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test test-clients serve generate lint bench fuzz quality clean

help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(VENV)/.run ## The main job from nothing: start everything, import a RAG chatflow, upload, ask, clean up
	@$(BIN)/python examples/demo.py

serve: $(VENV)/.run ## The whole stack in the foreground on the default ports
	@$(BIN)/tradewind up

test: $(VENV)/.dev ## Everything: lint, types, generated code, proto lint, all tests
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python tests/run.py

test-clients: $(VENV)/.dev ## The example clients in every language that is here, against a live stack; `make test` runs them too
	@$(BIN)/python -m pytest -q tests/clients

lint: $(VENV)/.dev ## Style, types and the import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache

generate: $(VENV)/.dev ## Regenerate everything under generated/ and the documents made from code
	@$(BIN)/python proto/generate.py
	@$(BIN)/python docs/generate.py

bench: $(VENV)/.dev ## Load figures as ratios, beside this machine's own ceiling
	@$(BIN)/python tests/load/bench.py

fuzz: $(VENV)/.dev ## A public OpenAPI fuzzer against the document that the server serves (FUZZ_SECONDS=300)
	@$(BIN)/python -m pip install $(PIP_FLAGS) --group fuzz
	@$(BIN)/python tests/fuzz/openapi_fuzz.py --seconds $(FUZZ_SECONDS)

quality: $(VENV)/.dev ## Retrieval and answers of the embedded models on a question set (MODEL=qwen2.5-1.5b)
	@$(BIN)/tradewind models pull $(MODEL)
	@$(BIN)/python tests/quality/evaluation.py --model $(MODEL)

clean: ## Remove the environment and caches (data and models stay)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tradewind needs Python 3.11 or newer; set PYTHON=/path/to/python3." >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { echo "python3 -m venv failed; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install $(PIP_FLAGS) --upgrade 'pip>=26.1'

$(VENV)/.run: $(BIN)/python pyproject.toml generated/python/pyproject.toml
	@echo "Installing Tradewind"
	@$(BIN)/python -m pip install $(PIP_FLAGS) --editable ./generated/python --editable '.[all]'
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@echo "Installing the development tools"
	@$(BIN)/python -m pip install $(PIP_FLAGS) --group dev
	@touch $@
