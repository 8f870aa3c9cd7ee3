"""The other checks: structures, contracts, teleconsultation, practices, powers, certificates."""

import difflib

from assemblier.aids.legality.subjects.centres import ANTENNA, CENTRE
from assemblier.aids.legality.subjects.certificates import CERTIFICATE
from assemblier.aids.legality.subjects.cpts import CPTS
from assemblier.aids.legality.subjects.itinerant import ITINERANT
from assemblier.aids.legality.subjects.local_contract import CONTRACT
from assemblier.aids.legality.subjects.money import PAID_BACK, TOGETHER
from assemblier.aids.legality.subjects.powers import POWERS
from assemblier.aids.legality.subjects.practice import SECOND_PRACTICE, SELECTIVE
from assemblier.aids.legality.subjects.sisa import SISA
from assemblier.aids.legality.subjects.subject import Subject
from assemblier.aids.legality.subjects.teleconsultation import PLACE, TELECONSULTATION
from assemblier.errors import InputError, Problem

__all__ = ["SUBJECTS", "Subject", "subject"]

SUBJECTS = {
    one.key: one
    for one in (
        CENTRE, ANTENNA, SISA, CPTS, CONTRACT, TELECONSULTATION, PLACE, ITINERANT,
        SECOND_PRACTICE, SELECTIVE, POWERS, CERTIFICATE, TOGETHER, PAID_BACK,
    )
}  # fmt: skip
"""Every subject, by key, in the order people meet them."""


def subject(key: str) -> Subject:
    """Return a subject.

    Raises
    ------
    InputError
        When the key is unknown; the closest one is named.

    Examples
    --------
    >>> subject("sisa").label
    "Composition d'une SISA"
    """
    if key not in SUBJECTS:
        near = difflib.get_close_matches(key, SUBJECTS, n=1)
        action = f"essayer « {near[0]} »" if near else "en choisir un"
        expected = ", ".join(SUBJECTS)
        raise InputError([Problem("sujet", f"« {key} »", expected, action)])
    return SUBJECTS[key]
