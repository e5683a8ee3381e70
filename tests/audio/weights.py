"""Weights files of CTranslate2 models, by their documented layout."""

from __future__ import annotations

import struct


def weights(*, kind: str = "WhisperSpec", version: int = 6, variables: int = 3) -> bytes:
    """Return a whole file with small variables and one alias."""
    parts = [struct.pack("<I", version), _text(kind), struct.pack("<I", 3), struct.pack("<I", variables)]
    for number in range(variables):
        data = bytes(range(4 * (number + 1)))
        parts += [_text(f"layer_{number}"), struct.pack("<BIIBI", 2, 2, number + 1, 4, len(data)), data]
    return b"".join([*parts, struct.pack("<I", 1), _text("alias"), _text("layer_0")])


def floats(kind: int = 4) -> bytes:
    """Return a file with a matrix in 16 bits, one in bytes with a scale a row, one with a scale in all, and a number.

    Args:
        kind: Number of the first one's type.
    """
    bare: list[tuple[str, tuple[int, ...], int, bytes]] = [
        ("half", (2, 2), kind, struct.pack("<4e", 1.5, -2, 0.25, 8)),
        ("rows", (2, 3), 1, struct.pack("<6b", 10, -20, 30, 4, 5, -6)),
        ("rows_scale", (2,), 0, struct.pack("<2f", 10, 2)),
        ("all", (2, 2), 2, struct.pack("<4h", 100, 200, 300, -400)),
        ("all_scale", (), 0, struct.pack("<f", 100)),
        ("heads", (), 2, struct.pack("<h", 8)),
    ]
    parts = [struct.pack("<I", 6), _text("WhisperSpec"), struct.pack("<II", 3, len(bare))]
    for name, shape, number, data in bare:
        parts += [_text(name), struct.pack(f"<B{len(shape)}IBI", len(shape), *shape, number, len(data)), data]
    return b"".join([*parts, struct.pack("<I", 1), _text("other"), _text("rows")])


def _text(text: str) -> bytes:
    raw = text.encode() + b"\0"
    return struct.pack("<H", len(raw)) + raw
