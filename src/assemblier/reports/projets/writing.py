"""The report of a project on the disk: one file, or a folder with every format."""

from pathlib import Path
from typing import TYPE_CHECKING

from assemblier.projects.study import Study
from assemblier.reports.document import Document
from assemblier.reports.production import Progress, Written
from assemblier.reports.projets.document import project_document

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_FORMATS = ("pdf", "docx", "ods", "html")


def project_workbook(study: Study, document: Document | None = None) -> bytes:
    """Return the workbook of a project: the live calculation first, then every table.

    Always true
    -----------
    The same project gives the same bytes.
    """
    from assemblier.reports import xlsx
    from assemblier.reports.projets.live import write_live_sheets

    def live(book: "Workbook") -> None:
        write_live_sheets(book, study)

    return xlsx.render(document or project_document(study), live)


def write_project(study: Study, path: Path, progress: Progress) -> Written:
    """Write the report of a project: the extension chooses; without one, a folder of them all.

    Raises
    ------
    InputError
        When no format has this extension.
    OutputError
        When it cannot be written; what was there is then intact.
    """
    from assemblier.reports.production import write_report
    from assemblier.reports.writing import write_file

    document = project_document(study)
    if not path.suffix:
        return _write_folder(study, document, path, progress)
    if path.suffix.lower() == ".xlsx":
        write_file(path, project_workbook(study, document))
        return Written(path, (path.name,), document.title)
    return write_report(document, path, otherwise="un dossier, sans extension")


def _write_folder(study: Study, document: Document, folder: Path, progress: Progress) -> Written:
    from assemblier.reports.formats import FORMATS
    from assemblier.reports.html import render
    from assemblier.reports.writing import replacing_folder

    progress.total(len(_FORMATS) + 1)
    links = {FORMATS["xlsx"].label: "projet.xlsx"}
    with replacing_folder(folder) as draft:
        progress.step(FORMATS["xlsx"].label)
        draft.add("projet.xlsx", project_workbook(study, document))
        for key in _FORMATS:
            format_ = FORMATS[key]
            progress.step(format_.label)
            if key == "html":
                draft.add("index.html", render(document, links).encode())
                continue
            name = f"projet{format_.extension}"
            for content in format_.files(document).values():
                draft.add(name, content)
            links[format_.label] = name
        return Written(folder, draft.names, document.title)
