"""Professionals present, arrived and gone: the table, and whether it holds together.

balance = N − N₋₁ = installations − cessations; evolution = balance / N₋₁. A table that breaks
this is flagged, never repaired: what was printed stays what was printed.
"""

from dataclasses import dataclass, field

from assemblier.figures import NOWHERE, Figure, Nature, Provenance, unavailable
from assemblier.french import french_spaces, number, signed

SWAPPED = "libelles_intervertis"
FLOWS_DIFFER = "flux_differents_du_solde"
BALANCE_DIFFERS = "solde_different_des_effectifs"
EVOLUTION_DIFFERS = "evolution_differente"

METHOD = "Solde = effectif N − effectif N−1 ; évolution = solde / effectif N−1."


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A printed table that does not hold together; nothing is corrected.

    Attributes
    ----------
    code
        `SWAPPED`, `FLOWS_DIFFER`, `BALANCE_DIFFERS` or `EVOLUTION_DIFFERS`.
    profession, territory
        Which column of which table.
    message
        What was found and what was expected, in French.
    """

    code: str
    profession: str
    territory: str
    message: str


@dataclass(frozen=True, slots=True)
class StockFlow:
    """One territory of one table.

    Attributes
    ----------
    stock, previous, installations, cessations
        As printed.
    balance, evolution
        Computed from the two stocks, never from the flows.
    printed_balance, printed_evolution
        As printed, or not available.
    anomalies
        Empty when the table holds together.
    """

    profession: str
    territory: str
    stock: Figure
    previous: Figure
    balance: Figure
    installations: Figure
    cessations: Figure
    evolution: Figure
    printed_balance: Figure
    printed_evolution: Figure
    anomalies: tuple[Anomaly, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """What one column of a printed table says; None where the table does not say.

    Attributes
    ----------
    stock_date, previous_date
        As printed (``"30 septembre 2022"``).
    """

    profession: str
    territory: str
    stock_date: str
    stock: float
    previous_date: str
    previous: float
    installations: float | None = None
    cessations: float | None = None
    balance: float | None = None
    evolution: float | None = None
    provenance: Provenance = field(default=NOWHERE)


def stock_flow(printed: Printed) -> StockFlow:
    """Return the table of one territory, computed and checked.

    Always true
    -----------
    The balance is the difference of the two stocks, whatever the flows say.
    Exchanging installations and cessations of a sound table with a balance flags them as swapped.
    A sound table has no anomaly.

    Examples
    --------
    >>> table = stock_flow(Printed("Généralistes", "43", "2022", 194, "2021", 187, 16, 9))
    >>> table.balance.value, round(table.evolution.value, 1), table.anomalies
    (7.0, 3.7, ())
    """
    balance = printed.stock - printed.previous
    stock = _cited("effectif", printed.stock, printed.stock_date, printed)
    previous = _cited("effectif un an plus tôt", printed.previous, printed.previous_date, printed)
    solde = Figure(
        "solde",
        float(balance),
        "professionnels",
        vintage=printed.stock_date,
        provenance=printed.provenance | Provenance(method=METHOD),
    )
    return StockFlow(
        profession=printed.profession,
        territory=printed.territory,
        stock=stock,
        previous=previous,
        balance=solde,
        installations=_cited("installations", printed.installations, printed.stock_date, printed),
        cessations=_cited("cessations", printed.cessations, printed.stock_date, printed),
        evolution=_evolution(solde, previous, printed),
        printed_balance=_cited("solde imprimé", printed.balance, printed.stock_date, printed),
        printed_evolution=_cited_evolution(printed),
        anomalies=tuple(_anomalies(printed)),
    )


def _cited(label: str, value: float | None, date: str, printed: Printed) -> Figure:
    if value is None:
        return unavailable(
            label, "le tableau de la source, qui ne donne pas cette ligne", "professionnels", date
        )
    return Figure(
        label,
        float(value),
        "professionnels",
        Nature.CITE,
        vintage=date,
        provenance=printed.provenance,
    )


def _cited_evolution(printed: Printed) -> Figure:
    label = "évolution imprimée"
    if printed.evolution is None:
        return unavailable(
            label, "le tableau de la source, qui ne donne pas cette ligne", "%", printed.stock_date
        )
    return Figure(
        label,
        float(printed.evolution),
        "%",
        Nature.CITE,
        vintage=printed.stock_date,
        provenance=printed.provenance,
        decimals=1,
    )


def _evolution(balance: Figure, previous: Figure, printed: Printed) -> Figure:
    if printed.previous == 0:
        return unavailable(
            "évolution", "rien : l'effectif de départ est nul", "%", printed.stock_date, "n.c."
        )
    return Figure(
        "évolution",
        100 * (printed.stock - printed.previous) / printed.previous,
        "%",
        vintage=printed.stock_date,
        provenance=printed.provenance | Provenance(method=METHOD),
        decimals=1,
        numerator=balance,
        denominator=previous,
    )


def _anomalies(printed: Printed) -> list[Anomaly]:
    checks = (_balance_anomaly, _flow_anomaly, _evolution_anomaly)
    messages = [check(printed) for check in checks]
    return [
        Anomaly(code, printed.profession, printed.territory, french_spaces(message))
        for found in messages
        if found is not None
        for code, message in (found,)
    ]


def _balance_anomaly(printed: Printed) -> tuple[str, str] | None:
    balance = printed.stock - printed.previous
    if printed.balance is None or printed.balance == balance:
        return None
    return BALANCE_DIFFERS, (
        f"le solde imprimé est {signed(printed.balance)}, mais {number(printed.stock)} − "
        f"{number(printed.previous)} = {signed(balance)}"
    )


def _flow_anomaly(printed: Printed) -> tuple[str, str] | None:
    if printed.installations is None or printed.cessations is None:
        return None
    balance = printed.stock - printed.previous
    flows = printed.installations - printed.cessations
    if flows == balance:
        return None
    sums = (
        f"installations − cessations = {number(printed.installations)} − "
        f"{number(printed.cessations)} = {signed(flows)}, mais le solde est {signed(balance)}"
    )
    if flows == -balance:
        return SWAPPED, f"{sums} : libellés « installations » et « cessations » sans doute inversés"
    return FLOWS_DIFFER, f"{sums} : les flux n'expliquent pas le solde"


def _evolution_anomaly(printed: Printed) -> tuple[str, str] | None:
    if printed.evolution is None or printed.previous == 0:
        return None
    evolution = 100 * (printed.stock - printed.previous) / printed.previous
    # Printed to one decimal: half a unit of it, and a hair for binary numbers.
    if abs(evolution - printed.evolution) <= 0.05 + 1e-9:
        return None
    return EVOLUTION_DIFFERS, (
        f"l'évolution imprimée est {signed(printed.evolution, 1)} %, "
        f"mais le calcul donne {signed(evolution, 1)} %"
    )
