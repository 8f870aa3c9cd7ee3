"""Downloads against a local server that cuts, truncates, changes, refuses and drags."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assemblier.sources import download
from assemblier.sources.catalogue import DataGouv
from assemblier.sources.download import DownloadError, Patience, fetch

CONTENT = bytes(range(256)) * 4096  # 1 Mio
LIMIT = 8 * 1024 * 1024
Script = Callable[[BaseHTTPRequestHandler, "Served"], None]


@dataclass
class Served:
    """What the server is asked, and what it is told to answer, in order (the last one repeats)."""

    scripts: list[Script] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    state = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            rank = len(state.requests)
            state.requests.append(dict(self.headers))
            state.paths.append(self.path)
            state.scripts[min(rank, len(state.scripts) - 1)](self, state)

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_port}/fichier.csv"
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


def answer(
    content: bytes = CONTENT,
    cut: int | None = None,
    etag: str = '"a"',
    ranges: bool = True,
    length: int | None = None,
) -> Script:
    """Return a script that sends a content, from where it is asked, and may stop too early."""

    def script(handler: BaseHTTPRequestHandler, _state: Served) -> None:
        asked = handler.headers.get("Range", "")
        same = handler.headers.get("If-Range", etag) == etag
        start = int(asked[6:-1]) if asked and ranges and same else 0
        if start >= len(content):
            handler.send_response(416)
            handler.send_header("Content-Range", f"bytes */{len(content)}")
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        handler.send_response(206 if start else 200)
        if start:
            last = len(content) - 1
            handler.send_header("Content-Range", f"bytes {start}-{last}/{len(content)}")
        if etag:
            handler.send_header("ETag", etag)
        said = len(content) - start if length is None else length
        handler.send_header("Content-Length", str(said))
        handler.end_headers()
        end = len(content) if cut is None else min(start + cut, len(content))
        handler.wfile.write(content[start:end])

    return script


def refusal(code: int, retry_after: str = "") -> Script:
    def script(handler: BaseHTTPRequestHandler, _state: Served) -> None:
        handler.send_response(code)
        if retry_after:
            handler.send_header("Retry-After", retry_after)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return script


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def patience(pauses: list[float]) -> Patience:
    return Patience(sleep=pauses.append, silence_seconds=5)


def test_whole_file_at_once(served: Served, tmp_path: Path, patience: Patience) -> None:
    served.scripts = [answer()]
    got = fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience)
    assert got.path.read_bytes() == CONTENT
    assert got.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == ["f.csv"]


def test_resumes_after_each_cut(
    served: Served, tmp_path: Path, patience: Patience, pauses: list[float]
) -> None:
    served.scripts = [answer(cut=150_000)]
    got = fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience)
    assert got.path.read_bytes() == CONTENT
    assert len(served.requests) == 7
    assert [one.get("Range") for one in served.requests[:3]] == [
        None,
        "bytes=150000-",
        "bytes=300000-",
    ]
    assert served.requests[1]["If-Range"] == '"a"'
    assert len(pauses) == 6


def test_a_later_run_takes_up_what_an_earlier_one_received(
    served: Served, tmp_path: Path, pauses: list[float]
) -> None:
    hasty = Patience(stalls=0, sleep=pauses.append)
    served.scripts = [answer(cut=400_000), refusal(503)]
    with pytest.raises(DownloadError, match="abandonné"):
        fetch(served.address, tmp_path / "f.csv", LIMIT, patience=hasty)
    assert not (tmp_path / "f.csv").exists()
    served.scripts = [answer()]
    fetch(served.address, tmp_path / "f.csv", LIMIT, patience=hasty)
    assert (tmp_path / "f.csv").read_bytes() == CONTENT
    assert served.requests[-1]["Range"] == "bytes=400000-"


def test_never_joins_two_versions(served: Served, tmp_path: Path, patience: Patience) -> None:
    newer = CONTENT[::-1]
    served.scripts = [answer(cut=300_000), answer(newer, etag='"b"')]
    got = fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience)
    assert got.path.read_bytes() == newer


def test_never_joins_two_sizes_of_a_server_that_says_nothing(
    served: Served, tmp_path: Path, patience: Patience
) -> None:
    newer = CONTENT + b"suite"
    served.scripts = [answer(cut=300_000, etag=""), answer(newer, etag="")]
    got = fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience)
    assert got.path.read_bytes() == newer


def test_file_that_always_changes_is_given_up(
    served: Served, tmp_path: Path, patience: Patience
) -> None:
    def changing(handler: BaseHTTPRequestHandler, state: Served) -> None:
        answer(CONTENT + b"x" * len(state.requests), cut=200_000, etag="")(handler, state)

    served.scripts = [changing]
    with pytest.raises(DownloadError, match="a changé sur le serveur"):
        fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience)
    assert not (tmp_path / "f.csv").exists()


def test_server_without_resumption_that_truncates_is_given_up(
    served: Served, tmp_path: Path, patience: Patience, pauses: list[float]
) -> None:
    served.scripts = [answer(cut=1000, ranges=False)]
    with pytest.raises(DownloadError, match="1000 octets reçus sur 1048576"):
        fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience)
    assert not (tmp_path / "f.csv").exists()
    # The first attempt brought something; from the second on, each pause is about twice the last.
    assert pauses[1:] == sorted(pauses[1:])
    assert len(pauses) > 3


@pytest.mark.parametrize("code", [404, 403, 410])
def test_refusal_is_final(
    served: Served, tmp_path: Path, patience: Patience, pauses: list[float], code: int
) -> None:
    served.scripts = [refusal(code)]
    with pytest.raises(DownloadError, match=f"répond {code}"):
        fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience)
    assert len(served.requests) == 1
    assert pauses == []


@pytest.mark.parametrize("code", [429, 500, 502, 503])
def test_passing_failure_is_retried(
    served: Served, tmp_path: Path, patience: Patience, code: int
) -> None:
    served.scripts = [refusal(code), refusal(code), answer()]
    got = fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience)
    assert got.path.read_bytes() == CONTENT


def test_pause_asked_by_the_server_is_kept_within_reason(
    served: Served, tmp_path: Path, patience: Patience, pauses: list[float]
) -> None:
    served.scripts = [refusal(429, "7"), refusal(429, "90000"), answer()]
    fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience)
    assert pauses == [7.0, 60.0]


def test_wrong_checksum_leaves_the_earlier_file(
    served: Served, tmp_path: Path, patience: Patience
) -> None:
    target = tmp_path / "f.csv"
    target.write_bytes(b"avant")
    served.scripts = [answer()]
    with pytest.raises(DownloadError, match="somme de contrôle"):
        fetch(served.address, target, LIMIT, sha256="0" * 64, patience=patience)
    assert target.read_bytes() == b"avant"
    assert [path.name for path in tmp_path.iterdir()] == ["f.csv"]


def test_right_checksum_replaces_the_earlier_file(
    served: Served, tmp_path: Path, patience: Patience
) -> None:
    target = tmp_path / "f.csv"
    target.write_bytes(b"avant")
    served.scripts = [answer()]
    wanted = hashlib.sha256(CONTENT).hexdigest()
    fetch(served.address, target, LIMIT, sha256=wanted, patience=patience)
    assert target.read_bytes() == CONTENT


def test_announced_size_over_the_limit_is_refused_at_once(
    served: Served, tmp_path: Path, patience: Patience
) -> None:
    served.scripts = [answer()]
    with pytest.raises(DownloadError, match="annoncés"):
        fetch(served.address, tmp_path / "f.csv", 1024, patience=patience)
    assert list(tmp_path.iterdir()) == []


def test_endless_file_is_stopped_at_the_limit(
    served: Served, tmp_path: Path, patience: Patience
) -> None:
    def endless(handler: BaseHTTPRequestHandler, _state: Served) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(1000):
                handler.wfile.write(CONTENT)
        except OSError:
            pass

    served.scripts = [endless]
    with pytest.raises(DownloadError, match="reçus"):
        fetch(served.address, tmp_path / "f.csv", 2 * 1024 * 1024, patience=patience)
    assert list(tmp_path.iterdir()) == []


def test_slow_server_is_left_and_resumed(
    served: Served, tmp_path: Path, pauses: list[float]
) -> None:
    ticks = iter(range(0, 10_000, 20))
    slow = Patience(sleep=pauses.append, clock=lambda: float(next(ticks)), slow_bytes=2**30)
    served.scripts = [answer()]
    got = fetch(served.address, tmp_path / "f.csv", LIMIT, patience=slow)
    assert got.path.read_bytes() == CONTENT
    assert len(served.requests) > 1, "la connexion lente a été quittée"


def test_silent_server_is_left(served: Served, tmp_path: Path, pauses: list[float]) -> None:
    released = threading.Event()

    def silent(handler: BaseHTTPRequestHandler, _state: Served) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "10")
        handler.end_headers()
        released.wait(5)

    served.scripts = [silent]
    hasty = Patience(stalls=1, sleep=pauses.append, silence_seconds=0.05)
    with pytest.raises(DownloadError, match="coupée"):
        fetch(served.address, tmp_path / "f.csv", LIMIT, patience=hasty)
    released.set()


def test_web_page_is_refused(served: Served, tmp_path: Path, patience: Patience) -> None:
    def page(handler: BaseHTTPRequestHandler, _state: Served) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.end_headers()
        handler.wfile.write(b"<html>Connexion</html>")

    served.scripts = [page]
    with pytest.raises(DownloadError, match="page web"):
        fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience)
    assert not (tmp_path / "f.csv").exists()


def test_follows_a_redirection_but_not_to_plain_http(
    served: Served, tmp_path: Path, patience: Patience
) -> None:
    def moved(to: str) -> Script:
        def script(handler: BaseHTTPRequestHandler, _state: Served) -> None:
            handler.send_response(302)
            handler.send_header("Location", to)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        return script

    served.scripts = [moved("/ailleurs.csv"), answer()]
    fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience)
    assert served.paths == ["/fichier.csv", "/ailleurs.csv"]
    served.requests.clear()
    served.scripts = [moved("http://exemple.fr/f.csv")]
    with pytest.raises(DownloadError, match="sans chiffrement"):
        fetch(served.address, tmp_path / "g.csv", LIMIT, patience=patience)


@pytest.mark.parametrize(
    "address", ["http://exemple.fr/f.csv", "ftp://exemple.fr/f", "file:///etc"]
)
def test_unsafe_address_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(DownloadError, match="sans chiffrement"):
        fetch(address, tmp_path / "f", LIMIT)


def test_no_server_at_all(tmp_path: Path, served: Served, patience: Patience) -> None:
    with pytest.raises(DownloadError, match="pas de connexion"):
        fetch("http://127.0.0.1:9/f.csv", tmp_path / "f.csv", LIMIT, patience=patience)


def test_full_disk_is_said(
    served: Served, tmp_path: Path, patience: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.scripts = [answer()]
    usage = type("Usage", (), {"free": 10})
    monkeypatch.setattr(download.shutil, "disk_usage", lambda _folder: usage)
    with pytest.raises(DownloadError, match="plus de place"):
        fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience)


def test_proxy_of_the_environment_is_used(
    served: Served, tmp_path: Path, patience: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.scripts = [answer()]
    monkeypatch.delenv("no_proxy")
    monkeypatch.setenv("http_proxy", served.address.rpartition("/")[0])
    fetch("http://localhost:1/par-le-relais.csv", tmp_path / "f.csv", LIMIT, patience=patience)
    assert served.paths == ["http://localhost:1/par-le-relais.csv"]


def test_watcher_sees_the_bytes_come(served: Served, tmp_path: Path, patience: Patience) -> None:
    seen: list[tuple[int, int | None]] = []

    class Watcher:
        def received(self, done: int, total: int | None) -> None:
            seen.append((done, total))

    served.scripts = [answer()]
    fetch(served.address, tmp_path / "f.csv", LIMIT, patience=patience, watcher=Watcher())
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_latest_file_of_a_data_set(
    served: Served, tmp_path: Path, patience: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    described = b"""{"resources": [
      {"url": "https://exemple.fr/stock-1.csv", "last_modified": "2026-01-01"},
      {"url": "https://exemple.fr/stock-2.csv", "last_modified": "2026-03-01"},
      {"url": "https://exemple.fr/autre.csv", "last_modified": "2026-05-01"}]}"""
    monkeypatch.setattr(download, "DATA_GOUV", served.address.rpartition("/")[0] + "/")
    served.scripts = [answer(described)]
    found = download.latest_address(DataGouv("jeu", "stock"), tmp_path, patience)
    assert found == "https://exemple.fr/stock-2.csv"
    assert served.paths == ["/jeu/"]
    with pytest.raises(DownloadError, match="aucun fichier"):
        download.latest_address(DataGouv("jeu", "inexistant"), tmp_path, patience)
    served.scripts = [answer(b"{}")]
    with pytest.raises(DownloadError, match="illisible"):
        download.latest_address(DataGouv("jeu", "stock"), tmp_path, patience)
    assert list(tmp_path.iterdir()) == []
