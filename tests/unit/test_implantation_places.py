"""Where to open: what is refused or left out, and what the first page tells of each place."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier import access, territory
from assemblier.cli.program import run
from assemblier.errors import DataError, InputError
from assemblier.french import number
from assemblier.reports.implantation import implantation_document
from assemblier.reports.implantation.values import of_name
from assemblier.reports.implantation.words import close, doubts, headline, neighbours_finding
from assemblier.reports.terminal import document_text
from assemblier.scenarios import outcome, read_scenario
from assemblier.scenarios.candidates import Candidate, State, communes, read_candidates
from assemblier.scenarios.siting import Request, Siting, Structure, sited
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
HAUTE_LOIRE = territory.parse("departement:43")
BASE = access.baseline(HAUTE_LOIRE, ON, ENGINE)
PAULHAGUET, BRIOUDE, SAUGUES, LANGEAC = "43148", "43040", "43234", "43112"
AUVERS, LAVAL = "43015", "43116"


def asked(**said: object) -> Siting:
    return sited(HAUTE_LOIRE, BASE, ENGINE, ON, Request(**{"structure": Structure.MSP, **said}))


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def first_page(found: Siting) -> str:
    document = implantation_document(found, ON)
    return plain("\n".join(one.text for one in document.summary if hasattr(one, "text")))


# --- an antenna


def test_an_antenna_without_its_centre_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match="--centre"):
        asked(structure=Structure.ANTENNE)
    assert run(["implantation", "epci:200073419", "--structure", "antenne"]) == 2
    assert "ajouter --centre COMMUNE" in capsys.readouterr().err


def test_an_antenna_says_how_far_its_centre_is() -> None:
    found = asked(structure=Structure.ANTENNE, centre=BRIOUDE, candidates=communes([PAULHAGUET]))
    minutes = ENGINE.times([BRIOUDE], [PAULHAGUET], 60.0).minutes.toarray()[0, 0]
    assert f"à {minutes:.1f} minutes de Brioude".replace(".", ",") in first_page(found)


def test_an_antenna_at_the_edge_of_the_law_is_told_first() -> None:
    edge = asked(structure=Structure.ANTENNE, centre=BRIOUDE, candidates=communes([LAVAL]))
    near = asked(structure=Structure.ANTENNE, centre=BRIOUDE, candidates=communes([PAULHAGUET]))
    assert doubts(edge)[0].startswith("Laval-sur-Doulon")
    assert "À mesurer sur la route" in doubts(edge)[0]
    assert "À mesurer sur la route" not in "".join(doubts(near))


# --- a place two sources disagree about


def test_a_contradicted_commune_is_a_place_only_where_it_is_asked_for() -> None:
    left = asked(candidates=communes(HAUTE_LOIRE.codes), count=5, is_listed=False)
    codes = {left.candidates[k].code_commune for k in left.choice.chosen}
    assert [left.candidates[k].code_commune for k in left.doubtful] == [SAUGUES]
    assert SAUGUES not in codes
    assert SAUGUES not in {left.candidates[new].code_commune for _, new, _ in left.alternatives}
    assert "Pas proposé comme lieu : Saugues" in plain("\n".join(doubts(left)))
    listed = asked(candidates=communes([SAUGUES]))
    assert [listed.candidates[k].code_commune for k in listed.choice.chosen] == [SAUGUES]
    assert "bien que son APL soit contredite" in plain("\n".join(doubts(listed)))


def test_only_a_contradicted_commune_is_refused_and_says_how_to_ask() -> None:
    saugues = territory.parse("commune:43234")
    with pytest.raises(InputError) as refused:
        sited(saugues, BASE, ENGINE, ON, Request(Structure.MSP))
    (problem,) = refused.value.problems
    assert "--lieux" in problem.action


# --- what the first page tells


def test_the_first_page_tells_who_lives_there_and_the_error_of_the_model() -> None:
    found = asked(candidates=communes(["43169"]))
    told = first_page(found)
    people, before, after = found.around(0)
    assert f"Saint-Austremoine ({people:.0f} habitants, APL de" in told
    assert f"{before:.2f}".replace(".", ",") in told
    assert f"{after:.2f}".replace(".", ",") in told
    gap = BASE.quality.held_out.gap_before
    assert f"s'en écarte de {gap:.2f}".replace(".", ",") in told
    assert "pas pour la réalité" in told


def test_the_inhabitants_under_the_target_are_those_of_the_panorama_less_the_contradicted() -> None:
    told = plain("\n".join(doubts(asked(candidates=communes([LANGEAC])))))
    assert "35 324 habitants sous 2,5, soit 36 976 d'après les scores publiés moins 1 652" in told


def test_who_comes_is_compared_to_who_is_there_or_leaves() -> None:
    found = asked(candidates=communes([LANGEAC]))
    told = plain("\n".join(doubts(found)))
    assert f"{plain(number(found.activity_today))} en moyenne" in told
    assert 0 < found.activity_today < BASE.method.per_place
    draft = read_scenario(None, (f"{PAULHAGUET}:medecin_generaliste:2",), "departement:43")
    after = outcome(draft.scenario, BASE, ON, ENGINE)
    found = sited(HAUTE_LOIRE, after, ENGINE, ON, Request(Structure.MSP, count=1))
    lost = -sum(one.acts for one in after.moves) / 2
    told = plain("\n".join(doubts(found)))
    assert f"chacun de ceux qui partent pour {plain(number(lost))}" in told


def test_what_is_decided_is_told_apart_from_what_is_chosen() -> None:
    places = (Candidate(LANGEAC, etat=State.DECIDE), Candidate(PAULHAGUET))
    found = asked(candidates=places)
    chosen = found.consultations(inside=True, places=found.choice.chosen)
    decided = found.consultations(inside=True, places=found.decided)
    assert chosen + decided == pytest.approx(found.consultations(inside=True))
    told = plain(neighbours_finding(found).text)
    apart = f"{number(chosen)} par ce choix, {number(decided)} par ce qui est déjà décidé"
    assert plain(apart) in told
    assert "par ce qui est déjà décidé" in plain(headline(found))


# --- French


def test_places_are_elided_and_contracted() -> None:
    twins = communes(["43012", "43025", "43157"])
    found = asked(candidates=(Candidate(AUVERS), Candidate(AUVERS, "La Poste"), *twins))
    assert [of_name(found, k) for k in (0, 1, 2, 4)] == [
        "d'Auvers", "de La Poste (Auvers)", "d'Aurec-sur-Loire", "du Puy-en-Velay",
    ]  # fmt: skip
    assert close(found)
    whole = document_text(implantation_document(found, ON))
    for wrong in ("au lieu de A", "habitants qui manquent", "Recrutées"):
        assert wrong not in whole


def test_no_neighbour_that_gains_is_no_count() -> None:
    found = asked(candidates=communes([PAULHAGUET]), capacity=1.0)
    assert "aucune commune voisine ne gagne" in neighbours_finding(found).text


# --- a file whose code and name disagree


@pytest.mark.parametrize(
    "content",
    [
        "commune;libelle\n43013;Aubazat\n",
        "commune;nom\n43013;Aubazat\n",
    ],
)
def test_a_code_and_the_name_of_another_commune_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "lieux.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(DataError) as refused:
        read_candidates(path)
    told = plain("\n".join(map(str, refused.value.problems)))
    assert "Aubazat" in told
    assert "Vissac-Auteyrac" in told


def test_a_code_and_its_own_name_however_written_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "lieux.csv"
    path.write_text(
        "commune;libelle;nom\n43013;vissac auteyrac;\n43157;Le Puy en Velay;Pôle du Puy\n", "utf-8"
    )
    assert [one.code_commune for one in read_candidates(path)] == ["43013", "43157"]
