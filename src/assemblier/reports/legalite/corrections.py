"""What a draft corrects: an amount lowered to its cap, years raised to those of the texts."""

from fractions import Fraction

from assemblier.aids.amounts import Amount, Period
from assemblier.aids.legality.caps import allowed_monthly, cap_of
from assemblier.aids.legality.local_aid import AideLocale, Domaine
from assemblier.aids.legality.opinion import law
from assemblier.aids.legality.values import NOTHING, Values
from assemblier.aids.legality.zones import target_text
from assemblier.reports.zonage.decree import blank

_STAGE, _ETUDE, _CFE = Domaine.INDEMNITE_STAGE, Domaine.INDEMNITE_ETUDE, Domaine.EXONERATION_CFE
_INSTALLATION = Domaine.INSTALLATION


def corrected_amount(aid: AideLocale, values: Values = NOTHING) -> Amount | None:
    """Return the amount this giver may write: what was asked, lowered to the room left.

    None where there is no amount, or where the cap is not known.
    """
    cap = cap_of(aid.domaine, aid.date, values)
    if cap is None or aid.montant is None:
        return aid.montant
    mine, allowed = aid.montant.monthly(aid.mois), allowed_monthly(aid, cap)
    if not cap.is_sure or mine is None or allowed is None:
        return None
    if mine <= allowed:
        return aid.montant
    cents = Fraction(int(allowed * 100), 100)  # rounded down: never a cent over the cap
    return Amount(cents, Period.MOIS)


def corrected_years(aid: AideLocale) -> Fraction | None:
    """Return the years to promise: what was asked, raised to what the texts ask; None without."""
    paths = {
        _INSTALLATION: "engagement.installation_annees",
        _ETUDE: "etude.engagement_annees",
    }
    path = paths.get(aid.domaine)
    if path is None:
        return None
    least = Fraction(law(path, aid.date).value)
    return max(aid.engagement_annees or least, least)


def amount_words(aid: AideLocale, values: Values) -> str:
    """Write the amount of a draft, or the blank that stands for it."""
    amount = corrected_amount(aid, values)
    if amount is None:
        what = "montant et période"
        if aid.domaine in (_STAGE, _ETUDE):
            what = f"montant par mois, au plus {cap_words(aid)}"
        return blank(what)
    return str(amount)


def cap_words(aid: AideLocale) -> str:
    """Write the cap of an indemnity as its article does."""
    if aid.domaine is _STAGE:
        part = law("stage.part_des_emoluments", aid.date)
        return f"{part.value} % des émoluments mensuels de troisième année d'internat"
    return "les émoluments annuels de troisième année d'internat"


def giver(aid: AideLocale) -> str:
    """Write who gives, or a blank."""
    return aid.donneur_nom or blank("nom de la collectivité")


def zone_words(aid: AideLocale) -> str:
    """Write the zone a clause aims at, and its act."""
    act = aid.zone_acte or blank("arrêté de zonage et sa date")
    where = ""
    if aid.zone_territoire is not None and aid.zone_territoire.kind == "commune":
        where = f" ({aid.zone_territoire.nom})"
    return f"{target_text(aid)}{where} : {act}"
