"""Files damaged at random, as transfers, spreadsheets and hasty hands damage them."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable

ODD_CELLS = (
    b"", b"abc", b"-1", b"1e308", b"1e999", b"NaN", b"inf", b'"', b'""', b"\x00", b"=1+1",
    b"99999999999999999999", b"1,2,3", b"  ", b"0x10", b"01/13/2024", b"\xff\xfe", b"N/A",
    b"01001", b"1001", b"75056", b"s", b"<b>", "é".encode("cp1252"), "é".encode(), b"\r",
    "Ã©".encode(), "１２".encode(), b"x" * 300,
)  # fmt: skip
Damage = Callable[[bytes, random.Random], bytes]


def flip(content: bytes, chance: random.Random) -> bytes:
    """Change a few bytes."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    """Keep only the beginning."""
    return content[: chance.randrange(len(content) + 1)]


def drop(content: bytes, chance: random.Random) -> bytes:
    """Take a piece away."""
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.randint(1, 200) :]


def repeat(content: bytes, chance: random.Random) -> bytes:
    """Write a piece twice."""
    start = chance.randrange(len(content) + 1)
    end = start + chance.randint(1, 300)
    return content[:end] + content[start:]


def insert(content: bytes, chance: random.Random) -> bytes:
    """Insert something odd."""
    start = chance.randrange(len(content) + 1)
    return content[:start] + chance.choice(ODD_CELLS) + content[start:]


def _by_lines(content: bytes, change: Callable[[list[bytes]], None]) -> bytes:
    lines = content.split(b"\n")
    change(lines)
    return b"\n".join(lines)


def odd_cell(content: bytes, chance: random.Random) -> bytes:
    """Replace one cell of a delimited text."""
    separator = max((b";", b",", b"|", b"\t"), key=content.count)

    def change(lines: list[bytes]) -> None:
        rank = chance.randrange(len(lines))
        cells = lines[rank].split(separator)
        cells[chance.randrange(len(cells))] = chance.choice(ODD_CELLS)
        lines[rank] = separator.join(cells)

    return _by_lines(content, change)


def lines_moved(content: bytes, chance: random.Random) -> bytes:
    """Swap, repeat or remove whole lines."""

    def change(lines: list[bytes]) -> None:
        first, second = (chance.randrange(len(lines)) for _ in range(2))
        kind = chance.randrange(3)
        if kind == 0:
            lines[first], lines[second] = lines[second], lines[first]
        elif kind == 1:
            lines.insert(first, lines[second])
        else:
            lines.pop(first)

    return _by_lines(content, change)


def column_lost(content: bytes, chance: random.Random) -> bytes:
    """Remove one column everywhere."""
    separator = max((b";", b",", b"|", b"\t"), key=content.count)
    place = chance.randrange(max(content.split(b"\n")[0].count(separator), 1))

    def change(lines: list[bytes]) -> None:
        for rank, line in enumerate(lines):
            cells = line.split(separator)
            lines[rank] = separator.join(cells[:place] + cells[place + 1 :])

    return _by_lines(content, change)


def rewritten(content: bytes, chance: random.Random) -> bytes:
    """Change the separator, the encoding or the line ends of the whole text."""
    kind = chance.randrange(5)
    if kind == 0:
        return content.replace(b";", chance.choice((b",", b"\t", b"|")))
    if kind == 1:
        return content.decode("utf-8", "replace").encode("cp1252", "replace")
    if kind == 2:
        return content.decode("cp1252", "replace").encode("utf-8")
    if kind == 3:
        return content.replace(b"\n", chance.choice((b"\r", b"\r\n")))
    return content.decode("utf-8", "replace").encode("utf-16")


def replaced(_content: bytes, chance: random.Random) -> bytes:
    """Put something else under the same name."""
    return chance.choice(
        (
            b"",
            b"<!DOCTYPE html><title>Connexion</title>",
            b"{}",
            b"PK\x03\x04",
            b"\x1f\x8b\x08",
            bytes(range(256)) * 8,
            b"\n" * 500,
            b";" * 5000,
            b'"' * 5000,
        )
    )


TEXT: tuple[Damage, ...] = (
    flip, cut, drop, repeat, insert, odd_cell, odd_cell, odd_cell, lines_moved, column_lost,
    rewritten, replaced,
)  # fmt: skip
RAW: tuple[Damage, ...] = (flip, cut, drop, repeat, insert, replaced)


def inside_zip(content: bytes, chance: random.Random) -> bytes:
    """Damage one part of an archive or a workbook, and close it properly."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        names = old.namelist()
        likely = [name for name in names if "sheet" in name or "shared" in name] or names
        chosen = chance.choice(likely if chance.random() < 0.8 else names)
        for name in names:
            part = old.read(name)
            damages = (flip, drop, repeat, insert) if name.endswith(".xml") else TEXT
            new.writestr(name, chance.choice(damages)(part, chance) if name == chosen else part)
    return packed.getvalue()


def inside_gzip(content: bytes, chance: random.Random) -> bytes:
    """Damage what a gz holds, and compress it again."""
    return gzip.compress(chance.choice(TEXT)(gzip.decompress(content), chance), 1, mtime=0)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a file damaged once or twice, in a way that suits its kind."""
    if content.startswith(b"PK"):
        damage = inside_zip if chance.random() < 0.7 else chance.choice(RAW)
    elif content.startswith(b"\x1f\x8b"):
        damage = inside_gzip if chance.random() < 0.7 else chance.choice(RAW)
    else:
        damage = chance.choice(TEXT)
    return damage(content, chance)
