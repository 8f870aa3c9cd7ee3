"""Files written whole or not at all."""

import errno
from pathlib import Path

import pytest

from assemblier.durable import explained, write_through
from assemblier.errors import OutputError


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_through(path, b"un")
    with pytest.raises(FileExistsError):
        write_through(path, b"deux")
    assert path.read_bytes() == b"un"


def test_a_refusal_of_the_disk_is_told_in_french(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match="libérer de la place"),
        explained(tmp_path, "libérer de la place"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_message_already_told_goes_through(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match="premier"),
        explained(tmp_path, "premier"),
        explained(tmp_path, "premier"),
    ):
        raise OSError(errno.EACCES, "refusé")
