# `make` alone lists the targets. Everything downloads once, in setup; after that it works offline.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help setup run test diagrams test-setup lint types imports test-sqlite test-postgresql test-browser test-published screenshots pins clean

PORT ?= 5000
WORKERS ?= 2
PY := .venv/bin/python
STAMPS := var/stamps
export PYTHONDONTWRITEBYTECODE := 1
export FLASK_APP := wsgi.py

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-16s %s\n", $$1, $$2 }'

setup: $(STAMPS)/python $(STAMPS)/styles ## Install what running needs, and build the styles

run: setup ## Start the service with demonstration data on http://127.0.0.1:5000 (PORT=... for another)
	@if $(PY) -c "import socket, sys; sys.exit(socket.socket().connect_ex(('127.0.0.1', $(PORT))))"; then
	  echo "Port $(PORT) is taken. Stop what uses it, or choose another: make run PORT=$$(( $(PORT) + 1 ))" >&2
	  exit 1
	fi
	export BASE_URL="$${BASE_URL:-http://127.0.0.1:$(PORT)}" DEMONSTRATION=yes
	$(PY) -m flask db upgrade
	$(PY) -m flask demo
	echo "Open $$BASE_URL. Stop with Ctrl+C."
	export ACCESS_DELIVERY_THREAD=1
	exec $(PY) -m flask run --host 127.0.0.1 --port $(PORT) --with-threads

test: test-setup lint types imports test-sqlite test-postgresql test-browser ## Everything that must hold before a change is taken

test-setup: setup $(STAMPS)/tests ## Install what testing needs, a browser included
	@bash scripts/find-browser.sh

lint: test-setup ## Style of the code, the templates and the security rules
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	.venv/bin/djlint app/templates --lint --quiet
	.venv/bin/bandit --quiet --configfile pyproject.toml --recursive app config.py wsgi.py

types: test-setup ## Types, with pyright
	node_modules/.bin/pyright

imports: test-setup ## Imports go down the journey only
	.venv/bin/lint-imports

test-sqlite: test-setup ## The tests on SQLite
	TEST_ENGINE=sqlite $(PY) -m pytest -n $(WORKERS) -m "not browser"

test-postgresql: test-setup ## The tests on PostgreSQL (TEST_DATABASE_URL names a server; else one is started)
	TEST_ENGINE=postgresql $(PY) -m pytest -n $(WORKERS) -m "not browser"

test-browser: test-setup ## The tests in a real browser, with axe on every page
	TEST_ENGINE=sqlite $(PY) -m pytest -m browser

test-published: test-setup ## The importers on the whole public files (PUBLISHED=folder)
	@test -d "$(PUBLISHED)" || { echo "Name the folder of the public files: make test-published PUBLISHED=folder" >&2; exit 1; }
	PUBLISHED="$(PUBLISHED)" TEST_ENGINE=sqlite $(PY) -m pytest -m published

screenshots: test-setup ## Pictures of the pages at both widths, under build/screenshots
	SCREENSHOTS=build/screenshots TEST_ENGINE=sqlite $(PY) -m pytest -m browser
	@echo "Written to build/screenshots"

diagrams: test-setup ## Draw the packages and their imports into docs/architecture.md
	$(PY) scripts/diagrams.py

pins: ## Pin the libraries again, with hashes (needs uv and the network)
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 requirements.in -o requirements.txt
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 tests/requirements.in -o tests/requirements.txt

clean: ## Remove what setup made; the database and files under var/ stay
	rm -rf .venv node_modules build app/static/dist $(STAMPS)

$(STAMPS)/tools: scripts/check-tools.sh
	@bash scripts/check-tools.sh
	mkdir -p $(STAMPS) && touch $@

$(STAMPS)/python: requirements.txt $(STAMPS)/tools
	@test -x $(PY) || python3 -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	touch $@

$(STAMPS)/tests: tests/requirements.txt $(STAMPS)/python
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r tests/requirements.txt
	touch $@

# The built-in scripts of packages are never run: none of these needs one.
$(STAMPS)/node: package.json package-lock.json $(STAMPS)/tools
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

$(STAMPS)/styles: $(STAMPS)/node $(shell find app/assets -type f)
	@npm run --silent build
	touch $@
