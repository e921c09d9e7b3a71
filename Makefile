# The commands of the project; `make help` lists them. No more than Python 3.11 and make has to be there.
SHELL := /bin/bash
PYTHON := .venv/bin/python
PORT ?= 8000
ARGS ?=
export PORT
# A site, its worker and a hundred commands of the tests start from the same code: it is compiled once.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test slow fmt check bench chaos mutants lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

demo: ## Set up what is missing and serve the demonstration on http://127.0.0.1:8000 (PORT=…)
	@bin/setup base && exec $(PYTHON) bin/serve

demo-reset: ## Throw away all that was entered in the demonstration, and start over
	@bin/setup base && $(PYTHON) bin/serve --forget && exec $(PYTHON) bin/serve

test: ## Set up what is missing and run the whole suite (ARGS="-k word")
	@bin/setup dev
	$(PYTHON) -m pytest -n $${PYTEST_WORKERS:-2} $(ARGS)

slow: ## What is too slow for CI, as a table: looks, sqlite, days, busy, firefox (hours; ARGS="sqlite days")
	@bin/setup dev
	@bin/slow $(ARGS)

fmt: ## Format code and templates
	@bin/setup dev
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m djlint --reformat --quiet templates

check: ## Linters, types, imports, migrations, deployment checks
	@bin/setup dev
	@bin/check

bench: ## Measure the pages and the PDF; prints a table, writes JSON
	@bin/setup dev
	$(PYTHON) -m bench $(ARGS)

chaos: ## Break services, disks and clocks under the site as in production; print what was seen (ARGS="quick" or "mail disk")
	@bin/setup dev
	$(PYTHON) -m chaos $(ARGS)

mutants: ## Break the rules one by one in a clone; list what no test noticed (an hour; ARGS="follow_up.schedule.*")
	@bin/setup dev
	@bin/mutants $(ARGS)

lock: ## Pin the dependencies of pyproject.toml anew (UPGRADE=--upgrade takes newer versions)
	@bin/setup base
	bin/lock $(UPGRADE)
