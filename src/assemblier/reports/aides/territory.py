"""The answers for the communes of a territory: a map, a table, what is open where."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from assemblier import territory
from assemblier.aids.dispositif import Dispositif
from assemblier.aids.engine import Study, Verdict
from assemblier.aids.places import Places
from assemblier.data import source
from assemblier.figures import Nature, Provenance, Source
from assemblier.french import date_text, number
from assemblier.reports.aides.wording import question_text
from assemblier.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Finding,
    Items,
    Map,
    MapClass,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.panorama.blocks import number_column, text_column
from assemblier.territory import Perimeter, index

_CLASSES = (
    (Verdict.ELIGIBLE, "#1f4e70", "E"),
    (Verdict.A_COMPLETER, "#a9bfcf", "?"),
    (Verdict.NON_ELIGIBLE, "#f4f6f7", "N"),
)
_MAIN_TOWNS = 10


def territory_document(
    study: Study, places: Places, perimeter: Perimeter, title: str, is_for_sheets: bool = False
) -> Document:
    """Return the report of the aids of a territory: a map of each aid that varies, one table.

    Parameters
    ----------
    study, places, perimeter, title
        What was asked, and the answers.
    is_for_sheets
        Whether the table with one column per aid, too wide for a page, is joined.
    """
    table = _open_table(study, places)
    sections = [
        Section(aid.variable, _title(study, aid), _blocks(study, places, aid, table))
        for aid in _varied(study)
    ]
    others = [aid for aid in study.aids if study.is_for_others(aid)]
    same = [aid for aid in study.aids if len(set(study.verdicts(aid))) == 1 and aid not in others]
    if same:
        lines = tuple(f"{aid.sigle}, {aid.nom} : {study.verdicts(aid)[0].value}" for aid in same)
        items = Items("Ces aides", lines)
        sections.append(Section("partout", "La même réponse dans toutes les communes", (items,)))
    if others:
        lines = tuple(f"{aid.sigle} : {aid.beneficiaires}" for aid in others)
        sections.append(Section("autres", "Pour d'autres que vous", (Items("Ces aides", lines),)))
    if is_for_sheets:
        wide = (communes_table(study, places),)
        sections.append(Section("detail", "Chaque aide, commune par commune", wide))
    return Document(
        key=f"aides-{perimeter.key}",
        title=title,
        subtitle=perimeter.nom,
        date=date_text(dt.date.today()),
        summary=tuple(_summary(study, places, table)),
        parts=(Part("aides", "Aide par aide", tuple(sections)),),
    )


def _varied(study: Study) -> list[Dispositif]:
    """Return the aids that are open, or may be, in some communes and not in all."""
    return [
        aid
        for aid in study.aids
        if _is_open_somewhere(study, aid) and len(set(study.verdicts(aid))) > 1
    ]


def _is_open_somewhere(study: Study, aid: Dispositif) -> bool:
    return bool({Verdict.ELIGIBLE, Verdict.A_COMPLETER} & set(study.verdicts(aid)))


def _counted(count: int) -> str:
    return f"{number(count)} {'communes' if count > 1 else 'commune'}"


def _title(study: Study, aid: Dispositif) -> str:
    counts = Counter(study.verdicts(aid))
    told = [f"{one.value} dans {_counted(counts[one])}" for one, _, _ in _CLASSES if counts[one]]
    return f"{aid.nom} ({aid.sigle}) : {', '.join(told)}"


def _summary(study: Study, places: Places, table: Table) -> Iterator[Block]:
    yield Finding(
        f"{number(len(study.aids))} aides examinées au {date_text(study.on)} pour "
        f"{_counted(len(places.codes))}."
    )
    for aid in _varied(study):
        yield Finding(f"{_title(study, aid)}.")
    asked = Counter(
        one.note for answers in places.answers.values() for one in answers if one.zone is None
    )
    if asked:
        lines = tuple(f"{note} ({_counted(count)})" for note, count in asked.most_common())
        yield Items("Zone à demander", lines, Tone.MISSING)
    seen = Counter(
        one.note for answers in places.answers.values() for one in answers if one.observed
    )
    if seen:
        lines = tuple(f"{note} ({_counted(count)})" for note, count in seen.most_common())
        yield Items("Zone sans son arrêté", lines, Tone.WARNING, Provenance(_lists(places)))
    questions = _questions(study)
    if questions:
        yield Items("Ce qui reste à dire pour décider", questions, Tone.MISSING)
    yield table


def _lists(places: Places) -> tuple[Source, ...]:
    """Return the dated lists the zones were read in."""
    seen = [one.observed for answers in places.answers.values() for one in answers]
    return tuple(dict.fromkeys(one for one in seen if one is not None))


def _questions(study: Study) -> tuple[str, ...]:
    """Return what is asked at the first commune of each pattern of verdicts."""
    seen: dict[tuple[Verdict, ...], int] = {}
    for row, verdicts in enumerate(zip(*map(study.verdicts, study.aids), strict=True)):
        seen.setdefault(verdicts, row)
    found = {one: None for row in seen.values() for one in study.questions(row)}
    return tuple(question_text(one) for one in found)


def communes_table(study: Study, places: Places) -> Table:
    """Return one line per commune: its zone and the verdict of each aid."""
    more = [
        (text_column(aid.variable, aid.sigle), [one.value for one in study.verdicts(aid)])
        for aid in study.aids
    ]
    return _table("aides_detail", "Chaque aide, commune par commune", study, places, more)


def _open_table(study: Study, places: Places) -> Table:
    """Return one line per commune: its zone, the aids open there, those to be completed."""
    wanted = {"eligibles": Verdict.ELIGIBLE, "a_completer": Verdict.A_COMPLETER}
    labels = {"eligibles": "Éligible", "a_completer": "À compléter"}
    verdicts = [(aid.sigle, study.verdicts(aid)) for aid in study.aids]
    more = [
        (
            text_column(key, labels[key]),
            [
                ", ".join(sigle for sigle, held in verdicts if held[row] is wanted[key])
                for row in range(len(places.codes))
            ],
        )
        for key in wanted
    ]
    title = f"Les aides ouvertes, commune par commune, au {date_text(study.on)}"
    return _table("aides_communes", title, study, places, more)


def _table(
    key: str,
    title: str,
    study: Study,
    places: Places,
    more: Sequence[tuple[Column, Sequence[Cell]]],
) -> Table:
    rows_of = index()
    positions = rows_of.positions(places.codes)
    columns: list[tuple[Column, Sequence[Cell]]] = [
        (text_column("nom", "Commune"), rows_of.nom[positions].tolist()),
        (
            number_column("habitants", "Habitants"),
            [None if one != one else one for one in rows_of.population[positions].tolist()],
        ),
        (
            text_column("zonage", "Zone des médecins"),
            [study.situations.at("zonage", row) for row in range(len(places.codes))],
        ),
        *more,
    ]
    return Table(
        key,
        title,
        tuple(column for column, _ in columns),
        tuple(zip(*(cells for _, cells in columns), strict=True)),
        nature=Nature.CALCULE,
        provenance=Provenance((*_lists(places), source("insee-populations"))),
        visible_rows=40,
        codes=places.codes,
    )


def _blocks(study: Study, places: Places, aid: Dispositif, table: Table) -> tuple[Block, ...]:
    verdicts = study.verdicts(aid)
    ranks = {one: rank for rank, (one, _, _) in enumerate(_CLASSES)}
    rows_of = index()
    positions = rows_of.positions(places.codes)
    names = dict(zip(places.codes, rows_of.nom[positions].tolist(), strict=True))
    largest = sorted(positions.tolist(), key=lambda row: -(rows_of.population[row] or 0))
    drawn = Map(
        key=f"carte-{aid.variable.replace('_', '-')}",
        title=f"{aid.nom}, au {date_text(study.on)}",
        classes=tuple(MapClass(one.value, colour, sign) for one, colour, sign in _CLASSES),
        class_of={code: ranks.get(one) for code, one in zip(places.codes, verdicts, strict=True)},
        value_of={code: one.value for code, one in zip(places.codes, verdicts, strict=True)},
        name_of=names,
        summary=f"{_title(study, aid)}.",
        table=table,
        context=territory.neighbours(places.codes),
        labels={rows_of.codes[row]: names[rows_of.codes[row]] for row in largest[:_MAIN_TOWNS]},
        provenance=Provenance((*_lists(places), source("insee-populations"))),
        legend="réponse",
    )
    return (drawn, Items("Ce que la règle ne dit pas", aid.non_modelise, Tone.WARNING))
