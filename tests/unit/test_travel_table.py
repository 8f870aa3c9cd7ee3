"""An imported table of minutes."""

import datetime as dt

import pytest

from assemblier import access, territory
from assemblier.errors import DataError
from assemblier.travel import read_minutes


def write(folder, text: str):
    path = folder / "minutes.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_minutes_are_read_and_the_shortest_of_two_is_kept(tmp_path):
    engine = read_minutes(
        write(
            tmp_path,
            "code_depart;code_arrivee;minutes\n43001;43157;12,5\n43001;43157;30\n43146;43001;9\n",
        )
    )
    times = engine.times(["43001", "43157"], ["43157", "43001"], 20)
    assert times.minutes.toarray().tolist() == [[12.5, 0.0], [0.0, 9.0]]
    assert times.minutes.nnz == 4
    assert "minutes.csv" in times.method


def test_a_pair_that_is_absent_is_out_of_reach(tmp_path):
    engine = read_minutes(write(tmp_path, "code_depart,code_arrivee,minutes\n43001,43157,12\n"))
    assert engine.times(["43157"], ["43001"], 20).minutes.nnz == 0
    study = access.study(
        territory.parse("commune:43001"), "medecin_generaliste", dt.date(2024, 1, 1), engine
    )
    (part,) = access.explanation(study.found, "43001").contributions
    assert (part.code_commune, part.minutes) == ("43157", 12.0)


def test_missing_negative_and_unknown_are_told_at_once(tmp_path):
    path = write(
        tmp_path,
        "code_depart;code_arrivee;minutes\n43001;43157;\n43001;43157;-4\n99999;43157;8\n"
        "43001;43157;inf\n",
    )
    with pytest.raises(DataError) as refused:
        read_minutes(path)
    assert [problem.where.split(", ")[1] for problem in refused.value.problems] == [
        "ligne 2",
        "ligne 3",
        "ligne 4",
        "ligne 5",
    ]


def test_no_column_no_row_no_file(tmp_path):
    with pytest.raises(DataError, match="ajouter minutes"):
        read_minutes(write(tmp_path, "code_depart;code_arrivee\n"))
    with pytest.raises(DataError, match="aucun couple"):
        read_minutes(write(tmp_path, "code_depart;code_arrivee;minutes\n"))
    with pytest.raises(DataError, match="ce fichier n'existe pas"):
        read_minutes(tmp_path / "absent.csv")
