"""The file of a projection to fill: hypotheses, practitioners, departures, people in training."""

import datetime as dt

from assemblier.aids.inputs import SECTEURS
from assemblier.aids.legality.fields import Field, Kind
from assemblier.diagnosis.stock_flow import StockFlow
from assemblier.projects.form import Form, Rows, question
from assemblier.scenarios.projection.arrivals import MODES
from assemblier.scenarios.projection.hypotheses import Variant
from assemblier.scenarios.projection.settings import ENTRIES, SHARE, hypotheses, rows
from assemblier.scenarios.trainees import Kind as Training

COMMUNE_TEXT = "une commune, par son code ou son nom"
SHARE_TEXT = "une part : 27 % ou 0,27"
AGE_TEXT = "58, 55-59, ou 60 et plus"
YEARS_TEXT = "des années, séparées par des virgules"
YEAR = "annee_des_ages"
COMPLETE = "liste_complete"
VARIANTS = {
    "taux_observes": Variant.OBSERVEE,
    "sans_croissance": Variant.SANS_CROISSANCE,
    "aucune": Variant.AUCUNE,
}
MOST = 100
"""The largest number a hypothesis without limits of its own takes."""
SERIES = ("installations", "places_formation", "etudiants_locaux")
"""Hypotheses given year by year, a list each."""
TABLES = {
    "departs_par_age": ("depart_ages", "depart_taux"),
    "ages_des_inconnus": ("ages_inconnus", "parts_ages_inconnus"),
}
"""Hypotheses given class of ages by class of ages: list, then the keys of its two columns."""
PRACTITIONERS, PRACTICES, TRAINEES = "praticiens", "cabinets", "en_formation"
TITLE = "Projection des praticiens"
COMMAND = "projection TERRITOIRE --hypotheses"


def form(on: dt.date, flow: StockFlow | None = None) -> Form:
    """Return the questions of the file, each hypothesis with its default.

    Parameters
    ----------
    on
        The day that chooses the defaults.
    flow
        The last table of flows of the territory the file is for: it changes some defaults.

    Always true
    -----------
    Every hypothesis that may be edited is asked once.
    """
    return Form("projection", TITLE, _fields(on, flow), _lists(), command=COMMAND)


def is_share(key: str) -> bool:
    """Whether a hypothesis is a part, from 0 to 1.

    Examples
    --------
    >>> is_share("cumul_part"), is_share("cumul_annees")
    (True, False)
    """
    return key == "departs_observes" or any(
        one.key == key and one.range == SHARE for one in ENTRIES
    )


def _fields(on: dt.date, flow: StockFlow | None) -> tuple[Field, ...]:
    listed = {*SERIES, *(key for keys in TABLES.values() for key in keys)}
    year = question(YEAR, "L'année où les âges de la feuille Praticiens ont été relevés",
                    Kind.ENTIER, most=2100)  # fmt: skip
    whole = question(COMPLETE, "La feuille Praticiens dit-elle tous ceux du territoire ; par "
                     "défaut : non, les autres communes gardent ceux qui y sont comptés",
                     Kind.OUI_NON)  # fmt: skip
    own = [
        _field(one.key, one.label, one.unit, one.value)
        for one in rows(hypotheses(on, flow=flow))
        if one.key not in listed
    ]
    return (year, whole, *own)


def _field(key: str, label: str, unit: str, default: str) -> Field:
    said = f"{label}{f', en {unit}' if unit else ''} ; par défaut : {default}"
    if key == "variante":
        return question(key, said, Kind.CHOIX, tuple(VARIANTS))
    if key == "cumul":
        return question(key, said, Kind.OUI_NON)
    if key == "horizons":
        return question(key, said, Kind.TEXTE, hint=YEARS_TEXT)
    if is_share(key):
        return question(key, said, Kind.TEXTE, hint=SHARE_TEXT)
    low, high = next((one.range for one in ENTRIES if one.key == key), None) or (0, MOST)
    return question(key, said, least=int(low), most=int(high))


