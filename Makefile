# The two commands of README are `make run` and `make test`.

PORT ?= 8000
KNOWLEDGEHUB_HOME ?= $(CURDIR)/var
PYTHON ?= python3
WORKERS ?= 2

# Only `run` has a home; a test that was handed one would write into it.
unexport KNOWLEDGEHUB_HOME

PY := .venv/bin/python
# Random order, both cores; who shares a server stays together. `make test ARGS="-k feeds"` narrows it down.
PYTEST := $(PY) -m pytest -q -n 2 $(ARGS)

.PHONY: run test test-sqlite test-postgresql lint bench lock openapi messages pictures clean

run: .venv/.run
	KNOWLEDGEHUB_HOME="$(KNOWLEDGEHUB_HOME)" DJANGO_SETTINGS_MODULE=knowledgehub.settings.demo \
		$(PY) manage.py demo --port $(PORT) --workers $(WORKERS)

test: test-sqlite test-postgresql

test-sqlite: .venv/.dev
	$(PYTEST)

test-postgresql: .venv/.dev
	$(PY) -m tests.postgresql $(PYTEST)

lint: .venv/.dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy articles channels knowledgehub
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/deptry .
	DJANGO_SETTINGS_MODULE=knowledgehub.settings.test $(PY) manage.py makemigrations --check --dry-run

bench: .venv/.dev
	$(PY) -m tests.bench $(ARGS)

# What the commands above install from, pinned and hash-checked. Needs uv.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra opensearch --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header -q -o requirements-opensearch.lock \
		-c requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header -q -o requirements-dev.lock -c requirements.lock

openapi: .venv/.dev
	DJANGO_SETTINGS_MODULE=knowledgehub.settings.test $(PY) manage.py spectacular \
		--format openapi-json --file docs/openapi.json --fail-on-warn

# Collects the interface's words and compiles the catalogues. Collecting needs gettext.
messages: .venv/.dev
	$(PY) manage.py makemessages -l zh_Hans -l zh_Hant --no-obsolete --add-location file \
		-i .venv -i var -i tests -i docs
	.venv/bin/pybabel -q compile -D django -d knowledgehub/locale

# The desk's pictures in docs, taken of the demo. Needs Chromium.
pictures: .venv/.dev
	DJANGO_SETTINGS_MODULE=knowledgehub.settings.test $(PY) -m tests.job tests.browser.pictures

# What was installed and cached. `var`, with the database, the media and the key, stays.
clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache

.venv/.run: requirements.lock
	$(PYTHON) -m venv .venv
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

.venv/.dev: requirements-dev.lock
	$(PYTHON) -m venv .venv
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@ .venv/.run
