"""Opinions and drafts on the disk: one file, or a folder with each in Word and OpenDocument."""

from collections.abc import Sequence
from pathlib import Path

from assemblier.errors import InputError, Problem
from assemblier.reports.document import Document
from assemblier.reports.formats import FORMATS
from assemblier.reports.legalite import docx, odt
from assemblier.reports.legalite.draft import Draft
from assemblier.reports.production import told, write_report
from assemblier.reports.writing import replacing_folder, write_file

_WRITERS = {".docx": docx.render, ".odt": odt.render}
_SHEETS = {".pdf": "pdf", ".docx": "docx"}
"""The formats an opinion is closer set in: it is a page or two."""


def write_opinion(document: Document, path: Path) -> str:
    """Write the report of an opinion, whose extension chooses the format; say what was written.

    Raises
    ------
    InputError
        When no format has this extension.
    OutputError
        When it cannot be written; a former file is then intact.
    """
    name = _SHEETS.get(path.suffix.lower())
    if name is None:
        return told(write_report(document, path, document.tables()[0]))
    write_file(path, FORMATS[name].sheet(document))
    return f"{document.title}\nÉcrit :\n  {path}"


def write_draft(draft: Draft, path: Path) -> None:
    """Write a draft; the extension chooses Word or OpenDocument.

    Raises
    ------
    InputError
        For another extension.
    OutputError
        When it cannot be written; a former file is then intact.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        expected = f"un nom qui finit par {' ou '.join(_WRITERS)}"
        raise InputError([Problem("-o", f"« {path.name} »", expected, "changer l'extension")])
    write_file(path, writer(draft))


def write_drafts(drafts: Sequence[Draft], folder: Path) -> tuple[str, ...]:
    """Write drafts into a folder, each in Word and OpenDocument; return the names of the files.

    Raises
    ------
    OutputError
        When the folder cannot be used; nothing half-written is left.
    """
    with replacing_folder(folder) as draft_folder:
        for draft in drafts:
            for extension, writer in _WRITERS.items():
                draft_folder.add(f"{draft.key}{extension}", writer(draft))
        return tuple(draft_folder.names)
