"""A report on the disk: one file, or a folder with every format."""

from pathlib import Path

from assemblier.reports.document import Document, Table
from assemblier.reports.formats import FORMATS
from assemblier.reports.production import Progress, Written, write_report

FOLDER_FORMATS = ("html", "pdf", "xlsx", "ods", "csv", "docx", "geojson")


def write_anywhere(
    document: Document, table: Table, path: Path, progress: Progress, name: str
) -> Written:
    """Write a report: the extension chooses the format; without one, a folder with every format.

    Parameters
    ----------
    document
        The report.
    table
        Its main table, what a ``.csv`` holds.
    path
        Where.
    progress
        Told of each format of a folder.
    name
        Of the files of a folder that hold the whole report.

    Raises
    ------
    InputError
        When no format has this extension.
    OutputError
        When it cannot be written; what was there is then intact.
    """
    if is_folder(path):
        return write_folder(document, path, progress, name)
    return write_report(document, path, table, "un dossier (sans extension)")


def write_folder(
    document: Document,
    folder: Path,
    progress: Progress,
    name: str,
    more: dict[str, bytes] | None = None,
) -> Written:
    """Write a report in every format into a folder, as a whole.

    Parameters
    ----------
    document
        The report.
    folder
        Replaced as a whole.
    progress
        Told of each format.
    name
        Of the files that hold the whole report.
    more
        Other files of the folder, by name.

    Raises
    ------
    OutputError
        When the folder cannot be written; nothing half-written is left.
    """
    from assemblier.reports.html import render
    from assemblier.reports.writing import replacing_folder

    progress.total(len(FOLDER_FORMATS))
    links: dict[str, str] = {}
    with replacing_folder(folder) as draft:
        for key in (one for one in FOLDER_FORMATS if one != "html"):
            format_ = FORMATS[key]
            progress.step(format_.label)
            files = format_.files(document)
            for file_name, content in files.items():
                draft.add(_named(file_name, name), content)
            if files:  # a report without a map has nothing for a map program
                links[format_.label] = _named(format_.file_name, name)
        for file_name, content in (more or {}).items():
            draft.add(file_name, content)
            links["projet d'arrêté à compléter"] = file_name
        progress.step(FORMATS["html"].label)
        draft.add("index.html", render(document, links).encode())
        return Written(folder, draft.names, document.title)


def _named(file_name: str, name: str) -> str:
    return file_name.replace("panorama.", f"{name}.")


def is_folder(path: Path) -> bool:
    """Whether a path given with -o is a folder to fill: it has no extension."""
    return not path.suffix
