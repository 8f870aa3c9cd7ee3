"""The exemption of the local business tax of practices: who votes, when, where, how long."""

import datetime as dt

from assemblier.aids.legality.local_aid import AideLocale
from assemblier.aids.legality.opinion import Finding, Law, State, judged, law
from assemblier.aids.legality.wording import plain
from assemblier.aids.legality.zones import zone_finding
from assemblier.aids.words import listed
from assemblier.french import date_text
from assemblier.zoning.acts import Register

_DOUBT = (
    "Le guide cite aussi les zones franches urbaines, et exclut les auxiliaires médicaux avant de "
    "les énumérer : le texte de loi l'emporte (X-09)."
)
_COST = "L'exonération n'est pas compensée par l'État."


def cfe_findings(aid: AideLocale, register: Register) -> list[Finding]:
    """Return the findings of an exemption of the local business tax."""
    return [
        _voter(aid),
        _general(aid),
        _deadline(aid),
        _lasting(aid),
        _place(aid, register),
    ]


def _voter(aid: AideLocale) -> Finding:
    rule = law("cfe.donneurs", aid.date)
    return judged(
        "donneur",
        None if aid.donneur_nature is None else aid.donneur_nature in rule.value,
        rule,
        aid.date,
        (
            "La commune ou l'intercommunalité délibère.",
            "Seules les communes et les intercommunalités exonèrent de cotisation foncière.",
            "Qui délibère n'est pas dit.",
        ),
        "Faire délibérer la commune ou l'intercommunalité qui perçoit la cotisation.",
        _COST,
    )


def _general(aid: AideLocale) -> Finding:
    return judged(
        "délibération générale",
        aid.deliberation_generale,
        law("cfe.duree_annees", aid.date),
        aid.date,
        (
            "La délibération vaut pour tous les professionnels qui remplissent les conditions.",
            "Une exonération ne se vote pas pour une personne : la délibération est générale.",
            "Il n'est pas dit si la délibération est générale.",
        ),
        "Écrire : tous les professionnels qui remplissent les conditions sont exonérés.",
        _DOUBT,
    )


def deadline(aid: AideLocale) -> dt.date | None:
    """Return the first day that is too late to vote, or None where the year is not told."""
    if aid.deliberation_exercice is None:
        return None
    month, day = law("cfe.date_limite", aid.date).value.split("-")
    return dt.date(aid.deliberation_exercice - 1, int(month), int(day))


def _deadline(aid: AideLocale) -> Finding:
    rule = law("cfe.date_limite", aid.date)
    limit, voted = deadline(aid), aid.deliberation_date
    when = date_text(limit) if limit else "1er octobre de l'année précédente"
    holds = None if limit is None or voted is None else voted < limit
    return judged(
        "date de la délibération",
        holds,
        rule,
        aid.date,
        (
            f"Votée avant le {when}.",
            f"Votée trop tard : il fallait avant le {when}.",
            "Le jour de la délibération ou la première année exonérée n'est pas dit.",
        ),
        f"Voter avant le {when}, ou reporter la première année exonérée.",
    )


def _lasting(aid: AideLocale) -> Finding:
    rule = law("cfe.duree_annees", aid.date)
    least, most = rule.value
    years = aid.deliberation_duree_annees
    return judged(
        "durée de l'exonération",
        None if years is None else least <= years <= most,
        rule,
        aid.date,
        (
            f"{years} ans, entre {least} et {most}.",
            f"{years} ans : la durée est de {least} à {most} ans.",
            "La durée de l'exonération n'est pas dite.",
        ),
        f"Écrire une durée de {least} à {most} ans.",
    )


def _place(aid: AideLocale, register: Register) -> Finding:
    """Judge the place: a small commune, a rural zoning, or a fragile zone for a second site."""
    size = law("cfe.population", aid.date)
    people = aid.cabinet_population
    if people is not None and people < size.value:
        said = f"La commune a moins de {size.value} habitants ({people})."
        return Finding("lieu", State.CONFORME, said, Law.of(size, aid.date))
    rural = law("cfe.zonage_rural", aid.date)
    if aid.cabinet_zone_rurale:
        declared = f"La commune est déclarée en {rural.value}."
        return judged("lieu", True, rural, aid.date, (declared, "", ""))
    if aid.cabinet_site == "secondaire":
        found = zone_finding(aid, register)
        if found.state is State.CONFORME or aid.zone_territoire or aid.zone_classement:
            return Finding("lieu", found.state, found.sentence, found.law, found.correction)
    return _elsewhere(aid, size.value, rural.value, Law.of(size, aid.date))


def _elsewhere(aid: AideLocale, size: int, rural: str, text: Law) -> Finding:
    opened = [f"une commune de moins de {size} habitants", f"une commune en {rural}"]
    if aid.cabinet_site != "principal":
        opened.append("une ZIP ou une ZAC pour un cabinet secondaire")
    asked = [
        name
        for name, value in (
            ("cabinet.population", aid.cabinet_population),
            ("cabinet.zone_rurale", aid.cabinet_zone_rurale),
            ("cabinet.site", aid.cabinet_site),
            ("zone.territoire", aid.zone_territoire or aid.cabinet_site == "principal" or None),
        )
        if value is None
    ]
    action = f"Limiter l'exonération à {listed(opened, 'ou')}."
    if asked:
        said = f"Le lieu n'est pas assez décrit : {listed([plain(one) for one in asked])}."
        return Finding("lieu", State.A_COMPLETER, said, text, action)
    site = "principal" if aid.cabinet_site == "principal" else "secondaire"
    said = f"Un cabinet {site} n'est pas exonéré ici."
    return Finding("lieu", State.CONTRAIRE, said, text, action, _DOUBT)
