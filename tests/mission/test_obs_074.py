"""OBS-074: four families of resources around a commune; an empty one is visible."""

import pytest

from assemblier.diagnosis.ecosystem import FAMILIES, Status, ecosystem, read_resources
from assemblier.territory import parse

LABELS = ["Lieux de soins", "Établissements de santé", "Action sociale", "Prévention"]


@pytest.mark.mission("OBS-074")
def test_four_families_around_a_commune_and_what_would_fill_the_missing_ones():
    found = ecosystem(parse('commune:"Saugues"')).families
    assert len(found) == 4
    for family, label in zip(found, LABELS, strict=True):
        assert family.family.label.startswith(label)
    care, *others = found
    assert care.status is Status.LISTED
    assert {item.commune for item in care.items} >= {"Saugues"}
    assert care.items[0].distance.value == 0
    for family in others:
        assert family.status is Status.UNAVAILABLE
        assert family.missing


@pytest.mark.mission("OBS-074")
def test_none_listed_is_not_the_same_as_not_available(tmp_path):
    path = tmp_path / "ressources.csv"
    path.write_text(
        "famille;type;nom;statut;code_commune;adresse;date;source\n"
        "etablissements_de_sante;hôpital;Centre hospitalier Émile-Roux;;43157;;2025;FINESS\n"
        "action_sociale;CCAS;CCAS de Saugues;;43234;;2025;Mairie\n",
        encoding="utf-8",
    )
    families = ecosystem(parse('commune:"Saugues"'), read_resources(path)).families
    hospitals, social, prevention = families[1:]
    assert hospitals.status is Status.NONE  # the hospital listed is too far from Saugues
    assert hospitals.missing == ""
    assert social.status is Status.LISTED
    assert social.items[0].label.endswith("CCAS de Saugues")
    assert prevention.status is Status.UNAVAILABLE
    assert str(hospitals.status) == "aucun recensé"
    assert str(prevention.status) == "non disponible"


@pytest.mark.mission("OBS-074")
def test_outside_the_covered_departement_every_family_is_still_there():
    found = ecosystem(parse("commune:63113")).families
    assert [family.family for family in found] == list(FAMILIES)
    assert {family.status for family in found} == {Status.UNAVAILABLE}
