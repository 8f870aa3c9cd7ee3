"""What the texts fix, read from the dated parameters: thresholds, ceilings, aids, regulation."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assemblier.errors import InputError, ParameterError, Problem
from assemblier.figures import Confidence
from assemblier.parameters import Parameter, explain, paths, value
from assemblier.territory.places import places
from assemblier.zoning.classes import Niveau, Zonage

_ROOT = "zonage.medecin"
_AIDS = f"{_ROOT}.aides."
CEILING_KEYS = ("zip", "zac", "total")
_FAMILIES = {
    "aides_conventionnelles": "Aides conventionnelles à l'installation et au maintien",
    "aides_locales": "Aides des collectivités et de l'agence régionale",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What classes doctors' territories at a date.

    Attributes
    ----------
    zip_le
        A mean APL at or under it is a mandatory ZIP.
    vivier_le
        A mean APL above `zip_le` and at or under it is in the pool the agency chooses from.
    adaptation_share
        Share (0 to 1) of the population of the pool that may be classed although above it.
    sources
        The parameters, one line each.
    """

    zip_le: float
    vivier_le: float
    adaptation_share: float
    sources: tuple[str, ...] = ()

    def with_thresholds(self, zip_le: float | None, vivier_le: float | None) -> "Rules":
        """Return the same rules with other thresholds, to see what they would change.

        Raises
        ------
        InputError
            When the pool would end before it begins.
        """
        low = self.zip_le if zip_le is None else zip_le
        high = self.vivier_le if vivier_le is None else vivier_le
        if not 0 <= low <= high:
            raise InputError(
                [
                    Problem(
                        "seuils",
                        f"{decimal(low)} et {decimal(high)}",
                        "deux APL positives, la première au plus égale à la seconde",
                        "corriger --seuil-zip ou --seuil-vivier",
                    )
                ]
            )
        return replace(self, zip_le=low, vivier_le=high)


