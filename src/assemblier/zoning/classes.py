"""The zones: four for doctors, five ordered levels for the other professions."""

import datetime as dt
from enum import StrEnum

from assemblier.errors import InputError, Problem
from assemblier.parameters import paths, value
from assemblier.sources import zones

MEDECIN = "medecin_generaliste"
"""How tables name the profession the zoning of doctors is about."""
FIVE_LEVEL_PROFESSIONS = (
    "infirmier",
    "masseur_kinesitherapeute",
    "sage_femme",
    "orthophoniste",
    "chirurgien_dentiste",
)
PROFESSIONS = {
    MEDECIN: "médecins",
    "infirmier": "infirmiers",
    "masseur_kinesitherapeute": "masseurs-kinésithérapeutes",
    "sage_femme": "sages-femmes",
    "orthophoniste": "orthophonistes",
    "chirurgien_dentiste": "chirurgiens-dentistes",
}
"""The professions that have a zoning, as people call them."""


class Zonage(StrEnum):
    """A zone of doctors, the most fragile first."""

    ZIP = "ZIP"
    ZAC = "ZAC"
    ZV = "ZV"
    HZ = "HZ"

    @property
    def label(self) -> str:
        """Return its name in French."""
        return _LABELS[self]

    @property
    def letter(self) -> str:
        """Return the letter that says it on a map."""
        return _LETTERS[self]

    @property
    def rank(self) -> int:
        """Return its place, 0 for the most fragile."""
        return list(Zonage).index(self)

    @property
    def is_helped(self) -> bool:
        """Whether the law calls it under-served: ZIP or ZAC."""
        return self in (Zonage.ZIP, Zonage.ZAC)


_LABELS = {
    Zonage.ZIP: "zone d'intervention prioritaire (ZIP)",
    Zonage.ZAC: "zone d'action complémentaire (ZAC)",
    Zonage.ZV: "zone de vigilance (ZV)",
    Zonage.HZ: "hors zonage (HZ)",
}
_LETTERS = {Zonage.ZIP: "P", Zonage.ZAC: "C", Zonage.ZV: "V", Zonage.HZ: "H"}


class Niveau(StrEnum):
    """A level of the other professions, the least endowed first; exactly five."""

    TRES_SOUS_DOTEE = "tres_sous_dotee"
    SOUS_DOTEE = "sous_dotee"
    INTERMEDIAIRE = "intermediaire"
    TRES_DOTEE = "tres_dotee"
    SUR_DOTEE = "sur_dotee"

    @property
    def rank(self) -> int:
        """Return its place, 0 for the least endowed."""
        return list(Niveau).index(self)

    @property
    def label(self) -> str:
        """Return its name in French, in the words of most texts (see `level_label`)."""
        return _NIVEAU_LABELS[self.rank]

    @property
    def letter(self) -> str:
        """Return the figure that says it on a map, 1 for the least endowed."""
        return str(self.rank + 1)


_NIVEAU_LABELS = ("très sous-dotée", "sous-dotée", "intermédiaire", "très dotée", "sur-dotée")


def level_label(level: Niveau, profession: str, on: dt.date) -> str:
    """Return the name of a level as the texts of a profession write it at a date.

    Examples
    --------
    >>> level_label(Niveau.SUR_DOTEE, "chirurgien_dentiste", dt.date(2025, 1, 1))
    'non prioritaire'
    >>> level_label(Niveau.SUR_DOTEE, "infirmier", dt.date(2025, 1, 1))
    'sur-dotée'
    """
    path = f"zonage.cinq_niveaux.libelle_dernier.{profession}"
    if level is Niveau.SUR_DOTEE and path in paths():
        return str(value(path, on))
    return level.label


def zone_of(text: str, profession: str = MEDECIN) -> Zonage | Niveau:
    """Read a zone as people and tables write it.

    Parameters
    ----------
    text
        ``"ZIP"``, ``"zone de vigilance"``, ``"très sous-dotée"``, ``"non_prioritaire"``…
    profession
        Doctors have four zones, the others five levels.

    Raises
    ------
    InputError
        When the profession has no such zone.

    Examples
    --------
    >>> zone_of("Zone de vigilance"), zone_of("Très sous-dotée", "infirmier")
    (<Zonage.ZV: 'ZV'>, <Niveau.TRES_SOUS_DOTEE: 'tres_sous_dotee'>)
    """
    every: type[Zonage] | type[Niveau] = Zonage if profession == MEDECIN else Niveau
    read = zones.zone_of(text)
    if read == "non_prioritaire":  # how some texts name the last level
        read = Niveau.SUR_DOTEE.value
    if read not in list(every):
        expected = ", ".join(every)
        raise InputError(
            [Problem(f"zone ({profession})", f"« {text} »", expected, "corriger la zone")]
        )
    return every(read)
