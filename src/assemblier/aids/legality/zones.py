"""Where an aid holds: the zones of its place at its date, and what its clause says of them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from assemblier.aids.legality.local_aid import AideLocale, Domaine
from assemblier.aids.legality.opinion import Finding, Law, State
from assemblier.aids.legality.reading import zoned_profession
from assemblier.errors import ParameterError
from assemblier.parameters import Parameter, explain, paths
from assemblier.territory import Perimeter, index
from assemblier.zoning.acts import Register
from assemblier.zoning.classes import MEDECIN, Niveau, Zonage, level_label

CLAUSE = "zone"
WIDE = ("departement", "region", "france")
_SHOWN = 12
Zones = Mapping[str, Zonage | Niveau | None]
_NO_ZONING = ("medecin_generaliste", "medecin_specialiste", "chirurgien_dentiste", "sage_femme",
              "infirmier", "masseur_kinesitherapeute", "orthophoniste")  # fmt: skip
_DOUBT = (
    "La grille de la présentation de 2023 ne coche l'aide des collectivités qu'en ZAC : erreur de "
    "tableau, la loi vise ZIP et ZAC (X-11)."
)


@dataclass(frozen=True, slots=True)
class Place:
    """The communes of a place by what the act of the day says of them.

    Attributes
    ----------
    helped, outside, unknown
        Codes of communes in a helped zone, in none, of unknown zone.
    acts
        The acts that say it.
    asked
        What to ask for, where a zone is unknown.
    """

    helped: tuple[str, ...]
    outside: tuple[str, ...]
    unknown: tuple[str, ...]
    acts: tuple[str, ...]
    asked: str


def helped_zones(profession: str, on: dt.date) -> Parameter | None:
    """Return the zones that open local aids to a profession at a date, or None where unknown."""
    zoned = zoned_profession(profession)
    path = (
        "zonage.medecin.aides.aides_des_collectivites"
        if zoned == MEDECIN
        else f"zonage.{zoned}.aides_locales"
    )
    if profession not in _NO_ZONING or path not in paths():
        return None
    try:
        return explain(path, on)
    except ParameterError:
        return None


def place_of(
    perimeter: Perimeter, profession: str, on: dt.date, opens: Parameter, register: Register
) -> Place:
    """Return the communes of a perimeter by zone, as the act of the day says."""
    rows = index()
    regions = rows.code_region[rows.positions(perimeter.codes)].tolist()
    zoned = zoned_profession(profession)
    helped: list[str] = []
    outside: list[str] = []
    unknown: list[str] = []
    acts: dict[str, None] = {}
    asked = ""
    for code, region in zip(perimeter.codes, regions, strict=True):
        answer = register.zone_at(code, region, zoned, on)
        if answer.act is not None:
            acts[answer.act.reference] = None
        if answer.zone is None:
            unknown.append(code)
            asked = answer.note
        else:
            (helped if answer.zone.value in opens.value else outside).append(code)
    return Place(tuple(helped), tuple(outside), tuple(unknown), tuple(acts), asked)


def zone_finding(aid: AideLocale, register: Register) -> Finding:
    """Return the finding of the zone clause."""
    profession, on = aid.beneficiaire_profession, aid.date
    opens = helped_zones(profession, on)
    if opens is None:
        return Finding(
            CLAUSE,
            State.A_CONFIRMER,
            "Aucun zonage de cette profession n'est connu à cette date.",
            None,
            "Vérifier auprès de l'agence régionale de santé la zone sous-dense de la profession.",
        )
    law = Law.of(opens, on)
    if aid.zone_classement is not None and aid.zone_territoire is None:
        return _declared(aid, aid.zone_classement, opens, law)
    if aid.zone_territoire is None:
        return _placeless(aid, law)
    place = place_of(aid.zone_territoire, profession, on, opens, register)
    if aid.zone_territoire.kind in WIDE and aid.zone_limitee is not True:
        return _too_wide(aid, aid.zone_territoire, place, law)
    if place.unknown and not place.helped and not place.outside and aid.zone_classement is not None:
        return _declared(aid, aid.zone_classement, opens, law)
    return _looked_up(aid, aid.zone_territoire, place, law)


def _declared(aid: AideLocale, zone: Zonage | Niveau, opens: Parameter, law: Law) -> Finding:
    label = _label(zone, aid)
    if zone.value not in opens.value:
        return _refused(aid, f"Le lieu est classé {label} : l'aide n'y est pas ouverte.", law)
    if not aid.zone_acte:
        return Finding(
            CLAUSE,
            State.CONFORME,
            f"Le lieu est déclaré {label}.",
            law,
            note="Zone déclarée sans son arrêté : le citer dans la convention.",
        )
    return Finding(CLAUSE, State.CONFORME, f"Le lieu est {label} ({aid.zone_acte}).", law)


def _placeless(aid: AideLocale, law: Law) -> Finding:
    if aid.zone_limitee:
        return Finding(
            CLAUSE, State.CONFORME, "L'aide ne vise que les zones fragiles.", law, note=_DOUBT
        )
    sentence = "Le lieu n'est pas dit : l'aide n'est légale que dans une zone fragile."
    return Finding(CLAUSE, State.A_COMPLETER, sentence, law, f"Écrire : {target_text(aid)}.")


def _too_wide(aid: AideLocale, perimeter: Perimeter, place: Place, law: Law) -> Finding:
    who = {"departement": "le département", "region": "la région"}.get(perimeter.kind, "la France")
    action = f"Écrire : {target_text(aid)}. {_names(place)}".strip()
    if aid.domaine is Domaine.INDEMNITE_ETUDE:
        return Finding(
            CLAUSE,
            State.CONTRAIRE,
            f"La seule clause de territoire est {who} ({perimeter.nom}) : l'engagement doit viser "
            "les zones sous-denses.",
            law,
            action,
        )
    return Finding(
        CLAUSE,
        State.A_COMPLETER,
        f"La clause vise {who} ({perimeter.nom}) sans nommer les ZIP et les ZAC.",
        law,
        action,
    )


def _of(perimeter: Perimeter) -> str:
    return perimeter.charniere or f"de {perimeter.nom}"


def _looked_up(aid: AideLocale, perimeter: Perimeter, place: Place, law: Law) -> Finding:
    said = f" ({'; '.join(place.acts)})" if place.acts else ""
    if not place.helped and not place.unknown:
        return _refused(aid, f"{perimeter.nom} n'est pas en zone fragile à cette date{said}.", law)
    if aid.zone_limitee:
        return Finding(
            CLAUSE,
            State.CONFORME,
            f"La clause ne vise que les zones fragiles {_of(perimeter)}{said}.",
            law,
            note=place.asked and f"Zones non vérifiées. {place.asked}",
        )
    if place.unknown:
        return Finding(
            CLAUSE,
            State.A_COMPLETER,
            f"La zone de {_counted(place.unknown)} est à demander. {place.asked}".strip(),
            law,
            "Donner l'acte (« assemblier zonage feuille actes »), ou « zone.classement ».",
        )
    if place.outside:
        return Finding(
            CLAUSE,
            State.A_COMPLETER,
            f"{_counted(place.outside).capitalize()} {_of(perimeter)} hors des zones fragiles"
            f"{said}.",
            law,
            f"Retirer : {_communes(place.outside)}. Écrire : {target_text(aid)}.",
        )
    return Finding(
        CLAUSE, State.CONFORME, f"{perimeter.nom} est en zone fragile à cette date{said}.", law
    )


def _refused(aid: AideLocale, sentence: str, law: Law) -> Finding:
    return Finding(CLAUSE, State.CONTRAIRE, sentence, law, f"Écrire : {target_text(aid)}.")


def target_text(aid: AideLocale) -> str:
    """Return the words of a clause that aims at the zones the law opens."""
    if zoned_profession(aid.beneficiaire_profession) == MEDECIN:
        zones = "une zone d'intervention prioritaire ou une zone d'action complémentaire"
    else:
        zones = "une zone très sous-dotée ou sous-dotée de la profession"
    return f"{zones}, selon l'arrêté de l'agence régionale de santé en vigueur à la signature"


def _label(zone: Zonage | Niveau, aid: AideLocale) -> str:
    if isinstance(zone, Zonage):
        return zone.label
    return f"zone {level_label(zone, aid.beneficiaire_profession, aid.date)}"


def _names(place: Place) -> str:
    if not place.helped:
        return ""
    return f"Communes en zone fragile : {_communes(place.helped)}."


def _communes(codes: tuple[str, ...]) -> str:
    rows = index()
    shown = codes[:_SHOWN]
    names = rows.nom[rows.positions(shown)].tolist()
    listed = ", ".join(f"{name} ({code})" for name, code in zip(names, shown, strict=True))
    others = len(codes) - len(shown)
    return f"{listed} et {others} autres" if others else listed


def _counted(codes: tuple[str, ...]) -> str:
    return f"{len(codes)} communes" if len(codes) > 1 else _communes(codes)
