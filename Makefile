# make build: set up, then build every variant into exports/       make test: set up, then check everything
# make test-all: also the slow tests       make fuzz: ten minutes of random plays       make bench: timings
export PATH := $(CURDIR)/.tools/bin:$(PATH)
RUN := uv run --no-sync
NPM := $(RUN) python builder/player/build.py npm
PYTEST := $(RUN) pytest -n auto --dist worksteal

.PHONY: build test test-all fuzz bench check format setup-build setup-test clean

build: setup-build
	$(RUN) waterlijn build

test: check
	$(NPM) test
	$(PYTEST) -m "not slow and not fuzz"

test-all: check
	$(NPM) test
	$(PYTEST) -m "not fuzz"

fuzz: setup-test
	$(PYTEST) -m fuzz --hypothesis-profile fuzz

bench: setup-build
	$(RUN) python -m tests.benchmarks.commands
	$(RUN) python -m tests.benchmarks.states

check: setup-test
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(NPM) run check

format: setup-test
	$(RUN) ruff check --fix
	$(RUN) ruff format

setup-build:
	@scripts/setup.sh build

setup-test:
	@scripts/setup.sh test

# Back to a fresh clone, but for what lies in .tools.
clean:
	rm -rf .venv builder/vendored builder/player/node_modules dist exports/*/ \
	  .pytest_cache .mypy_cache .ruff_cache .hypothesis
