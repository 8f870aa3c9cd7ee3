import numpy as np
import pytest

from assemblier.diagnosis.by_scale import by_scale
from assemblier.diagnosis.densities import epci_densities, equipment_density, stock_density
from assemblier.diagnosis.local import (
    LABELS,
    equipment,
    equipment_of,
    equipped_population,
    published_apl,
    pyramid,
)
from assemblier.errors import UnavailableError
from assemblier.territory import parse, population


def test_every_kind_of_the_census_has_a_name_and_a_total() -> None:
    departement = parse("departement:43")
    totals = {kind: equipment(departement, kind).value for kind in LABELS}
    assert totals["medecin_generaliste"] == 238
    assert totals["infirmier"] == 536
    assert totals["masseur_kinesitherapeute"] == 262
    assert totals["chirurgien_dentiste"] == 115
    assert all(value is not None for value in totals.values())


def test_zero_inside_the_covered_departement_unknown_outside() -> None:
    inside, outside = equipment_of(["43001", "63113"], "pharmacie")
    assert inside == 0
    assert np.isnan(outside)


def test_most_of_a_union_must_be_covered_and_the_rest_is_said() -> None:
    mostly = equipment(parse("departement:43+commune:63113"), "pharmacie")
    assert mostly.value == 78
    assert mostly.note.startswith("Sans 1 commune que la source ne couvre pas")
    hardly = parse("commune:43157+commune:63113")
    assert not equipment(hardly, "pharmacie").is_known
    assert not equipped_population(hardly).is_known


def test_numerator_and_denominator_leave_the_same_communes_out() -> None:
    union = parse("departement:43+commune:48095")  # Mende, next door, is not covered
    density = equipment_density(union, "pharmacie")
    assert density.numerator is not None
    assert density.denominator is not None
    assert density.numerator.value == 78
    assert density.denominator.value == 228_654
    assert "Sans 1 commune" in density.numerator.note


def test_published_apl_keeps_the_order_of_the_perimeter() -> None:
    perimeter = parse("commune:43234+commune:43157")
    published = published_apl(perimeter)
    assert published.codes == ("43157", "43234")
    assert published.values.shape == (2, 3)
    part = published.part(["43234"])
    assert part.of(2024).tolist() == [published.of(2024)[1]]
    assert np.isnan(published.of(2015)).all()


def test_a_pyramid_has_no_holes() -> None:
    assert pyramid(parse("commune:43157")).total.is_known
    assert pyramid(parse("commune:43157+commune:63113")).bars == ()


def test_printed_stocks_exist_for_two_territories_only() -> None:
    assert stock_density("infirmier", parse("region:84")).is_known
    assert "FNPS" in stock_density("infirmier", parse("departement:63")).missing


def test_printed_densities_are_those_of_general_practitioners() -> None:
    found = epci_densities(parse("departement:43"), "infirmier")
    assert all(one.printed is None for one in found)


def test_a_scale_that_is_not_embedded_names_its_file() -> None:
    with pytest.raises(UnavailableError, match="Insee"):
        by_scale(parse("departement:43"), "bassin_de_vie", population)