def _lists() -> tuple[Rows, ...]:
    return (_practitioners(), _practices(), _trainees(), *_series(), *_tables())


def _commune(*, is_required: bool = True) -> Field:
    return question("commune", "Où", Kind.TEXTE, is_required=is_required, hint=COMMUNE_TEXT)


def _mode() -> Field:
    return question("mode", "Comment", Kind.CHOIX, tuple(MODES))


def _practitioners() -> Rows:
    return Rows(
        PRACTITIONERS,
        "Praticiens",
        (
            _commune(is_required=False),
            question("nombre", "Combien, de même âge et de même lieu", Kind.ENTIER,
                     is_required=True, least=1, most=5000),
            question("age", "Leur âge ou leur tranche d'âge, vide s'il n'est pas connu", Kind.TEXTE,
                     hint=AGE_TEXT),
            _mode(),
            question("sexe", "Femmes ou hommes", Kind.CHOIX, ("femme", "homme")),
            question("actes", "Actes par an de chacun, si connus", most=30_000),
        ),
    )  # fmt: skip


def _practices() -> Rows:
    return Rows(
        PRACTICES,
        "Cabinets",
        (
            _commune(),
            question("date", "Le jour où le médecin cesse", Kind.JOUR, is_required=True),
            question("patients", "Patients dont il est le médecin traitant", Kind.ENTIER,
                     most=20_000),
            question("successeur", "Un successeur est-il trouvé", Kind.OUI_NON),
            question("age", "Âge du médecin qui cesse", least=22, most=100),
            question("secteur", "Son secteur conventionnel", Kind.CHOIX,
                     tuple(code for code, _ in SECTEURS)),
            question("honoraires", "Ses honoraires dans la zone, en € par an", most=10_000_000),
            question("age_successeur", "Âge du successeur", least=22, most=100),
        ),
    )  # fmt: skip


def _trainees() -> Rows:
    return Rows(
        TRAINEES,
        "En formation",
        (
            question("type", "Interne, ou signataire d'un CESP", Kind.CHOIX, tuple(Training),
                     is_required=True),
            question("nombre", "Combien finissent ce jour-là", Kind.ENTIER, is_required=True,
                     least=1, most=2000),
            question("fin", "Le jour où ils finissent et peuvent s'installer", Kind.JOUR,
                     is_required=True),
            question("part", "Part attendue ici, nécessaire pour des internes", Kind.TEXTE,
                     hint=SHARE_TEXT),
            question("mois_dus", "Mois d'exercice dus par chacun, nécessaires pour un CESP",
                     Kind.ENTIER, most=144),
            _commune(is_required=False),
            _mode(),
        ),
    )  # fmt: skip


def _series() -> tuple[Rows, ...]:
    names = {
        "installations": "Arrivées par année",
        "places_formation": "Places de formation",
        "etudiants_locaux": "Étudiants du territoire",
    }
    pair = (
        question("annee", "L'année", Kind.ENTIER, is_required=True, least=1990, most=2100),
        question("nombre", "Combien", is_required=True, most=5000),
    )
    return tuple(Rows(key, names[key], pair) for key in SERIES)


def _tables() -> tuple[Rows, ...]:
    names = {"departs_par_age": "Départs par âge", "ages_des_inconnus": "Âges des inconnus"}
    asked = {
        "departs_par_age": "Part de ceux qui atteignent un âge de la classe et cessent",
        "ages_des_inconnus": "Part de ceux dont l'âge n'est pas dit",
    }
    return tuple(
        Rows(
            key,
            names[key],
            (
                question(
                    "age", "Premier âge de la classe", Kind.ENTIER, is_required=True, most=100
                ),
                question("part", asked[key], Kind.TEXTE, is_required=True, hint=SHARE_TEXT),
            ),
        )
        for key in TABLES
    )
