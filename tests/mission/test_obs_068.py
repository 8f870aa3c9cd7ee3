"""OBS-068: the panorama holds every table of the presentation, with equal figures."""

import datetime as dt
import re

import pytest

from assemblier import territory
from assemblier.data.documents import cited_table, keys
from assemblier.figures import Figure
from assemblier.reports.document import Document
from assemblier.reports.panorama import panorama

ON = dt.date(2026, 11, 22)
DEPARTEMENT = "departement:43"


@pytest.fixture(scope="module")
def document() -> Document:
    return panorama(territory.parse(DEPARTEMENT), ON)


def plain(text: str) -> str:
    """Normalise point, comma and spaces, and drop the sign and the unit of a printed number."""
    return re.sub(r"[\s%€+]|hab\.", "", text).replace("−", "-").replace(",", ".")


def shown(document: Document) -> set[str]:
    """Return every figure and every cell, numbers as a source could print them."""
    found: set[str] = set()
    rows = [row for table in document.tables() for row in table.rows]
    for cell in (*document.figures(), *(cell for row in rows for cell in row)):
        value = cell.value if isinstance(cell, Figure) else cell
        if isinstance(value, str):
            found.add(plain(value))
        elif value is not None:
            found.update(f"{value:.{decimals}f}" for decimals in range(3))
    return found


def printed(key: str) -> list[str]:
    """Return the numbers of a printed table, or all its cells where it has no number."""
    every = [cell for row in cited_table(key).rows for cell in row[1:]]
    numbers = [cell for cell in every if re.search(r"\d", cell)]
    return [plain(cell) for cell in numbers or [row[0] for row in cited_table(key).rows]]


@pytest.mark.mission("OBS-068")
def test_the_three_parts_of_the_presentation_are_there(document: Document) -> None:
    assert [part.key for part in document.parts][:3] == ["etat-des-lieux", "dispositifs", "leviers"]
    assert all(part.sections for part in document.parts)


@pytest.mark.mission("OBS-068")
@pytest.mark.parametrize("key", keys("tables"))
def test_every_printed_table_is_in_the_panorama_with_equal_figures(
    key: str, document: Document
) -> None:
    here = shown(document)
    assert printed(key)
    assert [cell for cell in printed(key) if cell not in here] == []


@pytest.mark.mission("OBS-068")
def test_any_departement_and_any_epci_has_a_panorama() -> None:
    for expression in ("departement:48", "epci:200073419"):
        document = panorama(territory.parse(expression), ON)
        assert len(document.parts) == 4
        unknown = [figure for figure in document.figures() if not figure.is_known]
        assert all(figure.missing for figure in unknown)
