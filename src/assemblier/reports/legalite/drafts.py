"""What is drafted for a local aid: convention, contract, deliberation, charter; clauses corrected.

A clause that was told and is legal is kept; one that is missing or contrary is written as the
texts ask; what only the collectivité knows is a blank.
"""

from assemblier.aids.legality.local_aid import AideLocale, Domaine
from assemblier.aids.legality.values import NOTHING, Values
from assemblier.reports.legalite.conventions import contract, convention
from assemblier.reports.legalite.draft import Draft
from assemblier.reports.legalite.votes import charter, deliberation

_STAGE, _ETUDE, _CFE = Domaine.INDEMNITE_STAGE, Domaine.INDEMNITE_ETUDE, Domaine.EXONERATION_CFE
_INSTALLATION = Domaine.INSTALLATION


def drafts_of(aid: AideLocale, values: Values = NOTHING) -> tuple[Draft, ...]:
    """Return every draft a local aid calls for.

    Always true
    -----------
    The amount of an indemnity never exceeds its cap.
    The years promised are never under those of the texts.
    """
    if aid.domaine is _CFE:
        return (deliberation(aid, values),)
    if aid.domaine is Domaine.PERMANENCE_DES_SOINS:
        return (convention(aid, values), deliberation(aid, values))
    first = contract(aid, values) if aid.domaine is _ETUDE else convention(aid, values)
    return (first, deliberation(aid, values), charter(aid))
