"""A folder of arrays: written aside, put in place at once, read without loading (memory-mapped)."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from assemblier.durable import file_sha256, put_in_place, sync_file, write_through

ACCOUNT = "compte.json"
FORMAT = 1


class DamagedError(Exception):
    """A folder of arrays that is not what was written; says which file, in French."""


def write_arrays(folder: Path, arrays: Mapping[str, np.ndarray], about: Mapping[str, Any]) -> None:
    """Write arrays as a folder that is there whole or not at all.

    Parameters
    ----------
    folder
        Must not exist; its parent must.
    arrays
        By name.
    about
        Whatever JSON can hold, given back by `read_about`.

    Always true
    -----------
    What is read back is what was written, bit for bit.
    """
    draft = folder.with_name(folder.name + ".partiel")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    files = {name: _write(draft / f"{name}.npy", array) for name, array in arrays.items()}
    account = {"format": FORMAT, "tableaux": files, "a_propos": dict(about)}
    write_through(draft / ACCOUNT, json.dumps(account, ensure_ascii=False, indent=1).encode())
    put_in_place(draft, folder)


def read_about(folder: Path) -> dict[str, Any]:
    """Return what was said of a folder when it was written.

    Raises
    ------
    DamagedError
        When its account cannot be read, or is of another version of Assemblier.
    """
    about: dict[str, Any] = _account(folder)["a_propos"]
    return about


def read_arrays(folder: Path) -> dict[str, np.ndarray]:
    """Return the arrays of a folder, memory-mapped and read-only.

    Raises
    ------
    DamagedError
        When a file is missing, or has not the size or the form that was written.
    """
    return {
        name: _mapped(folder / f"{name}.npy", said)
        for name, said in _account(folder)["tableaux"].items()
    }


def damages(folder: Path) -> Iterator[str]:
    """Yield what is wrong in a folder, every byte of it compared with its account."""
    try:
        files = _account(folder)["tableaux"]
    except DamagedError as error:
        yield str(error)
        return
    for name, said in files.items():
        path = folder / f"{name}.npy"
        try:
            if file_sha256(path) != said["sha256"]:
                yield f"{path.name} modifié depuis son écriture"
        except OSError:
            yield f"{path.name} absent ou illisible"


def _account(folder: Path) -> dict[str, Any]:
    try:
        account: dict[str, Any] = json.loads((folder / ACCOUNT).read_bytes())
        is_known = account["format"] == FORMAT and {"tableaux", "a_propos"} <= set(account)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedError(f"{ACCOUNT} absent ou illisible") from error
    if not is_known:
        raise DamagedError(f"{ACCOUNT} d'une autre version d'Assemblier")
    return account


def _write(path: Path, array: np.ndarray) -> dict[str, Any]:
    whole = np.ascontiguousarray(array)
    with path.open("xb") as file:
        np.lib.format.write_array(file, whole, allow_pickle=False)
    sync_file(path)
    return {
        "type": whole.dtype.str,
        "forme": list(whole.shape),
        "octets": path.stat().st_size,
        "sha256": file_sha256(path),
    }


def _mapped(path: Path, said: Mapping[str, Any]) -> np.ndarray:
    try:
        if path.stat().st_size != said["octets"]:
            raise DamagedError(f"{path.name} n'a pas la taille écrite")
        # An empty array cannot be mapped.
        is_empty = 0 in said["forme"]
        array: np.ndarray = np.load(path, mmap_mode=None if is_empty else "r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise DamagedError(f"{path.name} absent ou illisible") from error
    if array.dtype.str != said["type"] or list(array.shape) != said["forme"]:
        raise DamagedError(f"{path.name} n'a pas la forme écrite")
    return array
