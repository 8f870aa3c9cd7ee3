"""Dated values, legal or methodological, each beside its reference.

One YAML file per parameter, in OpenFisca's format: ``values`` by date of entry, a
``metadata.reference`` at each of these dates, ``unit``, ``metadata.confidence`` (one for the whole
parameter, or one at each date), and a ``documentation`` that says what is not modelled. The path
of a parameter is the path of its file: ``apl.seuils.sous_dense`` is
``apl/seuils/sous_dense.yaml``. A file is read the first time it is asked for; `openfisca_core` is
imported then and not before.
"""

import difflib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from assemblier.errors import ParameterError
from assemblier.figures import Confidence
from assemblier.french import unit_text

__all__ = ["Parameter", "explain", "paths", "tree", "value"]

_FOLDER = Path(__file__).parent
_REREAD_EVERY = timedelta(days=365)
"""After that long without a new reading of its text, a rule says so."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """The value of a parameter at a date, and why this one.

    Attributes
    ----------
    path
        Dotted path, e.g. ``"apl.seuils.sous_dense"``.
    label
        What it is, in French.
    value
        Number, boolean, text, or a tuple of these.
    unit
        In French, or empty.
    since
        The date from which the value holds.
    reference
        The text it was read in, or the hypothesis it is.
    address
        Where to read that text, or empty.
    confidence
        See `Confidence`.
    documentation
        How to use it and what is not modelled.
    checked
        The last day its text was known to say this (`last_value_still_valid_on`), or None.
    """

    path: str
    label: str
    value: Any
    unit: str
    since: date
    reference: str
    address: str
    confidence: Confidence
    documentation: str
    checked: date | None = None

    def to_reread(self, on: date) -> bool:
        """Whether its text was last read more than a year before a day.

        Examples
        --------
        >>> found = explain("aides.legalite.engagement.installation_annees", date(2026, 1, 1))
        >>> found.checked, found.to_reread(date(2027, 11, 22)), found.to_reread(date(2027, 11, 23))
        (datetime.date(2026, 11, 22), False, True)
        """
        return self.checked is not None and on > self.checked + _REREAD_EVERY

    def as_text(self) -> str:
        """Return one line for a `Provenance`, in French.

        Examples
        --------
        >>> "45 km/h" in explain("trajet.vol_oiseau.vitesse_kmh", date(2024, 1, 1)).as_text()
        True
        """
        unit = f" {self._agreed_unit()}" if self.unit not in ("", "oui ou non") else ""
        return (
            f"{self.label}\u00a0: {_written(self.value)}{unit} "
            f"(depuis le {_day(self.since)}\u202f; {self.confidence}\u202f; {self.reference})"
        )

    def _agreed_unit(self) -> str:
        """Return the unit in the number of the value: singular under 2."""
        is_one_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        return unit_text(self.value, self.unit) if is_one_number else self.unit


def value(path: str, on: date) -> Any:
    """Return the value of a parameter at a date; lists come as tuples.

    Raises
    ------
    ParameterError
        When the parameter is unknown (close names are listed) or has no value at this date.

    Always true
    -----------
    It is the value of the latest date of entry that is not after `on`.

    Examples
    --------
    >>> value("cpts.financement.minimum", date(2020, 1, 1))
    185000
    >>> value("cpts.financement.minimum", date(2023, 6, 1))
    287000
    """
    return explain(path, on).value


def explain(path: str, on: date) -> Parameter:
    """Return the value of a parameter at a date with its reference, confidence and limits.

    Raises
    ------
    ParameterError
        As `value`.

    Examples
    --------
    >>> str(explain("apl.medecin_generaliste.demande.poids", date(2024, 1, 1)).confidence)
    'non confirmé'
    """
    loaded = _load(path)
    for dated in loaded.values_list:  # the latest first
        if dated.instant_str <= on.isoformat() and dated.value is not None:
            return _record(path, loaded, dated.instant_str, dated.value)
    first = date.fromisoformat(loaded.values_list[-1].instant_str)
    raise ParameterError(
        f"{path}\u00a0: aucune valeur au {_day(on)}\n"
        f"  attendu\u00a0: une date à partir du {_day(first)}, première date connue\n"
        f"  à faire\u00a0: choisir une date plus tardive, ou ajouter la valeur et sa référence"
    )


@cache
def paths() -> tuple[str, ...]:
    """Return the path of every parameter, in alphabetical order.

    Examples
    --------
    >>> "densite.habitants" in paths()
    True
    """
    files = (file.relative_to(_FOLDER).with_suffix("") for file in _FOLDER.rglob("*.yaml"))
    return tuple(sorted(".".join(file.parts) for file in files))


def tree(prefixes: tuple[str, ...]) -> Any:
    """Return the parameters under some prefixes as one OpenFisca node, a copy of its own.

    Examples
    --------
    >>> sorted(tree(("zonage.medecin.seuils",)).zonage.medecin.seuils.children)
    ['borne_incluse', 'vivier', 'zip']
    """
    from openfisca_core.parameters import ParameterNode

    root = ParameterNode("", data={})
    for path in paths():
        if path.startswith(tuple(f"{prefix}." for prefix in prefixes)):
            *folders, name = path.split(".")
            node = root
            for depth, folder in enumerate(folders, start=1):
                if folder not in node.children:
                    node.add_child(folder, ParameterNode(".".join(folders[:depth]), data={}))
                node = node.children[folder]
            node.add_child(name, _load(path).clone())
    return root


@cache
def _load(path: str) -> Any:
    """Read one file as OpenFisca does, but always as UTF-8."""
    if path not in paths():
        close = difflib.get_close_matches(path, paths(), n=3) or paths()
        raise ParameterError(
            f"{path}\u00a0: paramètre inconnu\n"
            f"  attendu\u00a0: {', '.join(close)}\n"
            f"  à faire\u00a0: corriger le nom du paramètre"
        )
    from openfisca_core import parameters
    from openfisca_core.parameters import config

    file = (_FOLDER / path.replace(".", "/")).with_suffix(".yaml")
    data = config.yaml.load(file.read_text(encoding="utf-8"), Loader=config.Loader)
    return parameters.Parameter(path, data, str(file))


def _record(path: str, loaded: Any, since: str, found: Any) -> Parameter:
    reference = loaded.metadata["reference"][since]
    return Parameter(
        path=path,
        label=loaded.description,
        value=tuple(found) if isinstance(found, list) else found,
        unit=loaded.metadata["unit"],
        since=date.fromisoformat(since),
        reference=reference["title"],
        address=reference.get("href", ""),
        confidence=_confidence(loaded.metadata["confidence"], since),
        documentation=loaded.documentation,
        checked=_checked(loaded.metadata),
    )


def _confidence(written: str | dict[str, str], since: str) -> Confidence:
    # What was read in a text of 2019 may be known no more today: one confidence a date.
    return Confidence(written if isinstance(written, str) else written[since])


def _checked(metadata: dict[str, Any]) -> date | None:
    day = metadata.get("last_value_still_valid_on")
    return None if day is None else date.fromisoformat(str(day))


def _written(found: Any) -> str:
    if isinstance(found, tuple):
        return "\u202f; ".join(_written(item) for item in found)
    if isinstance(found, bool):
        return "oui" if found else "non"
    if isinstance(found, int):
        return f"{found:,}".replace(",", "\u202f")
    if isinstance(found, float):
        return f"{found:.4g}".replace(".", ",")
    return str(found)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
