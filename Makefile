# The front door of Clearinghouse: `make` prints what each target does.
# It asks for Python 3.11 or newer (with venv), make and git; everything else stands in the two locks.

.DEFAULT_GOAL := help
.PHONY: help demo test lint types contracts budgets messages-check sqlite postgresql \
        shown browser pages fmt messages lock bench drills clean
# A lock or a tool that fails half-way must not look finished the next time.
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
RUNTIME := $(VENV)/.runtime-installed
DEVELOPMENT := $(VENV)/.development-installed

# What may be set from outside: make demo PORT=8080, make test WORKERS=4, make lock UPGRADE=--upgrade
PORT ?=
WORKERS ?= auto
UPGRADE ?=

# The folders with Python of our own.
PYTHON_FOLDERS := src tests tools $(wildcard drills benchmarks)

help: ## Print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F '|' '{printf "%-22s %s\n", $$1, $$2}'

# ── the two commands ────────────────────────────────────────────────────────────────────────────

demo: $(RUNTIME) ## Build the demonstration and serve it on this machine (PORT=N chooses the port)
	@$(BIN)/clearinghouse demo $(if $(PORT),--port $(PORT))

PARTS := lint types contracts budgets messages-check sqlite postgresql shown

test: $(DEVELOPMENT) ## Check everything, in the order of PARTS; stop at the first failure
	@times=""; \
	for part in $(PARTS); do \
	  printf '\n━━ %s\n' "$$part"; \
	  began=$$(date +%s); \
	  if ! $(MAKE) --no-print-directory "$$part"; then \
	    printf '\nmake test stopped: "%s" failed, for the reason printed above. Run it alone with: make %s\n' \
	      "$$part" "$$part" >&2; \
	    exit 1; \
	  fi; \
	  times="$$times$$(printf '  %-16s %4d s' "$$part" "$$(($$(date +%s) - began))")|"; \
	done; \
	printf '\n━━ all parts passed\n'; printf '%s' "$$times" | tr '|' '\n'

# The suite, and beside it what is shown in a browser: one process each, since they share the browser.
SUITE := $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal --ignore=tests/browser --ignore=tests/pages
IN_BROWSER := $(BIN)/python -m pytest -q

# ── the parts of `make test`, each alone ────────────────────────────────────────────────────────

lint: $(DEVELOPMENT) ## Style of the Python and of the templates
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m djlint --lint --quiet --profile=django --ignore=H043 src
# H043 asks each button for its type; a button without one submits, and no page of ours has a script.

types: $(DEVELOPMENT) ## Types, strictly
	@$(BIN)/python -m mypy $(PYTHON_FOLDERS)

contracts: $(DEVELOPMENT) ## Who may import whom: doors, rooms, foundations
	@$(BIN)/lint-imports

budgets: $(DEVELOPMENT) ## Lengths, branching, labels and loose ends against the house's budgets
	@$(BIN)/python tools/budgets.py

messages-check: $(DEVELOPMENT) ## Every string is marked for translation and the catalogues are up to date
	@$(BIN)/python tools/messages.py --check

sqlite: $(DEVELOPMENT) ## The suite on SQLite (WORKERS=N processes)
	@env -u CLEARINGHOUSE_DATABASE_URL $(SUITE)

postgresql: $(DEVELOPMENT) ## The suite on a throw-away PostgreSQL, installed first where that is possible
	@$(BIN)/python tools/with_postgresql.py --install -- $(SUITE)

browser: $(DEVELOPMENT) ## The stories in a real browser, which is installed first where that is possible
	@env -u CLEARINGHOUSE_DATABASE_URL $(BIN)/python tools/with_browser.py --install -- $(IN_BROWSER) tests/browser

pages: $(DEVELOPMENT) ## Every page before axe-core and the Nu checker: English wide, right to left narrow
	@env -u CLEARINGHOUSE_DATABASE_URL $(BIN)/python tools/with_browser.py --install --checkers -- $(IN_BROWSER) tests/pages

