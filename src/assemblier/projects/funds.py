"""Who may pay what of an investment: one rule per fund, with the words of the guide of 2019."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assemblier.figures import Source
from assemblier.parameters import explain
from assemblier.projects.entries import guide
from assemblier.projects.form import Answers

BUILDINGS = ("acquisition", "construction", "rehabilitation", "extension", "vrd", "honoraires")
NATURES = {
    "acquisition": "acquisition",
    "construction": "construction",
    "rehabilitation": "réhabilitation",
    "extension": "extension",
    "vrd": "voirie et réseaux",
    "honoraires": "honoraires de maîtrise d'œuvre",
    "equipement": "équipement",
    "systeme_information": "système d'information partagé",
    "parties_communes": "aménagement des parties communes",
    "ingenierie": "ingénierie de projet",
    "amorcage": "amorçage",
}
"""Every kind of cost; the first ones are `BUILDINGS`."""
BEARERS = ("commune", "epci", "departement", "region", "association", "professionnels", "autre")
LOCAL = ("commune", "epci", "departement", "region")
OWN = ("autofinancement", "emprunt")
_PARTNERS = guide("pages 14 et suivantes")
STATE = ("detr", "dsil", "fnadt")
"""What the national benchmark of 2018 counts as the State."""

PREFECT = "le préfet (sous-préfecture d'arrondissement)"


@dataclass(frozen=True, slots=True)
class Fund:
    """One funder of a plan.

    Attributes
    ----------
    key, label
        In the file; in French.
    contact
        Whom to ask.
    rule
        What it asks of the project; it returns why not, None where it may, and raises nothing.
    asks
        The answers its rule needs.
    note
        What the guide says of it.
    source
        Where.
    """

    key: str
    label: str
    contact: str
    note: str
    rule: Callable[[Answers, Mapping[str, Any], dt.date], str | None] = lambda *_: None
    asks: tuple[str, ...] = ()
    source: Source = _PARTNERS


def _rural(answers: Answers, _line: Mapping[str, Any], _on: dt.date) -> str | None:
    return None if answers.get("rural_eligible") else "le territoire n'est pas éligible à la DETR"


def _department(answers: Answers, _line: Mapping[str, Any], _on: dt.date) -> str | None:
    return None if answers.get("porteur") == "departement" else "elle est pour les départements"


def _several(answers: Answers, _line: Mapping[str, Any], _on: dt.date) -> str | None:
    return None if answers.get("multi_acteurs") else "l'opération ne réunit pas plusieurs acteurs"


def _quarter(answers: Answers, _line: Mapping[str, Any], _on: dt.date) -> str | None:
    return None if answers.get("qpv") else "le projet n'est ni dans un QPV ni à son service"


def _quarter_centre(answers: Answers, line: Mapping[str, Any], on: dt.date) -> str | None:
    if answers.get("structure") != "centre_de_sante" or answers.get("porteur") not in (
        "commune",
        "epci",
    ):
        return "elle est pour les centres de santé municipaux ou intercommunaux"
    return _quarter(answers, line, on)


def _renewal(answers: Answers, line: Mapping[str, Any], on: dt.date) -> str | None:
    if not answers.get("convention_npnru"):
        return "le quartier n'a pas de convention de renouvellement urbain"
    return _quarter(answers, line, on)


def _agency(_answers: Answers, line: Mapping[str, Any], on: dt.date) -> str | None:
    allowed = explain("projets.financement.ars_natures", on).value
    nature = line.get("depense")
    if nature in allowed:
        return None
    if nature in BUILDINGS:
        return "« Les ARS n'ont pas vocation à financer un projet immobilier »"
    return "dire la dépense aidée : équipement, système d'information, ingénierie…"


def _compensation(answers: Answers, _line: Mapping[str, Any], on: dt.date) -> str | None:
    if answers.get("porteur") not in LOCAL:
        return "il est versé aux collectivités"
    return None if in_compensated_zone(answers, on) else "ni zone sous-dense, ni zone rurale (ZRR)"


def in_compensated_zone(answers: Answers, on: dt.date) -> bool:
    """Return whether VAT is compensated here: a zone short of doctors, or a rural one."""
    zone = answers.get("zone")
    zones = explain("aides.fctva.zones", on).value
    return bool(answers.get("zone_rurale")) or (zone is not None and zone.upper() in zones)


_MSP_CDS = guide("pages 48 et suivantes")
_CITY = _PARTNERS
_PLAN = guide("pages 20 et suivantes")

FUNDS = (
    Fund(
        "detr",
        "DETR (dotation d'équipement des territoires ruraux)",
        PREFECT,
        "dans les territoires éligibles",
        _rural,
        ("rural_eligible",),
    ),
    Fund(
        "dsil",
        "DSIL (dotation de soutien à l'investissement local)",
        PREFECT,
        "notamment sur le renforcement de l'accessibilité aux soins",
    ),
    Fund(
        "dsid",
        "DSID (dotation de soutien à l'investissement des départements)",
        PREFECT,
        "notamment sur la qualité et l'accès aux services publics dans les petites villes",
        _department,
        ("porteur",),
    ),
    Fund(
        "fnadt",
        "FNADT (aménagement et développement du territoire)",
        PREFECT,
        "notamment sur les opérations multi-acteurs",
        _several,
        ("multi_acteurs",),
    ),
    Fund(
        "fctva",
        "FCTVA (compensation de la TVA)",
        PREFECT,
        "dès lors que la maison de santé est implantée dans une zone sous-dense",
        _compensation,
        ("porteur",),
        _MSP_CDS,
    ),
    Fund(
        "tfpb",
        "Exonération de taxe foncière, politique de la ville",
        "le préfet",
        "exonérations de taxe foncière pour l'accompagnement de projet",
        _quarter,
        ("qpv",),
        _CITY,
    ),
    Fund(
        "dpv",
        "Dotation politique de la ville",
        "le préfet",
        "pour les centres de santé municipaux ou intercommunaux",
        _quarter_centre,
        ("qpv", "structure", "porteur"),
        _CITY,
    ),
    Fund(
        "bop_147",
        "Crédits du BOP 147, politique de la ville",
        "le préfet",
        "pour l'ensemble des actions d'accès aux soins et de prévention",
        _quarter,
        ("qpv",),
        _CITY,
    ),
    Fund(
        "anru",
        "ANRU (renouvellement urbain)",
        "le préfet, délégué territorial de l'ANRU",
        "création et extension d'équipements publics ou collectifs de proximité",
        _renewal,
        ("qpv", "convention_npnru"),
        _CITY,
    ),
    Fund(
        "banque_des_territoires",
        "Banque des Territoires (prêt ou participation)",
        "la direction régionale de la Banque des Territoires, www.banquedesterritoires.fr",
        "guichet unique pour les collectivités territoriales",
        source=_CITY,
    ),
    Fund(
        "cper",
        "Contrat de plan État-Région (CPER)",
        "le préfet de région et la Région",
        "programmation et financement pluriannuels de projets importants",
        source=_PLAN,
    ),
    Fund("feder", "FEDER", "la Région, autorité de gestion", "fonds européen", source=_PLAN),
    Fund("fse", "FSE", "la Région ou la DREETS", "fonds européen", source=_PLAN),
    Fund("feader", "FEADER", "la Région", "fonds européen", source=_PLAN),
    Fund(
        "bpi",
        "BPI France",
        "la direction régionale de Bpifrance",
        "dans le cadre de programmes nationaux d'investissements",
        source=_PLAN,
    ),
    Fund(
        "ars",
        "Agence régionale de santé",
        "la délégation départementale de l'ARS",
        "équipement (SI partagé, petit équipement, parties communes), ingénierie, amorçage",
        _agency,
        (),
        _MSP_CDS,
    ),
    Fund(
        "region",
        "Région",
        "le conseil régional",
        "la plupart des Régions aident ces projets",
        source=_MSP_CDS,
    ),
    Fund(
        "departement",
        "Département",
        "le conseil départemental",
        "selon son règlement d'aide",
        source=_MSP_CDS,
    ),
    Fund("epci", "Intercommunalité", "la communauté", "cofinancement", source=_MSP_CDS),
    Fund("commune", "Commune", "la mairie", "cofinancement", source=_MSP_CDS),
    Fund(
        "collectivite",
        "Autre collectivité",
        "la commune, la communauté ou le syndicat qui aide",
        "cofinancement d'une collectivité qui ne porte pas l'opération",
        source=_MSP_CDS,
    ),
    Fund("emprunt", "Emprunt", "une banque", "à rembourser", source=_MSP_CDS),
    Fund(
        "autofinancement",
        "Autofinancement",
        "le porteur du projet",
        "ce que le porteur paie lui-même",
        source=_MSP_CDS,
    ),
    Fund("autre", "Autre financeur", "à dire", "", source=_MSP_CDS),
)
FUND_OF = {fund.key: fund for fund in FUNDS}
