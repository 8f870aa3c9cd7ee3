"""The supply, the needs and the published scores of what was imported."""

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from assemblier import access, territory
from assemblier.access.stored_supply import RPPS
from assemblier.access.weights import sheet_method
from assemblier.cli.program import run
from assemblier.errors import DataError, InputError
from assemblier.figures import Source
from assemblier.sources.offer_workbook import Territory, offer_workbook
from assemblier.sources.supply import KnownSupply
from assemblier.territory import index
from assemblier.travel import chain_engine
from tests.stores import put

ON = dt.date(2024, 1, 1)
GP = "medecin_generaliste"
LE_PUY, MENDE = "43157", "48095"
LOZERE = "departement:48"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own, empty."""
    folder = tmp_path / "magasin"
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(folder))
    return folder


def practice(code: str, **more: object) -> dict[str, object]:
    usual = {
        "code_commune": code, "profession": GP, "mode_exercice": "liberal",
        "secteur": "Cabinet individuel", "effectif": 1, "part_activite": 1.0,
    }  # fmt: skip
    return {**usual, **more}


def everywhere(departement: str) -> list[dict[str, object]]:
    """A pharmacist in each commune: the register describes the whole département."""
    codes = territory.parse(f"departement:{departement}").codes
    return [practice(code, profession="pharmacien", mode_exercice="salarie") for code in codes]


def put_register(store: Path, rows: list[dict[str, object]], key: str = RPPS) -> None:
    put(store, "exercices", [*everywhere("48"), *rows], key, "2026-01-15")


def the_method(profession: str = GP) -> access.Method:
    return access.method(profession, ON)


def test_a_person_of_two_places_counts_once(store):
    put_register(store, [practice(MENDE, part_activite=0.5), practice("48092", part_activite=0.5)])
    supply = access.register_supply(RPPS, the_method())
    assert supply is not None
    assert supply.table["effectif"].sum() == 1.0
    assert supply.total == the_method().per_place


def test_salaried_and_hospitals_do_not_count_but_health_centres_do(store):
    put_register(
        store,
        [
            practice(MENDE, effectif=2, part_activite=2.0),
            practice(MENDE, site="480000017", secteur="Etablissement public de santé",
                     mode_exercice="salarie", effectif=30, part_activite=30.0),
            practice(MENDE, secteur="Etablissement public de santé", effectif=4, part_activite=4.0),
            practice(MENDE, mode_exercice="salarie", secteur="Autre", effectif=5,
                     part_activite=5.0),
            practice(MENDE, site="480000025", secteur="Centre de santé", mode_exercice="salarie",
                     effectif=3, part_activite=3.0),
        ],
    )  # fmt: skip
    supply = access.register_supply(RPPS, the_method())
    assert supply is not None
    by_nature = dict(supply.table.select("nature", "effectif").iter_rows())
    assert by_nature == {"cabinet": 2.0, "centre de santé": 3.0}


def test_a_register_of_before_the_parts_counts_places_and_says_so(store):
    put_register(store, [practice(MENDE, effectif=2, part_activite=None)])
    supply = access.register_supply(RPPS, the_method())
    assert supply is not None
    assert supply.table["effectif"].sum() == 2.0
    assert "plusieurs fois" in supply.notes[0]


def test_bands_of_ages_make_an_age_limit(store):
    put_register(
        store,
        [
            practice(MENDE, tranche_age="60-64 ans", effectif=5, part_activite=5.0),
            practice(MENDE, tranche_age="70 ans et plus", effectif=4, part_activite=4.0),
            practice(MENDE, tranche_age="35-39 ans"),
        ],
    )
    counts = {
        limit: supply.table["effectif"].sum()
        for limit in (65, 62, 60)
        if (supply := access.register_supply(RPPS, the_method(), limit))
    }
    assert counts == pytest.approx({65: 6.0, 62: 4.0, 60: 2.0})


def put_census(store: Path, year: int, *departements: str) -> None:
    codes = [code for one in departements for code in territory.parse(f"departement:{one}").codes]
    kind = "D265" if year > 2023 else "D201"
    rows = [
        {"code_commune": code, "millesime": year, "type_equipement": kind, "effectif": 1}
        for code in codes
    ]
    put(store, "equipements", rows, "insee-bpe", str(year))


@pytest.mark.parametrize(
    ("year", "key", "said"),
    [(2020, "insee-bpe-2025", "--offre bpe"), (2025, "insee-bpe", ""), (2026, "insee-bpe", "")],
)
def test_of_two_equipment_censuses_the_newer_answers_and_says_it(store, year, key, said):
    put_census(store, year, "43")
    supply = access.chosen_supply(the_method(), [LE_PUY])
    assert supply.provenance.sources[0].key == key
    assert ("plus ancienne" in " ".join(supply.notes)) == bool(said)
    assert said in supply.provenance.method
    asked = access.chosen_supply(the_method(), [LE_PUY], "bpe")
    assert asked.provenance.sources[0].vintage == str(year)


def test_an_older_census_serves_where_the_newer_one_does_not_reach_and_says_it(store):
    put_census(store, 2020, "43", "48")
    supply = access.chosen_supply(the_method(), [LE_PUY, MENDE])
    assert supply.provenance.sources[0].key == "insee-bpe"
    assert "plus récente" in supply.notes[-1]
    assert "--offre embarquee" in supply.notes[-1]
    # Nothing newer describes Lozère: there is nothing to say.
    alone = access.chosen_supply(the_method(), [MENDE])
    assert not any("livrée" in note for note in alone.notes)


def test_an_age_limit_needs_ages(store):
    put_register(store, [practice(MENDE)])
    with pytest.raises(InputError, match="aucun âge"):
        access.chosen_supply(the_method(), [MENDE], "rpps", 65)


def test_everybody_over_the_limit_is_refused(store):
    put_register(store, [practice(MENDE, tranche_age="70-74 ans")])
    with pytest.raises(InputError, match="65 ans"):
        access.chosen_supply(the_method(), [MENDE], "rpps", 65)


def test_the_default_is_the_first_that_describes_the_whole_territory(store):
    codes = territory.parse(LOZERE).codes
    with pytest.raises(InputError, match="aucune source connue"):
        access.chosen_supply(the_method(), codes)
    put(
        store, "equipements",
        [{"code_commune": code, "millesime": 2025, "type_equipement": "D265", "effectif": 1}
         for code in codes], "insee-bpe", "2025",
    )  # fmt: skip
    assert access.chosen_supply(the_method(), codes).provenance.sources[0].key == "insee-bpe"
    put_register(store, [practice(MENDE)])
    assert access.chosen_supply(the_method(), codes).provenance.sources[0].key == RPPS
    named = access.chosen_supply(the_method(), codes, "bpe")
    assert named.total == len(codes) * the_method().per_place
    # The register only describes Lozère: Haute-Loire is still known by what is delivered.
    assert access.chosen_supply(the_method(), [LE_PUY]).provenance.sources[0].producer == "Insee"


def test_an_equipment_census_without_doctors_is_not_a_supply(store):
    rows = [{"code_commune": MENDE, "millesime": 2025, "type_equipement": "D108", "effectif": 1}]
    put(store, "equipements", rows, "insee-bpe", "2025")
    with pytest.raises(InputError, match="rien d'importé"):
        access.chosen_supply(the_method(), [MENDE], "bpe")


def test_the_directory_lists_health_centres_apart(store):
    put_register(store, [practice(MENDE)], "ameli-ps")
    centre = {
        "finess": "480000025", "nom": "Centre de santé de Mende", "categorie": "124",
        "libelle_categorie": "Centre de Santé", "code_commune": MENDE,
    }  # fmt: skip
    put(store, "etablissements", [centre], "ameli-cds", "2026-01-15")
    offered = {"finess": "480000025", "activite": "specialite_ameli_01", "libelle": "Médecin"}
    put(store, "autorisations", [offered], "ameli-cds", "2026-01-15")
    doctors = access.chosen_supply(the_method(), [MENDE], "ameli")
    assert sorted(doctors.table["nature"]) == ["cabinet", "centre de santé"]
    assert {one.key for one in doctors.provenance.sources} == {"ameli-ps", "ameli-cds"}
    # It offers no nurse, whatever its category.
    assert access.centres_supply(the_method("infirmier")) is None


def test_finess_alone_gives_health_centres_and_says_so(store):
    rows = [
        {"finess": f"48000002{n}", "nom": name, "categorie": "124", "libelle_categorie": None,
         "code_commune": MENDE}
        for n, name in enumerate(("Centre de santé", "Centre de santé dentaire", "CSI infirmier"))
    ]  # fmt: skip
    put(store, "etablissements", rows, "finess-etablissements", "2026-03-01")
    for profession in (GP, "chirurgien_dentiste", "infirmier"):
        supply = access.chosen_supply(the_method(profession), [MENDE], "finess")
        assert supply.table.height == 1
        assert "centres de santé seuls" in supply.notes[0]
    with pytest.raises(InputError, match="rien d'importé"):
        access.chosen_supply(the_method("sage_femme"), [MENDE], "finess")


def test_officers_corrections_take_the_place_of_the_official_count(store):
    put_register(store, [practice(MENDE, effectif=9, part_activite=9.0), practice("48092")])
    rows = [{"code_commune": MENDE, "profession": GP, "effectif": 2}]
    put(store, "offre_locale", rows, "offre-locale-departement:48", "2026-02-01")
    supply = access.chosen_supply(the_method(), [MENDE], "locale")
    counts = dict(supply.table.select("code_commune", "effectif").iter_rows())
    assert counts == {MENDE: 2.0, "48092": 1.0}


def test_the_workbook_of_officers_is_a_supply_as_it_is(store, tmp_path):
    put_register(store, [practice(MENDE, effectif=9, part_activite=9.0), practice("48092")])
    counts = pl.DataFrame({"code_commune": [MENDE], "profession": [GP], "effectif": [4]})
    known = KnownSupply(counts, Source("essai", "producteur d'essai", "fichier d'essai", "2025"))
    lozere = Territory("departement:48", "Lozère", ((MENDE, "Mende"),))
    path = tmp_path / "offre-reelle.xlsx"
    path.write_bytes(offer_workbook(lozere, known, (GP,), ON))
    supply = access.chosen_supply(the_method(), [MENDE], str(path))
    found = dict(supply.table.select("code_commune", "effectif").iter_rows())
    assert found == {MENDE: 4.0, "48092": 1.0}
    assert supply.provenance.sources[0].producer == "agents du territoire"


@pytest.mark.parametrize("profession", access.PROFESSIONS)
def test_every_profession_of_any_departement_computes(store, profession):
    codes = territory.parse(LOZERE).codes
    put_register(store, [practice(code, profession=profession) for code in codes])
    study = access.study(territory.parse(LOZERE), profession, ON, chain_engine(ON))
    assert (study.found.score > 0).all()
    assert study.provenance.sources[0].key == RPPS


def test_files_imported_by_the_command_feed_the_computation(store, capsys):
    fixtures = Path(__file__).parent.parent / "fixtures" / "sources"
    assert run(["sources", "importer", str(fixtures / "essai_ameli_ps.csv")]) == 0
    assert "ameli" in capsys.readouterr().out.lower()
    supply = access.directory_supply(the_method())
    assert supply is not None
    assert supply.total > 0
    assert supply.table["effectif"].sum() <= 3.0


# --- needs ----------------------------------------------------------------------------------------

AGES = tuple(range(0, 100, 5))
TRUE = np.interp(AGES, [0, 5, 20, 50, 95], [1.25, 0.55, 0.75, 1.1, 1.9])


def put_ages(store: Path, year: int, codes: tuple[str, ...]) -> np.ndarray:
    rng = np.random.default_rng(11)
    people = rng.integers(1, 400, (len(codes), len(AGES))).astype(float)
    rows = [
        {"code_commune": code, "millesime": year, "sexe": sexe, "age_debut": age,
         "age_fin": None if age == AGES[-1] else age + 4, "population": float(count) / 2}
        for code, counts in zip(codes, people, strict=True)
        for age, count in zip(AGES, counts, strict=True)
        for sexe in ("F", "H")
    ]  # fmt: skip
    put(store, "population_age", rows, "insee-rp", str(year))
    return people


def put_workbook(
    store: Path, year: int, codes: tuple[str, ...], standardised: np.ndarray, profession: str = GP
) -> None:
    rows = [
        {"code_commune": code, "profession": profession, "millesime": year, "apl": 3.0,
         "apl_65": 2.5, "population_standardisee": float(people)}
        for code, people in zip(codes, standardised, strict=True)
    ]  # fmt: skip
    put(store, "apl_publiee", rows, f"drees-apl-{profession}", str(year))


def test_known_weights_come_back_from_a_made_workbook(store):
    codes = territory.parse(LOZERE).codes
    people = put_ages(store, 2022, codes)
    put_workbook(store, 2024, codes, people @ TRUE)
    found = access.recovery(the_method())
    assert found.weights == pytest.approx(tuple(TRUE), abs=1e-6)
    assert (found.year, found.people_year, found.communes) == (2024, 2022, len(codes))
    method, demand = access.needs(the_method(), "retrouvee")
    assert demand.standardised[index().positions(codes)] == pytest.approx(people @ TRUE)
    assert not any(one.path.endswith("demande.poids") for one in method.unconfirmed)


def test_women_only_make_the_needs_of_midwives(store):
    codes = territory.parse(LOZERE).codes
    people = put_ages(store, 2022, codes)
    put_workbook(store, 2024, codes, people / 2 @ TRUE, "sage_femme")
    found = access.recovery(the_method("sage_femme"))
    assert found.weights == pytest.approx(tuple(TRUE), abs=1e-6)


@pytest.mark.parametrize("year", [2021, 2023])
def test_another_vintage_is_refused(store, year):
    codes = territory.parse(LOZERE).codes
    people = put_ages(store, year, codes)
    put_workbook(store, 2024, codes, people @ TRUE)
    with pytest.raises(DataError, match="emploie celle de 2022"):
        access.recovery(the_method())


def test_two_files_that_do_not_describe_the_same_people_are_refused(store):
    codes = territory.parse(LOZERE).codes
    people = put_ages(store, 2022, codes)
    put_workbook(store, 2024, codes, (people @ TRUE)[::-1])
    with pytest.raises(DataError, match="écart"):
        access.recovery(the_method())


def test_without_a_workbook_the_command_says_what_is_missing(store, capsys):
    assert run(["apl", "commune:43157", "--demande", "retrouvee"]) == 2
    assert "classeur de l'APL" in capsys.readouterr().err
    assert run(["apl", "commune:43157", "--demande", "publiee"]) == 2


def test_the_published_standardised_population_is_used_where_it_is_known(store):
    codes = territory.parse(LOZERE).codes
    put_workbook(store, 2024, codes, np.full(len(codes), 123.0))
    _, demand = access.needs(the_method())
    assert (demand.standardised[index().positions(codes)] == 123.0).all()
    assert "publiée par la DREES" in demand.provenance.method
    _, plain = access.needs(the_method(), "brute")
    assert plain.standardised[index().positions([MENDE])][0] > 10_000


def test_the_weights_of_a_sheet_are_used_only_when_whole(store):
    def lines(*pairs):
        return [{"profession": GP, "ligne": n, "cle": key, "valeur": value}
                for n, (key, value) in enumerate(pairs, 1)]  # fmt: skip

    whole = (("Âge", "Pondération"), ("0-14 ans", "1,2"), ("15-74 ans", "0,9"),
             ("75 ans et plus", "1,8"), ("Durée maximale (minutes)", "20"))  # fmt: skip
    put(store, "parametres", lines(*whole), "drees-apl-medecin_generaliste", "2023")
    read = sheet_method(the_method())
    assert read is not None
    assert read.ages == (0.0, 15.0, 75.0)
    assert read.weights == pytest.approx([1.2, 0.9, 1.8])
    broken = [pair for pair in whole if pair[0] != "15-74 ans"]
    put(store, "parametres", lines(*broken), "drees-apl-medecin_generaliste", "2023")
    assert sheet_method(the_method()) is None


def test_the_published_scores_of_the_age_limit_stand_beside(store):
    codes = territory.parse(LOZERE).codes
    put_workbook(store, 2024, codes, np.full(len(codes), 100.0))
    put_register(store, [practice(MENDE, tranche_age="40-44 ans")])
    study = access.study(
        territory.parse(LOZERE), GP, ON, chain_engine(ON), age_limit=65, demand="brute"
    )
    assert study.published == pytest.approx(np.full(len(codes), 2.5))
    assert study.year == 2024
    assert np.isnan(
        access.study(territory.parse(LOZERE), GP, ON, chain_engine(ON), age_limit=55).published
    ).all()


def test_an_imported_year_is_found_whatever_the_order(store):
    codes = territory.parse(LOZERE).codes
    for year in (2023, 2024):
        put_workbook(store, year, codes, np.full(len(codes), float(year)))
    assert access.published(GP).year == 2024
    assert access.published(GP, 2023).scores[MENDE] == 3.0
    assert access.published(GP, 2019).year == 0
    _, demand = access.needs(the_method(), year=2023)
    assert demand.standardised[index().positions([MENDE])][0] == 2023.0


def test_a_year_delivered_elsewhere_does_not_hide_the_year_of_these_communes(store):
    rows = [
        {"code_commune": "48095", "millesime": 2018, "profession": GP, "apl": 4.26, "population": 1}
    ]
    put(store, "apl_publiee", rows, "essai-apl-2018", "2018")
    assert access.published(GP).year > 2018
    found = access.published(GP, codes=("48095",))
    assert (found.year, dict(found.scores)) == (2018, {"48095": 4.26})
    assert access.published(GP, codes=("43157",)).year > 2018
    assert access.published(GP, codes=("2A004",)).year == access.published(GP).year
