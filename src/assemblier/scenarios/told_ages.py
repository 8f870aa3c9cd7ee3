"""Ages told commune by commune: tables of practices with bands of ages, lists of the Ordre."""

from collections.abc import Sequence
from datetime import date

from assemblier.access.ages import OLDEST, band
from assemblier.diagnosis.stored_flow import FEWEST, WORDS
from assemblier.french import number, unit_text
from assemblier.scenarios.projection.practitioners import Group, Practitioners
from assemblier.scenarios.projection.sources import YOUNGEST
from assemblier.sources.stored import Stored, stored

GP = "medecin_generaliste"


def practised(codes: Sequence[str], on: date, profession: str = GP) -> Practitioners | None:
    """Return the practitioners of some communes, from a table of practices that tells ages.

    Parameters
    ----------
    codes
        Of the communes.
    on
        The day that dates a table without a year.
    profession
        Whose.

    Returns
    -------
        None where no imported table tells one age there. Those whose age the table leaves out are
        of unknown age.

    Always true
    -----------
    Nobody salaried counts; everybody else counts once in each place of practice.
    """
    for table in stored("exercices"):
        groups = _practised(table, codes, profession)
        if any(one.youngest is not None for one in groups):
            return _told(table, groups, profession, table.year or on.year)
    return None


def listed_by_commune(codes: Sequence[str], profession: str = GP) -> tuple[Group, ...]:
    """Return the practitioners a list of the Ordre tells in some communes, small counts hidden.

    Parameters
    ----------
    codes, profession
        As in `practised`.

    Always true
    -----------
    No group stands for fewer people of one place and age than may be shown.
    """
    import polars as pl

    for table in stored("ages_medecins"):
        rows = table.rows("code", tuple(codes)).filter(
            pl.col("niveau") == "commune",
            pl.col("profession") == profession,
            pl.col("effectif") >= FEWEST,
        )
        if rows.height:
            rows = rows.filter(pl.col("millesime") == pl.col("millesime").max())
            told = rows.select("code", "age_debut", "age_fin", "effectif").sort("code", "age_debut")
            return tuple(
                Group(count, first, max(first, OLDEST) if last is None else last, code)
                for code, first, last, count in told.iter_rows()
            )
    return ()


def _practised(table: Stored, codes: Sequence[str], profession: str) -> tuple[Group, ...]:
    import polars as pl

    rows = table.rows("code_commune", tuple(codes)).filter(
        pl.col("profession") == profession,
        pl.col("mode_exercice").is_null() | (pl.col("mode_exercice") != "salarie"),
    )
    whole = rows.group_by("code_commune", "tranche_age").agg(pl.col("effectif").sum())
    found = []
    for code, told, count in whole.sort("code_commune", "tranche_age").iter_rows():
        ages = band(told or "")
        low, high = (max(ages[0], YOUNGEST), ages[1]) if ages else (None, None)
        found.append(Group(count, low, high, code))
    return tuple(found)


def _told(table: Stored, groups: tuple[Group, ...], profession: str, year: int) -> Practitioners:
    unknown = sum(one.count for one in groups if one.youngest is None)
    notes = ["Un praticien qui exerce en plusieurs communes est compté dans chacune."]
    if unknown:
        people = f"{number(unknown)} {unit_text(unknown, 'praticiens')}"
        notes.append(f"{people} sans tranche d'âge : leur âge est supposé.")
    name = WORDS.get(profession, profession)
    return Practitioners(profession, name, groups, year, table.source, tuple(notes))
