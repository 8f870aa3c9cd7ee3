"""Letters that ask the CDOM, the CPAM or the ARS for what is missing.

Each asks for counts, never for a name, says what they are for, and in which form they can be read.
"""

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assemblier.french import french_spaces, number

if TYPE_CHECKING:
    from docx.document import Document as Docx

NAMED = 40
"""Communes that a letter names at most; beyond, it counts them."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter is written to.

    Attributes
    ----------
    key, name
        For the command line and for the letter.
    asked
        What this body alone can give.
    form
        How it can be sent so that it is read without retyping.
    """

    key: str
    name: str
    asked: tuple[str, ...]
    form: str


RECIPIENTS = {
    "cdom": Recipient(
        "cdom",
        "Conseil départemental de l'Ordre des médecins",
        (
            "le nombre de médecins inscrits en activité, par commune d'exercice, spécialité, mode "
            "d'exercice et classe d'âge de cinq ans",
            "les départs annoncés dans les deux ans et les installations des deux dernières années",
            "les cabinets secondaires et les remplacements réguliers",
        ),
        "un tableau (CSV ou classeur) d'une ligne par médecin, aux colonnes « Commune », « Code "
        "commune », « Spécialité » et « Âge », sans nom, sans date de naissance ni numéro "
        "d'inscription ; il n'est pas gardé : seuls des effectifs par classe de cinq ans le sont",
    ),
    "cpam": Recipient(
        "cpam",
        "Caisse primaire d'assurance maladie",
        (
            "les assurés de 16 ans et plus sans médecin traitant, dont ceux en affection de longue "
            "durée, par intercommunalité",
            "les effectifs de chaque profession conventionnée au début et à la fin de l'année, les "
            "installations et les cessations",
            "les patients en affection de longue durée, par intercommunalité et affection",
        ),
        "un tableau (CSV ou classeur) d'une ligne par intercommunalité et par année ; les "
        "effectifs protégés par le secret statistique y sont marqués comme tels",
    ),
    "ars": Recipient(
        "ars",
        "Agence régionale de santé, délégation départementale",
        (
            "la composition communale des territoires de vie-santé en vigueur",
            "le zonage de chaque profession, avec l'arrêté qui le fixe et sa date",
            "les projets de maison de santé, de centre de santé et de CPTS en cours",
        ),
        "le classeur du zonage (feuilles par commune et par territoire de vie-santé) et la table "
        "de correspondance entre communes et territoires de vie-santé",
    ),
}


@dataclass(frozen=True, slots=True)
class Request:
    """What a letter is about.

    Attributes
    ----------
    territory
        As a sentence goes on: ``"de la Haute-Loire"``.
    communes
        Number of its communes.
    missing
        Figures that are not available without an answer, in French.
    today, day_text
        The date of the letter, and as it is written.
    names
        Of its communes.
    """

    territory: str
    communes: int
    missing: tuple[str, ...]
    today: datetime.date
    day_text: str
    names: tuple[str, ...] = ()


def letter(recipient: Recipient, request: Request) -> bytes:
    """Return a letter (docx), to be signed: what stands between brackets is to be filled.

    Always true
    -----------
    The letter names the territory, everything the recipient is asked for and every missing
    figure; it asks for no name of a person.
    """
    from docx import Document

    document = Document()
    _prepare(document, recipient, request)
    _line(document, "[Nom de la collectivité]")
    _line(document, "[Adresse]")
    _line(document, "")
    _line(document, recipient.name, is_right=True)
    _line(document, "[Adresse du destinataire]", is_right=True)
    _line(document, "")
    _line(document, f"[Lieu], le {request.day_text}", is_right=True)
    subject = document.add_paragraph()
    subject.add_run(french_spaces("Objet : ")).bold = True
    subject.add_run(f"demande de données sur l'accès aux soins {request.territory}")
    _line(document, "Madame, Monsieur,")
    _line(document, _purpose(request))
    if 1 < len(request.names) <= NAMED:
        _line(document, f"Communes : {', '.join(request.names)}.")
    _line(document, "Nous vous serions reconnaissants de bien vouloir nous transmettre :")
    _bullets(document, recipient.asked)
    _line(document, f"Forme souhaitée : {recipient.form}.")
    if request.missing:
        _line(document, "À ce jour, faute de ces données, notre diagnostic ne peut établir :")
        _bullets(document, request.missing)
    _line(document, _protection())
    _line(
        document,
        "Nous vous prions d'agréer, Madame, Monsieur, l'expression de notre considération.",
    )
    _line(document, "")
    _line(document, "[Nom, qualité et signature]", is_right=True)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _purpose(request: Request) -> str:
    count = number(request.communes)
    noun = "commune" if request.communes < 2 else "communes"
    return (
        f"Nous établissons le diagnostic de l'accès aux soins {request.territory} "
        f"({count} {noun}), afin de préparer les décisions de notre collectivité avec les "
        "professionnels et les institutions. Les fichiers publics n'en donnent qu'une partie."
    )


def _protection() -> str:
    return (
        "Nous ne demandons aucune donnée nominative. Les tableaux reçus seront agrégés dès leur "
        "lecture, les effectifs inférieurs à 5 ne seront pas publiés, et chaque chiffre publié "
        "citera votre organisme et sa date."
    )


def _prepare(document: "Docx", recipient: Recipient, request: Request) -> None:
    """Set the page, the language and the properties of the letter."""
    from docx.shared import Mm, Pt

    section: Any = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    _speak_french(style)
    properties = document.core_properties
    properties.title = f"Demande de données : {recipient.name}"
    properties.language = "fr-FR"
    properties.author = ""
    moment = datetime.datetime.combine(request.today, datetime.time())
    properties.created = properties.modified = moment


def _speak_french(style: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    style.element.get_or_add_rPr().append(language)


def _line(document: "Docx", text: str, is_right: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph: Any = document.add_paragraph(french_spaces(text))
    if is_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _bullets(document: "Docx", texts: Sequence[str]) -> None:
    last = len(texts) - 1
    for rank, text in enumerate(texts):
        end = "." if rank == last else " ;"
        document.add_paragraph(french_spaces(text + end), style="List Bullet")
