"""The archive of an observatory: one file a territory and a year, written once, never again.

    DONNEES/observatoire/departement-43/2026.json

A snapshot is written aside, then put in place by a link that fails where one is already there: two
processes cannot both win, and nothing replaces it. Its fingerprint tells whether it was touched.
"""

import hashlib
import json
import secrets
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from assemblier.diagnosis.observatory import Snapshot, unsourced
from assemblier.durable import write_through
from assemblier.errors import DataError, InputError, OutputError, Problem
from assemblier.figures import Confidence, Figure, Nature, Provenance, Source
from assemblier.french import date_text
from assemblier.sources.store import default_folder
from assemblier.territory import Perimeter

FORMAT = 1
FOLDER = "observatoire"


def path_of(perimeter: Perimeter, year: int) -> Path:
    """Return where the snapshot of a territory and a year is, or would be."""
    return default_folder() / FOLDER / perimeter.key / f"{year}.json"


def years(perimeter: Perimeter) -> tuple[int, ...]:
    """Return the years a territory has a snapshot of, oldest first."""
    folder = path_of(perimeter, 0).parent
    try:
        names = [path.stem for path in folder.iterdir() if path.suffix == ".json"]
    except OSError:
        return ()
    return tuple(sorted(int(name) for name in names if name.isdigit()))


def freeze(perimeter: Perimeter, snapshot: Snapshot) -> Path:
    """Keep a snapshot for ever; returns its file.

    Always true
    -----------
    What was frozen is read back as it was, whatever is frozen after.

    Raises
    ------
    InputError
        When the territory already has a snapshot of this year: it is left as it is.
    OutputError
        When it cannot be written; nothing half-written is left.
    """
    path = path_of(perimeter, snapshot.year)
    content = _written(snapshot)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{secrets.token_hex(8)}.tmp")
        try:
            write_through(aside, content)
            aside.chmod(0o444)
            path.hardlink_to(aside)  # fails if it exists
        finally:
            aside.unlink(missing_ok=True)
    except FileExistsError:
        raise InputError([_frozen(perimeter, snapshot.year)]) from None
    except OSError as error:
        found = f"l'écriture a échoué ({error})"
        action = "vérifier les droits et la place, ou changer ASSEMBLIER_DONNEES"
        raise OutputError(Problem(str(path), found, "un dossier où écrire", action)) from error
    return path


def _frozen(perimeter: Perimeter, year: int) -> Problem:
    taken = date_text(read(perimeter, year).day)
    return Problem(
        f"photographie {year} {_of(perimeter)}",
        f"déjà gelée le {taken} : elle ne change plus",
        "une année qui n'a pas encore de photographie",
        f"comparer avec elle (« assemblier observatoire comparer {perimeter.expression} {year} "
        "ANNÉE »), ou donner une autre --annee",
    )


def _of(perimeter: Perimeter) -> str:
    return perimeter.charniere or f"de {perimeter.nom}"


def read(perimeter: Perimeter, year: int) -> Snapshot:
    """Return a snapshot.

    Raises
    ------
    InputError
        When there is none of this year; those there are, are named.
    DataError
        When the file was changed since it was frozen.
    """
    path = path_of(perimeter, year)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        known = ", ".join(str(one) for one in years(perimeter))
        expected = f"une de : {known}" if known else "une photographie déjà prise ; il n'y en a pas"
        action = f"« assemblier observatoire geler {perimeter.expression} »"
        where = f"photographie {year} {_of(perimeter)}"
        raise InputError([Problem(where, "absente", expected, action)]) from None
    try:
        whole = json.loads(content)
        if whole["format"] != FORMAT or whole["empreinte"] != _fingerprint(whole["contenu"]):
            raise ValueError
        return _read(whole["contenu"])
    except (ValueError, KeyError, TypeError) as error:
        found = "contenu modifié ou abîmé depuis qu'il a été gelé"
        action = "reprendre ce fichier d'une sauvegarde"
        raise DataError(
            [Problem(str(path), found, "la photographie telle qu'elle a été prise", action)]
        ) from error


def _fingerprint(content: Any) -> str:
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _written(snapshot: Snapshot) -> bytes:
    content = {
        "territoire": snapshot.expression,
        "nom": snapshot.nom,
        "communes": list(snapshot.codes),
        "annee": snapshot.year,
        "jour": snapshot.day.isoformat(),
        "version": snapshot.version,
        "indicateurs": {key: asdict(unsourced(figure)) for key, figure in snapshot.figures.items()},
    }
    whole = {"format": FORMAT, "empreinte": _fingerprint(content), "contenu": content}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _read(content: Any) -> Snapshot:
    return Snapshot(
        content["territoire"],
        content["nom"],
        tuple(content["communes"]),
        int(content["annee"]),
        date.fromisoformat(content["jour"]),
        content["version"],
        {key: _figure(one) for key, one in content["indicateurs"].items()},
    )


def _figure(told: dict[str, Any]) -> Figure:
    origin = told["provenance"]
    sources = tuple(Source(**source) for source in origin["sources"])
    return Figure(
        **(
            told
            | {
                "nature": Nature(told["nature"]),
                "confidence": Confidence(told["confidence"]),
                "provenance": Provenance(sources, origin["method"], tuple(origin["parameters"])),
            }
        )
    )
