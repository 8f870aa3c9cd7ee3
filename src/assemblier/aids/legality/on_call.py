"""The aids to structures that take part in out-of-hours care: no zone, no decree."""

from assemblier.aids.legality.local_aid import AideLocale
from assemblier.aids.legality.opinion import Finding, Law, State, law


def on_call_findings(aid: AideLocale) -> list[Finding]:
    """Return the findings of an aid to a structure of out-of-hours care."""
    text = Law.of(law("permanence_des_soins.zone_exigee", aid.date), aid.date)
    who = "structure participant à la permanence des soins, une maison médicale par exemple"
    if aid.beneficiaire_statut is None:
        asked = "Le bénéficiaire n'est pas dit."
        first = Finding("bénéficiaire", State.A_COMPLETER, asked, text, f"Écrire : une {who}.")
    else:
        first = Finding("bénéficiaire", State.CONFORME, f"Le bénéficiaire est une {who}.", text)
    zone = "Aucune zone n'est exigée, et aucun décret ne fixe de modalité."
    return [first, Finding("zone", State.CONFORME, zone, text)]
