# The commands of the portal. `make run` and `make test` work from a fresh clone.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
PORT ?= 8000
HOST ?= 127.0.0.1
CLOCK ?=
ARGS ?=
# A process that may not keep its compiled modules compiles all of ours at every start.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help system-run system-all setup run worker beat migrate seed test fast journeys lint fix check docs bench messages requirements

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

system-run:
	@bash requirements/system.sh run

system-all:
	@bash requirements/system.sh

$(STAMP): requirements/dev.txt requirements/setup.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.11 ..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt
	$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python requirements/dev.txt
	@touch $@

locale/zh_Hans/LC_MESSAGES/django.mo: locale/zh_Hans/LC_MESSAGES/django.po | $(STAMP)
	@$(BIN)/pybabel --quiet compile --domain django --directory locale --locale zh_Hans

setup: system-all $(STAMP) locale/zh_Hans/LC_MESSAGES/django.mo ## everything that run, test, check and bench need

run: system-run $(STAMP) locale/zh_Hans/LC_MESSAGES/django.mo ## start the portal: PORT=8000 HOST=127.0.0.1 CLOCK=2020-03-02
	@HOST=$(HOST) PORT=$(PORT) CLOCK=$(CLOCK) $(BIN)/python -m torch_portal.launch

worker: setup ## a Celery worker on the configured broker
	$(BIN)/celery -A torch_portal worker --loglevel info

beat: setup ## the clock
	$(BIN)/celery -A torch_portal beat --loglevel info

migrate: setup ## bring the database up to date
	$(BIN)/python manage.py migrate

seed: setup ## regions, notice, hotlines, paper policies
	$(BIN)/python manage.py seed

test: setup ## the whole suite
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

fast: setup ## rules and codes, without a database
	$(BIN)/pytest tests/contracts/test_rules.py tests/contracts/test_editions.py tests/torch_portal/common -q $(ARGS)

journeys: setup ## the journeys in Chromium, with screenshots under var/
	$(BIN)/pytest -m journey $(ARGS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint templates --profile django --check --lint --quiet
	$(BIN)/mypy

fix: setup ## format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint templates --profile django --reformat --quiet

docs: setup ## write the generated pages of docs/
	$(BIN)/python manage.py write_docs

check: lint ## what CI runs: TESTED=1 leaves out the tests that ran just before
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py write_docs --check
	SITE_URL=https://portal.example SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') $(BIN)/python manage.py check --deploy --fail-level WARNING
	test -n "$(TESTED)" || $(MAKE) test

bench: setup ## the figures of benchmarks/: ONLY=figure for one
	$(BIN)/python -m benchmarks $(ONLY)

messages: setup ## collect strings into locale/zh_Hans (needs gettext)
	$(BIN)/python manage.py makemessages -l zh_Hans --no-location --no-obsolete -i .venv -i var -i tests -i benchmarks

requirements: setup ## compile the pins from pyproject.toml
	cd requirements && for name in base run dev; do \
		groups=$$(case $$name in base) ;; run) echo --group embedded;; dev) echo --group embedded --group dev;; esac); \
		../$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --directory .. pyproject.toml $$groups -o requirements/$$name.txt || exit 1; \
	done
