"""The APL computed here, its gap to the published one, and what nobody has confirmed of it."""

from assemblier import access, travel
from assemblier.errors import InputError
from assemblier.reports.apl_document import findings, origins, score_blocks, unconfirmed
from assemblier.reports.document import Section
from assemblier.reports.panorama.blocks import missing
from assemblier.reports.panorama.scope import Scope

GP = "medecin_generaliste"
TITLE = "L'APL calculée par nous, à côté de la publiée"
SUPPLY_FILE = "une offre de soins (RPPS, annuaire Ameli ou BPE, ou le tableur du territoire)"


def computed_section(scope: Scope) -> Section:
    """Return the computed APL of general practitioners, with its maps and its gap."""
    engine = scope.engine or travel.chain_engine(scope.on)
    try:
        study = access.study(scope.perimeter, GP, scope.on, engine)
    except InputError:
        absent = missing("APL calculée", SUPPLY_FILE)
        return Section("apl-calculee", f"{TITLE} : non disponible ici", (absent,))
    limits = (origins(study), unconfirmed(study))
    return Section("apl-calculee", TITLE, (*findings(study), *score_blocks(study), *limits))
