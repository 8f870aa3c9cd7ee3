"""Is this local aid legal? The clauses of its domain, then the warnings and the advice."""

from collections.abc import Callable

from assemblier.aids.legality.cfe import cfe_findings
from assemblier.aids.legality.common import advice, giver_finding
from assemblier.aids.legality.indemnities import stage_findings, study_findings
from assemblier.aids.legality.installation import installation_findings
from assemblier.aids.legality.local_aid import AideLocale, Domaine
from assemblier.aids.legality.on_call import on_call_findings
from assemblier.aids.legality.opinion import Finding, Opinion
from assemblier.aids.legality.values import NOTHING, Values
from assemblier.aids.legality.zones import zone_finding
from assemblier.zoning.acts import Register

NO_ACT = Register(())


def check_aid(aid: AideLocale, register: Register = NO_ACT, values: Values = NOTHING) -> Opinion:
    """Return the opinion on a local aid, clause by clause.

    Parameters
    ----------
    aid
        As it was described; what was not told makes a question, never an assumption.
    register
        The known zoning acts.
    values
        What was entered because no text that was read gives it.

    Raises
    ------
    ParameterError
        When the aid is dated before the first known text.

    Always true
    -----------
    A longer commitment never makes an aid illegal.
    Adding a giver never makes an illegal aid legal.

    Examples
    --------
    >>> from assemblier.aids.legality.reading import aid_of
    >>> told = {"aide": "indemnite_stage", "date": "31/12/2019", "montant": "500 € par mois"}
    >>> check_aid(aid_of(told)).of("plafond").state.value
    'contraire au texte'
    """
    rules: dict[Domaine, Callable[[], list[Finding]]] = {
        Domaine.INSTALLATION: lambda: [
            giver_finding(aid),
            zone_finding(aid, register),
            *installation_findings(aid),
        ],
        Domaine.PERMANENCE_DES_SOINS: lambda: [giver_finding(aid), *on_call_findings(aid)],
        Domaine.INDEMNITE_STAGE: lambda: [
            giver_finding(aid),
            zone_finding(aid, register),
            *stage_findings(aid, values),
        ],
        Domaine.INDEMNITE_ETUDE: lambda: [
            giver_finding(aid),
            zone_finding(aid, register),
            *study_findings(aid, values),
        ],
        Domaine.EXONERATION_CFE: lambda: cfe_findings(aid, register),
    }
    findings = [*rules[aid.domaine](), *advice(aid)]
    return Opinion(aid.title, aid.date, tuple(findings))
