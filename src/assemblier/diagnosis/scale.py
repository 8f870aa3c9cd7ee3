"""At which scale to look at a profession: the rarer it is, the larger the territory."""

from dataclasses import dataclass

from assemblier.data.documents import cited_text
from assemblier.figures import Source
from assemblier.territory import Perimeter, at_scale, companions
from assemblier.territory.composed import composition
from assemblier.territory.names import simplified

NEAR, WIDE, RARE = "proximité", "département", "région"

SCALES = {
    NEAR: ("bassin", "epci", "departement"),
    WIDE: ("departement", "region"),
    RARE: ("region", "departement"),
}
"""Scales to look at, the first one first."""

REASONS = {
    NEAR: "soins de premier recours : on y va près de chez soi, plusieurs fois par an",
    WIDE: "spécialité de second recours : ses patients viennent de tout le département",
    RARE: "spécialité rare : quelques équipes pour une région",
}

PROFESSIONS = {
    NEAR: (
        "médecin généraliste",
        "infirmier",
        "masseur-kinésithérapeute",
        "chirurgien-dentiste",
        "pharmacien",
        "sage-femme",
        "pédicure-podologue",
        "orthophoniste",
    ),
    WIDE: (
        "ophtalmologue",
        "ophtalmologiste",
        "cardiologue",
        "dermatologue",
        "gynécologue",
        "gastro-entérologue",
        "ORL",
        "pédiatre",
        "pneumologue",
        "psychiatre",
        "pédopsychiatre",
        "radiologue",
        "rhumatologue",
        "orthoptiste",
        "diététicien",
        "psychologue",
        "stomatologue",
        "endocrinologue",
        "neurologue",
        "chirurgien",
        "anesthésiste",
        "urologue",
    ),
    RARE: (
        "généticien",
        "neurochirurgien",
        "chirurgien cardiaque",
        "chirurgien pédiatrique",
        "hématologue",
        "oncologue",
        "médecin nucléaire",
        "néphrologue",
        "infectiologue",
        "interniste",
    ),
}
"""Each profession under how far its patients come."""

KINDS = {"bassin": "bassin_de_vie", "epci": "epci"}


@dataclass(frozen=True, slots=True)
class Advice:
    """Where to look at a profession.

    Attributes
    ----------
    profession
        As listed here.
    reach
        A key of `SCALES`.
    reason
        Why.
    proposed
        Perimeters that hold the territory, the one to look at first, first.
    missing
        What is not there: a scale whose composition was not imported; empty if nothing.
    source
        The document that says to do so.
    """

    profession: str
    reach: str
    reason: str
    proposed: tuple[Perimeter, ...]
    missing: str
    source: Source


def known_professions() -> tuple[str, ...]:
    """Return every profession that is listed."""
    return tuple(name for names in PROFESSIONS.values() for name in names)


def reach_of(profession: str) -> tuple[str, str] | None:
    """Return the listed name of a profession and how far its patients come, or None.

    Examples
    --------
    >>> reach_of("Ophtalmologue"), reach_of("medecin_generaliste")[1]
    (('ophtalmologue', 'département'), 'proximité')
    """
    wanted = simplified(profession.replace("_", " ")).removesuffix("s")
    for reach, names in PROFESSIONS.items():
        for name in names:
            if wanted in (simplified(name), simplified(name).removeprefix("medecin ")):
                return name, reach
    return None


def advice(perimeter: Perimeter, profession: str, reach: str) -> Advice:
    """Return the perimeters at which to look at a profession from a territory.

    Parameters
    ----------
    perimeter
        The territory the question comes from.
    profession, reach
        As `reach_of` returns them.

    Always true
    -----------
    The territory itself is inside each perimeter proposed, or meets it where it is larger.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> [one.nom for one in advice(parse("43234"), "ophtalmologue", WIDE).proposed]
    ['Haute-Loire', 'Auvergne-Rhône-Alpes']
    """
    found: list[Perimeter] = []
    missing = ""
    for scale in SCALES[reach]:
        if scale == "bassin" and composition("bassin") is None:
            missing = "bassin de vie : importer la table d'appartenance géographique (Insee)"
            continue
        found += _around(perimeter, scale)
    text = cited_text("echelle_du_diagnostic")
    return Advice(
        profession, reach, REASONS[reach], tuple(dict.fromkeys(found)), missing, text.source
    )


def _around(perimeter: Perimeter, scale: str) -> list[Perimeter]:
    """Return the whole territories of a scale that hold a perimeter, or meet it."""
    if scale in KINDS:
        from assemblier.territory import parse

        groups = at_scale(perimeter, KINDS[scale]).groups
        return [parse(group.expression) for group in groups]
    if perimeter.kind == scale:
        return [perimeter]
    return [one for one in companions(perimeter) if one.kind == scale]
