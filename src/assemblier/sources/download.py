"""Downloading official files: the only network access of the program.

A file comes whole and checked, or not at all: it is received beside its destination, resumed
after a cut, and put in place by one rename.
"""

import email.utils
import http.client
import json
import random
import shutil
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from assemblier.durable import file_sha256, sync_file
from assemblier.errors import AssemblierError, Problem
from assemblier.sources.catalogue import DataGouv
from assemblier.sources.opening import MEBIBYTE

DATA_GOUV = "https://www.data.gouv.fr/api/1/datasets/"
PIECE = 256 * 1024
PERMANENT = frozenset((400, 401, 403, 404, 405, 410, 451))


class DownloadError(AssemblierError, OSError):
    """A file that could not be downloaded; what was received is kept to resume later."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class Watcher(Protocol):
    """Who is told how many bytes came."""

    def received(self, done: int, total: int | None) -> None:
        """Take note of bytes received so far, of a total that may be unknown."""


@dataclass(frozen=True)
class Patience:
    """How long a server is borne with.

    Attributes
    ----------
    stalls
        Attempts in a row that bring nothing.
    restarts
        Times the whole file may be begun again.
    first_pause_seconds, longest_pause_seconds
        Pauses double from one to the other; a server may ask for more, up to the longest.
    silence_seconds
        Without a byte, the connection is dropped.
    slow_bytes, slow_seconds
        Fewer bytes than this in this time: the connection is dropped.
    sleep, clock
        Replaced in tests.
    """

    stalls: int = 5
    restarts: int = 3
    first_pause_seconds: float = 1.0
    longest_pause_seconds: float = 60.0
    silence_seconds: float = 30.0
    slow_bytes: int = 16 * 1024
    slow_seconds: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that came whole: where it is, its sha256 and the address that gave it."""

    path: Path
    sha256: str
    address: str


class _Again(Exception):
    """A failed attempt that another may mend, after a pause if the server asked for one."""

    def __init__(self, why: str, pause_seconds: float | None = None) -> None:
        self.pause_seconds = pause_seconds
        super().__init__(why)


class _Restart(_Again):
    """What was received is of no use: the file is begun again."""


def fetch(
    address: str,
    target: Path,
    max_bytes: int,
    sha256: str = "",
    patience: Patience | None = None,
    watcher: Watcher | None = None,
) -> Fetched:
    """Download one file.

    Parameters
    ----------
    address
        https, or http on this very machine.
    target
        Where to put it; an earlier file is replaced only by a whole one.
    max_bytes
        A larger file is refused.
    sha256
        Expected, or empty.
    patience, watcher
        How long to insist; whom to tell.

    Raises
    ------
    DownloadError
        When the server does not have it, sends something else, or never sends it whole.

    Always true
    -----------
    `target` is the whole file or what it was before.
    What was received before a failure is kept, and used by the next call.
    """
    _check_address(address)
    job = _Job(address, target, max_bytes, patience or Patience(), watcher)
    target.parent.mkdir(parents=True, exist_ok=True)
    job.run()
    digest = file_sha256(job.partial)
    if sha256 and digest != sha256:
        job.discard()
        raise _error(
            address,
            f"une somme de contrôle différente (sha256 {digest[:12]}…)",
            f"sha256 {sha256[:12]}…",
            "relancer ; si cela persiste, le fichier a changé : vérifier la page du producteur",
        )
    _put_in_place(job.partial, target)
    job.memory.unlink(missing_ok=True)
    return Fetched(target, digest, address)


