# Chores of Jernih. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export JERNIH_HOME ?= $(CURDIR)/var

.PHONY: help run demo test fast lint bench lock clean
.DEFAULT_GOAL := help

help:  ## daftar perintah ini
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run  ## pasang, siapkan data, lalu jalankan pengumpul dan meja di http://127.0.0.1:8765
	@$(BIN)/jernih run

demo: $(VENV)/.run  ## program yang sama dengan Kota Contoh, tanpa internet
	@$(BIN)/jernih demo

test: $(VENV)/.dev  ## lint, mypy, semua uji yang dapat berjalan di mesin ini
	@$(BIN)/python tests/run.py

fast: $(VENV)/.dev  ## uji yang selesai dalam hitungan detik
	@$(BIN)/python -m pytest -m "not slow and not browser and not postgres"

lint: $(VENV)/.dev  ## ruff dan mypy
	@$(BIN)/ruff check . && $(BIN)/mypy

bench: $(VENV)/.dev  ## angka kecepatan, berdampingan dengan pembandingnya
	@$(BIN)/python -m tests.bench

lock:  ## perbarui requirements*.lock (satu-satunya perintah yang memerlukan uv)
	@$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/pip --quiet install uv
	@for kind in "" -dev; do extra=$$([ -n "$$kind" ] && echo "--all-extras -c requirements.lock"); \
	  $(VENV)-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --only-binary :all: --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
	    $$extra --group build pyproject.toml -o requirements$$kind.lock || exit 1; done

clean:  ## hapus lingkungan kerja (data di JERNIH_HOME tetap)
	rm -rf $(VENV) $(VENV)-lock build *.egg-info .mypy_cache .ruff_cache .pytest_cache

$(VENV)/.base:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' || { \
	  echo "Jernih memerlukan Python 3.11 sampai 3.14; $(PYTHON) di sini lain. Coba: make PYTHON=python3.11 run"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Modul venv belum ada. Pasang dahulu: sudo apt install python3-venv"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.base requirements.lock pyproject.toml
	@echo "Memasang pustaka (sekali saja, sekitar satu menit) ..."
	@$(BIN)/pip --quiet --disable-pip-version-check install --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/pip --quiet --disable-pip-version-check install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@echo "Memasang alat uji (sekali saja) ..."
	@$(BIN)/pip --quiet --disable-pip-version-check install --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@
