"""Is a local aid legal, and why: clause by clause, with the article and what to write.

`read_aid` reads what an officer describes, `check_aid` says the opinion; `subjects` does the other
checks (structures, contracts, teleconsultation, certificates…). Rules are dated parameters; what
was not told makes a question, what nobody confirmed is to be confirmed.
"""

from assemblier.aids.legality.checking import check_aid
from assemblier.aids.legality.local_aid import AideLocale, Domaine
from assemblier.aids.legality.opinion import Finding, Law, Opinion, State, Verdict
from assemblier.aids.legality.reading import aid_of, read_aid
from assemblier.aids.legality.values import Values, read_values

__all__ = [
    "AideLocale",
    "Domaine",
    "Finding",
    "Law",
    "Opinion",
    "State",
    "Values",
    "Verdict",
    "aid_of",
    "check_aid",
    "read_aid",
    "read_values",
]
