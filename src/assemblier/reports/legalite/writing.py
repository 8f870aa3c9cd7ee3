"""Drafts on the disk: one file, or a folder with each in Word and OpenDocument."""

from collections.abc import Sequence
from pathlib import Path

from assemblier.errors import InputError, Problem
from assemblier.reports.legalite import docx, odt
from assemblier.reports.legalite.draft import Draft
from assemblier.reports.writing import replacing_folder, write_file

_WRITERS = {".docx": docx.render, ".odt": odt.render}


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
