"""Makes of a network that hears 8 s of sound one that hears fewer: what lies before costs as much and tells little.

Whisper's encoder gives each place of its window a vector of its own, so that a shorter window is a matter of the last
vectors alone. The network is a file of protobuf messages (ONNX); four kinds of fields are changed, all else is copied
as it is. Numbers of fields are those of `onnx.proto`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping

_GRAPH, _INITIALIZER, _INPUT, _INNER_SHAPES = 7, 5, 11, 13
_DIMS, _DATA_TYPE, _NAME, _RAW = 1, 2, 8, 9
_TYPE, _TENSOR, _SHAPE, _DIM, _DIM_VALUE = 2, 1, 2, 1, 1
_FLOAT, _INT64 = 1, 7
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_PLACES = b"embed_positions.weight"

Edit = Callable[[bytes], bytes | None]


def shortened(model: bytes, whole: int, kept: int, frames: int) -> bytes:
    """Return the network with a window of its last places.

    Args:
        model: An ONNX file.
        whole: Places of its window.
        kept: Places to keep.
        frames: Frames of input for each place.

    Raises:
        ValueError: If the file is not built as is known.
    """
    done: set[str] = set()

    def initializer(tensor: bytes) -> bytes:
        parts = _parts(tensor)
        dims, raw = parts.get(_DIMS, []), parts.get(_RAW, [b""])[0]
        if parts.get(_DATA_TYPE) == [_INT64] and raw == struct.pack("<q", whole):
            done.add("reshape")
            return _edited(tensor, {_RAW: lambda _: struct.pack("<q", kept)})
        if not isinstance(name := parts.get(_NAME, [b""])[0], bytes) or not name.endswith(_PLACES):
            return tensor
        if dims[:1] != [whole] or parts.get(_DATA_TYPE) != [_FLOAT] or not isinstance(raw, bytes) or len(raw) % whole:
            raise ValueError("expected one vector of floats for each place of the window")
        done.add("places")
        without = _edited(tensor, {_RAW: lambda _: raw[-kept * (len(raw) // whole) :]}, drop=_DIMS)
        return b"".join(_number(_DIMS, int(size)) for size in (kept, *dims[1:])) + without

    def size(dim: bytes) -> bytes:
        if _parts(dim) != {_DIM_VALUE: [whole * frames]}:
            return dim
        done.add("input")
        return _number(_DIM_VALUE, kept * frames)

    def fed(value: bytes) -> bytes:
        return _edited(value, _nested((_TYPE, _TENSOR, _SHAPE, _DIM), size))

    inside: Mapping[int, Edit] = {_INITIALIZER: initializer, _INPUT: fed, _INNER_SHAPES: lambda _: None}
    short = _edited(model, {_GRAPH: lambda graph: _edited(graph, inside)})
    if done != {"reshape", "places", "input"}:
        raise ValueError(f"expected a window of {whole} places, found only {sorted(done)}")
    return short


def _nested(path: tuple[int, ...], edit: Edit) -> dict[int, Edit]:
    """Return the edit of a message that does `edit` to messages within messages."""
    for number in reversed(path[1:]):
        edit = (lambda inner: lambda message: _edited(message, inner))({number: edit})
    return {path[0]: edit}


def _edited(message: bytes, edits: Mapping[int, Edit], drop: int = 0) -> bytes:
    """Return a message with some of its nested fields changed, those that become None left out, and `drop` too."""
    kept: list[bytes] = []
    for number, value, field in _fields(message):
        if number == drop:
            continue
        edit = edits.get(number)
        if edit is None or not isinstance(value, bytes):
            kept.append(field)
        elif (changed := edit(value)) is not None:
            kept.append(_varint(number << 3 | _BYTES) + _varint(len(changed)) + changed)
    return b"".join(kept)


def _parts(message: bytes) -> dict[int, list[int | bytes]]:
    found: dict[int, list[int | bytes]] = {}
    for number, value, _ in _fields(message):
        found.setdefault(number, []).append(value)
    return found


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes, bytes]]:
    """Yield each field's number, its value, and all of it as it stands there."""
    at = 0
    while at < len(message):
        begin = at
        key, at = _read(message, at)
        kind = key & 7
        value: int | bytes
        if kind == _VARINT:
            value, at = _read(message, at)
        else:
            length, at = _read(message, at) if kind == _BYTES else ({_FIXED64: 8, _FIXED32: 4}.get(kind, -1), at)
            if length < 0 or at + length > len(message):
                raise ValueError("expected messages of protobuf")
            value, at = message[at : at + length], at + length
        yield key >> 3, value, message[begin:at]


def _read(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(message) and shift < 64:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise ValueError("expected a number of protobuf")


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
