"""Whether an ONNX file is whole, told from its outermost fields: what they hold is skipped over.

An ONNX file is one protocol buffer, `ModelProto`: tags with a field number and a kind, then the field. The weights lie
in the graph, field 7, by far the longest; a cut file ends within it.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

GRAPH = 7
"""Number of the field that every model has; `onnx.proto`."""
MOST_FIELD = 50
"""Field numbers of `ModelProto` stay far below; what is beyond is the beginning of some other file."""
_VARINT, _EIGHT, _LENGTH, _FOUR = 0, 1, 2, 5
"""Kinds of fields."""


def is_whole(path: Path) -> bool:
    """Return whether a file holds all that its fields promise, a graph among them. A few short reads.

    Raises:
        OSError: If it cannot be read.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        try:
            return GRAPH in _fields(file, size)
        except ValueError:
            return False


def _fields(file: BinaryIO, size: int) -> set[int]:
    """Return the numbers of the outermost fields.

    Raises:
        ValueError: If the file is no such sequence, or ends within a field.
    """
    found: set[int] = set()
    while file.tell() < size:
        number, kind = divmod(_varint(file), 8)
        if not 0 < number < MOST_FIELD:
            raise ValueError("no field of a model")
        found.add(number)
        file.seek(_length(file, kind), 1)
    if file.tell() != size:
        raise ValueError("cut off")
    return found


def _length(file: BinaryIO, kind: int) -> int:
    """Return how many bytes of a field are still to come."""
    if kind == _VARINT:
        _varint(file)
        return 0
    if kind == _LENGTH:
        return _varint(file)
    if kind in (_EIGHT, _FOUR):
        return 8 if kind == _EIGHT else 4
    raise ValueError("no kind of field")


def _varint(file: BinaryIO) -> int:
    value = shift = 0
    while shift < 64:
        byte = file.read(1)
        if not byte:
            raise ValueError("cut off")
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
        shift += 7
    raise ValueError("no number")
