"""Two figures the Assurance Maladie follows: assistants for 100 practitioners, people with C2S."""

from assemblier.data.documents import cited
from assemblier.diagnosis.presented import DEPARTEMENT, presented_stock_flow
from assemblier.figures import Figure, unavailable
from assemblier.territory import Perimeter, population

ASSISTANTS_FILE = "CPAM : assistants médicaux sous contrat, par territoire"
RIGHTS_FILE = "CPAM : bénéficiaires de la complémentaire santé solidaire (C2S), par territoire"


def assistants_per_100(perimeter: Perimeter) -> Figure:
    """Return the medical assistants for 100 self-employed general practitioners.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> round(assistants_per_100(parse("departement:43")).value, 1)
    6.2
    """
    label, unit = "assistants médicaux", "pour 100 généralistes"
    if perimeter.expression != f"departement:{DEPARTEMENT}":
        return unavailable(label, ASSISTANTS_FILE, unit)
    stock = presented_stock_flow("medecin_generaliste")[0].stock
    return _ratio(label, unit, cited("assistants_medicaux_43"), stock)


def rights_share(perimeter: Perimeter) -> Figure:
    """Return the share of inhabitants who have the C2S.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> rights_share(parse("departement:43")).numerator.value
    14647.0
    """
    label, unit = "part des habitants couverts par la C2S", "%"
    if perimeter.expression != f"departement:{DEPARTEMENT}":
        return unavailable(label, RIGHTS_FILE, unit)
    return _ratio(label, unit, cited("c2s_beneficiaires_43"), population(perimeter))


def _ratio(label: str, unit: str, count: Figure, whole: Figure) -> Figure:
    """Return a count for 100 of a whole, both with their dates."""
    return Figure(
        label,
        100 * count.known_value() / whole.known_value(),
        unit,
        vintage=" / ".join(dict.fromkeys(v for v in (count.vintage, whole.vintage) if v)),
        provenance=count.provenance | whole.provenance,
        decimals=1,
        numerator=count,
        denominator=whole,
    )
