"""Made files of a whole country: an APL workbook, a composition and quarters, all invented.

The layouts are those of the producers, the communes are real, every value is « fabriqué pour
l'essai ». Nothing of it is delivered.
"""

from hashlib import sha256
from pathlib import Path

from assemblier.data import communes
from assemblier.territory import index
from tests.fixtures.sources.fabriquer import Cell, drees_sheet, mg_labels, text, workbook

QUARTER_IN_ONE, QUARTER_IN_TWO = "QP045901", "QP045902"


def _part(code: str) -> float:
    """A number from 0 to 1 that only depends on a code."""
    return int(sha256(code.encode()).hexdigest()[:8], 16) / 16**8


def unit_of() -> dict[str, str]:
    """A made territory for every commune: its intercommunalité, else the commune alone."""
    rows = index()
    return {
        code: epci or code for code, epci in zip(rows.codes, rows.siren_epci.tolist(), strict=True)
    }


def apl_workbook(series: int = 2024) -> bytes:
    """The workbook of the DREES for every commune, its four series, invented."""
    rows_of, units = index(), unit_of()
    people = dict(zip(rows_of.codes, rows_of.population.tolist(), strict=True))
    rows: list[list[Cell]] = []
    for code, name in communes().select("code_commune", "nom").iter_rows():
        if code not in units or code.startswith("976"):
            continue
        apl = round(1.2 + 4.5 * _part(units[code]) + 0.8 * _part(code), 3)
        younger = [round(apl * share, 3) for share in (1.0, 0.88, 0.78, 0.72)]
        count = people[code] if people[code] == people[code] else 0
        rows.append([code, name, *younger, count, count])
    return workbook(
        ("Paramètres", [["Fabriqué pour l'essai"]]),
        (f"APL {series}", drees_sheet(mg_labels(series - 2, "ou"), rows)),
    )


def composition_workbook() -> bytes:
    """A composition of made territories, some across two régions."""
    labels: list[Cell] = [
        "Code commune",
        "Libellé de la commune",
        "Code du territoire de vie-santé",
        "Libellé du territoire de vie-santé",
    ]
    names = dict(zip(index().codes, index().nom.tolist(), strict=True))
    first: dict[str, str] = {}
    for code, unit in unit_of().items():
        first.setdefault(unit, names[code])
    rows: list[list[Cell]] = [
        [code, names[code], unit, f"Territoire fabriqué de {first[unit]}"]
        for code, unit in unit_of().items()
    ]
    return workbook(("Correspondance 2024", [labels, *rows]))


def quarters_file() -> bytes:
    """Two made quarters of Loiret, one over two territories."""
    return text(
        [
            "CODGEO;LIBGEO;POP_MUN;POP_COM_QP;POP_COM;LIB_COM;TX_F",
            f"{QUARTER_IN_ONE};Quartier fabriqué d'Orléans;1200;1200;100000;Orléans;50,0",
            f"{QUARTER_IN_TWO};Quartier fabriqué à cheval;900;900;100000;Orléans, Pithiviers;50,0",
        ],
        "utf-8-sig",
        "\r\n",
    )


def write_region(folder: Path) -> Path:
    """Write the three files in a folder, as an officer would have downloaded them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "indicateur_apl_medecins_generalistes.xlsx").write_bytes(apl_workbook())
    (folder / "correspondance_communes_tvs_2024.xlsx").write_bytes(composition_workbook())
    (folder / "demographie_qpv_2022.csv").write_bytes(quarters_file())
    return folder
