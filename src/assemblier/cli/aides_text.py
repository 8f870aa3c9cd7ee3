"""What `assemblier aides` reads from its options, says and writes."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assemblier import territory as territories
from assemblier.aids.engine import Study, Verdict
from assemblier.aids.inputs import PROFESSIONS, STRUCTURES
from assemblier.aids.places import Places, places_of
from assemblier.aids.profile import Profile, checked, consistent, read_profile
from assemblier.cli.progress import progress
from assemblier.errors import InputError, Problem
from assemblier.french import date_text, french_spaces
from assemblier.reports.aides import (
    place_document,
    place_summary,
    place_text,
    territory_document,
    territory_text,
)
from assemblier.reports.folder import write_anywhere
from assemblier.reports.production import told
from assemblier.territory import Perimeter
from assemblier.zoning.acts import Answer
from assemblier.zoning.classes import FIVE_LEVEL_PROFESSIONS, MEDECIN, Zonage, zone_of
from assemblier.zoning.observed import period

_PLACE = "commune ou zone"


def profile(
    path: Path | None,
    profession: str | None,
    structure: str | None,
    zone: str | None,
    on: dt.date,
) -> Profile:
    """Return what is said, by a file and by the options.

    Raises
    ------
    InputError
        When neither says who asks, when they contradict each other, or when a profile cannot be
        true: all the problems of a kind at once.
    """
    said: dict[str, Any] = dict(read_profile(path)) if path else {}
    given = {"profession": profession, "type_structure": structure}
    options = checked({key: one for key, one in given.items() if one}, "options")
    if zone:
        options = {**options, **_zone(zone, str(options.get("profession", said.get("profession"))))}
    problems = [
        Problem(
            f"--profil, {key}",
            f"« {said[key]} » dans le fichier, « {one} » dans la commande",
            "une seule réponse",
            "retirer l'une des deux",
        )
        for key, one in options.items()
        if said.get(key, one) != one
    ]
    whole = {**said, **options}
    if "profession" not in whole and "type_structure" not in whole:
        problems.append(
            Problem(
                "--profession",
                "personne n'est nommé",
                f"une profession ({', '.join(code for code, _ in PROFESSIONS)}) ou une structure "
                f"({', '.join(code for code, _ in STRUCTURES)})",
                "ajouter --profession ou --structure",
            )
        )
    if problems:
        raise InputError(problems)
    return consistent(whole, on, "profil")


def _zone(written: str, profession: str) -> dict[str, str]:
    """Return a zone: of doctors, else a level of the profession."""
    if profession in FIVE_LEVEL_PROFESSIONS:
        try:
            return {"zonage": zone_of(written, "medecin_generaliste").value}
        except InputError:
            return {"niveau_zone": zone_of(written, profession).value}
    return {"zonage": Zonage(zone_of(written, "medecin_generaliste")).value}


def perimeter_of(written: str | None, commune: str | None, said: Profile) -> Perimeter | None:
    """Return the place asked about, None for a zone alone.

    Raises
    ------
    InputError
        When there is none, or two.
    """
    if written and commune:
        problem = Problem(
            "--commune", f"« {commune} » et « {written} »", "un seul lieu", "retirer l'un des deux"
        )
        raise InputError([problem])
    if commune:
        return territories.parse(commune if ":" in commune else f"commune:{commune}")
    if written:
        return territories.parse(written)
    if "zonage" in said or "niveau_zone" in said:
        return None
    raise InputError(
        [
            Problem(
                _PLACE,
                "aucun lieu",
                "une commune, une zone ou un territoire",
                "ajouter --commune Saugues, --zonage ZIP, ou departement:43",
            )
        ]
    )


def places(perimeter: Perimeter | None, said: Profile, on: dt.date, acts: Path | None) -> Places:
    """Return what is known of the place or of the communes on the day."""
    if perimeter is None:
        return places_of((), said, on, None)
    from assemblier.diagnosis.zonage import register
    from assemblier.sources.store import Store

    return places_of(perimeter.codes, said, on, register(acts, Store()))


def place(
    study: Study, found: Places, perimeter: Perimeter | None, path: Path | None, is_whole: bool
) -> str:
    """Return the answers of one place, whole or in short, and write them where it is asked."""
    title = _title(study)
    where = perimeter.nom if perimeter is not None else str(study.situations.at("zonage", 0))
    notes = tuple(
        _zone_note(answers[0], found.situations.at(name, 0))
        for name, answers in found.answers.items()
    )
    notes += tuple(_known_notes(found)) + tuple(_indications(found))
    text = (place_text if is_whole else place_summary)(study, f"{title}, {where}", notes)
    if path is None:
        return text
    from assemblier.reports.aides.document import aids_table

    document = place_document(study, title, where, notes)
    with progress(title) as bar:
        written = write_anywhere(document, aids_table(study.answers()), path, bar, "aides")
    return f"{text}\n\n{told(written)}"


def territory(study: Study, found: Places, perimeter: Perimeter, path: Path | None) -> str:
    """Return the answers of the communes of a territory, and write them where it is asked."""
    title = _title(study)
    text = territory_text(study, f"{title}, {perimeter.nom}")
    if path is None:
        return text
    from assemblier.reports.aides.territory import communes_table

    is_for_sheets = path.suffix.lower() in (".xlsx", ".ods")
    document = territory_document(study, found, perimeter, title, is_for_sheets)
    with progress(title) as bar:
        written = write_anywhere(document, communes_table(study, found), path, bar, "aides")
    return f"{text}\n\n{told(written)}"


def is_something_open(study: Study) -> bool:
    """Whether an aid is open, or may be, somewhere."""
    may_be = {Verdict.ELIGIBLE, Verdict.A_COMPLETER}
    return any(may_be & set(study.verdicts(aid)) for aid in study.aids)


def _title(study: Study) -> str:
    profession = study.situations.at("profession", 0)
    who = dict(PROFESSIONS).get(profession) or dict(STRUCTURES).get(
        study.situations.at("type_structure", 0), ""
    )
    return french_spaces(f"Aides au {date_text(study.on)} : {who}")


def _zone_note(answer: Answer, said: str | None) -> str:
    """Return where the zone comes from, or how to give it."""
    if answer.zone is not None:
        act = f", {answer.act.reference}" if answer.act else ""
        return f"Zone : {answer.zone.value}{act}. {answer.note}".strip()
    if said is not None:
        return f"Zone : {said}, telle que vous l'avez donnée ; aucun acte connu ne la vérifie."
    return f"{answer.note} Sinon, donner la zone : --zonage ZIP."


_KNOWN = {"frr": "France ruralités revitalisation (ancienne ZRR)", "qpv": "Quartier prioritaire"}


def _known_notes(found: Places) -> Iterator[str]:
    """Yield what imported files say of the commune, and where it was read."""
    for name, known in found.known.items():
        answer = known.answers[0]
        if answer is not None and known.source is not None:
            yield f"{_KNOWN[name]} : {answer}, d'après {known.source.title} ({known.vintage})."


def _indications(found: Places) -> Iterator[str]:
    """Yield what an imported list without a dated act says where no act does: never an answer."""
    from assemblier.diagnosis.zonings import undated_zones

    for name, answers in found.answers.items():
        if answers[0].zone is None:
            profession = MEDECIN if name == "zonage" else str(found.situations.at("profession", 0))
            for one in undated_zones(found.codes, profession).values():
                held = period(one.vintage)
                dated = held.words if held is not None else one.vintage
                yield (
                    f"Indication d'une liste sans acte daté : {', '.join(one.zones)} "
                    f"({one.source.title}, {dated})."
                )
