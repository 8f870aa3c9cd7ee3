#!/bin/sh
# Refait les trois verrous : noms, versions et empreintes, sans adresse ni ligne d'index.
# requirements-build.lock    ce qui construit le paquet
# requirements.lock          ce qui fait marcher assemblier
# requirements-dev.lock      le précédent, et ce qui vérifie
set -eu
cd "$(dirname "$0")/.."
: "${PYTHON:=.venv/bin/python}"

compiler() {
    "$PYTHON" -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras \
        --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options "$@"
}

printf '%s\n' 'editables>=0.5' 'hatchling>=1.27' |
    compiler --output-file requirements-build.lock -
compiler --output-file requirements.lock pyproject.toml
compiler --extra dev --constraint requirements.lock --constraint requirements-build.lock \
    --output-file requirements-dev.lock pyproject.toml

# pip-compile coupe la liste d'un commentaire : ne garder que les versions et les empreintes.
for verrou in requirements-build.lock requirements.lock requirements-dev.lock; do
    grep -v -e '^#' -e '^$' "$verrou" >"$verrou.neuf"
    mv "$verrou.neuf" "$verrou"
done

if grep -n -i -E '://|^-|^#|file:|@ ' requirements*.lock; then
    echo "Un verrou contient une adresse, une option ou un commentaire (ci-dessus)." >&2
    exit 1
fi
