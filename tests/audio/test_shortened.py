from __future__ import annotations

import struct

import pytest

from audio.turn.shortened import shortened

WHOLE, KEPT, FRAMES = 400, 150, 2


def field(number: int, content: bytes | int) -> bytes:
    """One field of protobuf as the format's own documentation describes it."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


def varint(value: int) -> bytes:
    rest = value >> 7
    return bytes([value & 0x7F | 0x80]) + varint(rest) if rest else bytes([value])


def tensor(name: bytes, dims: tuple[int, ...], kind: int, raw: bytes) -> bytes:
    return field(5, b"".join(field(1, size) for size in dims) + field(2, kind) + field(8, name) + field(9, raw))


def vectors(count: int, first: int = 0) -> bytes:
    return struct.pack(f"<{count}f", *range(first, first + count))


def network(places: int, *, size: int | None = None, name: bytes = b"encoder.embed_positions.weight") -> bytes:
    size = places if size is None else size
    shape = b"".join(field(1, field(1, length)) for length in (1, 80, places * FRAMES))
    fed = field(11, field(1, b"features") + field(2, field(1, field(1, 1) + field(2, shape))))
    weights = tensor(name, (size, 3), 1, vectors(3 * size, 3 * (WHOLE - places)))
    graph = field(1, b"node") + tensor(b"bias", (1,), 1, vectors(1)) + weights
    graph += tensor(b"view", (1,), 7, struct.pack("<q", places)) + fed
    inner = field(13, b"shapes") if places == WHOLE else b""
    return field(1, 10) + field(7, graph + inner) + varint(8 << 3 | 5) + b"\x01\x02\x03\x04"


def test_the_last_places_are_kept_and_all_else_is_as_it_was() -> None:
    assert shortened(network(WHOLE), WHOLE, KEPT, FRAMES) == network(KEPT)


@pytest.mark.parametrize(
    "model",
    [b"", b"no network", network(WHOLE)[:-9], network(WHOLE, size=399), network(WHOLE, name=b"weights"), network(300)],
    ids=["empty", "text", "cut off", "another size", "another name", "another window"],
)
def test_a_file_that_is_built_otherwise_is_refused(model: bytes) -> None:
    with pytest.raises(ValueError, match="expected"):
        shortened(model, WHOLE, KEPT, FRAMES)
