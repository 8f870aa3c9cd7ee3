#!/bin/sh
# Installe le navigateur des essais, là où c'est possible ; sinon le dit, et ces essais sont passés.
set -eu

for nom in chromium chromium-browser google-chrome; do
    if command -v "$nom" >/dev/null 2>&1; then
        exit 0
    fi
done

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Pas de navigateur ni d'apt-get : les essais dans un navigateur seront passés."
    exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Pas de navigateur, ni le droit d'en installer : les essais dans un navigateur seront passés."
    echo "  à faire : sudo apt-get install chromium, puis rm .venv/.navigateur et make test"
    exit 0
fi

echo "Installation de Chromium pour les essais…"
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1; then
    echo "Chromium n'a pas pu être installé : les essais dans un navigateur seront passés."
fi
