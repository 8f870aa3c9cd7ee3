"""What `assemblier sources` says, in French."""

from collections.abc import Iterable, Sequence

from assemblier.data.cards import Card
from assemblier.data.texts import LegalText
from assemblier.errors import Problem
from assemblier.french import date_text, french_spaces
from assemblier.sources.advice import NOT_RECOGNISED
from assemblier.sources.catalogue import SECONDARY, Item, catalogue
from assemblier.sources.importing import Outcome, State
from assemblier.sources.report import plural
from assemblier.sources.store import Entry, Store
from assemblier.tables import table_spec
from assemblier.territory import Perimeter, companions
from assemblier.territory.places import LABELS

MOST_VINTAGES = 6
_ASKED = {"cdom": "CDOM", "cpam": "CPAM", "ars": "ARS"}


def listing(store: Store) -> str:
    """Return what is present, with vintage and licence, then what is missing and what it blocks."""
    entries = store.entries()
    present = [item for item in catalogue() if item.found_in(entries)]
    missing = [item for item in catalogue() if not item.found_in(entries)]
    lines = [f"Documents sources gardés dans {store.folder}", ""]
    lines.append("Présents")
    lines += [_present_text(_named(item), item.found_in(entries)) for item in present]
    lines += [_present_text(*one) for one in _others(entries, present)]
    if not entries:
        lines.append("  aucun : seules les données embarquées servent (Haute-Loire, communes)")
    lines += ["", "Manquants"]
    for item in missing:
        lines += _missing_lines(item)
    if not missing:
        lines.append("  aucun")
    return french_spaces("\n".join(lines))


def _named(item: Item) -> str:
    return f"{item.title} ({item.producer})"


def _others(entries: Sequence[Entry], present: Sequence[Item]) -> list[tuple[str, list[Entry]]]:
    """Return what no document of the catalogue brought (recipes, local files), by source."""
    known = {entry.identity for item in present for entry in item.found_in(entries)}
    by_title: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.identity not in known:
            title = f"{entry.source.title} ({entry.source.producer})"
            by_title.setdefault(title, []).append(entry)
    return list(by_title.items())


def _present_text(title: str, entries: Sequence[Entry]) -> str:
    rows = plural(sum(entry.rows for entry in entries), "ligne")
    names = list(dict.fromkeys(entry.source.key for entry in entries))
    vintages = list(dict.fromkeys(entry.vintage for entry in entries))
    shown = (
        ", ".join(vintages)
        if len(vintages) <= MOST_VINTAGES
        else f"{vintages[0]} à {vintages[-1]} ({len(vintages)} millésimes)"
    )
    word = "nom" if len(names) == 1 else "noms"
    return (
        f"  {title} : {shown} ; {rows} ; {entries[0].source.licence}\n"
        f"    {word} : {', '.join(names)}"
    )


def _missing_lines(item: Item) -> list[str]:
    lines = [f"  {item.title} ({item.producer}, {item.vintage})"]
    lines += [f"    sans lui : {one}" for one in item.blocks]
    lines.append(f"    {_how(item)}")
    return lines


def _how(item: Item) -> str:
    """Say how to bring a document."""
    if item.is_online:
        doubt = f" (adresse à confirmer : {item.page})" if item.confidence == SECONDARY else ""
        return f"l'obtenir : assemblier sources telecharger {item.key}{doubt}"
    if item.asked_from in _ASKED:
        return (
            f"le demander ({_ASKED[item.asked_from]}) : assemblier modele lettre TERRITOIRE "
            f"--destinataire {item.asked_from} -o lettre.docx"
        )
    if item.asked_from == "agents":
        return "le remplir : assemblier modele offre TERRITOIRE -o offre.xlsx"
    return f"le télécharger sur {item.page}, puis : assemblier sources importer FICHIER"


def outcome_text(outcome: Outcome) -> str:
    """Return what was done with one file."""
    head = f"{outcome.name} : {outcome.state.value}"
    if outcome.title:
        head += f", {outcome.title}"
    if outcome.state is State.UNKNOWN:
        why = outcome.problems[0]
        found = "" if why.found == NOT_RECOGNISED else f" ({why.found})"
        return french_spaces(f"{head}{found}\n  {why.action}")
    lines = [head]
    if outcome.report is not None:
        lines += [f"  {line}" for line in outcome.report.as_text().split("\n")]
    lines += [f"  table {_table_text(entry)}" for entry in outcome.entries]
    for entry, is_same in outcome.replaced:
        state = "à l'identique" if is_same else "le contenu a changé"
        lines.append(f"  remplace {_table_text(entry)} ; {state}")
    for problem in outcome.problems:
        lines += [f"  {line}" for line in str(problem).split("\n")]
    return french_spaces("\n".join(lines))


