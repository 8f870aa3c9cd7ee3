"""Texts of every origin brought to UTF-8, each repair counted.

French files come in UTF-8, in Windows-1252, in both at once, and in UTF-8 that somebody opened as
Windows-1252 and saved again ("LiÃ¨ge"). Each line is brought to what its author wrote.
"""

import codecs
import re

from assemblier.sources.report import Ledger

MOJIBAKE = "accents abîmés rétablis"
MIXED = "ligne en Windows-1252 dans un fichier UTF-8"

_UTF8_MARK = b"\xef\xbb\xbf"
_SUSPECT = tuple(piece.encode() for piece in ("Ã", "Â", "Å", "â€", "â‚", "â„"))


def _byte_of(character: str) -> int | None:
    """Return the Windows-1252 byte of a character; its five holes are taken as Latin-1."""
    try:
        return character.encode("cp1252")[0]
    except UnicodeEncodeError:
        return ord(character) if ord(character) < 256 else None


_CONTINUATIONS = "".join(
    re.escape(bytes([byte]).decode("cp1252", "ignore") or chr(byte)) for byte in range(0x80, 0xC0)
)
# What the bytes of é, °, œ, ’ and € become when UTF-8 is read as Windows-1252.
_DAMAGED = re.compile(f"[ÂÃÅ][{_CONTINUATIONS}]|â[€‚„][{_CONTINUATIONS}]")


def encoding_of(head: bytes) -> str:
    """Return the encoding of a text from its first bytes.

    Examples
    --------
    >>> encoding_of("Liège".encode("cp1252")), encoding_of(b"Liege")
    ('cp1252', 'utf-8')
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(_UTF8_MARK):
        return "utf-8-sig"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decoded(line: bytes) -> str:
    r"""Return one line as a text: UTF-8 where it is, else Windows-1252 (never an error).

    Examples
    --------
    >>> decoded(b"Li\xe8ge"), decoded("Liège".encode())
    ('Liège', 'Liège')
    """
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(
            bytes([byte]).decode("cp1252", "ignore") or chr(byte) if byte > 127 else chr(byte)
            for byte in line
        )


def mended(text: str) -> str:
    """Return a text whose accents were damaged as they were written.

    Always true
    -----------
    A text without Â, Ã, Å or â is returned as it is.

    Examples
    --------
    >>> mended("LiÃ¨ge"), mended("Nuits-Saint-Georges"), mended("SÃO PAULO")
    ('Liège', 'Nuits-Saint-Georges', 'SÃO PAULO')
    """
    return _DAMAGED.sub(_mended_piece, text)


def _mended_piece(match: re.Match[str]) -> str:
    values = [_byte_of(character) for character in match.group()]
    try:
        return bytes(value for value in values if value is not None).decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


def clean_block(block: bytes, encoding: str, ledger: Ledger) -> bytes:
    """Return a block of whole lines in UTF-8, ended by line feeds, its repairs counted.

    Always true
    -----------
    The number of lines does not change.
    """
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n")
    if not block.isascii():
        block = _to_utf8(block, encoding, ledger)
        if any(mark in block for mark in _SUSPECT):
            block = _mended_block(block, ledger)
    return block


def _to_utf8(block: bytes, encoding: str, ledger: Ledger) -> bytes:
    """Return a block in UTF-8; lines in another encoding are counted where the file is UTF-8."""
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return block
    lines = block.split(b"\n")
    changed = []
    for index, line in enumerate(lines):
        if not line.isascii():
            text = decoded(line)
            written = text.encode("utf-8")
            if written != line:
                changed.append(text)
                lines[index] = written
    if encoding != "cp1252":
        ledger.repair(MIXED, len(changed), (text[:60] for text in changed))
    return b"\n".join(lines)


def _mended_block(block: bytes, ledger: Ledger) -> bytes:
    lines = block.split(b"\n")
    examples = []
    count = 0
    for index, line in enumerate(lines):
        if any(mark in line for mark in _SUSPECT):
            text = line.decode("utf-8")
            repaired = mended(text)
            if repaired != text:
                count += 1
                examples.append(_first_difference(text, repaired))
                lines[index] = repaired.encode("utf-8")
    ledger.repair(MOJIBAKE, count, examples)
    return b"\n".join(lines)


def _first_difference(before: str, after: str) -> str:
    """Return the word that changed, before and after."""
    match = _DAMAGED.search(before)
    start = max((match.start() if match else 0) - 12, 0)
    return f"{before[start : start + 24].strip()} → {after[start : start + 22].strip()}"
