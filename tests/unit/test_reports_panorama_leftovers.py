"""What a first reader of the panorama did not understand, and how it is said now."""

import datetime as dt
import re
from pathlib import Path

import pytest

from assemblier.cli.program import run
from assemblier.diagnosis.gauges import two_gauges
from assemblier.reports.document import Paragraph
from assemblier.reports.fiche import fiche
from assemblier.reports.panorama import panorama
from assemblier.reports.terminal import document_text
from assemblier.territory import parse

DAY = dt.date(2026, 11, 22)


def told(text: str) -> str:
    return re.sub(r"\s", " ", text)


def test_communes_as_near_to_the_minute_are_said_to_be_so():
    (reading,) = two_gauges(parse("43022"), DAY).communes
    assert reading.nearest == "Bournoncle-Saint-Pierre"
    assert reading.tied == ("Brioude",)
    said = told(document_text(fiche(parse("43022"), DAY)))
    assert "à égalité, à la minute près : Brioude" in said


def test_a_commune_with_a_practitioner_has_no_tie():
    (reading,) = two_gauges(parse("commune:43157"), DAY).communes
    assert reading.tied == ()


def test_a_commune_clearly_nearest_is_alone():
    readings = two_gauges(parse("departement:43"), DAY).communes
    tied = [reading for reading in readings if reading.tied]
    assert 0 < len(tied) < len(readings) / 4


def test_the_two_totals_of_inhabitants_are_explained():
    document = panorama(parse("departement:43"), DAY)
    texts = [told(block.text) for block in document.blocks() if isinstance(block, Paragraph)]
    (text,) = (text for text in texts if "228 658" in text)
    assert "228 654" in text
    assert "même recensement" in text and "arrondis" in text


def test_par_epci_asked_of_one_intercommunalite_is_refused_plainly(tmp_path: Path, capsys):
    folder = str(tmp_path / "par")
    assert run(["panorama", "Saugues", "--par", "epci", "-o", folder]) == 2
    said = told(capsys.readouterr().err)
    assert "n'a qu'une intercommunalité" in said
    assert "assemblier panorama epci:200073393" in said
    assert not (tmp_path / "par").exists()


def test_a_bare_name_is_accepted_by_the_panorama(tmp_path: Path):
    folder = tmp_path / "saugues"
    assert run(["panorama", "Saugues", "--formats", "csv", "-o", str(folder)]) == 0
    assert (folder / "csv").is_dir()


def test_the_signals_given_are_shown(tmp_path: Path):
    from assemblier.diagnosis.signals import read_signals

    path = tmp_path / "signaux.csv"
    path.write_text(
        "territoire;signal;date;valeur;source\n"
        "departement:43;delai_rendez_vous;2026-01;12;enquête (essai)\n",
        encoding="utf-8",
    )
    document = panorama(parse("departement:43"), DAY, read_signals(path))
    table = next(one for one in document.tables() if one.key == "signaux")
    assert table.rows[0][1].value == 12


@pytest.mark.parametrize("place", ["departement:48", "departement:63"])
def test_no_sentence_says_that_something_gathers_non_disponible(place: str):
    texts = [told(getattr(block, "text", "")) for block in panorama(parse(place), DAY).blocks()]
    assert not any("réunissent non disponible" in text for text in texts)
