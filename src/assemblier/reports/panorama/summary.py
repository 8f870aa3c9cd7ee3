"""The two pages officials read: what is known of the territory, in a few sentences and a map."""

from assemblier import territory
from assemblier.diagnosis import ald, apl, bands, local, mortality, presented
from assemblier.diagnosis.gauges import TwoGauges
from assemblier.reports.document import Block, Finding
from assemblier.reports.panorama.access import apl_map, contradicted, under_threshold
from assemblier.reports.panorama.blocks import finding, missing
from assemblier.reports.panorama.gauges import gauge_blocks
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.panorama.supply import GP, flow_finding
from assemblier.reports.typography import figure_text


def summary(scope: Scope, found: TwoGauges) -> tuple[Block, ...]:
    """Return the blocks of the summary."""
    blocks: list[Block] = [_people(scope), *_access(scope), gauge_blocks(found)]
    if scope.is_haute_loire:
        flows = presented.presented_stock_flow(GP)[0]
        illness = presented.presented_long_term_illness("43")
        blocks += [
            flow_finding(scope, flows),
            finding(ald.ald_sentence(illness, scope.where)),
            finding(mortality.top_three_sentence(presented.presented_mortality(), scope.where)),
        ]
    return tuple(blocks)


def _people(scope: Scope) -> Finding:
    people = territory.population(scope.perimeter)
    practitioners = local.equipment(scope.perimeter, GP)
    count = len(scope.perimeter.codes)
    communes = f"{count} communes" if count > 1 else "1 commune"
    text = f"{scope.place} : {figure_text(people)} dans {communes}"
    if practitioners.is_known:
        text += f", {figure_text(practitioners)} (lieux d'exercice)"
    return Finding(f"{text}.", (people, practitioners))


def _access(scope: Scope) -> tuple[Block, ...]:
    published = local.published_apl(scope.perimeter)
    latest = max(published.millesimes)
    mean = apl.mean_apl(published, latest)
    if not mean.is_known:
        return (missing("APL publiée des communes", published.missing),)
    counts = bands.band_counts(published, latest)
    sentence = apl.apl_sentence(f"{scope.where[:1].upper()}{scope.where[1:]}", mean)
    return (
        finding(sentence),
        under_threshold(counts),
        *contradicted(published, counts),
        apl_map(scope, published, counts),
    )