@dataclass
class _Job:
    """One download: its files beside the target, and what the server said of the file."""

    address: str
    target: Path
    max_bytes: int
    patience: Patience
    watcher: Watcher | None
    partial: Path = field(init=False)
    memory: Path = field(init=False)
    total: int | None = None
    validator: str = ""

    def __post_init__(self) -> None:
        self.partial = self.target.with_name(self.target.name + ".partiel")
        self.memory = self.target.with_name(self.target.name + ".partiel.json")
        self._remember()

    @property
    def done(self) -> int:
        """Bytes received so far."""
        return self.partial.stat().st_size if self.partial.exists() else 0

    def _remember(self) -> None:
        """Take up what an earlier run received, where it can be continued safely."""
        try:
            said = json.loads(self.memory.read_text(encoding="utf-8"))
            is_same = said["adresse"] == self.address and bool(said["validateur"])
            self.total, self.validator = said["total"], said["validateur"]
        except (OSError, ValueError, KeyError, TypeError):
            is_same = False
        if not is_same:
            self.discard()

    def note(self, total: int | None, validator: str) -> None:
        """Keep what the server says of the file beside what is received."""
        self.total, self.validator = total, validator
        values = {"adresse": self.address, "total": total, "validateur": validator}
        self.memory.write_text(json.dumps(values), encoding="utf-8")

    def discard(self) -> None:
        """Forget what was received."""
        self.partial.unlink(missing_ok=True)
        self.memory.unlink(missing_ok=True)
        self.total, self.validator = None, ""

    def run(self) -> None:
        """Attempt until the file is whole or patience is at its end."""
        stalls = restarts = 0
        while True:
            before = self.done
            try:
                self._attempt()
                return
            except _Restart as failure:
                self.discard()
                restarts += 1
                if restarts > self.patience.restarts:
                    raise _gave_up(self.address, failure) from failure
                pause = failure.pause_seconds
            except _Again as failure:
                stalls = 0 if self.done > before else stalls + 1
                if stalls > self.patience.stalls:
                    raise _gave_up(self.address, failure) from failure
                pause = failure.pause_seconds
            self.patience.sleep(self._pause(stalls + restarts, pause))

    def _pause(self, failures: int, asked: float | None) -> float:
        """Return how long to wait: what the server asks, else twice as long each time."""
        longest = self.patience.longest_pause_seconds
        if asked is not None:
            return min(asked, longest)
        usual = self.patience.first_pause_seconds * float(2 ** max(failures - 1, 0))
        return min(usual, longest) * random.uniform(0.75, 1.0)

    def _attempt(self) -> None:
        """Ask for what is missing and receive it."""
        offset = self.done
        try:
            with _opened(self._request(offset), self.patience.silence_seconds) as answer:
                self._receive(answer, offset)
        except urllib.error.HTTPError as error:
            with error:
                self._refused(error, offset)
        except urllib.error.URLError as error:
            raise _Again(f"pas de connexion ({error.reason})") from error
        except (http.client.HTTPException, OSError) as error:
            if isinstance(error, AssemblierError):
                raise
            if isinstance(error, OSError) and error.errno == 28:
                raise _full(self.address, self.target.parent) from error
            raise _Again(f"connexion coupée ({error or type(error).__name__})") from error

    def _request(self, offset: int) -> urllib.request.Request:
        headers = {"User-Agent": "Assemblier", "Accept-Encoding": "identity", "Accept": "*/*"}
        if offset:
            headers["Range"] = f"bytes={offset}-"
            if self.validator:
                headers["If-Range"] = self.validator
        return urllib.request.Request(self.address, headers=headers)

    def _refused(self, error: urllib.error.HTTPError, offset: int) -> None:
        """Understand a refusal: nothing more to receive, a pause asked for, or the end."""
        if error.code == 416:
            whole = _total_of(error.headers.get("Content-Range", ""))
            if offset and whole == offset:
                return
            raise _Restart("le fichier a changé sur le serveur")
        if error.code in PERMANENT:
            raise _error(
                self.address,
                f"le serveur répond {error.code}",
                "le fichier",
                "vérifier l'adresse sur la page du producteur, y télécharger le fichier, puis "
                "l'importer",
            )
        raise _Again(f"le serveur répond {error.code}", _retry_after(error.headers))

    def _receive(self, answer: Any, offset: int) -> None:
        """Write what comes after what is already there."""
        start, total = self._place(answer, offset)
        self._check_size(total)
        if start == 0:
            self.note(total, _validator(answer.headers))
        with self.partial.open("r+b" if start else "wb") as file:
            file.truncate(start)
            file.seek(start)
            self._copy(answer, file, total)
        if total is not None and self.done < total:
            raise _Again(f"{self.done} octets reçus sur {total}")
        if total is not None and self.done > total:
            raise _Restart("plus d'octets qu'annoncé")

    def _place(self, answer: Any, offset: int) -> tuple[int, int | None]:
        """Return where the answer starts in the file, and the size of the whole file."""
        if "text/html" in answer.headers.get("Content-Type", ""):
            raise _error(
                self.address,
                "une page web à la place du fichier",
                "le fichier",
                "ouvrir l'adresse dans un navigateur, y télécharger le fichier, puis l'importer",
            )
        if answer.status != 206:
            length = answer.headers.get("Content-Length", "")
            return 0, int(length) if length.isdigit() else None
        said = answer.headers.get("Content-Range", "")
        start = said.removeprefix("bytes ").partition("-")[0]
        total = _total_of(said)
        is_same = self.total is None or total == self.total
        if not start.isdigit() or int(start) != offset or not is_same:
            raise _Restart("le fichier a changé sur le serveur")
        return offset, total

    def _check_size(self, total: int | None) -> None:
        if total is not None and total > self.max_bytes:
            raise self._too_big(f"{total // MEBIBYTE} Mio annoncés")
        free = shutil.disk_usage(self.target.parent).free
        if total is not None and total - self.done > free:
            raise _full(self.address, self.target.parent)

    def _too_big(self, found: str) -> DownloadError:
        self.discard()
        return _error(
            self.address,
            found,
            f"au plus {self.max_bytes // MEBIBYTE} Mio",
            "vérifier l'adresse : ce n'est pas le fichier attendu",
        )

    def _copy(self, answer: Any, file: Any, total: int | None) -> None:
        clock = self.patience.clock
        mark, mark_bytes = clock(), file.tell()
        while piece := answer.read1(PIECE):
            file.write(piece)
            if file.tell() > self.max_bytes:
                raise self._too_big(f"plus de {self.max_bytes // MEBIBYTE} Mio reçus")
            if self.watcher:
                self.watcher.received(file.tell(), total)
            if clock() - mark > self.patience.slow_seconds:
                if file.tell() - mark_bytes < self.patience.slow_bytes:
                    raise _Again("serveur trop lent")
                mark, mark_bytes = clock(), file.tell()


