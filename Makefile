# Assemblier. Chaque cible prépare elle-même ce qu'il lui faut ; il suffit de Python 3.11 et de make.
#
#   make demo      le panorama de la Haute-Loire, dans sorties/departement-43
#   make test      toutes les vérifications par l'exemple
#   make check     mise en forme, lecture du code, types, couches, YAML
#   make bench     les mesures de docs/methodes/performances.md
#   make mission   les lignes de la mission tenues par un test, par domaine
#   make wheel     le paquet à installer, dans dist/
#   make lock      refait les verrous des dépendances
#   make clean     retire tout ce que les autres cibles ont fabriqué

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
FROZEN := --require-hashes --only-binary :all:
SOURCES := src tests tools benchmarks

.PHONY: demo test check bench mission wheel lock clean aide
.DEFAULT_GOAL := aide

aide:
	@sed -n '3,10s/^# *//p' Makefile

# ---- préparation : un témoin par étape, pour ne rien refaire --------------------------------

$(BIN)/python:
	@sh tools/creer_environnement.sh "$(PYTHON)" $(VENV)

# Rien n'est construit à l'installation : que des paquets prêts, dont l'empreinte est au verrou.
$(VENV)/.execution: requirements-build.lock requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installation des bibliothèques (une fois, une à trois minutes)…"
	@$(PIP) install --quiet $(FROZEN) -r requirements.lock -r requirements-build.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.developpement: requirements-dev.lock $(VENV)/.execution
	@echo "Installation des outils de vérification…"
	@$(PIP) install --quiet $(FROZEN) -r requirements-dev.lock
	@touch $@

$(VENV)/.navigateur: tools/installer_navigateur.sh | $(BIN)/python
	@sh tools/installer_navigateur.sh
	@touch $@

# ---- ce qu'on demande ------------------------------------------------------------------------

demo: $(VENV)/.execution
	@$(BIN)/assemblier panorama departement:43 -o sorties/departement-43
	@echo "Pour les autres commandes : . $(BIN)/activate, puis assemblier --help"

test: $(VENV)/.developpement $(VENV)/.navigateur
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

check: $(VENV)/.developpement
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict .

bench: $(VENV)/.developpement
	@$(BIN)/python -m benchmarks

mission: $(VENV)/.developpement
	@$(BIN)/python tools/mission.py

wheel: $(VENV)/.developpement
	@$(BIN)/python -m build --wheel --no-isolation

lock: $(VENV)/.developpement
	@PYTHON=$(BIN)/python sh tools/verrouiller.sh

clean:
	rm -rf $(VENV) build dist sorties
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +
