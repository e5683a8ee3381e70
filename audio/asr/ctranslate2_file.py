"""Whether a CTranslate2 weights file is whole, told from its headers: the weights themselves are skipped over.

The layout is what CTranslate2's converter writes (`ctranslate2.specs.model_spec`, little-endian): version, name of the
kind of model, revision, then for each variable its name, shape, type and bytes, then aliases, then the end of the file.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

KIND = "WhisperSpec"
VERSIONS = range(4, 7)
"""Layouts read here; CTranslate2 4.8 writes 6. What is newer is left to the engine to judge."""
_MOST_VERSION = 100
"""A number beyond is no version, but the beginning of some other file."""


def is_whole(path: Path) -> bool:
    """Return whether a file holds all that its headers promise, and nothing else. Some hundred short reads.

    A cut download, a page instead of the file, and another kind of model are told; a flipped bit in the weights is not.

    Raises:
        OSError: If it cannot be read.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        try:
            return _reaches_the_end(file, size)
        except (struct.error, UnicodeDecodeError):  # ended early, or the headers are no headers
            return False


def _reaches_the_end(file: BinaryIO, size: int) -> bool:
    version = number(file, "<I")
    if version not in VERSIONS:
        return VERSIONS.stop <= version < _MOST_VERSION
    if text(file) != KIND:
        return False
    number(file, "<I")  # revision
    for _ in range(number(file, "<I")):
        text(file)
        file.seek(4 * number(file, "<B") + 1, 1)  # shape and type
        file.seek(number(file, "<I"), 1)
        if file.tell() > size:
            return False
    for _ in range(number(file, "<I")):
        text(file)
        text(file)
    return file.tell() == size


def number(file: BinaryIO, form: str) -> int:
    """Return the next number of a file, as `struct` calls its form."""
    (value,) = struct.unpack(form, file.read(struct.calcsize(form)))
    return int(value)


def text(file: BinaryIO) -> str:
    """Return the next name of a file."""
    length = number(file, "<H")
    raw = file.read(length)
    if len(raw) != length or not raw.endswith(b"\0"):
        raise struct.error("cut off")
    return raw[:-1].decode()
