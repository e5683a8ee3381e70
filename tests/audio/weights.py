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


def _text(text: str) -> bytes:
    raw = text.encode() + b"\0"
    return struct.pack("<H", len(raw)) + raw
