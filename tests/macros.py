"""A workbook with a macro, as a spreadsheet program saves it: made here, byte by byte.

The part `xl/vbaProject.bin` is a compound file (MS-CFB) with the streams of a VBA project
(MS-OVBA): the directory tree, the project, and one module whose source is compressed.
"""

import struct
from pathlib import Path

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_ROOT, _STORAGE, _STREAM = 5, 1, 2
_LEAST = 4096  # a smaller stream would go in the mini stream, which this file has not
SOURCE = b'Attribute VB_Name = "Module1"\r\nSub Auto_Open()\r\n  MsgBox "macro"\r\nEnd Sub\r\n'


def compressed(content: bytes) -> bytes:
    """Return a text in the container of MS-OVBA 2.4.1, every byte written as a literal."""
    tokens = b"".join(b"\x00" + content[at : at + 8] for at in range(0, len(content), 8))
    header = 0xB000 | (len(tokens) + 2 - 3)
    return b"\x01" + struct.pack("<H", header) + tokens


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    label = name.encode("utf-16-le") + b"\x00\x00"
    return (
        label.ljust(64, b"\x00")
        + struct.pack("<HBBIII", len(label) if name else 0, kind, 1, FREE, right, child)
        + b"\x00" * 36
        + struct.pack("<IQ", start, size)
    )


def vba_project() -> bytes:
    """Return the bytes of `vbaProject.bin`."""
    streams = {
        "PROJECT": b'ID="{00000000-0000-0000-0000-000000000000}"\r\nModule=Module1\r\n',
        "_VBA_PROJECT": b"\xcc\x61\xff\xff\x00\x00\x00",
        "dir": compressed(b"\x01\x00\x04\x00\x00\x00\x03\x00\x00\x00"),
        "Module1": compressed(SOURCE),
    }
    padded = {name: content.ljust(_LEAST, b"\x00") for name, content in streams.items()}
    n_directory = 2
    starts, sector = {}, 1 + n_directory
    fat = [FAT, 2, END]
    for name, content in padded.items():
        starts[name] = sector
        count = len(content) // SECTOR
        fat += [*range(sector + 1, sector + count), END]
        sector += count
    names = list(streams)
    entries = [_entry("Root Entry", _ROOT, 1, FREE, END, 0), _entry("VBA", _STORAGE, 3, 2, 0, 0)]
    for place, name in enumerate(names):
        following = FREE if place in (0, len(names) - 1) else place + 3
        size = len(padded[name])
        entries.append(_entry(name, _STREAM, FREE, following, starts[name], size))
    entries += [_entry("", 0, FREE, FREE, 0, 0)] * (n_directory * 4 - len(entries))
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff")
    return _header() + table + b"".join(entries) + b"".join(padded.values())


def _header() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\x00" * 6
        + struct.pack("<IIIIIIIIII", 0, 1, 1, 0, _LEAST, END, 0, END, 0, 0)
        + b"\xff" * (109 * 4 - 4)
    ).ljust(SECTOR, b"\xff")


def macro_workbook(path: Path, rows: list[list[object]], sheet: str) -> Path:
    """Write a macro-enabled workbook: the sheet a person fills in, and a macro."""
    import xlsxwriter

    project = path.with_name("vbaProject.bin")
    project.write_bytes(vba_project())
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_vba_project(str(project))
        page = book.add_worksheet(sheet)
        for place, row in enumerate(rows):
            page.write_row(place, 0, row)
    project.unlink()
    return path
