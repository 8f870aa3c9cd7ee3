"""Recipes: what a person writes so that a file of no official layout can be read.

A recipe is a small YAML file: who made the data and when, where the table is in the file, and
which column of the file fills which column of a table. Everything wrong in it is said at once.
"""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assemblier.errors import DataError, InputError, Problem
from assemblier.figures import Source
from assemblier.sources.opening import explained
from assemblier.tables import TABLES, ColumnSpec, Kind, TableSpec

MAX_BYTES = 1024 * 1024
_TEXTS = (
    "cle",
    "titre",
    "producteur",
    "millesime",
    "licence",
    "qualite",
    "table",
    "adresse",
    "publie",
    "definition",
)
_REQUIRED = ("cle", "titre", "producteur", "millesime", "licence", "qualite", "table", "colonnes")
_KEYS = (*_TEXTS, "fichier", "colonnes", "blocs", "filtre", "secret", "non_disponible")
_FILE_KEYS = ("feuille", "entete", "json", "dans", "unites")
_COLUMN_KEYS = (
    "colonne",
    "valeur",
    "facteur",
    "unite",
    "traduire",
    "code_postal",
    "commune",
)
_AUTOMATIC = "statut"
"""Column filled from what the cell says (known, secret, not available) unless the recipe does."""


@dataclass(frozen=True, slots=True)
class Filling:
    """How one column of a table is filled.

    Attributes
    ----------
    label
        The column of the file, or empty.
    constant
        The same text for every row, when there is no label.
    factor
        What numbers are multiplied by.
    translation
        What each text becomes; a text it does not have is rejected. None: left as it is.
    postcode, place
        For a commune known by its postcode and name: the columns that hold them.
    """

    label: str = ""
    constant: str = ""
    factor: float = 1.0
    translation: Mapping[str, str | None] | None = None
    postcode: str = ""
    place: str = ""

    def labels(self) -> tuple[str, ...]:
        """Return the columns of the file it needs."""
        return tuple(label for label in (self.label, self.postcode, self.place) if label)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe without any mistake.

    Attributes
    ----------
    path
        Where it is written.
    spec
        The table it fills.
    source, vintage
        Whom to cite.
    blocks
        For each row of the file, the rows of the table it gives: one a block.
    sheet, header, json_key, json_path, unit_lines
        Where the table is in the file: see `docs`; header 0 means "to be found".
    kept_values
        Column of the file → the values of the rows to keep.
    secret, missing
        Texts that mean a secret value, a value that is not available.
    """

    path: Path
    spec: TableSpec
    source: Source
    vintage: str
    blocks: tuple[Mapping[str, Filling], ...]
    sheet: str = ""
    header: int = 0
    json_key: str = ""
    json_path: str = ""
    unit_lines: int = 0
    kept_values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    secret: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def labels(self) -> tuple[str, ...]:
        """Return every column of the file that is needed, each once."""
        needed = [
            label
            for block in self.blocks
            for filling in block.values()
            for label in filling.labels()
        ]
        return tuple(dict.fromkeys([*needed, *self.kept_values]))


def read_recipe(path: Path) -> Recipe:
    """Read a recipe.

    Raises
    ------
    InputError
        With everything that is wrong in it.
    """
    values = _loaded(path)
    checker = _Checker(path)
    recipe = checker.recipe(values)
    if checker.problems or recipe is None:
        raise InputError(checker.problems)
    return recipe


def _loaded(path: Path) -> dict[Any, Any]:
    """Return what the YAML file holds."""
    import yaml

    def bad(found: str, action: str) -> InputError:
        return InputError([Problem(str(path), found, "une recette en YAML", action)])

    try:
        with explained(path):
            content = path.read_bytes()
    except DataError as error:
        raise InputError(error.problems) from None
    if len(content) > MAX_BYTES:
        raise bad("un fichier trop grand", "donner la recette, et non le fichier de données")
    try:
        values = yaml.safe_load(content.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" à la ligne {mark.line + 1}, colonne {mark.column + 1}" if mark else ""
        raise bad(
            f"du YAML illisible{place}", "vérifier les deux-points, les retraits et les guillemets"
        ) from None
    if not isinstance(values, dict):
        raise bad("rien qui ressemble à une recette", "écrire « cle: », « titre: »…")
    return values


class _Checker:
    """Turns what the YAML holds into a recipe, and remembers everything that is wrong."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.problems: list[Problem] = []

    def _say(self, place: str, found: str, expected: str, action: str) -> None:
        where = f"{self._path}, « {place} »" if place else str(self._path)
        self.problems.append(Problem(where, found, expected, action))

    def recipe(self, values: dict[Any, Any]) -> Recipe | None:
        """Return the recipe, or None where something is wrong."""
        self._unknown_keys("", values, _KEYS)
        for key in _REQUIRED:
            if values.get(key) in (None, "", {}, []):
                self._say(key, "absent ou vide", f"« {key}: … »", "le renseigner")
        texts = {key: self._text(key, values.get(key, "")) for key in _TEXTS}
        self._identifier(texts["cle"])
        spec = self._spec(texts["table"])
        blocks = self._blocks(spec, values) if spec else ()
        place = self._file(values.get("fichier"))
        kept = self._filter(values.get("filtre"))
        secret = self._texts("secret", values.get("secret"))
        missing = self._texts("non_disponible", values.get("non_disponible"))
        if self.problems or spec is None:
            return None
        return Recipe(
            self._path,
            spec,
            _source(texts),
            texts["millesime"],
            blocks,
            **place,
            kept_values=kept,
            secret=secret,
            missing=missing,
        )

    def _unknown_keys(self, place: str, values: Mapping[Any, Any], known: Sequence[str]) -> None:
        for key in values:
            if key not in known:
                near = difflib.get_close_matches(str(key), known, 1)
                action = f"écrire « {near[0]} »" if near else "retirer cette ligne"
                self._say(place, f"« {key} » inconnu", "l'un de : " + ", ".join(known), action)

    def _text(self, place: str, value: Any) -> str:
        """Return a text; a number is taken as it is written."""
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self._say(place, f"{type(value).__name__}", "un texte", "l'écrire entre guillemets")
            return ""
        return str(value).strip()

    def _texts(self, place: str, value: Any) -> tuple[str, ...]:
        if value is None:
            return ()
        if not isinstance(value, list):
            self._say(place, "autre chose qu'une liste", "une liste de textes", "écrire [a, b]")
            return ()
        return tuple(self._text(place, one) for one in value)

    def _identifier(self, key: str) -> None:
        if key and not all(one.isascii() and (one.isalnum() or one in "-_.") for one in key):
            self._say(
                "cle", f"« {key} »", "des lettres sans accent, des chiffres, des tirets", "corriger"
            )

    def _spec(self, name: str) -> TableSpec | None:
        if name and name not in TABLES:
            near = difflib.get_close_matches(name, TABLES, 1)
            action = f"écrire « {near[0]} »" if near else "choisir l'une d'elles"
            self._say("table", f"« {name} » inconnue", "l'une de : " + ", ".join(TABLES), action)
        return TABLES.get(name)

    def _file(self, value: Any) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._say("fichier", "autre chose que des rubriques", "feuille, entete…", "corriger")
            return {}
        self._unknown_keys("fichier", value, _FILE_KEYS)
        return {
            "sheet": self._text("fichier.feuille", value.get("feuille")),
            "header": self._rank("fichier.entete", value.get("entete")),
            "json_key": self._text("fichier.json", value.get("json")),
            "json_path": self._text("fichier.dans", value.get("dans")),
            "unit_lines": self._rank("fichier.unites", value.get("unites")),
        }

    def _rank(self, place: str, value: Any) -> int:
        if value is None:
            return 0
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= 1000:
            self._say(place, f"{value}", "un nombre de 1 à 1000", "compter à partir de 1")
            return 0
        return value

    def _filter(self, value: Any) -> dict[str, tuple[str, ...]]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._say("filtre", "autre chose", "« colonne: [valeurs à garder] »", "corriger")
            return {}
        return {
            str(label): self._texts(f"filtre.{label}", kept if isinstance(kept, list) else [kept])
            for label, kept in value.items()
        }

    def _blocks(
        self, spec: TableSpec, values: Mapping[Any, Any]
    ) -> tuple[Mapping[str, Filling], ...]:
        """Return the fillings of each block: those of `colonnes`, then its own."""
        shared = self._fillings(spec, "colonnes", values.get("colonnes"))
        written = values.get("blocs")
        if written is not None and (not isinstance(written, list) or not written):
            self._say("blocs", "autre chose qu'une liste", "une liste de blocs", "écrire « - … »")
            written = None
        if written is None:
            self._completeness(spec, "colonnes", shared)
            return (shared,)
        blocks = []
        for rank, one in enumerate(written, start=1):
            place = f"blocs, n° {rank}"
            block = {**shared, **self._fillings(spec, place, one)}
            self._completeness(spec, place, block)
            blocks.append(block)
        return tuple(blocks)

    def _fillings(self, spec: TableSpec, place: str, value: Any) -> dict[str, Filling]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._say(
                place, "autre chose", "« colonne de la table: colonne du fichier »", "corriger"
            )
            return {}
        self._unknown_keys(place, value, spec.names())
        return {
            name: self._filling(spec.column(name), f"{place}.{name}", one)
            for name, one in value.items()
            if name in spec.names()
        }

    def _filling(self, column: ColumnSpec, place: str, value: Any) -> Filling:
        """Return how one column is filled: a label alone, or a mapping that says more."""
        if not isinstance(value, dict):
            label = self._text(place, value)
            if not label:
                self._say(place, "vide", "une colonne du fichier", "nommer la colonne")
            return Filling(label=label)
        self._unknown_keys(place, value, _COLUMN_KEYS)
        filling = Filling(
            label=self._text(place, value.get("colonne")),
            constant=self._text(place, value.get("valeur")),
            factor=self._factor(place, value.get("facteur")),
            translation=self._translation(place, value.get("traduire")),
            postcode=self._text(place, value.get("code_postal")),
            place=self._text(place, value.get("commune")),
        )
        self._check_filling(column, place, filling, value)
        return filling

    def _check_filling(
        self, column: ColumnSpec, place: str, filling: Filling, value: Mapping[str, Any]
    ) -> None:
        ways = sum(map(bool, (filling.label, filling.constant, filling.postcode)))
        if ways != 1:
            self._say(
                place,
                f"{ways} façons de remplir",
                "une seule : colonne, valeur ou code_postal",
                "garder celle qui convient",
            )
        if bool(filling.postcode) != bool(filling.place):
            self._say(
                place, "l'un sans l'autre", "code_postal et commune ensemble", "ajouter l'autre"
            )
        if filling.postcode and column.name not in ("code_commune", "code"):
            self._say(place, "code_postal", "seulement pour une commune", "donner une colonne")
        is_number = column.kind in (Kind.NUMBER, Kind.INTEGER)
        if filling.factor != 1.0 and not is_number:
            self._say(
                place, "facteur", f"seulement pour un nombre ({column.kind.value})", "retirer"
            )
        unit = self._text(place, value.get("unite"))
        if unit and column.unit and unit != column.unit and "facteur" not in value:
            self._say(
                place,
                f"unité « {unit} »",
                f"« {column.unit} »",
                "ajouter le « facteur » qui convertit l'une en l'autre",
            )
        for text in (filling.constant, *(filling.translation or {}).values()):
            if text and column.values and text not in column.values:
                expected = "l'un de : " + ", ".join(column.values)
                self._say(place, f"« {text} »", expected, "corriger")

    def _factor(self, place: str, value: Any) -> float:
        if value is None:
            return 1.0
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e12:
            self._say(place, f"facteur {value}", "un nombre positif, avec un point", "corriger")
            return 1.0
        return float(value)

    def _translation(self, place: str, value: Any) -> dict[str, str | None] | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            self._say(place, "traduire", "« texte du fichier: texte voulu »", "corriger")
            return None
        return {
            str(found): None if wanted is None else self._text(place, wanted)
            for found, wanted in value.items()
        }

    def _completeness(self, spec: TableSpec, place: str, block: Mapping[str, Filling]) -> None:
        for column in spec.columns:
            is_needed = not column.nullable and column.name != _AUTOMATIC
            if is_needed and column.name not in block:
                self._say(
                    place,
                    f"rien pour « {column.name} »",
                    column.meaning,
                    f"ajouter « {column.name}: colonne du fichier » ou "
                    f"« {column.name}: {{valeur: …}} »",
                )


def _source(texts: Mapping[str, str]) -> Source:
    return Source(
        key=texts["cle"],
        producer=texts["producteur"],
        title=texts["titre"],
        vintage=texts["millesime"],
        licence=texts["licence"],
        published=texts["publie"],
        address=texts["adresse"],
        note=texts["qualite"],
        definition=texts["definition"],
    )