class _SameSafety(urllib.request.HTTPRedirectHandler):
    """Follows redirections, but never from https to something less safe."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        _check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opened(request: urllib.request.Request, silence_seconds: float) -> Any:
    """Open a request, through the proxies that the environment names."""
    opener = urllib.request.build_opener(_SameSafety())
    return opener.open(request, timeout=silence_seconds)


def _check_address(address: str) -> None:
    """Refuse what is neither https nor on this machine."""
    parts = urllib.parse.urlsplit(address)
    is_here = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not (parts.scheme == "https" or (parts.scheme == "http" and is_here)):
        raise _error(address, "une adresse sans chiffrement", "https://…", "corriger l'adresse")


def _validator(headers: Any) -> str:
    """Return what tells that the file has not changed: a strong etag, else its date."""
    etag = headers.get("ETag", "")
    if etag and not etag.startswith("W/"):
        return str(etag)
    return str(headers.get("Last-Modified", ""))


def _total_of(content_range: str) -> int | None:
    """Return the size of the whole file from ``bytes 0-9/100`` or ``bytes */100``."""
    total = content_range.rpartition("/")[2]
    return int(total) if total.isdigit() else None


def _retry_after(headers: Any) -> float | None:
    """Return how long a server asks to wait, given in seconds or as a date."""
    said = str(headers.get("Retry-After", "")).strip()
    if said.isdigit():
        return float(said)
    try:
        when = email.utils.parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return None
    return max(when.timestamp() - time.time(), 0.0)


def latest_address(wanted: DataGouv, folder: Path, patience: Patience | None = None) -> str:
    """Return the address of the latest file of a data set on data.gouv.fr.

    Raises
    ------
    DownloadError
        When the data set does not answer or has no such file.
    """
    page = folder / f"{wanted.data_set}.json"
    try:
        got = fetch(f"{DATA_GOUV}{wanted.data_set}/", page, 50 * MEBIBYTE, patience=patience)
        described = json.loads(got.path.read_text(encoding="utf-8"))
        files = [
            (str(one.get("last_modified", "")), str(one["url"]))
            for one in described["resources"]
            if wanted.pattern in str(one["url"])
        ]
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        if isinstance(error, AssemblierError):
            raise
        raise _error(
            f"{DATA_GOUV}{wanted.data_set}/",
            "une réponse illisible",
            "la liste des fichiers",
            "télécharger le fichier sur la page du producteur, puis l'importer",
        ) from error
    finally:
        page.unlink(missing_ok=True)
    if not files:
        raise _error(
            f"{DATA_GOUV}{wanted.data_set}/",
            f"aucun fichier « {wanted.pattern} »",
            "le fichier",
            "le chercher sur la page du producteur, puis l'importer",
        )
    return max(files)[1]


def _put_in_place(partial: Path, target: Path) -> None:
    sync_file(partial)
    partial.replace(target)


def _error(address: str, found: str, expected: str, action: str) -> DownloadError:
    return DownloadError(Problem(address, found, expected, action))


def _gave_up(address: str, failure: Exception) -> DownloadError:
    return _error(
        address,
        f"téléchargement abandonné : {failure}",
        "le fichier entier",
        "relancer la même commande : ce qui est déjà reçu sera repris quand le serveur le permet",
    )


def _full(address: str, folder: Path) -> DownloadError:
    return _error(
        address,
        f"plus de place dans {folder}",
        "de la place pour le fichier",
        "libérer de la place, puis relancer la même commande",
    )
