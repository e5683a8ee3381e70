"""The weights in a CTranslate2 file, as arrays. The layout is told in `ctranslate2_file`."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from audio.asr.ctranslate2_file import KIND, VERSIONS, number, text

Floats: TypeAlias = NDArray[np.float32]

_KINDS = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
"""Types by their number in the file (`ctranslate2.specs.model_spec`); brain floats, 5, are not read."""
_SCALE = "_scale"
"""Ends the name of what a matrix of small whole numbers was multiplied by, one number a row or one in all."""


class Table:
    """A matrix of which few rows are wanted at a time.

    Args:
        rows: Of any type.
        scale: What they were multiplied by, (rows, 1).
    """

    def __init__(self, rows: NDArray[Any], scale: Floats | None) -> None:
        self._rows, self._scale = rows, scale

    def rows(self, numbers: NDArray[np.int64]) -> Floats:
        """Return some rows in 32 bits."""
        return _divided(self._rows[numbers], None if self._scale is None else self._scale[numbers])


class Weights:
    """A file's variables. Nothing is read before it is asked for; the file stays open as long as this lives.

    Args:
        path: The file.

    Raises:
        ValueError: If it is no Whisper model, or holds numbers of an unknown kind.
        OSError: If it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._file = np.memmap(path, np.uint8, mode="r")
        self._at: dict[str, tuple[int, tuple[int, ...], Any]] = {}
        self._other: dict[str, str] = {}
        try:
            self._list(path)
        except (struct.error, UnicodeDecodeError, KeyError) as error:
            raise ValueError(f"{path}: expected the weights of a Whisper model") from error

    def __contains__(self, name: str) -> bool:
        return self._other.get(name, name) in self._at

    def number(self, name: str) -> int:
        """Return a setting that is one whole number.

        Raises:
            KeyError: If there is none of that name.
        """
        return int(self._array(name).item())

    def whole(self, name: str) -> Floats:
        """Return a variable in 32 bits.

        Raises:
            KeyError: If there is none of that name.
        """
        return _divided(self._array(name), self._scale(name))

    def table(self, name: str) -> Table:
        """Return a matrix to look rows up in, in the type of the file; it needs the file no more."""
        scale = self._scale(name)
        return Table(np.array(self._array(name)), None if scale is None else np.array(scale))

    def _scale(self, name: str) -> Floats | None:
        """Return what the rows of a matrix were multiplied by, (rows, 1)."""
        held = f"{self._other.get(name, name)}{_SCALE}"
        if held not in self:
            return None
        scale = np.asarray(self._array(held), np.float32).reshape(-1, 1)
        return np.broadcast_to(scale, (len(self._array(name)), 1))

    def _array(self, name: str) -> NDArray[Any]:
        at, shape, kind = self._at[self._other.get(name, name)]
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        array: NDArray[Any] = self._file[at : at + size].view(kind).reshape(shape)
        return array

    def _list(self, path: Path) -> None:
        with path.open("rb") as file:
            if number(file, "<I") not in VERSIONS or text(file) != KIND:
                raise ValueError(f"{path}: expected a {KIND} of version {VERSIONS.start} to {VERSIONS.stop - 1}")
            number(file, "<I")  # revision
            for _ in range(number(file, "<I")):
                name = text(file)
                shape = tuple(number(file, "<I") for _ in range(number(file, "<B")))
                kind, size = _KINDS[number(file, "<B")], number(file, "<I")
                self._at[name] = file.tell(), shape, kind
                file.seek(size, 1)
            for _ in range(number(file, "<I")):
                name = text(file)
                self._other[name] = text(file)


def _divided(array: NDArray[Any], scale: Floats | None) -> Floats:
    return np.asarray(array if scale is None else array / scale, np.float32)
