"""From what people write to a perimeter, and what they are told when it is wrong."""

import subprocess
import sys

import pytest

from assemblier.errors import PerimeterError, UnavailableError
from assemblier.territory import parse


def problems_of(expression):
    with pytest.raises(PerimeterError) as caught:
        parse(expression)
    return caught.value.problems


def test_importing_territory_stays_light():
    code = (
        "import sys, assemblier.territory;"
        "print({'polars', 'numpy', 'shapely', 'scipy', 'rapidfuzz', 'yaml'} & set(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "set()"


def test_a_departement_by_code():
    perimeter = parse("departement:43")
    assert (perimeter.kind, perimeter.code, perimeter.nom) == ("departement", "43", "Haute-Loire")
    assert perimeter.key == "departement-43"
    assert len(perimeter.codes) == 257
    assert perimeter.charniere == "de la Haute-Loire"


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ("departement:haute-loire", "departement:43"),
        ("Département : HAUTE LOIRE", "departement:43"),
        ("département:la Haute-Loire", "departement:43"),
        ("departement:2a", "departement:2A"),
        ("region:auvergne rhone alpes", "region:84"),
        ("région:Réunion", "region:04"),
        ('commune:"Le Puy-en-Velay"', "commune:43157"),
        ("commune:« le puy en velay »", "commune:43157"),
        ("commune:puy en velay", "commune:43157"),
        ("commune:St-Étienne", "commune:42218"),
        ("commune:43146", "commune:43157"),
        ("commune:Paris", "commune:75056"),
        ("commune:L’Abergement-Clémenciat", "commune:01001"),
        ('epci:"Mézenc-Loire-Meygal"', "epci:200073401"),
        ("epci:communauté de communes mezenc loire meygal", "epci:200073401"),
        ("epci:CA du Puy-en-Velay", "epci:200073419"),
        ("epci:Le Puy-en-Velay", "epci:200073419"),
        ("canton:Brioude", "canton:4304"),
        ("arrondissement:Yssingeaux", "arrondissement:433"),
        ("FRANCE", "france"),
        ("departement:987", "departement:987"),
    ],
)
def test_what_people_write_names_one_place(written, expression):
    assert parse(written).expression == expression


def test_a_city_is_its_arrondissements():
    assert len(parse("commune:75056").codes) == 20
    assert parse("commune:75101").codes == ("75101",)


def test_a_union_holds_each_commune_once():
    union = parse("departement:43+commune:43157 + commune:Saint-Étienne")
    assert union.kind == "union"
    assert len(union.codes) == 258
    assert union.nom == "Haute-Loire, Le Puy-en-Velay et Saint-Étienne"
    assert union.charniere == "de la Haute-Loire, du Puy-en-Velay et de Saint-Étienne"


def test_a_repeated_term_is_no_union():
    assert parse("departement:43+departement:haute-loire") == parse("departement:43")


def test_a_plus_between_quotes_is_part_of_a_name():
    (problem,) = problems_of('commune:"a+b"')
    assert '"a+b"' in problem.where


def test_the_key_of_a_long_union_stays_a_short_file_name():
    long = parse("+".join(f"commune:{code}" for code in parse("departement:43").codes[:40]))
    assert len(long.key) < 60
    assert long.key != parse(long.expression + "+commune:43157").key


def test_an_ambiguous_name_lists_the_candidates_and_where_they_are():
    (problem,) = problems_of("commune:Saint-Denis")
    for candidate in ("commune:93066, Seine-Saint-Denis", "commune:97411, La Réunion"):
        assert candidate in problem.found
    assert "commune:" in problem.action


def test_the_article_decides_between_homonyms_when_it_can():
    (problem,) = problems_of("commune:Chapelle")
    assert "La Chapelle (commune:03056" in problem.found
    # « Le Puy » exists twice; « Puy » alone would match more names than those.
    (problem,) = problems_of("commune:La Chapelle")
    assert "Les Chapelles" not in problem.found


def test_a_typing_mistake_gets_the_nearest_names():
    (problem,) = problems_of("commune:Le Puy-en-Vellay")
    assert "Le Puy-en-Velay (commune:43157, Haute-Loire)" in problem.action
    (problem,) = problems_of("departement:Haute-Loir")
    assert "departement:43" in problem.action
    (problem,) = problems_of("epci:Puy")
    assert "epci:200073419" in problem.action


def test_a_former_commune_is_sent_to_the_commune_of_today():
    (problem,) = problems_of("commune:Bellegarde-sur-Valserine")
    assert "Valserhône (commune:01033" in problem.action


def test_a_lost_zero_is_recognised_not_repaired():
    (problem,) = problems_of("commune:1004")
    assert "01004" in problem.found


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("43", "departement:43"),
        ("43157", "commune:43157"),
        ("Saugues", "commune:43234"),
        ("Brioude", "commune:43040"),
        ('"Le Puy-en-Velay"', "commune:43157"),
        ("Haute-Loire", "departement:43"),
        ("Saugues + 43112", "commune:43234+commune:43112"),
    ],
)
def test_a_bare_term_is_accepted_where_one_territory_is_meant(written, expected):
    assert parse(written).expression == expected


@pytest.mark.parametrize(
    ("written", "candidates"),
    [
        ("84", ["region:84", "departement:84"]),
        ("Paris", ["departement:75", "commune:75056"]),
        ("Haute-Loir", ["departement:43"]),
    ],
)
def test_a_bare_term_gets_candidates_of_every_kind(written, candidates):
    (problem,) = problems_of(written)
    for candidate in candidates:
        assert candidate in problem.action


def test_an_unknown_kind_gets_the_nearest_kind():
    (problem,) = problems_of("departemen:43")
    assert "departement:43" in problem.action


@pytest.mark.parametrize("written", ["", "  ", "+", "departement:43+", 'departement:""', "epci:"])
def test_an_empty_term_is_a_problem(written):
    assert problems_of(written)


def test_every_problem_is_told_at_once():
    problems = problems_of("departement:999 + commune:Saint-Denis + vile:Brioude + epci:")
    assert [problem.where for problem in problems] == [
        "territoire « departement:999 »",
        "territoire « commune:Saint-Denis »",
        "territoire « vile:Brioude »",
        "territoire",
    ]
    for problem in problems:
        assert problem.found and problem.expected and problem.action


@pytest.mark.parametrize(
    ("written", "words"), [("tvs:43157", "territoires de vie-santé"), ("bassin:Brioude", "bassins")]
)
def test_a_composition_that_is_absent_is_said_not_replaced(written, words):
    with pytest.raises(UnavailableError) as caught:
        parse(f"departement:43+{written}")
    assert words in caught.value.file


def test_an_absent_composition_does_not_hide_a_mistake():
    assert problems_of("tvs:43157+commune:xx")


def test_a_canton_inside_one_commune_has_no_whole_commune():
    (problem,) = problems_of("canton:4201+canton:Saint-Étienne-1")[:1]
    assert "fraction" in problem.found or "inconnu" in problem.found