shown: $(DEVELOPMENT) ## The two above, side by side: the browser and the checkers are installed first
	@$(BIN)/python tools/with_browser.py --install --checkers -- true
	@$(MAKE) --no-print-directory -j2 --output-sync=target browser pages

# ── work ────────────────────────────────────────────────────────────────────────────────────────

fmt: $(DEVELOPMENT) ## Put the Python into the house's form
	@$(BIN)/python -m ruff check --fix-only --quiet .
	@$(BIN)/python -m ruff format .

messages: $(DEVELOPMENT) ## Gather the strings to translate and bring the catalogues up to date
	@$(BIN)/python tools/messages.py

COMPILE = CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/python -m piptools compile --quiet $(UPGRADE) \
	--generate-hashes --allow-unsafe --strip-extras \
	--no-emit-find-links --no-emit-index-url --no-emit-trusted-host

lock: $(DEVELOPMENT) ## Write both locks anew after a change of pyproject.toml (UPGRADE=--upgrade for newer versions)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "The locks are written with Python 3.11, the oldest supported: make clean, then make lock PYTHON=python3.11")'
	@$(COMPILE) --all-build-deps --output-file=requirements.lock pyproject.toml
	@$(COMPILE) --extra=dev --constraint=requirements.lock --output-file=requirements-dev.lock pyproject.toml

bench: $(DEVELOPMENT) ## Measure: every command under benchmarks/
	@$(call each_command,benchmarks)

drills: $(DEVELOPMENT) ## Break it on purpose and count: every command under drills/
	@$(call each_command,drills)

# A folder's commands are its modules that can be run; those they share are not.
define each_command
commands=$$(grep -l '^if __name__ == ' $(1)/*.py 2>/dev/null); \
if [ -z "$$commands" ]; then echo "There is no command under $(1)/." >&2; exit 1; fi; \
for command in $$commands; do \
  name=$$(basename "$$command" .py); printf '\n━━ %s\n' "$$name"; \
  $(BIN)/python -m "$(1).$$name" || exit 1; \
done
endef

clean: ## Remove what was installed, built and cached (./data stays)
	@rm -rf $(VENV) build staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name '__pycache__' -prune -exec rm -rf {} + -o -name '*.egg-info' -prune -exec rm -rf {} +

# ── set-up: made once, and again when a lock or pyproject.toml changes ──────────────────────────

# The first Python that is new enough and can make an environment. PYTHON=… goes first.
define find_python
old=""; bare=""; chosen=""; \
for candidate in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
  "$$candidate" -c '' 2>/dev/null || continue; \
  if ! "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then old="$$candidate"; \
  elif ! "$$candidate" -c 'import venv, ensurepip' 2>/dev/null; then bare="$$candidate"; \
  else chosen="$$candidate"; break; fi; \
done; \
if [ -z "$$chosen" ]; then \
  if [ -n "$$bare" ]; then \
    echo "$$bare is new enough but cannot make a virtual environment: its venv module is missing." >&2; \
    echo "On Debian or Ubuntu: apt-get install $$("$$bare" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" >&2; \
  elif [ -n "$$old" ]; then \
    echo "Clearinghouse needs Python 3.11 or newer; $$old is $$("$$old" -c 'import platform; print(platform.python_version())')." >&2; \
  else \
    echo "Clearinghouse needs Python 3.11 or newer, and none was found." >&2; \
  fi; \
  echo "If it is installed elsewhere: make PYTHON=/path/to/python3 …" >&2; \
  exit 1; \
fi
endef

$(BIN)/python:
	@$(find_python); \
	echo "Making $(VENV) with $$("$$chosen" -V) …"; \
	"$$chosen" -m venv --clear $(VENV)

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Clearinghouse runs on …"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-index --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): requirements-dev.lock $(RUNTIME)
	@echo "Installing what Clearinghouse is checked with …"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
