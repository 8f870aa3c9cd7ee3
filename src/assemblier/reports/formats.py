"""The formats a report can be written in: name, what it is for, files, writer.

Writers are imported when they are used: the command line lists formats without loading them.
"""

import difflib
import importlib
from dataclasses import dataclass

from assemblier.errors import InputError, Problem
from assemblier.reports.document import Document


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes
    ----------
    name
        As asked for: ``"pdf"``.
    label
        What it is for, in French.
    extension
        Of its files, with the dot.
    file_name
        Of its only file, or of its folder, with a final slash, where there are several.
    module
        The writer, in `assemblier.reports`: its `render` takes a `Document` and returns the bytes
        (or the text) of the file, or the bytes of each file of the folder by name. The writers
        that print also have `render_sheet`, for a document of a sheet or two.
    """

    name: str
    label: str
    extension: str
    file_name: str
    module: str

    def files(self, document: Document) -> dict[str, bytes]:
        """Write a document in this format.

        Returns
        -------
            The content of each file by its name in the folder of the report.

        Examples
        --------
        >>> sorted(FORMATS["csv"].files(Document("d", "Titre", "", "9 mars 2023", (), ())))
        ['csv/chiffres.csv', 'csv/lisez-moi.csv', 'csv/sources.csv']
        """
        writer = importlib.import_module(f"assemblier.reports.{self.module}")
        content = writer.render(document)
        if self.file_name.endswith("/"):
            return {self.file_name + name: part for name, part in content.items()}
        return {self.file_name: content.encode() if isinstance(content, str) else content}

    def sheet(self, document: Document) -> bytes:
        """Write a document of a sheet or two: set closer, without contents.

        Raises
        ------
        ValueError
            When this format has no sheets: only the PDF and the text do.
        """
        writer = importlib.import_module(f"assemblier.reports.{self.module}")
        if not hasattr(writer, "render_sheet"):
            raise ValueError(f"{self.name} : ce format n'a pas de fiche")
        content: bytes = writer.render_sheet(document)
        return content


FORMATS = {
    one.name: one
    for one in (
        Format("html", "page à lire, sur écran ou téléphone", ".html", "index.html", "html"),
        Format("pdf", "document à imprimer", ".pdf", "panorama.pdf", "pdf"),
        Format("xlsx", "classeur pour Excel", ".xlsx", "panorama.xlsx", "xlsx"),
        Format("ods", "classeur pour LibreOffice", ".ods", "panorama.ods", "ods"),
        Format("csv", "un fichier par tableau", ".csv", "csv/", "csv"),
        Format("docx", "texte à modifier", ".docx", "panorama.docx", "docx"),
        Format("pptx", "diapositives à modifier", ".pptx", "panorama.pptx", "pptx"),
        Format("geojson", "cartes pour un SIG", ".geojson", "geojson/", "geo"),
    )
}
"""Every format, by name, in the order they are written."""


def parse_formats(text: str) -> tuple[Format, ...]:
    """Read a list of formats separated by commas: ``"html,pdf,xlsx"``.

    Returns
    -------
        Each format once, in the order of `FORMATS`.

    Raises
    ------
    InputError
        When a name is unknown (all of them at once), or when there is none.

    Examples
    --------
    >>> [one.name for one in parse_formats("PDF, html")]
    ['html', 'pdf']
    """
    asked = [name.strip().casefold().removeprefix(".") for name in text.split(",")]
    asked = [name for name in asked if name]
    problems = [_unknown(name) for name in dict.fromkeys(asked) if name not in FORMATS]
    if not asked:
        problems = [Problem("--formats", "aucun format", f"au moins un de : {_known()}", _ACTION)]
    if problems:
        raise InputError(problems)
    return tuple(one for name, one in FORMATS.items() if name in asked)


_ACTION = "corriger la liste des formats, séparés par des virgules"


def _unknown(name: str) -> Problem:
    near = difflib.get_close_matches(name, FORMATS, n=1, cutoff=0.5)
    action = f"essayer « {near[0]} »" if near else _ACTION
    return Problem("--formats", f"format inconnu « {name} »", f"un de : {_known()}", action)


def _known() -> str:
    return ", ".join(FORMATS)
