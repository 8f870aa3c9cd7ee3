"""Imported tables come before the embedded facts, each figure with its own source and vintage."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.diagnosis import (
    companions,
    context,
    establishments,
    illness,
    local,
    quarters,
    stored_flow,
    structures,
    zonings,
)
from assemblier.diagnosis.apl import mean_apl
from assemblier.diagnosis.basins import basin_of, basins
from assemblier.diagnosis.census import census, described
from assemblier.diagnosis.ecosystem import Status, ecosystem
from assemblier.diagnosis.equipment_evolution import equipment_evolution
from assemblier.diagnosis.gauges import two_gauges
from assemblier.figures import Nature
from assemblier.reports.panorama import panorama
from assemblier.territory import epci_of, parse
from tests.stores import put

LOZERE = parse("departement:48")
PUY = "43157"


@pytest.fixture
def depot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    return tmp_path


def apl_rows(codes: tuple[str, ...], year: int, weights: bool = True, **others: object):
    """APL 1 in the first commune, with 3 standardised inhabitants; 2 elsewhere, with 1."""
    return [
        {
            "code_commune": code,
            "profession": "medecin_generaliste",
            "millesime": year,
            "apl": 1.0 if rank == 0 else 2.0,
            "population_standardisee": (3.0 if rank == 0 else 1.0) if weights else None,
            **others,
        }
        for rank, code in enumerate(codes)
    ]


def test_an_imported_mean_is_weighted_by_standardised_inhabitants_and_says_so(depot: Path) -> None:
    source = put(depot, "apl_publiee", apl_rows(LOZERE.codes, 2024))
    found = mean_apl(local.published_apl(LOZERE), 2024)
    others = len(LOZERE.codes) - 1
    assert found.value == pytest.approx((3 * 1.0 + others * 2.0) / (3 + others))
    assert "population standardisée" in found.vintage
    assert "comme le fait la DREES" in found.provenance.method
    assert found.provenance.sources == (source,)


def test_without_standardised_inhabitants_the_mean_says_it_is_not_what_the_drees_does(
    depot: Path,
) -> None:
    put(depot, "apl_publiee", apl_rows(LOZERE.codes, 2024, weights=False))
    found = mean_apl(local.published_apl(LOZERE), 2024)
    assert "population municipale" in found.provenance.method
    assert "population standardisée" not in found.vintage


def test_one_missing_weight_and_no_mean_mixes_two_weights(depot: Path) -> None:
    rows = apl_rows(LOZERE.codes, 2024)
    rows[5]["population_standardisee"] = None
    put(depot, "apl_publiee", rows)
    assert "population municipale" in mean_apl(local.published_apl(LOZERE), 2024).provenance.method


def test_years_of_several_files_each_cite_their_own(depot: Path) -> None:
    haute_loire = parse("departement:43")
    old = put(depot, "apl_publiee", apl_rows(haute_loire.codes, 2018), "essai-2018", "2018")
    published = local.published_apl(haute_loire)
    assert published.millesimes == (2018, 2022, 2023, 2024)
    assert mean_apl(published, 2018).provenance.sources == (old,)
    assert old not in mean_apl(published, 2024).provenance.sources
    assert round(mean_apl(published, 2024).known_value(), 2) == 3.63


def test_a_year_that_covers_less_than_half_of_the_inhabitants_is_not_a_year(depot: Path) -> None:
    put(depot, "apl_publiee", apl_rows((LOZERE.codes[0],), 2024))
    assert not mean_apl(local.published_apl(LOZERE), 2024).is_known


@pytest.mark.parametrize("series", ["apl_65", "apl_62", "apl_60"])
def test_age_limits_are_read(depot: Path, series: str) -> None:
    put(depot, "apl_publiee", apl_rows(LOZERE.codes, 2024, **{series: 0.5}))
    assert mean_apl(local.published_apl(LOZERE, series), 2024).value == pytest.approx(0.5)


def test_other_professions_have_their_own_unit(depot: Path) -> None:
    put(depot, "apl_publiee", apl_rows(LOZERE.codes, 2024, profession="infirmier"))
    found = mean_apl(local.published_apl(LOZERE, profession="infirmier"), 2024)
    assert found.unit == "ETP pour 100 000 habitants"
    assert "infirmiers" in found.label
    assert not mean_apl(local.published_apl(LOZERE), 2024).is_known


def test_a_companion_is_computed_when_its_communes_are_imported_else_cited(depot: Path) -> None:
    cited = companions.mean_apl_of(LOZERE, 2024)
    assert cited.nature is Nature.CITE
    put(depot, "apl_publiee", apl_rows(LOZERE.codes, 2024))
    assert companions.mean_apl_of(LOZERE, 2024).nature is Nature.CALCULE


def census_rows(codes: tuple[str, ...], year: int = 2024, kind: str = "D265"):
    return [
        {"code_commune": code, "millesime": year, "type_equipement": kind, "effectif": 2}
        for code in codes
    ]


def one_in_each_epci(expression: str) -> tuple[str, ...]:
    inside = frozenset(parse(expression).codes)
    return tuple(
        next(code for code in epci.codes if code in inside) for epci in epci_of(parse(expression))
    )


def test_a_census_that_lists_each_epci_implies_zeros_elsewhere_it_does_not(depot: Path) -> None:
    listed = one_in_each_epci("departement:48")
    put(depot, "equipements", census_rows(listed))
    found = census(LOZERE.codes, "medecin_generaliste")
    assert found.of(LOZERE.codes).sum() == 2 * len(listed)
    assert "n'en a aucun" in found.provenance.method
    assert "48" in described(frozenset(listed))
    assert "48" not in described(frozenset(listed[:1]))


def test_a_partial_census_implies_nothing(depot: Path) -> None:
    put(depot, "equipements", census_rows(("48095",)))
    assert not local.equipment(LOZERE, "medecin_generaliste").is_known
    mende = local.equipment(parse("commune:48095"), "medecin_generaliste")
    assert (mende.value, mende.vintage) == (2.0, "BPE 2024")


def test_an_older_census_never_replaces_the_embedded_one_but_tells_the_evolution(
    depot: Path,
) -> None:
    haute_loire = parse("departement:43")
    put(depot, "equipements", census_rows(haute_loire.codes, 2018, "D201"), vintage="2018")
    assert local.equipment(haute_loire, "medecin_generaliste").vintage == "BPE 2025"
    changes = equipment_evolution(haute_loire, "medecin_generaliste")
    assert all(change.before.vintage == "BPE 2018" for change in changes)
    assert all(change.change.is_known for change in changes)


def test_a_newer_register_is_used_for_what_is_self_employed(depot: Path) -> None:
    rows = [
        {
            "code_commune": code,
            "profession": "infirmier",
            "mode_exercice": mode,
            "effectif": 3,
        }
        for code in LOZERE.codes
        for mode in ("liberal", "salarie")
    ]
    put(depot, "exercices", rows, vintage="2026")
    found = local.equipment(LOZERE, "infirmier")
    assert found.value == 3 * len(LOZERE.codes)
    assert "2026" in found.vintage


def test_the_gauges_follow_the_census_of_the_territory(depot: Path) -> None:
    put(depot, "equipements", census_rows(LOZERE.codes))
    found = two_gauges(LOZERE, dt.date(2026, 11, 22))
    assert found.spatial.figure.value == 0
    assert found.spatial.figure.vintage.startswith("BPE 2024")
    assert found.temporal.figure.is_known


def test_ages_are_read_when_every_commune_is_there_and_never_with_a_hole(depot: Path) -> None:
    def rows(codes: tuple[str, ...]):
        return [
            {
                "code_commune": code,
                "millesime": 2022,
                "sexe": sex,
                "age_debut": start,
                "age_fin": end,
                "population": 1.0,
            }
            for code in codes
            for sex in ("F", "H")
            for start, end in ((0, 64), (65, None))
        ]

    put(depot, "population_age", rows(LOZERE.codes), vintage="2022")
    found = local.pyramid(LOZERE)
    assert [bar.ages.label for bar in found.bars] == ["0-64 ans", "65 ans ou plus"]
    assert found.total.value == 4 * len(LOZERE.codes)
    assert found.total.vintage == "RP 2022"
    put(depot, "population_age", rows(LOZERE.codes[1:]), vintage="2022")
    assert local.pyramid(LOZERE).bars == ()


def test_a_bassin_is_in_deficit_under_the_threshold_and_thin_with_one_practitioner(
    depot: Path,
) -> None:
    first, *others = LOZERE.codes
    rows = [
        {"code_commune": code, "millesime": 2022, "bassin_de_vie": first if code == first else "B"}
        for code in LOZERE.codes
    ]
    put(depot, "appartenance", rows, "appartenance", "2022")
    scores = apl_rows(LOZERE.codes, 2024)
    for row in scores[1:]:
        row["apl"] = 3.0
    put(depot, "apl_publiee", scores, "apl", "2024")
    counts = census_rows(LOZERE.codes)
    counts[0]["effectif"] = 1
    put(depot, "equipements", counts, "bpe", "2024")
    found = basins(LOZERE)
    assert [basin.perimeter.code for basin in found.basins] == [first, "B"]
    assert [basin.perimeter.code for basin in found.deficits] == [first]
    assert [basin.perimeter.code for basin in found.thin] == [first]
    assert basin_of(others[0]).code == "B"


def test_zones_count_every_commune_once_and_tell_the_shared_and_the_unknown(depot: Path) -> None:
    def row(code: str, zone: str | None, status: str = "connu"):
        return {
            "code_commune": code,
            "profession": "medecin_generaliste",
            "zone": zone,
            "zone_source": zone or "N/A",
            "statut": status,
        }

    first, second, third, *_ = LOZERE.codes
    rows = [row(first, "ZIP"), row(second, "ZIP"), row(second, "ZAC")]
    put(depot, "zonage", [*rows, row(third, None, "non disponible")], vintage="2025")
    (found,) = zonings.zonings(LOZERE)
    assert sum(one.known_value() for one in found.communes.values()) == len(LOZERE.codes)
    assert found.zone_of[second] == zonings.SHARED
    assert found.zone_of[third] == zonings.UNKNOWN
    assert found.communes["zone d'intervention prioritaire (ZIP)"].value == 1


def test_the_median_of_one_commune_is_cited_that_of_several_is_computed(depot: Path) -> None:
    label = "Médiane du niveau de vie (euros)"
    values = dict.fromkeys(LOZERE.codes, 20_000.0) | {"48095": 25_000.0}
    rows = [
        {
            "code_commune": code,
            "millesime": 2019,
            "indicateur": label,
            "valeur": value,
            "statut": "connu",
        }
        for code, value in values.items()
    ]
    put(depot, "filosofi", rows, vintage="2019")
    mende = context.living_standard(parse("commune:48095"))
    assert (mende.value, mende.nature) == (25_000.0, Nature.CITE)
    whole = context.living_standard(LOZERE)
    assert (whole.value, whole.nature) == (20_000.0, Nature.CALCULE)
    assert "ce n'est pas" in whole.provenance.method


def test_a_secret_is_never_zero(depot: Path) -> None:
    row = {
        "niveau": "epci",
        "code": "200073419",
        "millesime": 2021,
        "ald": "toutes",
        "sexe": "ensemble",
        "age": "tous",
        "taux": None,
        "unite": "% de la population",
        "statut": "secret",
    }
    put(depot, "ald", [row], vintage="2021")
    (line,) = illness.long_term_within(parse("departement:43"))
    assert line.figure.value is None
    assert line.figure.note == "secret statistique"


def test_quarters_of_several_communes_are_found_by_name_in_their_departement(depot: Path) -> None:
    def row(code: str, communes: str, commune: str | None, people: float | None):
        return {
            "code_qpv": code,
            "nom": code,
            "communes": communes,
            "code_commune": commune,
            "millesime": 2022,
            "indicateur": quarters.POPULATION,
            "valeur": people,
            "statut": "connu" if people else "secret",
        }

    rows = [
        row("QP043001", "Le Puy-en-Velay", PUY, 1000.0),
        row("QP043002", "Le Puy-en-Velay, Espaly-Saint-Marcel", None, None),
        row("QP003001", "Vichy, Cusset", None, 500.0),
    ]
    put(depot, "qpv", rows, vintage="2022")
    found = quarters.quarters(parse("departement:43"))
    assert found is not None
    assert [one.code for one in found.quarters] == ["QP043001", "QP043002"]
    assert found.inhabitants.value == 1000
    assert found.national.value == 1500
    none = quarters.quarters(LOZERE)
    assert none is not None
    assert none.quarters == ()


def test_without_a_file_of_quarters_nothing_is_said(depot: Path) -> None:
    assert quarters.quarters(LOZERE) is None


def test_establishments_count_once_and_a_partial_register_is_not_none(depot: Path) -> None:
    def rows(codes: tuple[str, ...], category: str):
        return [
            {
                "finess": f"{code}{rank:04d}",
                "nom": "Établissement d'essai",
                "categorie": category,
                "code_commune": code,
            }
            for rank, code in enumerate(codes)
        ]

    put(depot, "etablissements", rows(("48095",), "603"), "partiel", "2025")
    assert not establishments.is_known(LOZERE.codes)
    assert not structures.inventory(LOZERE).msp.is_known
    listed = one_in_each_epci("departement:48")
    put(depot, "etablissements", rows(listed, "603"), "entier", "2026")
    put(depot, "etablissements", rows(listed, "603"), "doublon", "2026")
    numbers = {"480950000", *(f"{code}{rank:04d}" for rank, code in enumerate(listed))}
    assert structures.inventory(LOZERE).msp.value == len(numbers)
    assert structures.inventory(LOZERE).centres_total.value == 0


def test_flows_are_checked_and_ages_under_five_are_hidden(depot: Path) -> None:
    flow = {
        "niveau": "departement",
        "code": "48",
        "profession": "infirmier",
        "periode": "2023",
        "effectif_debut": 100,
        "entrees": 5,
        "sorties": 12,
        "effectif_fin": 107,
    }
    put(depot, "flux", [flow])
    (table,) = stored_flow.flows(LOZERE)
    assert table.balance.value == 7
    assert table.anomalies  # arrivals and departures are exchanged
    ages = [
        {
            "niveau": "departement",
            "code": "48",
            "profession": "medecin_generaliste",
            "millesime": 2024,
            "age_debut": start,
            "age_fin": start + 4,
            "effectif": count,
            "statut": "connu",
        }
        for start, count in ((55, 12), (60, 1), (65, 0))
    ]
    put(depot, "ages_medecins", ages)
    (found,) = stored_flow.practitioner_ages(LOZERE)
    assert [band.count.value for band in found.bands] == [12.0, None, 0.0]


def test_nothing_imported_nothing_new_in_the_panorama(depot: Path) -> None:
    titles = {
        section.key: section.title
        for part in panorama(parse("epci:200073419"), dt.date(2026, 11, 22)).parts
        for section in part.sections
    }
    new = {"apl-professions", "bassins-de-vie", "zones", "contexte", "etablissements"}
    assert not titles.keys() & new
    for lacking in ("qpv", "departs"):
        assert "non disponible" in titles[lacking]


def test_establishments_around_are_told_by_category_and_commune(depot: Path) -> None:
    rows = [
        {
            "finess": f"48000000{rank}",
            "nom": f"Hôpital d'essai {rank}",
            "categorie": "355",
            "libelle_categorie": "Centre hospitalier",
            "code_commune": "48095",
        }
        for rank in range(3)
    ]
    source = put(depot, "etablissements", rows, "finess-essai", "2026")
    found = ecosystem(parse("commune:48095"))
    hospitals = next(one for one in found.families if one.family.key == "etablissements_de_sante")
    assert hospitals.status is Status.LISTED
    (item,) = hospitals.items
    assert (item.label, item.count.value) == ("Centre hospitalier (3)", 3.0)
    assert item.count.provenance.sources == (source,)
    social = next(one for one in found.families if one.family.key == "action_sociale")
    assert social.status is Status.UNAVAILABLE  # one hospital does not describe a département
