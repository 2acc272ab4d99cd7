# The two commands: make run, make test. Everything else: make help.
PYTHON ?= python3
STUDY ?= .
CORES ?= all
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)

.PHONY: help setup run resume test lint study codebook docs bench bench-reinert bench-words bench-graphs bench-anchors bench-gate soak lock accept withdraw clean

help: ## Say what each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.lock | .venv/bin/python
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
endif
	@touch $@

.venv/test.stamp: requirements-dev.lock .venv/run.stamp
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements-dev.lock
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
endif
	@touch $@

setup: .venv/run.stamp ## Install what a study needs into .venv

run: setup ## Run a study (STUDY=folder, default: the example) and say where the report is
	@$(BIN)/python scripts/run_study.py --study "$(STUDY)" --cores $(CORES)

resume: setup ## Go on after a run that was killed (STUDY=folder)
	@$(BIN)/python scripts/run_study.py --study "$(STUDY)" --cores $(CORES) --resume

study: setup ## Lay out a new study (DIR=folder)
	@$(BIN)/python scripts/make_study.py --folder "$(DIR)"

accept: setup ## Move decided rows of a proposal into resources/ (WHAT=privacy, classes, lemmas, expressions, codings, suggestions, recodings, discordances, publication or verdicts, STUDY=folder, FILE=csv)
	@file="$(FILE)"; case "$$file" in ""|/*|"~"*) ;; *) file="$(CURDIR)/$$file" ;; esac; cd "$(STUDY)" && \
	"$(CURDIR)/$(BIN)/python" "$(CURDIR)/scripts/accept_decisions.py" --what "$(WHAT)" $${file:+--file "$$file"}

codebook: setup ## Make a grid of another program's codebook (FILE=book.qdc, project.qdpx or Taguette's .csv, STUDY=folder)
	@$(BIN)/python scripts/import_codebook.py --codebook "$(FILE)" --grid "$(STUDY)/resources/grid.yaml"

withdraw: setup ## Remove every trace of an interview (INTERVIEW=E07, STUDY=folder, YES=1 to do it)
	@cd "$(STUDY)" && "$(CURDIR)/$(BIN)/python" "$(CURDIR)/scripts/withdraw_interview.py" --interview "$(INTERVIEW)" $(if $(YES),--yes)

test: .venv/test.stamp ## Run all tests
	@$(BIN)/python -m pytest

lint: .venv/test.stamp ## Check style
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/snakefmt --check Snakefile workflow/rules

docs: setup ## Write the generated parts of the documentation
	@$(BIN)/python scripts/write_docs.py --program .

bench: .venv/test.stamp ## Measure what the issues ask for
	@$(BIN)/python tests/bench/measure.py
	@$(BIN)/python tests/bench/reinert.py

bench-reinert: .venv/test.stamp ## Time the classification on large made-up matrices (LARGE=1: ten million rows too)
	@$(BIN)/python tests/bench/reinert.py $(if $(LARGE),--large)

bench-words: .venv/test.stamp ## Time the lexical tables on 100,000 to ten million words
	@$(BIN)/python tests/bench/lexical.py

bench-graphs: .venv/test.stamp ## Time the similarity graphs on made-up corpora of up to a million segments
	@$(BIN)/python tests/bench/similarity.py --also

bench-anchors: .venv/test.stamp ## Count what becomes of codings when transcripts are edited (STUDY=a study that was run)
	@$(BIN)/python tests/bench/anchors.py "$(STUDY)/results/corpus/turns.parquet"

bench-gate: .venv/test.stamp ## Measure the privacy gate on texts annotated by hand (GOLD="a.conllu b.conllu")
	@$(BIN)/python scripts/measure_gate.py --gold $(GOLD)

soak: .venv/test.stamp ## Throw damaged files at every reader, for hours; goes on where it was (OF=transcripts or codings, READER=trs for one)
	@$(BIN)/python -W ignore tests/soak/$(or $(OF),transcripts).py $(if $(READER),--reader $(READER))
	@$(if $(OF),,$(BIN)/python -W ignore tests/soak/codings.py)

lock: ## Lock the packages again (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --no-strip-extras requirements.in -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --no-strip-extras -c requirements.lock requirements-dev.in -o requirements-dev.lock

clean: ## Remove results and logs of the study (STUDY=folder), nothing that people wrote
	rm -rf "$(STUDY)/results" "$(STUDY)/logs" "$(STUDY)/.snakemake"
