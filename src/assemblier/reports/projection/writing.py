"""The report of a projection on the disk: one file, or a folder with every format."""

from pathlib import Path

from assemblier.reports.document import Document, Table
from assemblier.reports.production import Progress, Written, write_report
from assemblier.reports.zonage.writing import is_folder, write_folder


def write_projection(document: Document, table: Table, path: Path, progress: Progress) -> Written:
    """Write a report: the extension chooses the format; without one, a folder with every format.

    Parameters
    ----------
    document
        The report.
    table
        Of the years: what a ``.csv`` holds.
    path
        Where.
    progress
        Told of each format of a folder.

    Raises
    ------
    InputError
        When no format has this extension.
    OutputError
        When it cannot be written; what was there is then intact.
    """
    if is_folder(path):
        return write_folder(document, path, progress, name="projection")
    return write_report(document, path, table, "un dossier")
