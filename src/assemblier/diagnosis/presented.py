"""The tables of the Haute-Loire presentation, read by the engines of this package."""

from assemblier.data.documents import CitedTable, cited, cited_table
from assemblier.diagnosis.ald import FILE as ALD_FILE
from assemblier.diagnosis.ald import LongTermIllness, long_term_illness
from assemblier.diagnosis.mortality import Mortality, mortality
from assemblier.diagnosis.stock_flow import StockFlow
from assemblier.diagnosis.stock_flow_table import read_stock_flow
from assemblier.diagnosis.wording import read_number, required_number
from assemblier.figures import Figure, Provenance, unavailable
from assemblier.territory.places import places

DEPARTEMENT = "43"
"""The only département the presentation describes."""

REGION = "84"

STOCK_FLOWS = {
    "medecin_generaliste": ("generalistes_flux", "médecins généralistes libéraux"),
    "specialiste": ("specialistes_flux", "autres médecins spécialistes libéraux"),
    "chirurgien_dentiste": ("dentistes_flux", "chirurgiens-dentistes libéraux"),
    "infirmier": ("infirmiers_flux", "infirmiers libéraux"),
    "masseur_kinesitherapeute": ("kinesitherapeutes_flux", "masseurs-kinésithérapeutes libéraux"),
}
"""The five tables: profession, key of the table, whom it counts."""

TERRITORIES = {"DEPARTEMENT Haute-Loire": "Haute-Loire", "REGION AURA": "Auvergne-Rhône-Alpes"}


def presented_stock_flow(profession: str) -> tuple[StockFlow, ...]:
    """Return the printed table of a profession: Haute-Loire, then Auvergne-Rhône-Alpes.

    Parameters
    ----------
    profession
        A key of `STOCK_FLOWS`.

    Examples
    --------
    >>> [table.balance.value for table in presented_stock_flow("medecin_generaliste")]
    [7.0, -39.0]
    """
    key, label = STOCK_FLOWS[profession]
    table = cited_table(key)
    header = [TERRITORIES.get(column, column) for column in table.columns]
    return read_stock_flow(label, header, table.rows, _provenance(table))


def presented_mortality() -> Mortality:
    """Return the causes of death of Haute-Loire in 2017.

    Examples
    --------
    >>> presented_mortality().total.value
    2660.0
    """
    table = cited_table("causes_de_deces_43")
    rows = [
        (label, int(required_number(deaths, label)), read_number(share))
        for label, deaths, share in table.rows
    ]
    causes = [row for row in rows if row[0] != "Total"]
    (total,) = (deaths for label, deaths, _ in rows if label == "Total")
    return mortality(causes, total, table.vintage, _provenance(table))


def presented_long_term_illness(departement: str = "") -> LongTermIllness:
    """Return the share of patients in ALD of a département, beside its région and the country.

    Parameters
    ----------
    departement
        Its code, or empty for a territory that is not one. The presentation gives Haute-Loire,
        Auvergne-Rhône-Alpes and the mainland: the share of another one is not available.

    Examples
    --------
    >>> round(presented_long_term_illness("43").gaps["métropole"].value, 1)
    3.1
    """
    share = (
        cited("ald_43")
        if departement == DEPARTEMENT
        else unavailable("patients en affection longue durée (ALD)", ALD_FILE, "%")
    )
    region = places("departement")[departement].situation if departement else ""
    references = {}
    if region:
        label = f"patients en affection longue durée (ALD), {region}"
        is_presented = region == places("region")[REGION].nom
        references[region] = (
            cited("ald_aura") if is_presented else unavailable(label, ALD_FILE, "%")
        )
    return long_term_illness(share, references | {"métropole": cited("ald_metropole")})


def presented_share_over_60() -> tuple[Figure, Figure]:
    """Return the printed shares of doctors over 60: Haute-Loire, then without a stated perimeter.

    The second one is not a parameter: it is far from the first and its field is not stated.

    Examples
    --------
    >>> [share.value for share in presented_share_over_60()]
    [24.9, 50.0]
    """
    return cited("medecins_plus_de_60_ans_43"), cited("medecins_plus_de_60_ans")


def _provenance(table: CitedTable) -> Provenance:
    return Provenance((table.source,))
