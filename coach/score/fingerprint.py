"""What scored: hashes of the packs and of the code, frozen into each scorecard."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from coach.language.reader.reader import FOLDER as READER
from coach.language.reader.reader import reader_version

_COACH = Path(__file__).resolve().parents[1]
_PACKS = ("language/packs", "language/claims/packs", "language/claims/learned", "room/packs", "score/packs")
_KINDS = ("*.yaml", "misfit.json", "finish_*.json")
_UNREAD = re.compile(r"^(finish|draft|lines|names|streamer|comments)_|^(zh|en)\.yaml$")
"""Packs of the room and of the live loop alone: they word viewers and end turns, and do not score."""
_CODE = ("score", "language", "room", "scenario")
"""Packages whose code scores."""
_LENGTH = 12
"""Hexadecimal digits shown: 48 bits, far more than there will ever be versions."""
_VERSION = re.compile(r"^(?:\s*\")?version\"?:\s*[\"']?([^\"'\s]+)", re.MULTILINE)
_ID = re.compile(r"^(?:\s*\")?id\"?:\s*[\"']?([^\"'\s]+)", re.MULTILINE)


@cache
def pack_versions(code: str) -> dict[str, str]:
    """Return every pack that scoring in a language (`zh`, `en`) reads: id to `version+hash`. Do not change it."""
    return dict(sorted(_versions(code)))


def _versions(code: str) -> Iterator[tuple[str, str]]:
    for folder in _PACKS:
        packs = [path for kind in _KINDS for path in (_COACH / folder).glob(kind)]
        for path in sorted(packs):
            if _is_of(path.stem, code) and not (folder == "room/packs" and _UNREAD.match(path.name)):
                raw = _bytes(path)
                text = raw.decode("utf-8")
                found, version = _ID.search(text), _VERSION.search(text)
                name = found[1] if found else f"{folder.partition('/')[0]}.{path.stem}"
                yield name, f"{version[1] if version else '0'}+{_digest(raw)}"
    weights = sorted(READER.rglob("*.npz"), key=Path.as_posix)  # English ones too: IPX7 is a point in Chinese talk
    read = [path.read_bytes() for path in weights] + [_bytes(path) for path in sorted(READER.rglob("pieces.t*"))]
    yield "language.reader", f"{reader_version()}+{_digest(b''.join(read))}"


def _is_of(stem: str, code: str) -> bool:
    """Return whether a pack is of a language or of none."""
    language = re.search(r"(?:^|[_.])(zh|en)$", stem)
    return language is None or language[1] == code


@cache
def code_hash() -> str:
    """Return a hash of the code that scores."""
    hashed = hashlib.sha256()
    for package in _CODE:
        for path in sorted((_COACH / package).rglob("*.py"), key=lambda path: path.as_posix()):
            if path.name.startswith("report"):
                continue  # shows, and does not score
            hashed.update(path.relative_to(_COACH).as_posix().encode() + b"\0" + _bytes(path) + b"\0")
    return hashed.hexdigest()[:_LENGTH]


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:_LENGTH]


def _bytes(path: Path) -> bytes:
    """Return a file as it is in the repository, whatever a checkout made of its line ends."""
    return path.read_bytes().replace(b"\r\n", b"\n")
