"""The real files of the test folder: recognised, every row accounted for, tables that fit."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from assemblier.maths.projections import geographic
from tests.imported import account, frame, imported, repairs

FILES = {
    "cartosante/cartosante_apl_mg_2023_bvcv.csv": ("cartosante", 2931, 2931),
    "cartosante/cartosante_determinants_sociaux_bassin_de_vie.csv": ("cartosante", 1707, 1707),
    "cartosante/cartosante_sante_bassin_de_vie_2024.csv": ("cartosante", 1709, 1709),
    "cartosante/cartosante_taux_pauvrete_2021_bvcv.csv": ("cartosante", 1707, 1707),
    "cartosante/cartosante_zonage_infirmiers_commune.csv": ("cartosante", 34919, 34919),
    "filosofi/FILO2019_DISP_COM.csv.gz": ("insee-filosofi", 31361, 31358),
    "finess/finess_activites_soin.csv": ("finess-activites", 10291, 10291),
    "finess/finess_etablissements_occitanie_geoloc.csv": ("finess-propre", 10007, 10007),
    "finess/finess_materiels_lourds.csv": ("finess-materiels", 550, 550),
    "finess/finess_soins_limitrophes_occitanie_urgences.csv": ("finess-activites", 1756, 1756),
    "insee_bpe/equip-serv-sante-com-2020.xlsx": ("insee-bpe-ancienne", 35010, 35007),
    "insee_cog/Intercommunalite_Metropole_au_01-01-2023.xlsx": ("insee-epci", 36201, 36200),
    "insee_cog/base-officielle-codes-postaux.xlsx": ("laposte-codes-postaux", 39192, 39191),
    "insee_cog/table-appartenance-geo-communes-22.xlsx": ("insee-appartenance", 43984, 43981),
    "insee_rp_age/estim-pop-dep-sexe-gca-1975-2021.xlsx": ("insee-estimations", 4759, 4727),
    "qpv/ANCT_QPV_DEMO_2022.csv": ("anct-qpv", 1400, 1400),
    "zonage/zonmed_ars_par_commune_codepostal.csv": ("ars-zonage-code-postal", 38907, 38791),
}


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_accounted_for(name: str, donnees_essai: Path) -> None:
    layout, rows_read, kept = FILES[name]
    assert account(imported(donnees_essai / name, layout)) == (rows_read, kept)


def test_the_shifted_header_of_the_heavy_equipment(donnees_essai: Path) -> None:
    got = imported(donnees_essai / "finess/finess_materiels_lourds.csv", "finess-materiels")
    assert repairs(got) == {"ligne décalée d'une colonne, remise en place": 550}


def test_twenty_bassins_de_vie_in_haute_loire(donnees_essai: Path) -> None:
    path = donnees_essai / "insee_cog/table-appartenance-geo-communes-22.xlsx"
    communes = frame(imported(path, "insee-appartenance"), "appartenance")
    here = communes.filter(communes["departement"] == "43")
    assert here.height == 257 and here["bassin_de_vie"].n_unique() == 20


def test_projected_positions_are_those_of_the_file(donnees_essai: Path) -> None:
    """The extract has both: ours, from Lambert-93, must fall within a metre of its own."""
    path = donnees_essai / "finess/finess_etablissements_occitanie_geoloc.csv"
    columns = ["coordxet", "coordyet", "longitude", "latitude"]
    rows = pl.read_csv(path, separator=";", infer_schema=False).select(columns).drop_nulls()
    x, y, longitude, latitude = (rows[name].cast(pl.Float64).to_numpy() for name in columns)
    east, north = geographic(x, y, 2154)
    metres = np.hypot((east - longitude) * np.cos(np.radians(latitude)), north - latitude) * 111_320
    assert metres.max() < 1