def rules_at(on: dt.date) -> Rules:
    """Return the rules of the zoning of doctors at a date.

    Raises
    ------
    ParameterError
        Before the first text.

    Examples
    --------
    >>> rules_at(dt.date(2024, 1, 1)).zip_le
    2.5
    """
    found = [
        explain(f"{_ROOT}.{name}", on)
        for name in ("seuils.zip", "seuils.vivier", "marge_adaptation", "seuils.borne_incluse")
    ]
    low, high, margin = (float(one.value) for one in found[:3])
    return Rules(low, high, margin / 100, tuple(one.as_text() for one in found))


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The share of the population of a region each zone may hold at most.

    Attributes
    ----------
    region
        Code of the region.
    zip_share, zac_share, total_share
        From 0 to 1; None where the text gives none.
    basis
        Where they come from, in French.
    confidence
        See `Confidence`.
    """

    region: str
    zip_share: float | None
    zac_share: float | None
    total_share: float | None
    basis: str
    confidence: Confidence = Confidence.CONFIRME

    @property
    def is_to_replace(self) -> bool:
        """Whether no text that was read confirms them."""
        return self.confidence is not Confidence.CONFIRME

    @property
    def mark(self) -> str:
        """Return what is written after « plafond »: empty where it is confirmed."""
        return f" ({self.confidence})" if self.is_to_replace else ""

    @property
    def to_replace(self) -> str:
        """Return, in French, how sure they are and how to replace them; empty if confirmed."""
        if not self.is_to_replace:
            return ""
        return (
            f"Plafonds à remplacer ({self.confidence}) : {self.basis} Pour les remplacer : remplir "
            "la feuille que donne « assemblier zonage feuille plafonds », puis la redonner avec "
            "--plafonds."
        )

    def share_of(self, zone: Zonage) -> float | None:
        """Return the ceiling of ZIP or ZAC."""
        return self.zip_share if zone is Zonage.ZIP else self.zac_share


def ceilings_at(region: str, on: dt.date) -> Ceilings | None:
    """Return the ceilings of a region that the parameters know at a date, or None.

    Examples
    --------
    >>> ceilings_at("11", dt.date(2022, 1, 1)).zip_share
    0.624
    >>> ceilings_at("53", dt.date(2022, 1, 1)) is None
    True
    """
    known = {key: _known(f"{_ROOT}.plafonds.r{region}.{key}", on) for key in CEILING_KEYS}
    some = [one for one in known.values() if one is not None]
    if not some:
        return None
    shares = {key: None if one is None else one.value / 100 for key, one in known.items()}
    return Ceilings(
        region,
        shares["zip"],
        shares["zac"],
        shares["total"],
        f"{some[0].reference}. {some[0].documentation}",
        some[0].confidence,
    )


def national_shares(on: dt.date) -> Mapping[str, Parameter]:
    """Return the ceilings of the whole country, by key of `CEILING_KEYS`; those known."""
    found = {key: _known(f"{_ROOT}.plafonds.france.{key}", on) for key in CEILING_KEYS}
    return {key: one for key, one in found.items() if one is not None}


def _known(path: str, on: dt.date) -> Parameter | None:
    if path not in paths():
        return None
    try:
        return explain(path, on)
    except ParameterError:
        return None


@dataclass(frozen=True, slots=True)
class Aid:
    """An aid a zone opens at a date: what it is and the text that says it."""

    key: str
    label: str
    reference: str
    since: dt.date
    confidence: Confidence

    @property
    def is_to_check(self) -> bool:
        """Whether the rule is shown with « à vérifier »."""
        return self.confidence is not Confidence.CONFIRME


def aids_opened(zone: Zonage, on: dt.date) -> tuple[Aid, ...]:
    """Return the aids to doctors that a zone opens at a date, in alphabetical order of keys.

    Examples
    --------
    >>> [aid.key for aid in aids_opened(Zonage.HZ, dt.date(2022, 1, 1))]
    []
    >>> "ptmg" in [aid.key for aid in aids_opened(Zonage.ZAC, dt.date(2019, 1, 1))]
    True
    >>> "ptmg" in [aid.key for aid in aids_opened(Zonage.ZAC, dt.date(2021, 6, 1))]
    False
    """
    return _opened(_AIDS, zone.value, on)


def _opened(root: str, zone: str, on: dt.date) -> tuple[Aid, ...]:
    rows = [(path, _known(path, on)) for path in paths() if path.startswith(root)]
    return tuple(
        Aid(path.removeprefix(root), one.label, one.reference, one.since, one.confidence)
        for path, one in rows
        if one is not None and zone in one.value
    )


def level_aids(profession: str, level: Niveau, on: dt.date) -> tuple[Aid, ...]:
    """Return the aids that a level opens to a profession at a date: by name, else by family.

    Examples
    --------
    >>> day = dt.date(2024, 1, 1)
    >>> [aid.key for aid in level_aids("infirmier", Niveau.SOUS_DOTEE, day)]
    ['aides_locales']
    >>> [aid.key for aid in level_aids("sage_femme", Niveau.SOUS_DOTEE, day)]
    ['aides_conventionnelles', 'aides_locales']
    """
    root = f"zonage.{profession}."
    families = []
    for key, label in _FAMILIES.items():
        one = _known(f"{root}{key}", on)
        if one is not None and level.value in one.value:
            families.append(Aid(key, label, one.reference, one.since, one.confidence))
    return (*families, *_opened(f"{root}aides.", level.value, on))


@dataclass(frozen=True, slots=True)
class Installation:
    """What a zone asks of somebody who settles there.

    Attributes
    ----------
    needs_cessation
        True: a contract is only signed after somebody's practice there has ended. False: the
        texts read ask nothing. None: the texts read say nothing at this date.
    sentence
        The same, in French.
    reference, since, confidence
        The text, its first day, how sure it is; none where nothing is said.
    """

    needs_cessation: bool | None
    sentence: str
    reference: str = ""
    since: dt.date | None = None
    confidence: Confidence = Confidence.CONFIRME


def installation_rule(profession: str, level: Niveau, on: dt.date) -> Installation:
    """Say what the regulation of a profession asks at a level and a date.

    Doctors have no such rule: they have no levels, so it cannot be asked for them.

    Raises
    ------
    InputError
        For a profession without levels.

    Examples
    --------
    >>> installation_rule("infirmier", Niveau.SUR_DOTEE, dt.date(2024, 1, 1)).needs_cessation
    True
    >>> installation_rule("chirurgien_dentiste", Niveau.SUR_DOTEE, dt.date(2024, 1, 1)).sentence
    'Aucune condition de cessation à ce niveau.'
    """
    path = f"zonage.{profession}.regulation"
    if path not in paths():
        raise InputError([_unregulated(profession)])
    try:
        rule = explain(path, on)
    except ParameterError:
        return Installation(None, f"Règle non connue au {on:%d/%m/%Y}.")
    if level.value in rule.value:
        text = "Installation conventionnée seulement après une cessation d'activité dans la zone."
        return Installation(True, text, rule.reference, rule.since, rule.confidence)
    text = "Aucune condition de cessation à ce niveau."
    return Installation(False, text, rule.reference, rule.since, rule.confidence)


def _unregulated(profession: str) -> Problem:
    return Problem(
        "profession",
        f"« {profession} »",
        "une profession zonée en cinq niveaux (les médecins n'ont pas de conventionnement "
        "subordonné à une cessation)",
        "choisir une autre profession",
    )


def revision_due(since: dt.date, on: dt.date) -> dt.date:
    """Return the day by which a zoning in force since a date is to be revised.

    Examples
    --------
    >>> revision_due(dt.date(2022, 2, 1), dt.date(2024, 1, 1))
    datetime.date(2025, 2, 1)
    """
    years = int(value(f"{_ROOT}.revision_annees", on))
    try:
        return since.replace(year=since.year + years)
    except ValueError:  # 29 February
        return since.replace(year=since.year + years, day=28)


def decimal(number: float, decimals: int = 2) -> str:
    """Write a number with a decimal comma, for sentences and messages."""
    return f"{number:.{decimals}f}".replace(".", ",")


def short(number: float) -> str:
    """Write a threshold without useless zeros.

    Examples
    --------
    >>> short(2.5), short(4.0)
    ('2,5', '4')
    """
    return f"{number:g}".replace(".", ",")


def compared(apl: float, thresholds: tuple[float, ...]) -> str:
    """Write an APL with enough decimals to stand on the right side of each threshold.

    Examples
    --------
    >>> compared(2.312, (2.5, 4.0)), compared(2.5004, (2.5, 4.0)), compared(2.5, (2.5, 4.0))
    ('2,31', '2,5004', '2,50')
    """
    for decimals in range(2, 8):
        rounded = round(apl, decimals)
        if all((rounded <= one) == (apl <= one) for one in thresholds):
            return decimal(apl, decimals)
    return repr(apl).replace(".", ",")


def people(count: float) -> str:
    """Write inhabitants, with a narrow no-break space between thousands."""
    return f"{count:,.0f}".replace(",", "\u202f")


def region_name(code: str) -> str:
    """Return the name of a region, or its code where none has it."""
    known = places("region")
    return known[code].nom if code in known else f"la région {code}"


def region_after(code: str) -> str:
    """Return the name of a region as a sentence continues: « de Bretagne », « d'Occitanie ».

    Examples
    --------
    >>> region_after("84"), region_after("53")
    ("d'Auvergne-Rhône-Alpes", 'de Bretagne')
    """
    known = places("region")
    return known[code].charniere if code in known else f"de la région {code}"
