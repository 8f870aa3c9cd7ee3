"""The letter to a school or a nursery about the medical certificates it asks for."""

import datetime as dt

from assemblier.aids.legality.subjects.certificates import Certificate, certificates
from assemblier.errors import InputError, Problem
from assemblier.reports.legalite.draft import Draft, Line, bullet, heading, text
from assemblier.reports.zonage.decree import blank

_MENTION = "Lettre à compléter et à signer : les blancs sont surlignés."
_PLACES = {
    "ecole": ("à l'école et à la cantine", "Madame la directrice, Monsieur le directeur,"),
    "creche": ("à la crèche et chez les assistants maternels", "Madame, Monsieur,"),
}


def certificate_letter(place: str, on: dt.date) -> Draft:
    """Return the letter that says which certificates are founded and which are not.

    Parameters
    ----------
    place
        ``"ecole"`` or ``"creche"``.
    on
        The day of the letter.

    Raises
    ------
    InputError
        For another place, or before the first known text.

    Always true
    -----------
    Every case known for this place stands in the letter, once.
    """
    if place not in _PLACES:
        expected = ", ".join(_PLACES)
        raise InputError([Problem("lieu", f"« {place} »", expected, "choisir l'un des deux")])
    known = certificates(place, on)
    doubts = dict.fromkeys(one.law.note for one in known if one.law.note)
    if not known:
        found = f"aucune règle connue au {on:%d/%m/%Y}"
        raise InputError([Problem("--date", found, "2019 ou plus tard", "changer la date")])
    where, greeting = _PLACES[place]
    lines = [
        text(f"{blank('nom et adresse de l’établissement')}"),
        text(f"{blank('lieu')}, le {blank('date')}"),
        text(f"Objet : les certificats médicaux demandés {where}"),
        text(greeting),
        text(
            "Un certificat demandé sans nécessité occupe une consultation que d'autres patients "
            "attendent. Nous vous proposons de relire ensemble votre règlement intérieur."
        ),
        *_listed("Aucun certificat n'est exigible", known, "non"),
        *_listed("Un certificat ne se demande que dans un cas précis", known, "si"),
        *_listed("Un certificat est demandé", known, "oui"),
        text(
            "Ces règles sont celles de l'annexe III de « Accès aux soins : le guide pratique pour "
            "les élus » (ministères chargés de la santé et de la cohésion des territoires, 2019)."
        ),
        text("Nous vous prions d'agréer l'expression de notre considération."),
        text(blank("nom, qualité et signature")),
    ]
    return Draft(f"certificats-{place}", f"Certificats médicaux {where}",
                 blank("collectivité"), on, tuple(lines),
                 " ".join((_MENTION, *doubts)))  # fmt: skip


def _listed(title: str, known: tuple[Certificate, ...], answer: str) -> list[Line]:
    chosen = [one for one in known if one.answer.split("_")[0] == answer]
    if not chosen:
        return []
    return [heading(title), *(bullet(f"{one.label} : {_said(one)}") for one in chosen)]


def _said(one: Certificate) -> str:
    return f"{one.sentence} {one.reason}" if one.answer.startswith("si_") else one.reason
