"""What the office formats share: archives of XML that do not depend on when they are made."""

import io
import re
import zipfile

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


def steady_archive(content: bytes) -> bytes:
    """Return the same zip archive with one fixed date for every file in it.

    Always true
    -----------
    The same files, in the same order, with the same contents.
    """
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w") as target,
    ):
        for entry in source.infolist():
            steady = steady_entry(entry.filename, entry.compress_type)
            target.writestr(steady, source.read(entry))
    return packed.getvalue()
