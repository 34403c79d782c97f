PYTHON ?= python3
UV ?= uv

run:
	@$(PYTHON) bootstrap.py run

test:
	@$(PYTHON) bootstrap.py test

# Wants wrk and nginx, and two idle cores.
bench:
	@.venv/bin/python -m benchmarks

format:
	@.venv/bin/ruff check --fix --quiet
	@.venv/bin/ruff format --quiet
	@.venv/bin/djade --target-version=5.2 $$(find templates -name '*.html')

coverage:
	@.venv/bin/coverage run -m pytest
	@.venv/bin/coverage combine --quiet
	@.venv/bin/coverage report

# For maintainers; everyone else needs only pip. A lock holds no address, so any index will do.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate
lock:
	@echo setuptools | $(COMPILE) - -o requirements-build.lock
	@$(COMPILE) pyproject.toml --all-extras --group dev -o requirements-dev.lock
	@$(COMPILE) pyproject.toml --all-extras -c requirements-dev.lock -o requirements-all.lock
	@$(COMPILE) pyproject.toml -c requirements-dev.lock -o requirements.lock

.PHONY: run test bench format coverage lock
