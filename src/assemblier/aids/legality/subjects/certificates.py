"""Medical certificates that schools and nurseries ask for: which ones are founded."""

import datetime as dt
from dataclasses import dataclass

from assemblier.aids.legality.fields import Field, Kind
from assemblier.aids.legality.opinion import ROOT, Finding, Law, State, known_law, law
from assemblier.aids.legality.subjects.subject import Answers, Subject
from assemblier.parameters import paths

_PREFIX = f"{ROOT}.certificats."
CASES = tuple(path.removeprefix(_PREFIX) for path in paths() if path.startswith(_PREFIX))
"""The cases of the guide, in alphabetical order."""
_IF_CONTAGIOUS, _IF_GRAVE = "si_maladie_contagieuse", "si_pathologie_lourde"
_CONDITIONS = {
    _IF_CONTAGIOUS: ("maladie_contagieuse", "une maladie contagieuse"),
    _IF_GRAVE: ("pathologie_lourde", "une pathologie lourde, dans un protocole d'accueil"),
}
NURSERY = ("medicaments_creche", "creche_absence_courte", "creche_reintegration",
           "creche_absence_longue", "absence_d_allergie")  # fmt: skip
SCHOOL = ("absence_ecole", "entree_ecole", "sortie_scolaire", "eps_participation",
          "eps_inaptitude", "absence_cantine", "regime_cantine", "absence_d_allergie")  # fmt: skip
PLACES = {"creche": NURSERY, "ecole": SCHOOL}
"""The cases a nursery and a school meet."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the texts say of a case.

    Attributes
    ----------
    key, label
        The case.
    answer
        ``"oui"``, ``"non"``, ``"si_maladie_contagieuse"`` or ``"si_pathologie_lourde"``.
    reason
        Why, in French.
    law
        The text.
    """

    key: str
    label: str
    answer: str
    reason: str
    law: Law

    @property
    def sentence(self) -> str:
        """Say whether a certificate is founded."""
        if self.answer in _CONDITIONS:
            return f"Certificat seulement pour {_CONDITIONS[self.answer][1]}."
        return "Certificat demandé." if self.answer == "oui" else "Aucun certificat."


def certificate(case: str, on: dt.date) -> Certificate:
    """Return what the texts say of a case at a date.

    Raises
    ------
    ParameterError
        For an unknown case, or before its first known text.

    Examples
    --------
    >>> certificate("sortie_scolaire", dt.date(2020, 9, 1)).sentence
    'Aucun certificat.'
    """
    found = law(f"certificats.{case}", on)
    reason = found.documentation.split(" Non modélisé")[0]
    return Certificate(case, found.label, found.value, reason, Law.of(found, on))


def certificates(place: str, on: dt.date) -> tuple[Certificate, ...]:
    """Return the cases of a place (``"creche"`` or ``"ecole"``) known at a date."""
    known = (case for case in PLACES[place] if known_law(f"certificats.{case}", on) is not None)
    return tuple(certificate(case, on) for case in known)


def _certificate(answers: Answers, on: dt.date) -> list[Finding]:
    found = certificate(answers["cas"], on)
    clause = found.label
    if found.answer == "oui":
        return [Finding(clause, State.CONFORME, f"{found.sentence} {found.reason}", found.law)]
    if found.answer in _CONDITIONS:
        key, what = _CONDITIONS[found.answer]
        told = answers.get(key)
        if told is None:
            action = f"Dire si c'est pour {what}."
            return [Finding(clause, State.A_COMPLETER, found.sentence, found.law, action)]
        if told:
            said = f"Le certificat se demande pour {what}."
            return [Finding(clause, State.CONFORME, said, found.law)]
    action = (
        "Retirer cette demande du règlement intérieur ; la lettre est prête : « assemblier modele "
        "certificats ecole » ou « creche »."
    )
    said = f"Le certificat n'est pas exigible. {found.reason}"
    return [Finding(clause, State.CONTRAIRE, said, found.law, action)]


CERTIFICATE = Subject(
    "certificat",
    "Certificat médical demandé",
    (
        Field("cas", "Pour quoi le certificat est demandé", Kind.CHOIX, CASES, is_required=True),
        Field("maladie_contagieuse", "L'enfant a une maladie contagieuse", Kind.OUI_NON),
        Field("pathologie_lourde", "L'enfant a une pathologie lourde", Kind.OUI_NON),
    ),
    _certificate,
    ("fondé", "non exigible", "à compléter"),
)