def _table_text(entry: Entry) -> str:
    meaning = table_spec(entry.table).meaning
    return f"« {meaning} » : {entry.vintage} ; {plural(entry.rows, 'ligne')}"


def summary(outcomes: Sequence[Outcome]) -> str:
    """Return how many files were imported, left and refused."""
    counts = {state: sum(one.state is state for one in outcomes) for state in State}
    return french_spaces(
        f"{plural(counts[State.IMPORTED], 'fichier importé', 'fichiers importés')}, "
        f"{plural(counts[State.UNKNOWN], 'non reconnu', 'non reconnus')}, "
        f"{plural(counts[State.REFUSED], 'refusé')}"
    )


def forgotten_text(entries: Iterable[Entry]) -> str:
    """Return what was removed."""
    return french_spaces("\n".join(f"retiré : {_table_text(entry)}" for entry in entries))


def register(texts: Sequence[LegalText]) -> str:
    """Return the legal texts, each with its state and the day it was checked."""
    return french_spaces("\n".join(_legal_text(text) for text in texts))


def _legal_text(text: LegalText) -> str:
    state = text.state.value
    if text.checked:
        state += f", vérifié le {date_text(text.checked)} ({text.checked_against})"
    lines = [f"{text.reference} : {text.subject}", f"  {state}"]
    if text.successor:
        lines.append(f"  suite : {text.successor}")
    return "\n".join([*lines, f"  {text.address}"])


def verification(store: Store, problems: Sequence[Problem]) -> str:
    """Return the result of reading everything again."""
    if problems:
        return french_spaces("\n".join(str(problem) for problem in problems))
    entries = store.entries()
    rows = plural(sum(entry.rows for entry in entries), "ligne")
    return french_spaces(f"{plural(len(entries), 'table')}, {rows} : tout est intact")


def card_list(cards: Sequence[Card], perimeter: Perimeter | None) -> str:
    """Return one line a card; those of a territory leave out the observatories of elsewhere."""
    shown = [one for one in cards if perimeter is None or _is_near(one, perimeter)]
    return french_spaces("\n".join(f"{one.key} : {one.title} ({one.producer})" for one in shown))


def _is_near(card: Card, perimeter: Perimeter) -> bool:
    around = (perimeter, *companions(perimeter))
    regions = {f"ors-{one.code}" for one in around if one.kind == "region"}
    return not card.key.startswith("ors-") or card.key in regions


def card_text(card: Card) -> str:
    """Return everything a card says."""
    scales = [LABELS.get(kind, kind) for kind in card.scales]
    lines = [f"{card.title} ({card.producer})", f"  couvre : {card.covers}"]
    lines.append(f"  échelle : {', '.join(scales) or 'selon le tableau'}")
    lines += [f"  limite : {limit}" for limit in card.limits]
    lines += [f"  à qui demander : {card.contact}", f"  page : {card.address}"]
    if card.letter:
        lines.append(_letter_text(card))
    source = card.text.source
    said = " ".join((card.text.text, *card.text.items))
    lines.append(f"  cité : « {said} » ({source.title}, {source.page}, {source.published})")
    return french_spaces("\n".join(lines))


def _letter_text(card: Card) -> str:
    return (
        f"  lettre : assemblier modele lettre TERRITOIRE --destinataire {card.letter} "
        "-o lettre.docx"
    )


def refusal(card: Card, perimeter: Perimeter) -> str:
    """Say that a source does not describe a kind of territory, and whom to ask."""
    kind = LABELS.get(perimeter.kind, perimeter.kind)
    scales = ", ".join(LABELS.get(one, one) for one in card.scales)
    why = card.refusal or f"elle décrit : {scales} ; demander à {card.contact}"
    lines = [f"{card.title}, {perimeter.nom} ({kind}) : échelle {why}"]
    if card.letter:
        lines.append(_letter_text(card))
    return french_spaces("\n".join(lines))
