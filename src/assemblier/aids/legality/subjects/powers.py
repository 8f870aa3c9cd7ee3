"""What each kind of collectivité may do in health: its powers are listed by the law."""

import datetime as dt

from assemblier.aids.legality.fields import Field, Kind
from assemblier.aids.legality.opinion import ROOT, Finding, judged, law
from assemblier.aids.legality.subjects.subject import Answers, Subject
from assemblier.aids.legality.wording import plain
from assemblier.aids.words import listed
from assemblier.parameters import paths

_PREFIX = f"{ROOT}.competences."
ACTIONS = tuple(path.removeprefix(_PREFIX) for path in paths() if path.startswith(_PREFIX))
"""The actions some text names, in alphabetical order."""
_LISTED = (
    "Les compétences des collectivités en santé sont limitativement énumérées ; la clause générale "
    "des communes et les statuts de l'intercommunalité s'y ajoutent."
)


def _power(answers: Answers, on: dt.date) -> list[Finding]:
    action, who = answers["action"], answers["collectivite"]
    rule = law(f"competences.{action}", on)
    able = listed([plain(one) for one in rule.value], "ou")
    said = (
        f"{rule.label} : {plain(who)}, oui.",
        f"{rule.label} : pas {plain(who)}, mais {able}.",
        "",
    )
    correction = f"Confier l'action à : {able}."
    return [judged("Compétence", who in rule.value, rule, on, said, correction, _LISTED)]


POWERS = Subject(
    "competence",
    "Compétence d'une collectivité",
    (
        Field(
            "collectivite",
            "Qui agit",
            Kind.CHOIX,
            ("commune", "epci", "departement", "region"),
            is_required=True,
        ),
        Field("action", "Ce qu'elle veut faire", Kind.CHOIX, ACTIONS, is_required=True),
    ),
    _power,
    ("dans sa compétence", "hors de sa compétence", "à compléter"),
)
