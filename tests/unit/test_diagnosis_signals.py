from pathlib import Path

import pytest

from assemblier.diagnosis.signals import SIGNALS, panel, read_signals
from assemblier.errors import DataError
from assemblier.figures import Nature

HEADER = "territoire;signal;date;valeur;source\n"


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "signaux.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_points_are_ordered_and_cited(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEADER
        + "departement:43;sans_medecin_traitant;2024;11,5;CPAM de Haute-Loire\n"
        + "departement:43;sans_medecin_traitant;2023;10.9;CPAM de Haute-Loire\n"
        + "departement:63;sans_medecin_traitant;2023;9;CPAM du Puy-de-Dôme\n",
    )
    series = {s.signal.key: s for s in panel("departement:43", read_signals(path)).series}
    found = series["sans_medecin_traitant"]
    assert [(point.vintage, point.value) for point in found.points] == [
        ("2023", 10.9),
        ("2024", 11.5),
    ]
    assert found.latest.nature is Nature.CITE
    assert found.latest.provenance.sources[0].producer == "CPAM de Haute-Loire"


def test_names_and_codes_of_a_territory_meet(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEADER
        + "departement:Haute-Loire;delai_rendez_vous;2023;12;Enquête\n"
        + "tvs:8432;delai_rendez_vous;2023;14;Enquête\n",
    )
    found = read_signals(path)
    assert panel("departement:43", found).series[0].latest.value == 12
    assert panel("tvs:8432", found).series[0].latest.value == 14


def test_windows_files_and_extra_columns_are_read(tmp_path: Path) -> None:
    header = "source;note;territoire;valeur;date;signal\n"
    text = header + "Enquête été;x;france;12;2023-06;delai_rendez_vous"
    (found,) = read_signals(write(tmp_path, text, "cp1252"))
    assert (found.source, found.value) == ("Enquête été", 12)


def test_every_problem_of_a_file_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEADER
        + ";delai_rendez_vous;2023;12;Enquête\n"
        + "france;attente;2023;12;Enquête\n"
        + "france;delai_rendez_vous;hier;douze;\n"
        + "france;delai_rendez_vous;2023;1;E\nfrance;delai_rendez_vous;2023;2;E\n",
    )
    with pytest.raises(DataError) as error:
        read_signals(path)
    places = [problem.where for problem in error.value.problems]
    assert len(places) == 6
    assert "ligne 4" in places[2]


def test_a_file_without_the_columns_says_which(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="ajouter : valeur, source"):
        read_signals(write(tmp_path, "territoire;signal;date\n"))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="lisible"):
        read_signals(tmp_path / "absent.csv")


def test_without_a_file_each_signal_names_the_one_that_would_bring_it() -> None:
    found = panel("departement:43")
    assert [series.latest.missing for series in found.series] == [s.missing for s in SIGNALS]
