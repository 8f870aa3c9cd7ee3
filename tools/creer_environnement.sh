#!/bin/sh
# Crée l'environnement Python du projet avec le premier Python ≥ 3.11 trouvé.
# Emploi : creer_environnement.sh PYTHON DOSSIER
set -eu
prefere=$1
dossier=$2

for python in "$prefere" python3.11 python3.12 python3.13 python3; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    if "$python" -m venv --clear "$dossier" >/dev/null 2>&1; then
        echo "Environnement créé dans $dossier avec $("$python" --version)."
        exit 0
    fi
    rm -rf "$dossier"
    incomplet=$python
done

if [ -n "${incomplet:-}" ]; then
    cat >&2 <<FIN
$dossier : « $incomplet -m venv » échoue
  attendu : Python 3.11 ou plus récent, avec le module venv
  à faire : installer le module (sous Debian ou Ubuntu : apt install python3-venv), puis relancer
FIN
else
    cat >&2 <<FIN
$dossier : aucun Python 3.11 ou plus récent trouvé (essayés : $prefere, python3.11 à python3.13, python3)
  attendu : Python 3.11 ou plus récent
  à faire : installer Python, ou le nommer : make demo PYTHON=/chemin/vers/python3
FIN
fi
exit 1
