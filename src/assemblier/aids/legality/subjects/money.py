"""Two aids held together, and what is paid back when a commitment is not kept."""

import datetime as dt

from assemblier.aids.amounts import Amount
from assemblier.aids.legality.cumulation import Cumul, cumulation, known_aids
from assemblier.aids.legality.fields import Field, Kind
from assemblier.aids.legality.opinion import Finding, State
from assemblier.aids.legality.repayment import repayment
from assemblier.aids.legality.subjects.subject import Answers, Subject
from assemblier.aids.legality.wording import plain, short
from assemblier.aids.words import euros

_STATES = {
    Cumul.AUTORISE: State.CONFORME,
    Cumul.DECONSEILLE: State.AVERTISSEMENT,
    Cumul.INTERDIT: State.CONTRAIRE,
    Cumul.A_CONFIRMER: State.A_CONFIRMER,
}


def _together(answers: Answers, on: dt.date) -> list[Finding]:
    one, other = answers["aide"], answers["autre"]
    found = cumulation(one, other, on)
    said = f"{plain(one)} et {plain(other)} : {found.cumul}. {found.sentence}"
    action = {
        Cumul.INTERDIT: "Choisir l'une des deux.",
        Cumul.DECONSEILLE: "Conseiller de choisir l'une des deux.",
        Cumul.A_CONFIRMER: "Demander au financeur de chacune.",
    }.get(found.cumul, "")
    return [Finding("Cumul", _STATES[found.cumul], said, found.law, action)]


TOGETHER = Subject(
    "cumul",
    "Cumul de deux aides",
    (
        Field("aide", "Une aide", Kind.CHOIX, known_aids(), is_required=True),
        Field("autre", "L'autre aide", Kind.CHOIX, known_aids(), is_required=True),
    ),
    _together,
    ("cumul possible", "cumul interdit", "à confirmer"),
)


def _paid_back(answers: Answers, on: dt.date) -> list[Finding]:
    received: Amount = answers["recu"]
    kept, promised = answers["annees_exercees"], answers["annees_promises"]
    found = repayment(received.value, kept, promised, on)
    said = (
        f"{short(kept)} ans exercés sur {short(promised)} : {euros(found.euros)} à rendre sur "
        f"{euros(received.value)} ({short(100 * found.share)} %)."
    )
    if found.share in (0, 1):
        return [Finding("Remboursement", State.CONFORME, said, found.law)]
    action = "Écrire la formule dans la convention : les textes disent « partiel », sans formule."
    return [Finding("Remboursement", State.A_CONFIRMER, said, found.law, action)]


PAID_BACK = Subject(
    "remboursement",
    "Remboursement d'une aide",
    (
        Field("recu", "Somme reçue", Kind.MONTANT, is_required=True),
        Field("annees_exercees", "Années exercées", Kind.NOMBRE, is_required=True, most=60),
        Field(
            "annees_promises", "Années promises", Kind.NOMBRE, is_required=True, least=1, most=60
        ),
    ),
    _paid_back,
    ("calculé", "refusé", "formule à confirmer"),
)
