"""What the office formats share: archives of XML that do not depend on when they are made."""

import datetime
import io
import re
import zipfile

_MOMENTS = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_EPOCH = (1980, 1, 1, 0, 0, 0)
# The characters that XML 1.0 cannot hold, escaped or not.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Return a text without the control characters that an office file cannot hold.

    Examples
    --------
    >>> xml_text("Saint-Front" + chr(0))
    'Saint-Front'
    """
    return _FORBIDDEN.sub("", text)


def steady_entry(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Return the entry of an archive, with a fixed date and no trace of the machine."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = compression
    entry.create_system = 0
    return entry


def steady_archive(content: bytes, moment: datetime.datetime) -> bytes:
    """Return the same zip archive without a trace of when it was made.

    Every file in it has one fixed date; the workbooks inside, which are those of charts, say they
    were made at `moment`.

    Always true
    -----------
    The same files, in the same order; but for the dates of workbooks, the same contents.
    """
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w") as target,
    ):
        for entry in source.infolist():
            steady = steady_entry(entry.filename, entry.compress_type)
            inside = source.read(entry)
            if entry.filename.endswith(".xlsx"):
                inside = steady_archive(inside, moment)
            elif entry.filename == "docProps/core.xml":
                inside = _MOMENTS.sub(f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode(), inside)
            target.writestr(steady, inside)
    return packed.getvalue()
